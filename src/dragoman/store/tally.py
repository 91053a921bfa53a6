"""What an ingestion counts while it goes on, and what it comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dragoman.store.runs import Failure, RunOutcome
from dragoman.store.writing import Added, Outcome
from dragoman.types.text import Rejected, Rejection


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts while ingesting, given to whoever shows progress."""

    read: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    there: int = 0
    other_versions: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    would_code: list[str] = field(default_factory=list)

    def of(self, kind: Rejection) -> tuple[Rejected, ...]:
        """What was rejected in this way."""
        return tuple(rejected for rejected in self.rejected if rejected.kind is kind)

    def count(self, added: Added) -> int:
        """How many documents came to this."""
        return sum(outcome.added is added for outcome in self.outcomes)

    def outcome(self) -> RunOutcome:
        """The counts as the run's end keeps them."""
        return RunOutcome(
            read=self.read,
            new=self.count(Added.NEW),
            recoded=self.count(Added.RECODED),
            there=self.there + self.count(Added.THERE),
            records=sum(found.records for found in self.outcomes),
            failures=tuple(
                Failure(place=place_of(rejected), reason=rejected.reason, kind=rejected.kind.value)
                for rejected in self.rejected
                if rejected.kind is not Rejection.IGNORED
            ),
        )


Progress = Callable[[Tally], None]


def place_of(rejected: Rejected) -> str:
    """The file, with the line where there is one."""
    return rejected.origin if rejected.line is None else f"{rejected.origin}:{rejected.line}"
