"""From a bar of a field's page to the province that it stands for, in headless Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screens import open_page

pytestmark = pytest.mark.browser


def test_a_bar_leads_to_its_province(browser: Browser, addresses: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    open_page(page, addresses["normal"], "vuong-mac?xem-theo=obstacles_resolved")
    assert "xem-theo=obstacles_resolved" in page.url, "a link reproduces the view"
    bar = page.locator("[class*=st-key-ranked_] .barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".td-lead").first).to_contain_text("đơn vị hành chính cấp xã")
    assert "/tinh?tinh=" in page.url
    page.close()
