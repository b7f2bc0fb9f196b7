"""What holds for every model: header, notes, comments in the database, one row per key, an order to build in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipelines.marts import build
from pipelines.marts.build import GrainBroken, build_model
from pipelines.marts.models import Model, ModelInvalid, load_models, read_model, tables_read
from pipelines.settings import SQL_DIRECTORY
from tests.models.tiny import RECOUNT, Country, directive, published

MODELS = load_models()
TABLES = [model for model in MODELS if not model.parameters]
ONE_OF_EACH_KIND = [
    model
    for model in TABLES
    if model.name
    in (
        "reference.denominators",
        "facts.current_observations",
        "facts.opening_values",
        "marts.province_progress",
        "marts.directive_history",
        "marts.directive_status",
    )
]
HEADER = """-- Tiêu đề. | Title.
-- grain: province_code
-- clearance: everyone
-- columns:
--   province_code: Mã | Code
--   commune_count: Số xã | Communes
"""
SELECT = "SELECT province_code, commune_count FROM reference.provinces"


@pytest.fixture(scope="module")
def country() -> Country:
    """Every table has a row (one value was sent twice, a month has ended), and both days are to be derived again."""
    country = Country(
        directives=[directive("task", "2025-10-31", "centre_decided")],
        published_figures=[published("figure", "centre_decided", "national", "2025-10-15", 1)],
        corrections=[RECOUNT],
    )
    country.report("91", "2025-10-15", "91 centre_decided 0\n91001 centre_operating 1")
    country.report("91", "2025-10-31", "91 centre_decided 1")
    country.report("91", "2025-10-31", "91001 centre_operating 0")
    country.report("91", "2025-10-31", "91001 centre_operating 1")
    country.night("2025-11-01")
    build.refresh_all_days(country.connection)
    return country.night("2025-11-01", clear=False)


def model_of(folder: Path, sql: str, name: str = "made_up") -> Model:
    path = folder / f"{name}.sql"
    path.write_text(sql, encoding="utf-8")
    return read_model(path, "marts")


@pytest.mark.parametrize(
    "path", sorted(SQL_DIRECTORY.rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_what_a_file_reads_is_what_a_parser_finds_in_it(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    parsed = sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)
    assert tables_read(sql) == tuple(sorted({f"{table.db}.{table.name}" for table in parsed if table.db}))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_model_is_built_after_everything_that_it_reads(model: Model) -> None:
    names = [other.name for other in MODELS]
    assert all(names.index(table) < names.index(model.name) for table in model.reads if table in names)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.name)
def test_the_database_says_what_a_table_and_its_columns_mean(country: Country, model: Model) -> None:
    schema, name = model.name.split(".")
    wanted = f"schema_name = '{schema}' AND table_name = '{name}'"
    (title,) = country.connection.execute(
        f"SELECT comment FROM duckdb_tables() WHERE {wanted} "
        f"UNION ALL SELECT comment FROM duckdb_views() WHERE {wanted.replace('table_name', 'view_name')}"
    ).fetchall()
    notes = country.connection.execute(f"SELECT column_name, comment FROM duckdb_columns() WHERE {wanted}").fetchall()
    assert title[0] == model.title
    assert dict(notes) == model.notes


def test_the_database_says_what_a_macro_gives(country: Country) -> None:
    found = country.connection.execute(
        "SELECT comment FROM duckdb_functions() WHERE schema_name = 'facts' AND function_name = 'as_known'"
    ).fetchall()
    assert found == [(model.title,) for model in MODELS if model.name == "facts.as_known"]


@pytest.mark.parametrize("is_known", [True, False], ids=["refreshed", "replaced"])
@pytest.mark.parametrize("model", ONE_OF_EACH_KIND, ids=lambda model: model.name)
def test_a_second_row_for_a_key_stops_the_night_and_leaves_the_table_as_it_was(
    country: Country, model: Model, is_known: bool
) -> None:
    query = model.sql.rstrip()
    doubled = replace(model, sql=f"SELECT * FROM ({query}) UNION ALL SELECT * FROM ({query})", digest="another")
    if is_known and model.kind == "table":
        country.connection.execute("INSERT OR REPLACE INTO work.models VALUES (?, ?)", [model.name, doubled.digest])
    before = country.rows(model.name)
    assert before
    with pytest.raises(GrainBroken, match=model.name):
        build_model(country.connection, doubled)
    assert country.rows(model.name) == before


def test_notes_that_differ_from_the_columns_are_refused_and_no_table_is_left(country: Country, tmp_path: Path) -> None:
    model = model_of(tmp_path, HEADER + SELECT.replace("commune_count", "short_name"))
    with pytest.raises(ModelInvalid, match="short_name"):
        build_model(country.connection, model)
    assert country.rows("duckdb_tables()", "table_name", "table_name = 'made_up'") == []


def test_the_notes_of_a_macro_are_held_to_its_columns(country: Country, tmp_path: Path) -> None:
    header = HEADER.replace("-- columns:", "-- parameters: wanted\n-- columns:")
    with pytest.raises(ModelInvalid, match="short_name"):
        build_model(
            country.connection, model_of(tmp_path, f"{header}SELECT '91' AS province_code, wanted AS short_name")
        )


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        ("-- Tiêu đề. | Title.", "-- Tiêu đề.", "title"),
        ("-- grain: province_code\n", "", "grain"),
        ("-- grain: province_code", "-- grain: province", "province"),
        ("-- grain: province_code", "-- grain: province_code\n-- refresh: as_of_on", "as_of_on"),
        ("-- grain: province_code", "-- grain: province_code\n-- refresh: commune_count", "part of the grain"),
        ("-- clearance: everyone\n", "", "clearance"),
        ("-- clearance: everyone", "-- clearance: rows by province", "clearance"),
        ("-- clearance: everyone", "-- clearance: from secret", "clearance"),
        ("--   commune_count: Số xã | Communes", "--   commune_count: Số xã", "Vietnamese and English"),
        ("-- columns:\n--   province_code: Mã | Code\n--   commune_count: Số xã | Communes\n", "", "columns"),
    ],
)
def test_a_header_with_a_missing_part_is_refused(tmp_path: Path, line: str, instead: str, message: str) -> None:
    with pytest.raises(ModelInvalid, match=message):
        model_of(tmp_path, HEADER.replace(line, instead) + SELECT)


def test_models_that_read_each_other_are_refused(tmp_path: Path) -> None:
    marts = tmp_path / "marts"
    marts.mkdir()
    for name, other in (("one", "other"), ("other", "one")):
        model_of(marts, f"{HEADER}SELECT province_code, commune_count FROM marts.{other}", name)
    with pytest.raises(ModelInvalid, match="read each other"):
        load_models(tmp_path)
