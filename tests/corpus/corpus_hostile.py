"""Files that would harm or waste: limits, and nothing executed."""

from __future__ import annotations

import io
import zipfile

from tests.corpus.documents import html
from tests.corpus.grids import Grid, grid
from tests.corpus.kinds import File, SetAside, case, of
from tests.corpus.spreadsheets import xlsx
from tests.readers.workbooks import FIRST_SHEET, packed, unpacked

TABLE = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Ghi chú
    1 | Phường Long Xuyên | 61 | 58 |
    2 | Xã An Phú | 42 | 37 |
    """,
    "Biểu 04",
)
VALUES = of("91", "staff_allocated staff_present", {"Phường Long Xuyên": (61, 58), "Xã An Phú": (42, 37)})

FORMULA_NAMES = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Mã xã | Xã, phường | Biên chế giao | CBCC hiện có | Ghi chú
    1 | '30307 | Phường Long Xuyên | 61 | 58 | '=HYPERLINK("http://la.vn/x","bấm vào đây")
    2 | | '=HYPERLINK("http://la.vn/x","Xã An Phú") | 42 | 37 | '+84 913 000 001
    3 | | '@SUM(1+1)*cmd|' /C calc'!A0 | 40 | 39 |
    4 | '30316 | Phường Châu Đốc | '=1+1 | 55 |
    """.replace("cmd|' /C calc'!A0", "cmd /C calc!A0"),
    "Biểu 04",
)


def with_text(text: str, at: tuple[int, int]) -> Grid:
    """The table with a text in a cell."""
    rows = [list(row) for row in TABLE.rows]
    rows[at[0]][at[1]] = text
    return TABLE.with_(rows=rows)


def more_cells(count: int, content: str = "") -> bytes:
    """The table followed by formatted cells, without content as a paint bucket leaves them, or all with the same."""
    parts = unpacked(xlsx(TABLE))
    width = 100
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{_letters(column)}{row}" s="0">{content}</c>' for column in range(width))
        + "</row>"
        for row in range(10, 10 + count // width)
    )
    parts[FIRST_SHEET] = parts[FIRST_SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    return packed(parts)


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def bomb() -> bytes:
    """A small archive that unpacks to 400 MB of blanks inside a sheet."""
    parts = unpacked(xlsx(TABLE))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            if name != FIRST_SHEET:
                archive.writestr(name, content)
        with archive.open(FIRST_SHEET, "w", force_zip64=True) as part:
            part.write(parts[FIRST_SHEET].replace(b"</worksheet>", b""))
            for _ in range(400):
                part.write(b" " * 1_000_000)
            part.write(b"</worksheet>")
    return target.getvalue()


def entities() -> bytes:
    """A sheet whose XML defines entities of entities."""
    parts = unpacked(xlsx(TABLE))
    nested = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "hahahaha">{nested}]>'.encode()
    xml = parts[FIRST_SHEET].replace(b"<worksheet", doctype + b"<worksheet", 1)
    return packed({**parts, FIRST_SHEET: xml.replace(b"<v>61</v>", b"<v>&e9;</v>")})


def foreign_entity() -> bytes:
    """An XML table that asks for a file of the machine."""
    return (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>'
        "<Row><Cell><Data>UBND TỈNH AN GIANG, tính đến ngày 13/02/2026 &x;</Data></Cell></Row>"
        "</Table></Worksheet></Workbook>"
    ).encode()


REFUSED = ("rejected",)

CASES = (
    case(
        "formulas in names and notes are text, and nobody's name",
        "formula in a name",
        File(
            lambda: xlsx(FORMULA_NAMES),
            status=("partial",),
            province="91",
            values=of(
                "91", "staff_allocated staff_present", {"Phường Long Xuyên": (61, 58), "Phường Châu Đốc": (None, 55)}
            ),
            set_aside=(
                SetAside("=HYPERLINK", ("unknown_unit",)),
                SetAside("@SUM", ("unknown_unit",)),
                SetAside("=1+1", why="text that looks like a formula is no number"),
            ),
        ),
    ),
    case(
        "a cell of 32,767 characters beside and among the figures",
        "32,767 characters",
        File(lambda: xlsx(with_text("rất dài " * 4095, (3, 4))), province="91", values=VALUES),
        File(
            lambda: xlsx(with_text("x" * 32_767, (3, 2))),
            status=("partial",),
            province="91",
            values={key: value for key, value in VALUES.items() if value != 61},
            set_aside=(SetAside("C4", ("not_a_number",)),),
        ),
    ),
    case(
        "ten thousand formatted cells without content are read over",
        "blank cells",
        File(lambda: more_cells(10_000), province="91", values=VALUES),
    ),
    case(
        "more cells than the limit",
        "blank cells",
        File(
            lambda: more_cells(50_000, "<v>7</v>"),
            status=REFUSED,
            cells_limit=20_000,
            set_aside=(SetAside("tệp", ("file_too_large",)),),
        ),
    ),
    case(
        "a small file that grows to 400 MB",
        "zip bomb",
        File(bomb, status=REFUSED, set_aside=(SetAside("tệp", ("file_too_large",)),)),
    ),
    case(
        "entities of entities",
        "entities",
        File(entities, status=REFUSED, set_aside=(SetAside("tệp"),)),
        File(foreign_entity, name="bao cao.xls", status=("rejected",), set_aside=(SetAside("tệp"),)),
    ),
    case(
        "a file name that climbs out of the folder, and one that is a formula",
        "path name",
        File(lambda: xlsx(TABLE), name="..\\..\\etc\\passwd.xlsx", province="91", values=VALUES),
        File(lambda: xlsx(TABLE, Grid("Ghi chú", [])), name="=cmd()!A1.xlsx", province="91", values=VALUES),
    ),
    case(
        "a web page with a script in it",
        "html; macros",
        File(
            lambda: html(TABLE).replace(b"<body>", b"<body><script>var STT='1';document.write('<td>9</td>')</script>"),
            name="bao cao.xls",
            province="91",
            values=VALUES,
        ),
    ),
)
