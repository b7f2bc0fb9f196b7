"""What the texts above a table claim: which province reports, as of which day, whether the whole country is meant.

A province counts where it stands as the sender: as the agency, alone on its line, behind a label, or in the title of
the report. Behind a reference to another document (`theo Công văn của UBND tỉnh …`) it says nothing of the sender.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.gate.days import day_within
from pipelines.gate.faults import shown
from pipelines.gate.structure import title_rows
from pipelines.readers import SheetCells
from pipelines.vietnamese import plain

CodeOf = Callable[[str], str]
"""Gives the code of a province by its name with or without type word, empty where the text names none."""

_TYPE = r"(?:tỉnh ủy|thành ủy|tỉnh|thành phố|tp\.?|t\.p\.?|tinh|thanh pho)"
_AGENCY = re.compile(
    r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|sở|ban|văn phòng|trung tâm|tỉnh ủy|thành ủy|chi cục|công an"
    r"|bộ chỉ huy|bộ ch ?qs|bộ ch quân sự|bch quân sự|ban chqs|tỉnh đoàn|mặt trận"
    r"|uy ban nhan dan|so noi vu|van phong)\b"
)
_REPORT = re.compile(r"(?:báo cáo|biểu|phụ biểu|phụ lục|bảng|tổng hợp|kết quả|số liệu|tình hình|thống kê|tiến độ)\b")
_LABEL = re.compile(
    r"(?:tên )?(?:tỉnh, thành phố|tỉnh/thành phố|tỉnh \(thành phố\)|tỉnh|thành phố|địa phương|đơn vị báo cáo"
    r"|đơn vị gửi(?: báo cáo)?|đơn vị gửi|cơ quan báo cáo|đơn vị lập biểu|đơn vị)\s*(?::|$)\s*"
)
_CITED = re.compile(
    r"\b(?:kính gửi|nơi nhận|kèm theo|căn cứ|công văn|văn bản|quyết định|nghị quyết|kế hoạch số|chỉ thị|thông báo"
    r"|thông tư|nghị định|theo(?! (?:dõi|tháng|tuần|quý|kỳ|biểu|mẫu|từng|địa)\b))\b.*"
)
_TYPED_NAME = re.compile(rf"(?<!\w){_TYPE}\s*(?=[^\W\d_])")
_UNTYPED_AGENCY = re.compile(r"(?:ubnd|ủy ban nhân dân|sở nội vụ|so noi vu)\s+(.+)")
_ENDS_OPEN = re.compile(rf"(?:ubnd|nhân dân|sở nội vụ|(?<!\w){_TYPE})\s*:?$")
_UNKNOWN = re.compile(r"(?:ubnd|ủy ban nhân dân)\s+(?P<name>(?:tỉnh|thành phố|tp\.?)\s*[^\W\d_][^\d,:;/]*)")
_OFFICE = re.compile(r"\s(?:-|sở|ban|văn phòng)\s")
# Longer than any name of a province with its type word: a sentence.
_MOST_WORDS = 7
_LONGEST_NAME = 6
# `UBND TỈNH` goes on in the cell beside it or below it; the cell beside it may be the motto of the state.
_CONTINUED_IN = 2
_ENDS_NAME = re.compile(r"\s*(?:$|[-–,.;:(/]|tính|đến|năm|tháng|quý|kỳ|ngày)")
_NATIONAL = re.compile(r"\b(?:34 (?:tỉnh|địa phương)|các tỉnh, thành phố|toàn quốc|cả nước)\b")
_MINISTRY = re.compile(r"(?:^|\.)bộ nội vụ\b")
# A commune may have the name of a province; so many provinces in one column or row are no communes.
_MANY_PROVINCES, _FEW_PROVINCES = 5, 2
_LONGEST_CELL = 60
_CUES = (
    re.compile(r"tính đến|tính tới|số liệu đến|số liệu tới|đến hết|chốt (?:số liệu )?(?:đến|ngày|vào)"),
    re.compile(r"từ (?:ngày )?[\d/.-]+(?: tháng \d+(?: năm \d+)?)? (?:đến|tới)"),
    re.compile(
        r"kỳ báo cáo|kỳ số liệu|ngày (?:chốt|lấy|tính) số liệu|thời điểm(?: (?:lấy|chốt|tính))?(?: số liệu| báo cáo)?"
    ),
    re.compile(r"đến ngày"),
)
_MONTH = re.compile(r"\b(?:tháng|quý)\s+(?:\d{1,2}|[ivx]+)\s*(?:,?\s*năm\s+|[/.-]\s*)\d{2,4}")
# A date of signing; the month in it is none of the figures.
_DATED = re.compile(r"ngày\s+[\d.…]*\s*tháng")
_WITHOUT_YEAR = re.compile(
    r"(?:ngày\s+)?(?<![\d/.-])(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?!\s*[/.-]?\s*\d|\s*năm\s*\d)"
)
_YEAR = re.compile(r"(?:năm\s+|/|-|\.)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class TitleCell:
    """A text above a table. `label` is the text to its left in the same row, if any."""

    text: str
    row: int
    column: int
    place: str
    label: str = ""
    is_date: bool = False

    def __str__(self) -> str:
        return f"{' '.join(self.text.split())} ({self.place})"


def title_cells(sheet: SheetCells) -> list[TitleCell]:
    """The texts above the first table of a sheet, row by row; dates that Excel stores as such are texts too.

    Of the texts above later tables those that announce a day: one table may be of another day than the first.
    """
    first, later = title_rows(sheet)
    cells = [cell for row in first for cell in _cells_of(sheet, row)]
    return cells + [cell for row in later for cell in _cells_of(sheet, row) if _cues(plain(cell.text))]


def _cells_of(sheet: SheetCells, row: int) -> Iterator[TitleCell]:
    label = ""
    for column, value in enumerate(sheet.rows[row]):
        if isinstance(value, (str, datetime.date)) and value:
            text = value if isinstance(value, str) else shown(value)
            yield TitleCell(text, row, column, sheet.place(row, column), label, not isinstance(value, str))
            label = text


def province_names(cells: Sequence[TitleCell], code_of: CodeOf) -> Iterator[tuple[str, TitleCell]]:
    """(name, cell) of every province that a title block names as its sender; unknown ones behind `UBND tỉnh` too."""
    for number, cell in enumerate(cells):
        found = list(dict.fromkeys(_names_in(cell.text, cell.label, code_of)))
        if not found and _ENDS_OPEN.search(plain(cell.text)):
            rest = (other for other in cells[number + 1 :] if other.row == cell.row or other.column == cell.column)
            continued = {
                name: other
                for other in list(rest)[:_CONTINUED_IN]
                for name in _names_in(f"{cell.text} {other.text}", "", code_of)
            }
            yield from continued.items()
        yield from ((name, cell) for name in found)


def _names_in(text: str, label: str, code_of: CodeOf) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = [f"{one} {other}" for one, other in pairwise(lines) if _ENDS_OPEN.search(plain(one))]
    is_labelled = bool(_LABEL.fullmatch(plain(label)))
    found = [name for line in (*lines, *joined) for name in _names_in_line(line, is_labelled, code_of)]
    if found:
        yield from found
        return
    for line in (*lines, *joined):
        unknown = _UNKNOWN.fullmatch(plain(line))
        name = _OFFICE.split(unknown.group("name"))[0] if unknown else ""
        if name and len(name.split()) <= _MOST_WORDS:
            yield name
            return


def _names_in_line(line: str, is_labelled: bool, code_of: CodeOf) -> Iterator[str]:
    text = _CITED.sub("", plain(line).lstrip("( -*")).strip()
    labelled = _LABEL.match(text)
    if is_labelled or labelled:
        rest = text[labelled.end() :] if labelled else text
        if code_of(rest.strip(" .()")):
            yield rest.strip(" .()")
            return
    is_sender = bool(_AGENCY.match(text) or _REPORT.match(text) or labelled or is_labelled)
    untyped = _UNTYPED_AGENCY.fullmatch(text)
    if untyped and code_of(untyped.group(1)):
        yield untyped.group(1)
        return
    for start in _TYPED_NAME.finditer(text):
        name, end = _longest_name(text, start.end(), code_of)
        if start.group().startswith("thành ủy") and not code_of(f"thành phố {name}"):
            continue
        if name and (is_sender or (start.start() == 0 and _ENDS_NAME.match(text[end:]))):
            yield text[start.start() : end]


def _longest_name(text: str, start: int, code_of: CodeOf) -> tuple[str, int]:
    """The longest run of words from `start` on that is the name of a province, and where it ends."""
    words = list(re.finditer(r"[^\s,;:()/]+", text[start:]))[:_LONGEST_NAME]
    for last in reversed(words):
        end = start + last.end()
        name = text[start:end].rstrip(".")
        if code_of(name):
            return name, end
    return "", start


def is_of_the_country(sheet: SheetCells, cells: Sequence[TitleCell], code_of: CodeOf) -> bool:
    """Whether a sheet is of all provinces: by the words of its title block, or by the provinces in its table.

    The ministry at the head of a sheet may have sent it out to be filled in: then its table decides.
    """
    lines = [_CITED.sub("", plain(line)) for cell in cells for line in cell.text.splitlines()]
    if any(_NATIONAL.search(line) for line in lines):
        return True
    enough = _FEW_PROVINCES if any(_MINISTRY.search(line) for line in lines) else _MANY_PROVINCES
    in_columns: dict[int, set[str]] = {}
    for row in sheet.rows[len(title_rows(sheet)[0]) :]:
        in_row: set[str] = set()
        for column, text in enumerate(row):
            if isinstance(text, str) and 0 < len(text) <= _LONGEST_CELL and (code := code_of(text)):
                in_row.add(code)
                in_columns.setdefault(column, set()).add(code)
                if enough in (len(in_row), len(in_columns[column])):
                    return True
    return False


def days(cells: Sequence[TitleCell]) -> Iterator[tuple[datetime.date | str, str]]:
    """(day, where it stands) of every day that a title block says its figures are of.

    The words decide, not the form of the date: place and date of a signature are no such day. A text in place of a day
    is a date that is none of the calendar.
    """
    years = {int(year) for cell in cells for year in _YEAR.findall(_CITED.sub("", plain(cell.text)))}
    for cell in cells:
        text = plain(cell.text)
        if not _cues(text):
            if cell.label and not _cues(plain(cell.label)):
                continue
            if not cell.label and not cell.is_date:
                continue
            text = f"tính đến ngày {text}"
        day = _day_after_cue(text, years)
        if day:
            yield day, str(cell) if isinstance(day, str) else f"{day:%d/%m/%Y} ({cell.place})"


def unclear_days(cells: Sequence[TitleCell]) -> Iterator[tuple[str, str]]:
    """(line, place) of every line that speaks of the time of the figures and leaves day, month or year open.

    A line that is still to be filled in (`Tính đến ngày …/…/……`) says nothing.
    """
    for cell in cells:
        is_labelled = bool(_cues(plain(cell.label)))
        for line in cell.text.splitlines():
            text = _CITED.sub("", plain(f"{cell.label} {line}" if is_labelled else line))
            starts = _cues(text)
            if any(_has_digit(text[start:]) for start in starts) or (_MONTH.search(text) and not _DATED.search(text)):
                yield " ".join(f"{cell.label} {line}".split() if is_labelled else line.split()), cell.place


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _cues(text: str) -> list[int]:
    """Where the words end that announce a day of figures, the clearest words first."""
    return [match.end() for cue in _CUES for match in cue.finditer(text)]


def _day_after_cue(text: str, years: set[int]) -> datetime.date | str | None:
    for end in _cues(text):
        try:
            day = day_within(text[end:]) or _day_without_year(text[end:], years)
        except ValueError:
            return text
        if day:
            return day
    return None


def _day_without_year(text: str, years: set[int]) -> datetime.date | None:
    """`13/2`, where the title block names exactly one year. Raises ValueError where the calendar has no such day."""
    found = _WITHOUT_YEAR.search(text)
    if found is None or len(years) != 1:
        return None
    return datetime.date(next(iter(years)), int(found.group(2)), int(found.group(1)))
