"""`tiendo brief`: which database it reads, what it refuses, and that the file is that of the page."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboard.brief.__main__ import main
from dashboard.brief.files import compute, write
from dashboard.warehouse import open_published
from pipelines.commands import brief
from pipelines.commands.main import app

THEN = Path("/published/as-known/000001-2026-02-14-newest.duckdb")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The processes that the command would start, and a database of an earlier day without the work of making it."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, stderr="")

    def as_known(
        _settings: object, known_on: datetime.date, as_of: datetime.date | None, _now: object, clearance: str
    ) -> Path:
        assert clearance == "restricted"
        commands.append(["as-known", str(known_on), str(as_of)])
        return THEN

    monkeypatch.setattr(brief.subprocess, "run", run)
    monkeypatch.setattr(brief, "as_known", as_known)
    return commands


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path) -> Path:
    """A home of its own: the pages of other tests hold the published file open."""
    return Path(copytree(homes["normal"], tmp_path / "home", symlinks=True))


def ask(home: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["brief", f"--home={home}", *arguments], env={"COLUMNS": "400"})
    return result.exit_code, " ".join(result.output.split())


def test_the_command_writes_the_file_of_the_page(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "bao-cao.pdf"
    code, said = ask(home, f"--out={out}", "--province=91", "--as-of=2026-02-25")
    assert (code, said) == (0, f"Báo cáo: {out}")
    published = open_published(home / "published" / "current", "restricted")
    assert published is not None
    assert out.read_bytes() == write(compute(published, "91", is_present=True), ".pdf")


def test_the_newest_figures_are_read_as_published(home: Path, started: list[list[str]], tmp_path: Path) -> None:
    assert ask(home, f"--out={tmp_path / 'a.docx'}")[0] == 0
    (command,) = started
    assert command[-1].endswith("restricted.duckdb")
    assert "--past" not in command


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["--as-of=2026-02-13"], ["as-known", "2026-02-28", "2026-02-13"]),
        (["--known-on=2026-02-14"], ["as-known", "2026-02-14", "None"]),
        (["--known-on=2026-02-14", "--as-of=2026-02-13"], ["as-known", "2026-02-14", "2026-02-13"]),
    ],
)
def test_an_earlier_day_is_restored_first(
    home: Path, started: list[list[str]], tmp_path: Path, asked: list[str], made: list[str]
) -> None:
    assert ask(home, f"--out={tmp_path / 'a.docx'}", *asked)[0] == 0
    assert started[0] == made
    assert started[1][-2:] == [f"--database={THEN}", "--past"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--out=a.odt"], "phải kết thúc bằng .docx, .pdf, .xlsx; đã cho “a.odt”"),
        (["--out=/khong/co/a.pdf"], "Không có thư mục /khong/co"),
        (["--out=/tmp/a.pdf", "--as-of=2026-03-20"], "Số liệu mới nhất là của ngày 25/02/2026"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_starts(
    home: Path, started: list[list[str]], arguments: list[str], reason: str
) -> None:
    code, said = ask(home, *arguments)
    assert (code, started) == (1, [])
    assert reason in said


@pytest.mark.parametrize(
    ("kind", "arguments", "reason"),
    [
        ("empty", [], "chưa có báo cáo nào của địa phương"),
        ("normal", ["--province=99"], "Không có tỉnh, thành phố mã “99”"),
    ],
)
def test_without_anything_to_say_no_file_is_written(
    homes: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    arguments: list[str],
    reason: str,
) -> None:
    database, out = homes[kind] / "published" / "current" / "restricted.duckdb", tmp_path / "a.pdf"
    assert main([f"--database={database}", f"--out={out}", *arguments]) == 1
    assert reason in capsys.readouterr().err
    assert not out.exists()
