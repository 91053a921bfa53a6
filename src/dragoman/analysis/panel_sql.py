"""The dyad panel as SQL, for tables too large for Python: DuckDB over a Parquet snapshot, or SQLite.

The table is `events` of an export or snapshot: one row a record, with `cluster`, `document`, `day`, `earliest`,
`latest`, `day_basis`, `source_country`, `target_country` (several joined by `; `), `reciprocal`, `counted`, `category`,
`quad`, `goldstein`, `plover_score` and `confidence`. The counting rule is that of `happenings` and `series`: what comes
out are the rows of `panel(...)` by country, except that intervals use the normal law throughout (`estimates`), that
approximate times are taken at their word, and that empty periods are left out unless `filled`.

    import duckdb
    for row in read_panel(duckdb.connect(), "read_parquet('v1/events/**/*.parquet')"): ...
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, Protocol

from dragoman.analysis.periods import frequency_of
from dragoman.analysis.values import QUADS, Frequency
from dragoman.errors import InputError

_Z = 1.959964  # half the width of a 95 % interval, in standard deviations


class Connection(Protocol):
    """A connection of sqlite3 or DuckDB."""

    def execute(self, query: str, /) -> Any:
        """Runs the query; the cursor that comes back is iterated by `fetchall`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    """One directed dyad in one period; see `SeriesRow` for the meaning of the numbers."""

    source: str
    target: str
    period: date
    events: int
    reports: int
    expected: float
    expected_low: float
    expected_high: float
    quads: tuple[int, ...]
    goldstein_sum: float
    plover_sum: float
    plover_sum_low: float
    plover_sum_high: float
    plover_mean: float | None


def read_panel(
    connection: Connection, table: str = "events", frequency: Frequency | str = Frequency.MONTH, *, filled: bool = False
) -> Iterator[PanelRow]:
    """Yields the rows of the panel, sorted by source, target and period.

    Args:
        connection: of `sqlite3` or `duckdb`; which of them decides the dialect.
        table: name of the table, or in DuckDB `read_parquet('...')`. It is pasted into the query: never take it from
            somebody else.
        frequency: length of a period.
        filled: with empty periods of every dyad, from the first period of the panel to the last.
    """
    dialect = "sqlite" if type(connection).__module__.startswith("sqlite3") else "duckdb"
    for row in connection.execute(panel_sql(table, dialect, frequency, filled=filled)).fetchall():
        yield _row(row)


def panel_sql(table: str, dialect: str, frequency: Frequency | str = Frequency.MONTH, *, filled: bool = False) -> str:
    """The query behind `read_panel`, to be run elsewhere or read; `dialect` is `duckdb` or `sqlite`."""
    if dialect not in _DIALECTS:
        raise InputError(f"dialect {dialect!r} is not one of {', '.join(_DIALECTS)}")
    speak, length = _DIALECTS[dialect], frequency_of(str(frequency))
    return _SQL.format(
        table=table,
        cluster=speak.key("cluster"),
        document=speak.key("document"),
        won=speak.first_of("votes", ("category",), ("papers DESC", "sure DESC", "category ASC")),
        best=speak.first_of("told", ("quad", "goldstein", "plover_score"), ("confidence DESC", "id ASC")),
        exactest=speak.first_of(
            "times",
            ("first", "last"),
            ("rank = 2 ASC", f"coalesce({speak.days}, {_LONG}) ASC", "rank ASC", "papers DESC", "first ASC"),
        ),
        sided=speak.pairs("source_country", "target_country", "NOT reciprocal"),
        joint=speak.pairs(_EVERYBODY, _EVERYBODY, "reciprocal"),
        cell=speak.key("source", "target", "period"),
        start=speak.start("first", length),
        end=speak.start("last", length),
        quads=", ".join(f"count(CASE WHEN quad = '{quad}' THEN 1 END) AS {quad}" for quad in QUADS),
        no_quads=", ".join(f"coalesce({quad}, 0)" for quad in QUADS),
        grid=f"({speak.grid(length)}) AS grid LEFT JOIN counted USING (source, target, period)"
        if filled
        else "counted",
    )


def _row(row: tuple[Any, ...]) -> PanelRow:
    source, target, period, events, reports, expected, variance, *rest = row
    quads, (goldstein, plover, plover_variance, weight, high, low) = rest[: len(QUADS)], rest[len(QUADS) :]
    half, plover_half = _Z * sqrt(max(variance, 0)), _Z * sqrt(max(plover_variance, 0))
    return PanelRow(
        source=source,
        target=target,
        period=period if isinstance(period, date) else date.fromisoformat(period),
        events=events,
        reports=reports,
        expected=round(expected, 6),
        expected_low=round(max(0.0, expected - half), 6),
        expected_high=round(min(float(events), expected + half), 6),
        quads=tuple(quads),
        goldstein_sum=round(goldstein, 6),
        plover_sum=round(plover, 6),
        plover_sum_low=round(max(low, plover - plover_half), 6),
        plover_sum_high=round(min(high, plover + plover_half), 6),
        plover_mean=round(plover / weight, 6) if weight else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _DuckDB:
    days: str = "(last - first)"

    def pairs(self, sources: str, targets: str, which: str) -> str:
        one = f"SELECT *, {targets} AS others, unnest(string_split({sources}, '; ')) AS source FROM told WHERE {which}"
        return (
            f"SELECT id, cluster, confidence, source, unnest(string_split(others, '; ')) AS target FROM ({one}) AS one"
        )

    def first_of(self, table: str, columns: Sequence[str], order: Sequence[str]) -> str:
        # A window over all rows takes half as long again.
        keys = ", ".join(f"{key}, '{way} NULLS LAST'" for key, _, way in (part.rpartition(" ") for part in order))
        packed = "{" + ", ".join(f"'{column}': {column}" for column in columns) + "}"
        return (
            f"SELECT cluster, {', '.join(f'top.{column}' for column in columns)} FROM "
            f"(SELECT cluster, arg_min({packed}, create_sort_key({keys})) AS top FROM {table} GROUP BY 1) AS ranked"
        )

    def key(self, *columns: str) -> str:
        # Joins and groups over numbers take half the time; of a million ids two share one in 30 million tables.
        return f"hash({', '.join(columns)})"

    def start(self, day: str, frequency: Frequency) -> str:
        return f"CAST(date_trunc('{frequency}', {day}) AS DATE)"

    def grid(self, frequency: Frequency) -> str:
        step = "3 months" if frequency is Frequency.QUARTER else f"1 {frequency}"
        return (
            "SELECT source, target, period FROM (SELECT DISTINCT source, target FROM counted), (SELECT CAST(unnest("
            f"generate_series(CAST(min(period) AS TIMESTAMP), CAST(max(period) AS TIMESTAMP), INTERVAL '{step}'))"
            " AS DATE) AS period FROM counted)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _SQLite:
    days: str = "(julianday(last) - julianday(first))"

    def pairs(self, sources: str, targets: str, which: str) -> str:
        # As lists in JSON: SQLite has no other way to take a text apart.
        one, other = (f"""json_each('["' || replace({names}, '; ', '","') || '"]')""" for names in (sources, targets))
        values = "one.value AS source, other.value AS target"
        return f"SELECT told.id, cluster, confidence, {values} FROM told, {one} AS one, {other} AS other WHERE {which}"

    def first_of(self, table: str, columns: Sequence[str], order: Sequence[str]) -> str:
        place = f"row_number() OVER (PARTITION BY cluster ORDER BY {', '.join(order)}) AS place"
        return f"SELECT cluster, {', '.join(columns)} FROM (SELECT *, {place} FROM {table}) AS ranked WHERE place = 1"

    def key(self, *columns: str) -> str:
        return " || '|' || ".join(columns)

    def start(self, day: str, frequency: Frequency) -> str:
        return {
            Frequency.DAY: day,
            Frequency.WEEK: f"date({day}, '-6 days', 'weekday 1')",
            Frequency.MONTH: f"substr({day}, 1, 7) || '-01'",
            Frequency.QUARTER: f"printf('%s-%02d-01', substr({day}, 1, 4), (substr({day}, 6, 2) - 1) / 3 * 3 + 1)",
            Frequency.YEAR: f"substr({day}, 1, 4) || '-01-01'",
        }[frequency]

    def grid(self, frequency: Frequency) -> str:
        step = {"day": "+1 day", "week": "+7 days", "month": "+1 month", "quarter": "+3 months", "year": "+1 year"}
        return (
            "SELECT source, target, period FROM (SELECT DISTINCT source, target FROM counted), (WITH RECURSIVE "
            "steps(period, final) AS (SELECT min(period), max(period) FROM counted UNION ALL "
            f"SELECT date(period, '{step[frequency]}'), final FROM steps WHERE period < final) "
            "SELECT period FROM steps)"
        )


_DIALECTS: Mapping[str, _DuckDB | _SQLite] = {"duckdb": _DuckDB(), "sqlite": _SQLite()}
_EVERYBODY = "(coalesce(source_country, '') || '; ' || coalesce(target_country, ''))"
_LONG = 10_000_000  # days: a time with an open end comes after every closed one
# Names of the steps are those of `happenings`: which records count, which category won, who is tied, when it was.
_SQL = """
WITH kept AS MATERIALIZED (
  SELECT id, {cluster} AS cluster, {document} AS document, time IS NULL AS timeless, earliest, latest, day,
         day_basis, source_country, target_country, reciprocal, category, quad, goldstein, plover_score, confidence
  FROM {table} WHERE counted
), votes AS (
  SELECT cluster, category, count(*) AS papers, max(sure) AS sure FROM (
    SELECT cluster, category, document, max(confidence) AS sure FROM kept GROUP BY 1, 2, 3
  ) AS told_by GROUP BY 1, 2
), won AS ({won}
), told AS MATERIALIZED (
  SELECT * FROM kept WHERE (cluster, category) IN (SELECT cluster, category FROM won)
), best AS ({best}
), times AS (
  SELECT cluster, 2 AS rank, day AS first, day AS last, 0 AS papers FROM kept
  WHERE timeless AND day_basis = 'published'
  UNION ALL
  SELECT cluster, rank, earliest, latest, count(*) FROM (
    SELECT DISTINCT cluster, CASE WHEN day_basis = 'inherited' THEN 1 ELSE 0 END AS rank, earliest, latest, document
    FROM kept WHERE NOT timeless
  ) AS told_by GROUP BY 1, 2, 3, 4
), placed AS (
  SELECT cluster, {start} AS period FROM ({exactest}) AS exactest WHERE {start} = {end} AND first <= last
), joint AS MATERIALIZED (
  SELECT * FROM ({joint}) AS everybody WHERE source <> '' AND target <> ''
), pairs AS (
  SELECT cluster, confidence, source, target FROM ({sided}) AS sided WHERE source <> '' AND target <> ''
  UNION ALL
  SELECT cluster, confidence, source, target FROM joint WHERE source <> target
  UNION ALL
  SELECT cluster, confidence, min(source), min(source) FROM joint GROUP BY id, cluster, confidence
  HAVING min(source) = max(source) AND count(*) > 1
), ties AS MATERIALIZED (
  SELECT tied.cluster, source, target, period, {cell} AS cell, p, quad, goldstein, plover_score
  FROM (SELECT cluster, source, target, max(confidence) AS p FROM pairs GROUP BY 1, 2, 3) AS tied
  JOIN placed ON tied.cluster = placed.cluster JOIN best ON tied.cluster = best.cluster
), reported AS (
  SELECT cell, count(*) AS reports FROM (
    SELECT DISTINCT cell, document FROM ties JOIN kept ON ties.cluster = kept.cluster
  ) AS told_by GROUP BY 1
), counted AS MATERIALIZED (
  SELECT min(source) AS source, min(target) AS target, min(period) AS period, cell, count(*) AS events,
    sum(p) AS expected, sum(p * (1 - p)) AS variance, {quads},
    coalesce(sum(p * goldstein), 0) AS goldstein, coalesce(sum(p * plover_score), 0) AS plover,
    coalesce(sum(p * (1 - p) * plover_score * plover_score), 0) AS plover_variance,
    sum(CASE WHEN plover_score IS NOT NULL THEN p ELSE 0 END) AS weight,
    sum(CASE WHEN plover_score > 0 THEN plover_score ELSE 0 END) AS high,
    sum(CASE WHEN plover_score < 0 THEN plover_score ELSE 0 END) AS low
  FROM ties GROUP BY cell
)
SELECT source, target, period, coalesce(events, 0), coalesce(reports, 0), coalesce(expected, 0),
  coalesce(variance, 0), {no_quads}, coalesce(goldstein, 0), coalesce(plover, 0), coalesce(plover_variance, 0),
  coalesce(weight, 0), coalesce(high, 0), coalesce(low, 0)
FROM {grid} LEFT JOIN reported ON counted.cell = reported.cell
ORDER BY 1, 2, 3
"""
