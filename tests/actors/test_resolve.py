from datetime import date

import pytest

from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.resolve import resolve_actor
from dragoman.types.actor import ActorLink


def link(kb: KnowledgeBase, text: str, day: str | None = "2012-05-01", context: str | None = None) -> ActorLink:
    return resolve_actor(kb, text, sentence_text=context, as_of=date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Armenia", ("ARM", None)),
        ("the People's Republic of China", ("CHN", None)),
        ("the Democratic People's Republic of Korea", ("PRK", None)),
        ("Yerevan", ("ARM", None)),
        ("Armenians", ("ARM", "CVL")),
        ("the Armenian defence minister", ("ARM", "GOV")),
        ("former Armenian defence minister", ("ARM", None)),
        ("opposition voices in Kazakhstan", ("KAZ", "OPP")),
        ("police in Velburg", ("DEU", "COP")),
        ("a spokesman for the Kenyan army", ("KEN", "MIL")),
        ("Turkish-backed Syrian fighters", ("SYR", "REB")),
        ("UN peacekeepers", ("IGO", "MIL")),
        ("the M23", ("COD", "REB")),
        ("M23 fighters", ("COD", "REB")),
        ("Velans", ("COL", "CVL")),
        ("London, Ontario", ("CAN", None)),
        ("masked gunmen", (None, "UAF")),
        ("French fries", (None, None)),
        ("Turkey Point", (None, None)),
        ("China Halloran", ("CHN", None)),
    ],
)
def test_codes_of_a_mention(kb: KnowledgeBase, text: str, codes: tuple[str | None, str | None]) -> None:
    found = link(kb, text)
    assert (found.country, found.sector) == codes


def test_person_has_the_office_of_the_day(kb: KnowledgeBase) -> None:
    assert (link(kb, "Tigran Velikyan").role, link(kb, "Tigran Velikyan", "2020-01-01").role) == (
        "President", "former President"
    )  # fmt: skip


def test_former_minister_is_no_minister(kb: KnowledgeBase) -> None:
    found = link(kb, "Jonas Weller", "2020-01-01")
    assert (found.country, found.sector, found.name) == ("DEU", None, "Jonas Weller")


def test_spellings_of_one_name_are_one_actor(kb: KnowledgeBase) -> None:
    names = ("Orlan Bekmuradov", "Orlan-Jomart Bekmuradov", "Orlan Zhomart Bekmuradov")
    assert {link(kb, name, "2022-01-01").actor_id for name in names} == {"Q9003"}


def test_given_name_with_a_small_second_part_is_one_name(kb: KnowledgeBase) -> None:
    assert link(kb, "Kang Dae-woo", "2000-06-01").actor_id == "Q9008"


def test_name_of_a_movement_inside_a_name_is_part_of_it(kb: KnowledgeBase) -> None:
    assert link(kb, "Ravik Fatah Senn", "2016-01-01").actor_id == "Q9010"


def test_title_and_surname_find_the_holder(kb: KnowledgeBase) -> None:
    assert link(kb, "President Velikyan").actor_id == "Q9002"


def test_title_decides_between_bearers_of_a_surname(kb: KnowledgeBase) -> None:
    found = (link(kb, "Foreign Minister Weller"), link(kb, "Finance Minister Weller", "2010-01-01"))
    assert [one.actor_id for one in found] == ["Q9004", "Q9005"]


def test_surname_of_several_is_left_open(kb: KnowledgeBase) -> None:
    assert link(kb, "Weller").actor_id is None


def test_title_that_belongs_to_the_name_finds_the_person(kb: KnowledgeBase) -> None:
    assert link(kb, "Queen Amara", "1995-01-01").actor_id == "Q9009"


def test_namesakes_of_one_country_share_it_and_no_more(kb: KnowledgeBase) -> None:
    found = resolve_actor(kb, "Swedish lawmaker Marta Olson", as_of=date(2008, 1, 1))
    assert (found.country, found.sector, found.actor_id) == ("SWE", "LEG", None)


def test_refused_candidates_are_kept_with_reasons(kb: KnowledgeBase) -> None:
    refused = link(kb, "Foreign Minister Weller").candidates
    assert [(one.actor_id, one.reason.split(", ")[0]) for one in refused] == [("Q9005", "name surname")]


def test_unknown_name_is_abstained_from(kb: KnowledgeBase) -> None:
    found = link(kb, "Peregrine Ashdown")
    assert (found.country, found.sector, found.reason) == (None, None, "unresolved: name unknown")


def test_organization_of_two_states_is_left_open(kb: KnowledgeBase) -> None:
    assert (link(kb, "the Unity Party").country, link(kb, "Kenya's Unity Party").country) == (None, "KEN")


def test_organization_that_existed_on_the_day_is_meant(kb: KnowledgeBase) -> None:
    assert [link(kb, "the Free Front", day).country for day in ("1993-01-01", "2010-01-01")] == ["MLI", "PHL"]


@pytest.mark.parametrize(
    ("context", "country"),
    [("Voters in Georgia waited as American officials counted.", "USA"),
     ("Georgia accused Russia of shelling.", "GEO"), (None, "GEO")],
)  # fmt: skip
def test_state_that_bears_the_name_of_a_country(kb: KnowledgeBase, context: str | None, country: str) -> None:
    assert link(kb, "Georgia", context=context).country == country


def test_city_in_a_twinning_stays_a_city(kb: KnowledgeBase) -> None:
    assert link(kb, "Yerevan", context="Yerevan and Astana became twin cities.").kind == "city"


def test_several_states_give_no_single_country(kb: KnowledgeBase) -> None:
    found = link(kb, "France and Germany")
    assert (found.country, found.reason) == (None, "several: FRA, DEU")
