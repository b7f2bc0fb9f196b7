"""A run may die anywhere: readers keep the last version, no file is lost, nothing is counted twice."""

from __future__ import annotations

import random
import shutil
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from pipelines.landing.journal import Journal
from pipelines.marts.models import load_models
from tests.durability.conftest import FIRST, SECOND
from tests.durability.nights import Death, Rows, dies, in_child, published_rows, start, whole_night
from tests.soak import count, note

NIGHTS, KILLS_IN_A_ROW = "nights killed at a random moment", 5
FLUSH = "os:fsync"
JOURNAL = "pipelines.landing.journal:append_whole"
LEDGER = "pipelines.facts.ledger:append"
COPY = "pipelines.nightly:write_published_copy"
SYNC = "pipelines.publish.versions:sync_folder"
# The third line of the night: first what arrived, then the run, then the version.
PUBLICATION, PUBLICATION_LINE = JOURNAL, 3
MODEL_COUNT = len(load_models())

STEPS = [
    Death(FLUSH, before=True),
    Death(FLUSH, nth=3),
    Death(JOURNAL, before=True),
    Death(JOURNAL),
    Death("pipelines.landing.journal:write_whole", before=True),
    Death("pipelines.nightly:note_run"),
    Death(LEDGER, before=True),
    Death(LEDGER),
    Death("pipelines.marts.build:carry_forward"),
    Death("pipelines.nightly:write_reference"),
    Death("pipelines.nightly:write_run"),
    # Each model is a transaction of its own: every fifth, and the last, stand for all.
    *(Death("pipelines.marts.build:build_model", nth) for nth in {*range(1, MODEL_COUNT, 5), MODEL_COUNT}),
    Death("pipelines.nightly:write_answers"),
    Death(COPY, before=True),
    Death("pipelines.nightly:copy_file"),
    Death(COPY),
    Death("shutil:move"),
    Death("pipelines.publish.versions:write_whole", before=True),
    Death("pipelines.publish.versions:write_whole"),
    Death(SYNC, before=True),
    Death(SYNC),
    Death(PUBLICATION, nth=PUBLICATION_LINE, before=True),
    Death(PUBLICATION, nth=PUBLICATION_LINE),
    Death(SYNC, nth=2, before=True),
    Death("pipelines.publish.versions:make_current"),
]


def inbox(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "inbox").rglob("*.xlsx")}


def test_a_night_that_dies_after_every_single_step_ends_like_an_undisturbed_one(home: Path, expected: Rows) -> None:
    before, files = published_rows(home), inbox(home)
    for death in STEPS:
        dies(home, SECOND, death)
        assert published_rows(home) in (before, expected), f"after {death} readers see a state between two nights"
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected
    assert inbox(home) == files


@pytest.mark.parametrize(
    "death",
    [
        Death(FLUSH, nth=2),
        Death(LEDGER, before=True),
        Death(LEDGER),
        Death(PUBLICATION, nth=PUBLICATION_LINE),
        Death(SYNC),
    ],
)
def test_one_night_makes_good_what_one_death_left_undone(home: Path, expected: Rows, death: Death) -> None:
    dies(home, SECOND, death)
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected


@pytest.mark.soak
def test_nights_killed_at_random_moments_count_nothing_twice_and_lose_nothing(
    first_night: Path, tmp_path: Path, expected: Rows, answered: set[str]
) -> None:
    before, chance = published_rows(first_night), random.Random(20260225)
    usual = duration_of_a_night(shutil.copytree(first_night, tmp_path / "spare", symlinks=True))
    killed, finished, files = 0, 0, inbox(first_night)
    while killed < count(NIGHTS):
        home = shutil.copytree(first_night, tmp_path / f"{finished}", symlinks=True)
        for _ in range(KILLS_IN_A_ROW):
            killed += kill(start(whole_night, home, SECOND), usual * chance.uniform(0.0, 1.1))
            assert published_rows(home) in (before, expected), "readers see a state between two nights"
        in_child(whole_night, home, SECOND)
        finished += 1
        assert published_rows(home) == expected
        assert answers(home) == answered
        assert inbox(home) == files
        shutil.rmtree(home)
    note(f"{killed} nights killed at a random moment, {finished} nights after them: rows, answers and inbox as ever")


def kill(process: BaseProcess, seconds: float) -> bool:
    """Kills a night after some time; says whether it was still at work."""
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


@pytest.fixture(scope="module")
def answered(undisturbed: Path) -> set[str]:
    """What has gone back to the senders after two nights in which nothing went wrong."""
    return answers(undisturbed)


def answers(home: Path) -> set[str]:
    return {path.name for path in (home / "outbox").iterdir() if not path.name.startswith(".")}


def duration_of_a_night(home: Path) -> float:
    started = time.monotonic()
    in_child(whole_night, home, SECOND)
    return time.monotonic() - started


def test_a_line_that_was_being_written_is_no_part_of_the_journal(home: Path, expected: Rows) -> None:
    path = home / "landing" / "journal.jsonl"
    lines = path.read_bytes()
    path.write_bytes(lines + b'{"kind": "run", "run_id": "nig')
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected
    assert [run.as_of_on for run in Journal(path).runs] == [FIRST.as_of_on, SECOND.as_of_on]
