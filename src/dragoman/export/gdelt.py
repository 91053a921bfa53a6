"""GDELT 2: Events (61 columns, no header) and Mentions (16), joined by the number of the event."""

from collections.abc import Iterator
from datetime import date
from typing import TextIO
from urllib.parse import urlsplit

from dragoman.export.codes import CAMEO_GROUPS, CAMEO_SECTORS, CAMEO_TYPES, QUADS, Countries, leaf_of, load_countries
from dragoman.export.columns import Entry
from dragoman.export.days import choose_day
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.pairs import list_pairs, name_of
from dragoman.export.select import NO_DAY, Happening, number_id, select_happenings
from dragoman.export.tsv import write_row
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event
from dragoman.types.text import Document
from dragoman.types.where import PlaceLink, PlacePrecision

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_LEAD = 1  # the headline is sentence 0: an event there or in the first sentence counts as a main one
_WEB, _CITATION = 1, 2
_COUNTRY, _CITY, _STATE = 1, 4, 5
_KINDS_OF_PLACE = {PlacePrecision.COUNTRY: _COUNTRY, PlacePrecision.PROVINCE: _STATE, PlacePrecision.DISTRICT: _STATE}


def write_gdelt(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the Events table: one row for each happening and pair of actors. Undated events are left out."""
    written, countries = Written(), load_countries()
    for happening, day in _dated(data, options, written):
        for source, target in list_pairs(happening.telling.record):
            write_row(_event_row(happening, day, source, target, countries), out)
            written.rows["events"] += 1
    return written


def write_gdelt_mentions(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the Mentions table: one row for each row of Events and each telling of it."""
    written = Written()
    for happening, _ in _dated(data, options, written):
        first = min(
            (entry.document.published for entry in happening.tellings if entry.document.published), default=None
        )
        for source, target in list_pairs(happening.telling.record):
            number = _number(happening, source, target)
            for entry in happening.tellings:
                write_row(_mention_row(number, first, entry, source, target), out)
                written.rows["mentions"] += 1
    return written


def _dated(data: Dataset, options: ExportOptions, written: Written) -> Iterator[tuple[Happening, date]]:
    for happening in select_happenings(data, options, written.left_out, statements=True):
        day = choose_day(happening.telling.record.time, happening.telling.document.published).day
        if day is None:
            written.left_out[NO_DAY] += 1
        else:
            yield happening, day


def _number(happening: Happening, source: ActorLink | None, target: ActorLink | None) -> int:
    return number_id(happening.cluster, happening.telling.record.id, name_of(source) or "", name_of(target) or "")


def _event_row(
    happening: Happening, day: date, source: ActorLink | None, target: ActorLink | None, countries: Countries
) -> tuple[object, ...]:
    event, document = happening.telling.record, happening.telling.document
    return (
        _number(happening, source, target),
        *_day_cells(day),
        *_actor_cells(source, countries),
        *_actor_cells(target, countries),
        int(event.sentence <= _LEAD),
        leaf_of(event.cameo),
        leaf_of(event.cameo)[:3],
        event.cameo[:2],
        QUADS.get(event.quad),
        event.goldstein,
        len(happening.tellings),
        happening.publishers,
        len(happening.documents),
        None,  # tone is not measured
        *(None,) * 16,  # actors are not geocoded, only the action
        *_geo_cells(event.place, countries),
        _stamp(document.published),
        document.url or _citation(document),
    )


def _day_cells(day: date) -> tuple[object, ...]:
    # GDELT's own count: months of 30 days in a year of 365.
    fraction = min(((day.month - 1) * 30 + day.day) / 365, 0.9999)
    return f"{day:%Y%m%d}", f"{day:%Y%m}", day.year, f"{day.year + fraction:.4f}"


def _actor_cells(link: ActorLink | None, countries: Countries) -> tuple[str | None, ...]:
    """Ten cells. Ethnic and religious codes are not coded."""
    if link is None:
        return (None,) * 10
    country = countries.find(link.country).cameo
    group = CAMEO_GROUPS.get(link.country or "", "")
    kind = CAMEO_TYPES.get(link.country or "") or CAMEO_SECTORS.get(link.sector or "", "")
    name = (name_of(link) or "").upper()
    return (country + group + kind, name, country, group, None, None, None, kind, None, None)


def _geo_cells(place: PlaceLink | None, countries: Countries) -> tuple[object, ...]:
    """Eight cells. The divisions of FIPS and the ids of GNS are not those of GeoNames, so these cells stay empty."""
    if place is None or place.name is None:
        return (None,) * 8
    kind = _KINDS_OF_PLACE.get(place.precision, _CITY) if place.precision else _CITY
    codes = countries.find(place.country)
    parts = [place.name] if kind == _COUNTRY else [place.name, place.admin1, codes.name]
    full = ", ".join(dict.fromkeys(part for part in parts if part))
    whole = codes.fips if kind == _COUNTRY else None
    return kind, full, codes.fips, whole, None, place.latitude, place.longitude, whole


def _mention_row(
    number: int, first: date | None, entry: Entry[Event], source: ActorLink | None, target: ActorLink | None
) -> tuple[object, ...]:
    event, document = entry.record, entry.document
    return (
        number,
        _stamp(first),
        _stamp(document.published),
        _WEB if document.url else _CITATION,
        (urlsplit(document.url).hostname if document.url else None) or document.publisher,
        document.url or _citation(document),
        event.sentence,
        _offset(source, event.sources, event),
        _offset(target, event.targets or event.sources[1:], event),
        event.trigger.start,
        1,
        round(event.confidence * 100),
        len(document.text),
        None,
        None,
        event.id,  # the format reserves this column: the way back to the record
    )


def _offset(link: ActorLink | None, usual: tuple[ActorLink, ...], event: Event) -> int:
    """Where this telling writes the actor; where it has another word for it, the first one in its role; else -1."""
    if link is None:
        return -1
    same = (other for other in (*event.sources, *event.targets) if name_of(other) == name_of(link))
    return next((other.span.start for other in (*same, *usual) if other.span), -1)


def _stamp(day: date | None) -> str | None:
    """Midnight of the day: no hour is known, and no clock is asked."""
    return f"{day:%Y%m%d}000000" if day else None


def _citation(document: Document) -> str:
    parts = (document.publisher, document.title, document.published and document.published.isoformat(), document.id)
    return ", ".join(part for part in parts if part)
