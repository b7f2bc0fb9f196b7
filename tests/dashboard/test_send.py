"""The page Gửi báo cáo: a file is rehearsed by the command line, shown, and handed in."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from dashboard.blocks import send
from dashboard.commands import CommandResult
from dashboard.settings import REPOSITORY
from pipelines.settings import Settings
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 30
FAULT = {
    "place": "Biểu 04!E12",
    "unit": "Phường Sa Pa",
    "indicator": "Biên chế",
    "given": "đang",
    "expected": "Một số",
    "rule": "not_a_number",
    "severity": "critical",
    "message_vi": "“đang” không phải là số.",
    "message_en": '"đang" is not a number.',
    "fix_vi": "Ghi số vào ô.",
    "fix_en": "Write a number.",
    "cause_place": "",
}
CHANGE = {
    "province_code": "91",
    "indicator": "staff_allocated",
    "name_vi": "Biên chế được giao",
    "name_en": "Posts allocated",
    "province_before": 40.0,
    "province_after": 45.0,
    "national_before": 200000.0,
    "national_after": 200005.0,
}


class CommandLine:
    """Stands in for the child process; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.handed_in = b""
        self.errors = [FAULT]
        self.duplicate_of: str | None = None

    def __call__(self, arguments: list[str], timeout: float) -> CommandResult:
        self.asked.append(arguments)
        if arguments[0] == "receive":
            self.handed_in = Path(arguments[-1]).read_bytes()
            number = hashlib.sha256(self.handed_in).hexdigest()[:12]
            return CommandResult(0, {"receipt": number, "file": "91.xlsx", "place": "gui-len-260228/91.xlsx"}, "")
        if b"broken" in Path(arguments[-1]).read_bytes():
            return CommandResult(1, None, "Không thực hiện được. Lý do nào đó.")
        folder = Path(arguments[2].removeprefix("--out="))
        folder.mkdir()
        answer = folder / "91-can-sua.xlsx"
        answer.write_bytes(b"marked")
        content = said(str(answer))
        content["files"][0] |= {"errors": self.errors, "duplicate_of": self.duplicate_of}
        return CommandResult(2, content, "")


def said(answer: str) -> dict[str, Any]:
    file = {
        "status": "partial",
        "province_code": "91",
        "as_of_on": "2026-02-25",
        "revision": 2,
        "replaces": "91_2026-02-25.xlsx",
        "accepted": 2978,
        "rejected": 1,
        "sheets": [{"sheet": "Biểu 04", "taken": 2978, "set_aside": 1}],
        "errors": [FAULT],
        "answers": {"fix": answer},
    }
    return {"files": [file], "in_force_on": "2026-02-25", "late_history": [], "changes": [CHANGE], "directives": []}


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    found = CommandLine()
    monkeypatch.setattr(send, "run_command", found)
    return found


@pytest.fixture
def page(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, command_line: CommandLine) -> AppTest:
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    app.run()
    app.switch_page(pages.script("send"))
    return app.run()


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def uploaded(app: AppTest, name: str, content: bytes) -> AppTest:
    app.get("file_uploader")[0].upload(name, content)
    app.run()
    assert [str(each.value) for each in app.exception] == []
    return app


def test_a_file_is_described_before_anything_is_taken(page: AppTest, command_line: CommandLine) -> None:
    app = uploaded(page, "91.xlsx", b"bytes")
    shown = words(app)
    assert "Tỉnh An Giang, số liệu đến 25/02/2026." in shown
    assert "2.978 giá trị sẽ được nhận; 1 giá trị để riêng chờ sửa." in shown
    assert "Đây là lần gửi thứ 2 cho ngày này, thay cho tệp 91_2026-02-25.xlsx." in shown
    assert "“đang” không phải là số. <b>Ghi số vào ô.</b>" in shown
    assert [call[0] for call in command_line.asked] == ["check"]


def test_values_that_wait_for_one_cell_are_one_line(page: AppTest, command_line: CommandLine) -> None:
    command_line.errors = [
        {**FAULT, "rule": "unknown_unit", "place": f"Biểu 04!{column}13", "cause_place": "Biểu 04!C13"}
        for column in "DEF"
    ]
    shown = words(uploaded(page, "91.xlsx", b"bytes"))
    assert "Biểu 04!C13" in shown
    assert "3 giá trị của hàng này chờ sửa." in shown
    assert "Biểu 04!E13" not in shown


def test_a_file_received_before_is_said_to_be(page: AppTest, command_line: CommandLine) -> None:
    command_line.duplicate_of = "000012-1a2b3c4d"
    assert "Tệp này đã nhận trước đây" in words(uploaded(page, "91.xlsx", b"bytes"))


def test_the_night_is_rehearsed_once_per_file(page: AppTest, command_line: CommandLine) -> None:
    app = uploaded(page, "91.xlsx", b"bytes")
    app.run()
    assert len(command_line.asked) == 1


def test_handing_in_sends_the_same_bytes_and_gives_the_receipt_number(page: AppTest, command_line: CommandLine) -> None:
    app = uploaded(page, "../91.xlsx", b"bytes")
    app.button(key="hand_in").click().run()
    assert command_line.handed_in == b"bytes"
    assert "--name=91.xlsx" in command_line.asked[-1]
    assert hashlib.sha256(b"bytes").hexdigest()[:12] in app.success[0].value


def test_a_command_that_fails_is_told_in_its_own_words(page: AppTest) -> None:
    app = uploaded(page, "91.xlsx", b"broken")
    assert [each.value for each in app.error] == ["Không thực hiện được. Lý do nào đó."]


def test_the_page_takes_files_as_large_as_the_gate_does() -> None:
    config = tomllib.loads((REPOSITORY / "dashboard/.streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * 1_000_000 == Settings.model_fields["max_file_bytes"].default
