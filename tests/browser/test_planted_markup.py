"""Markup that strangers wrote (names of files and communes, cells, notes, remarks) on every page of a real browser:
nothing runs, nothing is fetched, and it stands there as the text that it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines.clearance import LOWER
from pipelines.publish.lower import write_lower
from tests.browser.conftest import start, wait_for
from tests.browser.screens import PATHS, open_page
from tests.dashboard.published_database import give

pytestmark = pytest.mark.browser

PLANTED = (
    '<img src="/planted.png" onerror="window.planted=1"><script>window.planted=1</script>'
    '<svg onload="window.planted=1">'
    '<a href="javascript:window.planted=1">planted</a> [planted](javascript:window.planted=1) ![planted](/planted.png) '
    "<https://planted.example> $\\sqrt{planted}$ :material/bug_report: :red[planted] `planted`"
)
PATIENCE = 60_000
# Columns that hold what comes from files, or what people write into tables, wherever they stand.
WRITTEN = (
    *("file_name", "unit_text", "given_text", "expected_text", "source_place", "cause_place", "evidence"),
    *("commune_name", "unit_name", "unit_names", "note", "note_vi", "reason", "message_vi", "fix_vi"),
)
# What of it has come alive: a flag that it sets, an element that it makes, a word without the signs around it.
ALIVE = """() => {
    const made = document.querySelectorAll(
        '[src*=planted], [href*=planted], [href^="javascript:"], [onerror], [onload], .katex, code');
    const words = [...document.querySelectorAll('*')].filter(each => each.textContent.trim() === 'planted');
    const icons = [...document.querySelectorAll('[data-testid=stIconMaterial]')];
    return [
        ...(window.planted === undefined ? [] : ['it ran']),
        ...[...made, ...words].filter(each => each.outerHTML.includes('planted')).map(each => each.outerHTML),
        ...icons.filter(icon => icon.textContent === 'bug_report').map(icon => icon.outerHTML),
        ...[...document.scripts].filter(each => each.text.includes('planted')).map(each => each.outerHTML),
    ].map(text => text.slice(0, 200));
}"""
SHOWN = 'document.body.innerText.includes(\'<img src="/planted.png" onerror="window.planted=1">\')'
# A commune's own place, and what stands in an address that somebody sends around.
MORE_PATHS = (
    "tinh?tinh=48&xa=20333",
    *(f"{path}={quote(PLANTED)}" for path in ("tinh?tinh=48&tim", "bao-cao?tim-tep", "nguon?tim-tep", "truy-van?sql")),
)
# Pages that write it out in words, not only into the cells of a table, which are drawn.
SPELLED_OUT = {"tinh", "quan-su", "co-so-vat-chat"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over a published version in which the text stands behind every text of that kind."""
    home = tmp_path_factory.mktemp("planted")
    path = give(tmp_path_factory, home, "normal")
    with duckdb.connect(str(path)) as connection:
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal AND data_type = 'VARCHAR' AND column_name IN (SELECT UNNEST(?))",
            [list(WRITTEN)],
        ).fetchall()
        for table, column in columns:
            connection.execute(f"UPDATE {table} SET {column} = {column} || ' ' || $text", {"text": PLANTED})
    for clearance in LOWER:
        write_lower(path, path.with_name(f"{clearance}.duckdb"), clearance)
    server, found = start(home)
    try:
        wait_for(found)
        yield found
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(home)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def is_planted(url: str) -> bool:
    """Whether what was planted has asked for this; the addresses that the test opens have it in their questions."""
    return "planted" in url.partition("?")[0]


def test_nothing_that_a_stranger_wrote_runs_or_is_fetched_on_any_page(page: Page, address: str) -> None:
    events: list[str] = []
    page.on("dialog", lambda dialog: (events.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: events.append(request.url) if is_planted(request.url) else None)
    page.on("popup", lambda popup: events.append(f"popup: {popup.url}"))
    alive: dict[str, list[str]] = {}
    spelled_out = set()
    for path in (*PATHS, *MORE_PATHS):
        open_page(page, address, path)
        assert page.get_by_test_id("stException").count() == 0, path
        if found := page.evaluate(ALIVE):
            alive[path] = found
        if page.evaluate(SHOWN):
            spelled_out.add(path.partition("?")[0])
    assert alive == {}
    assert events == []
    assert spelled_out >= SPELLED_OUT
    open_page(page, address, "")
    page.get_by_role("button", name="Nguồn: tệp và ô").first.click()
    expect(page.get_by_role("dialog").get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate(ALIVE) == []
    assert events == []


def test_a_file_that_is_too_large_is_refused_in_words_and_its_name_is_text(page: Page, address: str) -> None:
    events: list[str] = []
    page.on("request", lambda request: events.append(request.url) if is_planted(request.url) else None)
    open_page(page, address, "gui-bao-cao")
    field = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    name = PLANTED.replace("/", "")[:150]
    field.set_input_files({"name": f"{name}.csv", "mimeType": "text/csv", "buffer": bytes(32 << 20)})
    expect(page.get_by_test_id("stFileChipIconError")).to_be_visible(timeout=PATIENCE)
    uploader = "getComputedStyle(document.querySelector('[data-testid=stFileUploader]'), '::after').content"
    assert "lớn hơn 30 MB" in page.evaluate(uploader)
    assert page.evaluate(ALIVE) == []
    assert events == []


def test_what_the_test_looks_for_would_be_found(page: Page) -> None:
    page.set_content("<p></p>")
    found: Any = page.evaluate(ALIVE)
    assert found == []
    page.evaluate("text => { document.querySelector('p').innerHTML = text }", PLANTED)
    page.wait_for_function("() => window.planted === 1")
    assert {text[:4] for text in page.evaluate(ALIVE)} >= {"it r", "<img", "<svg", "<a h"}
