"""ICEWS: 20 columns, one row for each pair of source and target. The CAMEO code is mapped from PLOVER, with losses."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import TextIO

from dragoman.export.codes import ICEWS_SECTORS, Countries, leaf_of, load_countries
from dragoman.export.days import choose_day
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.pairs import list_pairs, name_of
from dragoman.export.select import NO_DAY, NO_TARGET, Happening, number_id, select_happenings
from dragoman.export.tsv import write_row
from dragoman.types.actor import ActorLink
from dragoman.types.where import PlaceLink, PlacePrecision

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def write_icews(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the header and the rows. Events without a day or without a target have no place in the format."""
    written, countries, titles = Written(), load_countries(), load_titles()
    write_row(COLUMNS, out)
    for happening in select_happenings(data, options, written.left_out, statements=True):
        event = happening.telling.record
        day = choose_day(event.time, happening.telling.document.published).day
        if day is None:
            written.left_out[NO_DAY] += 1
            continue
        text = titles.get(leaf_of(event.cameo)) or titles.get(event.cameo[:2])
        for source, target in list_pairs(event):
            if source is None or target is None:
                written.left_out[NO_TARGET] += 1
                continue
            cells = _row(happening, source, target, countries)
            write_row((cells[0], day.isoformat(), *cells[1:4], text, *cells[4:]), out)
            written.rows["events"] += 1
    return written


def load_titles() -> Mapping[str, str]:
    """CAMEO code → what it stands for, from the codebook."""
    source = files("dragoman").joinpath("codebooks", "cameo.toml").read_text(encoding="utf-8")
    return {code: row[0] for code, row in tomllib.loads(source)["cameo"].items()}


def _row(happening: Happening, source: ActorLink, target: ActorLink, countries: Countries) -> tuple[object, ...]:
    """All cells but the date and the words for the code."""
    event, document = happening.telling.record, happening.telling.document
    return (
        number_id(happening.cluster, event.id, source.text, target.text),
        *_actor(source, countries),
        leaf_of(event.cameo),
        event.goldstein,
        *_actor(target, countries),
        number_id(happening.telling.story or document.id),
        event.sentence,
        document.publisher,
        *_place(event.place, countries),
    )


def _actor(link: ActorLink, countries: Countries) -> tuple[str | None, ...]:
    sector = link.sector or link.country or ""
    return name_of(link), ICEWS_SECTORS.get(sector), countries.find(link.country).icews


def _place(place: PlaceLink | None, countries: Countries) -> tuple[object, ...]:
    if place is None:
        return (None,) * 6
    name = {place.precision: place.name}
    return (
        name.get(PlacePrecision.CITY),
        name.get(PlacePrecision.DISTRICT),
        place.admin1 or name.get(PlacePrecision.PROVINCE),
        countries.find(place.country).icews,
        place.latitude,
        place.longitude,
    )
