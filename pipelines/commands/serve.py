"""`tiendo dashboard` and `tiendo serve`: the screens alone, or together with Dagster's webserver and daemon."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from pipelines.commands.options import OUTPUT, Home, clear_errors, settings_of
from pipelines.settings import REPOSITORY

LOOPBACK = "127.0.0.1"
_GRACE_SECONDS = 15


def dashboard(
    port: Annotated[int, typer.Option(help="Port on the loopback interface.")] = 8501, home: Home = None
) -> None:
    """Open the dashboard alone."""
    with clear_errors():
        settings_of(home)
    open_dashboard(port)


def open_dashboard(port: int) -> None:
    """Runs the dashboard in the foreground until it is stopped."""
    OUTPUT.print(f"Bảng theo dõi: http://{LOOPBACK}:{port} (dừng bằng Ctrl+C)", highlight=False)
    raise typer.Exit(_wait_for([subprocess.Popen(_dashboard_command(port))]))


def serve(
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8501,
    dagster_port: Annotated[int, typer.Option(help="Port of Dagster's webserver.")] = 3000,
    home: Home = None,
) -> None:
    """Bring up dashboard, Dagster webserver and daemon (schedule and sensor) together, and stop them together."""
    from pipelines.orchestration.instance import CODE, prepare_instance

    with clear_errors():
        prepare_instance(settings_of(home))
    OUTPUT.print(
        f"Bảng theo dõi: http://{LOOPBACK}:{port} · Dagster: http://{LOOPBACK}:{dagster_port}", highlight=False
    )
    web = ["dagster-webserver", "-m", CODE, "-h", LOOPBACK, "-p", str(dagster_port)]
    commands = [_dashboard_command(port), _beside_python(web), _beside_python(["dagster-daemon", "run", "-m", CODE])]
    processes = [subprocess.Popen(command, cwd=REPOSITORY, env=os.environ) for command in commands]
    raise typer.Exit(_wait_for(processes))


def _beside_python(command: list[str]) -> list[str]:
    """A console command of the environment that this process runs in."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def _dashboard_command(port: int) -> list[str]:
    return [sys.executable, "-m", "uvicorn", "dashboard.asgi:app", "--host", LOOPBACK, "--port", str(port)]


def _wait_for(processes: list[subprocess.Popen[bytes]]) -> int:
    """Waits until one process ends or a signal comes, then stops all; gives the exit code to end with."""

    def stop(number: int, _: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    signal.signal(signal.SIGTERM, stop)
    code = 0
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        code = next(process.returncode for process in processes if process.returncode is not None)
    except KeyboardInterrupt:
        code = 0
    finally:
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + _GRACE_SECONDS
        for process in processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
    return code
