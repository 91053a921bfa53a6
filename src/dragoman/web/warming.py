"""What the first visitor would otherwise wait for, brought in while the server starts: templates, and the library that
looks for turning points, which takes more than half a second to load."""

from threading import Thread

from jinja2 import Environment

from dragoman.analysis import find_changes
from dragoman.errors import ResourceError

_SHORTEST = 24  # months; in a shorter series nothing is looked for


def start_warming(templates: Environment) -> Thread:
    """Begins in a thread of its own, so that the server answers at once."""
    thread = Thread(target=warm, args=(templates,), name="warming")
    thread.start()
    return thread


def warm(templates: Environment) -> None:
    """Every template is compiled, and what a dyad's page needs is loaded where it is installed."""
    for name in templates.list_templates():
        templates.get_template(name)
    try:
        find_changes([float(month % 2) for month in range(_SHORTEST)], counts=True)
    except ResourceError:
        return  # the page of the dyad says what is missing
