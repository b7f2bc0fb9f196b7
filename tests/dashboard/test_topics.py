"""Pages of one field of work: what is declared, how provinces are ranked, what the sentences and tables say."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard import topic_sentences
from dashboard.figures.over_time import over_time
from dashboard.figures.ranked import bar_text, ranked, ranked_bars
from dashboard.language import language
from dashboard.topics import FACILITIES, NAMES, REMAINING, TOPICS, VALUE, Subject
from dashboard.vocabulary import quoted
from dashboard.warehouse import Row, open_published
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI, EN = language("vi"), language("en")


def province(code: str, pct: float | None, **cells: Any) -> Row:
    """A row of `topic_progress.sql` for a province."""
    return {
        "province_code": code, "short_name": f"Tỉnh {code}", "state": "not_reported" if pct is None else "not_done",
        "progress_pct": pct, "progress_change": None, "value": pct, "target": 100.0, "remaining": None, "change": None,
        "remaining_change": None, "reported_unit_count": 9, "expected_unit_count": 10, **cells,
    }  # fmt: skip


@pytest.fixture(scope="module")
def indicators(homes: Any) -> set[str]:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    return {row["indicator"] for row in published.rows("measures")}


@pytest.mark.parametrize("name", TOPICS)
def test_what_is_declared_is_reported(name: str, indicators: set[str]) -> None:
    topic = TOPICS[name]
    assert set(topic.indicators) <= indicators
    codes = [subject.code for subject in topic.subjects]
    assert len(set(codes)) == len(codes)


def test_a_page_opens_with_its_most_urgent_subject() -> None:
    topic = TOPICS["centres"]
    country: dict[str, Row] = {
        "pvhcc_commune_operating": {"status": "overdue", "progress_pct": 99.9},
        "procedures_reviewed": {"status": "overdue", "progress_pct": 83.8},
        "central_procedure_system_adopted": {"status": "at_risk", "progress_pct": 70.0},
    }
    assert topic.most_urgent(country).code == "procedures_reviewed"
    assert topic.most_urgent({}) == topic.subjects[0]
    assert TOPICS["staffing"].most_urgent({"staff_trained": {"status": "not_due", "progress_pct": 1.0}}).code == (
        "staff_trained"
    )


def test_the_furthest_behind_is_first_and_who_is_silent_or_not_counted_last() -> None:
    rows = [province("01", None, state="not_counted"), province("02", 100.0), province("03", None), province("04", 5.0)]
    assert [row["province_code"] for row in ranked(rows, "progress_pct", is_lowest_first=True)] == [
        "04",
        "02",
        "03",
        "01",
    ]
    assert [row["province_code"] for row in ranked(rows, "value", is_lowest_first=False)] == ["02", "04", "03", "01"]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"progress_change": 1.24}, "83,8% (+1,2)"),
        ({"progress_change": -3.0}, "83,8% (−3)"),
        ({"progress_change": 0.0}, "83,8%"),
        ({"progress_change": None}, "83,8%"),
        ({"progress_pct": None, "state": "not_reported"}, "chưa có báo cáo"),
        ({"progress_pct": None, "state": "not_counted"}, "không tính"),
    ],
)
def test_a_bar_says_its_share_and_its_change(cells: dict[str, Any], text: str) -> None:
    assert bar_text(province("01", 83.8) | cells, "progress_pct", "progress_change", VI) == text


def test_bars_go_beyond_100_percent_and_carry_the_code() -> None:
    rows = ranked([province("01", 120.0), province("02", None)], "progress_pct", is_lowest_first=True)
    figure = ranked_bars(rows, "progress_pct", "progress_change", 90.0, VI)
    bars, labels = figure["data"]
    assert bars["x"] == [0, 120.0], "Plotly draws the last row on top"
    assert bars["customdata"] == ["02", "01"]
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert figure["layout"]["xaxis"]["range"][1] > 120
    assert figure["layout"]["annotations"][0]["text"] == "cả nước 90%"
    assert labels["text"] == ["chưa có báo cáo", "120%"]
    assert min(labels["x"]) > max(120.0, figure["layout"]["shapes"][0]["x1"]), "nothing runs through a number"
    go.Figure(figure)


@pytest.mark.parametrize("is_period", [True, False])
def test_a_curve_begins_at_zero_and_leaves_out_days_without_report(is_period: bool) -> None:
    days: list[Row] = [
        {"as_of_on": date(2026, 1, day), "value": value, "reported_unit_count": 1, "expected_unit_count": 2}
        for day, value in ((15, 30.0), (20, None), (31, 40.0))
    ]
    figure = over_time(days, "value", is_period, VI)
    assert figure["data"][0]["y"] == [30.0, 40.0]
    assert figure["data"][0]["type"] == ("bar" if is_period else "scatter")
    assert figure["layout"]["yaxis"]["range"][0] == 0
    assert figure["layout"]["annotations"][0]["text"] == "<b>40</b>"
    go.Figure(figure)


def test_a_short_history_has_its_days_on_the_axis_and_a_long_one_its_months() -> None:
    def axis_of(*on: date) -> dict[str, Any]:
        days = [{"as_of_on": each, "value": 1.0, "expected_unit_count": None} for each in on]
        return dict(over_time(days, "value", False, VI)["layout"]["xaxis"])

    assert axis_of(date(2026, 2, 25))["ticktext"] == ["25/02/2026"]
    assert axis_of(date(2025, 12, 15), date(2026, 1, 15))["ticktext"] == ["15/12/2025", "15/01/2026"]
    assert axis_of(date(2025, 7, 31), date(2026, 2, 25))["tickformat"] == "%m/%Y"


def combination(lacking: list[str], count: int, names: list[str] | None = None, unknown: bool = False) -> Row:
    return {
        "unit_type": "xã", "lacking": lacking, "is_partly_unknown": unknown, "commune_count": count, "names": names,
        "reported_count": 0 if unknown else 3 * count,
    }  # fmt: skip


def test_communes_that_lack_all_are_named_while_they_are_few() -> None:
    rows = [
        combination([], 80),
        combination(["office_adequate"], 15),
        combination(list(FACILITIES), 2, ["Xã A (Huế)", "Xã B (Huế)"]),
        combination(["office_adequate"], 3, unknown=True),
    ]
    labels = dict(zip(FACILITIES, ("trụ sở", "trang thiết bị", "đường truyền ổn định"), strict=True))
    assert topic_sentences.facilities(rows, labels, date(2026, 2, 25), VI) == [
        "Đến 25/02/2026, trên 97 xã, phường, đặc khu có báo cáo cả ba mặt, 80 nơi bảo đảm đủ; 17 nơi thiếu trụ sở, "
        "2 nơi thiếu trang thiết bị, 2 nơi thiếu đường truyền ổn định.",
        "Hai nơi thiếu cả ba: Xã A (Huế) và Xã B (Huế). Ba nơi chưa báo cáo đủ ba mặt.",
    ]
    assert topic_sentences.facilities([combination([], 5, unknown=True)], labels, None, VI) == [
        "Chưa có báo cáo nào của địa phương về nội dung này."
    ]
    one_of_three = [{**combination(["office_adequate"], 5, unknown=True), "reported_count": 5}]
    assert topic_sentences.facilities(one_of_three, labels, None, VI) == [
        "Chưa xã, phường, đặc khu nào báo cáo đủ cả ba mặt; số của từng mặt được nêu riêng."
    ], "nobody may read “no report at all” beside figures"


DEADLINE: Row = {"due_on": date(2025, 12, 31), "due_inclusive": False}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"status": "overdue"}, "quá hạn 57 ngày"),
        ({"status": "not_reported"}, "ngày hẹn đã qua 57 ngày"),
        ({"status": "met_on_time", "met_on": date(2025, 12, 20)}, "đã xong ngày 20/12/2025, đúng hạn"),
        ({"status": "met_late", "met_on": date(2026, 1, 20)}, "đã xong ngày 20/01/2026, sau hạn"),
        ({"status": "met_late", "met_on": None}, "đã xong sau hạn"),
    ],
)
def test_what_is_done_is_never_overdue_and_what_nobody_reported_is_not_called_late(cells: Row, said: str) -> None:
    row = {"days_to_due": -57, "met_on": None, **cells}
    assert topic_sentences.due(row, DEADLINE, VI) == f"hạn trước ngày 31/12/2025, {said}"
    assert topic_sentences.due(row, None, VI) == ""


def obstacle(**cells: Any) -> Row:
    return {
        "as_of_on": date(2026, 2, 25), "value": 90.0, "remaining": 10.0, "progress_pct": 90.0, "remaining_change": -3.0,
        "status": "overdue", "days_to_due": -57, **cells,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "end"),
    [
        ({}, "còn 10 chưa giải quyết (giảm 3 so với kỳ trước); hạn trước ngày 31/12/2025, quá hạn 57 ngày."),
        ({"remaining_change": 0.0}, "(không đổi so với kỳ trước); hạn trước ngày 31/12/2025, quá hạn 57 ngày."),
        ({"remaining_change": None}, "còn 10 chưa giải quyết; hạn trước ngày 31/12/2025, quá hạn 57 ngày."),
    ],
)
def test_what_is_open_and_how_that_changed(cells: dict[str, Any], end: str) -> None:
    said = topic_sentences.obstacles(obstacle(**cells), {"value": 100.0}, DEADLINE, VI)
    assert said.startswith("Đến 25/02/2026, các xã phản ánh 100 khó khăn, vướng mắc, đã giải quyết dứt điểm 90 (90%)")
    assert said.endswith(end)


def test_unknown_is_not_said_to_be_zero() -> None:
    nothing = "Chưa có báo cáo nào của địa phương về nội dung này."
    assert topic_sentences.obstacles(obstacle(value=None, remaining=None), {"value": None}, None, VI) == nothing
    raised_only = topic_sentences.obstacles(obstacle(value=None, remaining=None), {"value": 7.0}, None, VI)
    assert raised_only == "Chưa có báo cáo đủ cả số phát sinh và số đã giải quyết để so sánh."
    silent: Row = {"value": None, "target": None}
    assert topic_sentences.procedures(silent, None, VI) == ""
    assert topic_sentences.posts(silent, silent, None, VI) == ""


def scope(units: int) -> Row:
    """The indicator in the country, of which every unit has reported and has it."""
    return {
        "value": units, "target": units, "is_period_count": False, "reported_unit_count": units,
        "expected_unit_count": units,
    }  # fmt: skip


def test_communes_are_named_while_few_and_counted_by_kind_when_many() -> None:
    few = [{"commune_name": "Xã A", "short_name": "Huế", "unit_type": "xã", "is_silent": False}]
    many = [{"commune_name": str(n), "short_name": "Huế", "unit_type": "phường", "is_silent": True} for n in range(9)]
    assert topic_sentences.communes(scope(2), [*few, *many], VI) == (
        "Một xã, phường, đặc khu chưa đạt: Xã A (Huế). Chín xã, phường, đặc khu chưa có báo cáo: 9 phường."
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "Mọi xã, phường, đặc khu được tính đều đã báo cáo và đều đạt."),
        ({"target": None}, "Mọi xã, phường, đặc khu được tính đều đã có báo cáo."),
        ({"is_period_count": True}, "Mọi xã, phường, đặc khu được tính đều đã có báo cáo."),
        ({"reported_unit_count": 90}, "Đã có báo cáo của 90/100 xã, phường, đặc khu."),
        ({"value": None, "reported_unit_count": None}, "Chưa có báo cáo nào của địa phương về nội dung này."),
    ],
)
def test_that_no_commune_is_missing_is_said_only_where_all_have_reported(cells: Row, said: str) -> None:
    row = scope(100) | cells
    assert topic_sentences.communes(row, [], VI) == said
    assert ("Chỉ huy trưởng." in topic_sentences.commanders(row, [], VI)) == topic_sentences.is_complete(row)


def test_measures_name_their_columns() -> None:
    assert Subject("a", "A", REMAINING, "b").indicator == "b"
    assert [Subject("a", "A", measure).column for measure in (VALUE, REMAINING, NAMES)] == [
        "value",
        "remaining",
        "value",
    ]


def table_with(app: Any, *columns: str) -> Any:
    return next(each.value for each in app.dataframe if set(columns) <= set(each.value))


def test_open_obstacles_are_what_was_raised_and_not_resolved(opened: Opener) -> None:
    app = opened("normal", "obstacles")
    shown = table_with(app, "Còn lại", "Vùng")
    assert list(shown["Còn lại"]) == sorted(shown["Còn lại"], reverse=True), "most on top"
    assert (shown["Phải đạt"] - shown["Giá trị"] == shown["Còn lại"]).all()
    assert "còn chưa giải quyết" in words(app).lower()


def test_a_link_reproduces_the_subject_and_the_province(opened: Opener) -> None:
    app = opened("normal", "centres", **{"xem-theo": "pvhcc_commune_operating", "loc-tinh": "48"})
    communes = table_with(app, "Loại", "Xã, phường, đặc khu")
    states = dict(zip(communes["Xã, phường, đặc khu"], communes["Tình trạng"], strict=True))
    assert states == {"Đặc khu Hoàng Sa": "■ Chưa đạt", "Xã Điện Bàn Tây": "○ Chưa có báo cáo"}
    provinces = table_with(app, "Vùng")
    assert list(provinces["Tỉnh, thành phố"])[-1] == "Hà Nội", "not counted, so last"


def test_who_has_the_central_system_is_said_by_name(opened: Opener) -> None:
    said = words(opened("normal", "centres", **{"xem-theo": "central_procedure_system_adopted"}))
    assert "■ Chưa có: " in said
    assert "● Đã có: " in said
    shown = table_with(opened("normal", "centres", **{"xem-theo": "central_procedure_system_adopted"}), "Vùng")
    assert set(shown["Hệ thống TTHC tập trung"]) == {"có", "chưa"}


def test_what_a_period_counts_is_said_with_its_coverage() -> None:
    country: dict[str, Row] = {
        "dossiers_received": {
            "value": 5000.0, "as_of_on": date(2026, 2, 25), "reported_unit_count": 3009, "expected_unit_count": 3321,
        },
        "dossiers_on_time": {"progress_pct": 95.1},
        "dossiers_online": {"progress_pct": None},
    }  # fmt: skip
    assert topic_sentences.dossiers(country, VI) == (
        "Trong kỳ 25/02/2026, các xã tiếp nhận 5.000 hồ sơ (3.009/3.321 đơn vị báo cáo): "
        "95,1% giải quyết đúng hạn, – nộp trực tuyến."
    )
    country["dossiers_received"]["value"] = None
    assert topic_sentences.dossiers(country, VI) == ""


def test_training_is_held_against_its_scheme() -> None:
    row: Row = {"value": 50.0, "target": 100.0, "progress_pct": 50.0, "status": "not_due", "days_to_due": 1770}
    scheme: Row = {"due_on": date(2030, 12, 31), "due_inclusive": True}
    assert topic_sentences.training(row, scheme, VI) == (
        "Đã bồi dưỡng 50/100 cán bộ, công chức cấp xã (50%); hạn đến hết ngày 31/12/2030, còn 1.770 ngày."
    )


def test_facilities_are_counted_by_kind_of_commune(opened: Opener) -> None:
    shown = table_with(opened("normal", "facilities"), "Thiếu cả ba")
    assert list(shown["Loại"]) == ["xã", "phường", "đặc khu"]
    assert list(shown["Số đơn vị"]) == [2621, 687, 13]


def test_a_kind_of_commune_that_has_not_reported_all_three_has_no_zero(opened: Opener) -> None:
    app = opened("late", "facilities")
    shown = table_with(app, "Thiếu cả ba")
    assert set(shown["Đã báo cáo cả ba"]) == {0}
    assert shown[["Đủ cả ba", "Thiếu trụ sở", "Thiếu cả ba"]].isna().all(axis=None)
    assert "Chưa xã, phường, đặc khu nào báo cáo đủ cả ba mặt" in words(app)


def test_training_that_nobody_reported_leaves_every_commune_silent(opened: Opener) -> None:
    said = words(opened("late", "staffing", **{"xem-theo": "staff_trained"}))
    assert "Chưa có báo cáo nào của địa phương về nội dung này." in said
    assert "được tính đều" not in said


def test_military_figures_are_marked_and_stand_by_position(opened: Opener) -> None:
    app = opened("normal", "military")
    said = words(app)
    assert "SỐ LIỆU LƯU HÀNH HẠN CHẾ, KHÔNG PHỔ BIẾN" in said
    assert "Ban Chỉ huy quân sự cấp xã đến 25/02/2026: Chỉ huy trưởng " in said
    assert "Chỉ huy trưởng, tỷ lệ" in table_with(app, "Chính trị viên phó, tỷ lệ")


@pytest.mark.parametrize(
    ("page", "subject"), [(page, each.code) for page, topic in TOPICS.items() for each in topic.subjects]
)
def test_every_subject_can_be_looked_at(opened: Opener, page: str, subject: str) -> None:
    app = opened("normal", page, **{"xem-theo": subject})
    assert [str(each.value) for each in app.exception] == []
    assert app.selectbox(key="choose_xem-theo").value == subject


@pytest.mark.parametrize("page", TOPICS)
def test_before_any_report_a_page_says_so_and_shows_no_zero(opened: Opener, page: str) -> None:
    app = opened("empty", page)
    assert "Chưa có" in words(app)
    assert 'class="td-number">0' not in words(app)


def test_regions_have_english_names_and_what_is_vietnamese_only_is_quoted(opened: Opener) -> None:
    app = opened("normal", "facilities", lang="en")
    regions = set(table_with(app, "Region")["Region"])
    assert {"Red River Delta", "Southeast"} <= regions
    assert all(name.isascii() for name in regions)
    assert quoted("đọc trong bản tin", EN) == "“đọc trong bản tin” (in Vietnamese)"
    assert quoted("đọc trong bản tin", VI) == "đọc trong bản tin"
    assert quoted(None, EN) == ""
    assert "” (in Vietnamese)" in words(opened("normal", "deadlines", lang="en"))
