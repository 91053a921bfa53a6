from pathlib import Path

import pytest

from dragoman.errors import InputError, ResourceError
from dragoman.learned import (
    Switch,
    append_switch,
    copy_history,
    history_file,
    layer_in_use,
    read_history,
    say_state,
    standing,
)
from make_learned import learned

AT = "2026-01-01T00:00:00+00:00"


def switch(version: str) -> Switch:
    layer = learned(version=version, cues={"word:visit": -2.5}, categories={"as:AID": {"SUPPORT": 1.25}})
    return Switch(at=AT, layer=layer, verdicts=312, gained=(("calibration error", 0.2, 0.1, -0.15, -0.05),))


UNDO = Switch(at=AT, layer=None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record.dragoman.learned"


def test_history_lies_beside_the_store(tmp_path: Path) -> None:
    assert history_file(tmp_path / "record.dragoman") == tmp_path / "record.dragoman.learned"
    assert history_file("postgresql://ada@host/name") == Path("dragoman.learned")


def test_without_a_file_the_shipped_heads_are_in_use(file: Path) -> None:
    assert (read_history(file), layer_in_use(file)) == ((), None)


def test_switch_is_read_back_as_it_was_written(file: Path) -> None:
    append_switch(file, switch("a"))
    assert read_history(file) == (switch("a"),)
    assert layer_in_use(file) == switch("a").layer


def test_undo_goes_back_to_the_layer_before_and_then_to_the_shipped_heads(file: Path) -> None:
    for line in (switch("a"), switch("b"), UNDO):
        append_switch(file, line)
    assert layer_in_use(file) == switch("a").layer
    append_switch(file, UNDO)
    assert layer_in_use(file) is None


def test_switch_after_an_undo_stands_on_what_was_in_use(file: Path) -> None:
    for line in (switch("a"), switch("b"), UNDO, switch("c")):
        append_switch(file, line)
    assert [one.layer and one.layer.version for one in standing(read_history(file))] == ["a", "c"]


def test_lines_are_only_added(file: Path) -> None:
    append_switch(file, switch("a"))
    before = file.read_bytes()
    append_switch(file, UNDO)
    assert file.read_bytes().startswith(before)
    assert len(read_history(file)) == 2


def test_nothing_to_undo_is_said_and_not_written(file: Path) -> None:
    with pytest.raises(InputError, match="there is no learned layer to undo"):
        append_switch(file, UNDO)
    assert not file.exists()


@pytest.mark.parametrize("line", ["no json", '{"action":"jump"}', '{"action":"switch","at":"x"}', "[]"])
def test_broken_line_is_named(file: Path, line: str) -> None:
    append_switch(file, switch("a"))
    with file.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    with pytest.raises(ResourceError, match=r"\.learned, line 2: .*take the line out"):
        layer_in_use(file)


def test_layer_over_other_signals_can_be_read_and_suits_nothing(file: Path) -> None:
    append_switch(file, switch("a"))
    file.write_text(file.read_text(encoding="utf-8").replace('"rule_agrees"', '"rule_was_there"'), encoding="utf-8")
    layer = layer_in_use(file)
    assert layer is not None
    assert not layer.suits("fake-1", "plover")


def test_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        append_switch(tmp_path / "no" / "such.learned", switch("a"))


def test_state_says_what_is_in_use_or_what_is_needed() -> None:
    assert say_state(None, 59) == "dragoman learn teaches the coder from 60 judged events on: 59 so far"
    assert say_state(None, 1060) == "dragoman learn shows what 1,060 judged events would teach the coder"
    assert say_state(switch("ab12").layer, 5).startswith("learned.ab12 from reviewers is in use")


def test_history_is_copied_beside_another_store_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one.dragoman", tmp_path / "other.dragoman"
    assert not copy_history(one, other)
    append_switch(history_file(one), switch("a"))
    assert copy_history(one, other)
    assert layer_in_use(history_file(other)) == switch("a").layer
    assert not copy_history(one, one)
    with pytest.raises(InputError, match="is there already"):
        copy_history(one, other)
    with pytest.raises(InputError, match="cannot be written"):
        copy_history(one, tmp_path / "no" / "such.dragoman")
