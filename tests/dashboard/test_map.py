"""Bản đồ: every commune is a dot, both archipelagos are always named, and what is chosen here is kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, map_sentences, measures, pages
from dashboard.boundaries import boundaries
from dashboard.figures.country import Shape, commune_map, dots_by_province, dots_by_share, dots_by_state, shape_map
from dashboard.figures.maps import by_status, tile_map
from dashboard.figures.matrix import share_matrix
from dashboard.figures.shades import ALL_DONE, NOT_REPORTED, STEPS, paint_indicator, shade_of
from dashboard.language import language
from dashboard.settings import load_settings
from dashboard.vocabulary import STATUSES
from dashboard.warehouse import Published, Row
from tests.dashboard.test_figures import HOANG_SA, TRUONG_SA, has_point_in, published, texts
from tests.dashboard.test_pages import opened, words

__all__ = ["opened", "published"]
Opener = Callable[..., AppTest]
VI = language("vi")
# One of each kind: yes or no of a commune, of a province; a share of a commune; a number without a target.
KINDS = ("pvhcc_commune_operating", "extension_centre_decided", "obstacles_resolved", "staff_gap_it")


def indicator_row(published: Published, code: str) -> Row:
    return next(row for row in published.rows("measures") if row["indicator"] == code)


def province_rows(published: Published, code: str) -> list[Row]:
    is_yes_no = indicator_row(published, code)["is_yes_no"]
    return [{**row, "is_yes_no": is_yes_no} for row in published.rows("map_indicator", indicator=code)]


def country_figure(published: Published, code: str) -> dict[str, Any]:
    indicator, communes = indicator_row(published, code), published.rows("country_communes", indicator=code)
    words = measures.state_words(indicator, VI)
    if indicator["unit_level"] == "province":
        paints = {row["province_code"]: paint_indicator(row, VI) for row in province_rows(published, code)}
        groups = dots_by_province(communes, paints)
    else:
        groups = (dots_by_state if indicator["value_type"] == "flag" else dots_by_share)(communes, words, VI)
    return commune_map(groups, published.rows("archipelagos"), VI)


def assert_archipelagos(figure: dict[str, Any]) -> None:
    islands = next(trace for trace in figure["data"] if trace["name"] == "archipelagos")
    assert islands["type"] == "scatter", "drawn also where a browser has no WebGL"
    assert [text.replace("<br>", " ") for text in islands["text"]] == [
        "<b>Hoàng Sa</b> (Đà Nẵng)",
        "<b>Trường Sa</b> (Khánh Hòa)",
    ]
    assert has_point_in({"data": [islands]}, HOANG_SA)
    assert has_point_in({"data": [islands]}, TRUONG_SA)
    (west, east), (south, north) = figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]
    for x, y in zip(islands["x"], islands["y"], strict=True):
        assert west < x < east
        assert south < y < north


@pytest.mark.parametrize("code", KINDS)
def test_every_commune_is_a_dot_and_both_archipelagos_are_named(published: Published, code: str) -> None:
    figure = country_figure(published, code)
    dots = [each for trace in figure["data"] if trace["name"] != "archipelagos" for each in trace["customdata"]]
    assert len(dots) == len(set(dots)) == 3321
    assert {"48|20333", "56|22736"} <= set(dots), "Hoàng Sa and Trường Sa have a state of their own"
    assert_archipelagos(figure)
    go.Figure(figure)


@pytest.mark.parametrize("code", KINDS)
def test_the_tiles_of_an_indicator_name_both_archipelagos(published: Published, code: str) -> None:
    figure = tile_map(province_rows(published, code), published.rows("archipelagos"), VI, paint_indicator)
    assert len(set(figure["data"][0]["customdata"])) == 34
    assert "Hoàng Sa" in texts(figure)
    assert "Trường Sa" in texts(figure)
    go.Figure(figure)


def test_shapes_name_both_archipelagos_too(published: Published) -> None:
    tiles = published.rows("map_tiles", statuses=list(STATUSES), directive="")
    shapes = {"91": Shape([[(104.5, 10), (105.5, 10), (105.5, 11), (104.5, 10)]], (105.0, 10.5))}
    figure = shape_map(tiles, shapes, published.rows("archipelagos"), VI, by_status)
    assert figure["data"][0]["fill"] == "toself"
    assert_archipelagos(figure)
    go.Figure(figure)


def test_a_commune_without_a_report_is_no_commune_with_a_zero(published: Published) -> None:
    rows = published.rows("country_communes", indicator="pvhcc_commune_operating")
    states = {row["commune_code"]: row["state"] for row in rows}
    assert states["20333"] == "not_done", "Hoàng Sa reports 0"
    assert states["00004"] == "not_counted", "Hà Nội has one centre for the whole city"
    silent = [row for row in rows if row["state"] == "not_reported"]
    assert silent
    assert all(row["value"] is None for row in silent)


def test_a_share_just_short_of_the_whole_has_not_the_colour_of_the_whole() -> None:
    assert shade_of(100.0) is shade_of(130.0) is ALL_DONE
    assert shade_of(99.99) is STEPS[-1]
    assert shade_of(0.0) is STEPS[0]


def test_a_province_that_has_not_reported_is_hatched() -> None:
    row = {"province_name": "Tỉnh Lai Châu", "state": "not_reported", "value": None}
    paint = paint_indicator(row, VI)
    assert paint.is_hatched
    assert paint.colour == NOT_REPORTED.colour
    assert "chưa có báo cáo" in paint.hover


def test_the_matrix_has_the_most_urgent_province_on_top(published: Published) -> None:
    cells = published.rows("heatmap", indicators=[])
    assert len(cells) == 34 * 23
    late = {row["province_place"]: row["late_count"] for row in cells}
    assert [late[place] for place in sorted(late)] == sorted(late.values(), reverse=True)
    figure = share_matrix(cells, VI)
    (bars,) = figure["data"]
    assert bars["base"][0] == max(bars["base"]), "the first province is drawn at the top"
    assert len(set(zip(bars["x"], bars["base"], strict=True))) == len(cells), "two cells stand on each other"
    assert bars["customdata"][0] == f"{cells[0]['province_code']}|{cells[0]['indicator']}"
    go.Figure(figure)


def share(name: str, progress_pct: float | None) -> Row:
    state = "not_reported" if progress_pct is None else "done" if progress_pct >= 100 else "not_done"
    return {"short_name": name, "progress_pct": progress_pct, "value": progress_pct, "state": state}


def test_best_and_worst_and_silent_places_are_named() -> None:
    indicator = {"name_vi": "Thủ tục", "name_en": "", "is_yes_no": False, "has_share": True}
    national = {"as_of_on": None, "progress_pct": 50.0, "value": 50.0, "target": 100.0}
    rows = [share("A", 10.0), share("B", 20.0), share("C", 30.0), share("D", 99.9), share("Đ", None)]
    said = " ".join(map_sentences.by_indicator(rows, indicator, national, VI))
    assert "Thấp nhất: A (10%), B (20%) và C (30%)." in said
    assert "Cao nhất: D (99,9%), C (30%) và B (20%)." in said
    assert said.endswith("Một địa phương chưa có báo cáo: Đ.")
    rows[3] = share("D", 100.0)
    assert "1/5 địa phương đã đủ 100%." in map_sentences.by_indicator(rows, indicator, national, VI)[0]


def test_the_page_opens_with_the_places(opened: Opener) -> None:
    said = words(opened("normal", "map", theo="pvhcc_commune_operating"))
    assert "Đến 25/02/2026, cả nước đạt" in said
    assert "Thấp nhất: " in said
    said = words(opened("normal", "map", theo="kl202_procedures"))
    assert "trong 34 địa phương" in said
    said = words(opened("empty", "map", theo="kl202_procedures"))
    assert "trong 34 địa phương: chưa địa phương nào có báo cáo." in said
    assert "Hà Nội, Cao Bằng" not in said, "a list of all provinces helps nobody"
    said = words(opened("empty", "map", theo="staff_present"))
    assert "Chưa địa phương nào báo cáo chỉ tiêu" in said


def test_the_map_of_dots_is_drawn_once_for_all_readers(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr("dashboard.figures.country._dots", lambda group: drawn.append(group) or {"x": []})
    for _reader in range(2):
        app = opened("late", "map", theo="network_stable")
        app.run()
    assert drawn
    assert len(drawn) == len({group.word for group in drawn})


def outline(code: str) -> dict[str, Any]:
    ring = [[104.5, 10.0], [105.5, 10.0], [105.5, 11.0], [104.5, 10.0]]
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return {"type": "Feature", "properties": {"province_code": code}, "geometry": geometry}


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path) -> Path:
    """A home of its own with the normal database, so that a file can be put beside it."""
    (tmp_path / "reference").mkdir()
    (tmp_path / "published").symlink_to(homes["normal"] / "published")
    homes["own"] = tmp_path
    return tmp_path


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def test_boundaries_of_the_ministry_become_shapes(opened: Opener, home: Path) -> None:
    collection = {"type": "FeatureCollection", "features": [outline("91"), outline("48")]}
    (home / "reference" / "boundaries.geojson").write_text(json.dumps(collection), encoding="utf-8")
    app = opened("own", "map", theo="procedures_reviewed")
    assert not app.exception
    shapes = charts(app)[0]
    assert [trace.get("fill") for trace in shapes["data"]][:2] == ["toself", "toself"]
    assert_archipelagos(shapes)
    assert "Chưa có ranh giới của: " in words(app)


@pytest.mark.parametrize("content", ["", "{}", '{"features": [{"properties": {}, "geometry": null}]}'])
def test_a_broken_file_of_boundaries_is_said_and_the_tiles_stay(opened: Opener, home: Path, content: str) -> None:
    (home / "reference" / "boundaries.geojson").write_text(content, encoding="utf-8")
    app = opened("own", "map")
    assert not app.exception
    assert charts(app)[0]["data"][0]["type"] == "bar"
    assert "Không đọc được boundaries.geojson" in words(app)


def test_boundaries_that_a_browser_could_not_draw_are_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(home))
    monkeypatch.setattr("dashboard.boundaries.MOST_POINTS", 3)
    collection = {"type": "FeatureCollection", "features": [outline("91")]}
    (home / "reference" / "boundaries.geojson").write_text(json.dumps(collection), encoding="utf-8")
    assert boundaries(load_settings()).fault == "too_fine"


def go_to(app: AppTest, page: str) -> None:
    """As a click in the menu: the address forgets its filters, the session does not."""
    app.query_params.clear()
    app.switch_page(pages.script(page)).run()


def test_an_indicator_chosen_on_the_map_is_shown_on_the_next_pages(opened: Opener) -> None:
    app = opened("normal", "map")
    app.selectbox(key="choose_theo").select("staff_present").run()
    assert app.query_params["theo"] == "staff_present"
    go_to(app, "province")
    assert app.selectbox(key="choose_chi-tieu").value == "staff_present"
    go_to(app, "comparison")
    assert app.selectbox(key="choose_chi-tieu").value == "staff_present"


def test_a_province_and_an_indicator_chosen_elsewhere_are_kept(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91")
    app.selectbox(key="choose_chi-tieu").select("office_adequate").run()
    go_to(app, "map")
    assert app.selectbox(key="choose_theo").value == "office_adequate"
    go_to(app, "comparison")
    app.selectbox(key="choose_so").select("tinh").run()
    assert app.selectbox(key="choose_tinh").value == "91"


def test_an_indicator_that_a_page_cannot_show_is_not_forgotten(opened: Opener) -> None:
    app = opened("normal", "comparison", **{"chi-tieu": "procedures_reviewed"})
    go_to(app, "province")
    assert app.selectbox(key="choose_chi-tieu").value == "pvhcc_commune_operating", "communes do not report the other"
    go_to(app, "comparison")
    assert app.selectbox(key="choose_chi-tieu").value == "procedures_reviewed"


def test_a_directive_chosen_on_the_map_is_the_one_of_the_deadlines(opened: Opener) -> None:
    app = opened("normal", "map")
    app.selectbox(key="choose_theo").select("kl202_procedures").run()
    go_to(app, "deadlines")
    assert app.selectbox(key=f"choose_{links.DIRECTIVE}").value == "kl202_procedures"


@pytest.mark.parametrize(
    ("page", "codes", "is_marked"),
    [
        ("map", {"theo": "military_commander_appointed"}, True),
        ("map", {"nhom": "military"}, True),
        ("map", {}, False),
        ("comparison", {"chi-tieu": "military_posts_filled"}, True),
        ("comparison", {"so": "tinh"}, False),
    ],
)
def test_restricted_figures_are_shown_only_with_their_notice(
    opened: Opener, page: str, codes: dict[str, str], is_marked: bool
) -> None:
    app = opened("normal", page, **codes)
    assert ("SỐ LIỆU LƯU HÀNH HẠN CHẾ" in words(app)) == is_marked
    shown = words(app) + " ".join(str(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert ("qu\\u00e2n s\\u1ef1" in shown or "quân sự" in shown) == is_marked
