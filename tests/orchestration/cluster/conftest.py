"""Homes whose nights work on celery workers, each with a database in PostgreSQL and one in Redis of its own."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from pipelines.orchestration.cluster import POSTGRES_URL, REDIS_URL
from pipelines.settings import Home
from tests.durability.nights import Rows, published_rows
from tests.orchestration.cluster.services import postgresql, redis, wait_for
from tests.orchestration.conftest import DAY, KNOWN_AT

BIN = Path(sys.executable).parent
NIGHT = ("nightly", "--received-at", KNOWN_AT.isoformat(), "--as-of", DAY.isoformat())
# A cap, not a measure: machines that others use too are slow.
PATIENCE_SECONDS = 400
_number = itertools.count()


@dataclass(frozen=True, slots=True)
class Cluster:
    """A home, and where Dagster's storage and the orders for workers are."""

    home: Path
    postgres: str
    redis: str

    @property
    def folders(self) -> Home:
        return Home(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """What every process of it is given."""
        places = {"TIENDO_HOME": str(self.home), "DAGSTER_HOME": str(self.folders.dagster)}
        return {**os.environ, **places, POSTGRES_URL: self.postgres, REDIS_URL: self.redis, "TIENDO_LOG": "text"}

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process in a group of its own."""
        return subprocess.Popen(
            [str(BIN / command[0]), *command[1:]], env=self.environment, start_new_session=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def tiendo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command as a person types it, to its end."""
        process = self.start("tiendo", *arguments)
        out, errors = process.communicate(timeout=PATIENCE_SECONDS)
        return subprocess.CompletedProcess(arguments, process.returncode, out, errors)

    def wait_for_step(self, step: str) -> int:
        """Returns the process that does the step, once it has begun."""

        def process() -> int:
            with suppress(FileNotFoundError):
                text = (self.folders.warehouse / ".step").read_text()
                if found := re.match(rf"process (\d+), step {step} ", text):
                    return int(found[1])
            return 0

        found: int = wait_for(f"step {step}", process, PATIENCE_SECONDS, every=0.02)
        return found

    @contextmanager
    def instance(self) -> Iterator[dg.DagsterInstance]:
        """Dagster's memory of it, as it is in PostgreSQL."""
        with pytest.MonkeyPatch.context() as patch:
            for name in (POSTGRES_URL, "DAGSTER_HOME"):
                patch.setenv(name, self.environment[name])
            with dg.DagsterInstance.get() as instance:
                yield instance

    def statuses(self) -> list[str]:
        """How the runs stand, the oldest first."""
        with self.instance() as instance:
            return [run.status.value for run in reversed(instance.get_runs())]


def kill(process: subprocess.Popen[str]) -> None:
    """Everything of a process group at once, as when a machine loses its power."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture(scope="session")
def services() -> Iterator[tuple[str, str]]:
    """The addresses of PostgreSQL and Redis."""
    with postgresql() as postgres_address, redis() as redis_address:
        yield postgres_address, redis_address


@pytest.fixture(scope="module")
def make_cluster(
    services: tuple[str, str], reports: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Cluster]:
    """Makes a home in whose inbox two provinces' reports lie."""
    # An extra: these tests are collected, and left out, where it is not installed.
    import psycopg2

    def make() -> Cluster:
        number = next(_number)
        server = services[0].removesuffix("/postgres")
        connection = psycopg2.connect(services[0].replace("+psycopg2", ""))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE dagster_{number}")
        connection.close()
        home = tmp_path_factory.mktemp("cluster").resolve() / "home"
        shutil.copytree(reports, home / "inbox", copy_function=shutil.copy2)
        return Cluster(home, f"{server}/dagster_{number}", f"{services[1].removesuffix('/0')}/{number}")

    return make


@pytest.fixture
def workers() -> Iterator[Callable[[Cluster], subprocess.Popen[str]]]:
    """Starts workers; those that are left at the end of the test are killed."""
    started = []

    def start(cluster: Cluster) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [str(BIN / "tiendo"), "worker"], env=cluster.environment, start_new_session=True, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)


@pytest.fixture(scope="session")
def expected(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What a night of the same files publishes in one process, on SQLite."""
    home = tmp_path_factory.mktemp("alone").resolve() / "home"
    shutil.copytree(reports, home / "inbox", copy_function=shutil.copy2)
    subprocess.run([str(BIN / "tiendo"), *NIGHT, "--home", str(home)], check=False, stdout=subprocess.DEVNULL)
    return published_rows(home)
