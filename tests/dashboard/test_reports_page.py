"""Báo cáo và tiến độ gửi, and how much has to be set aside: who is missing, who usually is late, who gets better."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard import quality_sentences, report_sentences
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI = language("vi")


def sender(name: str, status: str, on_time_pct: float | None) -> Row:
    return {"short_name": name, "status": status, "on_time_pct": on_time_pct, "period_count": 6}


def test_of_those_missing_it_is_said_how_they_usually_report() -> None:
    rows = [sender("Huế", "missing", 50.0), sender("Cà Mau", "empty", 100.0), sender("Hà Nội", "on_time", 100.0)]
    assert report_sentences.habits(rows, VI) == (
        "Trong 6 kỳ đã đến hạn gần nhất: Huế hay chậm, đúng hạn 50%; Cà Mau thường đúng hạn (100%)."
    )
    assert report_sentences.habits(rows[2:], VI) == ""
    assert "Huế chưa có kỳ nào để biết" in report_sentences.habits([sender("Huế", "missing", None)], VI)


def test_files_of_a_day_are_counted_with_what_became_of_them() -> None:
    file = {"province_code": "91", "revision": 1, "accepted_count": 1200, "rejected_count": 2}
    assert report_sentences.files([file, {**file, "revision": 2}], date(2026, 2, 25), VI) == (
        "Kỳ 25/02/2026: nhận 2 tệp của 1 địa phương, 2.400 giá trị, 4 để riêng; 1 tệp là gửi lại."
    )
    assert report_sentences.files([], date(2026, 2, 25), VI) == "Không có tệp nào của kỳ 25/02/2026."


def rate(name: str, recent: float | None, before: float | None, rejected: int = 1) -> Row:
    return {"short_name": name, "recent_pct": recent, "before_pct": before, "all_rejected_count": rejected}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Chưa có báo cáo nào để so sánh."),
        ([rate("Huế", 0.0, 0.0, 0)], "Chưa kỳ nào có giá trị bị để riêng."),
        (
            [rate("Huế", 1.0, 3.0), rate("Cà Mau", 2.0, 1.0), rate("Hà Nội", 0.0, None)],
            "Trong ba kỳ gần nhất, 2/3 địa phương có giá trị bị để riêng. Ít hơn ba kỳ trước đó: Huế. "
            "Nhiều hơn ba kỳ trước đó: Cà Mau.",
        ),
        (
            [rate("Huế", 1.0, 1.0)],
            "Trong ba kỳ gần nhất, 1/1 địa phương có giá trị bị để riêng. "
            "Không nơi nào thay đổi so với ba kỳ trước đó.",
        ),
    ],
)
def test_who_gets_better_is_said_by_name(rows: list[Row], said: str) -> None:
    assert quality_sentences.trends(rows, VI) == said


def frame(app: Any, column: str) -> Any:
    return next(each.value for each in app.dataframe if column in each.value)


def test_the_missing_stand_on_top_with_their_habit(opened: Opener) -> None:
    app = opened("normal", "reports")
    senders = frame(app, "Thường đúng hạn")
    assert list(senders["Tình trạng"])[:2] == ["■ Chưa gửi", "▲ Gửi chậm"]
    assert list(senders["Tỉnh, thành phố"])[:2] == ["Lai Châu", "Quảng Trị"]
    assert "Một địa phương chưa có báo cáo: Lai Châu." in words(app)


def test_the_reports_page_ranks_the_provinces(opened: Opener) -> None:
    app = opened("normal", "reports")
    assert "32/34 địa phương gửi đúng hạn tất cả" in words(app)
    league = frame(app, "Hạng")
    assert list(league["Hạng"])[:2] == ["1–32", "1–32"]
    assert list(league["Tỉnh, thành phố"])[-1] == "Quảng Trị"


def test_the_files_are_those_of_the_day_in_the_address(opened: Opener) -> None:
    newest = frame(opened("normal", "reports"), "Dấu vân tay sha256")
    assert len(newest) == 34, "33 provinces, one of them twice"
    earlier = frame(opened("normal", "reports", ky="2026-01-31"), "Dấu vân tay sha256")
    assert set(earlier["Kỳ"].dt.date) == {date(2026, 1, 31)}


def test_the_share_set_aside_is_shown_by_province(opened: Opener) -> None:
    rates = frame(opened("normal", "quality"), "Ba kỳ trước đó")
    assert set(rates["Tỉnh, thành phố"][:4]) == {"Sơn La", "Hà Tĩnh", "Khánh Hòa", "An Giang"}
    assert rates["Giá trị để riêng, kỳ mới nhất"].iloc[0] == 2
