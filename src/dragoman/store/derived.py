"""What follows from a correction: a category carries its quad class and scores, and decides whether it is counted."""

from typing import TYPE_CHECKING, Any

from dragoman.errors import CodebookError

if TYPE_CHECKING:
    from dragoman.coding.codebook import Codebook

Json = Any
_CODES = frozenset(("category", "mode", "cameo"))


class Follower:
    """Works out what follows from corrections; keeps the codebooks that it had to open."""

    def __init__(self) -> None:
        self._books: dict[str, Codebook | None] = {}

    def follow(self, value: Json, *, changed: frozenset[str]) -> Json:
        """The record with what follows from the changed fields; fields that were corrected themselves stay.

        A corrected category without a CAMEO code of its own takes the shortest code whose table gives it, and a mode
        that the category has not is dropped. A codebook that is not shipped is not at hand here: then scores are
        emptied instead of kept wrong.
        """
        if value["kind"] != "event" or not changed & (_CODES | {"status"}):
            return value
        from dragoman.coding.events import is_counted
        from dragoman.types.record import Status

        derived = self._codes(value, changed) if changed & _CODES else {}
        derived["counted"] = is_counted(value["category"], Status(value["status"]))
        return {**value, **{key: found for key, found in derived.items() if key not in changed}}

    def _codes(self, value: Json, changed: frozenset[str]) -> dict[str, Json]:
        book = self._shipped(value["codebook"].rpartition("-")[0] or value["codebook"])
        category, mode, cameo = value["category"], value["mode"], value["cameo"]
        if book is None:
            return {"goldstein": None, "plover_score": None}
        if "category" in changed and "mode" not in changed and mode not in book.modes_of(category):
            mode = None
        if "category" in changed and "cameo" not in changed:
            cameo = _cameo_of(book, category, mode) or cameo
        return {
            "mode": mode,
            "cameo": cameo,
            "quad": book.quad_of(category) or value["quad"],
            "goldstein": book.goldstein_of(cameo),
            "plover_score": book.plover_score_of(category, mode),
        }

    def _shipped(self, name: str) -> "Codebook | None":
        if name not in self._books:
            from dragoman.coding.codebook import load_codebook

            try:
                self._books[name] = load_codebook(name)
            except CodebookError:
                self._books[name] = None
        return self._books[name]


def _cameo_of(book: "Codebook", category: str, mode: str | None) -> str | None:
    """The shortest CAMEO code that the table leads to this category, one of this mode first."""
    fitting = [code for code, found in book.cameo.items() if found.category == category]
    of_mode = [code for code in fitting if mode and book.cameo[code].mode == mode]
    return min(of_mode or fitting, key=lambda code: (len(code), code), default=None)
