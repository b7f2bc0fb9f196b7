"""A disk that takes no more, two runs at once, files that move under the run's feet: a clear word, and nothing lost."""

from __future__ import annotations

import datetime
import errno
import os
import random
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest

from pipelines import verification
from pipelines.durable import AnotherRunHoldsTheLock, writer_lock
from pipelines.integrity import Finding
from pipelines.landing import store
from pipelines.landing.journal import Journal, Run
from pipelines.landing.store import ClockSetBack, Landing, incoming_files, is_being_written
from pipelines.settings import Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Night, Rows, dies, in_child, published_rows, start, whole_night
from tests.soak import count, note

THIRD = Night(SECOND.as_of_on.replace(month=8, day=15))
# About as many as a night of the small country makes.
FLUSHES = 40
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
    while not (home / "warehouse" / ".lock").read_text().startswith(f"process {holder.pid}, "):
        holder.join(0.02)
    since = r"since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    try:
        with pytest.raises(AnotherRunHoldsTheLock, match=rf"process {holder.pid}, .*{since}.*Wait until it ends"):
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


def night_or_refusal(home: Path, night: Night) -> str:
    """The name of what kept a night from running."""
    try:
        whole_night(home, night)
    except AnotherRunHoldsTheLock as error:
        return type(error).__name__
    return ""


def test_of_nights_started_together_one_runs_and_the_others_change_nothing(home: Path, expected: Rows) -> None:
    outcomes: list[str] = []
    nights = [Thread(target=lambda: outcomes.append(in_child(night_or_refusal, home, SECOND))) for _ in range(3)]
    for night in nights:
        night.start()
    for night in nights:
        night.join()
    assert "" in outcomes
    assert published_rows(home) == expected
    assert len(Journal(home / "landing" / "journal.jsonl").runs) == 1 + outcomes.count("")


def night_with_a_fault(home: Path, night: Night, number: int, error_number: int) -> str:
    """A night in which the disk refuses the flush `number`; gives the error's text, nothing where it never came."""
    real, calls = os.fsync, []

    def failing(descriptor: Any) -> None:
        calls.append(descriptor)
        if len(calls) == number:
            raise OSError(error_number, os.strerror(error_number))
        real(descriptor)

    os.fsync = failing
    try:
        whole_night(home, night)
    except OSError as error:
        return str(error)
    return ""


@pytest.mark.soak
@pytest.mark.parametrize("error_number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_whichever_flush_the_disk_refuses_the_night_stops_and_the_next_one_finishes(
    home: Path, expected: Rows, error_number: int
) -> None:
    before, chance, refused = published_rows(home), random.Random(error_number), 0
    for _ in range(count("flushes that the disk refuses")):
        message = in_child(night_with_a_fault, home, SECOND, chance.randint(1, FLUSHES), error_number)
        assert message == "" or os.strerror(error_number) in message
        refused += message != ""
        assert published_rows(home) in (before, expected)
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected
    note(f"{refused} flushes refused by the disk ({errno.errorcode[error_number]}); rows as ever after the next night")


def test_a_file_that_is_still_being_copied_waits_for_the_next_night(home: Path) -> None:
    finished_copy = next((home / "inbox").rglob("*.xlsx"))
    half = home / "inbox" / "đang chép.csv"
    with half.open("wb") as copy:
        copy.write(b"half of it")
        copy.flush()
        assert is_being_written(half)
        assert not is_being_written(finished_copy)
        in_child(whole_night, home, SECOND)
        names = [item.file_name for item in Journal(home / "landing" / "journal.jsonl").arrivals]
        assert finished_copy.name in names
        assert half.name not in names
    assert not is_being_written(half)
    in_child(whole_night, home, THIRD)
    assert Journal(home / "landing" / "journal.jsonl").arrivals[-1].file_name == half.name


@pytest.mark.parametrize("name", ["bc.xlsx.part", "bc.xlsx.crdownload", ".~lock.bc.xlsx#", "~$bc.xlsx", "tmp/.bc.xlsx"])
def test_names_of_unfinished_files_are_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"bytes")
    assert incoming_files([tmp_path]) == []


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "bc.xlsx", store._read
    path.write_bytes(b"half")

    def read(given: Path) -> bytes:
        data = real(given)
        given.write_bytes(b"half and more")
        return data

    with monkeypatch.context() as patch:
        patch.setattr(store, "_read", read)
        assert Landing(tmp_path / "landing").receive([path], NOW) == []
    (arrival,) = Landing(tmp_path / "landing").receive([path], NOW)
    assert arrival.byte_count == len(b"half and more")


def test_a_clock_set_back_a_little_makes_no_report_older_than_the_one_before_it(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    hour = datetime.timedelta(hours=1)
    for number, moment in enumerate((NOW, NOW - 3 * hour, NOW + hour)):
        path = tmp_path / f"{number}.csv"
        path.write_text(str(number))
        landing.receive([path], moment)
    assert [arrival.received_at for arrival in landing.journal.arrivals] == [NOW, NOW, NOW + hour]


@pytest.mark.parametrize("days", [3, 3650])
def test_a_clock_set_back_by_days_stops_the_night_before_it_takes_anything(
    home: Path, expected: Rows, days: int
) -> None:
    """Its reports would be of days to come, and be refused one by one."""
    before = published_rows(home)
    wrong = SECOND.known_at - datetime.timedelta(days=days + 16)
    with pytest.raises(ClockSetBack, match="Set the clock right, then run again; nothing was taken in"):
        in_child(night_at, home, SECOND, wrong)
    assert published_rows(home) == before
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected


def test_a_night_whose_clock_is_far_ahead_gives_the_same_values_and_the_next_one_says_what_to_do(
    home: Path, expected: Rows
) -> None:
    in_child(night_at, home, SECOND, SECOND.known_at + datetime.timedelta(days=3650))
    values = [row[:8] for row in expected["facts.observations"]]
    with pytest.raises(ClockSetBack, match="If the last run's clock was wrong, restore the backup from before it"):
        in_child(whole_night, home, THIRD)
    assert [row[:8] for row in published_rows(home)["facts.observations"]] == values
    assert in_child(verify, home) == []


def night_at(home: Path, night: Night, known_at: datetime.datetime) -> None:
    """A night whose clock says another moment."""
    whole_night(home, WrongClock(night.as_of_on, known_at))


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A night's two inputs, with any moment."""

    as_of_on: datetime.date
    known_at: datetime.datetime


def verify(home: Path) -> list[Finding]:
    return verification.verify(Settings(home=home), SECOND.known_at)
