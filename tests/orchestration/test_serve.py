"""`tiendo serve` brings everything up, the daemon takes a file from the inbox by itself, and one signal ends it all."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from pipelines.database import open_for_reading
from pipelines.marts.models import load_models
from pipelines.publish.versions import NothingPublished, current_database

PATIENCE_SECONDS = 90
QUESTION = """{
    assetNodes { assetKey { path } assetChecksOrError { ... on AssetChecks { checks { name blocking } } } }
    instance { daemonHealth { allDaemonStatuses { daemonType required healthy } } }
    workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { ... on RepositoryLocation {
        repositories { sensors { name sensorState { status } } }
    } } } } }
}"""


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [item.getsockname()[1] for item in sockets]
    for item in sockets:
        item.close()
    return ports


def wait_for(what: str, probe: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = probe()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {PATIENCE_SECONDS} s")


def page(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return str(response.read().decode())
    except (URLError, OSError):
        return ""


def answer(port: int) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        data=json.dumps({"query": QUESTION}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            data: dict[str, Any] = json.load(response)["data"]
            return data
    except (URLError, OSError):
        return {}


def is_daemon_healthy(port: int) -> bool:
    statuses = answer(port).get("instance", {}).get("daemonHealth", {}).get("allDaemonStatuses", [])
    return bool(statuses) and all(status["healthy"] for status in statuses if status["required"])


def provinces_published(home: Path) -> set[str]:
    try:
        with closing(open_for_reading(current_database(home / "published"))) as connection:
            rows = connection.execute("SELECT DISTINCT province_code FROM facts.observations").fetchall()
    except NothingPublished:
        return set()
    return {row[0] for row in rows}


def processes_of(home: Path) -> list[str]:
    """Command lines of all processes that were started for a home."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"TIENDO_HOME={home}\0".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


@pytest.fixture
def home(tmp_path: Path, reports: Path) -> Path:
    """A home in whose inbox two provinces' reports have settled."""
    home = tmp_path.resolve() / "home"
    shutil.copytree(reports, home / "inbox", copy_function=shutil.copy2)
    return home


@pytest.fixture
def served(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, int]]:
    """The running command, the dashboard's port and Dagster's."""
    dashboard, dagster = free_ports(2)
    command = [str(Path(sys.executable).parent / "tiendo"), "serve", "--home", str(home)]
    process = subprocess.Popen([*command, "--port", str(dashboard), "--dagster-port", str(dagster)])
    try:
        yield process, dashboard, dagster
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def test_serve(home: Path, served: tuple[subprocess.Popen[bytes], int, int]) -> None:
    process, dashboard, dagster = served

    assert 'lang="vi"' in wait_for("dashboard", lambda: page(dashboard))

    graph = wait_for("Dagster's webserver", lambda: answer(dagster))
    checks = {
        ".".join(node["assetKey"]["path"]): {check["name"] for check in node["assetChecksOrError"].get("checks", [])}
        for node in graph["assetNodes"]
    }
    assert {model.name for model in load_models()} <= checks.keys()
    assert {"one_row_per_key", "country_is_sum_of_provinces"} <= checks["marts.national_progress"]
    (location,) = graph["workspaceOrError"]["locationEntries"]
    sensors = location["locationOrLoadError"]["repositories"][0]["sensors"]
    assert {sensor["name"]: sensor["sensorState"]["status"] for sensor in sensors} == dict.fromkeys(
        ("inbox_has_files", "mail_is_due", "run_failed"), "RUNNING"
    )

    wait_for("daemon", lambda: is_daemon_healthy(dagster))
    assert wait_for("the sensor's run", lambda: provinces_published(home)) == {"04", "12"}

    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0
    wait_for("the end of all children", lambda: not processes_of(home))
