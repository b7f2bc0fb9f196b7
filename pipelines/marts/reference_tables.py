"""Puts the reference tables into the database: typed, with notes, units as they are on the day of the figures."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.database import comment_on, first_value, transaction
from pipelines.marts.reference_notes import COLUMN_NOTES, TABLE_NOTES
from pipelines.reference import records
from pipelines.reference.load import Reference

_RUN_TYPES = {"as_of_on": "DATE", "known_at": "TIMESTAMP", "built_at": "TIMESTAMP"}
_TYPES: dict[str, pa.DataType] = {
    "str": pa.string(),
    "int": pa.int32(),
    "int | None": pa.int32(),
    "float": pa.float64(),
    "float | None": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "date | None": pa.date32(),
    "tuple[str, ...]": pa.string(),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """The one row of `reference.run`: which run built the tables, what day they describe, when that was known."""

    run_id: str
    as_of_on: datetime.date
    known_at: datetime.datetime
    built_at: datetime.datetime
    code_version: str
    origin_mix: str
    reference_sha256: str


def write_reference(connection: duckdb.DuckDBPyConnection, reference: Reference, as_of_on: datetime.date) -> None:
    """Brings the tables of the `reference` schema that come from a CSV up to date for a day.

    They are written in one transaction, and left alone where they hold the same already: they change on few nights.
    """
    provinces, communes = reference.provinces_on(as_of_on).values(), reference.communes_on(as_of_on).values()
    content = _digest(reference, [*provinces, *communes])
    if first_value(connection, "SELECT content FROM work.state WHERE name = 'reference_tables'") == content:
        return
    tables: dict[str, tuple[type, Sequence[Any]]] = {
        "provinces": (records.Province, list(provinces)),
        "province_history": (records.Province, reference.provinces),
        "communes": (records.Commune, list(communes)),
        "commune_history": (records.Commune, reference.communes),
        "indicators": (records.Indicator, reference.indicators),
        "directives": (records.Directive, reference.directives),
        "directive_deadlines": (records.DirectiveDeadline, reference.directive_deadlines),
        "status_rules": (records.StatusRule, reference.status_rules),
        "restatement_reasons": (records.RestatementReason, reference.restatement_reasons),
        "published_figures": (records.PublishedFigure, reference.published_figures),
        "explanation_codes": (records.ExplanationCode, reference.explanation_codes),
        "public_holidays": (records.PublicHoliday, reference.public_holidays),
        "aliases": (records.Alias, reference.aliases),
        "denominator_exceptions": (records.DenominatorException, reference.denominators),
        "corrections": (records.Correction, reference.corrections),
        "mappings": (records.Mapping, reference.mappings),
        "decisions": (records.Decision, reference.decisions),
        "forms": (records.Form, reference.forms),
        "reporting_days": (records.ReportingDay, reference.reporting_days),
        "rules": (records.Rule, reference.rules),
        "forecast_errors": (records.ForecastError, reference.forecast_errors),
        "follow_ups": (records.FollowUp, reference.follow_ups),
        "parameters": (records.Parameter, reference.parameters),
        "chains": (records.ChainStage, reference.chains),
        "staffing_baselines": (records.StaffingBaseline, reference.staffing_baselines),
        "staffing_fields": (records.StaffingField, reference.staffing_fields),
    }
    requirements = [(stage, code) for stage in reference.chains for code in stage.requires]
    links = [(item.directive, code) for item in reference.directives for code in item.indicators]
    with transaction(connection):
        for name, (record_type, rows) in tables.items():
            _write(connection, name, _arrow(record_type, rows))
        _write(
            connection,
            "directive_indicators",
            pa.table({"directive": [link[0] for link in links], "indicator": [link[1] for link in links]}),
        )
        _write(
            connection,
            "chain_requirements",
            pa.table(
                {
                    "chain": pa.array([stage.chain for stage, _ in requirements], pa.string()),
                    "indicator": pa.array([stage.indicator for stage, _ in requirements], pa.string()),
                    "required_indicator": pa.array([code for _, code in requirements], pa.string()),
                }
            ),
        )
        connection.execute("INSERT OR REPLACE INTO work.state VALUES ('reference_tables', ?)", [content])


def _digest(reference: Reference, valid: Sequence[records.Province | records.Commune]) -> str:
    """The same for the same CSVs, units of the day and notes."""
    content = (reference.digest, [item.valid_from_on for item in valid], TABLE_NOTES, COLUMN_NOTES)
    return hashlib.sha256(repr(content).encode()).hexdigest()


def write_run(connection: duckdb.DuckDBPyConnection, run: RunRow) -> None:
    """Replaces `reference.run`."""
    row = asdict(run)
    # Parameters, since Arrow loads pandas for a moment in time, which takes longer than the whole of this.
    columns = ", ".join(f"${name}::{_RUN_TYPES.get(name, 'VARCHAR')} AS {name}" for name in row)
    connection.execute(f"CREATE OR REPLACE TABLE reference.run AS SELECT {columns}", row)
    _comment(connection, "run", row)


def _arrow(record_type: type, records: Sequence[Any]) -> pa.Table:
    columns = {}
    for field in fields(record_type):
        kind = _TYPES[str(field.type)]
        cells = [getattr(record, field.name) for record in records]
        if str(field.type) == "tuple[str, ...]":
            cells = ["|".join(cell) for cell in cells]
        if pa.types.is_string(kind):
            cells = [cell or None for cell in cells]
        columns[field.name] = pa.array(cells, type=kind)
    return pa.table(columns)


def _write(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("reference_rows", rows)
    connection.execute(f"CREATE OR REPLACE TABLE reference.{name} AS SELECT * FROM reference_rows")
    connection.unregister("reference_rows")
    _comment(connection, name, rows.column_names)


def _comment(connection: duckdb.DuckDBPyConnection, name: str, columns: Iterable[str]) -> None:
    comment_on(connection, f"reference.{name}", TABLE_NOTES[name], {column: COLUMN_NOTES[column] for column in columns})
