"""Workbooks made in memory: a few cells through openpyxl, and the XML changed where no library would write it so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import openpyxl
from openpyxl.workbook.workbook import Workbook

FIRST_SHEET = "xl/worksheets/sheet1.xml"


def book(cells: Mapping[str, object] | None = None) -> Workbook:
    """A workbook with one sheet `Biểu 02` and these cells."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Biểu 02"
    for place, value in (cells or {}).items():
        sheet[place] = value
    return workbook


def saved(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def with_cell(xml: str) -> bytes:
    """A workbook with 1 in A1 and this XML in place of the cell C3."""
    return replaced(saved(book({"A1": 1, "C3": 77})), {b'<c r="C3" t="n"><v>77</v></c>': xml.encode()})


def replaced(content: bytes, pieces: Mapping[bytes, bytes], part: str = FIRST_SHEET) -> bytes:
    """The workbook with pieces of one part's XML replaced."""
    parts = unpacked(content)
    for old, new in pieces.items():
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
    return packed(parts)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
