"""Stable short ids of records."""

from hashlib import sha256


def record_id(prefix: str, *parts: object) -> str:
    """A short stable id from the parts that identify a record.

    >>> record_id("ev", "B001", "event", "plover", 3, 9, "CONSULT")
    'ev_33feec144233f9ac'
    """
    digest = sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"
