import pytest

import make
from dragoman.coding.places import Gazetteer, choose_event_place, gather_context, resolve_place
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink, PlacePrecision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def resolve(gazetteer: Gazetteer, marked: str, countries: tuple[str, ...] = ()) -> PlaceLink:
    """The link of the name in brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    context = gather_context(gazetteer, text, countries=countries)
    link = resolve_place(gazetteer, text[start:end], Span(start, end), context=context)
    assert link is not None
    return link


@pytest.mark.parametrize(
    ("marked", "country", "precision"),
    [
        ("Police searched a house in [Odessa], Texas.", "USA", PlacePrecision.CITY),
        ("Drones hit [Odessa] while Ukrainian guns fired.", "UKR", PlacePrecision.CITY),
        ("A judge in Atlanta, [Georgia], adjourned.", "USA", PlacePrecision.PROVINCE),
        ("The envoy flew from Tbilisi as [Georgia] voted.", "GEO", PlacePrecision.COUNTRY),
        ("Shops in [Tripoli] and Beirut stayed shut.", "LBN", PlacePrecision.CITY),
        ("Shops in [Tripoli] and Benghazi stayed shut.", "LBY", PlacePrecision.CITY),
        ("Farmers in the [Donetsk] region fled.", "UKR", PlacePrecision.PROVINCE),
        ("A mine went off in the [Black Sea].", None, PlacePrecision.SEA),
    ],
)
def test_namesakes_are_told_apart(
    gazetteer: Gazetteer, marked: str, country: str | None, precision: PlacePrecision
) -> None:
    link = resolve(gazetteer, marked)
    assert (link.country, link.precision) == (country, precision)


def test_countries_of_actors_count(gazetteer: Gazetteer) -> None:
    assert resolve(gazetteer, "The bridge in [Cordoba] fell.", countries=("ARG",)).country == "ARG"


def test_directions_are_set_aside_and_told(gazetteer: Gazetteer) -> None:
    link = resolve(gazetteer, "Guns fired in [northern Syria].")
    assert (link.name, link.country) == ("Syria", "SYR")
    assert "northern part" in link.reason


@pytest.mark.parametrize(
    ("name", "claimants"),
    [
        ("Nagorno-Karabakh", ("AZE", "ARM")),
        ("Crimea", ("UKR", "RUS")),
        ("Sevastopol", ("UKR", "RUS")),
        ("Western Sahara", ("MAR", "ESH")),
        ("Golan Heights", ("SYR", "ISR")),
        ("Abkhazia", ("GEO", "Abkhazia")),
        ("Kashmir", ("IND", "PAK", "CHN")),
    ],
)
def test_disputed_places_name_their_claimants(gazetteer: Gazetteer, name: str, claimants: tuple[str, ...]) -> None:
    assert resolve(gazetteer, f"Shots were heard in [{name}].").disputed == claimants


def test_undisputed_place_has_no_claimants(gazetteer: Gazetteer) -> None:
    assert resolve(gazetteer, "Shots were heard in [Vienna].").disputed == ()


def test_unknown_place_stays_unresolved_with_the_reason(gazetteer: Gazetteer) -> None:
    link = resolve(gazetteer, "Shots were heard in [Qwertyville].")
    assert (link.name, link.country, link.geonames) == (None, None, None)
    assert link.reason == "not in the gazetteer"


def test_empty_mention_is_no_place(gazetteer: Gazetteer) -> None:
    assert resolve_place(gazetteer, " ", Span(0, 1), context=gather_context(gazetteer, " ")) is None


def test_division_has_no_invented_geonames_id(gazetteer: Gazetteer) -> None:
    assert resolve(gazetteer, "Police in the [Ontario] province searched.").geonames is None


def place_of(text: str, trigger: str) -> str | None:
    tree = make.tree(text)
    span = choose_event_place(tree, make.at(tree, trigger))
    return None if span is None else span.of(make.parsed(text).document.text)


MET = """
Leaders leader NOUN NNS 2 nsubj
signed sign VERB VBD 0 root
an an DET DT 4 det
accord accord NOUN NN 2 obj
in in ADP IN 7 case
the the DET DT 7 det
capital capital NOUN NN 2 obl
, , PUNCT , 9 punct
Astana Astana PROPN NNP 7 appos Location
. . PUNCT . 2 punct
"""


def test_place_in_apposition_to_the_capital() -> None:
    assert place_of(MET, "signed") == "Astana"


def test_nominal_trigger_shares_the_place_of_its_verb() -> None:
    assert place_of(MET, "accord") == "Astana"


def test_host_of_a_visit_is_not_the_place() -> None:
    text = """
Karim Karim PROPN NNP 2 nsubj Person
travelled travel VERB VBD 0 root
to to ADP IN 4 case
Uganda Uganda PROPN NNP 2 obl Location
. . PUNCT . 2 punct
"""
    assert place_of(text, "travelled") is None


SPOKE = """
He he PRON PRP 2 nsubj
said say VERB VBD 0 root
in in ADP IN 4 case
Paris Paris PROPN NNP 2 obl Location
that that SCONJ IN 7 mark
Turkey Turkey PROPN NNP 7 nsubj Location
bombed bomb VERB VBD 2 ccomp
a a DET DT 9 det
town town NOUN NN 7 obj
in in ADP IN 11 case
Syria Syria PROPN NNP 9 nmod Location
. . PUNCT . 2 punct
"""


def test_place_of_the_statement_and_of_what_is_stated() -> None:
    assert (place_of(SPOKE, "said"), place_of(SPOKE, "bombed")) == ("Paris", "Syria")


def test_place_of_a_condemned_attack_is_not_that_of_the_condemning() -> None:
    text = """
Iran Iran PROPN NNP 2 nsubj Location
condemned condemn VERB VBD 0 root
the the DET DT 4 det
attack attack NOUN NN 2 obj
in in ADP IN 6 case
Damascus Damascus PROPN NNP 4 nmod Location
. . PUNCT . 2 punct
"""
    assert (place_of(text, "condemned"), place_of(text, "attack")) == (None, "Damascus")
