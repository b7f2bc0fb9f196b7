"""Word documents, written by python-docx and changed in their XML where Word itself writes what no library does."""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx
import pytest
from docx.document import Document

from pipelines.readers import Limits, SheetCells, UnreadableFile, read_file
from tests.readers.workbooks import packed, unpacked

DOCUMENT = "word/document.xml"


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def read(content: bytes) -> SheetCells:
    cells = read_file(content, Limits())
    assert cells.format == "docx"
    (sheet,) = cells.sheets
    return sheet


def body(xml: str, others: Mapping[str, bytes] | None = None) -> bytes:
    """A document with this XML in its body."""
    parts = unpacked(saved(docx.Document()))
    start = parts[DOCUMENT].index(b"<w:body>") + len(b"<w:body>")
    parts[DOCUMENT] = parts[DOCUMENT][:start] + xml.encode() + parts[DOCUMENT][start:]
    return packed({**parts, **(others or {})})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_paragraphs_and_tables_stand_in_their_order_each_row_named_as_people_find_it() -> None:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph(" ")
    first = document.add_table(2, 2)
    for row, texts in enumerate((("STT", "Tên xã"), ("1", "Sơn Hà\n(mới)"))):
        for column, text in enumerate(texts):
            first.cell(row, column).text = text
    document.add_paragraph("Nơi nhận")
    document.add_table(1, 1).cell(0, 0).text = "ký tên"
    sheet = read(saved(document))
    assert sheet.rows == [["BÁO CÁO"], ["STT", "Tên xã"], ["1", "Sơn Hà\n(mới)"], ["Nơi nhận"], ["ký tên"]]
    assert [sheet.place(row, 0) for row in range(5)] == [
        "Đoạn văn!A1",
        "Bảng 1!A1",
        "Bảng 1!A2",
        "Đoạn văn!A2",
        "Bảng 2!A1",
    ]


def test_the_main_part_may_have_a_number() -> None:
    parts = unpacked(body(paragraph("a")))
    assert read(packed({"word/document2.xml": parts.pop(DOCUMENT), **parts})).rows == [["a"]]


def test_joined_cells_are_ranges_with_the_text_in_the_first() -> None:
    document = docx.Document()
    grid = document.add_table(3, 4)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "STT"
    grid.cell(0, 1).merge(grid.cell(0, 3)).text = "Trong đó"
    for column in range(4):
        grid.cell(2, column).text = str(column)
    grid.cell(1, 3).text = "c"
    sheet = read(saved(document))
    assert sheet.rows == [["STT", "Trong đó", "", ""], ["", "", "", "c"], ["0", "1", "2", "3"]]
    assert sorted(sheet.merged) == [((0, 0), (1, 0)), ((0, 1), (0, 3))]


def test_a_row_that_starts_further_right_keeps_its_columns() -> None:
    rows = (cell("a") + cell("b"), "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("c"))
    assert read(body(table(*rows))).rows == [["a", "b"], ["", "c"]]


def test_what_was_deleted_under_change_tracking_is_gone_and_what_was_inserted_is_there() -> None:
    changed = (
        "<w:p><w:r><w:t>còn </w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>15</w:t></w:r></w:ins></w:p>"
    )
    rows = (cell("giữ"), "<w:trPr><w:del/></w:trPr>" + cell("bỏ"))
    assert read(body(changed + table(*rows))).rows == [["còn 15"], ["giữ"]]


def test_a_table_inside_a_cell_follows_as_a_table_of_its_own() -> None:
    outer = table(f"<w:tc>{paragraph('ngoài')}{table(cell('trong'))}{paragraph('')}</w:tc>")
    sheet = read(body(outer))
    assert sheet.rows == [["ngoài"], ["trong"]]
    assert [name for name, _ in sheet.row_names or ()] == ["Bảng 1", "Bảng 2"]


def test_columns_set_with_tabs_are_separate_texts() -> None:
    titles = "<w:p><w:r><w:t>UBND TỈNH AN GIANG</w:t><w:tab/><w:tab/><w:t>CỘNG HÒA</w:t></w:r></w:p>"
    assert read(body(titles)).rows == [["UBND TỈNH AN GIANG", "CỘNG HÒA"]]


def test_headers_of_the_page_come_first_and_text_boxes_after_their_paragraph() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "SỞ NỘI VỤ"
    parts = unpacked(saved(document))
    box = (
        "<w:p><w:r><w:t>Biểu</w:t><w:pict><w:txbxContent>"
        + paragraph("Trong khung")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:body>", b"<w:body>" + box.encode())
    sheet = read(packed(parts))
    assert sheet.rows == [["SỞ NỘI VỤ"], ["Biểu"], ["Trong khung"]]
    assert sheet.place(0, 0) == "Đầu trang!A1"


def test_ticks_from_a_picture_font_are_ticks() -> None:
    tick = "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    assert read(body(tick)).rows == [["✓"]]


def test_rows_numbered_by_word_have_their_number() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='7'/></w:numPr></w:pPr></w:p>"
    numbering = (
        "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='3'/></w:num>"
        "</w:numbering>"
    )
    rows = [f"<w:tc>{numbered}</w:tc>" + cell(name) for name in ("Sơn Hà", "An Phú")]
    content = body(table(*rows), {"word/numbering.xml": numbering.encode()})
    assert read(content).rows == [["1.", "Sơn Hà"], ["2.", "An Phú"]]


def test_a_font_from_before_unicode_is_named() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("B¸o c¸o").font.name = ".VnTime"
    document.add_paragraph("Báo cáo")
    assert read(saved(document)).legacy_fonts == {(0, 0): ".VnTime"}


def test_a_font_of_the_style_counts_where_the_text_names_none() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = "VNI-Times"
    document.add_paragraph("Baùo caùo")
    assert read(saved(document)).legacy_fonts == {(0, 0): "VNI-Times"}


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (table(cell("a", "<w:gridSpan w:val='1000000000'/>")), "file_too_large"),
        ("<w:tbl><w:tr><w:tc>" * 90 + "</w:tc></w:tr></w:tbl>" * 90, "hostile_file"),
        ("<w:p>", "unreadable_file"),
        (table(cell("a", "<w:gridSpan w:val='nhiều'/>")), "unreadable_file"),
    ],
)
def test_what_is_built_to_overflow_or_broken_is_refused(xml: str, rule: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(body(xml))
    assert refused.value.rule == rule


def test_macros_are_left_alone_with_a_remark() -> None:
    cells = read_file(body(paragraph("a"), {"word/vbaProject.bin": b"x"}), Limits())
    assert [(remark.rule, "macro" in remark.detail) for remark in cells.remarks] == [("ignored_content", True)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def read_cell(runs: str, others: Mapping[str, bytes] | None = None) -> str:
    ((text,),) = read(body(table(f"<w:tc><w:p>{runs}</w:p></w:tc>"), others)).rows
    assert isinstance(text, str)
    return text


RAISED, LOWERED = "<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("501") + run("1", RAISED), "501"),
        (run("501") + run("b", LOWERED), "501"),
        (run("501") + run("1", "<w:vertAlign w:val='baseline'/>"), "5011"),
        (run("501") + run("ước ", RAISED) + run("tính", RAISED), "501 ước tính"),
        (run("501") + run("12", RAISED) + run("34", RAISED), "501 ^1234^"),
        (run("501", RAISED), "^501^"),
    ],
)
def test_raised_text_never_joins_a_number_and_footnote_marks_are_left_out(runs: str, text: str) -> None:
    assert read_cell(runs) == text


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("40", "<w:strike/>"), "~~40~~"),
        (run("40", "<w:dstrike w:val='true'/>"), "~~40~~"),
        (run("40", "<w:strike w:val='0'/>"), "40"),
        (run("4", "<w:strike/>") + run("0 ", "<w:strike/>") + run("45"), "~~40~~ 45"),
    ],
)
def test_struck_out_text_is_kept_but_is_no_number(runs: str, text: str) -> None:
    assert read_cell(runs) == text


def test_a_style_raises_or_strikes_out_what_does_not_say_otherwise() -> None:
    styles = (
        "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:style w:styleId='Gone'><w:rPr><w:strike/></w:rPr></w:style>"
        "<w:style w:styleId='Old'><w:basedOn w:val='Gone'/></w:style>"
        f"<w:style w:styleId='Note'><w:rPr>{RAISED}</w:rPr></w:style></w:styles>"
    )
    runs = run("501") + run("1", "<w:rStyle w:val='Note'/>") + run("40", "<w:rStyle w:val='Old'/>")
    kept = run("7", "<w:rStyle w:val='Old'/><w:strike w:val='false'/>")
    assert read_cell(runs + kept, {"word/styles.xml": styles.encode()}) == "501 ~~40~~7"
