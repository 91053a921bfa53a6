from pathlib import Path

import pytest

from dragoman.export import FORMATS
from dragoman.export.columns import Table
from dragoman.export.csv_file import TABLES
from dragoman.foreign import FOREIGN

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("table", [*TABLES, FOREIGN], ids=lambda table: table.name)
def test_every_column_is_documented(table: Table) -> None:
    page = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8")
    section = page.split(f"### {table.name}\n")[1].split("\n### ")[0]
    rows = [f"| `{column.name}` | {column.type.value} | {column.description} |" for column in table.columns]
    assert [line for line in section.splitlines() if line.startswith("| `")] == rows


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_guide(name: str) -> None:
    guide = (DOCS / "guides" / "export.md").read_text(encoding="utf-8")
    assert f"`{name}" in guide or f"--format {name}" in guide
