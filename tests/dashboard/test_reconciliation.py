"""Đối chiếu số công bố: what the page says of figures that agree, differ, conflict, or cannot be compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.blocks import reconciliation
from dashboard.blocks.reconciliation import also_words, matching, published_words
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import opened, words

__all__ = ["opened"]
Opener = Callable[..., AppTest]
VIETNAMESE, ENGLISH = language("vi"), language("en")


def figure(**cells: object) -> Row:
    return {"approximation": "exact", "published_value": 192718.0, "published_denominator": None, **cells}


@pytest.mark.parametrize(
    ("cells", "vietnamese", "english"),
    [
        ({}, "192.718", "192,718"),
        ({"approximation": "nearly", "published_value": 13400.0}, "gần 13.400", "nearly 13,400"),
        ({"approximation": "over", "published_value": 4000.0}, "hơn 4.000", "more than 4,000"),
        ({"published_value": 32.0, "published_denominator": 34.0}, "32/34", "32/34"),
    ],
)
def test_a_figure_is_shown_as_it_was_worded(cells: Row, vietnamese: str, english: str) -> None:
    assert published_words(figure(**cells), VIETNAMESE) == vietnamese
    assert published_words(figure(**cells), ENGLISH) == english


def test_the_other_reasons_are_said_in_words() -> None:
    reasons: list[Row] = [
        {"code": "different_day", "name_vi": "khác ngày", "name_en": "different day"},
        {"code": "incomplete_reports", "name_vi": "báo cáo chưa đủ", "name_en": "reports incomplete"},
    ]
    assert also_words({"also": "incomplete_reports|different_day"}, reasons, VIETNAMESE) == "báo cáo chưa đủ, khác ngày"
    assert also_words({"also": None}, reasons, ENGLISH) == ""


def test_filters_narrow_and_an_empty_one_does_not() -> None:
    rows: list[Row] = [{"explanation": "equal", "indicator": "a"}, {"explanation": "differs", "indicator": "b"}]
    assert matching(rows, "", "") == rows
    assert matching(rows, "differs", "") == rows[1:]
    assert matching(rows, "differs", "a") == []


def test_the_page_opens_with_how_many_figures_agree(opened: Opener) -> None:
    said = words(opened("normal", "reconciliation"))
    assert "42 số đã công bố: " in said
    assert "chỉ có số công bố" in said
    assert "Tỷ lệ 41,6% được công bố cho 50.000 trên 120.000 là bỏ phần lẻ, không làm tròn: 41,67%." in said


def test_without_reports_nothing_is_said_to_agree(opened: Opener) -> None:
    app = opened("empty", "reconciliation")
    said = words(app)
    assert " khớp," not in said.split("Tỷ lệ")[0]
    assert "chưa có báo cáo" in said
    assert "Chưa đối chiếu được số nào, vì chưa có báo cáo tương ứng." in said
    assert "không có chênh lệch nào" not in said.lower()
    table = app.dataframe[0].value
    assert table["Theo báo cáo"].isna().all()


def compared(explanation: str, difference: float | None, published_on: date, reported_on: date | None) -> Row:
    return {
        **figure(),
        "name_vi": "Trung tâm",
        "name_en": "",
        "explanation": explanation,
        "difference": difference,
        "as_of_on": published_on,
        "reported_on": reported_on,
        "reported_value": None if difference is None else 192718.0 + difference,
        "conflicting_values": None,
        "pct_explanation": None,
    }


def test_what_nobody_explains_is_said_with_the_day_of_each_side() -> None:
    day = date(2026, 2, 13)
    rows = [compared("differs", 2.0, day, day), compared("not_reported", None, day, None)]
    assert reconciliation._unexplained(rows, VIETNAMESE) == (
        "Một số chênh chưa rõ lý do: Trung tâm (công bố 192.718 tính đến 13/02/2026, báo cáo 192.720 vào 13/02/2026)."
    )
    rows = [compared("equal", 0.0, day, day), compared("different_day", 2.0, day, date(2026, 2, 15))]
    assert reconciliation._unexplained(rows, VIETNAMESE) == (
        "Trong 2 số đối chiếu được, không có chênh lệch nào chưa rõ lý do."
    )


@pytest.mark.parametrize("kind", ["normal", "late"])
def test_reports_of_another_day_are_never_an_unexplained_difference(opened: Opener, kind: str) -> None:
    table = opened(kind, "reconciliation").dataframe[0].value
    other_day = table[table["Báo cáo ngày"].notna() & (table["Báo cáo ngày"] != table["Tính đến"])]
    assert len(other_day)
    assert set(other_day["Giải thích"]).isdisjoint({"chênh, chưa rõ lý do"})


def test_a_link_shows_one_reason(opened: Opener) -> None:
    app = opened("normal", "reconciliation", **{"giai-thich": "published_only"})
    assert set(app.dataframe[0].value["Giải thích"]) == {"chỉ có số công bố"}


def test_each_figure_has_its_day_its_publisher_and_a_way_to_its_source(opened: Opener) -> None:
    table = opened("normal", "reconciliation").dataframe[0].value
    assert len(table) == 42
    assert table["Nơi công bố"].notna().all()
    assert (table["Liên kết"].notna() | table["Văn bản lưu"].notna()).all()
    assert all(isinstance(day, date) for day in table["Tính đến"])


def test_what_conflicts_stands_above_what_agrees(opened: Opener) -> None:
    table = opened("empty", "reconciliation").dataframe[0].value
    assert sorted(table["Công bố"].head(2)) == ["68/124", "93/124"]


@pytest.mark.parametrize(
    ("figure_code", "expected"),
    [
        ("2025-08-lamdong-no-it", ["93/124 tính đến 01/08/2025", "Số công bố khác", "68"]),
        ("2025-08-portal-peak", ["khoảng 50.000/120.000", "41,67%", "chưa có báo cáo"]),
        ("2026-02-pvhcc-commune", ["3.193 tính đến 25/02/2026", "3.153/3.195 vào 25/02/2026, mô phỏng"]),
    ],
)
def test_a_chosen_row_tells_what_was_said_by_whom_and_why_it_differs(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, figure_code: str, expected: list[str]
) -> None:
    def chosen(frame: pd.DataFrame, *_: object, **__: object) -> int:
        return list(frame["figure"]).index(figure_code)

    monkeypatch.setattr(reconciliation, "table", chosen)
    app = opened("normal", "reconciliation")
    said = words(app)
    assert not app.exception
    assert [text for text in expected if text not in said] == []


def test_the_page_of_sources_leads_there_and_does_not_repeat_it(opened: Opener) -> None:
    app = opened("normal", "sources")
    assert "Chênh lệch" not in {column for each in app.dataframe for column in each.value.columns}
    assert not app.exception
