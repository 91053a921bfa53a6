"""POLECAT: 40 columns, one row for each happening, compound actors in one cell, `None` where nothing is known."""

from collections.abc import Iterable
from typing import TextIO

from dragoman.export.codes import Countries, load_countries
from dragoman.export.columns import Entry
from dragoman.export.days import choose_day
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.select import NO_DAY, Happening, select_happenings
from dragoman.export.tables import participants_of
from dragoman.export.tsv import write_row
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Record
from dragoman.types.where import PlaceLink, PlacePrecision

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
MISSING = "None"
_GROUPS = frozenset({"igo", "ngo", "armed_group", "party", "company", "media", "institution"})
_LANGUAGES = {"en": "English"}
_FEATURES = {
    PlacePrecision.CITY: "PPL",
    PlacePrecision.DISTRICT: "ADM2",
    PlacePrecision.PROVINCE: "ADM1",
    PlacePrecision.COUNTRY: "PCLI",
    PlacePrecision.REGION: "RGN",
    PlacePrecision.SEA: "SEA",
}


def write_polecat(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the header and the rows. Statements have no PLOVER category and are left out, as are undated events."""
    written, countries = Written(), load_countries()
    write_row(COLUMNS, out)
    for happening in select_happenings(data, options, written.left_out, statements=False):
        row = _row(happening, countries)
        if row is None:
            written.left_out[NO_DAY] += 1
            continue
        write_row(row, out, missing=MISSING)
        written.rows["events"] += 1
    return written


def _row(happening: Happening, countries: Countries) -> tuple[object, ...] | None:
    entry = happening.telling
    event, document = entry.record, entry.document
    day = choose_day(event.time, document.published).day
    if day is None:
        return None
    return (
        event.id,
        day.isoformat(),
        event.category,
        event.mode,
        event.plover_score,
        event.quad.replace("_", " ").upper(),
        _list(event.contexts),
        *_actors(event.sources, countries),
        *_actors(event.targets, countries),
        *_place(event.place),
        document.publisher,
        document.published.isoformat() if document.published else None,
        *_story(happening.tellings),
        _LANGUAGES.get(document.language or "", document.language),
        f"dragoman {entry.provenance.codebook} {entry.provenance.model}",
    )


def _list(values: Iterable[str | None]) -> str | None:
    """The values that are known, each once."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def _actors(links: tuple[ActorLink, ...], countries: Countries) -> tuple[str | None, ...]:
    """Eight cells. The knowledge base's ids are not Wikipedia's, so that cell stays empty."""
    sectors = _list(link.sector for link in links)
    return (
        _list(link.name or link.text for link in links),
        _list(link.country for link in links),
        _list(countries.find(link.country).cow for link in links),
        sectors.split("; ")[0] if sectors else None,
        sectors,
        _list(link.role for link in links),
        _list(link.text for link in links),
        None,
    )


def _place(place: PlaceLink | None) -> tuple[object, ...]:
    """Ten cells. A district that lies in a place is not known; a place that is one stands in its own column."""
    if place is None:
        return (None,) * 10
    name = {place.precision: place.name}
    return (
        place.name,
        name.get(PlacePrecision.CITY),
        name.get(PlacePrecision.DISTRICT),
        place.admin1 or name.get(PlacePrecision.PROVINCE),
        place.country,
        place.latitude,
        place.longitude,
        place.geonames,
        place.text,
        _FEATURES.get(place.precision) if place.precision else None,
    )


def _story(tellings: Iterable[Entry[Event]]) -> tuple[str | None, ...]:
    """People, organizations and places that the records of the happening name."""
    records: list[Entry[Record]] = list(tellings)
    links = [link for entry in records for _, link in participants_of(entry)]
    people = (link.name or link.text for link in links if link.kind == "person")
    groups = (
        link.name or link.text for link in links if link.kind in ("igo", "ngo", "armed_group", "party", "company")
    )
    places = (entry.record.place for entry in records if isinstance(entry.record, Event))
    return _list(people), _list(groups), _list(place.name or place.text for place in places if place)
