"""Who is named as first or last: never one where several stand level."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import overview_sentences, sentences, topic_sentences
from dashboard.language import language
from dashboard.superlatives import leading
from dashboard.warehouse import Row

VI = language("vi")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ("90", ["T0 9", "T1 0"]),
        ("9876", ["T0 9", "T1 8", "T2 7"]),
        ("98776", ["T0 9", "T1 8", "T2 7", "T3 7"]),
        ("9999996", ["T0 9", "T1 9", "T2 9", "T3 9", "T4 9", "T5 9"]),
        ("97777777", ["T0 9", "7 nơi cùng 7"]),
        ("7777777", ["7 nơi cùng 7"]),
    ],
)
def test_those_level_with_the_last_one_named_are_named_or_counted(values: str, named: list[str]) -> None:
    ranking = [(f"T{place}", value) for place, value in enumerate(values)]
    assert leading(ranking, VI) == named


def test_the_furthest_behind_are_said_with_those_that_tie() -> None:
    rows = [{"short_name": f"T{place}", "progress_pct": 10.0} for place in range(8)]
    assert topic_sentences.worst(rows, "progress_pct", VI) == "Thấp nhất: 8 nơi cùng 10%."


def directive(title: str, days: int, status: str = "overdue") -> Row:
    """A row of `directives.sql`."""
    return {
        "title_vi": title, "title_en": title, "name_vi": "Chỉ tiêu", "name_en": "Indicator", "is_restricted": False,
        "due_on": date(2025, 12, 31), "due_inclusive": False, "days_to_due": days, "status": status,
        "progress_pct": 40.0, "done_province_count": 3, "province_count": 34, "met_on": None,
    }  # fmt: skip


def test_directives_that_are_late_for_the_same_time_are_all_named() -> None:
    level = [directive("A", -57), directive("B", -57, "regressed")]
    others = [directive("C", -20), directive("D", -90, "not_reported")]
    assert sentences.most_urgent([*level, *others], VI) == (
        "Quá hạn lâu nhất (phải xong trước ngày 31/12/2025, quá hạn 57 ngày): “A”, 3/34 địa phương hoàn thành, "
        "“Chỉ tiêu” mới đạt 40%; “B”, 3/34 địa phương hoàn thành, “Chỉ tiêu” mới đạt 40%."
    )
    assert sentences.most_urgent([directive("A", 9, "at_risk")], VI).startswith("Có nguy cơ chậm, gần hạn nhất (")
    assert sentences.most_urgent([directive("A", -9, "met_late")], VI) == ""


def test_whom_to_call_leaves_nobody_out_who_has_as_many() -> None:
    rows = [{"short_name": f"T{place}", "late_count": 9, "risk_count": 0} for place in range(5)]
    assert sentences.whom_to_call(rows, VI) == (
        "Cần đôn đốc trước, vì nhiều nhiệm vụ quá hạn nhất: T0 (9 nhiệm vụ), T1 (9 nhiệm vụ), T2 (9 nhiệm vụ), "
        "T3 (9 nhiệm vụ) và T4 (9 nhiệm vụ)."
    )
    assert overview_sentences.beyond(rows, 3, VI) == "Ngoài ra còn 2 địa phương cũng có 9 nhiệm vụ quá hạn."
    assert overview_sentences.beyond([*rows[:3], {**rows[3], "late_count": 8}], 3, VI) == ""
