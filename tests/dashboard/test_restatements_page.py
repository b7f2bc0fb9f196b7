"""The page Đính chính: what was changed after it was reported, in sentences and cell by cell, and the reasons given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages, restatement_sentences
from dashboard.blocks import restatements
from dashboard.commands import CommandResult
from dashboard.language import language
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
VI, EN = language("vi"), language("en")
COUNTS: dict[str, Any] = {
    "restatement_count": 26, "province_count": 17, "value_count": 43, "asked_count": 0, "correction_count": 0,
    "first_on": date(2025, 7, 15),
}  # fmt: skip
FIGURE: dict[str, Any] = {
    "name_vi": "Trung tâm", "name_en": "Centres", "as_of_on": date(2025, 10, 15), "effect": -2.0,
    "value_before": 1302.0, "value_after": 1300.0,
}  # fmt: skip
CHANGED: dict[str, Any] = {
    "name_vi": "Trung tâm", "name_en": "Centres", "as_of_on": date(2025, 10, 15), "correction": None,
    "restated_at": datetime(2025, 10, 16, 9), "changed_count": 2, "whole_effect": -2.0, "asked_count": 0,
    "unit_name": None, "old_value": None, "new_value": None,
}  # fmt: skip
STATUS: dict[str, Any] = {"short_name": "An Giang", "status_before": "met_on_time", "status_after": "regressed"}


def opening(status_count: int = 0, figures: Sequence[dict[str, Any]] = (FIGURE,), **changed: Any) -> str:
    return " ".join(restatement_sentences.counts(COUNTS | changed, figures, status_count, 592, VI))


def test_the_opening_says_how_often_what_changed_most_and_what_lacks_a_reason() -> None:
    assert opening(3, asked_count=2) == (
        "Từ kỳ 15/07/2025 đã có 26 lần điều chỉnh ở 17 địa phương, đổi 43 giá trị. Số cả nước đổi nhiều nhất: "
        "“Trung tâm” ngày 15/10/2025 từ 1.302 xuống 1.300. "
        "Ba tình trạng thay đổi; 2 lần rút số đã báo cáo hoàn thành mà chưa nêu lý do."
    )


def test_what_did_not_happen_is_said() -> None:
    said = opening(figures=[])
    assert "Không số nào của cả nước thay đổi." in said
    assert said.endswith("Không tình trạng nào thay đổi; không lần nào rút số đã báo cáo hoàn thành mà chưa nêu lý do.")
    assert opening(restatement_count=0) == (
        "Trong 592 tệp đã nhận, chưa tệp nào đổi giá trị đã báo cáo; Bộ cũng chưa đính chính giá trị nào."
    )


def test_english_tells_one_from_many() -> None:
    one = restatement_sentences.counts(COUNTS | {"restatement_count": 1, "asked_count": 1}, [], 1, 592, EN)
    assert one[0].startswith("Since the figures of 15 Jul 2025 there was 1 restatement in")
    assert one[1] == "One status changed; 1 restatement took back a reported completion without a reason."


def test_one_restatement_is_said_with_its_effect_and_its_statuses() -> None:
    assert restatement_sentences.restatement([CHANGED], [STATUS], VI) == (
        "gửi lại số liệu ngày 15/10/2025 (16/10/2025 09:00): 2 đơn vị đổi giá trị “Trung tâm”, toàn quốc −2; "
        "An Giang từ “Hoàn thành đúng hạn” sang “Đã đạt rồi giảm”."
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"changed_count": 1, "unit_name": "Xã Bình Lư", "old_value": 3.0, "new_value": 5.0, "whole_effect": 2.0},
            "“Trung tâm” của xã Bình Lư từ 3 lên 5, toàn quốc +2.",
        ),
        ({"whole_effect": None}, "2 đơn vị đổi giá trị “Trung tâm”."),
        ({"whole_effect": 0.0}, "2 đơn vị đổi giá trị “Trung tâm”, toàn quốc không đổi."),
        ({"correction": "c1"}, "Bộ đính chính số liệu ngày 15/10/2025"),
        ({"asked_count": 1}, "toàn quốc −2; 1 giá trị chưa nêu lý do."),
    ],
)
def test_each_kind_of_restatement_has_its_words(changed: dict[str, Any], said: str) -> None:
    assert said in restatement_sentences.restatement([CHANGED | changed], [], VI)


def test_many_indicators_of_one_restatement_are_counted() -> None:
    assert restatement_sentences.restatement([CHANGED] * 6, [], VI).endswith("; 2 chỉ tiêu khác.")


def test_a_reason_is_shown_with_its_document_and_a_missing_one_is_said() -> None:
    given = {"reason": "nhầm dòng", "reason_document_no": "7/UBND", "asks_reason": True}
    assert restatement_sentences.reason(given, VI) == "nhầm dòng (7/UBND)"
    assert restatement_sentences.reason({"reason": None, "asks_reason": True}, VI) == "chưa nêu lý do"
    assert restatement_sentences.reason({"reason": None, "asks_reason": False}, VI) == ""


@pytest.fixture
def opened(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Any:
    def open_page(kind: str, page: str = "restatements", **codes: str) -> AppTest:
        monkeypatch.setenv("TIENDO_HOME", str(homes[kind]))
        monkeypatch.setenv("TIENDO_TODAY", TODAY)
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        app.switch_page(pages.script(page))
        for name, code in codes.items():
            app.query_params[name] = code
        app.run()
        assert not app.exception
        return app

    return open_page


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def values(app: AppTest) -> Any:
    return next(each.value for each in app.dataframe if "Tệp trước" in each.value)


def test_the_page_opens_with_what_was_changed(opened: Any) -> None:
    said = words(opened("normal"))
    assert "đã có 2 lần điều chỉnh ở 2 địa phương, đổi 3 giá trị" in said
    assert "Hai tình trạng thay đổi; 1 lần rút số" in said
    assert "cả nước từ “Quá hạn” sang “Đã đạt rồi giảm”" in said


def test_each_value_has_its_cells_before_and_after(opened: Any) -> None:
    table = values(opened("normal"))
    taken_back = table[table["Lý do"] == "chưa nêu lý do"].iloc[0]
    assert (taken_back["Trước"], taken_back["Sau"], taken_back["Tệp trước"], taken_back["Tệp sau"]) == (
        1.0, 0.0, "91_2026-02-25.xlsx", "91_2026-02-25_sua.xlsx",
    )  # fmt: skip
    assert "An Giang từ “Hoàn thành đúng hạn” sang “Đã đạt rồi giảm”" in taken_back["Tình trạng thay đổi"]
    assert set(table[table["Điều chỉnh bởi"] == "Bộ đính chính"]["Đơn vị"]) == {"Đặc khu Hoàng Sa"}


def test_a_table_that_is_cut_off_says_of_how_many(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.blocks.restatements.TABLE_ROWS", 1)
    page = opened("normal")
    assert len(values(page)) == 1
    assert "1 giá trị mới nhất trong 3" in words(page)


@pytest.mark.parametrize(
    ("codes", "units"),
    [
        ({"loc-tinh": "48"}, {"20333"}),
        ({"chi-tieu": "staff_present"}, {"30292", "20333"}),
        ({"chi-xem": "status"}, {"91"}),
        ({"chi-xem": "reason"}, {"91"}),
    ],
)
def test_the_address_filters_the_log(opened: Any, codes: dict[str, str], units: set[str]) -> None:
    assert set(values(opened("normal", **codes))["Mã đơn vị"]) == units


def test_where_nothing_was_restated_the_page_says_so(opened: Any) -> None:
    assert "Chưa nhận tệp báo cáo nào nên chưa có số liệu để điều chỉnh." in words(opened("empty"))


def test_a_province_shows_its_own_restatements(opened: Any) -> None:
    assert "Bộ đính chính số liệu ngày 25/02/2026" in words(opened("normal", "province", tinh="48"))
    captions = [each.value for each in opened("normal", "province", tinh="01").caption]
    assert "Chưa có số liệu nào của địa phương này được điều chỉnh." in captions


class Commands:
    """Stands in for the command line."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, arguments: Sequence[str], timeout: float) -> CommandResult:
        self.asked.append(list(arguments))
        return CommandResult(0, {"message_vi": "Đã ghi.", "message_en": "Noted."}, "")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    stand_in = Commands()
    monkeypatch.setattr(restatements, "run_command", stand_in)
    monkeypatch.setattr(restatements, "table", lambda *arguments, **named: 0)
    return stand_in


def test_the_reason_that_a_province_gives_is_noted(opened: Any, commands: Commands) -> None:
    app = opened("normal", **{"chi-xem": "reason"})
    app.text_input(key="why_91-20260225-2_91_extension_centre_decided").input("Nhầm dòng")
    next(button for button in app.button if button.label == "Ghi lý do").click().run()
    assert commands.asked == [
        [
            "review", "reason", "--submission=91-20260225-2", "--reason=Nhầm dòng", "--document=", "--json",
            "--unit=91", "--indicator=extension_centre_decided", "--as-of=2026-02-25",
        ]
    ]  # fmt: skip
    assert "Đã ghi." in [each.value for each in app.success]


def test_nothing_is_noted_without_a_reason(opened: Any, commands: Commands) -> None:
    app = opened("normal", **{"chi-xem": "reason"})
    next(button for button in app.button if button.label == "Ghi lý do").click().run()
    assert commands.asked == []
    assert [each.value for each in app.warning] == ["Ghi lý do tỉnh trả lời trước khi bấm."]


def test_a_value_that_asks_for_no_reason_has_no_form(opened: Any, commands: Commands) -> None:
    app = opened("normal", **{"loc-tinh": "48"})
    assert "Ghi lý do" not in [button.label for button in app.button]
