"""The quick look at a sheet's XML either sees what the parser sees, or leaves the sheet to the parser."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipelines.readers.xlsx_parts import SheetPart, quick_look, sheet_parts
from pipelines.readers.xlsx_styles import WatchedStyles

HEAD = b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="main"><cols><col min="1" max="9"/></cols><sheetData>'
TAIL = b"</sheetData></worksheet>"
NUMBER = b'<row r="7"><c r="B7" s="1"/><c r="D7" t="s"><v>0</v></c></row>'
FORMULA = b'<row r="9"><c r="A9"><f>SUM(D7:D8)</f><v>3</v></c><c r="B9"><f ca="1"/><v>1</v></c></row>'


def parsed(xml: bytes) -> SheetPart:
    """What the parser says of the only sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        # A comment makes it the parser's.
        archive.writestr("xl/worksheets/sheet1.xml", xml.replace(b"<sheetData>", b"<!-- --><sheetData>"))
    (part,) = sheet_parts(zipfile.ZipFile(buffer), WatchedStyles())
    return part


@pytest.mark.parametrize("rows", [b"", NUMBER, NUMBER + FORMULA])
def test_of_a_plain_sheet_it_sees_what_the_parser_sees(rows: bytes) -> None:
    xml = HEAD + rows + TAIL
    assert quick_look("xl/worksheets/sheet1.xml", xml, WatchedStyles()) == parsed(xml)


LEFT_TO_THE_PARSER = {
    "an error": b'<row r="7"><c r="B7" t="e"><v>#REF!</v></c></row>',
    "a formula without a result": b'<row r="7"><c r="B7"><f>A1</f></c></row>',
    "a formula with an empty result": b'<row r="7"><c r="B7"><f>A1</f><v> </v></c></row>',
    "a shared formula without a result": b'<row r="7"><c r="B7"><f t="shared" si="0"/></c></row>',
    "a cell without its place": b'<row r="7"><c><v>1</v></c></row>',
    "a row without its number": b'<row><c r="B7"><v>1</v></c></row>',
    "another order of attributes": b'<row r="7"><c s="1" r="B7"><v>1</v></c></row>',
    "prefixed names": b'<x:row r="7"><x:c r="B7"><x:v>1</x:v></x:c></x:row>',
    "a comment": b'<!-- <row r="7"> -->' + NUMBER,
    "a cell far away": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("case", LEFT_TO_THE_PARSER)
def test_what_it_cannot_judge_it_leaves_to_the_parser(case: str) -> None:
    assert quick_look("sheet", HEAD + LEFT_TO_THE_PARSER[case] + TAIL, WatchedStyles()) is None


@pytest.mark.parametrize(
    "xml",
    [
        (HEAD + NUMBER + TAIL).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        HEAD + NUMBER,
        b"<html></html>",
        b"",
    ],
)
def test_another_encoding_or_an_end_cut_off_is_left_to_the_parser(xml: bytes) -> None:
    assert quick_look("sheet", xml, WatchedStyles()) is None
