"""Reads HTML, also under the name .xls (web systems export so), and single-file web pages (MIME HTML, .mht)."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.readers.cells import CellValue, FileCells, Remark, UnreadableFile
from pipelines.readers.document_rows import DOCUMENT, DocumentRows, SpanTable
from pipelines.readers.limits import Limits, too_deep
from pipelines.readers.marked_text import Mark, Piece, written
from pipelines.readers.office_remarks import RULE
from pipelines.readers.refusals import damaged
from pipelines.readers.sniff import file_format
from pipelines.readers.text_encoding import decoded, decoded_as_vietnamese
from pipelines.readers.web_fonts import PageFonts
from pipelines.readers.web_marks import PageMarks

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096
_NOT_SHOWN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "select", "textarea"})
# Elements that end a line; what stands between two of them is one paragraph.
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "td", "th", "tr", "ul"}
)
# A file that was cut off ends inside a table: its last number may be half of one.
_TABLE_STARTS, _TABLE_ENDS = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_534
# What lxml raises for what is no HTML at all, and email for headers that are none.
_ERRORS = (etree.LxmlError, email.errors.MessageError, LookupError, ValueError, AssertionError)


def read(data: bytes, limits: Limits) -> FileCells:
    """The page as one sheet; a table inside a cell follows as a table of its own. Raises UnreadableFile."""
    try:
        page = _page_of_mime(data) if file_format(data) == "mht" else data
        text = _text(page)
        if len(_TABLE_STARTS.findall(text)) > len(_TABLE_ENDS.findall(text)):
            raise damaged("a table has no end")
        root = _tree(text, limits)
    except _ERRORS as error:
        raise damaged(error) from error
    if root is None:
        raise damaged("the page is empty")
    rows = DocumentRows(limits)
    _Page(rows, limits, PageFonts(root), PageMarks(root)).read(root)
    return FileCells("html", [rows.sheet()], _remarks(root))


def _page_of_mime(data: bytes) -> bytes:
    """The first HTML part of a web page saved as one file."""
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes):
                return payload.decode(charset, errors="replace").encode() if charset else payload
    raise UnreadableFile("unreadable_file", "trang web lưu một tệp (.mht) không chứa trang nào", "no HTML part inside")


def _text(page: bytes) -> str:
    """By its mark or what is valid; the page's own word counts only where the bytes decide nothing.

    Programs write `charset=windows-1252` above UTF-8 text and the other way round.
    """
    declared = _DECLARED.search(page[:_HEAD_BYTES])
    text = decoded(page)
    is_utf = text is not None and (page.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_valid_utf8(page))
    if declared and not is_utf:
        name = declared[1].decode("ascii").lower()
        if name in ("windows-1258", "cp1258"):
            return decoded_as_vietnamese(page)
        if not name.startswith(("utf", "unicode", "windows-1252", "iso-8859-1", "us-ascii", "x-user")):
            return page.decode(name, errors="replace")
    if text is None:
        raise ValueError("the bytes are no text")
    return text


def _is_valid_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _tree(text: str, limits: Limits) -> _Element | None:
    """lxml stops building at 256 levels without a word, far over the limit that is asked here."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    # A lone half of a surrogate pair can't be encoded; it is no letter of any text.
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    if root is not None:
        _refuse_depth(root, limits)
    return root


def _refuse_depth(root: _Element, limits: Limits) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.nesting:
            raise too_deep(limits.nesting)


def _remarks(root: _Element) -> tuple[Remark, ...]:
    """Scripts and frames are never run nor fetched; Excel's own pages hold some, so only outside ones count."""
    if any(True for _ in root.iter("iframe", "frame", "object", "embed")):
        detail = "khung hoặc đối tượng lấy từ nơi khác; phần này không được mở"
        return (Remark(RULE, "", detail, "frames or objects from elsewhere; they were not fetched"),)
    return ()


class _Page:
    """Walks a page in reading order: text gathers until an element ends its line."""

    def __init__(self, rows: DocumentRows, limits: Limits, fonts: PageFonts, marks: PageMarks) -> None:
        self._rows = rows
        self._limits = limits
        self._fonts = fonts
        self._marks = marks
        self._pieces: list[Piece] = []

    def read(self, root: _Element) -> None:
        self._walk(root, Mark())
        self._end_line()

    def _walk(self, element: _Element, around: Mark) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        if name == "table":
            self._end_line()
            self._read_table(element, around)
        elif name == "br":
            self._end_line()
        elif name not in _NOT_SHOWN and not _is_hidden(element):
            self._walk_inside(element, around, is_block=name in _BLOCKS)

    def _walk_inside(self, element: _Element, around: Mark, is_block: bool) -> None:
        if is_block:
            self._end_line()
        mark = self._marks.inside(element, around)
        self._pieces.append(Piece(_SPACES.sub(" ", element.text or ""), mark))
        for part in element:
            self._walk(part, mark)
            self._pieces.append(Piece(_SPACES.sub(" ", part.tail or ""), mark))
        if is_block:
            self._end_line()

    def _end_line(self) -> None:
        self._rows.add_paragraph(_squeezed(written(self._pieces)))
        self._pieces = []

    def _read_table(self, element: _Element, around: Mark) -> None:
        spans, nested = SpanTable(self._limits, DOCUMENT), []
        of_table = self._marks.inside(element, around)
        for caption in element.iterchildren("caption"):
            self._walk_inside(caption, of_table, is_block=True)
        for row in _rows_of(element):
            spans.start_row()
            of_row = self._marks.inside(row, of_table)
            if _is_hidden(row):
                spans.table.hidden_rows.add(len(spans.table.rows) - 1)
            for cell in row.iterchildren("td", "th"):
                value, is_percent, tables = self._cell(cell, of_row)
                nested += tables
                place = spans.add(value, _span(cell, "rowspan", _MOST_ROWS), _span(cell, "colspan", _MOST_COLUMNS))
                if is_percent:
                    spans.table.percent.add(place)
                if isinstance(value, str) and (font := self._fonts.legacy_font(cell)):
                    spans.table.fonts[place] = font
        self._rows.add_table(spans.finished())
        for table, mark in nested:
            self._read_table(table, mark)

    def _cell(self, cell: _Element, around: Mark) -> tuple[CellValue, bool, list[tuple[_Element, Mark]]]:
        """(value, whether it is a percentage, tables inside).

        Excel writes the number itself beside the text that shows it rounded, and 0.416 beside 41,6%.
        """
        pieces: list[Piece] = []
        tables: list[tuple[_Element, Mark]] = []
        self._gather(cell, around, pieces, tables)
        lines = written(pieces).split("\n")
        text = "\n".join(line for line in map(_squeezed, lines) if line)
        number = next((str(value).strip() for key, value in cell.items() if str(key) in ("x:num", "num")), "")
        is_struck = any(piece.mark.struck and piece.text.strip() for piece in pieces)
        if _NUMBER.fullmatch(number) and not is_struck:
            return float(number), text.endswith("%"), tables
        return text, False, tables

    def _gather(
        self, element: _Element, around: Mark, pieces: list[Piece], tables: list[tuple[_Element, Mark]]
    ) -> None:
        mark = self._marks.inside(element, around)
        pieces.append(Piece(_SPACES.sub(" ", element.text or ""), mark))
        for part in element:
            name = part.tag if isinstance(part.tag, str) else ""
            if name == "table":
                tables.append((part, mark))
            elif name == "br":
                pieces.append(Piece("\n", mark))
            elif name not in _NOT_SHOWN and not _is_hidden(part):
                ends = Piece("\n" if name in _BLOCKS else "")
                pieces.append(ends)
                self._gather(part, mark, pieces, tables)
                pieces.append(ends)
            pieces.append(Piece(_SPACES.sub(" ", part.tail or ""), mark))


def _rows_of(table: _Element) -> list[_Element]:
    """Its own rows, in the order of the page; those of tables inside it are theirs."""
    rows = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows += part.iterchildren("tr")
    return rows


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def _span(cell: _Element, name: str, most: int) -> int:
    """A span as browsers take it: what is no number, or none at all, is 1."""
    found = re.match(r"\s*(\d{1,9})", cell.get(name) or "")
    return min(max(int(found[1]), 1), most) if found else 1


def _is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(_style(element)) is not None


def _style(element: _Element) -> str:
    return element.get("style") or ""
