"""Nhân sự và thiếu hụt, Quân sự cấp xã: sentences that keep surplus and shortage apart, and what the pages show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import staffing_sentences, step_markup
from dashboard.figures.bars import surplus_and_shortage
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import opened, words

__all__ = ["opened"]
Opener = Callable[..., AppTest]
VI, EN = language("vi"), language("en")


def balance(**cells: Any) -> Row:
    """A row of `staffing_balance.sql`: Ho Chi Minh City as published, 1,065 too many and 965 too few."""
    return {
        "short_name": "Hồ Chí Minh",
        "baseline_vi": "Biên chế được giao",
        "baseline_en": "Posts allocated",
        "field": "all",
        "field_vi": None,
        "field_en": None,
        "communes_expected": 168,
        "communes_compared": 160,
        "communes_short": 70,
        "communes_with_surplus": 80,
        "shortage": 965.0,
        "surplus": 1065.0,
        "is_minimum": False,
        **cells,
    }


def test_surplus_and_shortage_are_said_apart_and_never_netted() -> None:
    assert staffing_sentences.balance(balance(), VI) == (
        "So với biên chế được giao, trên 160/168 xã đủ số liệu: 70 xã thiếu 965 người và 80 xã dư 1.065 người; "
        "hai số này ở các xã khác nhau nên không bù trừ."
    )
    assert "70 communes lack 965 people and 80 communes have 1,065 people too many" in staffing_sentences.balance(
        balance(), EN
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"communes_short": 0, "shortage": 0.0, "communes_with_surplus": 0, "surplus": 0.0},
         ": không xã nào thiếu người và không xã nào dư người."),
        ({"communes_short": 1, "shortage": 2.0, "communes_with_surplus": 0, "surplus": 0.0},
         ": 1 xã thiếu 2 người và không xã nào dư người."),
        ({"communes_with_surplus": None, "surplus": None, "is_minimum": True}, ": 70 xã thiếu ít nhất 965 người."),
        ({"communes_short": 0, "shortage": None, "communes_with_surplus": None, "surplus": None, "is_minimum": True},
         ": chưa thấy xã nào thiếu người."),
    ],
)  # fmt: skip
def test_none_one_and_what_a_baseline_cannot_tell(cells: dict[str, Any], said: str) -> None:
    assert staffing_sentences.balance(balance(**cells), VI).endswith(said)


def test_what_nobody_reported_is_not_zero() -> None:
    silent = balance(communes_compared=0, communes_short=None, shortage=None, communes_with_surplus=None, surplus=None)
    said = "So với biên chế được giao: chưa xã nào báo cáo đủ số liệu."
    assert staffing_sentences.balance(silent, VI) == said
    assert staffing_sentences.balance(None, VI) == "Chưa có báo cáo nào của địa phương về nhân lực cấp xã."


def test_the_field_that_lacks_most() -> None:
    land = balance(field="land", field_vi="Đất đai", field_en="Land", shortage=40.0, communes_short=9)
    health = balance(field="health", field_vi="Y tế", field_en="Health", shortage=50.0, communes_short=7)
    silent = balance(field="it", field_vi="CNTT", field_en="IT", shortage=None, communes_short=None)
    said = "Thiếu nhiều nhất ở lĩnh vực y tế: 50 người tại 7 xã."
    assert staffing_sentences.fields([balance(), land, health, silent], VI) == said
    assert staffing_sentences.fields([balance(), silent], VI) == ""
    level = {**health, "shortage": 40.0}
    assert staffing_sentences.fields([land, level], VI) == (
        "Thiếu nhiều nhất, như nhau ở 2 lĩnh vực (đất đai, y tế): mỗi lĩnh vực 40 người."
    )


@pytest.mark.parametrize(
    ("seconded", "contracted", "said"),
    [
        (5.0, 0.0, "tiếp nhận về xã: 5; hợp đồng chuyên môn: 0; không cộng vào số hiện có."),
        (None, 3.0, "tiếp nhận về xã: chưa có báo cáo; hợp đồng chuyên môn: 3; không cộng vào số hiện có."),
        (None, None, ""),
    ],
)
def test_people_beside_the_staff_present(seconded: float | None, contracted: float | None, said: str) -> None:
    assert staffing_sentences.beside(balance(seconded_in=seconded, contracted=contracted), VI).endswith(said)


def post(position: str, filled: float | None, required: float | None, pct: float | None = None) -> Row:
    row = {"position": position, "filled": filled, "required": required, "filled_pct": pct}
    return row | {"as_of_on": date(2026, 2, 13)}


def test_posts_by_position() -> None:
    rows = [
        post("commander", 3319.0, 3319.0, 100.0),
        post("deputy_commander", 1330.0, 3319.0, 40.07),
        post("assistant", 2345.0, None),
        post("technical_staff", None, None),
    ]
    assert staffing_sentences.military(rows, VI) == (
        "Ban Chỉ huy quân sự cấp xã đến 13/02/2026: Chỉ huy trưởng 3.319/3.319 (100%); "
        "Phó Chỉ huy trưởng 1.330/3.319 (40,1%); Trợ lý 2.345; Nhân viên chuyên môn kỹ thuật chưa có báo cáo."
    )
    assert staffing_sentences.military([post("commander", None, 93.0)], VI) == (
        "Chưa có báo cáo về Ban Chỉ huy quân sự cấp xã."
    )


def test_more_posts_than_required_fill_the_bar_and_say_the_number() -> None:
    drawn = step_markup.position_bars([post("all", 11.0, 10.0, 110.0), post("assistant", 4.0, None)], VI)
    assert "11/10 · 110%" in drawn
    assert "width:100.00%" in drawn
    assert drawn.count("td-bar") == 1, "no bar without a requirement"


def test_bars_leave_from_zero_to_both_sides_and_name_who_cannot_be_compared() -> None:
    silent = balance(short_name="Cà Mau", communes_compared=0, shortage=None, surplus=None)
    even = balance(short_name="Huế", shortage=0.0, surplus=0.0)
    figure = surplus_and_shortage([silent, even, balance()], VI)
    short, surplus = figure["data"]
    assert short["y"] == surplus["y"] == ["Cà Mau", "Hồ Chí Minh"], "Plotly draws the last row on top"
    assert (short["x"][-1], surplus["x"][-1]) == (-965.0, 1065.0)
    assert short["text"][0] == "chưa đủ số liệu"
    go.Figure(figure)


def test_the_chart_says_when_a_baseline_cannot_show_surplus() -> None:
    heads = surplus_and_shortage([balance(surplus=None, communes_with_surplus=None)], VI)["layout"]["annotations"]
    assert "<b>Dư: không<br>kết luận được</b>" in [head["text"] for head in heads]


def test_the_page_switches_the_baseline(opened: Opener) -> None:
    assert "So với biên chế được giao, trên " in words(opened("normal", "staffing"))
    narrow = words(opened("normal", "staffing", moc="planned_average"))
    assert "So với bình quân dự kiến 32 biên chế mỗi xã" in narrow
    assert "không phải định mức của từng xã" in narrow
    it = words(opened("normal", "staffing", **{"moc": "job_position_need", "linh-vuc": "it"}))
    assert "So với nhu cầu theo vị trí việc làm, lĩnh vực công nghệ thông tin" in it.replace("Công nghệ", "công nghệ")


def test_the_table_is_searched_without_accents(opened: Opener) -> None:
    app = opened("normal", "staffing", tim="hoang sa")
    table = next(each.value for each in app.dataframe if "Xã thiếu" in each.value)
    assert list(table["Tỉnh, thành phố"]) == ["Đà Nẵng"], "the province of the commune that is looked for"


def test_posts_of_a_province_stand_by_position(opened: Opener) -> None:
    said = words(opened("normal", "province", tinh="91"))
    assert "Ban Chỉ huy quân sự cấp xã đến 25/02/2026: Chỉ huy trưởng " in said
    assert "lưu hành hạn chế, không phổ biến" in said


def test_posts_of_military_commands_have_a_page_of_their_own(opened: Opener) -> None:
    assert "Ban Chỉ huy quân sự cấp xã" not in words(opened("normal", "staffing"))


def test_without_reports_the_page_says_so(opened: Opener) -> None:
    said = words(opened("empty", "staffing"))
    assert "Chưa có báo cáo nào của địa phương về nhân lực cấp xã." in said
    assert "Dưới đây là số liệu đã được công bố, kèm nguồn." in said
    assert "192.718" in said
    assert "Không có dòng nào" not in said
    assert "Chưa có báo cáo về Ban Chỉ huy quân sự cấp xã." in words(opened("empty", "military"))
