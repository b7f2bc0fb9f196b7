"""The block Chờ xác nhận: the queue of `tiendo review` on the page, and what its forms have written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from dashboard.blocks import review
from dashboard.commands import TIMED_OUT, CommandResult
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 30
FILE = "000007-1a2b3c4d"
QUEUE: dict[str, Any] = {
    "files": [
        {
            "submission_id": FILE,
            "file": "bao_cao*[1].xlsx",
            "province_code": None,
            "as_of_on": "2026-02-13",
            "rule": "province_missing",
            "is_about_the_envelope": True,
            "message_vi": "Không biết tệp này của tỉnh, thành phố nào.",
            "message_en": "The file does not say which province it is from.",
        },
        {
            "submission_id": "000008-1a2b3c4d",
            "file": "bieu-rieng.xlsx",
            "province_code": "91",
            "as_of_on": "2026-02-13",
            "rule": "new_shape",
            "is_about_the_envelope": False,
            "message_vi": "",
            "message_en": "",
        },
    ],
    "columns": [
        {
            "shape": "0123456789ab",
            "label": "quân số",
            "sheet": "Sheet1",
            "samples": ["31", "42"],
            "value_count": 102,
            "files": ["bieu-rieng.xlsx"],
            "suggestions": ["staff_present"],
        }
    ],
    "units": [
        {
            "province_code": "91",
            "text": "Xã Vĩnh Tế cũ",
            "value_count": 3,
            "files": ["a.xlsx"],
            "candidates": ["30325"],
        }
    ],
    "corrections": [{"correction": "recount", "expected_given": 10.0, "given_value": 11.0, "corrected_value": 12.0}],
    "settled_count": 2,
    "meanings": [
        {"code": "ignore", "name_vi": "không đọc cột, dòng này", "name_en": "ignore"},
        {"code": "staff_present", "name_vi": "Số cán bộ hiện có", "name_en": "Staff present"},
    ],
    "forms": ["CQDP2C"],
    "provinces": {"01": "Hà Nội", "91": "An Giang"},
    "communes": {
        "30325": {"name": "Phường Vĩnh Tế", "province_code": "91"},
        "30292": {"name": "Phường Mỹ Thới", "province_code": "91"},
        "00004": {"name": "Phường Ba Đình", "province_code": "01"},
    },
}
WRITTEN = {"message_vi": "Đã ghi quyết định.", "message_en": "Noted."}


class Commands:
    """Stands in for the command line: answers as told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.queue = CommandResult(0, QUEUE, "")
        self.answer = CommandResult(0, WRITTEN, "")

    def __call__(self, arguments: Sequence[str], timeout: float) -> CommandResult:
        self.asked.append(list(arguments))
        return self.queue if list(arguments) == ["review", "--json"] else self.answer


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    stand_in = Commands()
    monkeypatch.setattr(review, "run_command", stand_in)
    return stand_in


@pytest.fixture
def page(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, commands: Commands) -> AppTest:
    """The quality page, before the queue was asked for."""
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    app.switch_page(pages.script("quality"))
    return app.run()


def opened(page: AppTest) -> AppTest:
    page.button(key="open_review").click().run()
    assert not page.exception
    return page


def submit(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return " ".join(each.value for each in (*page.caption, *page.markdown, *page.success, *page.warning, *page.error))


def test_files_are_read_again_only_when_somebody_asks(page: AppTest, commands: Commands) -> None:
    assert commands.asked == []
    opened(page).run()
    assert commands.asked == [["review", "--json"]]


def test_every_question_has_its_form(page: AppTest) -> None:
    words = said(opened(page))
    assert "Không biết tệp này của tỉnh, thành phố nào" in words
    assert "bieu-rieng.xlsx" in words.replace("\\", "")
    assert "quân số" in words
    assert "Xã Vĩnh Tế cũ" in words
    assert "Số tệp đã được xác định, chờ lượt chạy đêm tới đọc lại: 2." in words
    assert "recount: chờ số báo cáo 10, nay tỉnh báo cáo 11" in words.replace("\\", "")


def test_names_of_files_are_no_markup(page: AppTest) -> None:
    assert "**bao\\_cao\\*\\[1\\].xlsx**" in [each.value for each in opened(page).markdown]


def test_a_decision_about_a_file_is_written_with_its_reason(page: AppTest, commands: Commands) -> None:
    opened(page)
    page.selectbox(key=f"province_{FILE}").select("91")
    page.text_input(key=f"reason_{FILE}").input("=Sở xác nhận")
    submit(page, "Ghi quyết định")
    assert commands.asked[1] == [
        "review", "decide", f"--file={FILE}", "--reason==Sở xác nhận", "--province=91", "--json",
    ]  # fmt: skip
    assert commands.asked[2] == ["review", "--json"]
    assert "Đã ghi quyết định." in said(page)


def test_a_decision_without_a_reason_is_not_written(page: AppTest, commands: Commands) -> None:
    opened(page)
    page.selectbox(key=f"province_{FILE}").select("91")
    submit(page, "Ghi quyết định")
    assert commands.asked == [["review", "--json"]]
    assert "Chọn câu trả lời và ghi lý do trước khi bấm." in said(page)


def test_a_column_is_mapped_and_what_is_like_it_stands_first(page: AppTest, commands: Commands) -> None:
    choice = opened(page).selectbox(key="meaning_0123456789ab_quân số")
    assert choice.options[1] == "Số cán bộ hiện có"
    choice.select("staff_present")
    submit(page, "Ghi nghĩa của cột")
    assert commands.asked[1] == [
        "review", "map", "--shape=0123456789ab", "--label=quân số", "--meaning=staff_present", "--json",
    ]  # fmt: skip


def test_a_name_becomes_a_unit_of_its_own_province(page: AppTest, commands: Commands) -> None:
    choice = opened(page).selectbox(key="unit_91_Xã Vĩnh Tế cũ")
    assert choice.options == ["Chưa xác định", "Phường Vĩnh Tế", "Phường Mỹ Thới"]
    choice.select("30325")
    submit(page, "Ghi tên đơn vị")
    assert commands.asked[1] == [
        "review", "name", "--province=91", "--text=Xã Vĩnh Tế cũ", "--unit=30325", "--json",
    ]  # fmt: skip


def test_what_the_command_refuses_is_shown_in_its_words(page: AppTest, commands: Commands) -> None:
    commands.answer = CommandResult(1, None, "Không thực hiện được. Có lượt chạy đang ghi.")
    opened(page).selectbox(key="unit_91_Xã Vĩnh Tế cũ").select("30325")
    submit(page, "Ghi tên đơn vị")
    assert "Có lượt chạy đang ghi." in said(page)


def test_a_queue_that_takes_too_long_says_so(page: AppTest, commands: Commands) -> None:
    commands.queue = CommandResult(TIMED_OUT, None, "")
    assert "lâu quá mức cho phép" in said(opened(page))
