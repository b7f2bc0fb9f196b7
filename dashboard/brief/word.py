"""Draws a brief as a Word document that an office can go on writing in: real tables, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from dashboard.brief import drawing, layout
from dashboard.brief.structure import Bars, Block, Brief, Curves, Figure, Heading, Line, Paragraph, Said, Table, words
from dashboard.brief.tones import tone
from dashboard.brief.word_frame import head_and_foot, plain

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FONT = "Times New Roman"
# What the standard puts behind an element; Word calls a file damaged where the order is another.
AFTER_INDENT = ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
AFTER_SHADING = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
HEADING_FILL, GROUP_FILL = "E8ECEF", "F4F6F7"


def word(brief: Brief) -> bytes:
    """The whole document."""
    drawing.register_fonts()
    document = Document()
    _prepare(document, brief)
    head_and_foot(document.sections[0], brief.is_simulated)
    _head(document, brief)
    for line in (layout.REPORT, *layout.subject_lines(brief)):
        text(document.add_paragraph(), line, layout.TITLE, "center", is_bold=True)
    document.paragraphs[0].paragraph_format.space_before = Pt(10)
    rule(document.add_paragraph(), layout.RULE_UNDER_TITLE, layout.TEXT_WIDTH, after=6)
    _body(document.add_paragraph(), brief.opening)
    for block in brief.blocks:
        _block(document, block)
    _signature(document, brief)
    content = BytesIO()
    document.save(content)
    return _repacked(content.getvalue())


def _repacked(content: bytes) -> bytes:
    """The same parts with a fixed time in the archive: python-docx writes the clock there."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, given.read(name))
    return packed.getvalue()


def _prepare(document: WordDocument, brief: Brief) -> None:
    """Page, language, the one type face, and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH), Mm(layout.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    section.header_distance, section.footer_distance = Mm(layout.HEADER_AT - 3), Mm(layout.HEADER_AT)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(layout.BODY)
    properties = normal.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    about = document.core_properties
    about.title, about.author, about.language = brief.subject, layout.AUTHORITY, "vi-VN"
    about.created = about.modified = brief.known_at
    about.last_modified_by, about.comments = layout.AUTHORITY, ""


def text(
    paragraph: WordParagraph,
    content: str,
    size: float,
    align: str = "left",
    is_bold: bool = False,
    is_italic: bool = False,
) -> WordParagraph:
    """One run of one size, single-spaced without room around it."""
    plain(paragraph)
    paragraph.alignment = ALIGN[align]
    run = paragraph.add_run(content)
    run.font.size, run.bold, run.italic = Pt(size), is_bold or None, is_italic or None
    return paragraph


def rule(paragraph: WordParagraph, length: float, room: float, after: float = 0) -> None:
    """A line `length` millimetres long in the middle of `room`: the lower border of a paragraph 2 pt high."""
    side = Mm((room - length) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.space_after = Pt(0), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _head(document: WordDocument, brief: Brief) -> None:
    left, right = layout.LEFT_OF_HEAD, layout.TEXT_WIDTH - layout.LEFT_OF_HEAD
    table = _bare(document, [left, right], 2)
    issuer, nation = table.rows[0].cells
    text(issuer.paragraphs[0], layout.AUTHORITY, layout.HEAD, "center", is_bold=True)
    rule(issuer.add_paragraph(), _length(layout.AUTHORITY, layout.HEAD) / 2, left)
    text(nation.paragraphs[0], layout.NATION, layout.HEAD, "center", is_bold=True)
    text(nation.add_paragraph(), layout.MOTTO, layout.NUMBER, "center", is_bold=True)
    rule(nation.add_paragraph(), _length(layout.MOTTO, layout.NUMBER), right)
    number, place = table.rows[1].cells
    for cell, line in ((number, layout.REPORT_NUMBER), (place, layout.place_and_date(brief))):
        text(
            cell.paragraphs[0],
            line.replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"),
            layout.NUMBER,
            "center",
            is_italic=cell is place,
        ).paragraph_format.space_before = Pt(4)


def _length(line: str, size: float) -> float:
    """Of a bold line, in millimetres; the embedded face has the widths of Times New Roman."""
    return float(stringWidth(line, drawing.BOLD, size) / mm)


def _bare(document: WordDocument, widths: list[float], row_count: int) -> WordTable:
    """A table without lines that only places things."""
    table: WordTable = document.add_table(row_count, len(widths))
    _shape(table, widths, margin=0)
    return table


def _shape(table: WordTable, widths: Iterable[float], margin: int) -> None:
    """Fixed widths in millimetres; `margin` at the sides of cells in twentieths of a point."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    cells = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{margin}" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
    )
    indent = parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{margin}" w:type="dxa"/>')
    table._tbl.tblPr.insert_element_before(indent, *AFTER_INDENT)
    table._tbl.tblPr.insert_element_before(cells, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _runs(paragraph: WordParagraph, said: Said, size: float, is_bold: bool = False, is_italic: bool = False) -> None:
    """The text, statuses in their colours."""
    pending = ""
    for part in said:
        colour = tone(part) if isinstance(part, Figure) else None
        if colour is None:
            pending += words((part,))
            continue
        _run(paragraph, pending, size, is_bold, is_italic)
        pending = ""
        _run(paragraph, words((part,)), size, is_bold, is_italic, colour)
    _run(paragraph, pending, size, is_bold, is_italic)


def _run(
    paragraph: WordParagraph,
    content: str,
    size: float,
    is_bold: bool,
    is_italic: bool = False,
    colour: str | None = None,
) -> None:
    if not content:
        return
    run = paragraph.add_run(content)
    run.font.size, run.bold, run.italic = Pt(size), is_bold or None, is_italic or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))


def _body(paragraph: WordParagraph, said: Said, lead: str = "") -> None:
    plain(paragraph)
    paragraph.alignment = ALIGN["both"]
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_after = Mm(layout.INDENT), Pt(layout.BETWEEN)
    _run(paragraph, lead, layout.BODY, is_bold=True)
    _runs(paragraph, said, layout.BODY)


def _block(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        heading = text(document.add_paragraph(), block.text, layout.BODY, is_bold=True)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(3)
        heading.paragraph_format.keep_with_next = True
    elif isinstance(block, Paragraph):
        _body(document.add_paragraph(), block.said, block.lead)
    elif isinstance(block, Table):
        _table(document, block)
    else:
        _chart(document, block)


def _chart(document: WordDocument, chart: Curves | Bars) -> None:
    """The picture with what it shows in words for those who do not see it."""
    paragraph = plain(document.add_paragraph())
    paragraph.paragraph_format.keep_with_next = True
    drawn = paragraph.add_run().add_picture(BytesIO(drawing.picture(chart)), width=Mm(layout.TEXT_WIDTH))
    drawn._inline.docPr.set("descr", drawing.in_words(chart))
    for side in "TBLR":
        drawn._inline.set(f"dist{side}", "0")
    caption = text(document.add_paragraph(), chart.caption, layout.RECIPIENTS, "center", is_italic=True)
    caption.paragraph_format.space_after = Pt(layout.BETWEEN)


def _table(document: WordDocument, table: Table) -> None:
    caption = text(document.add_paragraph(), table.caption, layout.RECIPIENTS, "center", is_italic=True)
    caption.paragraph_format.space_after, caption.paragraph_format.keep_with_next = Pt(3), True
    grid = document.add_table(len(table.lines) + 1, len(table.columns), style="Table Grid")
    _shape(grid, (column.width for column in table.columns), margin=60)
    rows = list(grid.rows)
    for cell, column in zip(rows[0].cells, table.columns, strict=True):
        text(
            cell.paragraphs[0], column.title, layout.TABLE, "center", is_bold=True
        ).paragraph_format.keep_with_next = True
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _fill(cell, HEADING_FILL)
    _flag(rows[0], "w:tblHeader")
    for row, line in zip(rows[1:], table.lines, strict=True):
        _flag(row, "w:cantSplit")
        _line(row, line, table)
    closing = plain(document.add_paragraph())
    closing.alignment = ALIGN["both"]
    closing.paragraph_format.space_after = Pt(layout.BETWEEN if table.note else 0)
    _runs(closing, table.note, layout.SMALL, is_italic=True)
    if not table.note:
        closing.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        closing.paragraph_format.line_spacing = Pt(layout.BETWEEN)


def _line(row: _Row, line: Line, table: Table) -> None:
    cells = row.cells
    if len(line.cells) == 1:
        whole = cells[0].merge(cells[-1])
        _fill(whole, GROUP_FILL)
        paragraph = plain(whole.paragraphs[0])
        paragraph.paragraph_format.keep_with_next = line is not table.lines[-1]
        _runs(paragraph, line.cells[0], layout.TABLE, is_bold=True)
        return
    for cell, said, column in zip(cells, line.cells, table.columns, strict=True):
        paragraph = plain(cell.paragraphs[0])
        paragraph.alignment = ALIGN[column.align]
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _runs(paragraph, said, layout.TABLE)


def _fill(cell: _Cell, colour: str) -> None:
    shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    cell._tc.get_or_add_tcPr().insert_element_before(shading, *AFTER_SHADING)


def _flag(row: _Row, name: str) -> None:
    """`w:tblHeader` repeats a row on every page, `w:cantSplit` keeps it on one."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _signature(document: WordDocument, brief: Brief) -> None:
    """Recipients on the left; on the right the place of the person who signs, left empty."""
    plain(document.add_paragraph())
    table = _bare(document, [layout.TEXT_WIDTH * 0.45, layout.TEXT_WIDTH * 0.55], 1)
    _flag(table.rows[0], "w:cantSplit")
    recipients, signs = table.rows[0].cells
    text(recipients.paragraphs[0], layout.RECIPIENTS_TITLE, layout.NAME_OF_RECIPIENTS, is_bold=True, is_italic=True)
    for name in brief.recipients:
        text(recipients.add_paragraph(), f"- {name}{'.' if name == brief.recipients[-1] else ';'}", layout.RECIPIENTS)
    post, seal, name = layout.SIGNATURE
    text(signs.paragraphs[0], post, layout.BODY, "center", is_bold=True)
    text(signs.add_paragraph(), seal, layout.BODY, "center", is_italic=True).paragraph_format.space_before = Pt(8)
    text(signs.add_paragraph(), name, layout.BODY, "center", is_bold=True).paragraph_format.space_before = Pt(40)
