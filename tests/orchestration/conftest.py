from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from log_lines.events import LOGGER
from pipelines.orchestration.run import RunOutcome, run_nightly
from pipelines.reference.load import load_reference
from pipelines.settings import REPOSITORY, Settings
from pipelines.simulation.files import simulate

DAY = datetime.date(2025, 7, 31)
KNOWN_AT = datetime.datetime(2025, 8, 3, 1, 30)
SMALL_PROVINCES = ("04", "12")


@pytest.fixture(autouse=True, scope="package")
def own_environment() -> Iterator[None]:
    """Preparing an instance points the environment at a home; other tests must not inherit that."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks of two small provinces for one day, both with faults."""
    out = tmp_path_factory.mktemp("reports")
    reference = load_reference(REPOSITORY / "data" / "reference")
    two = replace(
        reference,
        provinces=tuple(p for p in reference.provinces if p.province_code in SMALL_PROVINCES),
        communes=tuple(c for c in reference.communes if c.province_code in SMALL_PROVINCES),
        published_figures=(),
    )
    simulate(out, two, from_on=DAY, to_on=DAY, seed=1, mess=1.0)
    return out


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the session's one full run."""
    return tmp_path_factory.mktemp("orchestration") / "home"


@pytest.fixture(scope="session")
def logged(home: Path, reports: Path) -> tuple[RunOutcome, list[logging.LogRecord]]:
    """The nightly job that takes the reports in: how it ended, and what it logged."""
    records: list[logging.LogRecord] = []
    listener = logging.Handler()
    listener.emit = records.append  # type: ignore[method-assign]
    LOGGER.addHandler(listener)
    LOGGER.setLevel(logging.INFO)
    try:
        ended = run_nightly(Settings(home=home), known_at=KNOWN_AT, as_of_on=DAY, paths=[reports])
    finally:
        LOGGER.setLevel(logging.NOTSET)
        LOGGER.removeHandler(listener)
    return ended, records


@pytest.fixture(scope="session")
def outcome(logged: tuple[RunOutcome, list[logging.LogRecord]]) -> RunOutcome:
    """How the nightly job ended that took the reports in."""
    return logged[0]


@pytest.fixture
def instance(home: Path, outcome: RunOutcome) -> Iterator[dg.DagsterInstance]:
    """Dagster's memory of that run."""
    os.environ["DAGSTER_HOME"] = str(home / "warehouse" / "dagster")
    with dg.DagsterInstance.get() as instance:
        yield instance
