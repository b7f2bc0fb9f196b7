"""Báo cáo và tiến độ gửi, and how much has to be set aside: who is missing, who usually is late, who gets better."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard import chase_sentences, quality_sentences, report_sentences
from dashboard.figures.template import day_axis
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI = language("vi")


NEWEST = date(2026, 2, 15)


def sender(name: str, status: str, on_time_count: int | None, newest_on: date | None = NEWEST) -> Row:
    return {
        "short_name": name,
        "status": status,
        "on_time_count": on_time_count,
        "period_count": 6 if on_time_count is not None else None,
        "newest_reported_on": newest_on,
    }


def test_of_those_missing_it_is_said_how_often_they_were_in_time() -> None:
    rows = [sender("Huế", "missing", 3), sender("Cà Mau", "empty", 6), sender("Hà Nội", "on_time", 6)]
    assert report_sentences.habits(rows, VI) == (
        "Trong 6 kỳ đã đến hạn gần nhất, số kỳ gửi đúng hạn: Huế 3 kỳ, Cà Mau 6 kỳ."
    )
    assert report_sentences.habits(rows[2:], VI) == ""
    assert report_sentences.habits([sender("Huế", "missing", None)], VI) == "", "no period counts yet"


def test_who_has_never_sent_is_said_apart_and_not_called_late() -> None:
    rows = [sender("Huế", "missing", 3), sender("Lai Châu", "missing", 0, None), sender("Hà Nội", "on_time", 6)]
    assert report_sentences.habits(rows, VI) == (
        "Trong 6 kỳ đã đến hạn gần nhất, số kỳ gửi đúng hạn: Huế 3 kỳ. Chưa từng gửi số liệu: Lai Châu."
    )
    assert report_sentences.habits(rows[1:2], VI) == "Chưa địa phương nào từng gửi số liệu."


def ranked(name: str, rank: int, on_time_count: int, reported_pct: float) -> Row:
    return {
        "short_name": name,
        "rank": rank,
        "tied_count": 1,
        "on_time_count": on_time_count,
        "period_count": 6,
        "on_time_pct": 100 * on_time_count / 6,
        "reported_pct": reported_pct,
    }


def test_who_has_sent_nothing_has_no_place_in_the_league() -> None:
    rows = [ranked("Hà Nội", 1, 6, 100.0), ranked("Huế", 2, 2, 50.0), ranked("Lai Châu", 3, 0, 0.0)]
    assert chase_sentences.league(rows, VI) == (
        "Trong 6 kỳ đã đến hạn gần nhất, 1/3 địa phương gửi đúng hạn tất cả. Cuối bảng: Huế, đúng hạn 33,3%. "
        "Không xếp hạng nơi chưa gửi số liệu của kỳ nào trong số đó: Lai Châu."
    )
    assert [chase_sentences.place(row, VI) for row in rows] == ["1", "2", "chưa gửi"]
    assert chase_sentences.league(rows[2:], VI).endswith(
        "Chưa địa phương nào gửi số liệu của kỳ nào trong số đó, nên chưa xếp hạng được."
    )


def test_before_the_first_report_nobody_is_ranked_or_called_late(opened: Opener) -> None:
    app = opened("empty", "reports")
    said = words(app)
    assert "Chưa địa phương nào từng gửi số liệu." in said
    league = frame(app, "Hạng")
    assert set(league["Hạng"]) == {"chưa gửi"}
    assert league[["Đổi hạng", "Ô đã điền"]].isna().all(axis=None)
    assert frame(app, "Thường đúng hạn")["Thường đúng hạn"].isna().all()


def test_days_on_the_axes_have_their_year_where_it_begins() -> None:
    across = day_axis([date(2025, 12, 15), date(2025, 12, 31), date(2026, 1, 15), date(2026, 1, 31)], VI)
    assert across["ticktext"] == ["15/12/2025", "31/12", "15/01/2026", "31/01"]
    assert across["tickvals"] == ["15/12/2025", "31/12/2025", "15/01/2026", "31/01/2026"], "each has its own place"
    assert day_axis([date(2026, 1, 15), date(2026, 1, 31)], language("en"))["ticktext"] == ["15 Jan 2026", "31 Jan"]


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
        ([], "Chưa có báo cáo nào nên chưa so sánh được các kỳ."),
        ([rate("Huế", 0.0, 0.0, 0)], "Ở 1 địa phương đã gửi báo cáo, chưa kỳ nào có giá trị bị để riêng."),
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
        (
            [rate("Huế", 1.0, None), rate("Cà Mau", 0.0, None)],
            "Trong ba kỳ gần nhất, 1/2 địa phương có giá trị bị để riêng. Chưa có ba kỳ trước đó để so sánh.",
        ),
    ],
)
def test_who_gets_better_is_said_by_name(rows: list[Row], said: str) -> None:
    assert quality_sentences.trends(rows, VI) == said


def rule(title: str, severity: str, count: int) -> Row:
    return {"title_vi": title, "title_en": "", "severity": severity, "value_count": count}


@pytest.mark.parametrize(
    ("rules", "file_count", "said"),
    [
        ([], 0, "Chưa nhận tệp báo cáo nào nên chưa có gì để kiểm tra."),
        ([], 3, "Trong 3 tệp đã nhận, không giá trị nào bị để riêng hoặc có lưu ý."),
        (
            [rule("Khác lần trước", "warning", 43)],
            3,
            "Trong 3 tệp đã nhận: không giá trị nào bị để riêng; 43 giá trị được nhận kèm lưu ý. "
            "Nhiều nhất vì: Khác lần trước.",
        ),
        (
            [rule("Không phải số", "critical", 2), rule("Vượt", "critical", 2), rule("Tệp hỏng", "file", 1)],
            3,
            "Trong 3 tệp đã nhận: 4 giá trị bị để riêng; không giá trị nào có lưu ý. "
            "Nhiều nhất vì: Không phải số; Vượt.",
        ),
    ],
)
def test_what_was_set_aside_is_not_what_was_noted_and_nothing_checked_is_not_nothing_found(
    rules: list[Row], file_count: int, said: str
) -> None:
    assert quality_sentences.findings(rules, file_count, VI) == said


def test_before_the_first_report_nothing_sounds_checked(opened: Opener) -> None:
    app = opened("empty", "quality")
    said = words(app) + " ".join(each.value for each in app.caption)
    assert "Chưa nhận tệp báo cáo nào nên chưa có gì để kiểm tra." in said
    assert "Chưa có báo cáo nào nên chưa xét được giá trị khác thường." in said
    assert "Chưa nhận tệp báo cáo nào." in said
    assert [text for text in ("Không có giá trị", "không thấy", "Không có dòng") if text in said] == []


def test_rules_are_named_in_words_and_not_by_their_code(opened: Opener) -> None:
    said = words(opened("normal", "quality"))
    assert "Ô không phải là số" in said
    assert "value_not_a_number" not in said
    assert "Để riêng, không tính" in said


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
