"""The files of a brief: laid out as Decree 30/2020/NĐ-CP asks, the same in all formats, marked where simulated."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree
from openpyxl import load_workbook
from reportlab.pdfbase.ttfonts import TTFontFile

from dashboard.brief import drawing, layout
from dashboard.brief.files import compute, file_name, write
from dashboard.brief.fitting import fitted
from dashboard.brief.structure import Brief, Heading, Paragraph, Sheet, Table, words
from dashboard.brief.word import word
from dashboard.brief.workbook import workbook
from dashboard.warehouse import open_published

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
ORDERS = {
    "w:tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"],
    "w:tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"],
    "w:pPr": ["pStyle", "keepNext", "keepLines", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "rPr"],
    "w:rPr": ["rFonts", "b", "i", "color", "sz", "szCs", "lang"],
}
NUMBER = re.compile(r"\d+(?:[.,/–:]\d+)*")
CASES = {"country": ("normal", ""), "An Giang": ("normal", "91"), "late": ("late", ""), "silent": ("late", "12")}


@dataclass(frozen=True)
class Files:
    """One brief and its three files."""

    brief: Brief
    docx: bytes
    pdf: bytes
    xlsx: bytes


def computed(home: Path, unit: str) -> Brief:
    published = open_published(home / "published" / "current", "restricted")
    assert published is not None
    return compute(published, unit, is_present=True)


@pytest.fixture(scope="module", params=CASES)
def files(request: pytest.FixtureRequest, homes: dict[str, Path]) -> Files:
    kind, unit = CASES[request.param]
    brief = computed(homes[kind], unit)
    return Files(fitted(brief), *(write(brief, ending) for ending in (".docx", ".pdf", ".xlsx")))


@pytest.fixture(scope="module")
def country(homes: dict[str, Path]) -> Brief:
    return fitted(computed(homes["normal"], ""))


def flat(text: str) -> str:
    """Without any space, since lines break elsewhere in each format."""
    return re.sub(r"\s+", "", text)


def sentences(brief: Brief) -> list[str]:
    """Everything that the documents must say."""
    said = [words(brief.opening), *layout.subject_lines(brief)]
    for block in brief.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said.append(block.lead + words(block.said))
        elif isinstance(block, Table):
            said += [words(cell) for line in block.lines for cell in line.cells] + [words(block.note)]
    return said


def text_of_word(content: bytes) -> str:
    document = Document(BytesIO(content))
    return "".join(text.text or "" for text in document.element.body.iter(qn("w:t")))


def is_level(thing: dict[str, Any]) -> bool:
    """Not a letter of the watermark, which runs across the page."""
    return not thing.get("matrix", (0, 0))[1]


def pages_of_pdf(content: bytes) -> list[str]:
    """The upright text of each page, without what stands above it."""
    with pdfplumber.open(BytesIO(content)) as document:
        upright = (page.filter(is_level) for page in document.pages)
        return [page.crop((0, layout.TOP * 72 / 25.4 - 2, page.width, page.height)).extract_text() for page in upright]


def test_a_brief_has_two_to_four_pages(files: Files) -> None:
    assert 2 <= len(pages_of_pdf(files.pdf)) <= 4


def test_word_says_every_sentence(files: Files) -> None:
    text = flat(text_of_word(files.docx))
    assert [said for said in sentences(files.brief) if flat(said) not in text] == []


def test_pdf_says_every_sentence_with_every_letter(files: Files) -> None:
    """A sentence may run over a page, and a cell stands between others: letters are looked for in their order."""
    letters = flat("".join(pages_of_pdf(files.pdf)))
    for said in (each for each in sentences(files.brief) if each):
        first = re.split(r"\s+", said)[0]
        assert flat(first) in letters, said
    counted = {letter: letters.count(letter) for letter in set(flat("".join(sentences(files.brief))))}
    wanted = flat("".join(sentences(files.brief)))
    assert {letter for letter, count in counted.items() if count < wanted.count(letter)} == set()


def test_every_number_in_the_files_is_one_of_the_brief(files: Files) -> None:
    said = " ".join([*sentences(files.brief), *captions(files.brief)])
    known = set(NUMBER.findall(said)) | set(NUMBER.findall(flat(said)))
    extra = {*NUMBER.findall(layout.place_and_date(files.brief)), "9", "30", "0", "100"}
    for line in text_of_word_lines(files.docx):
        assert set(NUMBER.findall(line)) <= known | extra, line


def text_of_word_lines(content: bytes) -> list[str]:
    document = Document(BytesIO(content))
    return [paragraph_text(paragraph) for paragraph in document.element.body.iter(qn("w:p"))]


def paragraph_text(paragraph: etree._Element) -> str:
    return "".join(
        "\n" if node.tag == qn("w:br") else node.text or "" for node in paragraph.iter(qn("w:t"), qn("w:br"))
    )


def captions(brief: Brief) -> list[str]:
    return [block.caption for block in brief.blocks if not isinstance(block, Heading | Paragraph)]


def test_simulated_figures_are_marked_on_every_page_and_others_are_not(files: Files) -> None:
    with pdfplumber.open(BytesIO(files.pdf)) as document:
        for page in document.pages:
            across = "".join(char["text"] for char in page.chars if not is_level(char))
            assert (flat(across) == flat(layout.WATERMARK)) is files.brief.is_simulated
            assert (layout.SIMULATED in page.extract_text()) is files.brief.is_simulated
    section = Document(BytesIO(files.docx)).sections[0]
    for header in (section.first_page_header, section.header):
        text = "".join(paragraph.text for paragraph in header.paragraphs)
        assert (layout.SIMULATED in text) is files.brief.is_simulated
        shapes = header._element.xpath(".//*[local-name()='textpath']/@string")
        assert shapes == ([layout.WATERMARK] if files.brief.is_simulated else [])


def test_pages_are_numbered_above_the_text_from_the_second_on(files: Files) -> None:
    with pdfplumber.open(BytesIO(files.pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            top = page.crop((0, 36, page.width, layout.TOP * 72 / 25.4)).filter(is_level)
            assert top.extract_text().strip() == (str(number) if number > 1 else "")
    section = Document(BytesIO(files.docx)).sections[0]
    assert section.different_first_page_header_footer
    fields = [header._element.xpath(".//w:instrText") for header in (section.first_page_header, section.header)]
    assert [len(each) for each in fields] == [0, 1]


def test_the_page_is_that_of_the_decree(files: Files) -> None:
    document: WordDocument = Document(BytesIO(files.docx))
    section = document.sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 20, 20]
    assert [round(length.mm) for length in (section.left_margin, section.right_margin) if length] == [30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size == Pt(13)
    with pdfplumber.open(BytesIO(files.pdf)) as pdf:
        for page in pdf.pages:
            assert (round(page.width), round(page.height)) == (595, 842)
            inside = [char for char in page.chars if is_level(char) and char["top"] > layout.TOP * 72 / 25.4 - 2]
            assert min(char["x0"] for char in inside) >= 30 * 72 / 25.4 - 1
            assert max(char["x1"] for char in inside) <= (210 - 15) * 72 / 25.4 + 1
            assert max(char["bottom"] for char in inside) <= (297 - 20) * 72 / 25.4 + 1


def test_head_and_foot_are_those_of_a_report(files: Files) -> None:
    said = flat(text_of_word(files.docx))
    drawn = flat("".join(pages_of_pdf(files.pdf)))
    for line in (
        layout.AUTHORITY,
        layout.NATION,
        layout.MOTTO,
        layout.REPORT,
        layout.RECIPIENTS_TITLE,
        *layout.SIGNATURE,
    ):
        assert flat(line) in said
        assert flat(line) in drawn
    assert (
        drawn.index(flat(layout.AUTHORITY)) < drawn.index(flat(layout.REPORT)) < drawn.index(flat(layout.SIGNATURE[0]))
    )


def test_fonts_of_the_pdf_are_embedded(files: Files) -> None:
    with pdfplumber.open(BytesIO(files.pdf)) as document:
        names = {char["fontname"] for page in document.pages for char in page.chars}
    assert {name.partition("+")[2] for name in names} <= {
        f"TienDoSerif-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")
    }
    assert files.pdf.count(b"/FontFile2") >= len(names)


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_the_font_has_every_vietnamese_letter_and_every_sign(face: str) -> None:
    known = TTFontFile(str(drawing.FONTS / f"TienDoSerif-{face}.ttf")).charToGlyph
    wanted = {*VIETNAMESE, *VIETNAMESE.upper(), *"0123456789.,:;/()–−+%“”●▲■○◇…"}
    assert sorted(letter for letter in wanted if ord(letter) not in known) == ["◇"], (
        "◇ is replaced before it is written"
    )


def test_every_part_of_the_word_file_is_well_formed(files: Files) -> None:
    with zipfile.ZipFile(BytesIO(files.docx)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        assert "word/document.xml" in parts
        for name in parts:
            etree.fromstring(archive.read(name))
    pictures = Document(BytesIO(files.docx)).element.body.xpath(".//wp:docPr/@descr")
    assert all("Hình" in picture for picture in pictures)


def test_elements_stand_in_the_order_of_the_standard(files: Files) -> None:
    """Word calls a file damaged where they do not; other programs do not mind, and neither does python-docx."""
    body = Document(BytesIO(files.docx)).element.body
    for name, order in ORDERS.items():
        found = list(body.iter(qn(name)))
        assert found, name
        for element in found:
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element)


def test_the_workbook_has_a_sheet_per_table(files: Files) -> None:
    book = load_workbook(BytesIO(files.xlsx))
    assert book.sheetnames == ["Tóm tắt", *(sheet.name for sheet in files.brief.sheets)]
    for sheet in files.brief.sheets:
        page = book[sheet.name]
        assert [cell.value for cell in page[3]] == [label for _column, label, _kind in sheet.columns]
        assert page.max_row == 3 + len(sheet.rows)
        assert (page["A2"].value == layout.SIMULATED) is files.brief.is_simulated


def test_the_same_figures_give_the_same_bytes(homes: dict[str, Path], country: Brief) -> None:
    again = computed(homes["normal"], "")
    for ending in (".docx", ".pdf", ".xlsx"):
        assert write(country, ending) == write(again, ending), ending


def test_nothing_in_the_workbook_can_start_a_formula(country: Brief) -> None:
    rows = (("=HYPERLINK(1)", 2.0), ("+1", 3.0), ("@A1", None))
    sheet = Sheet("Thử", "Thử", "", (("a", "Chữ", "text"), ("b", "Số", "number")), rows)
    page = load_workbook(BytesIO(workbook(replace(country, sheets=(sheet,)))))["Thử"]
    assert [(page.cell(row, 1).value, page.cell(row, 1).data_type) for row in (4, 5, 6)] == [
        ("=HYPERLINK(1)", "s"), ("+1", "s"), ("@A1", "s"),
    ]  # fmt: skip
    assert [page.cell(row, 2).value for row in (4, 5, 6)] == [2, 3, None]


def test_marks_in_data_stay_text(country: Brief) -> None:
    strange = replace(country, blocks=(Paragraph(("<b>& xã “A” <font>",)),))
    assert "<b>& xã “A” <font>" in text_of_word(word(strange))
    assert flat("<b>& xã “A” <font>") in flat("".join(pages_of_pdf(write(strange, ".pdf"))))


def test_a_long_brief_loses_lines_that_the_workbook_has_before_it_takes_a_fifth_page(country: Brief) -> None:
    blocks = tuple(
        replace(block, lines=block.lines * 6) if isinstance(block, Table) and block.fewest else block
        for block in country.blocks
    )
    long = replace(country, blocks=blocks)
    short = fitted(long)
    assert len(pages_of_pdf(write(long, ".pdf"))) == 4
    assert [len(block.lines) for block in short.blocks if isinstance(block, Table) and block.fewest] == [5]
    assert short.sheets == long.sheets


def test_names_of_files_tell_briefs_apart(homes: dict[str, Path], country: Brief) -> None:
    assert file_name(country, ".pdf") == "bao-cao_ca-nuoc_2026-02-25_biet-den-2026-02-28_mo-phong.pdf"
    assert file_name(computed(homes["late"], "91"), ".docx") == "bao-cao_91_2026-01-15_biet-den-2026-01-18.docx"
