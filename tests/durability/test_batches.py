"""Which arrivals are gated together: decided by the journal alone, so that nights and rebuilds do the same."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipelines import nightly
from pipelines.landing.journal import Arrival, Run
from pipelines.landing.store import Landing
from pipelines.nightly import pending_batches

NOW = datetime.datetime(2025, 8, 3, 1, 30)


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    """Seven arrivals and two runs, of which the first took five; a batch holds two at most."""
    monkeypatch.setattr(nightly, "LARGEST_BATCH", 2)
    landing = Landing(tmp_path / "landing")
    for number in range(1, 8):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(path.name.encode())
        landing.receive([path], NOW)
        if number in (5, 7):
            landing.journal.append([Run(f"run-{number}", number, NOW.date(), NOW)])
    return landing


def sequences(batches: list[list[Arrival]]) -> list[list[int]]:
    return [[arrival.sequence for arrival in batch] for batch in batches]


def test_a_batch_ends_with_its_run_and_is_never_too_large(landing: Landing) -> None:
    assert sequences(pending_batches(landing, 0)) == [[1, 2], [3, 4], [5], [6, 7]]


def test_after_a_death_between_two_batches_the_rest_is_the_same(landing: Landing) -> None:
    assert sequences(pending_batches(landing, 2)) == [[3, 4], [5], [6, 7]]


def test_a_rebuild_of_an_earlier_run_stops_with_it(landing: Landing) -> None:
    assert sequences(pending_batches(landing, 0, until=landing.journal.runs[0])) == [[1, 2], [3, 4], [5]]


def test_arrivals_that_no_run_has_announced_wait(landing: Landing, tmp_path: Path) -> None:
    (tmp_path / "8.xlsx").write_bytes(b"eight")
    landing.receive([tmp_path / "8.xlsx"], NOW)
    assert sequences(pending_batches(landing, 7)) == []
