"""Files taken by several processes: the same submissions, and a file that brings its process down harms no other."""

from __future__ import annotations

import datetime
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.gate import file_processes
from pipelines.gate.file_processes import FileFailed, FileProcesses, take_files, take_files_here
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits
from pipelines.reference.load import Reference
from tests.gate.reports import QUANG_NGAI, Desk

RECEIVED_AT = datetime.datetime(2026, 3, 1, 8, 0)
INDICATORS = ("staff_present", "obstacles_raised", "office_adequate")
# Stands for a parser with a fault of its own: it dies over one content, and breaks over another.
FAULTY = """
import os, sys
from pipelines.gate import file_process
from pipelines.gate.submission import FileGate
take = FileGate.take
def faulty(self, arrival, data):
    if data == b"deadly":
        os.abort()
    return take(self, arrival, data) if data != b"broken" else 1 / 0
FileGate.take = faulty
answers = os.fdopen(os.dup(1), "wb")
file_process.serve(sys.stdin.buffer, answers)
"""
# A night that is killed while its processes wait for the next file: it prints their numbers, and sleeps.
KILLED = """
import sys, time, pickle
from pathlib import Path
from pipelines.gate.file_processes import FileProcesses
from pipelines.readers import Limits
from pipelines.reference.load import load_reference
processes = FileProcesses(load_reference(Path(sys.argv[1])), Limits(), 2)
print(*(process._start().pid for process in processes._processes), flush=True)
time.sleep(60)
"""


def arrival(number: int, content: bytes) -> Arrival:
    digest = hashlib.sha256(content).hexdigest()
    return Arrival(number, digest, len(content), f"{number}.xlsx", f"inbox/{number}.xlsx", 0, RECEIVED_AT)


def communes_of(desk: Desk) -> list[str]:
    return [item.commune_code for item in desk.reference.communes if item.province_code == QUANG_NGAI]


@pytest.fixture(scope="module")
def contents(desk: Desk) -> list[bytes]:
    """A good report and several that are not, more than enough to be shared out."""
    good = desk.report({(unit, indicator): 1.0 for unit in communes_of(desk) for indicator in INDICATORS})
    return [good, b"", b"no workbook", good[:500], *(f"STT,{number}".encode() for number in range(6))]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch, country: Reference) -> Iterator[FileProcesses]:
    """Two processes whose reader has faults."""
    monkeypatch.setattr(file_processes, "COMMAND", (sys.executable, "-c", FAULTY))
    processes = FileProcesses(country, Limits(), 2)
    yield processes
    processes.close()


def test_several_processes_take_what_one_takes(contents: list[bytes], desk: Desk) -> None:
    country = desk.reference
    arrivals = [arrival(number, content) for number, content in enumerate(contents)]
    here = take_files_here(arrivals, lambda item: contents[item.sequence], country, Limits())
    processes = FileProcesses(country, Limits(), 2)
    assert processes.take(arrivals, lambda item: contents[item.sequence]) == here
    processes.close()
    assert len(here[0].values) == len(communes_of(desk)) * len(INDICATORS)


def test_processes_stay_for_the_next_batch_of_the_same_tables(reference: Reference, contents: list[bytes]) -> None:
    arrivals = [arrival(number, content) for number, content in enumerate(contents)]
    for _ in range(2):
        assert len(take_files(arrivals, lambda item: contents[item.sequence], reference, Limits())) == len(contents)
    assert len(file_processes._kept) <= 1
    file_processes.end_processes()
    assert file_processes._kept == []


def test_a_deadly_file_is_refused_and_no_other(
    faulty: FileProcesses, contents: list[bytes], country: Reference
) -> None:
    sent = [contents[0], b"deadly", contents[0], b"deadly", contents[0]]
    arrivals = [arrival(number, content) for number, content in enumerate(sent)]
    taken = faulty.take(arrivals, lambda item: sent[item.sequence])
    assert [item.status for item in taken] == ["", "rejected", "", "rejected", ""]
    (fault,) = taken[1].faults
    assert (fault.rule, fault.detail) == ("unreadable_file", "chương trình đọc đã dừng giữa chừng khi mở tệp")


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_file(faulty: FileProcesses) -> None:
    with pytest.raises(FileFailed, match=r"(?s)0\.xlsx: .*ZeroDivisionError"):
        faulty.take([arrival(0, b"broken")], lambda _: b"broken")


def test_the_processes_end_with_a_night_that_is_killed(tmp_path: Path) -> None:
    tables = Path(file_processes.__file__).resolve().parents[2] / "data" / "reference"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tables)], stdout=subprocess.PIPE, text=True) as night:
        assert night.stdout
        numbers = [int(word) for word in night.stdout.readline().split()]
        assert all(is_running(number) for number in numbers)
        night.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while any(is_running(number) for number in numbers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_running(number) for number in numbers)


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
