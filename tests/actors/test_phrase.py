from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.names import split_words
from dragoman.actors.phrase import Reading, read_phrase


def read(kb: KnowledgeBase, text: str) -> Reading:
    return read_phrase(split_words(text), kb.lexicon)


def test_country_and_how_it_is_told(kb: KnowledgeBase) -> None:
    found = [read(kb, text) for text in ("Peru's army", "the Peruvian army", "the army of Peru", "soldiers in Peru")]
    assert [(one.countries, one.country_by) for one in found] == [
        (("PER",), "possessive"), (("PER",), "modifier"), (("PER",), "of"), (("PER",), "place")
    ]  # fmt: skip


def test_state_that_backs_is_not_theirs(kb: KnowledgeBase) -> None:
    assert read(kb, "Russian-backed separatists").countries == ()


def test_number_of_a_counted_mention(kb: KnowledgeBase) -> None:
    assert (read(kb, "two Dutch soldiers").number, read(kb, "hundreds of Dutch soldiers").countries) == (2, ("NLD",))


def test_apposition_adds_what_the_name_does_not_say(kb: KnowledgeBase) -> None:
    found = read(kb, "Arlo Sevan, the Armenian foreign minister")
    assert (found.person, found.countries, found.sector) == ("Arlo Sevan", ("ARM",), "GOV")


def test_hyphenated_given_name_is_one_name(kb: KnowledgeBase) -> None:
    assert read(kb, "President Kang Dae-woo").person == "Kang Dae woo"


def test_word_after_a_name_and_a_hyphen_is_no_part_of_it(kb: KnowledgeBase) -> None:
    assert read(kb, "Velani-era officials").person is None


def test_other_organizations_of_the_name_are_kept(kb: KnowledgeBase) -> None:
    assert {sense.country for sense in read(kb, "the Unity Party").org_rivals} == {"KEN"}


def test_thing_with_the_name_of_a_people_is_empty(kb: KnowledgeBase) -> None:
    assert (read(kb, "the Panama hat").shape, read(kb, "the Panama police").shape) == ("empty", "role")
