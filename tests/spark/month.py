"""A month at full scale, straight into the ledger: every commune reports forty indicators every night.

Three of a hundred cells are left blank, and one of a hundred values is sent anew the same evening.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bench.full_scale import INDICATORS, write_reference_directory
from pipelines.database import open_for_writing, quoted
from pipelines.facts import ledger
from pipelines.marts import build
from pipelines.marts.build import Engine
from pipelines.marts.models import load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.reference.load import Reference, load_reference

FIRST_DAY = datetime.date(2026, 6, 1)
# So many days come at once: then the last one by itself, which is what a night costs.
NIGHTS = (10, 10, 9, 1)
_ONE_DAY = datetime.timedelta(days=1)


def reference_of_a_month(folder: Path) -> Reference:
    """The tables of the product with as many indicators of communes as the scale asks for, and every day due."""
    return load_reference(write_reference_directory(folder, INDICATORS))


def nights(database: Path, reference: Reference) -> Iterator[duckdb.DuckDBPyConnection]:
    """Takes the month in night by night; gives the database before the models are built."""
    with open_for_writing(database) as connection:
        ledger.create(connection)
        build.prepare(connection)
        first = FIRST_DAY
        for count in NIGHTS:
            last = first + (count - 1) * _ONE_DAY
            write_reference(connection, reference, last)
            known_at = datetime.datetime.combine(last + _ONE_DAY, datetime.time(1, 30))
            write_run(connection, RunRow("month", last, known_at, known_at, "0", "simulated", reference.digest))
            _report(connection, first, count)
            build.carry_forward(connection)
            yield connection
            connection.execute("DELETE FROM work.refresh_days")
            connection.execute("CHECKPOINT")
            first = last + _ONE_DAY


def derive(connection: duckdb.DuckDBPyConnection, engine: Engine) -> None:
    """Builds every model."""
    for model in load_models():
        build.build_model(connection, model, engine)


def different_tables(expected: Path, found: Path, tables: list[str], digits: int) -> list[str]:
    """The tables that do not hold the same rows, doubles compared to so many digits after the point."""
    with duckdb.connect() as connection:
        for name, path in (("expected", expected), ("found", found)):
            connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
        return [table for table in tables if _differs(connection, table, digits)]


def _differs(connection: duckdb.DuckDBPyConnection, table: str, digits: int) -> bool:
    columns = connection.execute(f"DESCRIBE expected.{table}").fetchall()
    cells = ", ".join(f'ROUND("{row[0]}", {digits})' if row[1] == "DOUBLE" else f'"{row[0]}"' for row in columns)
    sides = [f"SELECT {cells} FROM {side}.{table}" for side in ("expected", "found")]
    pairs = [(sides[0], sides[1]), (sides[1], sides[0])]
    return any(connection.execute(f"{one} EXCEPT ALL {other} LIMIT 1").fetchall() for one, other in pairs)


def _report(connection: duckdb.DuckDBPyConnection, first: datetime.date, day_count: int) -> None:
    days = f"(SELECT DATE {quoted(first.isoformat())} + CAST(i AS INTEGER) AS as_of_on FROM range({day_count}) AS r(i))"
    sent = f"{days} AS days CROSS JOIN (SELECT UNNEST([1, 2]) AS revision) AS revisions"
    submission = "strftime(as_of_on, '%Y%m%d') || revision || province_code"
    connection.execute(
        f"""
        INSERT INTO facts.submissions BY NAME
        SELECT {submission} AS submission_id, province_code, 'CQDP2C' AS form, as_of_on,
            as_of_on + INTERVAL 20 HOUR + INTERVAL (revision) MINUTE AS received_at, revision,
            'month.xlsx' AS file_name, {submission} AS sha256, 1 AS byte_count, 'accepted' AS status,
            1000 AS accepted_count, 0 AS rejected_count, 'simulated' AS origin
        FROM {sent} CROSS JOIN reference.provinces ORDER BY as_of_on
        """
    )
    chance = "hash(commune_code, indicator, as_of_on) % 100"
    connection.execute(
        f"""
        INSERT INTO facts.observations BY NAME
        SELECT commune_code AS unit_code, 'commune' AS unit_level, province_code, indicator, as_of_on,
            CASE WHEN value_type = 'flag'
                THEN CAST(hash(commune_code, indicator) % 420 < date_diff('day', DATE '2025-07-01', as_of_on) AS DOUBLE)
                ELSE CAST(hash(commune_code, indicator) % 30 + date_diff('day', DATE '2025-07-01', as_of_on) // 10
                    + revision AS DOUBLE) END AS value,
            {submission} AS submission_id, 'Biểu 02!F' || CAST(hash(commune_code) % 200 AS VARCHAR) AS source_place,
            as_of_on + INTERVAL 20 HOUR + INTERVAL (revision) MINUTE AS received_at, 'simulated' AS origin
        FROM {sent} CROSS JOIN reference.communes
        CROSS JOIN (SELECT indicator, value_type FROM reference.indicators
            WHERE unit_level = 'commune' AND form_sheet IS NOT NULL)
        WHERE {chance} >= 3 AND (revision = 1 OR {chance} = 50)
        ORDER BY as_of_on
        """
    )
    connection.execute(f"INSERT OR IGNORE INTO work.refresh_days SELECT as_of_on FROM {days} AS d")
