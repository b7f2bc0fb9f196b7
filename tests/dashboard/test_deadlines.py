"""The page Thời hạn chỉ đạo: days left, forecasts and chances in words, wordings of a deadline, the ranked table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import forecast_sentences, links, pages, sentences
from dashboard.language import language
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
VI, EN = language("vi"), language("en")
TASK: dict[str, Any] = {
    "name_vi": "Thủ tục", "name_en": "Procedures", "unit": "procedure", "value": 300.0, "target": 400.0,
    "progress_pct": 75.0, "as_of_on": date(2025, 12, 31), "done_province_count": 12, "province_count": 34,
    "status": "at_risk", "days_to_due": 30, "working_days_to_due": 22, "method": "recent_rate", "rate_days": 7,
    "observed_rate": 14.04, "required_rate": 23.33, "expected_finish_on": date(2026, 2, 14),
    "early_finish_on": date(2026, 1, 20), "late_finish_on": date(2026, 3, 30), "chance_on_time_pct": 12.4,
    "met_on": None, "met_basis": None,
}  # fmt: skip


def task(**changed: Any) -> dict[str, Any]:
    return TASK | changed


@pytest.mark.parametrize(
    ("days", "working", "said"),
    [
        (30, 22, "còn 30 ngày (22 ngày làm việc)"),
        (0, 0, "hôm nay là hạn"),
        (-1, -1, "quá hạn 1 ngày (1 ngày làm việc)"),
        (-2, 0, "quá hạn 2 ngày (0 ngày làm việc)"),
        (1770, None, "còn 1.770 ngày"),
    ],
)
def test_days_left_are_said_with_working_days_as_far_as_the_calendar_goes(
    days: int, working: int | None, said: str
) -> None:
    assert forecast_sentences.time_left(task(days_to_due=days, working_days_to_due=working), VI) == said


def test_how_far_the_country_is() -> None:
    said = "Đến 31/12/2025, “Thủ tục” đạt 300 trên 400 (75%); 12/34 địa phương đã hoàn thành."
    assert forecast_sentences.standing(task(), VI) == said
    above = forecast_sentences.standing(task(value=412.0, progress_pct=103.0), VI)
    assert "412 trên 400 (103%)" in above, "nothing is clamped"
    assert forecast_sentences.standing(task(value=None), VI) == "“Thủ tục”: chưa có báo cáo nào của địa phương."
    by_province = task(value=12.0, target=34.0, progress_pct=35.3)
    assert forecast_sentences.standing(by_province, VI).endswith("đạt 12 trên 34 (35,3%) địa phương."), "said once"


def test_a_forecast_says_rate_day_range_chance_and_what_it_takes() -> None:
    assert forecast_sentences.outlook(task(), VI) == (
        "Giữ nhịp hiện nay (mỗi tuần thêm 14 thủ tục) thì dự kiến xong ngày 14/02/2026; tám trên mười trường hợp tương "
        "tự xong trong khoảng từ 20/01/2026 đến 30/03/2026. Khả năng kịp hạn: 12%. "
        "Muốn kịp phải mỗi tuần thêm 23,3 thủ tục."
    )
    assert "eight of ten similar cases were done between 20 Jan 2026" in forecast_sentences.outlook(task(), EN)


def test_past_the_day_neither_chance_nor_needed_rate_is_said() -> None:
    said = forecast_sentences.outlook(task(days_to_due=-3, chance_on_time_pct=0.0, required_rate=None), VI)
    assert "dự kiến xong ngày 14/02/2026" in said
    assert "Khả năng" not in said
    assert "Muốn kịp" not in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"required_rate": 10.0}, "Để kịp hạn chỉ cần mỗi tuần thêm 10 thủ tục."),
        ({"late_finish_on": None}, "dự kiến xong ngày 14/02/2026; sớm nhất khoảng 20/01/2026, chưa thấy điểm cuối."),
        ({"expected_finish_on": None, "late_finish_on": None}, "sớm nhất khoảng 20/01/2026 mới xong"),
        (
            {"expected_finish_on": None, "early_finish_on": None, "late_finish_on": None},
            "Nhịp hiện nay: mỗi tuần thêm 14 thủ tục; chưa nói được ngày xong.",
        ),
        ({"method": "plateau"}, "số liệu đứng yên"),
        ({"method": "regressed", "observed_rate": -2.0}, "Muốn kịp phải mỗi tuần thêm 23,3 thủ tục; nay -2."),
        ({"method": "single_step"}, "khả năng tính theo nhịp cả nước"),
        ({"method": "too_few_points", "chance_on_time_pct": None}, "Không đủ số liệu để dự báo"),
        ({"method": "no_target", "chance_on_time_pct": None}, "Chưa biết phải đạt bao nhiêu"),
        ({"method": "not_issued", "chance_on_time_pct": None}, "chỉ đạo chưa ban hành"),
        (
            {"method": "met", "status": "met_on_time", "met_on": date(2025, 12, 1), "met_basis": "evidence"},
            "Đã đạt ngày 01/12/2025, đúng hạn (ngày tỉnh ghi).",
        ),
        (
            {"method": "met", "status": "met_late", "met_on": date(2026, 2, 1), "met_basis": "first_report"},
            "Đã đạt ngày 01/02/2026, sau hạn (báo cáo đầu tiên).",
        ),
    ],
)
def test_each_method_has_its_words(changed: dict[str, Any], said: str) -> None:
    assert said in forecast_sentences.outlook(task(**changed), VI)


def test_what_nobody_reported_is_said_once_and_not_forecast() -> None:
    assert forecast_sentences.outlook(task(method="not_reported", value=None), VI) == ""


@pytest.mark.parametrize(
    ("chance", "said"), [(None, ""), (0.0, "0%"), (0.14, "dưới 1%"), (12.4, "12%"), (99.6, "trên 99%"), (100.0, "100%")]
)
def test_a_chance_is_never_more_certain_than_it_is(chance: float | None, said: str) -> None:
    assert forecast_sentences.chance_word(chance, VI) == said


def test_a_range_names_the_year_once_where_it_can() -> None:
    early, late = date(2026, 1, 2), date(2026, 2, 5)
    assert forecast_sentences.day_range(early, late, VI) == "02/01–05/02/2026"
    assert forecast_sentences.day_range(date(2025, 12, 30), late, VI) == "30/12/2025–05/02/2026"
    assert forecast_sentences.day_range(early, None, VI) == "từ 02/01/2026"
    assert forecast_sentences.day_range(None, None, VI) == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "dự kiến xong 14/02/2026 (20/01–30/03/2026), khả năng kịp hạn 12%"),
        ({"days_to_due": -5}, "dự kiến xong 14/02/2026 (20/01–30/03/2026)"),
        (
            {"expected_finish_on": None, "method": "plateau"},
            "không dự báo được ngày xong: đứng yên hoặc quá chậm, khả năng kịp hạn 12%",
        ),
        ({"method": "met"}, ""),
        ({"method": None}, ""),
    ],
)
def test_a_card_has_one_line_of_what_may_come(changed: dict[str, Any], said: str) -> None:
    assert forecast_sentences.card_line(task(**changed), VI) == said


def coverage(**counts: int) -> list[dict[str, Any]]:
    return [
        {"short_name": f"T{number}", "as_of_on": date(2025, 12, 31), "due_on": date(2026, 1, 2), "status": status}
        for status, count in counts.items()
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "Chưa có kỳ báo cáo nào đến hạn."),
        ({"on_time": 34}, "Kỳ báo cáo 31/12/2025: 34/34 địa phương đã gửi số liệu."),
        (
            {"on_time": 19, "not_due": 15},
            "Kỳ báo cáo 31/12/2025: 19/34 địa phương đã gửi số liệu. "
            "15 địa phương chưa gửi, còn trong hạn đến hết ngày 02/01/2026.",
        ),
        (
            {"on_time": 32, "missing": 1, "not_due": 1},
            "Kỳ báo cáo 31/12/2025: 32/34 địa phương đã gửi số liệu. Một địa phương chưa có báo cáo: T0. "
            "Một địa phương chưa gửi, còn trong hạn đến hết ngày 02/01/2026.",
        ),
    ],
)
def test_who_still_has_time_is_counted_among_all(counts: dict[str, int], said: str) -> None:
    assert sentences.reports_in(coverage(**counts), VI) == said


@pytest.fixture
def opened(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Any:
    def open_page(kind: str, **codes: str) -> AppTest:
        monkeypatch.setenv("TIENDO_HOME", str(homes[kind]))
        monkeypatch.setenv("TIENDO_TODAY", TODAY)
        app = AppTest.from_file(str(APP), default_timeout=30).run()
        app.switch_page(pages.script("deadlines"))
        for name, code in codes.items():
            app.query_params[name] = code
        app.run()
        assert not app.exception
        return app

    return open_page


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def ranked(app: AppTest) -> Any:
    return next(each.value for each in app.dataframe if "Khả năng kịp hạn" in each.value)


STAFF = {"chi-dao": "steering_letter_apparatus", "chi-tieu": "staff_present"}


def test_the_page_says_what_the_forecast_says(opened: Any) -> None:
    said = words(opened("normal", **STAFF))
    assert "quá hạn 57 ngày (40 ngày làm việc)" in said
    assert "thì dự kiến xong ngày 26/04/2026" in said
    assert "Vùng nhạt: khoảng 80% của dự báo" in said


def test_the_furthest_behind_are_on_top_with_what_is_expected_of_them(opened: Any) -> None:
    table = ranked(opened("normal", **STAFF))
    assert len(table) == 34
    assert table["Nhịp nay"].notna().sum() == 32, "all but the one that stands still and the one that falls"
    assert set(table[table["Dự kiến xong"].notna()]["Cách dự báo"]) == {"theo nhịp gần đây"}
    assert "từ 06/04/2026" in set(table["Khoảng 80%"]), "a range without an end"
    assert list(table["Tình trạng"])[-1] == "■ Đã đạt rồi giảm"


def test_what_is_done_says_what_its_day_rests_on(opened: Any) -> None:
    codes = {"chi-dao": "steering_letter_apparatus", "chi-tieu": "extension_centre_decided"}
    table = ranked(opened("normal", **codes))
    lights = list(table["Tình trạng"])
    assert lights.index("■ Đã đạt rồi giảm") < lights.index("● Hoàn thành sau hạn")
    done = table[table["Tình trạng"] == "● Hoàn thành sau hạn"]
    assert done["Hoàn thành ngày"].notna().all()
    assert set(done["Theo"]) == {"báo cáo đầu tiên"}


def test_a_province_is_found_without_accents(opened: Any) -> None:
    table = ranked(opened("normal", **STAFF, **{"tim-tinh": "da nang"}))
    assert list(table["Tỉnh, thành phố"]) == ["Đà Nẵng"]


def test_conflicting_wordings_stand_side_by_side_and_one_counts(opened: Any) -> None:
    said = words(opened("normal", **{"chi-dao": "steering_letter_obstacles"}))
    assert "<small>Hạn đang áp dụng</small><q>đến hết năm 2025</q><span>kể cả ngày 31/12/2025</span>" in said
    assert "<small>Cách ghi khác, không áp dụng</small><q>trước tháng 12/2025</q>" in said


def test_an_extended_deadline_keeps_the_one_before(opened: Any) -> None:
    said = words(opened("normal", **{"chi-dao": "letter145_commune_service_unit"}))
    assert "<q>trước ngày 30/10/2025</q>" in said
    assert "gia hạn, áp dụng từ ngày 10/10/2025" in said
    assert "<small>Hạn cũ, đã được thay</small><q>trước ngày 15/10/2025</q>" in said
    assert "áp dụng đến hết ngày 09/10/2025" in said


def test_the_rules_behind_the_statuses_are_on_the_page(opened: Any) -> None:
    app = opened("normal", **STAFF)
    assert "Các tình trạng được xác định thế nào" in [each.label for each in app.expander]
    assert "Còn không quá 7 ngày mà chưa đạt" in words(app)


def test_before_the_first_report_nothing_is_forecast(opened: Any) -> None:
    said = words(opened("empty", **STAFF))
    assert "chưa có báo cáo nào của địa phương" in said
    assert "dự kiến" not in said


def test_a_milestone_without_indicators_says_so(opened: Any) -> None:
    assert "Mốc này không có chỉ tiêu do địa phương báo cáo." in words(opened("normal", **{"chi-dao": "salary_reform"}))
