"""What arrived and which run took it: appended only, each line with the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.landing.journal import FIRST, Arrival, Journal, JournalBroken, Run

MORNING = datetime(2026, 2, 14, 8, 0)


def arrival(sequence: int, name: str = "báo cáo.xlsx") -> Arrival:
    return Arrival(sequence, f"{sequence:064x}", 100, name, f"/inbox/{name}", 1_770_000_000_000_000_000, MORNING)


RUN = Run("run-1", 2, date(2026, 2, 13), datetime(2026, 2, 16, 1, 30))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of two arrivals and a run."""
    path = tmp_path / "landing" / "journal.jsonl"
    Journal(path).append([arrival(1), arrival(2), RUN])
    return path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_what_was_written_is_read_again(path: Path) -> None:
    journal = Journal(path)
    assert journal.arrivals == [arrival(1), arrival(2)]
    assert journal.runs == [RUN]


def test_no_journal_is_an_empty_one(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert (journal.arrivals, journal.runs) == ([], [])
    assert not (tmp_path / "journal.jsonl").exists()


def test_later_lines_continue_the_chain(path: Path) -> None:
    Journal(path).append([arrival(3)])
    assert [item.sequence for item in Journal(path).arrivals] == [1, 2, 3]
    previous = [json.loads(line)["previous"] for line in lines(path)]
    assert previous[0] == FIRST
    assert len(set(previous)) == 4


def test_a_person_can_read_it(path: Path) -> None:
    assert "báo cáo.xlsx" in lines(path)[0]
    assert '"received_at": "2026-02-14T08:00:00"' in lines(path)[0]


def test_submissions_sort_in_the_order_of_arrival() -> None:
    ids = [arrival(sequence).submission_id for sequence in (1, 2, 10, 999_999)]
    assert ids == sorted(ids)
    assert ids[0] == "000001-00000000"


def test_a_writer_drops_a_line_without_its_end_and_a_reader_passes_it_over(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind": "arr')
    assert len(Journal(path, is_writer=False).arrivals) == 2
    assert path.read_bytes() != whole
    assert len(Journal(path).arrivals) == 2
    assert path.read_bytes() == whole


def test_a_journal_of_one_unfinished_line_is_empty(path: Path) -> None:
    path.write_bytes(b'{"kind"')
    assert Journal(path).arrivals == []
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: [rows[0].replace("báo cáo", "bao cao"), *rows[1:]], "line 2: the line before it was altered"),
        (lambda rows: rows[1:], "line 1: the line before it was altered or removed"),
        (lambda rows: [rows[0], rows[2]], "line 2: the line before it was altered or removed"),
        (lambda rows: [rows[1], rows[0], rows[2]], "line 1"),
        (lambda rows: [rows[0], rows[0], *rows[1:]], "line 2"),
        (lambda rows: ["no JSON", *rows[1:]], "line 1: it is not as it was written"),
        (lambda rows: ['{"kind": "arrival"}', *rows[1:]], "line 1: it is not as it was written"),
        (lambda rows: [*rows, '"text"'], "line 4: it is not as it was written"),
    ],
)
def test_an_altered_removed_or_moved_line_is_found_and_named(
    path: Path, change: Callable[[list[str]], list[str]], words: str
) -> None:
    path.write_text("".join(f"{line}\n" for line in change(lines(path))), encoding="utf-8")
    with pytest.raises(JournalBroken, match=words):
        Journal(path)


@pytest.mark.parametrize("name", ["a\u2028b.xlsx", "a\u0085b.xlsx", 'a"b\\c.xlsx', "a\nb.xlsx", "=HYPERLINK(1).xlsx"])
def test_no_name_breaks_a_line(path: Path, name: str) -> None:
    Journal(path).append([arrival(3, name)])
    assert Journal(path).arrivals[2].file_name == name


def test_sources_are_known_again_by_path_time_and_size(path: Path) -> None:
    source = ("/inbox/báo cáo.xlsx", 1_770_000_000_000_000_000, 100)
    assert Journal(path).seen_sources() == {source}
    assert Journal(path).seen_sources(after=2) == set()
