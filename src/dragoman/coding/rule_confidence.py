"""How sure the rules for agreements, claims, positions, projects and memberships are: measured shares, not guesses.

`codebooks/record_confidence.toml` has for each rule the share of its records that a reader had marked too, with the
same main value, on the reports that may train; `python -m dragoman.train.record_confidence` writes it anew.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dragoman.errors import CodebookError

# Rules too rare to be measured, as the one for implied memberships, are less sure than any measured one.
_UNKNOWN = 0.4


def confidence_of(rule: str) -> float:
    """The measured share of the rule's records that are right; 0.4 for a rule that was not measured."""
    return _shares().get(rule, _UNKNOWN)


@cache
def _shares() -> Mapping[str, float]:
    source = files("dragoman") / "codebooks" / "record_confidence.toml"
    return read_shares(source.read_text(encoding="utf-8"), str(source))


def read_shares(text: str, origin: str) -> dict[str, float]:
    """The shares written in TOML `text`; `origin` names the file in messages.

    Raises:
        CodebookError: the text is no TOML, or a share is not between 0 and 1.
    """
    try:
        stored = tomllib.loads(text)
        shares = {rule: float(entry["share"]) for rule, entry in stored.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CodebookError(f"{origin}: {error!r}; expected a table with `share` for each rule") from None
    wrong = [rule for rule, share in shares.items() if not 0.0 <= share <= 1.0]
    if wrong:
        raise CodebookError(f"{origin}: the share of '{wrong[0]}' is {shares[wrong[0]]}; expected 0 to 1")
    return shares
