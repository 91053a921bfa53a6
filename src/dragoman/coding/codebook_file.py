"""Codebook files: TOML layers in, one checked `Codebook` out. The format is described in docs/reference/codebook.md."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from dragoman.coding.codebook import CameoCode, Category, Codebook, Entry, Rule, Shift
from dragoman.coding.phrases import Need, PartOfSpeech, PatternError, head_keys, read_pattern, spellings
from dragoman.errors import CodebookError
from dragoman.types.record import Status

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_PARTS: tuple[tuple[str, PartOfSpeech], ...] = (
    ("verbs", "verb"),
    ("nouns", "noun"),
    ("adjectives", "adjective"),
    ("phrases", "phrase"),
)
_TOP_KEYS = ("codebook", "categories", "contexts", "sectors", "cameo", "words", "cues", "shift", "rule", "errata")
_CATEGORY_KEYS = (
    "title",
    "description",
    "quad",
    "score",
    "cameo",
    "modes",
    "status",
    "joint",
    "target_required",
    "hidden",
    *dict(_PARTS),
)
_RULE_KEYS = (
    "id",
    "category",
    "mode",
    "cameo",
    "joint",
    "source",
    "target",
    "of",
    "needs",
    "shift",
    "absorbs",
    "status",
    *dict(_PARTS),
)
_HEAD_KEYS = ("name", "edition", "title", "extends", "note")
_NEEDS = ("actor", "source", "target", "content", "none")
_OF = ("source", "target", "none")
_MAX_LAYERS = 8
_SOURCE = ("subj", "poss", "by")
_TARGET = (
    "obj",
    "iobj",
    "against",
    "on",
    "upon",
    "at",
    "to",
    "toward",
    "towards",
    "with",
    "from",
    "for",
    "over",
    "into",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One parsed file. `place` is what error messages call it; `user` is False for files of the package."""

    place: str
    table: dict[str, Any]
    data: bytes
    user: bool


@dataclass(slots=True, kw_only=True)
class _Draft:
    """What the layers add up to while they are read, from the lowest to the highest."""

    categories: dict[str, Category] = field(default_factory=dict)
    contexts: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    cameo: dict[str, CameoCode] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    cues: dict[str, frozenset[str]] = field(default_factory=dict)
    shifts: dict[str, dict[str, Shift]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    items: dict[str, Need] = field(default_factory=dict)


def read_codebook(name_or_path: str | Path) -> Codebook:
    """The checked codebook of a shipped name or a file with all its layers.

    Raises:
        CodebookError: with file, key, value found, value expected and remedy.
    """
    layers = _read_layers(name_or_path)
    top = layers[-1]
    head = _table(top, "codebook")
    draft = _Draft()
    for layer in layers:
        _add_layer(draft, layer)
    indexes = {part: _index(draft, part) for _, part in _PARTS}
    digest = hashlib.sha256(b"\0".join(layer.data for layer in layers)).hexdigest()
    return Codebook(
        name=_text(top, head, "name", "codebook"),
        edition=_text(top, head, "edition", "codebook"),
        title=str(head.get("title", head["name"])),
        digest=digest,
        layers=tuple(layer.place for layer in layers),
        categories=draft.categories,
        contexts=draft.contexts,
        sectors=draft.sectors,
        cameo=draft.cameo,
        words=draft.words,
        cues=draft.cues,
        shifts=draft.shifts,
        rules=tuple(draft.rules),
        verbs=indexes["verb"],
        nouns=indexes["noun"],
        adjectives=indexes["adjective"],
        phrases=indexes["phrase"],
        known=frozenset().union(*indexes.values(), *draft.words.values(), *draft.cues.values()),
    )


def _index(draft: _Draft, part: PartOfSpeech) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in draft.entries:
        if entry.part == part:
            for head in head_keys(entry.pattern):
                found.setdefault(head, []).append(entry)
    return {head: tuple(entries) for head, entries in found.items()}


def _read_layers(name_or_path: str | Path) -> list[_Layer]:
    layers: list[_Layer] = []
    waiting: str | Path | None = name_or_path
    while waiting is not None:
        layer = _read_file(waiting)
        layers.insert(0, layer)
        if len(layers) > _MAX_LAYERS:
            raise CodebookError(
                f"codebook '{layer.place}', key 'codebook.extends': more than {_MAX_LAYERS} layers, "
                "or a file that extends itself; name a file that does not lead back here"
            )
        below = _table(layer, "codebook").get("extends")
        if below is not None and not isinstance(below, str):
            raise _bad(layer, "codebook.extends", below, "a shipped name such as 'plover', or a file path")
        waiting = _beside(name_or_path, below) if below else None
        name_or_path = waiting if waiting is not None else name_or_path
    return layers


def _beside(above: str | Path, below: str) -> str | Path:
    """A file named in `extends` is looked up beside the file that names it."""
    return Path(above).parent / below if below.endswith(".toml") else below


def _read_file(name_or_path: str | Path) -> _Layer:
    shipped = resources.files("dragoman.codebooks")
    known = sorted(item.name.removesuffix(".toml") for item in shipped.iterdir() if item.name.endswith(".toml"))
    if isinstance(name_or_path, str) and name_or_path in known:
        place, data, user = f"{name_or_path}.toml", shipped.joinpath(f"{name_or_path}.toml").read_bytes(), False
    else:
        place, user = str(name_or_path), True
        try:
            data = Path(name_or_path).read_bytes()
        except OSError as error:
            raise CodebookError(
                f"codebook '{place}': not a readable file ({error.strerror}) and not one of the shipped "
                f"codebooks {', '.join(known)}; give a path to a .toml file or one of these names"
            ) from error
    try:
        return _Layer(place=place, table=tomllib.loads(data.decode("utf-8")), data=data, user=user)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(
            f"codebook '{place}': not valid TOML in UTF-8: {error}; correct the file at that place"
        ) from error


def _add_layer(draft: _Draft, layer: _Layer) -> None:
    _check_keys(layer, layer.table, _TOP_KEYS, "")
    _check_keys(layer, _table(layer, "codebook"), _HEAD_KEYS, "codebook")
    for name, listed in _table(layer, "words").items():
        draft.words[name] = draft.words.get(name, frozenset()) | _words(layer, listed, f"words.{name}", draft.words)
    for name, listed in _table(layer, "cues").items():
        draft.cues[name] = draft.cues.get(name, frozenset()) | _words(layer, listed, f"cues.{name}", draft.words)
    draft.contexts.update(_texts(layer, "contexts"))
    draft.sectors.update(_texts(layer, "sectors"))
    for code, table in _table(layer, "categories").items():
        draft.categories[code] = _read_category(layer, code, table, draft.categories.get(code))
    for code, row in _table(layer, "cameo").items():
        draft.cameo[code] = _read_cameo(layer, code, row)
    for name, table in _table(layer, "shift").items():
        draft.shifts[name] = draft.shifts.get(name, {}) | _read_shift(layer, draft, name, table)
    _add_rules(draft, layer)


def _add_rules(draft: _Draft, layer: _Layer) -> None:
    tables = layer.table.get("rule", [])
    if not isinstance(tables, list):
        raise _bad(layer, "rule", tables, "a list of [[rule]] tables")
    written = [(f"rule {number}", table) for number, table in enumerate(tables, 1)]
    own = [
        (f"categories.{code}", {"id": f"category-{code}", "category": code, **_phrases_of(table)})
        for code, table in _table(layer, "categories").items()
        if _phrases_of(table)
    ]
    for place, table in [*written, *own]:
        rule = _read_rule(layer, draft, place, table)
        draft.rules.append(rule)
        draft.entries.extend(_read_entries(layer, draft, rule, table, f"{place} ('{rule.id}')"))


def _phrases_of(table: dict[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key, _ in _PARTS if key in table}


def _read_category(layer: _Layer, code: str, table: Any, below: Category | None) -> Category:
    place = f"categories.{code}"
    if not isinstance(table, dict):
        raise _bad(layer, place, table, "a table with title and description")
    _check_keys(layer, table, _CATEGORY_KEYS, place)
    base = below or Category(
        code=code,
        title=code,
        description="",
        quad=None,
        score=None,
        cameo="",
        modes={},
        status=None,
        joint=False,
        target_required=False,
        hidden=False,
    )
    quad = table.get("quad", base.quad)
    if quad is not None and quad not in QUADS:
        raise _bad(layer, f"{place}.quad", quad, f"one of {', '.join(QUADS)}")
    modes = table.get("modes", {})
    if isinstance(modes, list):
        modes = dict.fromkeys(modes, "")
    if not isinstance(modes, dict):
        raise _bad(layer, f"{place}.modes", modes, 'a table such as {visit = 4.0, phone = ""}, or a list of names')
    scores = {mode: _number(layer, score, f"{place}.modes.{mode}") for mode, score in modes.items()}
    return Category(
        code=code,
        title=str(table.get("title", base.title)),
        description=str(table.get("description", base.description)),
        quad=quad,
        score=_number(layer, table["score"], f"{place}.score") if "score" in table else base.score,
        cameo=str(table.get("cameo", base.cameo)),
        modes={**base.modes, **scores},
        status=_status(layer, table.get("status", base.status), f"{place}.status"),
        joint=bool(table.get("joint", base.joint)),
        target_required=bool(table.get("target_required", base.target_required)),
        hidden=bool(table.get("hidden", base.hidden)),
    )


def _read_cameo(layer: _Layer, code: str, row: Any) -> CameoCode:
    """`"057" = ["title", goldstein or "", "CATEGORY mode", "contexts", "OLDER"]`."""
    place = f"cameo.{code}"
    if not re.fullmatch(r"\d{2,4}", code):
        raise _bad(layer, place, code, "two to four digits as key")
    if not isinstance(row, list) or len(row) != 5:
        raise _bad(layer, place, row, '["title", goldstein, "CATEGORY mode", "contexts", "older category"]')
    title, goldstein, target, contexts, older = row
    category, _, mode = str(target).partition(" ")
    return CameoCode(
        code=code,
        title=str(title),
        goldstein=_number(layer, goldstein, place),
        category=category,
        mode=mode or None,
        contexts=tuple(str(contexts).split()),
        older=str(older),
    )


def _read_shift(layer: _Layer, draft: _Draft, name: str, table: Any) -> dict[str, Shift]:
    if not isinstance(table, dict):
        raise _bad(layer, f"shift.{name}", table, 'lines such as CONSULT = "AGREE 036"')
    found = {}
    for key, target in table.items():
        match = re.fullmatch(r"([A-Z_]+)(?: ([a-z-]+))?(?: (\d{2,4}))?", str(target))
        if match is None or match[1] not in draft.categories:
            raise _bad(layer, f"shift.{name}.{key}", target, '"CATEGORY mode cameo" with a category of this codebook')
        found[key] = Shift(category=match[1], mode=match[2], cameo=match[3] or draft.categories[match[1]].cameo)
    return found


def _read_rule(layer: _Layer, draft: _Draft, place: str, table: Any) -> Rule:
    if not isinstance(table, dict):
        raise _bad(layer, place, table, "a [[rule]] table")
    _check_keys(layer, table, _RULE_KEYS, place)
    code = _text(layer, table, "category", place)
    if code not in draft.categories:
        raise _bad(layer, f"{place}.category", code, f"one of {', '.join(draft.categories)}")
    category, mode = draft.categories[code], table.get("mode")
    if mode is not None and mode not in category.modes:
        raise _bad(layer, f"{place}.mode", mode, f"one of the modes of {code}: {', '.join(category.modes) or 'none'}")
    cameo = str(table.get("cameo", category.cameo))
    if cameo and draft.cameo and cameo not in draft.cameo:
        raise _bad(layer, f"{place}.cameo", cameo, "a code of the [cameo] table")
    if table.get("shift") is not None and table["shift"] not in draft.shifts:
        raise _bad(layer, f"{place}.shift", table["shift"], f"one of the shift tables {', '.join(draft.shifts)}")
    return Rule(
        id=str(table.get("id", place.replace(" ", "-"))),
        category=code,
        mode=mode,
        cameo=cameo,
        joint=bool(table.get("joint", category.joint)),
        source=tuple(str(table["source"]).split()) if "source" in table else _SOURCE,
        target=tuple(str(table["target"]).split()) if "target" in table else _TARGET,
        of=_one_of(layer, table.get("of", "source"), _OF, f"{place}.of"),
        needs=_one_of(layer, table.get("needs", "none" if layer.user else "actor"), _NEEDS, f"{place}.needs"),
        shift=table.get("shift"),
        absorbs=bool(table.get("absorbs", table.get("shift") is not None)),
        status=_status(layer, table.get("status"), f"{place}.status"),
        order=len(draft.rules),
        user=layer.user,
    )


def _read_entries(layer: _Layer, draft: _Draft, rule: Rule, table: dict[str, Any], place: str) -> Iterator[Entry]:
    if not _phrases_of(table):
        raise _bad(layer, place, list(table), f"at least one of {', '.join(dict(_PARTS))}")
    for key, part in _PARTS:
        for text in _pattern_texts(layer, table.get(key, ""), f"{place}.{key}"):
            try:
                pattern = _phrase(text) if part == "phrase" else read_pattern(text, draft.words, draft.items)
            except PatternError as error:
                raise CodebookError(
                    f"codebook '{layer.place}', key '{place}.{key}': pattern {text!r}: {error}; "
                    "see the pattern language in docs/reference/codebook.md"
                ) from error
            yield Entry(pattern=pattern, part=part, rule=rule)


def _phrase(text: str) -> Any:
    """A plain phrase: the words in a row, by lemma, at most two other words between neighbours."""
    words = text.lower().split()
    return replace(read_pattern(words[0], {}), text=" ".join(words), weight=len(words))


def _pattern_texts(layer: _Layer, listed: Any, place: str) -> list[str]:
    if isinstance(listed, str):
        return [" ".join(text.split()) for text in re.split(r"[;\n]", listed) if text.strip()]
    if isinstance(listed, list) and all(isinstance(text, str) and text.strip() for text in listed):
        return [" ".join(text.split()) for text in listed]
    raise _bad(layer, place, listed, "a string with patterns separated by ; or a list of strings")


def _words(layer: _Layer, listed: Any, place: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """A word list: words separated by blanks, `_` for a blank inside an entry, `@name` for a list defined before."""
    if isinstance(listed, list):
        listed = " ".join(str(word).replace(" ", "_") for word in listed)
    if not isinstance(listed, str):
        raise _bad(layer, place, listed, "a string of words separated by blanks, or a list of strings")
    found: set[str] = set()
    for word in listed.split():
        if not word.startswith("@"):
            found.update(spellings(word.replace("_", " ")))
        elif word[1:] in known:
            found |= known[word[1:]]
        else:
            raise _bad(layer, place, word, "a word list defined before this one")
    return frozenset(found)


def _table(layer: _Layer, key: str) -> dict[str, Any]:
    table = layer.table.get(key, {})
    if not isinstance(table, dict):
        raise _bad(layer, key, table, f"a table [{key}]")
    if key == "codebook" and not table:
        raise CodebookError(
            f"codebook '{layer.place}': table [codebook] is missing; add [codebook] with name and edition"
        )
    return table


def _texts(layer: _Layer, key: str) -> dict[str, str]:
    return {code: str(text) for code, text in _table(layer, key).items()}


def _text(layer: _Layer, table: dict[str, Any], key: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise _bad(layer, f"{place}.{key}", value, "a string that is not empty")
    return value


def _number(layer: _Layer, value: Any, place: str) -> float | None:
    if value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad(layer, place, value, 'a number, or "" where the codebook gives none')
    return float(value)


def _status(layer: _Layer, value: Any, place: str) -> str | None:
    return None if value is None else _one_of(layer, value, tuple(Status), place)


def _one_of(layer: _Layer, value: Any, valid: tuple[str, ...], place: str) -> str:
    if value not in valid:
        raise _bad(layer, place, value, f"one of {', '.join(valid)}")
    return str(value)


def _check_keys(layer: _Layer, table: dict[str, Any], valid: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in valid:
            raise _bad(layer, f"{place}.{key}".strip("."), key, f"one of the keys {', '.join(valid)}")


def _bad(layer: _Layer, place: str, found: Any, expected: str) -> CodebookError:
    return CodebookError(
        f"codebook '{layer.place}', key '{place}': found {found!r}, expected {expected}; correct the file"
    )
