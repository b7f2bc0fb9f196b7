"""Reads xlsx and xlsm workbooks: values and merged ranges by calamine, uncalculated formulas from the XML."""

from __future__ import annotations

import io
import re
import zipfile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.readers.cells import HIDDEN, VERY_HIDDEN, VISIBLE, FileCells, SheetCells, UnreadableFile
from pipelines.readers.limits import Limits

# A formula whose stored result is an empty text (t="str") was calculated; one without a result never was.
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"(?![^>]*t="str")[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


def read_xlsx(data: bytes, limits: Limits) -> FileCells:
    """Reads a workbook's sheets, hidden ones included, every cell at its own place; nothing in it is executed.

    Raises UnreadableFile with rule `unreadable_file` (damaged) or `file_too_large` (over a limit).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, limits)
            formulas = _uncalculated(archive)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(workbook, number, formulas, limits)
            for number, meta in enumerate(workbook.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile("unreadable_file", _first_line(error)) from error
    if sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows) > limits.cells:
        raise UnreadableFile("file_too_large", f"> {limits.cells} ô")
    return FileCells("xlsx", sheets)


def _sheet(
    workbook: CalamineWorkbook, number: int, formulas: dict[str, frozenset[tuple[int, int]]], limits: Limits
) -> SheetCells:
    sheet = workbook.get_sheet_by_index(number)
    if sheet.total_height * sheet.total_width > limits.cells:
        raise UnreadableFile("file_too_large", f"trang tính “{sheet.name}” > {limits.cells} ô")
    return SheetCells(
        name=sheet.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=sheet.merged_cell_ranges or [],
        visibility=_visibility(workbook.sheets_metadata[number].visible),
        formulas_without_value=formulas.get(sheet.name, frozenset()),
    )


def _visibility(visible: SheetVisibleEnum) -> str:
    if visible == SheetVisibleEnum.Visible:
        return VISIBLE
    return HIDDEN if visible == SheetVisibleEnum.Hidden else VERY_HIDDEN


def _refuse_bombs(archive: zipfile.ZipFile, limits: Limits) -> None:
    expanded = sum(part.file_size for part in archive.infolist())
    if expanded > limits.expanded_bytes:
        raise UnreadableFile("file_too_large", f"{expanded} byte sau khi giải nén")


def _uncalculated(archive: zipfile.ZipFile) -> dict[str, frozenset[tuple[int, int]]]:
    """Places of formulas without a stored result, by sheet name: a reader of values sees them as empty cells."""
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for name, part in _sheet_parts(archive).items():
        xml = archive.read(part)
        if b"<f" in xml:
            places = frozenset((int(row) - 1, _column_number(letters)) for letters, row in _EMPTY_FORMULA.findall(xml))
            if places:
                found[name] = places
    return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    names = set(archive.namelist())
    relations = archive.read("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in names else b""
    targets: dict[bytes, str] = {}
    for relation in re.findall(rb"<Relationship\b[^>]*>", relations):
        attributes = dict(_ATTRIBUTE.findall(relation))
        target = attributes.get(b"Target", b"").decode()
        targets[attributes.get(b"Id", b"")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    parts: dict[str, str] = {}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        attributes = dict(_ATTRIBUTE.findall(sheet))
        part = targets.get(attributes.get(b"r:id", b""), "")
        if part in names:
            parts[_unescape(attributes.get(b"name", b"").decode())] = part
    return parts


def _unescape(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
