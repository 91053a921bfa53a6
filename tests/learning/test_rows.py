from dragoman.types.text import Span
from make_learned import ATTACK, KENYA, MALI, VISIT, fake_coder, lesson, read


def test_row_is_found_by_the_words_of_its_trigger() -> None:
    rows = read(lesson(), lesson(VISIT, category="CONSULT"))
    events = [fake_coder().choose(row.sighting) for row in rows]
    assert [event.trigger for event in events] == [ATTACK, VISIT]
    assert [row.is_right(event) for row, event in zip(rows, events, strict=True)] == [True, True]


def test_word_without_an_event_gives_no_row() -> None:
    assert read(lesson(KENYA)) == ()
    assert read(lesson(), text="Nothing here.") == ()


def test_words_that_people_marked_may_be_several() -> None:
    (row,) = read(lesson(Span(17, 36), added=True))
    assert fake_coder().choose(row.sighting).trigger == ATTACK


def test_rejected_event_of_another_category_says_nothing() -> None:
    assert read(lesson(rejected=True, category=None, judged="CONSULT")) == ()
    (row,) = read(lesson(rejected=True, category=None))
    assert not row.is_right(fake_coder().choose(row.sighting))


def test_sides_of_an_older_coding_are_compared() -> None:
    same, other, empty = read(
        lesson(model="older", sides_right=False),
        lesson(model="older", sources=(MALI,)),
        lesson(model="older", targets=()),
    )
    assert (same.lesson.sides_right, other.lesson.sides_right, empty.lesson.sides_right) == (True, False, False)


def test_sides_of_the_same_model_are_as_judged() -> None:
    (row,) = read(lesson(sides_right=False))
    assert row.lesson.sides_right is False


def test_group_is_the_story_where_there_is_one() -> None:
    assert [row.group for row in read(lesson())] == ["d1"]
    assert [row.group for row in read(lesson(), stories={"d1": "st"})] == ["st"]
