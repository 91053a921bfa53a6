"""One row of each foreign data set into a ForeignEvent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.export.codes import QUADS, Countries
from dragoman.foreign.cells import Cells
from dragoman.types.foreign import ForeignActor, ForeignEvent, ForeignPlace, Layer

_QUADS = {str(number): name for name, number in QUADS.items()} | {
    name.replace("_", " ").upper(): name for name in QUADS
}


@dataclass(frozen=True, slots=True)
class CountryNames:
    """What the data sets write for a country → ISO code: GDELT's actors, its places, ICEWS's names."""

    cameo: Mapping[str, str]
    fips: Mapping[str, str]
    icews: Mapping[str, str]

    @classmethod
    def of(cls, countries: Countries) -> "CountryNames":
        """The lookups of the table of codes."""
        names = {**countries.iso_by("name"), **countries.iso_by("icews")}
        return cls(countries.iso_by("cameo"), countries.iso_by("fips"), names)


def _iso(written: str | None, known: Mapping[str, str]) -> str | None:
    return known.get(written.lower(), written) if written else None


def read_gdelt(cells: Cells, names: CountryNames, file: str, line: int) -> ForeignEvent:
    """A row of GDELT 2 Events."""
    place = ForeignPlace(
        name=cells.text("ActionGeo_FullName"),
        country=_iso(cells.text("ActionGeo_CountryCode"), names.fips),
        latitude=cells.degrees("ActionGeo_Lat", 90),
        longitude=cells.degrees("ActionGeo_Long", 180),
    )
    return ForeignEvent(
        layer=Layer.GDELT,
        id=f"gdelt:{int(cells.need('GLOBALEVENTID'))}",
        file=file,
        line=line,
        day=cells.day("SQLDATE"),
        sources=_gdelt_actor(cells, "Actor1", names),
        targets=_gdelt_actor(cells, "Actor2", names),
        category=None,
        mode=None,
        contexts=(),
        cameo=_cameo(cells.need("EventCode")),
        quad=_quad(cells.text("QuadClass")),
        score=cells.number("GoldsteinScale"),
        place=place if place.name or place.latitude is not None else None,
        reports=cells.whole("NumArticles"),
        publisher=None,
        published=cells.day("DATEADDED"),
        url=cells.text("SOURCEURL"),
    )


def _gdelt_actor(cells: Cells, prefix: str, names: CountryNames) -> tuple[ForeignActor, ...]:
    name, country = cells.text(f"{prefix}Name"), cells.text(f"{prefix}CountryCode")
    columns = (f"{prefix}Type1Code", f"{prefix}Type2Code", f"{prefix}Type3Code", f"{prefix}KnownGroupCode")
    sectors = tuple(code for code in map(cells.text, columns) if code)
    if name is None and country is None and not sectors:
        return ()
    return (ForeignActor(name=name, country=_iso(country, names.cameo), sectors=sectors),)


def read_icews(cells: Cells, names: CountryNames, file: str, line: int) -> ForeignEvent:
    """A row of ICEWS."""
    city, country = cells.text("City"), _iso(cells.text("Country"), names.icews)
    place = ForeignPlace(
        name=city or cells.text("District") or cells.text("Province") or cells.text("Country"),
        country=country,
        latitude=cells.degrees("Latitude", 90),
        longitude=cells.degrees("Longitude", 180),
    )
    return ForeignEvent(
        layer=Layer.ICEWS,
        id=f"icews:{cells.need('Event ID')}",
        file=file,
        line=line,
        day=cells.day("Event Date"),
        sources=_icews_actor(cells, "Source", names),
        targets=_icews_actor(cells, "Target", names),
        category=None,
        mode=None,
        contexts=(),
        cameo=_cameo(cells.need("CAMEO Code")),
        quad=None,
        score=cells.number("Intensity"),
        place=place if place.name or place.latitude is not None else None,
        reports=None,
        publisher=cells.text("Publisher"),
        published=None,
        url=None,
    )


def _icews_actor(cells: Cells, prefix: str, names: CountryNames) -> tuple[ForeignActor, ...]:
    name = cells.text(f"{prefix} Name")
    if name is None:
        return ()
    country = _iso(cells.text(f"{prefix} Country"), names.icews)
    return (ForeignActor(name=name, country=country, sectors=cells.several(f"{prefix} Sectors", ",")),)


def read_polecat(cells: Cells, names: CountryNames, file: str, line: int) -> ForeignEvent:
    """A row of POLECAT. Compound actors stand in one cell each for names and countries and are taken apart in order."""
    intensity = "Intensity" if cells.text("Intensity") is not None else "Event Intensity"
    place = ForeignPlace(
        name=cells.text("Placename") or cells.text("Raw Placename"),
        country=cells.text("Country"),
        latitude=cells.degrees("Latitude", 90),
        longitude=cells.degrees("Longitude", 180),
        geonames=cells.whole("GeoNames ID"),
    )
    return ForeignEvent(
        layer=Layer.POLECAT,
        id=f"polecat:{cells.need('Event ID')}",
        file=file,
        line=line,
        day=cells.day("Event Date"),
        sources=_polecat_actors(cells, "Actor"),
        targets=_polecat_actors(cells, "Recipient"),
        category=cells.need("Event Type").upper(),
        mode=cells.text("Event Mode"),
        contexts=cells.several("Contexts"),
        cameo=None,
        quad=_quad(cells.text("Quad Code")),
        score=cells.number(intensity),
        place=place if place.name else None,
        reports=None,
        publisher=cells.text("Source"),
        published=cells.day("Publication Date"),
        url=None,
    )


def _polecat_actors(cells: Cells, prefix: str) -> tuple[ForeignActor, ...]:
    """Names with their countries where there are as many; else names, and the countries as actors without a name.

    POLECAT lists both without saying which country is whose.
    """
    found = cells.several(f"{prefix} Name") or cells.several(f"{prefix} Name Raw")
    countries, sectors = cells.several(f"{prefix} Country"), cells.several(f"{prefix} Sectors")
    if len(found) == 1 and len(countries) <= 1:
        return (ForeignActor(name=found[0], country=next(iter(countries), None), sectors=sectors),)
    if len(found) == len(countries):
        own = sectors if len(sectors) == len(found) else ()
        return tuple(
            ForeignActor(name=name, country=country, sectors=own[number : number + 1])
            for number, (name, country) in enumerate(zip(found, countries, strict=True))
        )
    named = tuple(ForeignActor(name=name, country=None) for name in found)
    return (*named, *(ForeignActor(name=None, country=country) for country in countries))


def _cameo(code: str) -> str:
    """The code with the zero in front that spreadsheets take off."""
    if not code.isdigit():
        raise ValueError(f"CAMEO code {code!r} has characters that are no digits")
    if len(code) == 1 or not 1 <= int(code[:2]) <= 20:
        code = "0" + code
    if not 1 <= int(code[:2]) <= 20 or len(code) > 4:
        raise ValueError(f"CAMEO code {code!r} is not in the table")
    return code


def _quad(written: str | None) -> str | None:
    if written is None:
        return None
    if written.upper() not in _QUADS:
        raise ValueError(f"quad class {written!r} is none of 1 to 4 or their names")
    return _QUADS[written.upper()]
