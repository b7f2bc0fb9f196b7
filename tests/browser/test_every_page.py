"""Every page in headless Chromium: both widths, both languages, three databases; drill-down and deep links.

No exception on the page, no error in the console, no request off this machine, nothing wider than the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.pages import PAGES

pytestmark = pytest.mark.browser

# What is asked of a page beside its path; every page is opened.
ASKED = {"overview": "", "deadlines": "thoi-han?chi-dao=steering_letter_obstacles", "province": "tinh?tinh=48"}
PATHS = tuple(ASKED.get(name, screen.path) for name, screen in PAGES.items())
WIDTHS = (1440, 390)
LANGUAGES = ("vi", "en")
DATABASES = ("normal", "empty", "late")
SCREEN_HEIGHT = 900
TALLEST = 12_000
COMPLETE = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.getAttribute('data-test-script-state') === 'notRunning' && document.querySelector('.td-footer');
}"""
WIDER_THAN_SCREEN = """() => document.querySelector('[data-testid=stMain]').scrollWidth > window.innerWidth
    || document.documentElement.scrollWidth > window.innerWidth"""
UNDRAWN = """() => [...document.querySelectorAll('[class*=st-key-picture_]')]
    .filter(chart => !chart.querySelector('.main-svg')).length"""


class Watch:
    """Collects what a page should not do: errors in the console, uncaught errors, requests off the machine."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        own = (address, address.replace("http:", "ws:"), "data:", "blob:")
        page.on("console", lambda message: self.add(message.type == "error", f"console: {message.text}"))
        page.on("pageerror", lambda error: self.add(True, f"page: {error}"))
        page.on("request", lambda request: self.add(not request.url.startswith(own), f"request: {request.url}"))
        page.on("response", lambda response: self.add(response.status >= 400, f"{response.status}: {response.url}"))

    def add(self, is_fault: bool, text: str) -> None:
        if is_fault:
            self.faults.append(text)


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[int, Page]]:
    """One tab per width, used for all addresses."""
    contexts = {
        width: browser.new_context(viewport={"width": width, "height": SCREEN_HEIGHT}, locale="en-US")
        for width in WIDTHS
    }
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


def open_page(page: Page, address: str, path: str, lang: str = "vi") -> None:
    """Go there and wait until Streamlit has run the script and Plotly has drawn."""
    mark = "&" if "?" in path else "?"
    page.goto(f"{address}/{path}" + (f"{mark}lang=en" if lang == "en" else ""))
    page.wait_for_function(COMPLETE)
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")


def picture(page: Page, path: Path) -> None:
    """The whole page, which scrolls inside Streamlit's own frame, as one picture."""
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 10, TALLEST)})
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")
    page.wait_for_timeout(250)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": SCREEN_HEIGHT})


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_complete(
    pages: dict[int, Page], addresses: dict[str, str], screenshots: Path, database: str, width: int, lang: str
) -> None:
    page, address = pages[width], addresses[database]
    watch = Watch(page, address)
    for path in PATHS:
        open_page(page, address, path, lang)
        name = path.split("?")[0] or "tong-quan"
        assert page.locator("[data-testid=stException]").count() == 0, path
        assert page.locator("html").get_attribute("lang") == lang
        assert not page.evaluate(WIDER_THAN_SCREEN), f"{path} is wider than {width} px"
        expect(page.locator(".td-simulated")).to_have_count(1 if database == "normal" else 0)
        expect(page.locator(".td-late")).to_have_count(1 if database == "late" else 0)
        picture(page, screenshots / f"{name}-{database}-{width}-{lang}.png")
    assert watch.faults == []


def test_a_tile_leads_to_its_province(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    open_page(page, addresses["normal"], "")
    tile = page.locator(".barlayer .trace").nth(0).locator(".point", has_text="Giang").locator("path")
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".td-lead").first).to_contain_text("Tỉnh An Giang")
    assert page.url.endswith("/tinh?tinh=91")


def test_the_language_switch_keeps_the_place(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    open_page(page, addresses["normal"], "tinh?tinh=91")
    page.get_by_role("radio", name="EN").click()
    expect(page.locator(".td-lead").first).to_contain_text("has 102 commune-level units")
    assert "tinh=91" in page.url
    assert "lang=en" in page.url
    page.get_by_test_id("stTopNavSection").filter(has_text="Progress").click()
    page.get_by_role("menuitem", name="Deadlines").or_(page.get_by_text("Deadlines", exact=True)).first.click()
    expect(page.locator("h1")).to_have_text("Deadlines")
    assert "lang=en" in page.url


def test_a_figure_shows_its_file_and_cell(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    open_page(page, addresses["normal"], "")
    page.get_by_role("button", name="Nguồn: tệp và ô").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nguồn của số này")
    expect(dialog.get_by_test_id("stDataFrame")).to_be_visible()


def test_the_first_page_answers_under_its_own_name(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    open_page(page, addresses["normal"], "tong-quan?theo=kl202_procedures")
    assert page.url == f"{addresses['normal']}/?theo=kl202_procedures"
