from dataclasses import replace
from datetime import date
from random import Random

from dragoman.clusters import StoryIndex, find_stories
from dragoman.types.text import Document, Furniture, Span

WORDS = (
    "The harbour council of Porto Verde met on Monday to hear the fishermen who had blocked the quay for three days. "
    "Mayor Ilda Serrano promised to lower the landing fee before the autumn and to pay for new cranes. "
    "The fishermen's speaker Tomas Arrais said the boats would go out again once the promise was on paper. "
    "A lawyer for the port company warned that the blockade had cost two million and that somebody would have to pay. "
    "Parliament is to debate the matter next week, after a report by the auditors has been published in full."
)
OTHER = (
    "In the hill town of Castel Bruno the library opened its doors after eleven years of repairs and quarrels. "
    "The architect Nives Pelagatti had given up the job twice; she came to the feast all the same and cut the ribbon. "
    "Readers queued for an hour to see the ceiling, which restorers had freed from soot, plaster and bird nests. "
    "The town owes the bank a great sum, said its treasurer, and will sell a vineyard to settle the debt in time."
)


def document(name: str, text: str = WORDS, published: date | None = None) -> Document:
    return Document(id=name, text=text, origin="test", published=published)


def test_copy_with_a_new_opening_is_the_same_story() -> None:
    (story,) = find_stories([document("a"), document("b", "PORTO VERDE (Agency) - " + WORDS), document("c", OTHER)])
    assert story.documents == ("a", "b")


def test_copy_cut_at_the_end_is_the_same_story() -> None:
    (story,) = find_stories([document("a"), document("b", WORDS[:330])])
    assert story.documents == ("a", "b")


def test_another_report_is_no_story() -> None:
    assert find_stories([document("a"), document("b", OTHER)]) == ()


def test_reprint_months_later_is_another_story() -> None:
    first, later = date(2027, 3, 1), date(2027, 8, 1)
    assert find_stories([document("a", published=first), document("b", published=later)]) == ()


def test_copies_in_between_connect() -> None:
    days = (date(2027, 3, 1), date(2027, 3, 12), date(2027, 3, 22))
    (story,) = find_stories([document(name, published=day) for name, day in zip("abc", days, strict=True)])
    assert story.documents == ("a", "b", "c")


def test_page_furniture_does_not_count() -> None:
    menu = "Home News Sport Weather Opinion Subscribe now for one coin a week and read all you like on any device "
    framed = replace(
        document("b", menu * 3 + OTHER), furniture=(Furniture(span=Span(0, 3 * len(menu)), reason="menu"),)
    )
    (story,) = find_stories([document("a", OTHER), framed, document("c", menu * 3 + WORDS)])
    assert story.documents == ("a", "b")


def test_short_texts_must_be_equal() -> None:
    texts = ("Talks fail in Porto Verde", "talks fail in Porto Verde.", "Talks fail in Porto Santo")
    (story,) = find_stories([document(name, text) for name, text in zip("abc", texts, strict=True)])
    assert story.documents == ("a", "b")


def test_empty_texts_are_no_story() -> None:
    assert find_stories([document("a", ""), document("b", " - ")]) == ()


def test_add_tells_the_copies_so_far() -> None:
    index = StoryIndex()
    assert [index.add(one) for one in (document("b"), document("a"), document("c", OTHER))] == [(), ("b",), ()]


def test_known_document_is_not_added_again() -> None:
    index = StoryIndex()
    index.add(document("a"))
    index.add(document("a"))
    assert (len(index), index.stories()) == (1, ())


def test_order_does_not_matter() -> None:
    draw = Random(3)
    documents = [document(f"o{n}", OTHER[n * 7 :], date(2027, 3, 1 + n)) for n in range(8)]
    documents += [document(f"w{n}", WORDS[: 250 + 20 * n], date(2027, 3, 1 + 4 * n)) for n in range(6)]
    documents += [document(f"s{n}", WORDS, date(2027, 3, 1)) for n in range(4)]
    expected = find_stories(documents)
    for _ in range(5):
        draw.shuffle(documents)
        assert find_stories(documents) == expected
    assert len(expected) == 2
