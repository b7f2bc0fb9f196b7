"""What calamine does not tell about a workbook, from one pass over the XML of its sheets.

calamine allots memory for the whole rectangle up to the last cell before anybody can look, so that a single value in
XFD1048576 ends the process: how far a sheet reaches must be known beforehand. And it gives cells with an error, and
formulas that were never calculated, as empty ones.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO

from pipelines.readers.cells import Place, column_letters
from pipelines.readers.office_remarks import reaches_out
from pipelines.readers.safe_xml import new_parser
from pipelines.readers.xlsx_styles import WatchedStyles, watched_styles

# calamine takes every part for UTF-8, whatever it declares.
_ENCODING = "utf-8"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHEET_PART = re.compile(r"worksheets/[^/]+\.xml$", re.IGNORECASE)
_STYLES = "xl/styles.xml"
# Sheets up to here are looked at as a whole; larger ones are read piece by piece.
_SMALL_BYTES, _SMALL_CELLS = 40_000_000, 500_000
# Comments, errors, prefixed names: the parser decides about those.
_NOT_PLAIN = tuple(re.compile(pattern) for pattern in (rb"<!", rb'"e"', rb"'e'", rb":(?:row|c|f|v|is)[\s/>]"))
_ROW, _ROW_WITH_NUMBER = re.compile(rb"<row[\s/>]"), re.compile(rb'<row r="(\d+)"')
_CELL, _CELL_WITH_PLACE = re.compile(rb"<c[\s/>]"), re.compile(rb'<c r="([A-Z]{1,3})\d')
_FORMULA, _CALCULATED = re.compile(rb"<f[\s/>]"), re.compile(rb"(?:</f>|<f\b[^>]*/>)<v>\s*[^<\s]")
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]*? hidden="(?:1|true)"')
_COLUMNS = re.compile(rb"<col\s[^>]*>")
_ATTRIBUTE = re.compile(rb'(min|max|hidden)="([^"]*)"')
_MOST_COLUMNS = 16_384
_RUNS_BY_ITSELF = re.compile(r"(?:_xlnm\.)?auto_?(?:open|close|activate)", re.IGNORECASE)
_FORMULA_TEXT = re.compile(rb"<f[\s>][^<]*")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(slots=True)
class SheetPart:
    """One sheet: the rectangle that its filled cells span from A1 on, and the cells that need a second look.

    `styles` gives the format of filled cells in one of the watched formats; `reaches_out` says that a formula does.
    """

    name: str
    row_count: int = 0
    column_count: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    formulas_without_value: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    styles: dict[Place, str] = field(default_factory=dict)
    reaches_out: bool = False

    @property
    def cell_count(self) -> int:
        """Cells of the rectangle, empty ones included."""
        return self.row_count * self.column_count


def sheet_parts(archive: zipfile.ZipFile, watched: WatchedStyles, most_cells: int = _SMALL_CELLS) -> list[SheetPart]:
    """Every part that may hold a sheet; where the workbook gives it no name, the name is that of the part.

    Raises expat.ExpatError, ValueError (a cell at no place of a sheet), or what zipfile raises for damaged archives.
    """
    names = _sheet_names(archive)
    parts = []
    for info in archive.infolist():
        if info.filename in names or _SHEET_PART.search(info.filename):
            name = names.get(info.filename, info.filename)
            part = None
            if info.file_size <= _SMALL_BYTES:
                part = quick_look(name, archive.read(info), watched, min(most_cells, _SMALL_CELLS))
            if part is None:
                part = SheetPart(name)
                with archive.open(info) as xml:
                    _SheetScan(part, watched).read(xml)
            parts.append(part)
    return parts


def styles_of(archive: zipfile.ZipFile) -> WatchedStyles:
    """The formats to look out for. Raises expat.ExpatError."""
    return watched_styles(archive.read(_STYLES)) if _STYLES in archive.namelist() else WatchedStyles()


def suspicious_names(archive: zipfile.ZipFile) -> list[str]:
    """Defined names that run by themselves or hold formulas which reach out of the workbook."""
    names: list[tuple[str, list[str]]] = []
    parser = new_parser(_ENCODING)

    def start(name: str, attributes: dict[str, str]) -> None:
        is_name = name.rpartition(":")[2] == "definedName"
        if is_name:
            names.append((attributes.get("name", ""), []))
        parser.CharacterDataHandler = names[-1][1].append if is_name else None

    parser.StartElementHandler = start
    if _WORKBOOK in archive.namelist():
        parser.Parse(archive.read(_WORKBOOK), True)
    return [
        name
        for name, formula in names
        if _RUNS_BY_ITSELF.match(name) or reaches_out("".join(formula).encode()) or name.startswith(("=", "+", "@"))
    ]


def quick_look(name: str, xml: bytes, watched: WatchedStyles, most_cells: int = _SMALL_CELLS) -> SheetPart | None:
    """What nearly every sheet turns out to be: without errors, each formula with its result, every cell with its place.

    That much can be seen without taking the XML apart, at a quarter of the cost. None where it can't be seen.
    """
    if not xml.startswith(b"<?xml") or not xml.rstrip().endswith(b"</worksheet>"):
        return None
    if any(pattern.search(xml) for pattern in _NOT_PLAIN):
        return None
    rows, columns = _ROW_WITH_NUMBER.findall(xml), _CELL_WITH_PLACE.findall(xml)
    found = [len(rows), len(columns), len(_CALCULATED.findall(xml))]
    if found != [len(pattern.findall(xml)) for pattern in (_ROW, _CELL, _FORMULA)]:
        return None
    row_count = max(map(int, rows), default=0)
    # A cell may say another row than its own; with as many digits it reaches at most ten times as far.
    if re.search(rb'<c r="[A-Z]+\d{%d}' % (len(str(row_count)) + 1), xml):
        return None
    column_count = max((_place(f"{letters.decode()}1")[1] + 1 for letters in set(columns)), default=0)
    if row_count * column_count > most_cells:
        return None
    part = SheetPart(name, row_count, column_count, reaches_out=reaches_out(b"\n".join(_FORMULA_TEXT.findall(xml))))
    if b"hidden=" in xml:
        part.hidden_rows = {int(number) - 1 for number in _HIDDEN_ROW.findall(xml)}
        for columns_xml in _COLUMNS.findall(xml):
            _hide_columns(part, {key.decode(): text.decode() for key, text in _ATTRIBUTE.findall(columns_xml)})
    if pattern := watched.pattern():
        part.styles = {
            _place(f"{letters.decode()}{row.decode()}"): style.decode() for letters, row, style in pattern.findall(xml)
        }
    return part


def _hide_columns(part: SheetPart, attributes: Mapping[str, str]) -> None:
    """Notes a `col` element, which names columns from `min` to `max`, counted from 1."""
    if attributes.get("hidden") in ("1", "true"):
        first = int(attributes.get("min", "1"))
        last = min(int(attributes.get("max", str(first))), _MOST_COLUMNS)
        part.hidden_columns.update(range(first - 1, last))


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """{part: sheet name}, by the workbook and its relations."""
    targets = {item.get("Id", ""): item.get("Target", "") for item in _elements(archive, _RELATIONS, "Relationship")}
    names = {}
    for sheet in _elements(archive, _WORKBOOK, "sheet"):
        target = targets.get(next((text for key, text in sheet.items() if key.endswith(":id")), ""), "")
        names[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = sheet.get("name", "")
    return names


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    """Attributes of every element with this name."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == tag:
            found.append(attributes)

    if part in archive.namelist():
        parser = new_parser(_ENCODING)
        parser.StartElementHandler = start
        parser.Parse(archive.read(part), True)
    return found


class _SheetScan:
    """Notes what a sheet's XML says about the cells that hold anything. A cell ends where the next one starts."""

    def __init__(self, part: SheetPart, watched: WatchedStyles) -> None:
        self._part = part
        self._styles = watched.percent | watched.fonts.keys()
        self._row = 0
        self._cell: dict[str, str] = {}
        self._watched: Place | None = None
        self._formula: list[str] | None = None
        self._value: list[str] = []
        self._parser = new_parser(_ENCODING)
        self._parser.StartElementHandler = self._start

    def read(self, xml: IO[bytes]) -> None:
        """Reads the whole part."""
        self._parser.ParseFile(xml)
        self._finish()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Called for every element, mostly cells that hold a format and nothing else: those must cost little."""
        tag = name.rpartition(":")[2] if ":" in name else name
        if tag == "c":
            if self._watched is not None:
                self._finish()
            if "r" not in attributes:
                attributes["r"] = self._next_reference()
            self._cell = attributes
        elif tag == "v" or tag == "f" or tag == "is":
            self._note(tag)
        elif tag == "row":
            self._finish()
            self._row = int(attributes.get("r", self._row + 1))
            self._cell = {}
            if attributes.get("hidden") in ("1", "true"):
                self._part.hidden_rows.add(self._row - 1)
        elif tag == "col":
            _hide_columns(self._part, attributes)

    def _next_reference(self) -> str:
        """The reference of a cell that has none: right of the cell before it."""
        column = _place(self._cell["r"])[1] + 1 if self._cell else 0
        return f"{column_letters(column)}{self._row}"

    def _note(self, tag: str) -> None:
        place = _place(self._cell.get("r", ""))
        if place[0] >= self._part.row_count:
            self._part.row_count = place[0] + 1
        if place[1] >= self._part.column_count:
            self._part.column_count = place[1] + 1
        if self._cell.get("s") in self._styles:
            self._part.styles[place] = self._cell["s"]
        if tag == "f":
            self._watched, self._formula = place, []
            self._parser.CharacterDataHandler = self._formula.append
        elif tag == "v" and (self._watched is not None or self._cell.get("t") == "e"):
            self._watched, self._value = place, []
            self._parser.CharacterDataHandler = self._value.append

    def _finish(self) -> None:
        """A formula with an empty text as its result (t="str") was calculated; one without a result never was."""
        if self._watched is None:
            return
        value, kind = "".join(self._value).strip(), self._cell.get("t")
        if self._formula and not self._part.reaches_out:
            self._part.reaches_out = reaches_out("".join(self._formula).encode())
        if kind == "e":
            self._part.errors[self._watched] = value
        elif self._formula is not None and not value and kind != "str":
            self._part.formulas_without_value[self._watched] = "=" + "".join(self._formula).strip()
        self._parser.CharacterDataHandler = None
        self._watched, self._formula, self._value = None, None, []


@lru_cache(maxsize=65536)
def _place(reference: str) -> Place:
    """`B7` → (6, 1). Raises ValueError."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"no cell has the reference {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
