"""The fixture has the tables that the models really make: a page tested on other columns would prove nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import sqlglot

from tests.dashboard.published_database import REFERENCE, give

MODELS = sorted((REFERENCE.parents[1] / "sql" / "marts").glob("*.sql"))
NOT_READ_BY_PAGES = {"verification_draw", "military_staffing", "forecast_history"}


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The columns of each mart in the fixture. A database of its own: the pages hold theirs open."""
    path = give(tmp_path_factory, tmp_path_factory.mktemp("columns"), "normal")
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'marts' GROUP BY table_name"
        ).fetchall()
    return {table: set(names) for table, names in found}


@pytest.mark.parametrize("model", [path for path in MODELS if path.stem not in NOT_READ_BY_PAGES], ids=lambda p: p.stem)
def test_a_mart_of_the_fixture_has_the_columns_of_its_model(columns: dict[str, set[str]], model: Path) -> None:
    query = sqlglot.parse_one(model.read_text(encoding="utf-8"), dialect="duckdb")
    assert columns[model.stem] == set(query.named_selects)
