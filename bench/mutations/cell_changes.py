"""Reports falsified cell by cell, before they are written in a format: what a person, or a program, does to a sheet.

A change is harmless where the file still says what the right one says, though less of it or in other words: then no
value may be taken that is not the right one's. After any other change the file itself must say what is taken from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from bench.mutations import spelling
from bench.mutations.reports import DAY, PROVINCE_NAME, Place, Report, Sheet
from tests.corpus.grids import Cell

Change = Callable[[Report, Random], Report]


@dataclass(frozen=True)
class CellChange:
    """A change of cells, by the name under which it is counted."""

    name: str
    change: Change
    is_harmless: bool


def _in_one_sheet(change: Callable[[Sheet, Random], Sheet]) -> Change:
    def changed(report: Report, rng: Random) -> Report:
        number = rng.randrange(len(report.sheets))
        sheets = list(report.sheets)
        sheets[number] = change(sheets[number], rng)
        return replace(report, sheets=tuple(sheets))

    return changed


def _filled(sheet: Sheet) -> list[Place]:
    return [place for place in sheet.cells if sheet.at(place) is not None]


def _value_columns(sheet: Sheet) -> list[int]:
    return sorted({column for _, column in sheet.cells})


def _swapped(sheet: Sheet, pairs: list[tuple[Place, Place]]) -> Sheet:
    changed: dict[Place, Cell] = {}
    for one, other in pairs:
        changed |= {one: sheet.at(other), other: sheet.at(one)}
    return sheet.with_cells(changed)


def _swap_values(sheet: Sheet, rng: Random) -> Sheet:
    one, other = rng.sample(_filled(sheet), 2)
    return _swapped(sheet, [(one, other)])


def _swap_names(sheet: Sheet, rng: Random) -> Sheet:
    one, other = rng.sample(sheet.body, 2)
    return _swapped(sheet, [((one, sheet.name_column), (other, sheet.name_column))])


def _swap_codes(sheet: Sheet, rng: Random) -> Sheet:
    column = sheet.name_column if sheet.code_column is None else sheet.code_column
    one, other = rng.sample(sheet.body, 2)
    return _swapped(sheet, [((one, column), (other, column))])


def _swap_rows(sheet: Sheet, rng: Random) -> Sheet:
    one, other = rng.sample(sheet.body, 2)
    return _swapped(sheet, [((one, column), (other, column)) for column in sheet.headings])


def _swap_headings(sheet: Sheet, rng: Random) -> Sheet:
    one, other = rng.sample(list(sheet.headings.values()), 2)
    return _swapped(sheet, [(one, other)])


def _swap_columns(sheet: Sheet, rng: Random) -> Sheet:
    """Headings and cells; a label merged above them stays."""
    columns = _value_columns(sheet) if len(_value_columns(sheet)) > 1 else list(sheet.headings)
    one, other = rng.sample(columns, 2)
    headings = [(sheet.headings[one], sheet.headings[other])]
    return _swapped(sheet, [*headings, *(((row, one), (row, other)) for row in sheet.body)])


def _shift_values(sheet: Sheet, rng: Random) -> Sheet:
    """The figures of some columns stand one row too low or too high, those at the end come in at the start."""
    columns = rng.sample(_value_columns(sheet), rng.randint(1, len(_value_columns(sheet))))
    step = rng.choice((1, -1))
    rows = sheet.body
    changed = {
        (row, column): sheet.at((rows[(number - step) % len(rows)], column))
        for column in columns
        for number, row in enumerate(rows)
    }
    return sheet.with_cells(changed)


def _without_rows(sheet: Sheet, removed: set[int]) -> Sheet:
    rows = [[] if row in removed else cells for row, cells in enumerate(sheet.grid.rows)]
    return replace(sheet, grid=sheet.grid.with_(rows=rows))


def _drop_row(sheet: Sheet, rng: Random) -> Sheet:
    return _without_rows(sheet, {rng.choice(sheet.body)})


def _repeat_row(sheet: Sheet, rng: Random) -> Sheet:
    """The row of a unit a second time, after the last one or in place of the blank row below the table."""
    rows = [*sheet.grid.rows, list(sheet.grid.rows[rng.choice(sheet.body)])]
    return replace(sheet, grid=sheet.grid.with_(rows=rows))


def _empty_cells(sheet: Sheet, rng: Random) -> Sheet:
    return sheet.with_cells(dict.fromkeys(rng.sample(_filled(sheet), rng.randint(1, 6))))


def _hide(sheet: Sheet, rng: Random) -> Sheet:
    rows, columns = rng.sample(sheet.body, 2), rng.sample(list(sheet.headings), 1)
    return replace(sheet, grid=sheet.grid.with_(hidden_rows=frozenset(rows), hidden_columns=frozenset(columns)))


def _merge_values(sheet: Sheet, rng: Random) -> Sheet:
    """Cells of figures joined over rows or columns: what was under them is gone."""
    row, column = rng.choice(_filled(sheet))
    down, right = rng.choice(((1, 0), (2, 0), (0, 1), (1, 1)))
    covered = {(row + y, column + x): None for y in range(down + 1) for x in range(right + 1) if (y, x) != (0, 0)}
    merges = [*sheet.grid.merges, (row, column, row + down, column + right)]
    changed = sheet.with_cells(covered)
    return replace(changed, grid=changed.grid.with_(merges=merges))


def _retype_digit(sheet: Sheet, rng: Random) -> Sheet:
    place = rng.choice(_filled(sheet))
    digits = list(str(sheet.at(place)))
    digits[rng.randrange(len(digits))] = str(rng.randint(0, 9))
    return sheet.with_cells({place: int("".join(digits))})


def _change_code(sheet: Sheet, rng: Random) -> Sheet:
    if sheet.code_column is None:
        return _swap_names(sheet, rng)
    place = (rng.choice(sheet.body), sheet.code_column)
    text = list(str(sheet.at(place)))
    text[rng.randrange(len(text))] = str(rng.randint(0, 9))
    return sheet.with_cells({place: "".join(text)})


_WORDS = (
    *(
        "x",
        "X",
        "✓",
        "có",
        "chưa",
        "đã thành lập",
        "đang thực hiện",
        "chưa có",
        "-",
        "…",
        "...",
        "N/A",
        "#REF!",
        "#DIV/0!",
    ),
    *("12 (dự kiến)", "khoảng 30", "3.193 hồ sơ", "1/2", "½", "12/01/2026", "-5", "1e3", "41,6%", "0,5", "²"),
    *("3193 3194", "3.193.", "1.23.456", "999999999999999999999", "=SUM(D1:D9)", "TRUE", "Một"),
)


def _put_words(sheet: Sheet, rng: Random) -> Sheet:
    places = rng.sample(_filled(sheet), rng.randint(1, 4))
    return sheet.with_cells({place: rng.choice(_WORDS) for place in places})


def _grouped(value: int, sign: str) -> str:
    return f"{value:,}".replace(",", sign)


_NOTATIONS: Mapping[str, Callable[[int], Cell]] = {
    "points, text": lambda value: _grouped(value, "."),
    "commas, text": lambda value: _grouped(value, ","),
    "spaces, text": lambda value: _grouped(value, "\xa0"),
    "decimals, text": lambda value: f"{value},0",
    "spaces around, text": lambda value: f" {value} ",
    "plain, text": str,
    "zero-padded, text": lambda value: f"{value:05d}",
    "float of a misread point": lambda value: value / 1000 if value >= 1000 else value,
}


def _notation(name: str) -> Change:
    write = _NOTATIONS[name]

    def changed(sheet: Sheet, rng: Random) -> Sheet:
        """One cell, one column, or all of a sheet; totals along with a column in half of the cases."""
        column = rng.choice(_value_columns(sheet))
        filled = [place for place in _filled(sheet) if isinstance(sheet.at(place), int)]
        chosen = rng.choice((rng.sample(filled, 1), [place for place in filled if place[1] == column], filled))
        if rng.random() < 0.5:
            totals = [(row, column) for row in range(sheet.header_rows[-1] + 1, sheet.body[-1] + 3)]
            chosen = [*chosen, *(place for place in totals if isinstance(sheet.at(place), int))]
        return sheet.with_cells({place: write(int(str(sheet.at(place)))) for place in chosen})

    return _in_one_sheet(changed)


def _spelled(spell: spelling.Spelling) -> Change:
    def changed(sheet: Sheet, rng: Random) -> Sheet:
        rows = rng.choice((sheet.body, rng.sample(sheet.body, rng.randint(1, 3))))
        places = [(row, sheet.name_column) for row in rows]
        return sheet.with_cells({place: spell(str(sheet.at(place)), rng) for place in places})

    return _in_one_sheet(changed)


def _spell_headings(sheet: Sheet, rng: Random) -> Sheet:
    change = rng.choice([*spelling.HARMLESS.values(), *spelling.RISKY.values()])
    places = rng.sample(list(sheet.headings.values()), rng.randint(1, 3))
    return sheet.with_cells({place: change(str(sheet.at(place)), rng) for place in places if sheet.at(place)})


def _in_title(old: str, news: Callable[[Random], str]) -> Change:
    """In the title of one sheet, or of all."""

    def changed(report: Report, rng: Random) -> Report:
        only = rng.randrange(len(report.sheets)) if rng.random() < 0.5 else None
        new = news(rng)
        sheets = []
        for number, sheet in enumerate(report.sheets):
            cells = {
                (row, column): cell.replace(old, new)
                for row in range(sheet.header_rows[0])
                for column, cell in enumerate(sheet.grid.rows[row])
                if isinstance(cell, str) and old in cell
            }
            sheets.append(sheet.with_cells(cells) if only in (None, number) else sheet)
        return replace(report, sheets=tuple(sheets))

    return changed


_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d tháng %m năm %Y", "%d/%m", "%m/%Y", "…/…/%Y")


def _other_day(rng: Random) -> str:
    return (DAY - datetime.timedelta(days=rng.randint(-40, 400))).strftime(rng.choice(_DAYS))


def _other_province(rng: Random) -> str:
    return rng.choice(("LAI CHÂU", "HÀ NỘI", "QUẢNG NGÁI", "QUANG NGAI", "KON TUM", "QUẢNG", "…", "AN GIANG"))


def _reorder_sheets(report: Report, rng: Random) -> Report:
    sheets = list(report.sheets)
    rng.shuffle(sheets)
    return replace(report, sheets=tuple(sheets))


def _drop_sheet(report: Report, rng: Random) -> Report:
    kept = [sheet for sheet in report.sheets if len(report.sheets) == 1 or sheet is not rng.choice(report.sheets)]
    return replace(report, sheets=tuple(kept or report.sheets), others=rng.choice((report.others, ())))


def _repeat_sheet(report: Report, rng: Random) -> Report:
    again = rng.choice(report.sheets)
    copy = replace(again, grid=again.grid.with_(name=f"{again.grid.name} (2)"))
    return replace(report, sheets=(*report.sheets, copy))


def _rename_sheet(sheet: Sheet, rng: Random) -> Sheet:
    name = rng.choice(("Sheet1", "Trang 9", "=HYPERLINK", "Cần sửa", "_tiendo 2", "CSV", "Tổng hợp"))
    return replace(sheet, grid=sheet.grid.with_(name=name))


CELL_CHANGES: tuple[CellChange, ...] = (
    *(CellChange(f"name: {name}", _spelled(spell), True) for name, spell in spelling.HARMLESS.items()),
    *(CellChange(f"name: {name}", _spelled(spell), False) for name, spell in spelling.RISKY.items()),
    *(CellChange(f"number: {name}", _notation(name), True) for name in _NOTATIONS),
    CellChange("cells: two values swapped", _in_one_sheet(_swap_values), False),
    CellChange("cells: two names swapped", _in_one_sheet(_swap_names), False),
    CellChange("cells: two codes swapped", _in_one_sheet(_swap_codes), False),
    CellChange("cells: two rows swapped", _in_one_sheet(_swap_rows), True),
    CellChange("cells: two headings swapped", _in_one_sheet(_swap_headings), False),
    CellChange("cells: two columns swapped", _in_one_sheet(_swap_columns), False),
    CellChange("cells: figures a row off", _in_one_sheet(_shift_values), False),
    CellChange("cells: row missing", _in_one_sheet(_drop_row), True),
    CellChange("cells: row repeated", _in_one_sheet(_repeat_row), True),
    CellChange("cells: some emptied", _in_one_sheet(_empty_cells), True),
    CellChange("cells: hidden", _in_one_sheet(_hide), True),
    CellChange("cells: merged", _in_one_sheet(_merge_values), False),
    CellChange("cells: digit of a figure", _in_one_sheet(_retype_digit), False),
    CellChange("cells: digit of a code", _in_one_sheet(_change_code), False),
    CellChange("cells: words for figures", _in_one_sheet(_put_words), False),
    CellChange("headings: spelled otherwise", _in_one_sheet(_spell_headings), False),
    CellChange("title: another day", _in_title(f"{DAY:%d/%m/%Y}", _other_day), False),
    CellChange("title: another province", _in_title(PROVINCE_NAME, _other_province), False),
    CellChange("sheets: in another order", _reorder_sheets, True),
    CellChange("sheets: one missing", _drop_sheet, True),
    CellChange("sheets: one twice", _repeat_sheet, True),
    CellChange("sheets: renamed", _in_one_sheet(_rename_sheet), True),
)
