"""So sánh: gaps stay gaps, carried values say so, a region is the sum of its provinces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import comparison_sentences
from dashboard.comparison_markup import Compared, paired_bars
from dashboard.figures.comparison import LABEL_GAP, slope
from dashboard.language import language
from dashboard.warehouse import Published, Row
from tests.dashboard.test_figures import published
from tests.dashboard.test_pages import opened, words

__all__ = ["opened", "published"]
Opener = Callable[..., AppTest]
VI = language("vi")
FROM_ON, TO_ON = date(2026, 1, 31), date(2026, 2, 25)


def days(name: str, before: float | None, after: float | None, **cells: Any) -> Row:
    """A row of `compare_days.sql`; '' is the country."""
    change = None if before is None or after is None else after - before
    return {
        "province_code": name or "VN",
        "short_name": name,
        "from_shown": before,
        "to_shown": after,
        "from_value": before,
        "to_value": after,
        "change_shown": change,
        "from_is_carried": False,
        "to_is_carried": False,
        "from_reported_on": FROM_ON,
        "to_reported_on": TO_ON,
        "is_not_counted": False,
        **cells,
    }


ROWS = [
    days("A", 10.0, 30.0),
    days("", 20.0, 25.0),
    days("B", 40.0, 45.0, to_is_carried=True, to_reported_on=date(2026, 2, 15)),
    days("C", 50.0, 48.0),
    days("D", None, 12.0),
    days("E", 12.0, None),
    days("F", None, None),
]


def test_who_rose_who_fell_who_never_reported() -> None:
    first, second = comparison_sentences.two_days(ROWS, "Thủ tục", FROM_ON, TO_ON, True, VI)
    assert first == (
        "Từ 31/01/2026 đến 25/02/2026, “Thủ tục”: cả nước từ 20% đến 25% (+5 điểm). "
        "Tăng nhiều nhất: A (+20 điểm) và B (+5 điểm). Một địa phương giảm: C (−2 điểm)."
    )
    assert second == (
        "Chưa từng báo cáo đến cả hai ngày: F. Chưa có số liệu ngày 31/01/2026, nên không so được: D. "
        "Chưa có số liệu ngày 25/02/2026, nên không so được: E. "
        "Không báo cáo lại cho ngày 25/02/2026, dùng số của kỳ trước: B."
    )


def test_a_gap_is_no_zero_and_a_carried_value_is_hollow() -> None:
    figure = slope(ROWS, FROM_ON, TO_ON, True, VI)
    lines = {trace["name"]: trace for trace in figure["data"]}
    assert lines["D"]["y"] == [None, 12.0]
    assert lines["F"]["y"] == [None, None]
    assert lines["B"]["marker"]["symbol"] == ["circle", "circle-open"]
    assert "số kỳ 15/02/2026, chưa báo cáo lại" in lines["B"]["hovertext"][1]
    labels = [label["text"] for label in figure["layout"]["annotations"]]
    assert {"<b>A</b> 30%", "<b>C</b> 48%", "<b>Cả nước</b> 25%"} <= set(labels)
    assert "<b>D</b> 12%" not in labels
    go.Figure(figure)


def test_labels_beside_the_lines_do_not_stand_on_each_other_and_are_not_cut() -> None:
    alike = [days(name, 10.0, 90.0 + number / 100) for number, name in enumerate("ABC")] + [days("", 10.0, 90.0)]
    equal = [days(name, 50.0, 50.0) for name in "ABC"] + [days("", 50.0, 50.0)]
    for rows, named in ((alike, 4), (equal, 1)):
        drawn = slope(rows, FROM_ON, TO_ON, True, VI)["layout"]
        bottom, top = drawn["yaxis"]["range"]
        right = sorted(note["y"] for note in drawn["annotations"] if note["x"] == 1)
        assert len(right) == named
        assert bottom < right[0]
        assert right[-1] < top, "above the top Plotly leaves a label out"
        gap = (top - bottom) * LABEL_GAP
        assert all(high - low >= gap * 0.999 for low, high in pairwise(right))


def test_who_moved_as_far_as_the_third_is_named_too_or_counted() -> None:
    few = [days("", 10.0, 12.0), *(days(name, 10.0, 20.0) for name in "ABCD")]
    first, _gaps = comparison_sentences.two_days(few, "Thủ tục", FROM_ON, TO_ON, True, VI)
    assert "Tăng nhiều nhất: A (+10 điểm), B (+10 điểm), C (+10 điểm) và D (+10 điểm)." in first
    assert first.endswith("Trong 4 địa phương so được, không nơi nào giảm.")
    many = [days("", 10.0, 12.0), days("A", 10.0, 30.0), *(days(name, 10.0, 20.0) for name in "BCDEFGH")]
    first, _gaps = comparison_sentences.two_days(many, "Thủ tục", FROM_ON, TO_ON, True, VI)
    assert "Tăng nhiều nhất: A (+20 điểm) và 7 nơi cùng +10 điểm." in first
    labels = [label["text"] for label in slope(many, FROM_ON, TO_ON, True, VI)["layout"]["annotations"]]
    assert [text for text in labels if "<b>" in text] == ["<b>Cả nước</b> 12%", "<b>A</b> 30%"]


def test_indicators_that_lie_equally_far_apart_are_named_or_counted() -> None:
    two = [(place(code, 0.0), place(code, 100.0)) for code in "xy"]
    said = comparison_sentences.two_places(two, "An Giang", "Cà Mau", TO_ON, VI)[0]
    assert "Chênh nhiều nhất: “x” (An Giang 0%, Cà Mau 100%); “y” (An Giang 0%, Cà Mau 100%)." in said
    many = [(place(code, 0.0), place(code, 60.0), place(code, 50.0)) for code in "abcd"]
    said = comparison_sentences.province_in_region(many, "An Giang", "Đồng bằng", 3, TO_ON, VI)[0]
    assert (
        "Thấp hơn cả nước nhiều nhất, cùng 50 điểm, ở 4 chỉ tiêu, trong đó có “a” (0%, vùng 60%, cả nước 50%);" in said
    )


def test_a_day_without_a_report_carries_the_last_value(published: Published) -> None:
    rows = published.rows("compare_days", indicator="procedures_reviewed", from_on=FROM_ON, to_on=TO_ON)
    assert len(rows) == 35
    silent = next(row for row in rows if row["province_code"] == "12")
    assert silent["to_is_carried"], "Lai Châu sent nothing on 25/02/2026"
    assert silent["to_reported_on"] == date(2026, 2, 15)
    assert not silent["from_is_carried"]


def test_all_provinces_together_are_the_country(published: Published) -> None:
    everywhere = [row["province_code"] for row in published.rows("provinces")]
    together = {row["indicator"]: row for row in published.rows("scope_progress", provinces=everywhere)}
    for row in published.rows("national_indicators", indicators=list(together)):
        assert together[row["indicator"]]["value"] == row["value"]
        assert together[row["indicator"]]["progress_pct"] == pytest.approx(row["progress_pct"])


def place(code: str, progress_pct: float | None, **cells: Any) -> Row:
    """A row of `scope_progress.sql`."""
    return {
        "indicator": code,
        "name_vi": code,
        "name_en": "",
        "value": progress_pct,
        "progress_pct": progress_pct,
        "is_yes_no": False,
        "is_not_counted": False,
        "province_count": 1,
        **cells,
    }


def test_two_provinces_are_compared_where_both_have_reported() -> None:
    pairs = [
        (place("x", 10.0), place("x", 90.0)),
        (place("y", 50.0), place("y", 40.0)),
        (place("z", None), place("z", 40.0)),
    ]
    assert comparison_sentences.two_places(pairs, "An Giang", "Cà Mau", TO_ON, VI) == [
        "Đến 25/02/2026, trong 2 chỉ tiêu so được, An Giang cao hơn Cà Mau ở 1, thấp hơn ở 1, bằng nhau ở 0. "
        "Chênh nhiều nhất: “x” (An Giang 10%, Cà Mau 90%).",
        "An Giang chưa báo cáo 1 chỉ tiêu.",
    ]


def test_a_place_without_a_report_has_no_bar() -> None:
    html = paired_bars([Compared("Thủ tục <b>", (None, 50.0), ("chưa có báo cáo", "50%"))], ["A", "B"])
    assert html.count("width:0.00%") == 1
    assert "chưa có báo cáo" in html
    assert "Thủ tục &lt;b&gt;" in html


def test_a_link_reproduces_the_comparison_of_two_days(opened: Opener) -> None:
    codes = {"chi-tieu": "procedures_reviewed", "tu-ngay": "2025-12-31", "den-ngay": "2026-01-15"}
    assert "Từ 31/12/2025 đến 15/01/2026, “Số thủ tục" in words(opened("normal", "comparison", **codes))
    codes = {**codes, "tu-ngay": "2026-01-15", "den-ngay": "2025-12-31"}
    assert "Từ 31/12/2025 đến 15/01/2026" in words(opened("normal", "comparison", **codes)), "the earlier day is first"


def test_two_provinces_change_places(opened: Opener) -> None:
    app = opened("normal", "comparison", so="tinh", tinh="91", **{"voi-tinh": "96"})
    assert "An Giang cao hơn Cà Mau" in words(app)
    next(button for button in app.button if button.label == "Đổi chỗ").click().run()
    assert "Cà Mau cao hơn An Giang" in words(app)
    assert (app.query_params["tinh"], app.query_params["voi-tinh"]) == ("96", "91")


def test_a_province_stands_beside_its_region_and_the_country(opened: Opener) -> None:
    said = words(opened("normal", "comparison", so="vung", tinh="91"))
    assert "An Giang cao hơn cả vùng Đồng bằng sông Cửu Long (5 địa phương, tính cả An Giang) và cả nước ở" in said


@pytest.mark.parametrize("kind", ["ngay", "tinh", "vung"])
@pytest.mark.parametrize("database", ["empty", "late"])
def test_little_or_nothing_to_compare_is_said(opened: Opener, kind: str, database: str) -> None:
    app = opened(database, "comparison", so=kind)
    assert not app.exception
    assert ("để so sánh" in words(app)) == (database == "empty")


def test_yes_or_no_is_told_by_name(opened: Opener) -> None:
    app = opened("normal", "comparison", **{"chi-tieu": "extension_centre_decided", "tu-ngay": "2025-12-15"})
    said = words(app)
    assert "<b>Mới xong (" in said
    assert "<b>Vẫn chưa xong (" in said
    assert "Lạng Sơn" in said.split("Vẫn chưa xong")[1].split("</li>")[0]
    assert "Không báo cáo lại cho ngày 25/02/2026, dùng số của kỳ trước: Lai Châu." in said
