"""A backup is one file: it comes back as the same home, or is refused with the name of what is wrong in it."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import random
import shutil
import stat
import tarfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from audit_trail import chain
from pipelines import verification
from pipelines.backup.archive import LIST, BackupRefused, check_backup
from pipelines.backup.home import HomeNotEmpty, back_up, unpack_home
from pipelines.clearance import CLEARANCES
from pipelines.commands.query import fingerprints
from pipelines.database import open_for_reading
from pipelines.durable import writer_lock
from pipelines.integrity import Finding
from pipelines.publish.lower import file_name
from pipelines.publish.versions import current_database
from pipelines.settings import Home, Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Night, Rows, dies, in_child, published_rows, rows_of, start, whole_night
from tests.soak import count, note

NOW = datetime.datetime(2025, 8, 3, 2, 0)
THIRD = Night(SECOND.as_of_on.replace(month=8, day=15))
# Of the twenty questions some are about tables that a lower clearance has not.
ANSWERED = {"public": 17, "internal": 19, "restricted": 20}


def backup_of(home: Path) -> Path:
    return back_up(Home(home), home.parent / "backup.tar.gz", NOW, None)[0]


@pytest.fixture(scope="module")
def whole_backup(undisturbed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup in which nothing is wrong. Copy it, never change it."""
    return back_up(Home(undisturbed), tmp_path_factory.mktemp("backup") / "whole.tar.gz", NOW, None)[0]


@pytest.fixture
def backup(whole_backup: Path, tmp_path: Path) -> Path:
    """A backup to be damaged."""
    return Path(shutil.copy(whole_backup, tmp_path / "backup.tar.gz"))


def restored(backup: Path, home: Path) -> list[Finding]:
    """Restores as the command does; for child processes, since it derives."""
    unpack_home(backup, Home(home))
    settings = Settings(home=home)
    with writer_lock(settings.folders().warehouse):
        return verification.restore_warehouse(settings, NOW)


def verify(home: Path) -> list[Finding]:
    return verification.verify(Settings(home=home), NOW)


def files_of(home: Path) -> dict[str, bytes]:
    """All that a backup holds, by its place."""
    folders = ("landing", "reference", "audit", "outbox", "published/000002")
    paths = [path for folder in folders for path in (home / folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(home)): path.read_bytes() for path in paths if path.name != ".lock"}


def answers(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What identifies the answer to each of the twenty questions, by clearance."""
    published = home / "published"
    return {level: fingerprints(current_database(published, file_name(level)))[1] for level in CLEARANCES}


def test_a_restored_home_is_accepted_answers_the_twenty_questions_alike_and_goes_on(
    finished: Path, tmp_path: Path
) -> None:
    for number in range(3):
        chain.append(finished / "audit", chain.Act(NOW, "local", "queried", detail={"sql": str(number)}))
    waiting = finished / "inbox" / "chưa nhận.csv"
    waiting.parent.mkdir()
    waiting.write_text("xã;số")
    new = tmp_path / "new"
    assert in_child(restored, backup_of(finished), new) == []
    assert files_of(new) == files_of(finished)
    assert (new / "inbox" / waiting.name).stat().st_mtime_ns == waiting.stat().st_mtime_ns
    assert in_child(verify, new) == []
    assert chain.breaks(new / "audit") == []
    assert {level: sum(row[1] is not None for row in rows) for level, rows in answers(finished).items()} == ANSWERED
    assert answers(new) == answers(finished)
    for home in (finished, new):
        in_child(whole_night, home, THIRD)
    assert published_rows(new) == published_rows(finished)
    names = [{path.name for path in (home / "outbox").iterdir()} for home in (finished, new)]
    assert names[0] == names[1]


def test_a_restored_home_answers_no_file_twice(finished: Path, tmp_path: Path) -> None:
    lost = next((finished / "outbox").glob("*-bien-nhan.html"))
    lost.unlink()
    in_child(restored, backup_of(finished), tmp_path / "new")
    with closing(open_for_reading(tmp_path / "new" / "warehouse" / "tiendo.duckdb")) as connection:
        waiting = connection.execute("SELECT submission_id FROM work.unanswered").fetchall()
    assert waiting == [(lost.name.removesuffix("-bien-nhan.html"),)]


def test_a_home_whose_last_night_died_is_backed_up_with_what_that_night_has_landed(
    home: Path, tmp_path: Path, expected: Rows
) -> None:
    dies(home, SECOND, Death("pipelines.nightly:write_reference"))
    new = tmp_path / "new"
    assert in_child(restored, backup_of(home), new) == []
    assert in_child(verify, new) == []
    in_child(whole_night, new, SECOND)
    assert published_rows(new) == expected


@pytest.mark.soak
def test_a_backup_taken_while_a_night_runs_is_whole(home: Path, tmp_path: Path, expected: Rows) -> None:
    chance, again = random.Random(7), tmp_path / "again"
    for number in range(count("backups taken while nights run")):
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(home, again, symlinks=True)
        process = start(whole_night, again, SECOND)
        process.join(chance.uniform(0.0, 0.9))
        backup = back_up(Home(again), tmp_path / f"{number}.tar.gz", NOW, None)[0]
        process.join()
        assert process.exitcode == 0, "the night was disturbed"
        new = tmp_path / f"new-{number}"
        assert in_child(restored, backup, new) == []
        in_child(whole_night, new, SECOND)
        assert published_rows(new) == expected
    note(f"{count('backups taken while nights run')} backups taken while a night ran, restored, accepted by verify")


def altered_bytes(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def holds_the_same(data: bytes, whole: bytes) -> bool:
    """A bit that the unpacker does not need, in the head of the file or where nothing but zeros is repeated."""
    try:
        return gzip.decompress(data) == gzip.decompress(whole)
    except (EOFError, OSError, zlib.error):
        return False


@pytest.mark.soak
def test_an_altered_byte_or_a_missing_end_is_refused_and_leaves_the_home_empty(backup: Path, tmp_path: Path) -> None:
    chance, whole = random.Random(11), backup.read_bytes()
    damaged = [whole[: chance.randrange(len(whole))], whole[:-1], b""]
    damaged += [altered_bytes(whole, chance) for _ in range(count("bytes altered in a backup"))]
    damaged = [data for data in damaged if not holds_the_same(data, whole)]
    for data in damaged:
        backup.write_bytes(data)
        with pytest.raises(BackupRefused, match="Take another backup"):
            unpack_home(backup, Home(tmp_path / "new"))
        assert not (tmp_path / "new").exists()
    note(f"{len(damaged)} damaged backups, each refused")


def packed(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with gzip.open(out, "wb") as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        for info, data in members:
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def members_of(backup: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(backup, "r:gz") as tar:
        return [(info, source.read()) for info in tar if (source := tar.extractfile(info))]


def changed_member(members: list[tuple[tarfile.TarInfo, bytes]]) -> str:
    info, data = members[3]
    members[3] = (info, data[:-1] + bytes([data[-1] ^ 1]))
    return info.name


def removed_member(members: list[tuple[tarfile.TarInfo, bytes]]) -> str:
    return members.pop(3)[0].name


def added_member(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[list[tuple[tarfile.TarInfo, bytes]]], str]:
    def add(members: list[tuple[tarfile.TarInfo, bytes]]) -> str:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc"
        members.insert(0, (info, b"x" if kind == tarfile.REGTYPE else b""))
        return name

    return add


def current_elsewhere(members: list[tuple[tarfile.TarInfo, bytes]]) -> str:
    info, data = members.pop()
    members.append((info, json.dumps(json.loads(data) | {"current": "../../etc"}).encode()))
    return LIST


@pytest.mark.parametrize(
    "change",
    [
        changed_member,
        removed_member,
        current_elsewhere,
        added_member("landing/more"),
        added_member("../outside"),
        added_member("/etc/cron.d/x"),
        added_member("landing/../../outside"),
        added_member("landing//x"),
        added_member("elsewhere/x"),
        added_member("published/current/x"),
        added_member("landing/link", tarfile.SYMTYPE),
        added_member("landing/link", tarfile.LNKTYPE),
        added_member("landing/pipe", tarfile.FIFOTYPE),
        added_member("landing/disk", tarfile.BLKTYPE),
        added_member("landing", tarfile.DIRTYPE),
    ],
)
def test_a_backup_that_somebody_has_changed_is_refused_by_the_name_of_the_member(
    backup: Path, tmp_path: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], str]
) -> None:
    members = members_of(backup)
    name = change(members)
    backup.write_bytes(packed(members))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BackupRefused) as refused:
        unpack_home(backup, Home(tmp_path / "new"))
    assert name in str(refused.value)
    assert sorted(tmp_path.iterdir()) == before


def test_a_member_that_comes_twice_is_refused(backup: Path) -> None:
    members = members_of(backup)
    backup.write_bytes(packed([members[0], *members]))
    with pytest.raises(BackupRefused, match="does not belong where it stands"):
        check_backup(backup)


def test_nothing_is_restored_over_what_is_there(finished: Path) -> None:
    before = files_of(finished)
    with pytest.raises(HomeNotEmpty, match="is not empty"):
        unpack_home(backup_of(finished), Home(finished))
    assert files_of(finished) == before


def test_what_a_restore_that_died_has_left_does_not_hinder_the_next(finished: Path, tmp_path: Path) -> None:
    left = tmp_path / "new" / ".restoring" / "landing"
    left.mkdir(parents=True)
    (left / "half").write_text("ha")
    unpack_home(backup_of(finished), Home(tmp_path / "new"))
    assert files_of(tmp_path / "new") == files_of(finished)


def test_in_a_folder_the_newest_backups_are_kept_and_other_files_left_alone(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("keep me")
    for day in range(1, 5):
        path, _ = back_up(Home(finished), folder, NOW.replace(day=day), keep=2)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    names = ["notes.txt", "tiendo-20250803-020000.tar.gz", "tiendo-20250804-020000.tar.gz"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_backup_is_never_written_over_and_none_is_left_half_written(finished: Path, tmp_path: Path) -> None:
    backup = backup_of(finished)
    with pytest.raises(FileExistsError, match="never written over"):
        back_up(Home(finished), backup, NOW, None)
    next((finished / "landing").glob("*/*.xlsx")).chmod(0)
    (finished / "published" / "current").unlink()
    (finished / "published" / "current").symlink_to("000009")
    with pytest.raises(FileNotFoundError, match="000009"):
        back_up(Home(finished), tmp_path / "other.tar.gz", NOW, None)
    assert not list(tmp_path.glob("*other*"))


def test_a_home_before_its_first_night_comes_back_with_its_inbox(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.make_folders()
    (home.inbox / "bc.xlsx").write_bytes(b"bytes")
    listed = unpack_home(backup_of(home.root), Home(tmp_path / "new"))
    assert listed.current is None
    assert (tmp_path / "new" / "inbox" / "bc.xlsx").read_bytes() == b"bytes"


def test_tables_edited_after_the_last_night_come_back_and_are_named(finished: Path, tmp_path: Path) -> None:
    with (finished / "reference" / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Tỉnh cực bắc Tây Bắc,12,short,\n")
    (finding,) = in_child(restored, backup_of(finished), tmp_path / "new")
    assert finding.subject == "reference/aliases.csv"
    for home in (finished, tmp_path / "new"):
        in_child(whole_night, home, THIRD)
    assert published_rows(tmp_path / "new") == published_rows(finished)
    assert rows_of(tmp_path / "new" / "warehouse" / "tiendo.duckdb") == published_rows(finished)
