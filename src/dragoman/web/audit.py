"""A file beside the store that says who tried to write what: one JSON line for each request that may change something.

It is only appended to. What was decided stands in the store, signed; this says also what was refused and who came in.
"""

import logging
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dragoman.codec import format_json

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request: by whom (a token's name, else the name in the browser, None for nobody), from where, what came."""

    who: str | None
    token: bool
    client: str | None
    method: str
    path: str
    status: int


class Audit:
    """The file. Readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, attempt: Attempt) -> None:
        """Writes a line. A disk that takes none is said in the server's log, for the answer is on its way already."""
        line = format_json({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **asdict(attempt)})
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(line + "\n")
        except OSError as error:
            _logger.error("%s: cannot be written: %s; lost: %s", self.path, error.strerror, line)
