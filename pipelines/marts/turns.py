"""The turns in which a model is derived that rests on its own earlier rows: day after day, or month after month."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import duckdb

from pipelines.database import first_value
from pipelines.marts.models import Model

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """One day or month to derive, and the one whose rows it may read; None where there is none before it."""

    turn_on: datetime.date
    previous_on: datetime.date | None


def turns_of(connection: duckdb.DuckDBPyConnection, model: Model) -> list[Turn]:
    """The turns that a night has to take for a model, in order; its table exists."""
    return _days(connection, model) if model.turns == "day" else _months(connection, model)


def _days(connection: duckdb.DuckDBPyConnection, model: Model) -> list[Turn]:
    """Every reporting day and the day of the run; of these the ones that what has come bears upon, and new ones.

    A run's own day is judged anew each night, and leaves the table when the next run comes, unless it was reported for.
    """
    days = connection.execute(
        "SELECT as_of_on FROM facts.submissions WHERE accepted_count > 0 UNION SELECT as_of_on FROM reference.run"
    ).fetchall()
    wanted = sorted(row[0] for row in days)
    run_on = first_value(connection, "SELECT as_of_on FROM reference.run")
    changed = first_value(connection, "SELECT MIN(as_of_on) FROM work.refresh_days")
    held = _held(connection, model, wanted)
    return [
        Turn(day, wanted[number - 1] if number else None)
        for number, day in enumerate(wanted)
        if day not in held or day == run_on or (changed and day >= changed)
    ]


def _held(connection: duckdb.DuckDBPyConnection, model: Model, wanted: list[datetime.date]) -> set[datetime.date]:
    """The days or months that the table holds, after those that are no longer wanted have been taken out."""
    held = {row[0] for row in connection.execute(f"SELECT DISTINCT {model.refresh} FROM {model.name}").fetchall()}
    for gone in sorted(held - set(wanted)):
        connection.execute(f"DELETE FROM {model.name} WHERE {model.refresh} = ?", [gone])
    return held


def _months(connection: duckdb.DuckDBPyConnection, model: Model) -> list[Turn]:
    """The first days of the months that what has come bears upon: those after the first day to refresh.

    All months from that of the first report to that of the run are wanted; months that are no longer are taken out.
    """
    first, run_on, changed = (
        first_value(connection, sql)
        for sql in (
            "SELECT MIN(as_of_on) FROM facts.submissions WHERE accepted_count > 0",
            "SELECT MAX(as_of_on) FROM (SELECT as_of_on FROM reference.run UNION ALL FROM work.refresh_days)",
            "SELECT MIN(as_of_on) FROM work.refresh_days",
        )
    )
    wanted = _month_starts(first, run_on) if first and run_on else []
    held = _held(connection, model, wanted)
    return [
        Turn(month, wanted[number - 1] if number else None)
        for number, month in enumerate(wanted)
        if month not in held or (changed and month > changed)
    ]


def _month_starts(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The first days of the months after that of `first`, up to that of `last`."""
    months = []
    month = first.replace(day=1)
    while (month := (month + 31 * _ONE_DAY).replace(day=1)) <= last:
        months.append(month)
    return months
