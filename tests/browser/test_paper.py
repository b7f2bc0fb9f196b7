"""What leaves the screen as a picture: a page on paper, a chart as PNG and SVG."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import SCREEN_HEIGHT, UNDRAWN, Watch, open_page

pytestmark = pytest.mark.browser

A4_WIDTH = 595
PAPER_PIXELS = 703
SIMULATED = "DỮ LIỆU MÔ PHỎNG"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide tab in which nothing opens the printer's dialog."""
    context = browser.new_context(viewport={"width": 1440, "height": SCREEN_HEIGHT}, accept_downloads=True)
    context.add_init_script("window.print = () => { window.wasPrinted = (window.wasPrinted ?? 0) + 1; }")
    yield context.new_page()
    context.close()


def sheets(page: Page) -> list[str]:
    """The text of every sheet; all are A4 and nothing on them lies beside the paper."""
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        for sheet in document.pages:
            assert round(sheet.width) == A4_WIDTH
            assert all(word["x0"] >= 0 and word["x1"] <= A4_WIDTH + 1 for word in sheet.extract_words())
        return [sheet.extract_text() for sheet in document.pages]


def save(page: Page, kind: str) -> tuple[str, bytes]:
    """Presses the button under the first chart; the file's name and its bytes."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Tải biểu đồ dạng {kind}").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_ctrl_p_prints_the_page_as_a_sheet(page: Page, addresses: dict[str, str]) -> None:
    open_page(page, addresses["normal"], "tinh?tinh=91")
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.wasPrinted === 1")
    assert page.url.endswith("tinh=91&ban-in=1")
    wide = page.evaluate("Math.max(...[...document.querySelectorAll('.main-svg')].map((svg) => svg.clientWidth))")
    assert 0 < wide <= PAPER_PIXELS
    printed = sheets(page)
    assert "Tỉnh, thành phố" in printed[0]
    assert "Tỉnh An Giang có 102 đơn vị hành chính cấp xã" in printed[0]
    for number, text in enumerate(printed, start=1):
        assert text.startswith(SIMULATED)
        assert "phiên bản 000001" in text
        assert text.endswith(f"{number}/{len(printed)}")
    whole = " ".join(printed)
    assert "Thạnh Mỹ Tây" in whole
    assert "Còn 62 dòng" in whole
    for control in ("Tải CSV", "Tải biểu đồ", "Xem lại ngày khác", "Chuyên đề"):
        assert control not in whole
    page.get_by_role("button", name="Thoát bản in").click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    assert page.url.endswith("tinh=91")


def test_printed_from_the_browsers_menu_charts_are_not_cut_off(page: Page, addresses: dict[str, str]) -> None:
    open_page(page, addresses["normal"], "thoi-han")
    page.evaluate(
        """() => addEventListener('beforeprint', () => {
            window.widest = Math.max(...[...document.querySelectorAll('.main-svg')]
                .map((svg) => svg.getBoundingClientRect().width));
        })"""
    )
    printed = sheets(page)
    assert page.evaluate("window.widest") <= PAPER_PIXELS
    assert "Thời hạn chỉ đạo" in printed[0]
    assert all(text.startswith(SIMULATED) for text in printed)


def test_an_empty_page_is_a_sheet_too(page: Page, addresses: dict[str, str]) -> None:
    open_page(page, addresses["empty"], "?ban-in=1")
    page.wait_for_function("() => window.wasPrinted === 1")
    assert "Chưa có báo cáo nào của địa phương" in " ".join(sheets(page))


def test_a_chart_is_saved_with_its_day_and_version_inside(page: Page, addresses: dict[str, str]) -> None:
    watch = Watch(page, addresses["normal"])
    open_page(page, addresses["normal"], "tinh?tinh=91")
    page.wait_for_function(f"() => ({UNDRAWN})() === 0")
    name, content = save(page, "SVG")
    assert name == "tinh_province_map_2026-02-25_mo-phong.svg"
    picture = ElementTree.fromstring(content)
    texts = [element.text or "" for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert SIMULATED in texts
    assert any("số liệu đến 25/02/2026" in text and "phiên bản 000001" in text for text in texts)
    assert any("Hoàng Sa" in text for text in texts)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}path"))) > 100
    name, content = save(page, "PNG")
    assert name == "tinh_province_map_2026-02-25_mo-phong.png"
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2 * float(picture.attrib["width"])
    assert height == 2 * float(picture.attrib["height"])
    assert watch.faults == []


def test_real_figures_are_not_said_to_be_simulated(page: Page, addresses: dict[str, str]) -> None:
    open_page(page, addresses["late"], "thoi-han")
    name, content = save(page, "SVG")
    assert name == "thoi-han_timeline_2026-01-15.svg"
    assert SIMULATED not in content.decode()
