"""Country codes of other data sets, and the words and codes that they have for sectors: facts."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

# PLOVER's sectors in CAMEO's letters. JRN and MED are MED and HLH there; PRM, UNK and PRE have no counterpart.
CAMEO_SECTORS: Mapping[str, str] = {
    **{code: code for code in ("COP", "GOV", "JUD", "LEG", "MIL", "OPP", "REB", "SPY", "UAF", "PTY")},
    **{code: code for code in ("AGR", "BUS", "CVL", "EDU", "ELI", "LAB", "REF")},
    "CRM": "CRM",
    "JRN": "MED",
    "MED": "HLH",
    "SOC": "CVL",
}
# Actors that are no country: the code in CAMEO's column for known groups, or in its column for types.
CAMEO_GROUPS: Mapping[str, str] = {"UNO": "UNO", "EUR": "EEC"}
CAMEO_TYPES: Mapping[str, str] = {"IGO": "IGO", "NGO": "NGO", "MNC": "MNC", "IMG": "IMG"}
INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})

ICEWS_SECTORS: Mapping[str, str] = {
    "AGR": "Agricultural",
    "BUS": "Business",
    "COP": "Police",
    "CRM": "Criminals / Gangs",
    "CVL": "General Population / Civilian / Social",
    "EDU": "Education",
    "ELI": "Elite",
    "GOV": "Government",
    "JRN": "News",
    "JUD": "Judicial",
    "LAB": "Labor",
    "LEG": "Legislative / Parliamentary",
    "MED": "Medical / Health",
    "MIL": "Military",
    "OPP": "Opposition",
    "PRM": "Paramilitary",
    "PTY": "Parties",
    "REB": "Rebel",
    "REF": "Refugees / Displaced",
    "REL": "Religious",
    "SOC": "Social",
    "SPY": "Intelligence",
    "UAF": "Unidentified Forces",
    "IGO": "International Government Organization",
    "NGO": "Nongovernmental Organization",
}
# The order that PRODUCT 2.6's peers print: four classes, numbered as GDELT numbers them.
QUADS: Mapping[str, int] = {
    "verbal_cooperation": 1,
    "material_cooperation": 2,
    "verbal_conflict": 3,
    "material_conflict": 4,
}


def leaf_of(cameo: str) -> str:
    """The code with three digits at least: other data sets write a bare root as its general leaf.

    >>> leaf_of("05"), leaf_of("057")
    ('050', '057')
    """
    return cameo + "0" if len(cameo) == 2 else cameo


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCodes:
    """One state or territory: ISO 3166-1 alpha-3, our name, and what others call it. Empty where it has none.

    `cow` is the number of the Correlates of War project; `fips` is FIPS 10-4, which GDELT's places use; `cameo` is
    GDELT's code for actors; `icews` is the name in ICEWS.
    """

    iso3: str
    name: str
    cow: str
    fips: str
    cameo: str
    icews: str


_NONE = CountryCodes(iso3="", name="", cow="", fips="", cameo="", icews="")


class Countries:
    """The table of country codes, asked by any of its columns."""

    def __init__(self, rows: Iterable[CountryCodes]) -> None:
        self._rows = tuple(rows)
        self._by_iso = {row.iso3: row for row in self._rows}

    def find(self, iso3: str | None) -> CountryCodes:
        """The codes of a country; all empty for None and for codes that are no country."""
        return self._by_iso.get(iso3 or "", _NONE)

    def iso_by(self, column: str) -> Mapping[str, str]:
        """What another data set writes in `column`, in lower case → ISO code."""
        return {getattr(row, column).lower(): row.iso3 for row in self._rows if getattr(row, column)}


def load_countries() -> Countries:
    """The table in the package's `data/country_codes.csv`."""
    source = files("dragoman").joinpath("data", "country_codes.csv").read_text(encoding="utf-8")
    return Countries(CountryCodes(**row) for row in csv.DictReader(source.splitlines()))
