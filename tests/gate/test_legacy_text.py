from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.faults import Fault
from pipelines.gate.legacy_text import decode_legacy, from_tcvn3, from_vni
from pipelines.readers import CellValue, FileCells, SheetCells
from pipelines.reference.load import Reference
from tests.gate.legacy_fonts import to_tcvn3, to_vni

Encode = Callable[[str], str]
TITLE = "UBND TỈNH QUẢNG NGÃI"
NAMES = ["Phường Cẩm Thành", "Xã Sơn Hà", "Xã Sơn Hạ", "Đặc khu Lý Sơn"]


def sheet_of(columns: list[list[str]], fonts: dict[tuple[int, int], str] | None = None) -> SheetCells:
    rows: list[list[CellValue]] = [list(cells) for cells in zip(*columns, strict=True)]
    return SheetCells("Biểu 04", rows, legacy_fonts=fonts or {})


def decoded(sheet: SheetCells, reference: Reference, file_format: str = "xls") -> tuple[SheetCells, list[Fault]]:
    file, faults = decode_legacy(FileCells(file_format, [sheet]), reference)
    return file.sheets[0], faults


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("X· S¬n Hµ", "Xã Sơn Hà"),
        ("Ph\xadêng §èng §a", "Phường Đống Đa"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("khẳng".replace("ẳ", "¼"), "khẳng"),
    ],
)
def test_tcvn3(written: str, meant: str) -> None:
    assert from_tcvn3(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Xaõ Sôn Haø", "Xã Sơn Hà"),
        ("Phöôøng Ñoáng Ña", "Phường Đống Đa"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("khaúng ñònh", "khẳng định"),
        ("Aù Kyø", "Á Kỳ"),
        ("Öôùc", "Ước"),
    ],
)
def test_vni(written: str, meant: str) -> None:
    assert from_vni(written) == meant


def test_every_name_and_label_comes_back_from_both_encodings(reference: Reference) -> None:
    texts = [commune.commune_name for commune in reference.communes]
    texts += [item.name_vi for item in reference.indicators]
    texts += [synonym for item in reference.indicators for synonym in item.synonyms_vi]
    for text in texts:
        # TCVN3 has no capitals with tones; its fonts of capitals show small letters as such.
        assert from_tcvn3(to_tcvn3(text.lower())) == text.lower()
        assert from_vni(to_vni(text)) == text
        assert from_vni(to_vni(text.upper())) == text.upper()


def test_a_font_decodes_its_cells_and_no_others(reference: Reference) -> None:
    old = [to_tcvn3(text) for text in [TITLE.lower(), *NAMES]]
    remarks = ["Ghi chú", "Phú Yên", "à", "", "có"]
    fonts = {(row, 0): ".VnTime" for row in range(5)}
    sheet, faults = decoded(sheet_of([old, remarks], fonts), reference)
    assert [row[0] for row in sheet.rows] == [TITLE.lower(), *NAMES]
    assert [row[1] for row in sheet.rows] == remarks
    assert faults == [Fault("legacy_font", "Biểu 04", given=".VnTime (TCVN3)", detail="5")]


def test_fonts_of_capitals_give_capitals(reference: Reference) -> None:
    sheet, _ = decoded(sheet_of([[to_tcvn3(TITLE.lower())]], {(0, 0): ".VnTimeH"}), reference)
    assert sheet.rows == [[TITLE]]


def test_two_fonts_in_one_column(reference: Reference) -> None:
    fonts = {(0, 0): ".VnTime", (1, 0): "VNI-Times"}
    sheet, faults = decoded(sheet_of([[to_tcvn3(NAMES[0]), to_vni(NAMES[1])]], fonts), reference)
    assert [row[0] for row in sheet.rows] == NAMES[:2]
    assert faults[0].given == ".VnTime (TCVN3), VNI-Times (VNI)"


def test_unicode_under_an_old_font_name_stays(reference: Reference) -> None:
    """The font of a cell survives when somebody types Unicode over it."""
    for texts in ([*NAMES, "Phú Yên"], ["Phú Yên", "Hà Nam"], ["Phú Yên"], ["Xã Mèo Vạc"], ["Total"]):
        sheet = sheet_of([texts], {(row, 0): ".VnTime" for row in range(len(texts))})
        assert decode_legacy(FileCells("xls", [sheet]), reference) == (FileCells("xls", [sheet]), [])


@pytest.mark.parametrize(("encode", "name"), [(to_tcvn3, "TCVN3"), (to_vni, "VNI")])
def test_without_fonts_the_known_words_decide_column_by_column(reference: Reference, encode: Encode, name: str) -> None:
    columns = [[encode(text) for text in [TITLE.lower(), *NAMES]], ["Ghi chú", "Phú Yên", "à", "", "có"]]
    sheet, faults = decoded(sheet_of(columns), reference, "csv")
    assert [row[0] for row in sheet.rows] == [TITLE.lower(), *NAMES]
    assert [row[1] for row in sheet.rows] == columns[1]
    assert [(fault.rule, fault.given) for fault in faults] == [("legacy_font", name)]


def test_a_short_column_follows_the_clear_one_beside_it(reference: Reference) -> None:
    columns = [[to_tcvn3(text) for text in NAMES], [to_tcvn3("Ghi chú"), "", "", ""]]
    assert decoded(sheet_of(columns), reference, "csv")[0].rows[0] == [NAMES[0], "Ghi chú"]
    assert decoded(sheet_of([columns[1]]), reference, "csv")[0].rows[0] == [to_tcvn3("Ghi chú")]


def test_a_unicode_header_above_an_old_column_stays(reference: Reference) -> None:
    sheet, _ = decoded(sheet_of([["Tên xã, phường, đặc khu", *map(to_tcvn3, NAMES)]]), reference, "csv")
    assert [row[0] for row in sheet.rows] == ["Tên xã, phường, đặc khu", *NAMES]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_old_bytes_that_were_taken_for_cp1258(reference: Reference, encode: Encode, form: str) -> None:
    read = [encode(text).encode("latin-1").decode("cp1258") for text in [TITLE, *NAMES]]
    if encode is to_tcvn3:
        read[0] = encode(TITLE.lower()).encode("latin-1").decode("cp1258")
    composed = [unicodedata.normalize("NFC", text) if form == "NFC" else text for text in read]
    sheet, faults = decoded(sheet_of([composed]), reference, "csv")
    assert [str(row[0]).lower() for row in sheet.rows] == [text.lower() for text in [TITLE, *NAMES]]
    assert len(faults) == 1


def test_no_unicode_name_is_ever_damaged(reference: Reference) -> None:
    """Alone in a column, all together, in upper case, decomposed: they stay as they are."""
    names = [commune.commune_name for commune in reference.communes]
    names += [item.name_vi for item in reference.indicators] + [province.short_name for province in reference.provinces]
    for form in ("NFC", "NFD"):
        written = [unicodedata.normalize(form, text) for name in names for text in (name, name.upper())]
        single = [SheetCells(str(number), [[text]]) for number, text in enumerate(written)]
        together = SheetCells("all", [[text, text] for text in written])
        file = FileCells("csv", [*single, together])
        assert decode_legacy(file, reference) == (file, [])


@given(st.lists(st.text() | st.text(alphabet="µ¶·¸¹¨©ªêôõ aouAOU§\u00ad\u0300\u0309ưếĐ"), min_size=1, max_size=5))
def test_any_text_is_decoded_or_left(reference: Reference, texts: list[str]) -> None:
    for fonts in ({}, {(row, 0): ".VnTime" for row in range(len(texts))}):
        sheet, faults = decoded(sheet_of([texts], fonts), reference, "csv")
        assert len(sheet.rows) == len(texts)
        assert faults or [row[0] for row in sheet.rows] == texts


def test_an_ordinary_file_is_returned_untouched(reference: Reference) -> None:
    file = FileCells("xlsx", [sheet_of([[TITLE, *NAMES], ["", "25 °C", "±5", "½", "100 m²"]])])
    assert decode_legacy(file, reference)[0] is file
