"""What the application is told when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dragoman.types.coding import CoderLike

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """Settings of the page and the API.

    `host` is the address that is bound; `names` are further host names under which people reach it. `access` is the
    file of tokens and the cookie secret, None for one beside the store. `reads` and `writes` are requests a second that
    one client may make in the long run, 0 for no limit; it may save up ten seconds' worth. `open_coder` opens the
    coder of reports that come through the API, None for the shipped one with what was learned; `longest_report` is the
    number of characters that one of them may have, `coding_seconds` how long a batch may be coded, or wait for others.
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    access: Path | None = None
    reads: float = 60.0
    writes: float = 10.0
    largest_body: int = 1_000_000
    longest_report: int = 100_000
    coding_seconds: float = 60.0
    open_coder: Callable[[], CoderLike] | None = None

    @property
    def local(self) -> bool:
        """True when only this machine can reach the server."""
        return self.host in LOOPBACK
