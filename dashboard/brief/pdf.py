"""Draws a brief as PDF: fonts embedded, charts as vectors, the same bytes for the same brief."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, KeepTogether, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from dashboard.brief import drawing, layout
from dashboard.brief.drawing import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from dashboard.brief.structure import Bars, Block, Brief, Column, Curves, Figure, Heading, Paragraph, Said, Table
from dashboard.brief.tones import tone

WIDTH = layout.TEXT_WIDTH * mm
ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}
GRID_COLOUR, HEADING_FILL, GROUP_FILL = HexColor("#8C96A0"), HexColor("#E8ECEF"), HexColor("#F4F6F7")
PADDING = 2.2


class Rule(Flowable):  # type: ignore[misc]
    """A short line in the middle of its place."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length = length

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.room = width
        return width, 3.0

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.line((self.room - self.length) / 2, 1.5, (self.room + self.length) / 2, 1.5)


class Chart(Flowable):  # type: ignore[misc]
    """A drawing as wide as the text."""

    def __init__(self, chart: Curves | Bars) -> None:
        super().__init__()
        self.chart = chart

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return WIDTH, drawing.height(self.chart)

    def draw(self) -> None:
        drawing.draw(self.canv, self.chart)


def style(size: float, face: str = REGULAR, align: int = TA_LEFT, **more: Any) -> ParagraphStyle:
    """A style of one size; `more` as in reportlab."""
    return ParagraphStyle("", fontName=face, fontSize=size, leading=size * layout.LINE_HEIGHT, alignment=align, **more)


def pdf(brief: Brief) -> bytes:
    """The whole document."""
    return _built(brief)[0]


def extent(brief: Brief) -> tuple[int, float]:
    """How many pages the document takes, and how many millimetres are left on the last one."""
    _content, document = _built(brief)
    return document.page, document.frame._y / mm - layout.BOTTOM


def _built(brief: Brief) -> tuple[bytes, BaseDocTemplate]:
    drawing.register_fonts()
    content = BytesIO()
    document = BaseDocTemplate(
        content,
        pagesize=(layout.PAGE_WIDTH * mm, layout.PAGE_HEIGHT * mm),
        leftMargin=layout.LEFT * mm,
        rightMargin=layout.RIGHT * mm,
        topMargin=layout.TOP * mm,
        bottomMargin=layout.BOTTOM * mm,
        title=brief.subject,
        author=layout.AUTHORITY,
        lang="vi-VN",
        invariant=1,
    )
    frame = Frame(
        layout.LEFT * mm, layout.BOTTOM * mm, WIDTH, (layout.PAGE_HEIGHT - layout.TOP - layout.BOTTOM) * mm, 0, 0, 0, 0
    )
    document.addPageTemplates(
        PageTemplate("page", [frame], onPage=lambda canvas, page: _around(canvas, page.page, brief))
    )
    story = [_head(brief), *_title(brief), Text(_marked(brief.opening), _body())]
    for block, following in zip(brief.blocks, [*brief.blocks[1:], None], strict=True):
        if isinstance(block, Heading):
            story.append(CondPageBreak((45 if isinstance(following, Table) else 25) * mm))
        story += _block(block)
    document.build([*story, KeepTogether([Spacer(0, 5 * mm), _signature(brief)])])
    return content.getvalue(), document


def _around(canvas: Canvas, number: int, brief: Brief) -> None:
    """What stands outside the text, drawn first so that the watermark lies under it."""
    canvas.saveState()
    middle = (layout.LEFT + layout.TEXT_WIDTH / 2) * mm
    if brief.is_simulated:
        canvas.setFillColor(HexColor(layout.SIMULATED_COLOUR))
        canvas.setFont(BOLD, layout.SMALL)
        canvas.drawCentredString(middle, (layout.PAGE_HEIGHT - layout.HEADER_AT + 2.5) * mm, layout.SIMULATED)
        canvas.setFillColor(HexColor(layout.WATERMARK_COLOUR))
        canvas.translate(layout.PAGE_WIDTH / 2 * mm, layout.PAGE_HEIGHT / 2 * mm)
        canvas.rotate(52)
        canvas.setFont(BOLD, 62)
        canvas.drawCentredString(0, -20, layout.WATERMARK)
        canvas.rotate(-52)
        canvas.translate(-layout.PAGE_WIDTH / 2 * mm, -layout.PAGE_HEIGHT / 2 * mm)
    if number > 1:
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont(REGULAR, layout.NUMBER)
        canvas.drawCentredString(middle, (layout.PAGE_HEIGHT - layout.TOP + 4) * mm, str(number))
    canvas.restoreState()


def _head(brief: Brief) -> Grid:
    """Who issues the report on the left; nation, motto, place and date on the right."""
    bold, motto = style(layout.HEAD, BOLD, TA_CENTER), style(layout.NUMBER, BOLD, TA_CENTER)
    right = (layout.TEXT_WIDTH - layout.LEFT_OF_HEAD) * mm
    left = layout.LEFT_OF_HEAD * mm
    authority = stringWidth(layout.AUTHORITY, BOLD, layout.HEAD)
    cells = [
        [
            [Text(layout.AUTHORITY, bold), Rule(authority / 2)],
            [
                Text(layout.NATION, bold),
                Text(layout.MOTTO, motto),
                Rule(stringWidth(layout.MOTTO, BOLD, layout.NUMBER)),
            ],
        ],
        [
            Text(_spaced(layout.REPORT_NUMBER), style(layout.NUMBER, align=TA_CENTER)),
            Text(_spaced(layout.place_and_date(brief)), style(layout.NUMBER, ITALIC, TA_CENTER)),
        ],
    ]
    tight = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid(cells, [left, right], style=[*tight, ("TOPPADDING", (0, 0), (-1, -1), 1)], hAlign="LEFT")


def _spaced(text: str) -> str:
    """Room that is left for a number or a day must not collapse."""
    return escape(text).replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")


def _title(brief: Brief) -> list[Flowable]:
    bold = style(layout.TITLE, BOLD, TA_CENTER)
    return [
        Spacer(0, 5 * mm),
        Text(layout.REPORT, bold),
        *(Text(escape(line), bold) for line in layout.subject_lines(brief)),
        Spacer(0, 2),
        Rule(layout.RULE_UNDER_TITLE * mm),
        Spacer(0, 2.5 * mm),
    ]


def _body() -> ParagraphStyle:
    return style(
        layout.BODY,
        align=TA_JUSTIFY,
        firstLineIndent=layout.INDENT * mm,
        spaceAfter=layout.BETWEEN,
        allowWidows=0,
        allowOrphans=0,
    )


def _marked(said: Said) -> str:
    """The text as reportlab's markup: escaped, statuses in their colours."""
    parts = []
    for part in said:
        text = escape(part if isinstance(part, str) else part.text, quote=False)
        colour = tone(part) if isinstance(part, Figure) else None
        text = text.replace("\n", "<br/>")
        parts.append(f'<font color="{colour}">{text}</font>' if colour else text)
    return "".join(parts)


def _block(block: Block) -> list[Flowable]:
    if isinstance(block, Heading):
        return [Text(escape(block.text), style(layout.BODY, BOLD, spaceBefore=3, spaceAfter=3))]
    if isinstance(block, Paragraph):
        lead = f'<font name="{BOLD}">{escape(block.lead)}</font>' if block.lead else ""
        return [Text(lead + _marked(block.said), _body())]
    if isinstance(block, Table):
        return _table(block)
    caption = Text(escape(block.caption), style(layout.RECIPIENTS, ITALIC, TA_CENTER, spaceAfter=layout.BETWEEN))
    return [KeepTogether([Spacer(0, 3), Chart(block), caption])]


def _table(table: Table) -> list[Flowable]:
    caption = Text(escape(table.caption), style(layout.RECIPIENTS, ITALIC, TA_CENTER, spaceAfter=3))
    rows: list[list[Any]] = [
        [Text(escape(column.title), style(layout.TABLE, BOLD, TA_CENTER)) for column in table.columns]
    ]
    marks: list[tuple[Any, ...]] = [("BACKGROUND", (0, 0), (-1, 0), HEADING_FILL)]
    for place, line in enumerate(table.lines, start=1):
        if len(line.cells) == 1:
            rows.append([Text(_marked(line.cells[0]), style(layout.TABLE, BOLD)), *[""] * (len(table.columns) - 1)])
            marks += [
                ("SPAN", (0, place), (-1, place)),
                ("BACKGROUND", (0, place), (-1, place), GROUP_FILL),
                ("NOSPLIT", (0, place), (-1, min(place + 1, len(table.lines)))),
            ]
        else:
            rows.append([_cell(cell, column) for cell, column in zip(line.cells, table.columns, strict=True)])
    marks += [
        ("GRID", (0, 0), (-1, -1), 0.5, GRID_COLOUR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 0.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
    ]
    grid = Grid(rows, [column.width * mm for column in table.columns], style=marks, repeatRows=1)
    note = [Text(_marked(table.note), style(layout.SMALL, ITALIC, TA_JUSTIFY, spaceBefore=2))] if table.note else []
    return [CondPageBreak(35 * mm), caption, grid, *note, Spacer(0, layout.BETWEEN)]


def _cell(cell: Said, column: Column) -> Text:
    return Text(_marked(cell), style(layout.TABLE, align=ALIGN[column.align]))


def _signature(brief: Brief) -> Grid:
    """Recipients on the left; on the right the place of the person who signs, left empty."""
    recipients = [Text(layout.RECIPIENTS_TITLE, style(layout.NAME_OF_RECIPIENTS, BOLD_ITALIC))]
    recipients += [
        Text(f"- {escape(name)}{'.' if name == brief.recipients[-1] else ';'}", style(layout.RECIPIENTS))
        for name in brief.recipients
    ]
    post, seal, name = layout.SIGNATURE
    signs = [
        Text(escape(post), style(layout.BODY, BOLD, TA_CENTER)),
        Spacer(0, 3 * mm),
        Text(escape(seal), style(layout.BODY, ITALIC, TA_CENTER)),
        Spacer(0, 14 * mm),
        Text(escape(name), style(layout.BODY, BOLD, TA_CENTER)),
    ]
    tight = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid([[recipients, signs]], [WIDTH * 0.45, WIDTH * 0.55], style=tight, hAlign="LEFT")
