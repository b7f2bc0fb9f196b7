"""The page Truy vấn SQL in the browser: type, run, look, stop, share; nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import COMPLETE, Watch
from tests.browser.test_access import faults

pytestmark = pytest.mark.browser

PATIENCE = 30_000
QUERY = "SELECT short_name AS tinh, commune_count\nFROM reference.provinces -- 34 dòng\nORDER BY commune_count DESC"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1200}, locale="en-US")
    context.add_init_script(AXE_SCRIPT)
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
    expect(page.get_by_text("34 dòng, 2 cột")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(COMPLETE)
    page.get_by_role("tab", name="Biểu đồ nhanh").click()
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-testid=stPlotlyChart]").get_by_text("Hồ Chí Minh").first).to_be_visible()

    shared = page.url
    assert "sql=" in shared
    page.goto(shared)
    page.wait_for_function(COMPLETE)
    expect(editor).to_have_value(QUERY)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)

    editor.fill("SELECT COUNT(*) AS a FROM range(100000000000) AS a, range(1000000) AS b")
    editor.press("Control+Enter")
    stop = page.get_by_role("button", name="Dừng", exact=True)
    expect(page.get_by_text(re.compile(r"Đang chạy: \d+ giây"))).to_be_visible(timeout=PATIENCE)
    stop.click()
    expect(page.get_by_text("Đã dừng theo yêu cầu.")).to_be_visible(timeout=PATIENCE)
    expect(stop).to_be_disabled()

    editor.fill("SELECT short_name\nFROM reference.provnces")
    editor.press("Control+Enter")
    expect(page.get_by_text("Lỗi ở dòng 2.")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".line.fault")).to_have_text("FROM reference.provnces\u200b")
    assert watch.faults == []


def test_no_state_of_the_page_has_a_grave_fault(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['normal']}/truy-van?lang=en&tim-bang=chase_list")
    page.wait_for_function(COMPLETE)
    found = {"open": faults(page)}
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    found["table"] = faults(page)
    page.get_by_role("tab", name="Quick chart").click()
    expect(page.locator("[data-testid=stPlotlyChart] .main-svg").first).to_be_visible(timeout=PATIENCE)
    found["chart"] = faults(page)
    editor = page.get_by_label("SQL query")
    editor.fill("SELECT 'Đặc khu' AS a, 12.5 AS b, COUNT(*) -- câu sai\nFROM reference.provnces")
    editor.press("Control+Enter")
    expect(page.get_by_text("The fault is on line 2.")).to_be_visible(timeout=PATIENCE)
    found["fault"] = faults(page)
    assert {state: told for state, told in found.items() if told} == {}
