"""Debian's PostgreSQL and Redis on loopback, each with a password, in folders that are gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PASSWORD = "mật-khẩu".encode().hex()
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(what: str, probe: Callable[[], Any], seconds: float = START_SECONDS, every: float = 0.1) -> Any:
    """The first answer that says something. Raises AssertionError where none comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := probe():
            return found
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds} s")


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a database of an own server. PostgreSQL refuses root, so root starts it as `postgres`."""
    bin_folder = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="tiendo-postgres-"))
    (folder / "password").write_text(PASSWORD)
    port = free_port()
    try:
        for path in (folder, folder / "password"):
            shutil.chown(path, user)
        as_user: dict[str, Any] = {"user": user, "cwd": folder, "stdout": subprocess.DEVNULL}
        make = [str(bin_folder / "initdb"), "-D", str(folder / "data"), "-U", "tiendo", "-A", "scram-sha-256"]
        subprocess.run([*make, f"--pwfile={folder / 'password'}", "--no-sync", "-E", "UTF8"], check=True, **as_user)
        serve = [str(bin_folder / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
        log = (folder / "log").open("wb")
        server = subprocess.Popen([*serve, "-h", "127.0.0.1", "-F"], **as_user, stderr=log)
        is_ready = [str(bin_folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        try:
            wait_for("PostgreSQL", lambda: subprocess.run(is_ready, check=False).returncode == 0)
            yield f"postgresql+psycopg2://tiendo:{PASSWORD}@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait()
            log.close()
    finally:
        shutil.rmtree(folder)


@contextmanager
def redis() -> Iterator[str]:
    """The address of an own Redis that keeps nothing on disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tiendo-redis-") as folder:
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", folder]
        listen = ["--port", str(port), "--bind", "127.0.0.1", "--requirepass", PASSWORD]
        server = subprocess.Popen(["redis-server", *listen, *keep_nothing], stdout=subprocess.DEVNULL)
        ping = ["redis-cli", "-p", str(port), "ping"]
        asking = {**os.environ, "REDISCLI_AUTH": PASSWORD}
        try:
            wait_for("Redis", lambda: b"PONG" in subprocess.run(ping, env=asking, capture_output=True).stdout)
            yield f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait()
