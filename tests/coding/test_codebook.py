import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.errors import CodebookError

PLOVER = load_codebook("plover")
SMALL = '[codebook]\nname = "mine"\nedition = "1"\n'
# Loading may take this many milliseconds of processor time; it takes about 60 on the slowest machine tried.
ALLOWED_MS = 250


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_plover_has_its_categories_modes_contexts_and_sectors():
    assert len(PLOVER.categories) == 17
    assert sum(len(category.modes) for category in PLOVER.categories.values()) == 67
    assert (len(PLOVER.contexts), len(PLOVER.sectors)) == (37, 25)


def test_plover_names_its_edition():
    assert (PLOVER.name, PLOVER.edition) == ("plover", "2.0")


def test_every_category_of_plover_has_rules_and_a_known_cameo_code():
    told = {rule.category for rule in PLOVER.rules}
    assert told == set(PLOVER.categories)
    assert all(rule.cameo in PLOVER.cameo for rule in PLOVER.rules)


def test_plover_holds_at_least_fifteen_hundred_entries():
    entries = {
        id(entry)
        for index in (PLOVER.verbs, PLOVER.nouns, PLOVER.adjectives)
        for found in index.values()
        for entry in found
    }
    assert len(entries) > 1500


@pytest.mark.parametrize(
    ("category", "quad"),
    [
        ("AGREE", "verbal_cooperation"),
        ("RETREAT", "material_cooperation"),
        ("SANCTION", "material_conflict"),
        ("NOPE", None),
    ],
)
def test_quad_of(category: str, quad: str | None):
    assert PLOVER.quad_of(category) == quad


@pytest.mark.parametrize(
    ("category", "mode", "score"),
    [
        ("CONSULT", "visit", 4.0),
        ("CONSULT", None, 2.5),
        ("ACCUSE", None, -3.0),
        ("PROTEST", "vandalize", -5.0),
        ("ASSAULT", "not-a-mode", -9.0),
        ("NOPE", None, None),
    ],
)
def test_plover_score_is_the_modes_or_else_the_categorys(category: str, mode: str | None, score: float | None):
    assert PLOVER.plover_score_of(category, mode) == score


@pytest.mark.parametrize(("cameo", "weight"), [("057", 8.0), ("0579", 8.0), ("18", -9.0), ("1", None), ("99", None)])
def test_goldstein_of_the_nearest_code(cameo: str, weight: float | None):
    assert PLOVER.goldstein_of(cameo) == weight


@pytest.mark.parametrize(
    ("cameo", "edition", "expected"),
    [
        ("116", None, ("SANCTION", "convict")),
        ("116", "2.0", ("SANCTION", "convict")),
        ("116", "1.3", ("ACCUSE", None)),
        ("192", None, ("COERCE", "seize")),
        ("192", "1.3", ("ASSAULT", None)),
        ("0841", None, ("RETREAT", "release")),
        ("0841", "1.3", ("YIELD", None)),
        ("023", None, ("REQUEST", "assist")),
        ("010", None, ("STATEMENT", None)),
        ("77", None, None),
    ],
)
def test_category_of_cameo_by_edition(cameo: str, edition: str | None, expected: tuple[str, str | None] | None):
    assert PLOVER.category_of_cameo(cameo, edition) == expected


def test_all_cameo_codes_lead_to_categories_and_modes_of_plover():
    for code in PLOVER.cameo.values():
        assert code.category in PLOVER.categories
        assert code.mode is None or code.mode in PLOVER.categories[code.category].modes
        assert set(code.contexts) <= set(PLOVER.contexts)


def test_contexts_and_modes_look_up():
    assert PLOVER.contexts_of_cameo("1121") == ("crime", "corruption")
    assert PLOVER.modes_of("REJECT") == ("assist", "change", "yield", "meet")
    assert PLOVER.modes_of("NOPE") == ()


def test_cameo_alone_has_codes_and_no_rules():
    cameo = load_codebook("cameo")
    assert cameo.rules == ()
    assert len(cameo.cameo) > 290


@pytest.fixture
def no_collection() -> Iterator[None]:
    """What other tests left in memory is not collected in the time of this one."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_loading_twice_gives_the_same_digest_and_is_quick():
    started = time.process_time()
    again = load_codebook("plover")
    assert (time.process_time() - started) * 1000 < ALLOWED_MS
    assert again.digest == PLOVER.digest


@pytest.fixture
def layered(tmp_path: Path) -> Codebook:
    text = SMALL + 'extends = "plover"\n[categories.WATER]\ntitle = "Water"\nphrases = ["turn off the tap"]\n'
    text += "[categories.AID]\nscore = 3\n"
    return load_codebook(write(tmp_path, text))


def test_a_layer_adds_a_category_and_keeps_those_below(layered: Codebook):
    assert "WATER" in layered.categories
    assert layered.categories["WATER"].quad is None
    assert layered.categories["ASSAULT"] == PLOVER.categories["ASSAULT"]


def test_a_layer_changes_only_the_keys_it_names(layered: Codebook):
    assert layered.plover_score_of("AID") == 3.0
    assert layered.quad_of("AID") == "material_cooperation"


def test_a_layers_phrases_are_the_users(layered: Codebook):
    (entry,) = layered.phrases["turn"]
    assert (entry.rule.user, entry.rule.category) == (True, "WATER")


def test_a_layer_changes_the_digest(layered: Codebook):
    assert layered.digest != PLOVER.digest
    assert layered.layers[:2] == ("cameo.toml", "plover.toml")


def test_a_file_may_extend_a_file_beside_it(tmp_path: Path):
    (tmp_path / "base.toml").write_text(SMALL + '[categories.A]\nnouns = "dam"\n', encoding="utf-8")
    top = write(tmp_path, SMALL + 'extends = "base.toml"\n[categories.B]\nnouns = "weir"\n')
    assert set(load_codebook(top).categories) == {"A", "B"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[codebook", "not valid TOML"),
        ('[categories.A]\ntitle = "x"', "table [codebook] is missing"),
        ('[codebook]\nname = "x"', "codebook.edition"),
        (SMALL + "colour = 1\n[colours]\n", "colours"),
        (SMALL + '[categories.A]\nquad = "verbal"', "verbal_cooperation"),
        (SMALL + '[categories.A]\nscore = "high"', "categories.A.score"),
        (SMALL + '[categories.A]\nstatus = "sure"', "asserted"),
        (SMALL + "[categories]\nA = 3", "categories.A"),
        (SMALL + "[categories.A]\nmodes = 3", "categories.A.modes"),
        (SMALL + '[cameo]\n"1" = []', "two to four digits"),
        (SMALL + '[cameo]\n"12" = ["x"]', "cameo.12"),
        (SMALL + '[words]\na = "@b"', "words.a"),
        (SMALL + "[words]\na = 3", "words.a"),
        (SMALL + '[shift.s]\nA = "B"', "shift.s.A"),
        (SMALL + "[shift]\ns = 3", "shift.s"),
        (SMALL + '[[rule]]\ncategory = "A"', "rule 1.category"),
        (SMALL + "rule = 3", "codebook.rule"),
        (SMALL + "[categories.A]\n[[rule]]\ncategory = 'A'", "at least one of"),
        (SMALL + "[categories.A]\n[[rule]]\ncategory = 'A'\nmode = 'b'\nverbs = 'x'", "modes of A"),
        (SMALL + "[categories.A]\n[[rule]]\ncategory = 'A'\nof = 'b'\nverbs = 'x'", "rule 1.of"),
        (SMALL + "[categories.A]\n[[rule]]\ncategory = 'A'\nshift = 'b'\nverbs = 'x'", "rule 1.shift"),
        (SMALL + "[categories.A]\nverbs = 'x obj:@nolist'", "@nolist"),
        (SMALL + "[categories.A]\nverbs = 'x Obj=1'", "pattern 'x Obj=1'"),
        (SMALL + "[categories.A]\nverbs = 3", "categories.A"),
        (SMALL + "extends = 3", "codebook.extends"),
        (SMALL + 'extends = "mine.toml"', "layers"),
        (SMALL + 'extends = "nowhere"', "plover"),
    ],
)
def test_a_broken_file_tells_file_key_and_what_was_expected(tmp_path: Path, text: str, told: str):
    path = write(tmp_path, text)
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert told in str(caught.value)
    assert "mine.toml" in str(caught.value) or "nowhere" in str(caught.value)


def test_a_cameo_code_outside_the_table_is_refused(tmp_path: Path):
    text = SMALL + 'extends = "plover"\n[[rule]]\ncategory = "AID"\ncameo = "999"\nverbs = "x"\n'
    with pytest.raises(CodebookError, match=r"rule 1\.cameo"):
        load_codebook(write(tmp_path, text))


def test_a_missing_file_names_the_shipped_codebooks():
    with pytest.raises(CodebookError, match="cameo, plover"):
        load_codebook("no-such-codebook")
