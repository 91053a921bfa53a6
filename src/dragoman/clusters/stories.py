"""Near-copies of a report: one story."""

from collections.abc import Iterable

from dragoman.types.cluster import Story
from dragoman.types.text import Document


class StoryIndex:
    """Documents to which more are added; the stories do not depend on the order."""

    def add(self, document: Document) -> tuple[str, ...]:
        """Adds the document; the ids of those near-copies that are in the index already, sorted."""
        raise NotImplementedError

    def stories(self) -> tuple[Story, ...]:
        """The stories of two documents or more, sorted by id."""
        raise NotImplementedError


def find_stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """The stories of two near-copies or more, sorted by id."""
    index = StoryIndex()
    for document in documents:
        index.add(document)
    return index.stories()
