from datetime import date

import pytest

from dragoman.actors.coref import resolve_view
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.view import view_text
from dragoman.types.actor import ActorLink
from dragoman.types.text import Span


def links(kb: KnowledgeBase, text: str, mention: str, day: date | None = None) -> tuple[ActorLink, ...]:
    """The links of the last `mention` in the text; sentences end at full stops."""
    spans, start = [], 0
    for part in text.split(". "):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    at = text.rindex(mention)
    return resolve_view(kb, view_text(text, spans, kb), [Span(at, at + len(mention))], day)[0]


def codes(found: tuple[ActorLink, ...]) -> list[tuple[str | None, str | None]]:
    return [(link.country, link.sector) for link in found]


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("Armenian Prime Minister Arlo Sevan flew to Tehran. He met officials", "He", [("ARM", "GOV")]),
        ("Peru's President Alma Quispe said she would stay", "she", [("PER", "GOV")]),
        ("Thai police arrested four men. They were freed later", "They", [("THA", "COP")]),
        ("Sudan's army said it held the bridge", "it", [("SDN", "MIL")]),
        ("India and Pakistan traded fire. Both sides fell silent", "Both sides", [("IND", None), ("PAK", None)]),
        ("Japan and Australia signed. The countries will drill", "The countries", [("JPN", None), ("AUS", None)]),
        ("The Zambian finance minister, Ada Mulen, spoke. The minister was brief", "The minister", [("ZMB", "GOV")]),
        ("Serbia's president, Mar Vasil, was in Budapest. The Serbian leader left", "The Serbian leader",
         [("SRB", "GOV")]),
        ("Colombian President Mat Rinc spoke. His government will pay", "His government", [("COL", "GOV")]),
        ("Syrian Foreign Minister Nab Hadar saw his Jordanian counterpart", "his Jordanian counterpart",
         [("JOR", "GOV")]),
        ("Nepali Maoists attacked a post. The rebels fled", "The rebels", [("NPL", "REB")]),
        ("Greek Prime Minister Nik Stav and Turkish President Om Demir met. They agreed", "They",
         [("GRC", "GOV"), ("TUR", "GOV")]),
        ("There was rain. He met officials", "He", [(None, None)]),
        ("It was a Christmas of rain. He met officials", "He", [(None, None)]),
        ("LUANDA - Ghana's army held the road. It fell back", "It", [("GHA", "MIL")]),
        ("The Rwandan side said it would sign", "it", [("RWA", "GOV")]),
    ],
)  # fmt: skip
def test_who_is_meant(
    kb: KnowledgeBase, text: str, mention: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert codes(links(kb, text, mention)) == expected


def test_surname_takes_country_and_office_from_the_full_mention(kb: KnowledgeBase) -> None:
    text = "Nigerian Defence Minister Sani Bakor arrived. Bakor left again"
    assert codes(links(kb, text, "Bakor")) == [("NGA", "GOV")]


def test_surname_is_the_person_of_the_knowledge_base_with_that_full_name(kb: KnowledgeBase) -> None:
    found = links(kb, "Jonas Weller spoke in Berlin. Weller then left", "Weller", date(2010, 1, 1))
    assert [link.actor_id for link in found] == ["Q9004"]


def test_object_pronoun_is_somebody_else_than_the_subject(kb: KnowledgeBase) -> None:
    text = "Brazilian Environment Minister Cla Prad met US envoy Tom Hadl. She thanked him"
    assert codes(links(kb, text, "him")) == [("USA", "GOV")]


def test_pronoun_has_less_confidence_than_its_antecedent_and_says_whom(kb: KnowledgeBase) -> None:
    (found,) = links(kb, "Armenian Prime Minister Davit Harunyan spoke. He left", "He", date(2020, 1, 1))
    (named,) = links(kb, "Armenian Prime Minister Davit Harunyan spoke. He left", "Davit Harunyan", date(2020, 1, 1))
    assert found.confidence < named.confidence
    assert found.reason == "he: as 'Armenian Prime Minister Davit Harunyan'"


def test_antecedents_too_far_back_are_not_taken(kb: KnowledgeBase) -> None:
    text = "Peru's President Alma Quispe spoke. " + "Rain fell. " * 6 + "She left"
    assert codes(links(kb, text, "She")) == [(None, None)]


def test_joint_mention_gives_one_link_for_each_state(kb: KnowledgeBase) -> None:
    assert codes(links(kb, "Afghan and Pakistani officials met", "Afghan and Pakistani officials")) == [
        ("AFG", "GOV"), ("PAK", "GOV")
    ]  # fmt: skip
