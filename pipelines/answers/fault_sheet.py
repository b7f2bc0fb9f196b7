"""The sheet that lists what to put right: one line per fault, each with a link to its cell.

Columns after the shown ones are hidden; they say which cells were coloured, so that the colours can be taken away when
the workbook comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from pipelines.answers.listed import ListedFault, place_of, printable
from pipelines.answers.package import Element, namespace
from pipelines.form.layout import ANSWER_TITLE, cell_name

HEADER = ("STT", "Vị trí", "Đơn vị", "Chỉ tiêu", "Đã ghi", "Yêu cầu", "Vấn đề", "Cách sửa", "Mức độ")
WIDTHS = (5, 15, 20, 26, 16, 22, 34, 34, 14)
FIRST_LINE = 6
SHEET_COLUMN, CELL_COLUMN, FILL_COLUMN = 10, 11, 12
# Longer lists are of no use to a person; every cell is coloured all the same.
MOST_LINES = 5000
_PLACE_COLUMN, _SEVERITY_COLUMN = 1, 8
_LONGEST_CELL = 32_000
# A row of a sheet is at most 409 points high.
_LINE_HEIGHT, _MOST_LINES_SHOWN, _LOST_TO_WORDS = 15, 27, 2


def fault_sheet(
    faults: Sequence[ListedFault],
    coloured: Mapping[tuple[str, str], str],
    heading: Sequence[str],
    styles: Mapping[str, int],
    main_namespace: str,
) -> bytes:
    """The sheet as XML. `heading` is at most two lines; `coloured` maps (sheet, cell) to the note of its own fill."""
    lines = list(_lines(faults))
    rows = [_row(1, [_cell(1, 0, ANSWER_TITLE, styles["title"])])]
    rows += [_row(2 + number, [_cell(2 + number, 0, text, styles["note"])]) for number, text in enumerate(heading[:2])]
    guidance = "Bấm vào cột Vị trí để đến ô. Sửa xong, gửi lại chính tệp này; ô đỏ là chưa nhận, ô vàng là lưu ý."
    rows.append(_row(4, [_cell(4, 0, guidance, styles["note"])]))
    rows.append(_row(5, [_cell(5, column, text, styles["head"]) for column, text in enumerate(HEADER)]))
    notes = iter(coloured.items())
    for number in range(max(len(lines), len(coloured))):
        cells = _line(FIRST_LINE + number, lines[number], styles) if number < len(lines) else []
        height = _height(lines[number][1]) if number < len(lines) else 0
        noted = next(notes, None)
        if noted is not None:
            (sheet, cell), fill = noted
            kept = ((SHEET_COLUMN, sheet), (CELL_COLUMN, cell), (FILL_COLUMN, fill))
            cells += [_cell(FIRST_LINE + number, column, text, styles["note"]) for column, text in kept]
        rows.append(_row(FIRST_LINE + number, cells, height))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main_namespace}">'
        '<sheetPr><tabColor rgb="FFC0392B"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        '<pane ySplit="5" topLeftCell="A6" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A6" sqref="A6"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/>{_columns()}<sheetData>{"".join(rows)}</sheetData>'
        f"{_links(lines)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def coloured_cells(root: Element, texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """What an earlier list says of the cells that it had coloured. `texts` are the workbook's shared strings."""
    found: dict[tuple[str, str], str] = {}
    for row in root.iterfind(f".//{{{namespace(root)}}}row"):
        kept = {
            column: cell_text(cell, texts)
            for cell in row.iterfind(f"{{{namespace(root)}}}c")
            for column in (SHEET_COLUMN, CELL_COLUMN, FILL_COLUMN)
            if cell.get("r", "").rstrip("0123456789") == cell_name(0, column).rstrip("1")
        }
        if kept.get(CELL_COLUMN):
            found[kept.get(SHEET_COLUMN, ""), kept[CELL_COLUMN]] = kept.get(FILL_COLUMN, "")
    return found


def cell_text(cell: Element, texts: Sequence[str]) -> str:
    inside = "".join(item.text or "" for item in cell.iter(f"{{{namespace(cell)}}}t"))
    value = cell.findtext(f"{{{namespace(cell)}}}v") or ""
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(texts):
        return texts[int(value)]
    return inside or value


def _lines(faults: Sequence[ListedFault]) -> Iterator[tuple[ListedFault, tuple[str, ...]]]:
    for number, fault in enumerate(faults[:MOST_LINES], start=1):
        shown = (fault.place, fault.unit, fault.indicator, fault.given, fault.expected, fault.message, fault.fix)
        yield fault, (str(number), *shown, fault.severity_word)
    if len(faults) > MOST_LINES:
        rest = f"… và {len(faults) - MOST_LINES} nội dung khác, tô màu trong các trang tính."
        yield ListedFault("", "", "", "", "", "", "", rest, "", "warning"), ("", "", "", "", "", "", rest, "", "")


def _line(row: int, line: tuple[ListedFault, tuple[str, ...]], styles: Mapping[str, int]) -> list[str]:
    fault, texts = line
    own = {_PLACE_COLUMN: "link" if place_of(fault.place)[1] else "text", _SEVERITY_COLUMN: fault.severity}
    return [_cell(row, column, text, styles[own.get(column, "text")]) for column, text in enumerate(texts)]


def _links(lines: Sequence[tuple[ListedFault, tuple[str, ...]]]) -> str:
    """Inside the workbook, so that they need no relation."""
    links = []
    for number, (fault, _) in enumerate(lines):
        sheet, cell = place_of(fault.place)
        if cell:
            target = "'" + sheet.replace("'", "''") + f"'!{cell}"
            place = cell_name(FIRST_LINE + number - 1, _PLACE_COLUMN)
            links.append(f"<hyperlink ref={quoteattr(place)} location={quoteattr(printable(target))}/>")
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _columns() -> str:
    shown = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS, start=1)
    )
    hidden = f'<col min="{SHEET_COLUMN + 1}" max="{FILL_COLUMN + 1}" width="4" hidden="1" customWidth="1"/>'
    return f"<cols>{shown}{hidden}</cols>"


def _height(texts: Sequence[str]) -> int:
    """Points for the longest text of a line: not every program makes room for wrapped text by itself."""
    lines = max(-(-len(text) // (width - _LOST_TO_WORDS)) for text, width in zip(texts, WIDTHS, strict=True))
    return _LINE_HEIGHT * min(max(lines, 1), _MOST_LINES_SHOWN)


def _row(number: int, cells: Sequence[str], height: int = 0) -> str:
    tall = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def _cell(row: int, column: int, text: str, style: int) -> str:
    """Text and nothing else: what came from a file is never taken for a formula."""
    words = escape(printable(text[:_LONGEST_CELL]))
    return (
        f'<c r="{cell_name(row - 1, column)}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{words}</t></is></c>'
    )
