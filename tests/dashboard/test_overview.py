"""Tổng quan: whom to call about what, what changed since the last report, tasks that nobody reports on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard import method_sentences, overview_sentences
from dashboard.language import language
from dashboard.warehouse import Row, open_published
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI, EN = language("vi"), language("en")


def task(indicator: str, **cells: Any) -> Row:
    """A row of `call_tasks.sql`."""
    return {
        "indicator": indicator, "name_vi": "Tên", "name_en": "Name", "value": 932.0, "target": 1868.0,
        "progress_pct": 49.9, "national_pct": 83.8, "change": 71.0, "is_yes_no": False, **cells,
    }  # fmt: skip


def test_a_call_says_what_is_not_done_in_one_line_and_where_the_province_lags() -> None:
    flag = {"value": 0.0, "is_yes_no": True}
    rows = [
        task("central_procedure_system_adopted", value=None, is_yes_no=True),
        task("extension_centre_decided", **flag),
        task("commune_extension_staff_placed", **flag),
        task("procedures_reviewed"),
        task("something_else", change=None),
    ]
    assert overview_sentences.tasks(rows, VI) == [
        "chưa có báo cáo: hệ thống TTHC tập trung",
        "chưa có: quyết định Trung tâm Khuyến nông, bố trí cán bộ khuyến nông xã",
        "rà soát thủ tục 49,9% (932/1.868, +71 so với kỳ trước; cả nước 83,8%)",
        "Tên 49,9% (932/1.868; cả nước 83,8%)",
    ]


def test_what_changed_is_said_under_every_head_also_where_nothing_did() -> None:
    changes = [task("procedures_reviewed", kind="up", change=1743.0, value=53637.0)]
    turns = [task("obstacles_resolved", turn="late", names=["Huế"])]
    resent: list[Row] = [{"short_name": "An Giang", "revision": 2}]
    assert dict(overview_sentences.since_last(changes, turns, resent, VI)) == {
        "Tăng": "rà soát thủ tục +1.743, nay 53.637",
        "Giảm": "không chỉ tiêu nào",
        "Mới chậm": "giải quyết vướng mắc (Huế)",
        "Mới hoàn thành": "không nơi nào",
        "Gửi lại báo cáo": "An Giang (lần 2)",
    }


@pytest.mark.parametrize(
    ("days", "said"),
    [(-114, "ngày hẹn đã qua 114 ngày"), (0, "hôm nay là hạn"), (34, "còn 34 ngày")],
)
def test_a_milestone_is_not_called_late_since_nobody_reports_on_it(days: int, said: str) -> None:
    row: Row = {"due_on": date(2025, 11, 3), "due_inclusive": True, "days_to_due": days, "status": None}
    assert overview_sentences.milestone(row, VI) == f"đến hết ngày 03/11/2025, {said}"


def test_the_first_page_names_calls_changes_and_milestones(opened: Opener) -> None:
    said = words(opened("normal"))
    for head in ("Tăng", "Giảm", "Mới chậm", "Mới hoàn thành", "Gửi lại báo cáo"):
        assert f"<b>{head}</b>: " in said
    assert "An Giang (lần 2)" in said
    assert "địa phương không báo cáo, nên ở đây không biết đã xong chưa" in said
    assert said.count('class="td-call"') == 10
    assert "chưa có: " in said


def test_nobody_is_called_about_what_he_does_better_than_the_country(opened: Opener, homes: Any) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    rows = published.rows("call_tasks")
    assert rows
    assert all(row["progress_pct"] is None or row["progress_pct"] < row["national_pct"] for row in rows)


def test_forecasts_that_are_decided_are_held_to_their_range(opened: Opener) -> None:
    row: Row = {"decided_count": 10, "inside_count": 8, "inside_pct": 80.0, "open_count": 5}
    assert method_sentences.outcomes(row, VI) == (
        "Trong 10 dự báo đã biết kết quả, 8 việc hoàn thành trong khoảng ngày đã nêu (80%); "
        "5 dự báo còn chưa biết kết quả."
    )
    said = words(opened("normal", "sources"))
    assert "việc hoàn thành trong khoảng ngày đã nêu" in said
    assert "Hà Nội tổ chức một Trung tâm một cấp" in said
    assert "■ Quá hạn" in said
    assert "Chưa có dự báo nào đã biết kết quả" in words(opened("empty", "sources"))
