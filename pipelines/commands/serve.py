"""`tiendo dashboard` and `tiendo serve`: the screens alone, or together with Dagster's webserver and daemon."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from log_lines import output
from pipelines.commands.options import OUTPUT, Home, clear_errors, settings_of
from pipelines.settings import REPOSITORY

LOOPBACK = "127.0.0.1"
_GRACE_SECONDS = 15
_POLL_SECONDS = 0.3


def dashboard(
    port: Annotated[int, typer.Option(help="Port on the loopback interface.")] = 8501, home: Home = None
) -> None:
    """Open the dashboard alone."""
    with clear_errors():
        settings_of(home)
    output.switch_on()
    open_dashboard(port)


def open_dashboard(port: int) -> None:
    """Runs the dashboard in the foreground until it is stopped."""
    OUTPUT.print(f"Bảng theo dõi: http://{LOOPBACK}:{port} (dừng bằng Ctrl+C)", highlight=False)
    raise typer.Exit(run_together([_dashboard_command(port)]))


def serve(
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8501,
    dagster_port: Annotated[int, typer.Option(help="Port of Dagster's webserver.")] = 3000,
    home: Home = None,
) -> None:
    """Bring up dashboard, Dagster webserver and daemon (schedule and sensor) together, and stop them together."""
    from pipelines.orchestration.instance import (
        CODE,
        create_storage,
        end_dead_runs,
        open_instance,
        prepare_instance,
    )

    output.switch_on()
    with clear_errors():
        prepare_instance(settings := settings_of(home))
        with open_instance() as instance:
            create_storage(instance)
            end_dead_runs(settings, instance)
    OUTPUT.print(
        f"Bảng theo dõi: http://{LOOPBACK}:{port} · Dagster: http://{LOOPBACK}:{dagster_port}", highlight=False
    )
    web = ["dagster-webserver", "-m", CODE, "-h", LOOPBACK, "-p", str(dagster_port)]
    commands = [_dashboard_command(port), _beside_python(web), _beside_python(["dagster-daemon", "run", "-m", CODE])]
    raise typer.Exit(run_together(commands))


def _beside_python(command: list[str]) -> list[str]:
    """A console command of the environment that this process runs in."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def _dashboard_command(port: int) -> list[str]:
    return [sys.executable, "-m", "dashboard", "--host", LOOPBACK, "--port", str(port), "--log-level", "warning"]


def run_together(commands: list[list[str]]) -> int:
    """Starts all commands, waits until one ends or SIGINT or SIGTERM comes, then stops all; gives the exit code.

    Each command leads a process group of its own, so that what it has started itself is stopped with it.
    """
    processes: list[subprocess.Popen[bytes]] = []
    previous = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for command in commands:
            processes.append(subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True))
        while all(process.poll() is None for process in processes):
            time.sleep(_POLL_SECONDS)
        return next(process.returncode for process in processes if process.returncode is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        for number in previous:
            signal.signal(number, signal.SIG_IGN)
        _stop_all(processes)
        for number, handler in previous.items():
            signal.signal(number, handler)


def _stop(number: int, _: FrameType | None) -> None:
    raise KeyboardInterrupt(number)


def _stop_all(processes: list[subprocess.Popen[bytes]]) -> None:
    """Asks each process to end and gives it time to end its run; then ends what is left of its group."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
