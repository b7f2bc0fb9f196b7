"""The job derives where the settings say: the engine is a resource of the `models` step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.orchestration.definitions import defs
from pipelines.orchestration.resource import EngineResource
from pipelines.orchestration.run import RunOutcome, run_nightly
from pipelines.publish.versions import current_database, versions
from pipelines.settings import Settings
from pipelines.spark.session import REMOTE
from pipelines.verification import differences
from tests.orchestration.conftest import DAY, KNOWN_AT
from tests.spark.servers import sail


@pytest.fixture
def on_spark(home: Path, outcome: RunOutcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home after its first night, whose next one is to derive on Spark."""
    assert outcome.is_success
    monkeypatch.setenv("TIENDO_ENGINE", "spark")
    monkeypatch.delenv(REMOTE, raising=False)
    return Settings(home=shutil.copytree(home, tmp_path / "home", symlinks=True))


def test_the_engine_is_a_resource_beside_the_warehouse() -> None:
    resources = defs.resources or {}
    assert isinstance(resources["engine"], EngineResource)
    assert "warehouse" in resources


def test_a_job_without_an_address_of_spark_says_so_before_its_first_step(on_spark: Settings) -> None:
    before = versions(on_spark.folders().published)
    outcome = run_nightly(on_spark, known_at=KNOWN_AT, as_of_on=DAY)
    assert not outcome.is_success
    assert "SPARK_REMOTE is not set" in outcome.problems[0]
    assert versions(on_spark.folders().published) == before


def test_a_job_on_spark_publishes_what_duckdb_has_published(
    on_spark: Settings, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = current_database(on_spark.folders().published)
    fresh = Settings(home=tmp_path / "fresh")
    with sail() as address:
        monkeypatch.setenv(REMOTE, address)
        outcome = run_nightly(fresh, known_at=KNOWN_AT, as_of_on=DAY, paths=[reports])
    assert outcome == RunOutcome(outcome.run_id, is_success=True, problems=[])
    assert (fresh.archive_directory() / "observations" / f"as_of_on={DAY}").is_dir()
    found = differences(expected, current_database(fresh.folders().published), "Spark")
    assert [finding.subject for finding in found] == ["reference.run"]
