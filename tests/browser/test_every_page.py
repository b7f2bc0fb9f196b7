"""Every page in headless Chromium: both widths, both languages, three databases; drill-down and deep links.

No exception on the page, no error in the console, no request off this machine, nothing wider than the screen, and
nothing that axe-core finds of serious or critical impact. Pictures are taken where somebody wants to look at them.

A page is opened once per database, and turned and switched in place as readers do it; each page is opened by its
address on another width and in another language for each database.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import (
    DATABASES,
    LANGUAGES,
    PATHS,
    SCREEN_HEIGHT,
    STAND_STILL,
    WIDER_THAN_SCREEN,
    WIDTHS,
    Watch,
    faults,
    open_page,
    picture,
    switch,
    turn,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[dict[int, Page]]:
    """One tab per width, used for all addresses. They know axe, and nothing moves in them."""
    contexts = {
        width: browser.new_context(
            viewport={"width": width, "height": SCREEN_HEIGHT}, locale="en-US", reduced_motion="reduce"
        )
        for width in WIDTHS
    }
    for context in contexts.values():
        context.add_init_script(AXE_SCRIPT)
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


# Width and language in which a page is opened; what is left of them comes by turning and switching, back to the width.
OPENED = tuple(itertools.product(WIDTHS, LANGUAGES))


@pytest.mark.parametrize("database", DATABASES)
def test_every_page_is_complete(
    pages: dict[int, Page], addresses: dict[str, str], screenshots: Path | None, database: str
) -> None:
    page, address = pages[WIDTHS[0]], addresses[database]
    page.goto("about:blank")
    watch = Watch(page, address)
    seen: dict[str, list[str]] = {}
    for number, path in enumerate(PATHS, start=DATABASES.index(database)):
        for width, lang in sights(page, address, path, *OPENED[number % len(OPENED)]):
            name = f"{path.split('?')[0] or 'tong-quan'}-{database}-{width}-{lang}"
            inspect(page, name, database, lang)
            seen[name] = faults(page)
            if screenshots:
                picture(page, screenshots / f"{name}.png")
    turn(page, WIDTHS[0])
    assert watch.faults == []
    assert {name: told for name, told in seen.items() if told} == {}
    assert len(seen) == len(PATHS) * len(WIDTHS) * len(LANGUAGES)


def sights(page: Page, address: str, path: str, width: int, lang: str) -> Iterator[tuple[int, str]]:
    """Opens a page and brings it before the eyes on each width in each language, each time as (width, language)."""
    (other_width,), (other_lang,) = set(WIDTHS) - {width}, set(LANGUAGES) - {lang}
    page.goto("about:blank")
    page.set_viewport_size({"width": width, "height": SCREEN_HEIGHT})
    open_page(page, address, path, lang)
    page.evaluate(STAND_STILL)
    yield width, lang
    turn(page, other_width)
    yield other_width, lang
    switch(page, other_lang)
    yield other_width, other_lang
    turn(page, width)
    yield width, other_lang


def inspect(page: Page, name: str, database: str, lang: str) -> None:
    """What holds on every page."""
    assert page.locator("[data-testid=stException]").count() == 0, name
    assert page.locator("html").get_attribute("lang") == lang
    assert not page.evaluate(WIDER_THAN_SCREEN), f"{name} is wider than the screen"
    expect(page.locator(".td-simulated")).to_have_count(1 if database == "normal" else 0)
    expect(page.locator(".td-late")).to_have_count(1 if database == "late" else 0)


def test_a_tile_leads_to_its_province(pages: dict[int, Page], addresses: dict[str, str]) -> None:
    page = pages[1440]
    turn(page, WIDTHS[0])
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
    turn(page, WIDTHS[0])
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
