"""The job by itself: what it leaves in Dagster, and that nothing is published past a failing check."""

from __future__ import annotations

import datetime
import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import yaml

from log_lines.events import FIELDS
from pipelines.durable import writer_lock
from pipelines.facts import ledger
from pipelines.facts.ledger import Batch
from pipelines.marts import build
from pipelines.marts.build import GrainBroken
from pipelines.marts.models import Model
from pipelines.operation.failures import FAILURES, read_failures
from pipelines.orchestration.run import RunOutcome, run_nightly
from pipelines.publish.versions import current_database, versions
from pipelines.settings import Settings
from tests.durability.small_country import write_reference
from tests.orchestration.conftest import DAY, KNOWN_AT


def metadata(instance: dg.DagsterInstance, table: str) -> dict[str, dg.MetadataValue]:
    event = instance.get_latest_materialization_event(dg.AssetKey(table.split(".")))
    assert event is not None and event.asset_materialization is not None
    return dict(event.asset_materialization.metadata)


# A run that succeeds


def test_the_run_publishes_the_reports_that_it_was_given(home: Path, outcome: RunOutcome) -> None:
    assert outcome == RunOutcome(outcome.run_id, is_success=True, problems=[])
    with duckdb.connect(str(current_database(home / "published")), read_only=True) as connection:
        (run,) = connection.execute("SELECT run_id, as_of_on, known_at FROM reference.run").fetchall()
        (count,) = connection.execute("SELECT COUNT(DISTINCT province_code) FROM facts.observations").fetchone() or ()
    assert run == (outcome.run_id, DAY, KNOWN_AT)
    assert count == 2


def test_the_run_logs_what_it_did_and_no_value(logged: tuple[RunOutcome, list[logging.LogRecord]]) -> None:
    outcome, records = logged
    events = [record.getMessage() for record in records]
    assert events[:2] == ["run_started", "files_landed"]
    assert events[-4:] == ["answers_written", "models_built", "version_published", "run_ended"]
    fields = [getattr(record, FIELDS) for record in records]
    assert {line["run_id"] for line in fields} == {outcome.run_id}
    assert {line["as_of_on"] for line in fields} == {DAY.isoformat()}
    files = [line for event, line in zip(events, fields, strict=True) if event == "file_taken"]
    assert {line["province_code"] for line in files} == {"04", "12"}


def test_every_materialisation_shows_the_rows_of_its_table(home: Path, instance: dg.DagsterInstance) -> None:
    with duckdb.connect(str(current_database(home / "published")), read_only=True) as connection:
        for table in ("facts.submissions", "facts.observations", "facts.rejected_values", "marts.province_progress"):
            (count,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() or ()
            assert metadata(instance, table)["dagster/row_count"].value == count > 0


def test_materialisations_show_files_columns_and_plots(instance: dg.DagsterInstance) -> None:
    files = metadata(instance, "facts.submissions")["files"]
    assert isinstance(files, dg.TableMetadataValue)
    assert {record.data["province_code"] for record in files.records} == {"04", "12"}
    columns = metadata(instance, "marts.national_progress")["dagster/column_schema"]
    assert isinstance(columns, dg.TableSchemaMetadataValue)
    assert all("|" in (column.description or "") for column in columns.schema.columns)
    for table, plot in (("facts.rejected_values", "by_rule"), ("marts.national_progress", "plot")):
        assert str(metadata(instance, table)[plot].value).startswith("![plot](data:image/svg+xml;base64,")


def test_great_expectations_and_the_rules_set_aside_are_a_check_that_does_not_stop(
    instance: dg.DagsterInstance,
) -> None:
    key = dg.AssetCheckKey(dg.AssetKey(["facts", "observations"]), "great_expectations")
    (record,) = instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    evaluation = record.event.dagster_event.asset_check_evaluation_data
    assert not evaluation.passed
    assert evaluation.severity == dg.AssetCheckSeverity.WARN
    assert json.loads(json.dumps(evaluation.metadata["set_aside_by_rule"].value))


def test_nothing_is_told_to_anybody_outside(home: Path, outcome: RunOutcome) -> None:
    settings = yaml.safe_load((home / "warehouse" / "dagster" / "dagster.yaml").read_text())
    assert settings["telemetry"] == {"enabled": False}


# Runs that fail


@pytest.fixture
def copied(home: Path, outcome: RunOutcome, tmp_path: Path) -> Iterator[Settings]:
    """A copy of the home with its published version, free for runs that fail."""
    yield Settings(home=shutil.copytree(home, tmp_path / "home", symlinks=True))


def next_night(settings: Settings) -> RunOutcome:
    (settings.folders().root / "empty").mkdir(exist_ok=True)
    return run_nightly(
        settings,
        known_at=KNOWN_AT + datetime.timedelta(days=1),
        as_of_on=DAY,
        paths=[settings.folders().root / "empty"],
    )


def test_a_check_that_finds_a_row_stops_publishing_and_says_which(copied: Settings) -> None:
    before = versions(copied.folders().published)
    write_reference(copied.folders().reference)
    outcome = next_night(copied)
    assert not outcome.is_success
    assert "registry_is_complete" in outcome.problems[0]
    assert versions(copied.folders().published) == before


def test_a_value_that_was_lost_between_gate_and_ledger_stops_publishing(
    copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, append = versions(copied.folders().published), ledger.append

    def append_all_but_one(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
        append(connection, replace(batch, observations=batch.observations.slice(1)))

    monkeypatch.setattr(ledger, "append", append_all_but_one)
    (copied.folders().warehouse_file).unlink()
    outcome = next_night(copied)
    assert not outcome.is_success
    assert "every_value_is_accounted_for" in outcome.problems[0]
    assert versions(copied.folders().published) == before


def test_two_rows_for_one_key_stop_publishing_and_say_where(copied: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before, build_model = versions(copied.folders().published), build.build_model

    def build_with_a_repeated_key(connection: duckdb.DuckDBPyConnection, model: Model, engine: build.Engine) -> int:
        if model.name == "marts.province_progress":
            raise GrainBroken(model, "more than one row per (province_code, indicator, as_of_on)")
        return build_model(connection, model, engine)

    monkeypatch.setattr(build, "build_model", build_with_a_repeated_key)
    outcome = next_night(copied)
    assert not outcome.is_success
    assert "one_row_per_key" in outcome.problems[0]
    assert "marts.province_progress" in outcome.problems[0]
    assert versions(copied.folders().published) == before


def test_a_run_beside_another_is_told_to_wait(copied: Settings) -> None:
    with writer_lock(copied.folders().warehouse):
        outcome = next_night(copied)
    assert not outcome.is_success
    assert "Another run is writing" in outcome.problems[0]
    (failure,) = read_failures(copied.folders().operation)
    assert (failure.run_id, failure.step, failure.error) == (outcome.run_id, "", "AnotherRunHoldsTheLock")


def test_a_failed_step_is_written_down_by_its_name_and_the_class_of_its_error(
    copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ArithmeticError("9131.75 posts of the military command")

    monkeypatch.setattr("pipelines.nightly.answer", fails)
    outcome = next_night(copied)
    assert not outcome.is_success
    (failure,) = read_failures(copied.folders().operation)
    assert (failure.run_id, failure.step, failure.error) == (outcome.run_id, "outbox__answers", "ArithmeticError")
    assert "9131" not in (copied.folders().operation / FAILURES).read_text(encoding="utf-8")
