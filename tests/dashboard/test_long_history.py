"""A history too long for one screen: a part is shown, and every file and every day is still reached."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import exports, links, past
from dashboard.blocks import reports, sources
from dashboard.warehouse import Published
from tests.dashboard.test_figures import published
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened", "published"]
PAGE_ROWS = 50


def files(app: AppTest) -> Any:
    return next(each.value for each in app.dataframe if "Dấu vân tay sha256" in each.value)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PAGE_ROWS", PAGE_ROWS)


@pytest.fixture
def calendars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of days are too long from two days on."""
    monkeypatch.setattr(links, "DAYS_LISTED", 2)


@pytest.mark.usefixtures("small_pages")
def test_every_file_stands_on_one_of_the_pages(opened: Opener, published: Published) -> None:
    everything = published.rows("submissions", province_code="")
    page_count = -(-len(everything) // PAGE_ROWS)
    assert page_count > 2
    found = [
        fingerprint
        for page in range(1, page_count + 1)
        for fingerprint in files(opened("normal", "sources", trang=str(page)))["Dấu vân tay sha256"]
    ]
    assert found == [row["sha256"] for row in everything], "in their order, none twice, none missing"
    last = opened("normal", "sources", trang=str(page_count))
    assert f"đến {len(everything)} trong {len(everything)}, trang {page_count}/{page_count}." in words(last)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(("search", "column"), [("lai chau", "Tỉnh, thành phố"), ("31/01/2026", "Kỳ")])
def test_the_search_is_of_all_files_not_of_the_page(
    opened: Opener, published: Published, search: str, column: str
) -> None:
    app = opened("normal", "sources", **{"tim-tep": search})
    count = published.row("received_file_count", search=search)["file_count"]
    shown = files(app)
    assert len(shown) == min(count, PAGE_ROWS) > 0
    assert len(set(shown[column])) == 1


def test_a_search_without_result_says_so(opened: Opener) -> None:
    app = opened("normal", "sources", **{"tim-tep": "không có tệp nào tên này"})
    assert not app.exception
    assert "Không có dòng nào." in [each.value for each in app.caption]


@pytest.mark.usefixtures("small_pages")
def test_what_is_taken_away_are_all_files_that_were_searched_for(
    opened: Opener, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, exports.Whole | None] = {}

    def offered(view: object, frame: object, columns: object, name: str, title: str, **more: Any) -> None:
        taken[name] = more.get("whole")

    monkeypatch.setattr(exports, "downloads", offered)
    opened("normal", "sources", trang="2")
    whole = taken["tep-da-nhan"]
    everything = published.rows("submissions", province_code="")
    assert whole is not None
    assert len(everything) == whole.row_count == len(whole.read())
    opened("normal", "sources", **{"tim-tep": "an giang"})
    whole = taken["tep-da-nhan"]
    assert whole is not None
    assert set(whole.read()["short_name"]) == {"An Giang"}
    assert len(whole.read()) == whole.row_count


@pytest.mark.usefixtures("calendars")
def test_a_calendar_takes_the_place_of_a_long_list_of_days(opened: Opener) -> None:
    app = opened("normal", "comparison")
    field = next(each for each in app.date_input if each.label == "Từ ngày")
    field.set_value(date(2026, 2, 3)).run()
    assert not app.exception
    field = next(each for each in app.date_input if each.label == "Từ ngày")
    assert field.value == date(2026, 1, 31), "the last day with figures before it"
    assert app.query_params[links.FROM_ON] in ("2026-01-31", ["2026-01-31"])
    assert "31/01/2026" in words(app)


@pytest.mark.usefixtures("calendars")
@pytest.mark.parametrize("address", ["2026-01-31", "hôm qua"])
def test_a_day_in_the_address_is_the_one_in_the_calendar(opened: Opener, address: str) -> None:
    app = opened("normal", "reports", ky=address)
    chosen = date(2026, 1, 31) if address == "2026-01-31" else date(2026, 2, 25)
    assert set(files(app)["Kỳ"].dt.date) == {chosen}


@pytest.mark.usefixtures("calendars")
def test_going_back_offers_every_day_in_a_calendar(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("normal")
    asked: list[date | None] = []
    monkeypatch.setattr(past, "_leave_in_address", lambda known_on, as_of_on: asked.append(as_of_on))
    app.date_input(key="past_as_of_day").set_value(date(2026, 2, 3)).run()
    next(button for button in app.button if button.label == "Xem").click().run()
    assert asked == [date(2026, 1, 31)]


def test_days_up_to_one_are_the_window_and_every_day_is_in_one() -> None:
    days = [date(2025, 7, 1) + timedelta(days=place) for place in range(100)]
    newest = reports.window(days, days[-1])
    assert (len(newest), newest[-1]) == (reports.DAYS_SHOWN, days[-1])
    assert reports.window(days, days[3]) == days[: reports.DAYS_SHOWN], "there are no earlier ones"
    assert {day for last in days for day in reports.window(days, last)} == set(days)


def test_the_calendar_shows_the_days_up_to_the_chosen_one(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Lịch và biểu đồ bên dưới" not in words(opened("normal", "reports"))
    monkeypatch.setattr(reports, "DAYS_SHOWN", 2)
    app = opened("normal", "reports", **{"den-ky": "2026-01-31"})
    assert "2 kỳ, từ 15/01/2026 đến 31/01/2026, trong" in words(app)
