"""The page Truy vấn SQL in the browser: type, run, look, stop, share; nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import COMPLETE, Watch

pytestmark = pytest.mark.browser

QUERY = "SELECT short_name AS tinh, commune_count\nFROM reference.provinces -- 34 dòng\nORDER BY commune_count DESC"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1200}, locale="en-US")
    yield context.new_page()
    context.close()


def test_a_query_is_typed_run_shared_and_stopped(page: Page, addresses: dict[str, str]) -> None:
    address = addresses["normal"]
    watch = Watch(page, address)
    page.goto(f"{address}/truy-van")
    page.wait_for_function(COMPLETE)
    editor = page.get_by_label("Câu truy vấn SQL")
    expect(editor).to_have_value(re.compile("Trung tâm Phục vụ hành chính công cấp xã hoạt động"))

    editor.fill(QUERY)
    expect(page.locator(".copy .keyword").first).to_have_text("SELECT")
    expect(page.locator(".copy .comment")).to_have_text("-- 34 dòng")
    page.get_by_role("button", name="Chạy", exact=True).click()
    expect(page.get_by_text("34 dòng, 2 cột")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_role("tab", name="Biểu đồ nhanh").click()
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible()
    expect(page.get_by_text("Hồ Chí Minh").first).to_be_visible()

    shared = page.url
    assert "sql=" in shared
    page.goto(shared)
    page.wait_for_function(COMPLETE)
    expect(editor).to_have_value(QUERY)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)

    editor.fill("SELECT COUNT(*) AS a FROM range(100000000000) AS a, range(1000000) AS b")
    editor.press("Control+Enter")
    stop = page.get_by_role("button", name="Dừng", exact=True)
    expect(page.get_by_text("Đang chạy: 1 giây")).to_be_visible()
    stop.click()
    expect(page.get_by_text("Đã dừng theo yêu cầu.")).to_be_visible()
    expect(stop).to_be_disabled()

    editor.fill("SELECT short_name\nFROM reference.provnces")
    editor.press("Control+Enter")
    expect(page.get_by_text("Lỗi ở dòng 2.")).to_be_visible()
    expect(page.locator(".line.fault")).to_have_text("FROM reference.provnces\u200b")
    assert watch.faults == []
