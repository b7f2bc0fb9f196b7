"""What a workbook's formats say about its cells: numbers shown as percentages, text in fonts from before Unicode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipelines.readers.cells import CellValue, Place, SheetCells
from pipelines.readers.safe_xml import new_parser

# The formats `0%` and `0.00%` have numbers of their own and are nowhere written out.
_PERCENT_IDS = frozenset({"9", "10"})
_LEGACY_FONT = re.compile(r"\.Vn|VNI[- ]", re.IGNORECASE)
# A % in quotes or after a backslash is a letter, not a format.
_LITERAL = re.compile(r'"[^"]*"|\\.')
_WORTH_A_LOOK = re.compile(rb'%|\.vn|VNI[- ]|numFmtId="(?:9|10)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WatchedStyles:
    """Numbers of the cell formats that matter, as the cells' `s` attribute gives them."""

    percent: frozenset[str] = frozenset()
    fonts: Mapping[str, str] = field(default_factory=dict)

    def pattern(self) -> re.Pattern[bytes] | None:
        """Finds filled cells in one of these formats: column letters, row number, format."""
        numbers = self.percent | self.fonts.keys()
        if not numbers:
            return None
        return re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>/]*? s="(%b)"[^>/]*>' % "|".join(sorted(numbers)).encode())


def is_percent_format(code: str) -> bool:
    """Whether a number format shows percentages: `0.0%`, but not `0" %"`."""
    return "%" in _LITERAL.sub("", code)


def is_legacy_font(name: str) -> bool:
    """Whether a font is one from before Unicode (TCVN3, VNI), whose letters are other letters underneath."""
    return _LEGACY_FONT.match(name.strip()) is not None


def watched_styles(xml: bytes) -> WatchedStyles:
    """Reads xl/styles.xml, if there can be anything in it. Raises expat.ExpatError."""
    if not _WORTH_A_LOOK.search(xml):
        return WatchedStyles()
    scan = _StyleScan()
    parser = new_parser("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.Parse(xml, True)
    return WatchedStyles(
        frozenset(str(number) for number, (format_id, _) in enumerate(scan.formats) if format_id in scan.percent_ids),
        {
            str(number): scan.fonts[font_id]
            for number, (_, font_id) in enumerate(scan.formats)
            if is_legacy_font(scan.fonts.get(font_id, ""))
        },
    )


def is_number(value: CellValue) -> bool:
    """Whether a cell holds a number; True and False are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def with_styles(cells: SheetCells, styles: Mapping[Place, str], watched: WatchedStyles) -> SheetCells:
    """The sheet with its percentages and old fonts; `styles` gives the format of cells in a watched one."""
    values = {place: cells.cell(*place) for place in styles}
    return replace(
        cells,
        percent_cells=frozenset(
            place
            for place, style in styles.items()
            if style in watched.percent
            and isinstance(values[place], (int, float))
            and not isinstance(values[place], bool)
        ),
        legacy_fonts={
            place: watched.fonts[style]
            for place, style in styles.items()
            if style in watched.fonts and isinstance(values[place], str) and values[place]
        },
    )


class _StyleScan:
    """Fonts by number, percent formats, and (number format, font) of each cell format."""

    def __init__(self) -> None:
        self.percent_ids = set(_PERCENT_IDS)
        self.fonts: dict[str, str] = {}
        self.formats: list[tuple[str, str]] = []
        self._part = ""
        self._font_count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._part = tag
        elif tag == "numFmt" and is_percent_format(attributes.get("formatCode", "")):
            self.percent_ids.add(attributes.get("numFmtId", ""))
        elif tag == "name" and self._part == "fonts":
            self.fonts[str(self._font_count)] = attributes.get("val", "")
        elif tag == "xf" and self._part == "cellXfs":
            self.formats.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "font" and self._part == "fonts":
            self._font_count += 1
        elif tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._part = ""
