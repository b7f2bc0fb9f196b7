"""What a night costs as history grows: months of nightly reports at full scale, and one more day on top of them."""

from __future__ import annotations

import datetime
import statistics
from pathlib import Path

import duckdb

from bench.laps import Laps
from bench.report import Section, milliseconds, verdict
from pipelines import __version__
from pipelines.database import open_for_writing, quoted
from pipelines.facts import ledger
from pipelines.marts import build
from pipelines.marts.models import load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

TARGET = 1.3
# The days that are timed stand in the middle of a month, whatever comes before: a night reads its month.
LAST_DAY = datetime.date(2026, 7, 14)
INDICATORS = 20
DAYS_OF_A_YEAR = 365
_ONE_DAY = datetime.timedelta(days=1)


def measure_history(scratch: Path, months: tuple[int, ...], rounds: int) -> Section:
    """Builds a home for each number of months, then times every model for one more day."""
    reference = load_reference(Settings(home=scratch).reference_directory())
    laps: dict[int, Laps] = {}
    sizes: dict[int, str] = {}
    for count in months:
        path = scratch / f"history-{count}.duckdb"
        laps[count], sizes[count] = _measure(path, reference, count, rounds)
    first, last = laps[months[0]], laps[months[-1]]
    rows = [(name, *(milliseconds(laps[count].median(name)) for count in months)) for name in first.seconds]
    totals = {count: statistics.median(laps[count].totals()) for count in months}
    rows.append(("**all models**", *(f"**{milliseconds(totals[count])}**" for count in months)))
    rows.append(("values in the ledger", *(sizes[count] for count in months)))
    return Section(
        "A night as history grows",
        f"{INDICATORS} indicators of every commune, reported every night; one more day arrives. Medians of {rounds} "
        "rounds, milliseconds.",
        ("model", *(f"{count} months" for count in months)),
        rows,
        [
            verdict(
                f"{months[-1]} months / {months[0]} month",
                statistics.median(last.totals()) / statistics.median(first.totals()),
                TARGET,
                "×",
            )
        ],
    )


def _measure(path: Path, reference: Reference, months: int, rounds: int) -> tuple[Laps, str]:
    path.unlink(missing_ok=True)
    laps = Laps()
    with open_for_writing(path) as connection:
        ledger.create(connection)
        build.prepare(connection)
        first = LAST_DAY - (round(DAYS_OF_A_YEAR * months / 12) - 1) * _ONE_DAY
        for start, day_count in _months(first):
            _write_reference(connection, reference, start + (day_count - 1) * _ONE_DAY)
            _report(connection, start, day_count)
            _derive(connection, Laps())
        for number in range(rounds):
            day = LAST_DAY + (number + 1) * _ONE_DAY
            _write_reference(connection, reference, day)
            _report(connection, day, 1)
            connection.execute("CHECKPOINT")
            _derive(connection, laps)
        (count,) = connection.execute("SELECT COUNT(*) FROM facts.observations").fetchall()[0]
    return laps, f"{count / 1e6:.1f} M"


def _months(first: datetime.date) -> list[tuple[datetime.date, int]]:
    """The history in pieces of a calendar month: a year derived at once would not fit into memory."""
    pieces = []
    start = first
    while start <= LAST_DAY:
        following = min((start.replace(day=1) + 31 * _ONE_DAY).replace(day=1), LAST_DAY + _ONE_DAY)
        pieces.append((start, (following - start).days))
        start = following
    return pieces


def _derive(connection: duckdb.DuckDBPyConnection, laps: Laps) -> None:
    build.carry_forward(connection)
    for model in load_models():
        with laps.lap(model.name):
            build.build_model(connection, model)
    connection.execute("DELETE FROM work.refresh_days")


def _write_reference(connection: duckdb.DuckDBPyConnection, reference: Reference, day: datetime.date) -> None:
    known_at = datetime.datetime.combine(day + _ONE_DAY, datetime.time(1, 30))
    write_reference(connection, reference, day)
    write_run(connection, RunRow("bench", day, known_at, known_at, __version__, "simulated", reference.digest))


def _report(connection: duckdb.DuckDBPyConnection, first: datetime.date, day_count: int) -> None:
    """Reports of all provinces for some days, straight into the ledger: values that grow with the days."""
    days = f"(SELECT DATE {quoted(first.isoformat())} + CAST(i AS INTEGER) AS as_of_on FROM range({day_count}) AS r(i))"
    connection.execute(
        f"""
        INSERT INTO facts.submissions BY NAME
        SELECT strftime(as_of_on, '%Y%m%d') || province_code AS submission_id, province_code, 'CQDP2C' AS form,
            as_of_on, as_of_on + INTERVAL 20 HOUR AS received_at, 1 AS revision, 'bench.xlsx' AS file_name,
            province_code AS sha256, 1 AS byte_count, 'accepted' AS status, 1000 AS accepted_count,
            0 AS rejected_count, 'simulated' AS origin
        FROM {days} CROSS JOIN reference.provinces ORDER BY as_of_on
        """
    )
    connection.execute(
        f"""
        INSERT INTO facts.observations BY NAME
        SELECT commune_code AS unit_code, 'commune' AS unit_level, province_code, indicator, as_of_on,
            CASE WHEN value_type = 'flag' THEN CAST(hash(commune_code) % 400 < date_diff('day', DATE '2025-07-01',
                as_of_on) AS DOUBLE) ELSE CAST(hash(commune_code) % 30 + date_diff('day', DATE '2025-07-01', as_of_on)
                // 10 AS DOUBLE) END AS value,
            strftime(as_of_on, '%Y%m%d') || province_code AS submission_id,
            'Biểu 02!F' || CAST(hash(commune_code) % 200 AS VARCHAR) AS source_place,
            as_of_on + INTERVAL 20 HOUR AS received_at, 'simulated' AS origin
        FROM {days} CROSS JOIN reference.communes
        CROSS JOIN (SELECT indicator, value_type FROM reference.indicators
            WHERE unit_level = 'commune' AND form_sheet IS NOT NULL ORDER BY indicator LIMIT {INDICATORS})
        ORDER BY as_of_on
        """
    )
    connection.execute(f"INSERT OR IGNORE INTO work.refresh_days SELECT as_of_on FROM {days} AS d")
