"""The pages Đôn đốc and Chất lượng dữ liệu: calls, sample, ranks, values that stand out and what is noted of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import chase_sentences, links, pages, tables
from dashboard.blocks import chase, outliers
from dashboard.commands import CommandResult
from dashboard.language import language
from dashboard.sentences import due_words
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
VI = language("vi")
OUTLIER: dict[str, Any] = {
    "value": 408.0, "current_value": 408.0, "previous_value": 102.0, "previous_times": 4.0, "history_median": 101.0,
    "usual_times": 4.04, "peer_count": 119, "peer_low": 12.0, "peer_high": 31.0, "kind": "both", "state": "open",
    "unit_level": "commune",
}  # fmt: skip
DIRECTIVE: dict[str, Any] = {
    "title_vi": "Việc", "title_en": "Task", "due_text_vi": "trước 31/12", "due_inclusive": False,
    "due_on": date(2025, 12, 31), "days_to_due": 12,
}  # fmt: skip


def provinces(count: int) -> list[dict[str, Any]]:
    return [{"short_name": f"T{n}", "cumulative_pct": 10.0 * n} for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Về “Việc” ({due}, còn 12 ngày), chỉ còn phải đôn đốc T1."),
        (2, "Về “Việc” ({due}, còn 12 ngày), còn phải đôn đốc 2 địa phương: T1 và T2."),
        (
            9,
            "Về “Việc” ({due}, còn 12 ngày), còn phải đôn đốc 9 địa phương, trong đó 5 nơi sau chiếm 50% phần còn "
            "thiếu của cả nước: T1, T2, T3, T4 và T5.",
        ),
    ],
)
def test_the_opening_names_whom_to_call(count: int, said: str) -> None:
    assert chase_sentences.calls(DIRECTIVE, provinces(count), VI) == said.format(due=due_words(DIRECTIVE, VI))


def test_no_call_is_said_in_words() -> None:
    assert chase_sentences.call_counts([], VI).startswith("Không còn việc nào phải đôn đốc")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "gấp 4 lần kỳ trước (102); 119 xã, phường khác trong tỉnh: 12–31"),
        ({"kind": "peers"}, "119 xã, phường khác trong tỉnh: 12–31"),
        (
            {"previous_value": 400.0, "previous_times": 1.02, "peer_count": None},
            "gấp 4 lần mức thường thấy của đơn vị (101)",
        ),
        ({"value": 30.0, "previous_times": 3.4, "peer_count": None}, "chỉ bằng 1/3,4 kỳ trước (102)"),
        ({"value": 0.0, "previous_times": None, "peer_count": None}, "0, kỳ trước là 102"),
        (
            {"state": "corrected", "current_value": 103.0},
            "gấp 4 lần kỳ trước (102); 119 xã, phường khác trong tỉnh: 12–31; nay là 103",
        ),
        ({"kind": "peers", "unit_level": "province", "peer_count": 33}, "33 tỉnh, thành phố khác: 12–31"),
    ],
)
def test_why_a_value_stands_out_is_said_with_numbers(changed: dict[str, Any], said: str) -> None:
    assert chase_sentences.outlier({**OUTLIER, **changed}, VI) == said


def test_ranks_that_are_shared_are_written_as_shared() -> None:
    rows = [{"rank": 3, "tied_count": tied, "reported_pct": 50.0} for tied in (1, 5)]
    assert [chase_sentences.place(row, VI) for row in rows] == ["3", "3–7"]


@pytest.fixture
def opened(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Any:
    def open_page(kind: str, page: str, **codes: str) -> AppTest:
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


def frame(app: AppTest, column: str) -> Any:
    return next(each.value for each in app.dataframe if column in each.value)


def test_the_calls_are_filtered_by_what_the_address_says(opened: Any) -> None:
    every = frame(opened("normal", "chase"), "Tỷ trọng")
    only = frame(opened("normal", "chase", **{"loc-tinh": "12"}), "Tỷ trọng")
    assert set(only["Tỉnh, thành phố"]) == {"Lai Châu"}
    kinds = frame(opened("normal", "chase", loai="set_aside"), "Tỷ trọng")
    assert len(kinds) < len(every)
    assert kinds["Vì sao"].str.contains("giá trị bị để riêng, chờ tỉnh sửa").all()


def test_each_call_names_its_directive_so_that_no_line_stands_twice(opened: Any) -> None:
    calls = frame(opened("normal", "chase"), "Tỷ trọng")
    asked_twice = calls.duplicated(["Tỉnh, thành phố", "Nhiệm vụ"], keep=False)
    assert asked_twice.any(), "two directives ask for the same task"
    assert not calls.duplicated(["Tỉnh, thành phố", "Nhiệm vụ", "Chỉ đạo"]).any()


def test_the_columns_of_the_calls_fit_a_screen() -> None:
    numbers = {"day": 100, "percent": 85}
    wide = [(tables.WIDTHS | numbers)[kind] for _label, kind in chase._columns(VI).values()]
    assert sum(wide) < 1280 - 40, "1440 pixels less the margins of the page and the box that chooses a line"


def test_a_chosen_call_is_told_in_full(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []

    def choose_first(frame: Any, *_arguments: object, **_named: object) -> int:
        shown.append(frame.iloc[0])
        return 0

    monkeypatch.setattr(chase, "table", choose_first)
    said = words(opened("normal", "chase"))
    first = shown[0]
    missing = [first[cell] for cell in ("name_vi", "title_vi", "reason") if escape(str(first[cell])) not in said]
    assert missing == []
    assert f"({first['document_no']})" in said


def test_the_sample_follows_the_seed_in_the_address(opened: Any) -> None:
    units = [
        list(frame(opened("normal", "chase", **codes), "Điều được báo cáo là đã xong")["Mã đơn vị"])
        for codes in ({}, {"so-gieo": "2026"}, {"so-gieo": "7"}, {"so-gieo": "x"})
    ]
    assert units[0] == units[1] == units[3]
    assert units[0] != units[2]
    assert "mã rút mẫu 7 " in words(opened("normal", "chase", **{"so-gieo": "7"}))


def test_before_the_first_report_the_page_says_whom_to_call_for_it(opened: Any) -> None:
    said = words(opened("empty", "chase"))
    assert "Chưa có báo cáo nào: trước hết cần đôn đốc các địa phương gửi báo cáo." in said
    assert "chưa có gì để xác minh" in said


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
    monkeypatch.setattr(outliers, "run_command", stand_in)
    monkeypatch.setattr(outliers, "table", lambda *arguments, **named: 0)
    return stand_in


def test_what_a_province_says_is_noted_with_the_value_that_was_asked_about(opened: Any, commands: Commands) -> None:
    app = opened("normal", "quality")
    app.text_input(key="note_30292_staff_contracted").input("Sở Nội vụ xác nhận")
    next(button for button in app.button if button.label == "Ghi kết quả").click().run()
    assert not app.exception
    assert commands.asked == [
        [
            "review", "follow-up", "--unit=30292", "--indicator=staff_contracted", "--as-of=2026-02-25",
            "--value=400.0", "--state=confirmed", "--note=Sở Nội vụ xác nhận", "--document=", "--json",
        ]
    ]  # fmt: skip
    assert "Đã ghi." in [each.value for each in app.success]


def test_an_answer_without_a_reason_is_not_noted(opened: Any, commands: Commands) -> None:
    app = opened("normal", "quality")
    next(button for button in app.button if button.label == "Ghi kết quả").click().run()
    assert commands.asked == []
    assert [each.value for each in app.warning] == ["Ghi ai xác nhận và vì sao trước khi bấm."]
