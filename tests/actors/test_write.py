from datetime import date
from pathlib import Path

import pytest

import make_actors
from dragoman.actors.facts import Facts, RoleFact
from dragoman.actors.write import case_of, check_folder, merge_actors, number_actors, write_kb
from dragoman.errors import InputError


def test_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = make_actors.write_made(tmp_path / "a.sqlite"), make_actors.write_made(tmp_path / "b.sqlite")
    assert one.read_bytes() == two.read_bytes()


def test_failing_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = make_actors.write_made(tmp_path / "kb.sqlite")
    before = path.read_bytes()
    broken = Facts(actors=[make_actors.person("Q1", "A B", "ARM"), make_actors.person("Qx", "C", "ARM")])
    broken.cities.append(None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        write_kb(broken, (), date(2024, 1, 1), "broken", path)
    assert (path.read_bytes(), [file.name for file in tmp_path.iterdir()]) == (before, ["kb.sqlite"])


def test_missing_folder_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make it first"):
        check_folder(tmp_path / "none" / "kb.sqlite")


def test_folder_as_output_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder"):
        check_folder(tmp_path)


def test_wikidata_numbers_are_kept_and_others_lie_below_zero() -> None:
    actors = [make_actors.person(actor_id, "A B", "ARM") for actor_id in ("person:b", "Q17", "person:a")]
    assert number_actors(actors) == {"person:a": -2, "person:b": -1, "Q17": 17}


def test_facts_of_one_id_are_one_actor_with_all_names_and_the_highest_rank() -> None:
    (merged,) = merge_actors(
        [make_actors.person("Q1", "Mira Solano", "ARM"), make_actors.person("Q1", "M. Solano", "ARM", rank=3)]
    )
    assert (merged.name, merged.aliases, merged.rank) == ("Mira Solano", ("M. Solano",), 3)


def term(source: str, end: str | None) -> RoleFact:
    return RoleFact(title="Mayor", country="ARM", sector="GOV", valid_from=date(2020, 1, 1),
                    valid_to=date.fromisoformat(end) if end else None, open=end is None, source=source)  # fmt: skip


def test_a_later_source_ends_an_open_term() -> None:
    (merged,) = merge_actors([make_actors.person("Q1", "A", "ARM", term("old", None)),
                              make_actors.person("Q1", "A", "ARM", term("new", "2022-01-01"))])  # fmt: skip
    assert [role.valid_to for role in merged.roles] == [date(2022, 1, 1)]


def test_a_term_written_by_hand_stands() -> None:
    (merged,) = merge_actors([make_actors.person("Q1", "A", "ARM", term("hand", None)),
                              make_actors.person("Q1", "A", "ARM", term("new", "2022-01-01"))])  # fmt: skip
    assert [(role.source, role.valid_to) for role in merged.roles] == [("hand", None)]


@pytest.mark.parametrize(("form", "case"), [("UMS", "upper"), ("Unity", "cap"), ("the world body", "any")])
def test_case_that_a_form_asks_for(form: str, case: str) -> None:
    assert case_of(form) == case


def test_loosest_form_of_one_key_counts(tmp_path: Path) -> None:
    facts = Facts(actors=[make_actors.body("party", "UNI-PF", "ARM", "PTY", "Uni-PF")])
    make_actors.write_kb(facts, (), date(2024, 1, 1), "x", tmp_path / "kb.sqlite")
    from dragoman.actors.kb import open_kb

    assert [sense.case for sense in open_kb(tmp_path / "kb.sqlite").lexicon.senses("Uni-PF")] == ["cap"]
