"""Files are taken in byte for byte under their own hash, once, and never change again."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.landing import store
from pipelines.landing.journal import HEAD
from pipelines.landing.store import LARGEST_IN_MEMORY, LandedFileDamaged, Landing, incoming_files

MORNING = datetime(2026, 2, 14, 8, 0)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")


def put(path: Path, content: bytes, changed_at: int = 1_770_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (changed_at, changed_at))
    return path


def landed(landing: Landing) -> list[str]:
    """Files of the landing below the journal."""
    return sorted(file.name for file in landing.folder.glob("??/*"))


def test_a_file_lies_under_its_hash_and_is_noted_with_where_it_came_from(inbox: Path, landing: Landing) -> None:
    path = put(inbox / "tỉnh" / "Báo cáo 91.XLSX", b"noi dung")
    (arrival,) = landing.receive([path], MORNING)
    sha256 = hashlib.sha256(b"noi dung").hexdigest()
    assert (arrival.sequence, arrival.sha256, arrival.byte_count, arrival.received_at) == (1, sha256, 8, MORNING)
    assert (arrival.file_name, arrival.source_path) == ("Báo cáo 91.XLSX", "inbox/tỉnh/Báo cáo 91.XLSX")
    assert landing.path_of(arrival) == landing.folder / sha256[:2] / f"{sha256}.xlsx"
    assert landing.bytes_of(arrival) == path.read_bytes() == b"noi dung"


def test_a_file_is_taken_once_from_where_it_lies(inbox: Path, landing: Landing) -> None:
    path = put(inbox / "91.xlsx", b"1")
    assert len(landing.receive([path], MORNING)) == 1
    assert landing.receive([path], MORNING) == []
    assert Landing(landing.folder).receive([path], MORNING) == []


def test_an_inbox_is_known_again_after_its_home_has_moved(inbox: Path, landing: Landing, tmp_path: Path) -> None:
    landing.receive([put(inbox / "91.xlsx", b"1")], MORNING)
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    assert Landing(moved / "landing").receive([moved / "inbox" / "91.xlsx"], MORNING) == []


def test_a_file_that_has_changed_where_it_lies_is_taken_again(inbox: Path, landing: Landing) -> None:
    landing.receive([put(inbox / "91.xlsx", b"1")], MORNING)
    (arrival,) = landing.receive([put(inbox / "91.xlsx", b"2", changed_at=1_770_000_060)], MORNING)
    assert landing.bytes_of(arrival) == b"2"


def test_a_file_handed_in_again_on_purpose_arrives_again(inbox: Path, landing: Landing) -> None:
    path = put(inbox / "91.xlsx", b"1")
    landing.receive([path], MORNING)
    assert [item.sequence for item in landing.receive([path], MORNING, handed_in_after=1)] == [2]


def test_the_same_bytes_under_two_names_are_kept_once_and_noted_twice(inbox: Path, landing: Landing) -> None:
    paths = [put(inbox / "a.xlsx", b"1"), put(inbox / "b.ods", b"1")]
    arrivals = landing.receive(paths, MORNING)
    assert [item.file_name for item in arrivals] == ["a.xlsx", "b.ods"]
    assert landed(landing) == [f"{hashlib.sha256(b'1').hexdigest()}.xlsx"]
    assert [landing.bytes_of(item) for item in arrivals] == [b"1", b"1"]
    assert Landing(landing.folder).bytes_of(arrivals[1]) == b"1"


@pytest.mark.parametrize("name", ["91", "91.", "91.tar.gz", "91.x!y", "91.verylongsuffix", "..xlsx"])
def test_strange_suffixes_do_not_leave_the_folder_of_the_hash(inbox: Path, landing: Landing, name: str) -> None:
    (arrival,) = landing.receive([put(inbox / name, b"1")], MORNING)
    path = landing.path_of(arrival)
    assert path.parent == landing.folder / arrival.sha256[:2]
    assert landing.bytes_of(arrival) == b"1"


@pytest.mark.parametrize(
    ("harm", "words"),
    [(lambda path: path.write_bytes(b"2"), "was altered"), (lambda path: path.unlink(), "is missing")],
)
def test_altered_and_missing_bytes_are_found(
    inbox: Path, landing: Landing, harm: Callable[[Path], object], words: str
) -> None:
    (arrival,) = landing.receive([put(inbox / "91.xlsx", b"1")], MORNING)
    harm(landing.path_of(arrival))
    with pytest.raises(LandedFileDamaged, match=words):
        landing.bytes_of(arrival)


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(
    inbox: Path, landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(inbox / "91.xlsx", b"half")

    def read_while_somebody_writes(file: Path) -> bytes:
        content = file.read_bytes()
        put(file, b"half and the rest", changed_at=1_770_000_060)
        return content

    monkeypatch.setattr(store, "_read", read_while_somebody_writes)
    assert landing.receive([path], MORNING) == []
    monkeypatch.undo()
    (arrival,) = landing.receive([path], MORNING)
    assert landing.bytes_of(arrival) == b"half and the rest"


def test_incoming_files_lie_anywhere_below_and_unfinished_ones_wait(inbox: Path) -> None:
    wanted = {put(inbox / name, b"1") for name in ("91.xlsx", "An Giang/thang 2/92.xls", "không đuôi")}
    for name in ("~$91.xlsx", ".91.xlsx.part", "92.xlsx.part", "93.TMP", "94.crdownload", ".git/config", "~x/95.xlsx"):
        put(inbox / name, b"1")
    assert set(incoming_files([inbox])) == wanted
    assert incoming_files([]) == []


def test_a_correction_comes_after_what_it_corrects_whatever_the_names(inbox: Path) -> None:
    early = put(inbox / "b" / "91-ban-dau.xlsx", b"1", changed_at=1_770_000_000)
    late = put(inbox / "a" / "91-dinh-chinh.xlsx", b"2", changed_at=1_770_000_060)
    assert incoming_files([inbox]) == [early, late]


def test_files_copied_at_one_moment_come_with_the_shorter_name_first(inbox: Path) -> None:
    paths = [put(inbox / name, b"1") for name in ("91.xlsx", "91-dinh-chinh.xlsx", "92.xlsx")]
    assert incoming_files([inbox]) == paths
    assert incoming_files([paths[1], paths[0]]) == paths[:2]


def test_a_path_that_is_not_there_is_named(inbox: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"khong-co\.xlsx"):
        incoming_files([inbox / "khong-co.xlsx"])


def test_a_link_in_the_inbox_is_not_followed(tmp_path: Path) -> None:
    inbox, other = tmp_path / "inbox", tmp_path / "other"
    for folder in (inbox, other):
        folder.mkdir()
    (other / "secret.csv").write_bytes(b"x")
    (inbox / "report.csv").write_bytes(b"y")
    (inbox / "link.csv").symlink_to(other / "secret.csv")
    (inbox / "folder").symlink_to(other)
    (inbox / "endless").symlink_to(inbox)
    assert [path.name for path in incoming_files([inbox])] == ["report.csv"]


def test_a_large_file_is_taken_in_without_its_size_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "inbox" / "large.csv"
    large.parent.mkdir()
    with large.open("wb") as file:
        file.truncate(LARGEST_IN_MEMORY + 1)
    landing = Landing(tmp_path / "landing")
    tracemalloc.start()
    (arrival,) = landing.receive([large], MORNING)
    start = landing.bytes_up_to(arrival, 1_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (arrival.byte_count, len(start)) == (LARGEST_IN_MEMORY + 1, 1_001)
    assert peak < LARGEST_IN_MEMORY / 4
    assert landing.receive([large], MORNING) == []
    large.touch()
    (again,) = landing.receive([large], MORNING)
    assert again.sha256 == arrival.sha256
    assert landing.path_of(arrival).stat().st_size == large.stat().st_size
    assert {path.name for path in landing.folder.iterdir()} == {"journal.jsonl", HEAD, arrival.sha256[:2]}
