import sys

import pandas
import polars
import pyarrow
import pytest

from dragoman.errors import ResourceError
from dragoman.store import Store
from make_store import coded


@pytest.fixture
def told(store: Store) -> Store:
    store.add(coded("Arman visited Armenia on 2024-04-15. Sona threatened Georgia. They agreed on trade."))
    return store


def test_arrow_table_has_typed_columns_one_row_a_record(told: Store) -> None:
    table = told.records().order("text").to_arrow()
    assert table.num_rows == 3
    assert table.schema.field("goldstein").type == pyarrow.float64()
    row = table.slice(0, 1).to_pylist()[0]
    assert (row["category"], row["source"], row["target_country"], row["counted"]) == (
        *("CONSULT", "Arman Seitov", "ARM", True),
    )


def test_polars_and_pandas_read_the_same(told: Store) -> None:
    asked = told.events(source="KAZ")
    assert asked.to_polars()["day"].to_list() == ["2024-04-15"]
    assert list(asked.to_pandas()["day"]) == ["2024-04-15"]


def test_other_libraries_read_a_question_by_itself(told: Store) -> None:
    assert polars.DataFrame(told.events()).height == 2
    assert pyarrow.table(told.events()).num_rows == 2


def test_question_without_an_answer_has_the_columns(told: Store) -> None:
    empty = told.events(source="FRA").to_pandas()
    assert isinstance(empty, pandas.DataFrame)
    assert (len(empty), "category" in empty.columns) == (0, True)


def test_missing_library_names_the_extra(local: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        ResourceError, match=r"pyarrow is not installed; install it with: pip install 'dragoman\[arrow\]'"
    ):
        local.events().to_arrow()
