"""Manifests of runs made from what codings say of themselves, for data that no store has kept. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import version

from dragoman.codec import format_json, hash_text, kind_of
from dragoman.export.options import Manifest
from dragoman.export.select import CodedDocument
from dragoman.types.record import Provenance


@dataclass(slots=True)
class _Run:
    inputs: list[tuple[str, str]] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)


class Versions:
    """The documents by the versions that coded them."""

    def __init__(self) -> None:
        self._runs: dict[Provenance, _Run] = {}

    def add(self, selected: CodedDocument) -> None:
        """One more document."""
        document, coding = selected.coded.document, selected.coded.coding
        run = self._runs.setdefault(coding.provenance, _Run())
        run.inputs.append((document.id, hash_text(document.text)))
        run.records.update(kind_of(entry.record) for entry in selected.entries)
        run.issues.update(issue.code for issue in coding.issues)

    def manifests(self) -> tuple[Manifest, ...]:
        """One manifest for each set of versions. Neither host nor clock is in it."""
        return tuple(_manifest(provenance, self._runs[provenance]) for provenance in sorted(self._runs, key=str))


def _manifest(provenance: Provenance, run: _Run) -> Manifest:
    value = {
        "dragoman": version("dragoman"),
        "codebook": provenance.codebook,
        "model": provenance.model,
        "kb": provenance.kb,
        "documents": len(run.inputs),
        "records": dict(sorted(run.records.items())),
        "issues": dict(sorted(run.issues.items())),
        "inputs": [{"id": id, "sha256": digest} for id, digest in sorted(run.inputs)],
    }
    text = format_json(value)
    return Manifest(name=f"run-{hash_text(text)[:12]}", text=text)
