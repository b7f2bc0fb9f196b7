"""For those who do not see, do not point, or do not want things to move: axe-core, the keyboard, languages.

Findings of axe of serious or critical impact fail, without exception; each page is looked at in `test_every_page.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import SCREEN_HEIGHT, faults, open_page

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const element = document.activeElement, look = getComputedStyle(element);
    return {
        place: element.closest('[data-testid]')?.dataset.testid ?? element.tagName,
        name: element.getAttribute('aria-label') ?? (element.tagName === 'MAIN' ? '' : element.textContent.trim()),
        ring: look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth),
    };
}"""


@pytest.fixture(scope="module")
def screens(browser: Browser) -> Iterator[dict[int, Page]]:
    """A wide and a narrow tab that know axe."""
    contexts = {
        width: browser.new_context(viewport={"width": width, "height": SCREEN_HEIGHT}, reduced_motion="reduce")
        for width in (1440, 390)
    }
    for context in contexts.values():
        context.add_init_script(AXE_SCRIPT)
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


def test_what_opens_on_a_page_has_no_grave_fault(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[390]
    open_page(page, addresses["normal"], "tinh?tinh=91")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebarNavItems")).to_be_visible()
    assert faults(page) == []
    page = screens[1440]
    open_page(page, addresses["normal"], "")
    page.get_by_role("button", name="Nguồn: tệp và ô").first.click()
    expect(page.get_by_role("dialog").get_by_test_id("stDataFrame")).to_be_visible()
    assert faults(page) == []


def test_axe_finds_what_is_wrong(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[1440]
    open_page(page, addresses["normal"], "nguon")
    page.evaluate("document.querySelector('.td-footer').style.color = '#dddddd'")
    assert [fault.split(" ")[0] for fault in faults(page)] == ["color-contrast"]


def test_the_tab_key_goes_from_the_menus_to_the_downloads(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[1440]
    open_page(page, addresses["normal"], "thoi-han")
    # A table is drawn after the script has run; before that there is no stop in it.
    expect(page.get_by_test_id("data-grid-canvas").first).to_be_visible()
    passed: list[dict[str, Any]] = []
    while not passed or "Tải CSV" not in passed[-1]["name"]:
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        assert len(passed) < 100, passed
    # Inside a table the grid draws its own frame around the cell.
    assert [stop for stop in passed if stop["ring"] < 2 and not stop["place"].startswith("glide-cell")] == []
    places = [stop["place"] for stop in passed]
    names = [stop["name"] for stop in passed]
    order = [
        places.index("stTopNavSection"),
        next(at for at, name in enumerate(names) if name.endswith("In trang")),
        places.index("stButtonGroup"),
        names.index("Tải biểu đồ dạng PNG"),
        places.index("stSelectbox"),
        next(at for at, name in enumerate(names) if name.endswith("Nguồn: tệp và ô")),
        places.index("data-grid-canvas"),
        len(passed) - 1,
    ]
    assert order == sorted(order)


def test_a_filter_is_chosen_with_the_keyboard_alone(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[1440]
    open_page(page, addresses["normal"], "tinh?tinh=91")
    page.get_by_role("combobox", name="Tỉnh, thành phố").first.focus()
    page.keyboard.type("Đà Nẵng")
    page.keyboard.press("Enter")
    expect(page.locator(".td-lead").first).to_contain_text("Thành phố Đà Nẵng")
    assert "tinh=48" in page.url


def test_nothing_moves_for_readers_who_asked_for_that(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[1440]
    open_page(page, addresses["normal"], "")
    longest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('*')].map((element) => {
            const look = getComputedStyle(element);
            return Math.max(...(look.transitionDuration + ',' + look.animationDuration).split(',').map(parseFloat));
        }))"""
    )
    assert longest <= 0.001


def test_the_language_of_the_page_follows_the_reader(screens: dict[int, Page], addresses: dict[str, str]) -> None:
    page = screens[1440]
    open_page(page, addresses["normal"], "thoi-han")
    table = page.get_by_role("button", name="Ẩn, hiện cột: Tình trạng của 34 tỉnh, thành phố")
    expect(table.first).to_be_attached()
    page.get_by_role("radio", name="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_test_id("stSkipToContent")).to_have_accessible_name("Skip to main content")
    page.get_by_role("radio", name="VI").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.get_by_test_id("stSkipToContent")).to_have_accessible_name("Đến nội dung chính")
