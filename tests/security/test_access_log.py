"""The access log: lines that are only ever added, and an alteration of any of them is found."""

from __future__ import annotations

import json
import multiprocessing
import stat
from datetime import datetime
from pathlib import Path

import pytest

from audit_trail import chain
from audit_trail.chain import Act, Break

AT = datetime(2026, 11, 22, 8, 0, 0)


def act(action: str = "opened", at: datetime = AT, **detail: str) -> Act:
    return Act(at, "lan", action, ("viewer",), detail)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "audit"


@pytest.fixture
def written(folder: Path) -> Path:
    """Four lines in two months."""
    for number, month in enumerate((10, 10, 11, 11)):
        chain.append(folder, act(at=AT.replace(month=month), page=str(number)))
    return folder


def lines(folder: Path, month: str) -> list[str]:
    return (folder / f"{month}.jsonl").read_text().splitlines()


def put(folder: Path, month: str, content: list[str]) -> None:
    (folder / f"{month}.jsonl").write_text("".join(f"{line}\n" for line in content))


def test_a_line_says_who_did_what_when(folder: Path) -> None:
    chain.append(folder, act("queried", sql="SELECT 'xã'\n;", rows="3"))
    (line,) = lines(folder, "2026-11")
    assert json.loads(line) == {
        "at": "2026-11-22T08:00:00.000",
        "subject": "lan",
        "roles": ["viewer"],
        "action": "queried",
        "detail": {"sql": "SELECT 'xã'\n;", "rows": "3"},
        "previous": chain.FIRST,
    }
    assert chain.acts(folder / "2026-11.jsonl") == [act("queried", sql="SELECT 'xã'\n;", rows="3")]


def test_months_are_files_of_one_chain(written: Path) -> None:
    assert [path.name for path in chain.files(written)] == ["2026-10.jsonl", "2026-11.jsonl"]
    assert chain.breaks(written) == []
    assert chain.newest(written)[0] == 4


def test_an_altered_line_is_found(written: Path) -> None:
    for month, number in (("2026-10", 0), ("2026-10", 1), ("2026-11", 0)):
        before = lines(written, month)
        altered = [*before]
        altered[number] = altered[number].replace('"lan"', '"mai"')
        put(written, month, altered)
        assert chain.breaks(written) == [Break("altered", f"{month}.jsonl:{number + 1}")]
        put(written, month, before)
    put(written, "2026-11", [lines(written, "2026-11")[0], lines(written, "2026-11")[1].replace('"lan"', '"mai"')])
    assert [found.kind for found in chain.breaks(written)] == ["missing_end"]


def test_a_missing_line_is_found_wherever_it_stood(written: Path) -> None:
    first, second = lines(written, "2026-10"), lines(written, "2026-11")
    put(written, "2026-10", first[1:])
    assert chain.breaks(written)
    put(written, "2026-10", first[:1])
    assert chain.breaks(written)
    (written / "2026-10.jsonl").unlink()
    assert chain.breaks(written)
    put(written, "2026-10", first)
    put(written, "2026-11", second[:-2])
    assert chain.breaks(written) == [Break("missing_end", "2026-10.jsonl:2")]
    (written / "2026-11.jsonl").unlink()
    assert chain.breaks(written) == [Break("missing_end", "2026-10.jsonl:2")]


def test_an_added_and_an_unreadable_line_are_found(written: Path) -> None:
    october = lines(written, "2026-10")
    put(written, "2026-10", [*october, october[1]])
    assert chain.breaks(written)
    put(written, "2026-10", [october[0], "not JSON", october[1]])
    assert Break("unreadable", "2026-10.jsonl:2") in chain.breaks(written)
    assert len(chain.acts(written / "2026-10.jsonl")) == 2, "the others can still be read"


def test_a_break_is_not_written_over(written: Path) -> None:
    put(written, "2026-11", lines(written, "2026-11")[:1])
    chain.append(written, act())
    assert chain.breaks(written) == [Break("altered", "2026-11.jsonl:1")]
    chain.append(written, act())
    assert chain.breaks(written) == [Break("altered", "2026-11.jsonl:1")]


def test_a_missing_head_is_found(written: Path) -> None:
    (written / "head").unlink()
    assert chain.breaks(written) == [Break("missing_head", "head")]


def test_a_process_that_died_between_line_and_head_leaves_no_break(written: Path) -> None:
    before = (written / "head").read_text()
    chain.append(written, act())
    (written / "head").write_text(before)
    assert chain.breaks(written) == []
    chain.append(written, act())
    assert chain.breaks(written) == []


def test_a_line_that_a_dying_process_left_unfinished_goes_with_the_next(written: Path) -> None:
    with (written / "2026-11.jsonl").open("a") as file:
        file.write('{"at": "2026-11-2')
    assert chain.breaks(written) == []
    chain.append(written, act())
    assert chain.breaks(written) == []
    assert len(lines(written, "2026-11")) == 3


def test_a_clock_that_was_set_back_does_not_break_the_chain(written: Path) -> None:
    chain.append(written, act(at=AT.replace(year=2020)))
    assert [path.name for path in chain.files(written)] == ["2026-10.jsonl", "2026-11.jsonl"]
    assert chain.breaks(written) == []


def test_an_empty_log_is_whole(folder: Path) -> None:
    assert chain.newest(folder) == (0, chain.FIRST)
    assert chain.breaks(folder) == []


def test_others_on_the_machine_cannot_read_it(written: Path) -> None:
    for path in (written, *written.iterdir()):
        assert not stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO, path


def test_a_disk_that_takes_only_a_part_leaves_whole_lines(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = chain.os.write
    monkeypatch.setattr(chain.os, "write", lambda descriptor, data: write(descriptor, data[:20]))
    with pytest.raises(OSError, match="only a part"):
        chain.append(written, act())
    monkeypatch.undo()
    assert (chain.breaks(written), chain.newest(written)[0]) == ([], 4)


def add_many(folder: Path, count: int) -> None:
    for number in range(count):
        chain.append(folder, act(page=str(number)))


def test_processes_that_write_at_once_make_one_chain(folder: Path) -> None:
    chain.append(folder, act())
    others = [multiprocessing.get_context("fork").Process(target=add_many, args=(folder, 20)) for _ in range(3)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert (chain.breaks(folder), chain.newest(folder)[0]) == ([], 61)
