from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from pipelines.reference.load import load_reference
from pipelines.simulation.files import simulate
from tests.built_once import built_once
from tests.durability.nights import Night, Rows, in_child, published_rows, whole_night
from tests.durability.small_country import write_reference

FIRST, SECOND = Night(datetime.date(2025, 7, 15)), Night(datetime.date(2025, 7, 31))


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reference tables of three provinces, so that a night takes half a second."""
    return write_reference(tmp_path_factory.mktemp("small_country") / "reference")


@pytest.fixture(scope="session")
def reports(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of workbooks per reporting day, some of them with faults."""
    span = {"from_on": FIRST.as_of_on, "to_on": SECOND.as_of_on}

    def write(folder: Path) -> None:
        simulate(folder, load_reference(reference), **span, seed=3, mess=0.5)

    return built_once(tmp_path_factory, "reports_of_small_country", write)


@pytest.fixture(scope="session")
def first_night(reference: Path, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after its first night, with the files of the second day waiting in the inbox. Copy it, never run in it."""

    def run(home: Path) -> None:
        shutil.copytree(reference, home / "reference")
        deliver(reports, FIRST, home)
        in_child(whole_night, home, FIRST)
        shutil.rmtree(home / "inbox")
        deliver(reports, SECOND, home)

    built = built_once(tmp_path_factory, "first_night", run)
    return shutil.copytree(built, tmp_path_factory.mktemp("homes") / "first_night", symlinks=True)


@pytest.fixture(scope="session")
def undisturbed(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after two nights in which nothing went wrong. Copy it, never run in it."""

    def run(home: Path) -> None:
        shutil.copytree(first_night, home, symlinks=True, dirs_exist_ok=True)
        in_child(whole_night, home, SECOND)

    built = built_once(tmp_path_factory, "undisturbed", run)
    return shutil.copytree(built, first_night.with_name("undisturbed"), symlinks=True)


@pytest.fixture(scope="session")
def expected(undisturbed: Path) -> Rows:
    """What every home must hold in the end."""
    return published_rows(undisturbed)


@pytest.fixture
def home(first_night: Path, tmp_path: Path) -> Path:
    """A home before its second night, free to be damaged."""
    return shutil.copytree(first_night, tmp_path / "home", symlinks=True)


@pytest.fixture
def finished(undisturbed: Path, tmp_path: Path) -> Path:
    """A home after its second night with an empty inbox, free to be damaged."""
    home = shutil.copytree(undisturbed, tmp_path / "home", symlinks=True)
    shutil.rmtree(home / "inbox")
    return home


def deliver(reports: Path, night: Night, home: Path) -> None:
    """The files of a day arrive in the inbox."""
    shutil.copytree(reports / night.as_of_on.isoformat(), home / "inbox" / night.as_of_on.isoformat())
