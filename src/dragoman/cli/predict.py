"""`dragoman predict`: questions in, answers out, line by line."""

import sys
from collections.abc import Iterator

from dragoman.cli.guard import DONE, PARTLY, Flags, open_coder, read_settings, say
from dragoman.errors import OriginError
from dragoman.ingest.streams import open_origin, read_lines
from dragoman.predict import predict

_LONGEST_LINE = 20_000_000


def run_predict(task: str, origin: str, *, flags: Flags, quiet: bool) -> int:
    """Prints one answer for each line; returns the exit code, 3 when some line could not be used."""
    coder = open_coder(read_settings(flags))
    answered = failed = 0
    for answer in predict(task, _lines(origin), coder):
        print(answer.line)
        answered += 1
        if answer.error is not None:
            failed += 1
            say(f"dragoman: {answer.error}")
    sys.stdout.flush()
    if not quiet:
        say(f"{answered} read, {answered - failed} answered, {failed} failed")
    return PARTLY if failed else DONE


def _lines(origin: str) -> Iterator[str]:
    try:
        with open_origin(origin) as stream:
            # A line that cannot be read becomes one that is no JSON, so that it still gets its answer.
            for _, line, note in read_lines(stream, limit=_LONGEST_LINE):
                yield line if line is not None else f"<{note}>"
    except OriginError as error:
        raise OriginError(f"{origin}: {error}") from error
