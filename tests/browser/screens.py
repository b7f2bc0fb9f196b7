"""How the browser tests open a page, look at it whole, and watch what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from dashboard.access import LOCAL_READER
from dashboard.pages import open_to

# What is asked of a page beside its path; every page is opened.
ASKED = {"overview": "", "deadlines": "thoi-han?chi-dao=steering_letter_obstacles", "province": "tinh?tinh=48"}
PATHS = tuple(ASKED.get(name, screen.path) for name, screen in open_to(LOCAL_READER).items())
WIDTHS = (1440, 390)
LANGUAGES = ("vi", "en")
DATABASES = ("normal", "empty", "late")
SCREEN_HEIGHT = 900
TALLEST = 12_000
SETTLING_MS = 800
COMPLETE = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app && app.getAttribute('data-test-script-state') === 'notRunning' && document.querySelector('.td-footer');
}"""
WIDER_THAN_SCREEN = """() => document.querySelector('[data-testid=stMain]').scrollWidth > window.innerWidth
    || document.documentElement.scrollWidth > window.innerWidth"""
UNDRAWN = """() => [...document.querySelectorAll('[class*=st-key-picture_]')]
    .filter(chart => !chart.querySelector('.main-svg')).length"""


# Where everything stands, looked at until two looks in a row are alike.
STAND_STILL = """async () => {
    const look = () => [...document.querySelectorAll('[data-testid], .main-svg')].map(element => {
        const box = element.getBoundingClientRect();
        return [box.x, box.y, box.width, box.height].map(Math.round).join();
    }).join(';');
    for (let last = '', now = look(); now !== last; now = look()) {
        last = now;
        await new Promise(resolve => setTimeout(resolve, 150));
    }
}"""
GRAVE = ("serious", "critical")
# A rule gives all its findings its own impact, so those of which nothing would be kept need not run.
RUN_AXE = """(grave) => axe.run(document, {
    resultTypes: ['violations'],
    elementRef: false,
    rules: Object.fromEntries(axe._audit.rules
        .filter(rule => rule.impact && !grave.includes(rule.impact))
        .map(rule => [rule.id, {enabled: false}])),
})"""


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


def open_page(page: Page, address: str, path: str, lang: str = "vi") -> None:
    """Go there and wait until Streamlit has run the script and Plotly has drawn."""
    mark = "&" if "?" in path else "?"
    page.goto(f"{address}/{path}" + (f"{mark}lang=en" if lang == "en" else ""))
    drawn(page)


def drawn(page: Page) -> None:
    """Waits until the script has run and every picture is there."""
    page.wait_for_function(COMPLETE)
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")


def switch(page: Page, lang: str) -> None:
    """The same page in another language, chosen where readers choose it."""
    page.get_by_role("radio", name=lang.upper(), exact=True).click()
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
    drawn(page)
    page.evaluate(STAND_STILL)


def turn(page: Page, width: int) -> None:
    """The same page on a screen of another width, once menus and tables have found their place there."""
    page.set_viewport_size({"width": width, "height": SCREEN_HEIGHT})
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")
    page.evaluate(STAND_STILL)


def picture(page: Page, path: Path) -> None:
    """The whole page, which scrolls inside Streamlit's own frame, as one picture."""
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 10, TALLEST)})
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")
    page.wait_for_timeout(250)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": SCREEN_HEIGHT})


def faults(page: Page) -> list[str]:
    """What axe finds grave on the page, and still finds a moment later, one line for each element.

    The page scrolls inside a frame, and axe says nothing of the contrast of what is scrolled away: so all is shown.
    """
    width, height = page.evaluate("[innerWidth, document.querySelector('[data-testid=stMain]').scrollHeight]")
    page.set_viewport_size({"width": width, "height": min(height + 10, TALLEST)})
    found = grave(page)
    if found:
        page.wait_for_timeout(SETTLING_MS)
        found = grave(page)
    page.set_viewport_size({"width": width, "height": SCREEN_HEIGHT})
    return found


def grave(page: Page) -> list[str]:
    """What axe finds grave at this moment."""
    violations: list[dict[str, Any]] = page.evaluate(RUN_AXE, list(GRAVE))["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
        for violation in violations
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
