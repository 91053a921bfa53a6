"""Reports named on a command line, coded by the settings in force: where the commands that need records begin."""

from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.cli.guard import open_coder, read_settings, say
from dragoman.ingest import ReadOptions, read
from dragoman.pipeline import Coded, run
from dragoman.types.text import Rejected, Rejection


def code_reports(origins: Sequence[str], *, published: date | None, rejected: list[Rejected]) -> Iterator[Coded]:
    """Yields each report coded; what could not be is said on standard error and added to `rejected`.

    Files that never were reports are passed over in silence. `published` is the date of reports that state none.
    """
    settings = read_settings({})
    items = read(origins, options=ReadOptions(published=published))
    for item in run(items, open_coder(settings), limit=settings.time_limit):
        if isinstance(item, Coded):
            yield item
        elif item.kind is not Rejection.IGNORED:
            rejected.append(item)
            say(f"{item.place}: {item.reason}")
