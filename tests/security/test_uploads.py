"""The upload field of the page Gửi báo cáo as an attacker has it: every file gets an answer in Vietnamese that says
what to do, and none leaves anything in the home or in the folder for temporary files.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import links, pages
from dashboard.blocks import send
from dashboard.blocks.send import own_name
from dashboard.commands import TIMED_OUT, CommandResult, _json, run_command
from pipelines.commands.main import app as tiendo
from tests.durability.nights import Night, in_child, whole_night
from tests.durability.small_country import write_reference
from tests.security.hostile_files import FILES, LIMITS

APP = Path(links.__file__).with_name("app.py")
DAY = datetime.date(2025, 7, 31)
LARGEST = 200_000
MARKUP = '<img src=x onerror="window.x=1">[x](javascript:x) :material/home:.csv'
HOSTILE = {file.name: file.content for file in FILES}


class Attack(NamedTuple):
    """A file with its name, and what the page says of it."""

    name: str
    content: Callable[[], bytes]
    said: str


ATTACKS = {
    "too large": Attack("bc.xlsx", lambda: bytes(LARGEST + 1), "Tệp vượt giới hạn được nhận"),
    "a bomb": Attack("bc.xlsx", HOSTILE["grows.xlsx"], "Tệp vượt giới hạn được nhận"),
    "parts that climb out": Attack("bc.xlsx", HOSTILE["climbs.xlsx"], "cấu trúc không an toàn nên không được mở"),
    "a name that climbs out": Attack("../../../outside/bc.csv", lambda: b"x;y\n1;2\n", "chưa rõ tỉnh, thành phố nào"),
    "a name of another system": Attack("C:\\Windows\\bc.csv", lambda: b"x;y\n1;2\n", "chưa rõ tỉnh, thành phố nào"),
    "a name with markup": Attack(MARKUP, lambda: b"x;y\n1;2\n", "chưa rõ tỉnh, thành phố nào"),
    "a name longer than a disk takes": Attack("ế" * 400 + ".csv", lambda: b"x;y\n1;2\n", "chưa rõ tỉnh, thành phố nào"),
    "an option as a name": Attack("--home=x", lambda: b"x;y\n1;2\n", "chưa rõ tỉnh, thành phố nào"),
    "nothing in it": Attack("bc.xlsx", lambda: b"", "tệp rỗng (0 byte)"),
    "another kind of file": Attack("bc.xlsx", lambda: b"\x7fELF\x02\x01\x01" + bytes(64), "Chưa nhận được tệp dạng"),
    "another ending": Attack("bc.exe", HOSTILE["climbs.xlsx"], "cấu trúc không an toàn nên không được mở"),
}


def in_this_process(arguments: list[str], timeout: float) -> CommandResult:
    """The command, without a process of its own, which would import everything anew for each attack."""
    done = CliRunner().invoke(tiendo, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return CommandResult(done.exit_code, _json(done.stdout), done.stderr.strip())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has published without any report."""
    home = tmp_path_factory.mktemp("uploads") / "home"
    write_reference(home / "reference")
    in_child(whole_night, home, Night(DAY))
    return home


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def page(home: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for name, value in {**LIMITS, "TIENDO_HOME": str(home), "TIENDO_TODAY": "2025-08-03"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TIENDO_MAX_FILE_BYTES", str(LARGEST))
    monkeypatch.setattr(send, "run_command", in_this_process)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.run()
    return app.switch_page(pages.script("send")).run()


def words(app: AppTest) -> str:
    """All that the page says, as a reader has it."""
    said = [str(element.proto.body) for kind in ("html", "alert") for element in app.get(kind)]
    return unescape(" ".join(said))


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if "audit" not in path.parts}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_gets_an_answer_and_leaves_nothing(page: AppTest, home: Path, scratch: Path, attack: str) -> None:
    name, content, said = ATTACKS[attack]
    before = files_of(home)
    page.get("file_uploader")[0].upload(name, content())
    page.run()
    assert [str(each.value) for each in page.exception] == []
    assert said in words(page)
    assert files_of(home) == before
    assert list(scratch.iterdir()) == []


def test_the_name_under_which_a_file_is_sent_is_one_name_and_no_more(page: AppTest, home: Path, scratch: Path) -> None:
    page.get("file_uploader")[0].upload("../../" + MARKUP, b"x;y\n1;2\n")
    page.run()
    page.button(key="hand_in").click().run()
    assert [str(each.value) for each in page.exception] == []
    (sent,) = [path for path in (home / "inbox").rglob("*") if path.is_file()]
    assert sent.parent.parent == home / "inbox"
    assert not set('<>"/:[') & set(sent.name)
    assert list(scratch.iterdir()) == []
    sent.unlink()


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\bc.xlsx", "bc.xlsx"),
        ("Ba\u0301o ca\u0301o.xlsx", "Báo cáo.xlsx"),
        ("\x00\udc80\n.xlsx", "___.xlsx"),
        ("...", "bao-cao"),
        ("ế" * 400 + ".xlsx", "ế" * 51 + ".xlsx"),
    ],
)
def test_a_file_is_tried_under_a_name_that_any_disk_takes(given: str, own: str) -> None:
    assert own_name(given) == own


def test_files_of_one_name_sent_at_once_are_all_there(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(home))
    for number in range(3):
        (tmp_path / str(number)).write_bytes(b"%d" % number)
    commands = [["receive", "--json", "--name=bc.xlsx", str(tmp_path / str(number))] for number in range(3)]
    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(lambda command: run_command(command, 120), commands))
    assert all(result.is_success for result in results)
    kept = [path for path in (home / "inbox").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in kept) == [b"0", b"1", b"2"]
    assert {path.name for path in kept} == {"bc.xlsx", "bc (2).xlsx", "bc (3).xlsx"}


def test_what_a_stopped_command_has_unpacked_goes_with_it(
    home: Path, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(home))
    monkeypatch.setattr("dashboard.commands.COMMAND", ("/bin/sh", "-c", 'cp /bin/sh "$TMPDIR" && sleep 60'))
    assert run_command(["check"], 0.5).exit_code == TIMED_OUT
    assert list(scratch.iterdir()) == []
