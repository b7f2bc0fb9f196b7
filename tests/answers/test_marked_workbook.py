"""The marked workbook: what is added to it, that nothing else changes, and that it can be marked again."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from pipelines.answers.cell_notes import NOTE_START
from pipelines.answers.cell_styles import FILLS
from pipelines.answers.listed import ListedFault
from pipelines.answers.marked_workbook import marked_workbook
from pipelines.answers.package import CannotBeMarked
from pipelines.form.layout import ANSWER_SHEET, ANSWER_TITLE
from pipelines.readers import Limits, read_file

PICTURE = Path(__file__).resolve().parents[2] / "dashboard" / "assets" / "favicon.png"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The order of the elements of a worksheet that stand around `legacyDrawing` (ECMA-376, 18.3.1.99).
TAIL = ("dataValidations", "hyperlinks", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing")


def fault(place: str, severity: str = "critical", given: str = "đang") -> ListedFault:
    return ListedFault(
        "not_a_number",
        place,
        "Xã Sơn Hà",
        "Biên chế",
        given,
        "Một số",
        "Ô không phải là số",
        f"“{given}” không phải là số.",
        "Ghi số vào ô.",
        severity,
    )


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A workbook with most of what people put into theirs."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, other = book.add_worksheet("Biểu 04"), book.add_worksheet("Ghi chú's")
    yellow = book.add_format({"bg_color": "#FFFF00", "bold": True, "num_format": "0.0", "locked": False})
    for row in range(4, 20):
        sheet.write_row(row, 0, [row, "x", row * 2.5], yellow)
    sheet.write_formula("D5", "=SUM(A5:C5)", None, 17)
    sheet.write_comment("B6", "Chị Lan: xem lại", {"author": "Lan"})
    sheet.data_validation("A5:A20", {"validate": "integer", "criteria": ">", "value": 0})
    sheet.conditional_format("A5:A20", {"type": "cell", "criteria": ">", "value": 9, "format": book.add_format()})
    sheet.insert_image("F2", str(PICTURE))
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Biểu 04'!$A$5:$A$9"})
    sheet.insert_chart("F10", chart)
    sheet.set_header("&L&G", {"image_left": str(PICTURE)})
    sheet.print_area("A1:D20")
    other.write("A1", "nguyên vẹn")
    other.repeat_rows(0)
    other.activate()
    book.define_name("'Ghi chú's'!rieng", "='Ghi chú''s'!$A$1")
    book.define_name("chung", "='Biểu 04'!$A$5")
    book.close()
    return content.getvalue()


FAULTS = [fault("Biểu 04!A5"), fault("Biểu 04!B6"), fault("Biểu 04!H40", "warning"), fault("tệp", "warning")]


@pytest.fixture(scope="module")
def marked(rich: bytes) -> bytes:
    return marked_workbook(rich, FAULTS, ["Tệp bao-cao.xlsx"])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for other, old in {**parts(data), name: content}.items():
            archive.writestr(other, old)
    return written.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_failing_cells_are_coloured_and_explained(marked: bytes) -> None:
    sheet = opened(marked)["Biểu 04"]
    assert sheet["A5"].fill.fgColor.rgb == FILLS["critical"]
    assert sheet["H40"].fill.fgColor.rgb == FILLS["warning"]
    note = sheet["A5"].comment.text
    assert all(words in note for words in ("Đã ghi: đang", "Yêu cầu: Một số", "Cách sửa: Ghi số vào ô."))


def test_a_coloured_cell_keeps_its_value_and_the_rest_of_its_look(rich: bytes, marked: bytes) -> None:
    before, after = opened(rich)["Biểu 04"]["A5"], opened(marked)["Biểu 04"]["A5"]
    assert after.value == before.value
    assert after.font.b is True
    assert (after.number_format, after.protection.locked) == ("0.0", False)


def test_the_list_comes_first_and_leads_to_the_cells(marked: bytes) -> None:
    book = opened(marked)
    assert book.sheetnames == [ANSWER_SHEET, "Biểu 04", "Ghi chú's"]
    sheet = book[ANSWER_SHEET]
    assert sheet["A1"].value == ANSWER_TITLE
    places = {row[1].value: row[1].hyperlink for row in sheet.iter_rows(min_row=6)}
    assert places["Biểu 04!A5"].location == "'Biểu 04'!A5"
    assert places["tệp"] is None
    assert [row[8].value for row in sheet.iter_rows(min_row=6)][:2] == ["Chưa nhận, chờ sửa"] * 2


def test_a_comment_of_the_senders_stays_below_ours(marked: bytes) -> None:
    comment = opened(marked)["Biểu 04"]["B6"].comment
    assert comment.text.startswith(NOTE_START)
    assert comment.text.endswith("Chị Lan: xem lại")
    assert comment.author == "Lan"


def test_every_other_part_is_the_same_to_the_byte(rich: bytes, marked: bytes) -> None:
    before, after = parts(rich), parts(marked)
    touched = {name for name, content in before.items() if after[name] != content}
    allowed = (
        r"xl/(workbook|styles|comments1|worksheets/sheet\d)\.xml|xl/drawings/vmlDrawing1\.vml|.*\.rels|\[Content.*"
    )
    assert [name for name in touched if not re.fullmatch(allowed, name)] == []
    assert {name for name in before if "media" in name or "chart" in name} <= after.keys() - touched


def test_cells_validations_and_pictures_of_a_marked_sheet_stay(rich: bytes, marked: bytes) -> None:
    before, after = (etree.fromstring(parts(data)["xl/worksheets/sheet1.xml"]) for data in (rich, marked))
    for tag in ("dataValidations", "conditionalFormatting", "drawing", "pageSetup", "legacyDrawingHF"):
        assert [etree.tostring(item) for item in before.iter(MAIN + tag)] == [
            etree.tostring(item) for item in after.iter(MAIN + tag)
        ]
    values = [
        [(cell.get("r"), cell.findtext(f"{MAIN}v")) for cell in root.iter(f"{MAIN}c")] for root in (before, after)
    ]
    assert values[1] == [*values[0], ("H40", None)]
    tags = [etree.QName(child).localname for child in after]
    assert [tag for tag in tags if tag in TAIL] == [tag for tag in TAIL if tag in tags]


def test_names_and_print_areas_follow_their_sheets(rich: bytes, marked: bytes) -> None:
    before, after = opened(rich), opened(marked)
    assert after.defined_names["chung"].attr_text == before.defined_names["chung"].attr_text
    assert after["Biểu 04"].print_area == before["Biểu 04"].print_area
    assert after["Ghi chú's"].print_title_rows == before["Ghi chú's"].print_title_rows
    assert list(after["Ghi chú's"].defined_names) == list(before["Ghi chú's"].defined_names)


def test_only_the_list_is_selected(marked: bytes) -> None:
    selected = [name for name, content in parts(marked).items() if b'tabSelected="1"' in content]
    assert selected == ["xl/worksheets/answer1.xml"]


def test_boxes_of_comments_have_numbers_of_their_own(marked: bytes) -> None:
    drawings = b"".join(content for name, content in parts(marked).items() if name.endswith(".vml"))
    numbers = re.findall(rb'<v:shape id="(_x0000_s\d+)"', drawings)
    assert len(numbers) == len(set(numbers)) == 3


def test_a_second_answer_takes_the_place_of_the_first(marked: bytes) -> None:
    again = marked_workbook(marked, [fault("Biểu 04!A7")])
    book = opened(again)
    assert book.sheetnames == [ANSWER_SHEET, "Biểu 04", "Ghi chú's"]
    sheet = book["Biểu 04"]
    assert sheet["A5"].fill.fgColor.rgb == "FFFFFF00"
    assert sheet["A5"].comment is None
    assert sheet["B6"].comment.text == "Chị Lan: xem lại"
    assert sheet["H40"].fill.fill_type is None
    assert sheet["A7"].comment.text.startswith(NOTE_START)
    third = parts(marked_workbook(again, [fault("Biểu 04!A7")]))
    assert len(third) == len(parts(again))
    assert third["xl/styles.xml"] == parts(again)["xl/styles.xml"]


def test_colours_go_even_after_another_program_has_saved_the_file(marked: bytes) -> None:
    saved = io.BytesIO()
    opened(marked).save(saved)
    sheet = opened(marked_workbook(saved.getvalue(), []))["Biểu 04"]
    assert (sheet["A5"].fill.fgColor.rgb, sheet["A5"].comment) == ("FFFFFF00", None)
    assert sheet["B6"].comment.text == "Chị Lan: xem lại"


def test_what_came_from_a_file_is_never_a_formula(rich: bytes) -> None:
    sheet = opened(marked_workbook(rich, [fault("Biểu 04!A5", given='=HYPERLINK("http://x")\x01')]))[ANSWER_SHEET]
    assert sheet["E6"].value.startswith("=HYPERLINK")
    assert sheet["E6"].data_type == "s"


def test_macros_and_unknown_parts_stay(rich: bytes) -> None:
    data = with_part(rich, "xl/vbaProject.bin", b"\x00macro")
    assert parts(marked_workbook(data, FAULTS))["xl/vbaProject.bin"] == b"\x00macro"


def test_prefixed_sheets_are_marked_too(rich: bytes) -> None:
    xml = parts(rich)["xl/worksheets/sheet2.xml"].decode()
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=", 1)
    data = with_part(rich, "xl/worksheets/sheet2.xml", prefixed.encode())
    sheet = opened(marked_workbook(data, [fault("Ghi chú's!A1"), fault("Ghi chú's!C9")]))["Ghi chú's"]
    assert (sheet["A1"].value, sheet["A1"].fill.fgColor.rgb) == ("nguyên vẹn", FILLS["critical"])
    assert sheet["C9"].comment.text.startswith(NOTE_START)


def test_a_sheet_of_the_senders_with_the_lists_name_stays(rich: bytes) -> None:
    book = opened(rich)
    book["Ghi chú's"].title = ANSWER_SHEET
    saved = io.BytesIO()
    book.save(saved)
    names = opened(marked_workbook(saved.getvalue(), [fault("Biểu 04!A5")])).sheetnames
    assert names == [f"{ANSWER_SHEET} (2)", "Biểu 04", ANSWER_SHEET]


def test_the_gates_reader_reads_what_goes_back(marked: bytes, rich: bytes) -> None:
    before, after = read_file(rich, Limits()), read_file(marked, Limits())
    assert [sheet.name for sheet in after.sheets] == [ANSWER_SHEET, *(sheet.name for sheet in before.sheets)]
    assert after.sheets[1].rows[: len(before.sheets[0].rows)][4][:3] == before.sheets[0].rows[4][:3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/styles.xml", b'<styleSheet xmlns="x"/>'),
    ],
)
def test_what_is_no_proper_workbook_is_not_marked(rich: bytes, name: str, content: bytes) -> None:
    with pytest.raises(CannotBeMarked):
        marked_workbook(with_part(rich, name, content), FAULTS)


def test_more_faults_than_a_person_reads_are_coloured_all_the_same(rich: bytes) -> None:
    many = [fault(f"Biểu 04!Z{row}") for row in range(1, 1500)]
    sheet = opened(marked_workbook(rich, many))["Biểu 04"]
    assert sheet["Z1499"].fill.fgColor.rgb == FILLS["critical"]
    assert sheet["Z1499"].comment is None
