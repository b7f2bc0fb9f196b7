"""A disk that takes no more, two runs at once, files that move under the run's feet: a clear word, and nothing lost."""

from __future__ import annotations

import datetime
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipelines.durable import AnotherRunHoldsTheLock, writer_lock
from pipelines.landing.journal import Journal, Run
from pipelines.landing.store import Landing
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Night, Rows, dies, in_child, published_rows, start, whole_night

NOW = datetime.datetime(2025, 8, 3, 1, 30)


@contextmanager
def disk_takes_only(byte_count: int) -> Iterator[None]:
    """No file may grow beyond a size: to the writer it looks like a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def night_on_a_full_disk(home: Path, night: Night, byte_count: int) -> str:
    """Gives the name of the error that a night ends with."""
    with disk_takes_only(byte_count):
        try:
            whole_night(home, night)
        except (OSError, duckdb.Error) as error:
            return str(error)
    return "no error"


# The warehouse takes no more from the first byte on, in the middle of the night, or only when it is written down.
@pytest.mark.parametrize("byte_count", [1_000, 1_000_000, 11_000_000])
def test_a_full_disk_leaves_the_last_version_and_the_next_night_finishes(
    home: Path, expected: Rows, byte_count: int
) -> None:
    before = published_rows(home)
    assert "File too large" in in_child(night_on_a_full_disk, home, SECOND, byte_count)
    assert published_rows(home) == before
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected


def test_a_published_folder_that_takes_no_files_is_named_in_the_error(home: Path) -> None:
    published = home / "published"
    published.rename(home / "elsewhere")
    published.write_text("somebody put a file here")
    with pytest.raises(FileExistsError, match="published"):
        in_child(whole_night, home, SECOND)


def test_a_journal_that_the_disk_does_not_take_is_as_before_and_can_be_tried_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    first, second = (Run(f"night-{number}", 0, NOW.date(), NOW) for number in (1, 2))
    journal.append([first])
    with disk_takes_only(journal.path.stat().st_size + 10), pytest.raises(OSError):
        journal.append([second])
    assert journal.runs == Journal(journal.path).runs == [first]
    journal.append([second])
    assert journal.runs == Journal(journal.path).runs == [first, second]


def hold_the_lock(warehouse: Path) -> None:
    with writer_lock(warehouse):
        signal.pause()


def test_a_second_run_is_told_who_writes_and_what_to_do(home: Path) -> None:
    holder = start(hold_the_lock, home / "warehouse")
    while (home / "warehouse" / ".lock").read_text() != f"process {holder.pid}":
        holder.join(0.02)
    try:
        with pytest.raises(AnotherRunHoldsTheLock, match=rf"process {holder.pid}.*Wait until it ends"):
            in_child(whole_night, home, SECOND)
    finally:
        holder.kill()
        holder.join()
    in_child(whole_night, home, SECOND)


def test_a_file_that_vanishes_between_listing_and_reading_is_left_out(tmp_path: Path) -> None:
    kept, gone = tmp_path / "kept.xlsx", tmp_path / "gone.xlsx"
    kept.write_bytes(b"bytes")
    assert [arrival.file_name for arrival in Landing(tmp_path / "landing").receive([gone, kept], NOW)] == ["kept.xlsx"]


@pytest.mark.parametrize("name", [b"b\xe1o c\xe1o.xlsx", "báo\u2028cáo.xlsx".encode(), b'"\\\n.xlsx'])
def test_no_file_name_breaks_the_journal(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"bytes")
    (arrival,) = Landing(tmp_path / "landing").receive([path], NOW)
    again = Landing(tmp_path / "landing")
    assert again.journal.arrivals == [arrival]
    assert again.receive([path], NOW) == []


def test_answers_of_a_night_that_died_before_writing_them_are_written_by_the_next(home: Path) -> None:
    dies(home, SECOND, Death("pipelines.nightly:write_answers", before=True))
    in_child(whole_night, home, SECOND)
    with duckdb.connect(str(home / "warehouse" / "tiendo.duckdb"), read_only=True) as connection:
        taken = {row[0] for row in connection.execute("SELECT submission_id FROM facts.submissions").fetchall()}
        set_aside = connection.execute(
            "SELECT submission_id FROM facts.rejected_values WHERE severity <> 'warning'"
        ).fetchall()
    names = [path.name for path in (home / "outbox").iterdir()]
    assert {name.removesuffix("-bien-nhan.html") for name in names if name.endswith("-bien-nhan.html")} == taken
    assert {name.partition("-can-sua")[0] for name in names if "-can-sua" in name} == {row[0] for row in set_aside}
