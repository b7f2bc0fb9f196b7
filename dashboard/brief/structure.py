"""What a brief consists of before anybody draws it. Every figure carries its query, its row and its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter

COUNTRY = "VN"

Key = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the published database as it is written.

    `kind` says how `text` was made of `value`: `number`, `percent`, `days` (without its sign), `signed`, `day`,
    `moment`, `report`, `status`, `names` or `text`. `key` holds the parameters of `query` and what tells rows apart.
    """

    text: str
    value: object
    kind: str
    query: str
    column: str
    key: Key


Part = str | Figure
Said = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` stands before the text in bold, as the name of a field does."""

    said: Said
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; all columns of a table together are as wide as the text."""

    title: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. A row of one cell is a heading inside the table and spans it."""

    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`fewest` lines stay where the brief would be too long; 0 where every line is needed."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: Said = ()
    fewest: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One small curve: shares in percent by reporting day, the due date, and what is said of it underneath."""

    title: str
    indicator: str
    points: tuple[tuple[date, float], ...]
    due_on: date
    status: str
    newest: Part
    remark: Said


@dataclass(frozen=True, slots=True)
class Curves:
    """Small curves on the same scales. `unit` is what they describe: 'VN' or a province."""

    caption: str
    unit: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    code: str
    percent: float | None
    written: Part
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Provinces in one indicator, those without a report first, then the lowest share."""

    caption: str
    indicator: str
    bars: tuple[Bar, ...]


Block = Heading | Paragraph | Table | Curves | Bars


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the workbook: every row of a query, with the columns to show as (column, label, kind)."""

    name: str
    title: str
    query: str
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """`unit` is 'VN' or a province; `as_of_on` the day that is judged; `known_at` the moment whose knowledge counts."""

    unit: str
    unit_name: str
    subject: str
    opening: Said
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    as_of_on: date
    known_at: datetime
    is_simulated: bool
    version: str


def say(template: str, **parts: Part | Said) -> Said:
    """`say("{done}/{all} địa phương", done=…, all=…)`: the template with figures in the place of its names."""
    said: list[Part] = []
    for literal, name, _form, _conversion in Formatter().parse(template):
        if literal:
            said.append(literal)
        if name:
            part = parts[name]
            said += part if isinstance(part, tuple) else (part,)
    return tuple(said)


def joined(saids: Sequence[Said], separator: str = " ") -> Said:
    """The ones that say something, one behind the other."""
    parts: list[Part] = []
    for said in (each for each in saids if each):
        parts += ((separator,) if parts else ()) + said
    return tuple(parts)


def listed(saids: Sequence[Said]) -> Said:
    """`A, B và C`."""
    if len(saids) < 2:
        return joined(saids)
    return (*joined(saids[:-1], ", "), " và ", *saids[-1])


def words(said: Said) -> str:
    """The text alone."""
    return "".join(part if isinstance(part, str) else part.text for part in said)


def figures_of(brief: Brief) -> list[Figure]:
    """Every figure of the document: opening, paragraphs, tables and charts."""
    saids: list[Said] = [brief.opening]
    for block in brief.blocks:
        if isinstance(block, Paragraph):
            saids.append(block.said)
        elif isinstance(block, Table):
            saids += [cell for line in block.lines for cell in line.cells] + [block.note]
        elif isinstance(block, Curves):
            saids += [(panel.newest, *panel.remark) for panel in block.panels]
        elif isinstance(block, Bars):
            saids += [(bar.written,) for bar in block.bars]
    return [part for said in saids for part in said if isinstance(part, Figure)]
