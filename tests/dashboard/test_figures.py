"""Charts as dictionaries: every map holds both archipelagos, bars and curves start at zero, Plotly accepts them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.calendar import CODES, coverage_calendar
from dashboard.figures.curves import Goal, progress_curve, spark_line
from dashboard.figures.maps import province_map, tile_map, two_lines
from dashboard.figures.timeline import timeline
from dashboard.language import language
from dashboard.vocabulary import STATUSES
from dashboard.warehouse import Published, open_published

VI = language("vi")
HOANG_SA, TRUONG_SA = ((111, 113), (15.5, 17.5)), ((111.3, 118), (6.5, 12))


@pytest.fixture(scope="module")
def published(homes: dict[str, Path]) -> Published:
    found = open_published(homes["normal"] / "published" / "current", "restricted")
    assert found is not None
    return found


def texts(figure: dict[str, Any]) -> str:
    return " ".join(str(text) for trace in figure["data"] for text in trace.get("text", ()))


def points(figure: dict[str, Any]) -> list[tuple[float, float]]:
    pairs = [(trace["x"], trace["y"]) for trace in figure["data"]]
    return [point for xs, ys in pairs for point in zip(xs, ys, strict=True)]


def has_point_in(figure: dict[str, Any], box: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    (west, east), (south, north) = box
    return any(west <= x <= east and south <= y <= north for x, y in points(figure))


@pytest.mark.parametrize("directive", ["", "kl202_procedures"])
def test_the_tile_map_has_34_provinces_and_both_archipelagos(published: Published, directive: str) -> None:
    tiles = published.rows("map_tiles", statuses=list(STATUSES), directive=directive)
    figure = tile_map(tiles, published.rows("archipelagos"), VI)
    provinces, islands = figure["data"]
    assert len(provinces["x"]) == len(set(provinces["customdata"])) == 34
    assert "Hoàng Sa" in texts(figure)
    assert "Trường Sa" in texts(figure)
    assert islands["customdata"] == ["48", "56"]
    places = [place for trace in figure["data"] for place in zip(trace["x"], trace["base"], strict=True)]
    assert len(set(places)) == 36, "two tiles stand on each other"
    go.Figure(figure)


def test_every_province_map_has_both_archipelagos(published: Published) -> None:
    archipelagos = published.rows("archipelagos")
    for row in published.rows("provinces"):
        code = row["province_code"]
        communes = published.rows("communes", province_code=code, indicator="pvhcc_commune_operating", search="")
        figure = province_map(communes, archipelagos, published.rows("locator", province_code=code), VI)
        assert has_point_in(figure, HOANG_SA), code
        assert has_point_in(figure, TRUONG_SA), code
        assert "Hoàng Sa" in texts(figure)
        assert "Trường Sa" in texts(figure)
        dots = sum(len(trace["x"]) for trace in figure["data"] if trace["name"] not in ("country", "archipelagos"))
        assert dots == row["commune_count"], code


def test_an_archipelago_keeps_its_own_state_on_the_map_of_its_province(published: Published) -> None:
    communes = published.rows("communes", province_code="48", indicator="pvhcc_commune_operating", search="")
    figure = province_map(communes, published.rows("archipelagos"), [], VI)
    missing = next(trace for trace in figure["data"] if trace["name"] == "not_done")
    assert "20333" in missing["customdata"]
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["Đặc khu Hoàng Sa"]


GOAL = Goal(date(2025, 7, 1), date(2025, 12, 14), date(2025, 12, 15), "trước ngày 15/12/2025")
FORECAST: dict[str, Any] = {
    "early_finish_on": date(2025, 12, 1), "expected_finish_on": date(2026, 1, 10), "late_finish_on": date(2026, 3, 1),
    "proven_pct": None,
}  # fmt: skip


def day(as_of_on: date, progress_pct: float | None) -> dict[str, Any]:
    return {"as_of_on": as_of_on, "value": progress_pct, "target": 100.0, "progress_pct": progress_pct}


def test_the_curve_starts_at_zero_and_grows_past_the_full_mark() -> None:
    days = [day(date(2025, 10, 31), 20.0), day(date(2025, 11, 30), None), day(date(2025, 12, 31), 130.0)]
    figure = progress_curve(days, GOAL, VI)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low == 0
    assert high > 130
    assert "trước ngày 15/12/2025" in [note["text"] for note in figure["layout"]["annotations"]]
    assert len(figure["data"][-1]["x"]) == 2, "a day without report is no point"
    go.Figure(figure)


def test_a_deadline_behind_the_first_report_has_no_pace_line() -> None:
    late = replace(GOAL, started_on=date(2025, 12, 15))
    figure = progress_curve([day(date(2026, 1, 31), 20.0)], late, VI)
    assert [trace["name"] for trace in figure["data"]] == ["Cả nước"]


def test_the_pace_runs_from_nothing_on_the_first_day_to_the_target_on_the_last_one_in_time() -> None:
    pace = progress_curve([day(date(2025, 10, 31), 20.0)], replace(GOAL, target_pct=90.0), VI)["data"][0]
    assert (pace["x"], pace["y"]) == ([date(2025, 7, 1), date(2025, 12, 14)], [0, 90.0])


def test_a_forecast_is_a_band_with_its_range_in_words() -> None:
    figure = progress_curve([day(date(2025, 10, 31), 20.0)], GOAL, VI, FORECAST)
    names = [trace["name"] for trace in figure["data"]]
    assert names == ["Tiến đều đến hạn", "Khoảng dự báo 80%", "Dự kiến", "Cả nước"]
    band = figure["data"][1]
    assert band["x"] == [date(2025, 10, 31), date(2025, 12, 1), date(2026, 3, 1), date(2025, 10, 31)]
    assert band["y"] == [20.0, 100, 100, 20.0]
    note = next(each for each in figure["layout"]["annotations"] if each["text"].startswith("dự kiến"))
    assert note["text"] == "dự kiến 10/01/2026<br>(01/12/2025–01/03/2026)"
    assert (note["x"], note["xanchor"]) == (date(2025, 10, 31), "left"), "it covers nothing that was reported"
    go.Figure(figure)


def test_a_range_without_an_end_stays_open_at_the_edge_of_the_picture() -> None:
    open_end = {**FORECAST, "late_finish_on": None, "expected_finish_on": None}
    figure = progress_curve([day(date(2025, 10, 31), 20.0)], GOAL, VI, open_end)
    band = figure["data"][1]
    edge = figure["layout"]["xaxis"]["range"][1]
    assert band["x"][2:4] == [edge, edge]
    assert band["y"][2:4] == [100, 20.0]
    assert [trace["name"] for trace in figure["data"]][2] == "Cả nước", "no expected day, no line"


def test_nothing_is_drawn_ahead_where_nothing_can_be_forecast() -> None:
    nothing = {**FORECAST, "early_finish_on": None, "late_finish_on": None, "expected_finish_on": None}
    figure = progress_curve([day(date(2025, 10, 31), 20.0)], GOAL, VI, nothing)
    assert [trace["name"] for trace in figure["data"]] == ["Tiến đều đến hạn", "Cả nước"]


def test_the_time_line_names_every_directive(published: Published) -> None:
    directives = published.rows("directives", statuses=list(STATUSES))
    figure = timeline(directives, date(2026, 2, 25), "Số liệu 25/02/2026", VI)
    assert len(figure["data"][0]["x"]) == len(directives) == 8
    assert "→ 31/12/2030" in [each["text"] for each in figure["layout"]["annotations"]]
    assert all(shape["layer"] == "below" for shape in figure["layout"]["shapes"]), "no line runs over a glyph or a date"
    go.Figure(figure)


def test_the_calendar_puts_trouble_on_top(published: Published) -> None:
    cells = published.rows("coverage", days=published.row("days_due")["days"])
    figure = coverage_calendar(cells, VI)
    (heat,) = figure["data"]
    assert heat["y"][-2:] == ["Lai Châu", "Quảng Trị"], "Plotly draws the last row on top"
    assert heat["z"][-2][-1] == CODES["missing"]
    assert set(heat["z"][-1]) == {CODES["late"]}
    go.Figure(figure)


def test_names_break_at_the_middle() -> None:
    assert [two_lines(name) for name in ("Huế", "An Giang", "Hồ Chí Minh")] == ["Huế", "An<br>Giang", "Hồ Chí<br>Minh"]


def test_a_small_line_needs_two_points() -> None:
    assert spark_line([(0, None), (1, 4.0)]) == ""
    assert spark_line([(0, 0.0), (1, None), (2, 40.0)]).startswith("data:image/svg+xml;base64,")
