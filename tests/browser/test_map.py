"""Bản đồ, So sánh and the search in a browser: a dot leads to its commune, a shared link shows the same view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Watch, open_page
from tests.browser.test_every_page import pages

__all__ = ["pages"]
pytestmark = pytest.mark.browser

# Where a point of a chart is on the screen, given how its customdata begins.
PLACE_OF_POINT = """([chart, code]) => {
    const plot = document.querySelectorAll('.js-plotly-plot')[chart], box = plot.getBoundingClientRect();
    for (const trace of plot.calcdata.map(points => points[0].trace)) {
        const place = (trace.customdata || []).findIndex(each => String(each).endsWith(code));
        if (place < 0) continue;
        const {xaxis, yaxis} = plot._fullLayout, x = xaxis.d2p(trace.x[place]), y = yaxis.d2p(trace.y[place]);
        return [box.left + xaxis._offset + x, box.top + yaxis._offset + y];
    }
}"""
DOTS = 1


def click_dot(page: Page, commune: str) -> None:
    page.locator(".js-plotly-plot").nth(DOTS).scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    x, y = page.evaluate(PLACE_OF_POINT, [DOTS, commune])
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)


# Thổ Châu stands alone in the sea; Trường Sa has its ring around its dot.
@pytest.mark.parametrize(("commune", "name"), [("31105", "Đặc khu Thổ Châu"), ("22736", "Đặc khu Trường Sa")])
def test_a_dot_leads_to_its_commune(pages: dict[int, Page], addresses: dict[str, str], commune: str, name: str) -> None:
    page = pages[1440]
    watch = Watch(page, addresses["normal"])
    open_page(page, addresses["normal"], "ban-do?theo=office_adequate")
    click_dot(page, commune)
    expect(page.locator(".st-key-commune_card h2")).to_contain_text(name)
    assert f"xa={commune}" in page.url
    assert "chi-tieu=office_adequate" in page.url
    assert watch.faults == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_shared_link_shows_the_same_view(pages: dict[int, Page], addresses: dict[str, str], width: int) -> None:
    sender, reader = pages[1440], pages[width]
    open_page(sender, addresses["normal"], "so-sanh?so=tinh&tinh=91&voi-tinh=96")
    sender.get_by_role("button", name="Đổi chỗ").click()
    expect(sender.locator(".td-lead").first).to_contain_text("Cà Mau cao hơn An Giang")
    said, link = sender.locator(".td-lead").first.text_content(), sender.url.removeprefix(addresses["normal"] + "/")
    open_page(reader, addresses["normal"], link)
    expect(reader.locator(".td-lead").first).to_have_text(said or "nothing was said")


def test_the_search_finds_while_typing_and_leads_to_the_commune(
    pages: dict[int, Page], addresses: dict[str, str]
) -> None:
    page = pages[390]
    open_page(page, addresses["normal"], "doi-chieu")
    page.get_by_role("button", name="Tìm xã, phường").click()
    page.get_by_label("Tên hoặc mã").press_sequentially("thanh pho khong co")
    expect(page.get_by_text("Không có xã, phường, đặc khu hay tỉnh nào tên như vậy.")).to_be_visible()
    page.get_by_label("Tên hoặc mã").fill("hoang sa")
    page.get_by_role("button", name="Đặc khu Hoàng Sa, Đà Nẵng").click()
    expect(page.locator(".td-lead").first).to_contain_text("Thành phố Đà Nẵng")
    expect(page.get_by_label("Tên hoặc mã")).to_have_count(0)
    assert "tinh=48&xa=20333" in page.url


def test_a_link_beside_the_open_search_is_followed(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    open_page(page, addresses["normal"], "")
    page.get_by_role("button", name="Tìm xã, phường").click()
    page.get_by_label("Tên hoặc mã").fill("hoang sa")
    page.get_by_test_id("stPageLink").filter(has_text="Xem chi tiết").first.click()
    expect(page.locator("h1")).to_have_text("Thời hạn chỉ đạo")
