"""The command line: parses options, calls the library, prints. One file per command group, imported when it is used.

Nothing but Typer is imported here, so that `dragoman --version` answers at once.
"""

import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command line; the exit codes are those of `dragoman code --help`."""
    from dragoman.cli.app import app

    _prepare_streams()
    app(prog_name="dragoman")


def _prepare_streams() -> None:
    """UTF-8 and plain newlines everywhere; a closed pipe (`dragoman … | head`) ends the program quietly."""
    import signal

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
