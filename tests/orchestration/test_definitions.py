"""What Dagster loads: one asset per table, checks that stop publishing, one job for schedule, sensor and hand."""

from __future__ import annotations

import dagster as dg

from pipelines.marts.models import load_models
from pipelines.marts.reference_notes import TABLE_NOTES
from pipelines.orchestration.assets import LANDED, ONE_ROW_PER_KEY, OUTBOX, PUBLISHED
from pipelines.orchestration.checks import CHECKS
from pipelines.orchestration.definitions import NIGHTLY, defs, every_night, inbox_has_files
from pipelines.settings import SQL_DIRECTORY

LEDGER = {"facts.submissions", "facts.observations", "facts.rejected_values"}
GRAPH = defs.resolve_asset_graph()


def table(key: dg.AssetKey) -> str:
    return ".".join(key.path)


def test_the_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)


def test_an_asset_has_the_name_of_its_table_and_every_table_is_one() -> None:
    tables = {model.name for model in load_models()} | LEDGER | {f"reference.{name}" for name in TABLE_NOTES}
    beside_tables = {table(LANDED), table(OUTBOX), table(PUBLISHED)}
    assert {table(key) for key in GRAPH.get_all_asset_keys()} == tables | beside_tables


def test_an_asset_depends_on_the_tables_that_its_query_reads() -> None:
    for model in load_models():
        parents = {table(key) for key in GRAPH.get(dg.AssetKey(model.name.split("."))).parent_keys}
        assert parents == {name for name in model.reads if not name.startswith("work.")}


def test_every_table_of_a_query_has_its_check_and_it_stops_publishing() -> None:
    checked = {table(key.asset_key) for key in GRAPH.asset_check_keys if key.name == ONE_ROW_PER_KEY}
    assert checked == {model.name for model in load_models() if not model.parameters}
    assert all(GRAPH.get(key).blocking for key in GRAPH.asset_check_keys if key.name == ONE_ROW_PER_KEY)


def test_every_check_of_the_sql_folder_is_there_and_stops_publishing() -> None:
    specs = {spec.name: spec for check in CHECKS for spec in check.check_specs}
    assert set(specs) == {path.stem for path in (SQL_DIRECTORY / "checks").glob("*.sql")}
    assert all(spec.blocking for spec in specs.values())


def test_publishing_waits_for_everything_else() -> None:
    assert GRAPH.get_ancestor_asset_keys(PUBLISHED) == GRAPH.get_all_asset_keys() - {PUBLISHED}


def test_schedule_and_sensor_run_the_one_job_and_are_on_from_the_start() -> None:
    assert every_night.job_name == inbox_has_files.job_name == NIGHTLY.name
    assert every_night.default_status == dg.DefaultScheduleStatus.RUNNING
    assert inbox_has_files.default_status == dg.DefaultSensorStatus.RUNNING


def test_all_steps_of_the_job_share_one_process_and_so_one_open_warehouse() -> None:
    assert defs.resolve_job_def(NIGHTLY.name).executor_def == dg.in_process_executor
