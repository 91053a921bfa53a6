"""Learned layers for tests: what is not named is as shipped."""

from collections.abc import Mapping

from dragoman.coding.confidence import SIGNALS, Calibration
from dragoman.coding.learned import Learned

CALIBRATION = Calibration(
    weights=tuple(0.5 if name in ("trigger", "category") else 0.0 for name in SIGNALS),
    constant=0.0,
    threshold=0.5,
    widest=0.3,
)


def learned(
    *,
    version: str = "made",
    model: str = "fake-1",
    codebook: str = "plover",
    categories: Mapping[str, Mapping[str, float]] | None = None,
    calibration: Calibration = CALIBRATION,
    cues: Mapping[str, float] | None = None,
) -> Learned:
    return Learned(
        version=version,
        model=model,
        codebook=codebook,
        categories=categories or {},
        calibration=calibration,
        cues=cues or {},
    )
