"""Charts of a brief as vector drawings: into the PDF as they are, into the Word file as a picture of the same drawing.

A drawing has its origin at the lower left; lengths are points.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dashboard.brief import layout
from dashboard.brief.structure import Bar, Bars, Curves, Panel, words
from dashboard.vocabulary import ACCENT, DARK_RED, GREY, INK, LIGHTS, MUTED, RULE, light_of

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
REGULAR, BOLD, ITALIC, BOLD_ITALIC = (f"TienDoSerif-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic"))
PICTURE_DPI = 220
FULL = 100.0
LABEL, TINY = 7.6, 7.0
TITLE_LINES, REMARK_LINES = 2, 2
NAME_WIDTH, VALUE_WIDTH = 19 * mm, 24 * mm
# PDFium is not made for several threads.
_ONE_AT_A_TIME = Lock()


@cache
def register_fonts() -> None:
    """Known to reportlab under the names of their files; subsets of what is used are embedded."""
    for name in (REGULAR, BOLD, ITALIC, BOLD_ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def height(chart: Curves | Bars) -> float:
    """In points, at the full width of the text."""
    millimetres = (
        layout.height_of_curves(len(chart.panels))
        if isinstance(chart, Curves)
        else layout.height_of_bars(len(chart.bars))
    )
    return float(millimetres * mm)


def draw(canvas: Canvas, chart: Curves | Bars) -> None:
    """The chart, as wide as the text and `height` high, from the canvas's origin."""
    if isinstance(chart, Curves):
        _curves(canvas, chart)
    else:
        _bars(canvas, chart)


def picture(chart: Curves | Bars) -> bytes:
    """The same drawing as PNG."""
    register_fonts()
    content = BytesIO()
    size = (layout.TEXT_WIDTH * mm, height(chart))
    canvas = Canvas(content, pagesize=size, invariant=1)
    draw(canvas, chart)
    canvas.save()
    png = BytesIO()
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content.getvalue()) as document:
        document[0].render(scale=PICTURE_DPI / 72).to_pil().convert("RGB").save(
            png, format="PNG", dpi=(PICTURE_DPI, PICTURE_DPI)
        )
    return png.getvalue()


def _curves(canvas: Canvas, chart: Curves) -> None:
    days = [day for panel in chart.panels for day, _share in panel.points]
    first, last = min(days), max([*days, *(panel.due_on for panel in chart.panels if panel.due_on <= _horizon(days))])
    width, tall = layout.TEXT_WIDTH * mm / layout.CURVES_ACROSS, layout.PANEL_HEIGHT * mm
    top = height(chart)
    for place, panel in enumerate(chart.panels):
        row, column = divmod(place, layout.CURVES_ACROSS)
        canvas.saveState()
        canvas.translate(column * width, top - (row + 1) * tall)
        _panel(canvas, panel, width - 3 * mm, tall, first, last)
        canvas.restoreState()


def _horizon(days: list[date]) -> date:
    """A due date further ahead than a tenth of what has been seen is not drawn: it would squeeze the curve."""
    return max(days) + (max(days) - min(days)) / 10


def _panel(canvas: Canvas, panel: Panel, width: float, tall: float, first: date, last: date) -> None:
    title = simpleSplit(panel.title, BOLD, LABEL, width)[:TITLE_LINES]
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(BOLD, LABEL)
    for line, text in enumerate(title):
        canvas.drawString(0, tall - LABEL - line * (LABEL + 1), text)
    canvas.setFont(REGULAR, TINY)
    canvas.setFillColor(HexColor(MUTED))
    for line, text in enumerate(simpleSplit(words(panel.remark), REGULAR, TINY, width)[:REMARK_LINES]):
        canvas.drawString(0, (REMARK_LINES - line) * (TINY + 0.8) - TINY + 2, text)
    bottom, head = REMARK_LINES * (TINY + 0.8) + 6, tall - TITLE_LINES * (LABEL + 1) - 4
    _plot(canvas, panel, width - 10 * mm, bottom, head - bottom, first, last)


def _plot(canvas: Canvas, panel: Panel, width: float, bottom: float, tall: float, first: date, last: date) -> None:
    span = max((last - first).days, 1)
    most = max(FULL, *(share for _day, share in panel.points))

    def at(day: date, share: float) -> tuple[float, float]:
        return width * (day - first).days / span, bottom + tall * share / most

    canvas.setLineWidth(0.4)
    canvas.setStrokeColor(HexColor(RULE))
    for share in (0, FULL / 2, FULL):
        canvas.line(0, bottom + tall * share / most, width, bottom + tall * share / most)
    if first <= panel.due_on <= last:
        x = at(panel.due_on, 0)[0]
        canvas.setStrokeColor(HexColor(DARK_RED))
        canvas.setLineWidth(0.8)
        canvas.line(x, bottom, x, bottom + tall)
    path = canvas.beginPath()
    path.moveTo(*at(*panel.points[0]))
    for point in panel.points[1:]:
        path.lineTo(*at(*point))
    canvas.setStrokeColor(HexColor(ACCENT))
    canvas.setLineWidth(1.3)
    canvas.drawPath(path, stroke=1, fill=0)
    x, y = at(*panel.points[-1])
    light = light_of(panel.status)
    canvas.setFillColor(HexColor(MUTED if light is LIGHTS["none"] else light.colour))
    canvas.circle(x, y, 1.8, stroke=0, fill=1)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(BOLD, LABEL)
    canvas.drawString(x + 3, min(y - LABEL / 3, bottom + tall - LABEL + 2), words((panel.newest,)))


def _bars(canvas: Canvas, chart: Bars) -> None:
    rows = -(-len(chart.bars) // layout.BARS_ACROSS)
    width, tall = layout.TEXT_WIDTH * mm / layout.BARS_ACROSS, layout.BAR_HEIGHT * mm
    most = max([FULL, *(bar.percent for bar in chart.bars if bar.percent is not None)])
    for place, bar in enumerate(chart.bars):
        column, row = divmod(place, rows)
        canvas.saveState()
        canvas.translate(column * width, height(chart) - mm - (row + 1) * tall)
        _bar(canvas, bar, width - 4 * mm, tall, most)
        canvas.restoreState()


def _bar(canvas: Canvas, bar: Bar, width: float, tall: float, most: float) -> None:
    face = BOLD if bar.is_marked else REGULAR
    room = width - NAME_WIDTH - VALUE_WIDTH / 2
    canvas.setFont(face, LABEL)
    canvas.setFillColor(HexColor(INK))
    canvas.drawRightString(NAME_WIDTH - 2, tall / 2 - LABEL / 3, bar.name)
    if bar.percent is None:
        canvas.setFillColor(HexColor(MUTED))
        canvas.drawString(NAME_WIDTH + 2, tall / 2 - LABEL / 3, words((bar.written,)))
        return
    length = room * bar.percent / most
    canvas.setFillColor(HexColor(ACCENT if bar.is_marked else GREY if bar.percent >= FULL else "#7A97AC"))
    canvas.rect(NAME_WIDTH, tall * 0.16, length, tall * 0.68, stroke=0, fill=1)
    canvas.setFillColor(HexColor(INK))
    canvas.drawString(NAME_WIDTH + length + 2, tall / 2 - LABEL / 3, words((bar.written,)))


def in_words(chart: Curves | Bars) -> str:
    """What the chart shows, for those who do not see it."""
    if isinstance(chart, Curves):
        parts = [f"{panel.title}: {words((panel.newest,))}, {words(panel.remark)}" for panel in chart.panels]
    else:
        parts = [f"{bar.name} {words((bar.written,))}" for bar in chart.bars]
    return f"{chart.caption}. {'; '.join(parts)}."
