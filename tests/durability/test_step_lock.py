"""A run whose steps work in other processes: one at a time, none of a run that is over, none lost with its process."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from pipelines.durable import AnotherRunHoldsTheLock, RunIsOver, step_lock, writer_lock
from tests.durability.nights import in_child, start


def hold_run(folder: Path, run_id: str) -> None:
    with writer_lock(folder, run_id):
        signal.pause()


def hold_step(folder: Path, run_id: str, step: str) -> None:
    with step_lock(folder, run_id, step):
        signal.pause()


def do_step(folder: Path, run_id: str, step: str) -> int:
    with step_lock(folder, run_id, step) as tries:
        return tries


def told(folder: Path, name: str, words: str) -> None:
    """Returns once a lock's file says who holds it."""
    deadline = time.monotonic() + 30
    while words not in ((folder / name).read_text() if (folder / name).exists() else ""):
        assert time.monotonic() < deadline, f"{name} never said {words}"
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


@pytest.fixture
def run(folder: Path) -> Iterator[BaseProcess]:
    """The process of run `one`, which holds the writer lock and does nothing."""
    process = start(hold_run, folder, "one")
    told(folder, ".lock", "run one, since")
    yield process
    process.kill()
    process.join()


def test_a_step_works_while_its_own_run_holds_the_lock(folder: Path, run: BaseProcess) -> None:
    assert in_child(do_step, folder, "one", "ledger") == 1


def test_a_step_waits_for_another_step_of_its_run(folder: Path, run: BaseProcess) -> None:
    other = start(hold_step, folder, "one", "outbox")
    told(folder, ".step", "step outbox (1), run one")
    waiting = start(do_step, folder, "one", "ledger")
    waiting.join(1)
    assert waiting.is_alive()
    other.kill()
    waiting.join(30)
    assert waiting.exitcode == 0


def test_a_step_of_a_run_whose_process_was_killed_does_nothing(folder: Path, run: BaseProcess) -> None:
    run.kill()
    run.join()
    with pytest.raises(RunIsOver, match="run one, whose own process has ended"):
        in_child(do_step, folder, "one", "ledger")


def test_a_step_of_another_run_than_the_one_that_goes_on_does_nothing(folder: Path, run: BaseProcess) -> None:
    with pytest.raises(RunIsOver, match="run on, "):
        in_child(do_step, folder, "on", "ledger")


def test_a_second_run_is_told_which_run_goes_on(folder: Path, run: BaseProcess) -> None:
    with pytest.raises(AnotherRunHoldsTheLock, match=rf"process {run.pid}, .*, run one, since .*Wait until it ends"):
        in_child(hold_run, folder, "two")


def test_a_run_does_not_begin_while_a_step_of_a_killed_run_is_still_at_work(folder: Path, run: BaseProcess) -> None:
    step = start(hold_step, folder, "one", "models")
    told(folder, ".step", "step models (1), run one")
    run.kill()
    run.join()
    with pytest.raises(AnotherRunHoldsTheLock, match=rf"process {step.pid}, step models \(1\), run one"):
        in_child(hold_run, folder, "two")
    step.kill()
    step.join()
    next_run = start(hold_run, folder, "two")
    told(folder, ".lock", "run two, since")
    next_run.kill()


def test_a_step_knows_how_often_its_process_was_killed(folder: Path, run: BaseProcess) -> None:
    for times in (1, 2):
        killed = start(hold_step, folder, "one", "models")
        told(folder, ".step", f"step models ({times}), run one")
        killed.kill()
        killed.join()
    assert in_child(do_step, folder, "one", "models") == 3
    assert in_child(do_step, folder, "one", "models") == 1
