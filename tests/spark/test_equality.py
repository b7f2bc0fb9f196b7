"""Every table of `sql/` is the same, row for row, whether DuckDB derives it or Spark does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.spark.engine import SparkEngine
from pipelines.spark.session import connect
from tests.models.tiny import Country
from tests.spark.country import new_country, nights
from tests.spark.equality import TABLES, differences, rows


@pytest.fixture(scope="module")
def pair(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Country, Country]]:
    """The same country twice: derived by DuckDB, and in one session of Spark over an archive that stays."""
    archive = tmp_path_factory.mktemp("archive")
    with connect(address) as session:
        yield new_country(), new_country(lambda: SparkEngine(session, archive))


def test_every_table_is_the_same_after_every_night(pair: tuple[Country, Country]) -> None:
    for about, _ in zip(*map(nights, pair), strict=True):
        assert (about, list(differences(*(country.connection for country in pair)))) == (about, [])


def test_no_table_is_the_same_because_it_is_empty(pair: tuple[Country, Country]) -> None:
    assert [table for table in TABLES if not rows(pair[0].connection, table)] == []


def test_columns_types_and_notes_are_the_same(pair: tuple[Country, Country]) -> None:
    notes = "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
    tables = "SELECT schema_name, table_name, comment FROM duckdb_tables()"
    for statement in (notes, tables):
        both = [sorted(map(str, country.connection.execute(statement).fetchall())) for country in pair]
        assert both[0] == both[1]
