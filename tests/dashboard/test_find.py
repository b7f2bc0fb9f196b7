"""Any commune is found by name from every page, and opens with its values, each with file and cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.warehouse import Published
from tests.dashboard.test_figures import published
from tests.dashboard.test_map import charts
from tests.dashboard.test_pages import opened, words

__all__ = ["opened", "published"]
Opener = Callable[..., AppTest]


def found(published: Published, text: str) -> list[tuple[str, str]]:
    return [(row["unit_name"], row["short_name"]) for row in published.rows("unit_search", search=text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Đồng Phú", ("Xã Đồng Phú", "Đồng Nai")),
        ("Đông Phú", ("Xã Đông Phú", "Bắc Ninh")),
        ("dac khu hoang sa", ("Đặc khu Hoàng Sa", "Đà Nẵng")),
        ("tan an tay ninh", ("Phường Tân An", "Tây Ninh")),
        ("30292", ("Phường Bình Đức", "An Giang")),
        ("an giang", ("Tỉnh An Giang", "An Giang")),
        ("Hà Giang", ("Tỉnh Tuyên Quang", "Tuyên Quang")),
    ],
)
def test_the_best_match_is_first(published: Published, typed: str, first: tuple[str, str]) -> None:
    assert found(published, typed)[0] == first


def test_the_order_is_that_of_exactness(published: Published) -> None:
    rows = published.rows("unit_search", search="tan an")
    assert [row["distance"] for row in rows] == sorted(row["distance"] for row in rows)
    names = [row["unit_name"].split(" ", 1)[1] for row in rows]
    assert names.index("Tân An") < names.index("Tân An Hội")
    assert ("Phường Tân An", "Cần Thơ") in found(published, "TÂN AN")


def test_accents_that_are_typed_decide_among_equals(published: Published) -> None:
    assert found(published, "đông phú")[0] == ("Xã Đông Phú", "Bắc Ninh")
    assert {name for name, _province in found(published, "dong phu")[:2]} == {"Xã Đông Phú", "Xã Đồng Phú"}


@pytest.mark.parametrize("typed", ["", "   ", "%", "không có xã nào như thế"])
def test_what_is_no_name_finds_nothing(published: Published, typed: str) -> None:
    assert found(published, typed) == []


def test_an_earlier_name_says_which_unit_it_is_now(published: Published) -> None:
    (first, *_others) = published.rows("unit_search", search="Hà Giang")
    assert (first["unit_name"], first["found_name"]) == ("Tỉnh Tuyên Quang", "Hà Giang")


def test_a_search_on_any_page_opens_the_commune(opened: Opener) -> None:
    app = opened("normal", "quality")
    app.text_input(key="find_text_0").input("binh duc an giang").run()
    app.button(key="found_30292").click().run()
    assert not app.exception
    assert (app.query_params["tinh"], app.query_params["xa"]) == ("91", "30292")
    assert "Tỉnh An Giang có 102 đơn vị hành chính cấp xã" in words(app)
    assert "Phường Bình Đức (An Giang)" in words(app)
    assert app.text_input(key="find_text_1").value == "", "the search has closed"


def test_a_link_with_a_commune_needs_no_province(opened: Opener) -> None:
    app = opened("normal", "province", xa="30292")
    assert "Tỉnh An Giang có" in words(app)
    card = next(each.value for each in app.dataframe if "Nhận lúc" in each.value and "Ô" in each.value)
    assert len(card) == 30
    reported = card[card["Giá trị"].notna()]
    assert len(reported) == 20
    assert reported["Ô"].str.startswith("Biểu ").all()
    assert set(reported["Tệp"]) == {"91_2026-02-25_sua.xlsx"}
    assert card[card["Giá trị"].isna()]["Tệp"].isna().all()


def test_the_chosen_commune_is_on_top_of_the_table_and_ringed_on_the_map(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91", xa="30292")
    table = next(each.value for each in app.dataframe if "Xã, phường, đặc khu" in each.value)
    assert table["Xã, phường, đặc khu"].iloc[0] == "▸ Phường Bình Đức"
    rings = [trace for chart in charts(app) for trace in chart["data"] if trace["name"] == "chosen"]
    assert [ring["text"] for ring in rings] == [["<b>Phường Bình Đức</b>"]]


def test_a_commune_of_another_province_is_dropped(opened: Opener) -> None:
    app = opened("normal", "province", tinh="48", xa="30292")
    assert "Phường Bình Đức" not in words(app)
    assert "xa" not in app.query_params


def test_deselecting_leaves_the_province(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91", xa="30292")
    next(button for button in app.button if button.label == "Bỏ chọn").click().run()
    assert "xa" not in app.query_params
    assert "Phường Bình Đức (An Giang)" not in words(app)
