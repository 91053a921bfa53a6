"""What an export is made of, how it is asked for, and what it reports."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.pipeline import Coded
from dragoman.types.cluster import Cluster, Story

QUOTE = 160  # characters: enough to recognise a passage, far from the passage's article


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run was made of: its name and its manifest as JSON text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Coded documents with, where they are known, the clusters and stories that join them.

    `coded` may be a generator: every writer reads it once. Without `clusters` the coder's own clusters, which join
    records inside one document, are used. `manifests` are those of the runs that made the codings; without them one
    is made from what the codings say of themselves.
    """

    coded: Iterable[Coded]
    clusters: tuple[Cluster, ...] = ()
    stories: tuple[Story, ...] = ()
    manifests: tuple[Manifest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How to export.

    Args:
        every_status: events of every status, not only the counted ones.
        every_telling: in POLECAT, ICEWS, GDELT and PLOVER files one row for every report that tells of a happening,
            not one for the happening.
        with_text: the full text of the reports, which may be under copyright. Without it offsets, a hash and quotes.
        threshold: records below this confidence are left out.
        table: which table a one-table format (CSV) writes.
        raw: CSV cells as they are, without the apostrophe that keeps spreadsheets from running them as formulas.
    """

    every_status: bool = False
    every_telling: bool = False
    with_text: bool = False
    threshold: float = 0.0
    table: str = "events"
    raw: bool = False


@dataclass(slots=True, kw_only=True)
class Written:
    """What a writer did: rows by the name of what was written, and what it left out, by reason."""

    rows: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    id: str | None = None
