"""What people's verdicts say of the records: what to show next, how far coders agree, how often the machine is right.

Pure functions over values; the store and the pages bring these.
"""

from dragoman.review.alpha import (
    Agreement,
    Confusion,
    FieldAgreement,
    Rating,
    agreement_of,
    confusion_of,
    measure_alpha,
)
from dragoman.review.beside import Cell, CodingColumn, Row, State, Told, lay_beside, only_differences
from dragoman.review.estimate import Precision, estimate_precision, wilson_interval
from dragoman.review.queue import Order, Waiting, arrange, draw_sample, sample_place
from dragoman.review.ratings import Change, Coded, independent_of, ratings_of, settlement_of

__all__ = [
    "Agreement",
    "Cell",
    "Change",
    "Coded",
    "CodingColumn",
    "Confusion",
    "FieldAgreement",
    "Order",
    "Precision",
    "Rating",
    "Row",
    "State",
    "Told",
    "Waiting",
    "agreement_of",
    "arrange",
    "confusion_of",
    "draw_sample",
    "estimate_precision",
    "independent_of",
    "lay_beside",
    "measure_alpha",
    "only_differences",
    "ratings_of",
    "sample_place",
    "settlement_of",
    "wilson_interval",
]
