"""dragoman: the sourced record of who did what to whom.

    import dragoman

    coding = dragoman.code("The two presidents met in Astana on Monday.", date="2024-04-16")

    coder = dragoman.Coder.open()
    for document in dragoman.read("news/"):
        ...

Names are loaded when they are first used, so that `import dragoman` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.codec import decode_coding, decode_record, encode_coding, encode_record
    from dragoman.errors import (
        BusyError,
        CodebookError,
        ConfigError,
        ConflictError,
        DragomanError,
        InputError,
        OriginError,
        RecordNotFoundError,
        ResourceError,
        StoreError,
        StoreVersionError,
    )
    from dragoman.ingest import ReadOptions, read
    from dragoman.pipeline import Coded, code, run
    from dragoman.store import Store, open
    from dragoman.types.actor import ActorLink, Candidate
    from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
    from dragoman.types.record import (
        Agreement,
        AttributedTo,
        Attribution,
        Claim,
        Coding,
        Decision,
        Event,
        Issue,
        Membership,
        Position,
        Project,
        Provenance,
        Record,
        Status,
    )
    from dragoman.types.review import Judgement, Verdict
    from dragoman.types.text import Document, Furniture, Rejected, Rejection, Span
    from dragoman.types.when import EventTime, Granularity, TimeBasis
    from dragoman.types.where import PlaceLink, PlacePrecision

_HOMES = {
    "dragoman.coder": ("Coder",),
    "dragoman.codec": ("decode_coding", "decode_record", "encode_coding", "encode_record"),
    "dragoman.errors": (
        *("CodebookError", "ConfigError", "DragomanError", "InputError", "OriginError", "ResourceError"),
        *("BusyError", "ConflictError", "RecordNotFoundError", "StoreError", "StoreVersionError"),
    ),
    "dragoman.ingest": ("ReadOptions", "read"),
    "dragoman.pipeline": ("Coded", "code", "run"),
    "dragoman.store": ("Store", "open"),
    "dragoman.types.actor": ("ActorLink", "Candidate"),
    "dragoman.types.parse": ("EntityMention", "ParsedDocument", "Sentence", "Token"),
    "dragoman.types.record": (
        *("Agreement", "AttributedTo", "Attribution", "Claim", "Coding", "Decision", "Event", "Issue", "Membership"),
        *("Position", "Project", "Provenance", "Record", "Status"),
    ),
    "dragoman.types.review": ("Judgement", "Verdict"),
    "dragoman.types.text": ("Document", "Furniture", "Rejected", "Rejection", "Span"),
    "dragoman.types.when": ("EventTime", "Granularity", "TimeBasis"),
    "dragoman.types.where": ("PlaceLink", "PlacePrecision"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ActorLink",
    "Agreement",
    "AttributedTo",
    "Attribution",
    "BusyError",
    "Candidate",
    "Claim",
    "CodebookError",
    "Coded",
    "Coder",
    "Coding",
    "ConfigError",
    "ConflictError",
    "Decision",
    "Document",
    "DragomanError",
    "EntityMention",
    "Event",
    "EventTime",
    "Furniture",
    "Granularity",
    "InputError",
    "Issue",
    "Judgement",
    "Membership",
    "OriginError",
    "ParsedDocument",
    "PlaceLink",
    "PlacePrecision",
    "Position",
    "Project",
    "Provenance",
    "ReadOptions",
    "Record",
    "RecordNotFoundError",
    "Rejected",
    "Rejection",
    "ResourceError",
    "Sentence",
    "Span",
    "Status",
    "Store",
    "StoreError",
    "StoreVersionError",
    "TimeBasis",
    "Token",
    "Verdict",
    "code",
    "decode_coding",
    "decode_record",
    "encode_coding",
    "encode_record",
    "open",
    "read",
    "run",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
