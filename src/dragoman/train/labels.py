"""The label inventories of a model, in a fixed order, as they are stored beside its graphs."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from dragoman.train.treebank import ENTITY_KINDS, TreeSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxLabels:
    """Classes of each syntax head, by index."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    rules: tuple[str, ...]
    entities: tuple[str, ...]
    deprels: tuple[str, ...]


def collect_labels(sentences: Iterable[TreeSentence], *, rarest_rule: int = 2) -> SyntaxLabels:
    """The inventories of some treebank sentences; lemma rules seen fewer than `rarest_rule` times are left out."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    deprels: Counter[str] = Counter()
    for sentence in sentences:
        upos.update(sentence.upos)
        xpos.update(sentence.xpos)
        rules.update(sentence.rules)
        deprels.update(sentence.deprels)
    return SyntaxLabels(
        upos=tuple(sorted(upos)),
        xpos=tuple(sorted(xpos)),
        rules=tuple(sorted(rule for rule, count in rules.items() if count >= rarest_rule)),
        entities=("O", *(f"{prefix}-{kind}" for kind in ENTITY_KINDS for prefix in "BI")),
        deprels=tuple(sorted(deprels)),
    )


def write_labels(labels: object, path: Path) -> None:
    """The label file of a model, readable JSON."""
    path.write_text(json.dumps(asdict(labels), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")  # type: ignore[call-overload]


def read_syntax_labels(path: Path) -> SyntaxLabels:
    """The inventories that `write_labels` stored."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return SyntaxLabels(**{name: tuple(values) for name, values in stored.items()})
