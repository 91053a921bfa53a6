"""Records as Arrow, polars and pandas tables. The libraries are extras, imported where they are needed."""

import importlib
from typing import TYPE_CHECKING, Any

from dragoman.errors import ResourceError

if TYPE_CHECKING:
    from dragoman.store.questions import Records

_TEXT, _NUMBER, _WHOLE, _YES_NO = "string", "float64", "int64", "bool_"
# Column of the table → SQL, Arrow type. Participants are joined by "; ", in the order of the record.
COLUMNS: dict[str, tuple[str, str]] = {
    "kind": ("e.kind", _TEXT),
    "id": ("e.id", _TEXT),
    "document": ("o.id", _TEXT),
    "published": ("o.published", _TEXT),
    "publisher": ("o.publisher", _TEXT),
    "url": ("o.url", _TEXT),
    "sentence": ("e.sentence", _WHOLE),
    "category": ("e.category", _TEXT),
    "mode": ("e.mode", _TEXT),
    "cameo": ("e.cameo", _TEXT),
    "quad": ("e.quad", _TEXT),
    "goldstein": ("e.goldstein", _NUMBER),
    "plover_score": ("e.plover_score", _NUMBER),
    "source": ("NULL", _TEXT),
    "source_country": ("NULL", _TEXT),
    "target": ("NULL", _TEXT),
    "target_country": ("NULL", _TEXT),
    "reciprocal": ("e.reciprocal", _YES_NO),
    "status": ("e.status", _TEXT),
    "counted": ("e.counted", _YES_NO),
    "attributed_to": ("e.attributed_to", _TEXT),
    "speaker": ("e.speaker", _TEXT),
    "time": ("e.edtf", _TEXT),
    "time_basis": ("e.time_basis", _TEXT),
    "day": ("e.day", _TEXT),
    "last_day": ("e.last_day", _TEXT),
    "place": ("e.place", _TEXT),
    "place_country": ("e.country", _TEXT),
    "latitude": ("e.latitude", _NUMBER),
    "longitude": ("e.longitude", _NUMBER),
    "quote": ("e.quote", _TEXT),
    "confidence": ("e.confidence", _NUMBER),
    "cluster": ("e.cluster", _TEXT),
    "review": ("e.review", _TEXT),
    "run": ("r.id", _TEXT),
}
_PARTIES = "coalesce((SELECT {aggregate} FROM involved v WHERE v.record = e.record AND v.role = '{role}'), '')"
_PARTY_COLUMNS = {
    "source": ("name", "source"),
    "source_country": ("country", "source"),
    "target": ("name", "target"),
    "target_country": ("country", "target"),
}


def to_table(records: "Records[Any]") -> Any:
    """A pyarrow table with COLUMNS."""
    arrow = _extra("pyarrow", "arrow")
    rows = list(records.rows([_sql(name, records) for name in COLUMNS]))
    schema = arrow.schema([(name, getattr(arrow, kind)()) for name, (_, kind) in COLUMNS.items()])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    arrays = [
        arrow.array([_cell(value, kind) for value in column], type=getattr(arrow, kind)())
        for column, (_, kind) in zip(columns, COLUMNS.values(), strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def to_polars(records: "Records[Any]") -> Any:
    """A polars data frame."""
    return _extra("polars", "polars").from_arrow(to_table(records))


def to_pandas(records: "Records[Any]") -> Any:
    """A pandas data frame."""
    _extra("pandas", "pandas")
    return to_table(records).to_pandas()


def stream_capsule(records: "Records[Any]", requested_schema: object) -> object:
    """The Arrow stream that other libraries read without copying."""
    return to_table(records).__arrow_c_stream__(requested_schema)


def _sql(name: str, records: "Records[Any]") -> str:
    if name not in _PARTY_COLUMNS:
        return COLUMNS[name][0]
    column, role = _PARTY_COLUMNS[name]
    aggregate = {"sqlite": f"group_concat(v.{column}, '; ')", "postgresql": f"string_agg(v.{column}, '; ')"}
    return _PARTIES.format(aggregate=aggregate[records.dialect], role=role)


def _cell(value: Any, kind: str) -> Any:
    return bool(value) if kind == _YES_NO else value


def _extra(module: str, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ResourceError(f"{module} is not installed; install it with: pip install 'dragoman[{extra}]'") from error
