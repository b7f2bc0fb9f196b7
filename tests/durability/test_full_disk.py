"""A disk that is full after so many bytes, wherever in the night that is: the version stays, nothing is lost or double,
and once there is room the next night gives what it would have given.
"""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from pipelines import nightly, verification
from pipelines.integrity import Finding
from pipelines.landing.journal import Journal
from pipelines.settings import Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import Rows, in_child, published_rows, whole_night
from tests.durability.small_disk import SmallDisk, on_a_small_disk
from tests.soak import count, note

# More than a night of the small country writes, and than its publishing does.
WHOLE_NIGHT, WHOLE_PUBLISH = 70_000_000, 45_000_000
FULL = ("No space left", "File too large")


class Seen:
    """What was found on the small disk: the error of the night, rows and journal after it, and after the next night."""

    error = ""
    between: Rows
    after: Rows
    arrivals: list[str]
    findings: list[Finding]
    is_real: bool


def test_the_small_disk_is_full_after_so_many_bytes(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    assert 900_000 < in_child(bytes_that_fit, tmp_path / "home", 1_000_000) <= 1_004_096


@pytest.mark.soak
@pytest.mark.parametrize("step", ["night", "publish"])
def test_at_whatever_size_the_disk_is_full_nothing_is_lost_or_double(
    home: Path, expected: Rows, undisturbed: Path, step: str
) -> None:
    before, tries, full, is_real = published_rows(home), count("sizes at which the disk is full"), 0, True
    most = WHOLE_NIGHT if step == "night" else WHOLE_PUBLISH
    arrivals = names(undisturbed)
    for byte_count in spread(most, tries, step):
        seen: Seen = in_child(night_on_a_small_disk, home, byte_count, step)
        assert seen.error == "" or any(text in seen.error for text in FULL), (byte_count, seen.error)
        assert seen.between in ((before,) if seen.error else (expected,)), byte_count
        assert seen.after == expected, byte_count
        assert seen.arrivals == arrivals, byte_count
        assert seen.findings == [], byte_count
        full, is_real = full + (seen.error != ""), is_real and seen.is_real
    assert full
    kind = "a small file system" if is_real else "a limit on files"
    note(f"{full} times the disk was full during a {step} ({kind}, {tries} sizes); rows as ever after the next night")


def spread(most: int, tries: int, seed: str) -> list[int]:
    """Sizes all over the range, the same in each run: one at random in each part of it."""
    chance, part = random.Random(seed), most // tries
    return [number * part + chance.randrange(part) for number in range(tries)]


def names(home: Path) -> list[str]:
    """The arrivals of the journal in their order, with their hashes."""
    journal = Journal(home / "landing" / "journal.jsonl", is_writer=False)
    return [f"{arrival.submission_id} {arrival.file_name}" for arrival in journal.arrivals]


def night_on_a_small_disk(home: Path, byte_count: int, step: str) -> object:
    """A night with so much room from its beginning, or from when it publishes; then room is made, and the next."""

    def work(disk: SmallDisk, home: Path) -> Seen:
        seen, publish = Seen(), nightly.publish
        seen.is_real = disk.is_real

        def publish_with_little_room(warehouse: nightly.Warehouse) -> Path:
            disk.leave_free(byte_count)
            return publish(warehouse)

        if step == "publish":
            nightly.publish = publish_with_little_room
        else:
            disk.leave_free(byte_count)
        try:
            whole_night(home, SECOND)
        except (OSError, duckdb.Error) as error:
            seen.error = str(error)
        nightly.publish = publish
        disk.make_room()
        seen.between = published_rows(home)
        whole_night(home, SECOND)
        seen.after, seen.arrivals = published_rows(home), names(home)
        seen.findings = verification.verify(Settings(home=home), SECOND.known_at)
        return seen

    return on_a_small_disk(home, work)


def bytes_that_fit(home: Path, byte_count: int) -> object:
    """Writes until nothing more fits."""

    def work(disk: SmallDisk, home: Path) -> int:
        disk.leave_free(byte_count)
        written = 0
        with (home / "file").open("wb", buffering=0) as file:
            try:
                while True:
                    written += file.write(bytes(4096))
            except OSError:
                return written

    return on_a_small_disk(home, work)
