"""Every forecast that would have been made in a history, by the product's own SQL, beside what then happened.

A case is one directive, indicator, unit and day. The SQL sees the rows of all days but may use only those up to the
day of the forecast; what really happened is read from the later rows here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from bench.backtest.histories import History
from pipelines.settings import SQL_DIRECTORY

TARGETS = (100.0, 90.0)
"""Percent to reach; a directive is simulated for each, and for each due day."""
DUE_DAYS = tuple(
    date.fromisoformat(day) for day in ("2025-10-29", "2025-12-30", "2026-02-28", "2026-05-31", "2026-09-30")
)
ERRORS_SCHEMA = pa.schema(
    [
        ("method", pa.string()),
        ("is_whole", pa.bool_()),
        ("done_from_pct", pa.float64()),
        ("done_to_pct", pa.float64()),
        ("days_from", pa.float64()),
        ("days_to", pa.float64()),
        ("percentile", pa.int32()),
        ("ratio", pa.float64()),
        ("case_count", pa.int32()),
    ]
)
_SQL = SQL_DIRECTORY / "marts" / "forecast_history.sql"
_NATIONAL = """
    CREATE TABLE marts.national_progress AS
    SELECT
        indicator, as_of_on, SUM(value) AS value, SUM(target) AS target,
        100.0 * SUM(value) FILTER (WHERE target IS NOT NULL) / NULLIF(SUM(target), 0) AS progress_pct,
        SUM(reported_unit_count) AS reported_unit_count, SUM(expected_unit_count) AS expected_unit_count,
        SUM(target_unit_count) AS target_unit_count, SUM(stale_unit_count) AS stale_unit_count, MAX(origin) AS origin
    FROM marts.province_progress GROUP BY indicator, as_of_on
"""
# A case ends on the first later reporting day on which the unit is seen to have reached the target.
_CASES = """
    WITH progress AS (
        SELECT province_code, indicator, as_of_on, progress_pct, target_unit_count, expected_unit_count, value
        FROM marts.province_progress
        UNION ALL
        SELECT 'VN', indicator, as_of_on, progress_pct, target_unit_count, expected_unit_count, value
        FROM marts.national_progress
    ),
    met AS (
        SELECT province_code, indicator, as_of_on, directives.target_pct
        FROM progress CROSS JOIN (SELECT DISTINCT target_pct FROM reference.directives) AS directives
        WHERE progress_pct >= directives.target_pct AND target_unit_count >= expected_unit_count
    ),
    ends AS (
        SELECT forecasts.directive, forecasts.province_code, forecasts.indicator, forecasts.as_of_on,
            MIN(met.as_of_on) AS met_on
        FROM forecasts
        INNER JOIN reference.directives AS directives ON forecasts.directive = directives.directive
        LEFT JOIN met ON forecasts.province_code = met.province_code AND forecasts.indicator = met.indicator
            AND met.target_pct = directives.target_pct AND met.as_of_on > forecasts.as_of_on
        GROUP BY ALL
    ),
    month_before AS (
        SELECT now.province_code, now.indicator, now.as_of_on,
            ARG_MAX(earlier.progress_pct, earlier.as_of_on) AS pct, MAX(earlier.as_of_on) AS pct_on,
            ANY_VALUE(now.progress_pct) AS now_pct
        FROM progress AS now
        INNER JOIN progress AS earlier ON now.province_code = earlier.province_code
            AND now.indicator = earlier.indicator AND earlier.as_of_on <= now.as_of_on - 30
        GROUP BY ALL
    )
    SELECT forecasts.*, directives.target_pct, ends.met_on,
        CASE WHEN month_before.now_pct > month_before.pct THEN
            (directives.target_pct - month_before.now_pct) * (forecasts.as_of_on - month_before.pct_on)
            / (month_before.now_pct - month_before.pct) END AS naive_days
    FROM forecasts
    INNER JOIN reference.directives AS directives ON forecasts.directive = directives.directive
    INNER JOIN ends
        ON forecasts.directive = ends.directive AND forecasts.province_code = ends.province_code
        AND forecasts.indicator = ends.indicator AND forecasts.as_of_on = ends.as_of_on
    LEFT JOIN month_before
        ON forecasts.province_code = month_before.province_code AND forecasts.indicator = month_before.indicator
        AND forecasts.as_of_on = month_before.as_of_on
    WHERE forecasts.method <> 'met'
"""


def empty_errors() -> pa.Table:
    """No experience: rates without dates and chances, which is what a fit starts from."""
    return ERRORS_SCHEMA.empty_table()


def cases(
    history: History, errors: pa.Table, due_days: Iterable[date] = DUE_DAYS, targets: Iterable[float] = TARGETS
) -> pd.DataFrame:
    """One row per forecast of what was not met yet: the columns of the model, `target_pct`, `met_on`, `naive_days`.

    `naive_days`: days still needed at the rate of the last 30 days; NULL where nothing moved.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        _fill(connection, history, errors, [(due, target) for due in due_days for target in targets])
        sql = _SQL.read_text(encoding="utf-8")
        connection.execute(f"CREATE TABLE forecasts AS {sql}")
        found = connection.execute(_CASES).df()
    found["history"] = history.name
    found["shape"] = found["indicator"].map({course.indicator: course.shape for course in history.courses})
    found["last_seen_on"] = pd.Timestamp(history.days[-1])
    return found


def _fill(
    connection: duckdb.DuckDBPyConnection, history: History, errors: pa.Table, tasks: list[tuple[date, float]]
) -> None:
    for schema in ("reference", "marts", "work"):
        connection.execute(f"CREATE SCHEMA {schema}")
    directives = [
        {"directive": f"{due}_{target:.0f}", "issued_on": None, "target_pct": target, "last_day_on": due}
        for due, target in tasks
    ]
    indicators = [{"indicator": c.indicator, "value_type": c.value_type} for c in history.courses]
    links = [{"directive": d["directive"], "indicator": i["indicator"]} for d in directives for i in indicators]
    deadlines = [{**item, "valid_from_on": date(2025, 7, 1), "valid_to_on": None} for item in directives]
    tables = {
        "reference.directives": _table(directives, ["directive", "issued_on", "target_pct"]),
        "reference.deadlines": _table(deadlines, ["directive", "last_day_on", "valid_from_on", "valid_to_on"]),
        "reference.indicators": pa.Table.from_pylist(indicators),
        "reference.directive_indicators": pa.Table.from_pylist(links),
        "reference.forecast_errors": errors,
        "marts.province_progress": history.province_rows(),
        "work.refresh_days": pa.table({"as_of_on": pa.array(history.forecast_days, type=pa.date32())}),
    }
    for name, rows in tables.items():
        connection.register("new_rows", rows)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM new_rows")
        connection.unregister("new_rows")
    connection.execute(_NATIONAL)


def _table(rows: list[dict[str, Any]], names: list[str]) -> pa.Table:
    kinds = {"directive": pa.string(), "target_pct": pa.float64()}
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, kinds.get(name, pa.date32())) for name in names]))


def observed_days(found: pd.DataFrame, until: date | None = None) -> tuple[pd.Series, pd.Series]:
    """How long each case took from its last report on, in days, and whether it ended; seen up to a day.

    A case that has not ended by then has lasted at least until that day.
    """
    last_seen = found["last_seen_on"] if until is None else pd.Series(pd.Timestamp(until), index=found.index)
    has_ended = found["met_on"].notna() & (found["met_on"] <= last_seen)
    end = found["met_on"].where(has_ended, last_seen)
    days = (end - found["last_point_on"]).dt.days.astype(np.float64)
    return days, has_ended
