"""Khuyến nông: sentences on stages for none, one, many and unknown; what the pages show of a chain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import chain_sentences, step_markup
from dashboard.blocks import chain
from dashboard.blocks.chain import by_province
from dashboard.language import language
from dashboard.warehouse import Row
from tests.dashboard.test_pages import opened, words

__all__ = ["opened"]
Opener = Callable[..., AppTest]
VI, EN = language("vi"), language("en")
DAY = date(2026, 2, 25)


def stage(order: int, status: str = "done", province: str = "91", **cells: Any) -> Row:
    """A row of `chain_stages.sql`."""
    return {
        "chain_title_vi": "Khuyến nông",
        "chain_title_en": "Extension",
        "province_code": province,
        "short_name": {"91": "An Giang", "75": "Đồng Nai"}.get(province, province),
        "stage_order": order,
        "title_vi": f"Bước {order}",
        "title_en": f"Stage {order}",
        "status": status,
        "reached_on": DAY if status == "done" else None,
        "days_in_stage": None,
        "went_back_on": None,
        "sequence_problem": None,
        "before_vi": None,
        "before_en": None,
        **cells,
    }


def step(order: int, reached: int, working: int = 0, silent: int = 0, **cells: Any) -> Row:
    """A row of `chain_funnel.sql` over 34 provinces."""
    return {
        "stage_order": order,
        "title_vi": f"Bước {order}",
        "title_en": f"Stage {order}",
        "as_of_on": DAY,
        "expected_count": 34,
        "reported_count": 34 - silent,
        "reached_count": reached,
        "reached_with_all_before_count": reached,
        "in_progress_count": working,
        "waiting_count": 34 - silent - reached - working,
        "not_reported_count": silent,
        "problem_count": 0,
        "median_days_done": None,
        "median_days_in_progress": None,
        **cells,
    }


@pytest.mark.parametrize(
    ("reached", "vietnamese", "english"),
    [
        (0, "chưa địa phương nào trong 34 xong đủ 2 bước", "none of 34 provinces had completed all 2 stages"),
        (1, "1/34 địa phương đã xong đủ 2 bước", "1 of 34 provinces had completed all 2 stages"),
        (14, "14/34 địa phương đã xong đủ 2 bước", "14 of 34 provinces had completed all 2 stages"),
    ],
)
def test_how_many_provinces_have_gone_the_whole_way(reached: int, vietnamese: str, english: str) -> None:
    funnel = [step(1, 34), step(2, reached)]
    assert f"Đến 25/02/2026, {vietnamese}." in chain_sentences.country(funnel, [stage(1)], VI)[0]
    assert f"By 25 Feb 2026, {english}." in chain_sentences.country(funnel, [stage(1)], EN)[0]


def test_where_most_are_held_up_and_for_how_long() -> None:
    said = chain_sentences.country([step(1, 34), step(2, 14, 7, median_days_in_progress=44.0)], [stage(1)], VI)[0]
    assert said.endswith("Ít nơi xong nhất: “Bước 2”, 14/34 địa phương; 7 nơi đang làm, một nửa đã 44 ngày trở lên.")


def test_without_reports_nothing_is_counted() -> None:
    funnel = [step(1, 0, silent=34, reached_count=None, reached_with_all_before_count=None)]
    assert chain_sentences.country(funnel, [], VI) == ["Chưa có báo cáo nào của địa phương về các bước này."]
    assert chain_sentences.country([], [], VI) == ["Chưa có báo cáo nào của địa phương về các bước này."]


def test_who_has_not_reported_is_named() -> None:
    silent = [stage(1, "not_reported", "75"), stage(2, "not_reported", "75"), stage(1), stage(2, "not_reported")]
    assert chain_sentences.country([step(1, 1)], silent, VI)[-1] == "Một địa phương chưa có báo cáo: Đồng Nai."


def test_a_province_that_reported_nothing_has_no_number_of_steps_done() -> None:
    assert chain.done_count([stage(1, "not_reported"), stage(2, "not_reported")]) is None
    assert chain.done_count([stage(1, "not_reported"), stage(2, "in_progress")]) == 0
    assert chain.done_count([stage(1, "done"), stage(2, "not_reported")]) == 1


def test_silent_provinces_stand_last_without_a_number(opened: Opener) -> None:
    shown = next(each.value for each in opened("late", "chain").dataframe if "5. Quy chế phối hợp" in each.value)
    assert list(shown["Tỉnh, thành phố"][-3:]) == ["Điện Biên", "Lai Châu", "Cà Mau"]
    assert list(shown["Đã xong"].isna()) == [False] * 31 + [True] * 3


def test_steps_that_tie_are_all_named() -> None:
    level = [step(1, 9), step(2, 9), step(3, 30)]
    said = chain_sentences.country(level, [stage(1)], VI)[0]
    assert "Ít nơi xong nhất: “Bước 1” và “Bước 2”, mỗi bước 9/34 địa phương." in said


@pytest.mark.parametrize(
    ("provinces", "said"),
    [
        ([], "Trong các báo cáo đã nhận, không có bước nào trái trình tự."),
        (["91"], "Một bước trái trình tự cần hỏi lại ở An Giang."),
        (["91", "91", "75"], "Ba bước trái trình tự cần hỏi lại ở An Giang và Đồng Nai."),
    ],
)
def test_how_many_orders_are_impossible_and_where(provinces: list[str], said: str) -> None:
    odd = [stage(1, province=code, sequence_problem="went_back", went_back_on=DAY) for code in provinces]
    assert chain_sentences.to_ask([stage(1), *odd], VI) == said


@pytest.mark.parametrize(
    ("problem", "vietnamese"),
    [
        ("went_back", "“Bước 4” đã báo xong, đến báo cáo 25/02/2026 lại ghi chưa xong."),
        ("dated_after_report", "“Bước 4” ghi hoàn thành ngày 25/02/2026, sau ngày số liệu của chính báo cáo đó."),
        ("previous_missing", "“Bước 4” đã xong trong khi “Bước 2” báo chưa xong."),
        ("before_previous", "“Bước 4” xong ngày 25/02/2026, trước khi có “Bước 2”."),
        (None, ""),
    ],
)
def test_each_impossible_order_says_what_to_ask(problem: str | None, vietnamese: str) -> None:
    row = stage(4, sequence_problem=problem, before_vi="Bước 2", before_en="Stage 2", went_back_on=DAY)
    assert chain_sentences.problem(row, VI) == vietnamese
    assert bool(chain_sentences.problem(row, EN)) == bool(vietnamese)


def test_a_province_in_one_sentence() -> None:
    stages = [stage(1), stage(2, "in_progress", days_in_stage=159), stage(3, "waiting"), stage(4, "not_reported")]
    assert chain_sentences.province(stages, VI) == (
        "Khuyến nông: đã xong 1/4 bước; đang làm: “Bước 2” (đã 159 ngày). Một bước chưa có báo cáo."
    )
    assert chain_sentences.province([stage(1), stage(2)], VI) == "Khuyến nông: đã xong 2/2 bước."
    assert chain_sentences.province([stage(1, "not_reported")], VI) == "Khuyến nông: chưa có báo cáo."


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (stage(1), "● 25/02/2026"),
        (stage(1, sequence_problem="before_previous"), "■ 25/02/2026"),
        (stage(1, "in_progress", days_in_stage=0), "◐ đang làm, 0 ngày"),
        (stage(1, "in_progress"), "◐ đang làm"),
        (stage(1, "waiting"), "○ chờ bước trước"),
        (stage(1, "not_reported"), "○ chưa có báo cáo"),
    ],
)
def test_a_stage_in_a_cell(row: Row, cell: str) -> None:
    assert chain_sentences.stage_cell(row, VI) == cell


def test_those_to_ask_stand_on_top_and_then_those_that_are_least_far() -> None:
    rows = [stage(1, province="01"), stage(1, "waiting", "75"), stage(1, province="91", sequence_problem="went_back")]
    assert [group[0]["province_code"] for group in by_province(rows)] == ["91", "75", "01"]


def test_a_bar_is_as_long_as_there_are_provinces_and_numbers_stand_on_it() -> None:
    drawn = step_markup.chain_bars([step(1, 17, 10, 3, median_days_done=12.0)], VI)
    assert all(f"width:{width:.3f}%" in drawn for width in (50, 1000 / 34, 400 / 34, 300 / 34))
    assert "17/34 · trung vị 12 ngày" in drawn


def test_the_page_says_where_the_country_stands_and_lists_every_province(opened: Opener) -> None:
    app = opened("normal", "chain")
    said = words(app)
    assert "Đến 25/02/2026, " in said
    assert "Một bước trái trình tự cần hỏi lại ở Lạng Sơn." in said
    assert "“Bố trí cán bộ cấp xã” đã xong trong khi “Quyết định cấp tỉnh” báo chưa xong." in said
    table = next(each.value for each in app.dataframe if "5. Quy chế phối hợp" in each.value)
    assert len(table) == 34
    assert table.iloc[0]["Tỉnh, thành phố"] == "Lạng Sơn", "those to ask stand on top"
    assert table.iloc[0]["4. Bố trí cán bộ cấp xã"].startswith("■ ")
    assert [each.proto.label for each in app.get("download_button")] == ["Tải CSV", "Tải Excel"] * 3


def test_without_reports_the_page_says_so(opened: Opener) -> None:
    assert "Chưa có báo cáo nào của địa phương về các bước này." in words(opened("empty", "chain"))


def test_a_province_shows_its_stages(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91")
    assert "Kiện toàn hệ thống khuyến nông: đã xong " in words(app)
    table = next(each.value for each in app.dataframe if "Bước" in each.value)
    assert list(table["Bước"].str[:2]) == ["1.", "2.", "3.", "4.", "5."]
