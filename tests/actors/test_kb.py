import sqlite3
from datetime import date
from pathlib import Path

import pytest

import make_actors
from dragoman.actors.facts import Facts
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.actors.kb_file import KbFile
from dragoman.actors.write import write_kb
from dragoman.errors import ResourceError


def test_persons_are_found_by_any_spelling(kb: KnowledgeBase) -> None:
    assert [entry.id for entry in kb.persons_spelled("orlan zhomart bekmuradov")] == ["Q9003"]
    assert [entry.id for entry in kb.persons_spelled("orlan jomart bekmuradov")] == ["Q9003"]


def test_surname_finds_all_bearers_the_best_known_first(kb: KnowledgeBase) -> None:
    assert [entry.id for entry in kb.persons_surnamed("weller")] == ["Q9004", "Q9005"]


def test_surname_that_stands_first_is_found(kb: KnowledgeBase) -> None:
    assert [entry.name for entry in kb.persons_surnamed("kang")] == ["Kang Dae-woo"]


def test_entry_has_its_other_names(kb: KnowledgeBase) -> None:
    entry = kb.entry("Q9003")
    assert entry is not None
    assert entry.names == ("Orlan Bekmuradov", "Orlan-Zhomart Bekmuradov")


def test_unknown_id_is_none(kb: KnowledgeBase) -> None:
    assert (kb.entry("Q1"), kb.entry("person:nobody"), kb.roles("person:nobody")) == (None, None, ())


def test_open_term_is_stale_after_the_horizon_and_over_after_years(kb: KnowledgeBase) -> None:
    (term,) = kb.roles("Q9001")
    days = (date(2020, 1, 1), date(2024, 6, 30), date(2025, 6, 30), date(2032, 1, 1))
    assert [(term.holds_on(day), term.is_stale_on(day)) for day in days] == [
        (True, False), (True, False), (True, True), (False, True)
    ]  # fmt: skip


def test_term_holds_from_its_first_to_its_last_day(kb: KnowledgeBase) -> None:
    (term,) = kb.roles("Q9002")
    days = ("2008-04-08", "2008-04-09", "2018-04-09", "2018-04-10")
    assert [term.holds_on(date.fromisoformat(day)) for day in days] == [False, True, True, False]


def test_members_as_of_a_day(kb: KnowledgeBase) -> None:
    (body,) = kb.search("UMS")
    assert [len(kb.members_of(body.id, day)) for day in (None, date(2000, 1, 1), date(2024, 1, 1))] == [1, 1, 0]


def test_states_have_their_code(kb: KnowledgeBase) -> None:
    state = kb.state("ARM")
    assert state is not None
    assert (state.name, kb.state("XXX"), "ARM" in kb.state_codes()) == ("Armenia", None, True)


def test_cities_give_country_and_population(kb: KnowledgeBase) -> None:
    assert kb.city_countries("velburg") == (("DEU", 300_000),)


def test_sources_name_licence_and_the_attribution_owed(kb: KnowledgeBase) -> None:
    assert [(note.id, note.licence) for note in kb.sources()] == [("hand", "Apache-2.0"), ("made", "CC BY")]
    assert kb.attributions() == ("Made by Nobody",)


def test_version_names_the_build_and_the_users_rows(tmp_path: Path) -> None:
    user = write_user(tmp_path)
    assert make_actors.open_made(tmp_path, user).version == "kb made+mine"


def write_user(folder: Path) -> Path:
    facts = Facts(
        actors=[
            make_actors.person(
                "Q9001", "Davit Harunyan", "ARM", make_actors.role("Prime Minister", "ARM", "2018-05-08", "2022-01-01")
            ),
            make_actors.body("company", "Unity", "CHL", "BUS"),
        ]
    )
    write_kb(facts, (), make_actors.HORIZON, "mine", folder / "user.sqlite")
    return folder / "user.sqlite"


def test_users_term_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    kb = make_actors.open_made(tmp_path, write_user(tmp_path))
    assert [term.valid_to for term in kb.roles("Q9001")] == [date(2022, 1, 1)]


def test_users_organization_stands_in_place_of_shipped_ones(tmp_path: Path) -> None:
    kb = make_actors.open_made(tmp_path, write_user(tmp_path))
    assert [sense.country for sense in kb.lexicon.senses("Unity")] == ["CHL"]


def test_little_known_bearers_of_a_name_are_left_out(tmp_path: Path) -> None:
    from dataclasses import replace

    known = make_actors.body("party", "Unity Party", "ARM", "PTY")
    small = replace(make_actors.body("party", "Unity Party", "KEN", "PTY"), rank=1)
    write_kb(Facts(actors=[small, known]), (), make_actors.HORIZON, "x", tmp_path / "kb.sqlite")
    assert [sense.country for sense in open_kb(tmp_path / "kb.sqlite").lexicon.senses("Unity Party")] == ["ARM"]


def refused(path: Path) -> str:
    with pytest.raises(ResourceError) as caught:
        open_kb(path)
    return str(caught.value)


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    assert "none.sqlite': No such file" in refused(tmp_path / "none.sqlite")
    assert "this is a folder" in refused(tmp_path)


def test_other_file_is_refused_with_what_it_begins_with(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite").write_text("name,kind")
    assert "not a knowledge base, it begins with b'name,kind'" in refused(tmp_path / "kb.sqlite")


def test_file_cut_short_is_refused_when_opened(tmp_path: Path) -> None:
    path = make_actors.write_made(tmp_path / "kb.sqlite")
    path.write_bytes(path.read_bytes()[:-4096])
    assert "the file is cut short or was changed; make it again with `dragoman kb" in refused(path)


def test_database_without_the_tables_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "kb.sqlite")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()
    assert "no such table: meta" in refused(tmp_path / "kb.sqlite")


@pytest.mark.parametrize(("version", "remedy"), [("1", "; make the file again"), ("9", "; install a newer dragoman")])
def test_other_schema_is_refused_with_the_remedy(tmp_path: Path, version: str, remedy: str) -> None:
    path = make_actors.write_made(tmp_path / "kb.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (version,))
    connection.commit()
    connection.close()
    message = refused(path)
    assert f"schema version {version}, expected 2" in message
    assert remedy in message


def test_damaged_page_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = make_actors.write_made(tmp_path / "kb.sqlite")
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(bytes(content))
    file = KbFile(path)
    with pytest.raises(ResourceError, match="make it again"):
        file.check()
    file.close()


def test_path_with_marks_of_an_address_opens(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20"
    folder.mkdir()
    assert make_actors.open_made(folder).meta["built"] == "made"


def test_shipped_file_is_whole_and_of_this_schema() -> None:
    from dragoman.actors.kb import DEFAULT_PATH

    file = KbFile(DEFAULT_PATH)
    file.check()
    assert file.meta["horizon"] >= "2025-12-31"
    file.close()
