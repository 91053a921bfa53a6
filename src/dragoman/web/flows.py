"""Who deals with whom: pairs of countries with the counted events of each direction, and what the codes stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.export.codes import load_countries
from dragoman.store import Store
from dragoman.store.rebuilding import refresh_months

# Codes that stand for no country.
CLASSES = {
    "IGO": "international organisations",
    "NGO": "non-governmental organisations",
    "IMG": "armed groups across borders",
    "MNC": "multinational companies",
    "INT": "international actors",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What passes between two countries: counted events `there` (one to other) and `back`, and the mean PLOVER score.

    A joint act passes both ways, and is in both numbers.
    """

    one: str
    other: str
    there: int
    back: int
    score: float

    @property
    def events(self) -> int:
        """Both directions together."""
        return self.there + self.back


def find_flows(store: Store, most: int, country: str = "") -> tuple[Flow, ...]:
    """The pairs of countries with most counted events; those of one country when it is given."""
    refresh_months(store.engine)
    only, values = (" AND (source = ? OR target = ?)", (country, country)) if country else ("", ())
    sql = (
        "SELECT min(source, target), max(source, target), sum(CASE WHEN source < target THEN events ELSE 0 END),"
        " sum(CASE WHEN source > target THEN events ELSE 0 END), sum(plover_score) FROM dyad_month"
        f" WHERE source <> target{only} GROUP BY 1, 2 ORDER BY sum(events) DESC, 1, 2 LIMIT ?"
    )
    if store.engine.dialect != "sqlite":
        sql = sql.replace("min(", "least(").replace("max(", "greatest(")
    return tuple(
        _flow(str(one), str(other), int(there or 0), int(back or 0), float(total or 0))
        for one, other, there, back, total in store.engine.read(sql, (*values, most))
        if there or back
    )


def _flow(one: str, other: str, there: int, back: int, total: float) -> Flow:
    return Flow(one=one, other=other, there=there, back=back, score=round(total / (there + back), 2))


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """What codes of countries, and the classes beside them, stand for."""
    countries = load_countries()
    codes = countries.iso_by("iso3").values()
    return CLASSES | {code: countries.find(code).name for code in codes}
