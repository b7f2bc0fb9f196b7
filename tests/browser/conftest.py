"""Starts the real dashboard on loopback, once per published database, and a headless Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.dashboard.published_database import KINDS, TODAY, give

ROOT = Path(__file__).resolve().parents[2]

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def start(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The dashboard as it is run in earnest, from a working directory that is not the repository."""
    port = free_port()
    environment = {**os.environ, "TIENDO_HOME": str(home), "TIENDO_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "dashboard", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "warning"], cwd=home, env=environment)
    return server, f"http://127.0.0.1:{port}"


def wait_for(address: str) -> None:
    """Until the server answers; a server that does not come up fails the tests."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The dashboard's address for each kind of database, all served at once."""
    root = tmp_path_factory.mktemp("served")
    for kind in KINDS:
        give(tmp_path_factory, root / kind, kind)
    started = {kind: start(root / kind) for kind in KINDS}
    try:
        for _server, address in started.values():
            wait_for(address)
        yield {kind: address for kind, (_server, address) in started.items()}
    finally:
        for server, _address in started.values():
            server.terminate()
        for server, _address in started.values():
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: `CHROMIUM` in the environment, else Debian's."""
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where pictures of the pages go: the folder that `TIENDO_SCREENSHOTS` names, None where nobody wants any."""
    named = os.environ.get("TIENDO_SCREENSHOTS")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
