"""Grids printed as PDF with a text layer: no font file is needed, the letters are named by a ToUnicode table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.corpus.documents import shown
from tests.corpus.grids import Grid

_WIDTH, _HEIGHT, _MARGIN, _SIZE, _LINE = 842, 595, 40, 9, 12


@dataclass
class _Letters:
    """Every letter that was used, with the number it has in the font."""

    numbers: dict[str, int] = field(default_factory=dict)

    def code(self, text: str) -> str:
        return "".join(f"{self.numbers.setdefault(letter, len(self.numbers) + 1):04X}" for letter in text)

    def to_unicode(self) -> str:
        lines = "\n".join(
            f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, number in self.numbers.items()
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(self.numbers)} beginbfchar\n{lines}\n"
            "endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
        )


def pdf(*pages: Sequence[str | Grid]) -> bytes:
    """Pages of lines and of tables with ruled borders."""
    letters = _Letters()
    streams = [_page(blocks, letters) for blocks in pages]
    first_page = 6
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [4 0 R] "
        "/ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Times "
        "/Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >> >>",
        _stream(letters.to_unicode()),
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {first_page + 2 * number + 1} 0 R >>"
        )
        objects.append(_stream(stream))
    return assembled(objects)


def scan() -> bytes:
    """A page that is a picture: one grey point, stretched over the paper."""
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\nA\nendstream"
    )
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
            "/Resources << /XObject << /I1 4 0 R >> >> /Contents 5 0 R >>",
            image,
            _stream(f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm /I1 Do Q"),
        ]
    )


def assembled(objects: Sequence[str]) -> bytes:
    """The file of these objects, numbered from 1; the first is the catalogue."""
    content = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(content)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    content += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(content)


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _page(blocks: Sequence[str | Grid], letters: _Letters) -> str:
    top = float(_HEIGHT - _MARGIN)
    parts = []
    for block in blocks:
        if isinstance(block, str):
            top -= 2 * _LINE
            parts.append(_text(_MARGIN, top, block, letters))
        else:
            drawn, top = _table(block, top - _LINE, letters)
            parts.append(drawn)
    return "\n".join(parts)


def _table(grid: Grid, top: float, letters: _Letters) -> tuple[str, float]:
    columns = max(len(row) for row in grid.rows)
    width = (_WIDTH - 2 * _MARGIN) / columns
    heights = [_LINE * max(1, *(shown(cell).count("\n") + 1 for cell in row)) + 8 for row in grid.rows]
    tops = [top - sum(heights[:number]) for number in range(len(heights) + 1)]
    spans = {(merge[0], merge[1]): merge for merge in grid.merges}
    covered = {
        (row, column)
        for merge in grid.merges
        for row in range(merge[0], merge[2] + 1)
        for column in range(merge[1], merge[3] + 1)
    } - set(spans)
    parts = []
    for row, cells in enumerate(grid.rows):
        for column in range(columns):
            if (row, column) in covered:
                continue
            merge = spans.get((row, column), (row, column, row, column))
            left, right = _MARGIN + column * width, _MARGIN + (merge[3] + 1) * width
            upper, lower = tops[row], tops[merge[2] + 1]
            parts.append(f"{left:.1f} {lower:.1f} {right - left:.1f} {upper - lower:.1f} re S")
            cell = cells[column] if column < len(cells) else None
            for number, line in enumerate(shown(cell).split("\n")):
                if line:
                    parts.append(_text(left + 3, upper - _LINE * (number + 1), line, letters))
    return "\n".join(parts), tops[-1]


def _text(left: float, bottom: float, text: str, letters: _Letters) -> str:
    return f"BT /F1 {_SIZE} Tf {left:.1f} {bottom:.1f} Td <{letters.code(text)}> Tj ET"
