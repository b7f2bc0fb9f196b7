"""However a table is laid out, the same values are read from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.gate.submission import FileGate, Submission
from pipelines.landing.journal import Arrival
from pipelines.readers import Limits
from pipelines.reference.load import Reference
from tests.corpus.grids import Cell, Grid
from tests.corpus.kinds import DAY, RECEIVED_AT, code, of
from tests.corpus.spreadsheets import xlsx

UNITS = {
    "Phường Long Xuyên": (1, 1, 61, 58, 2310),
    "Phường Châu Đốc": (1, 0, 55, 55, 1204),
    "Xã An Phú": (0, 0, 42, 37, 98),
    "Đặc khu Phú Quốc": (1, 1, 98, 91, 845),
}
VALUES = of(
    "91",
    "pvhcc_commune_established pvhcc_commune_operating staff_allocated staff_present dossiers_received",
    UNITS,
)
CENTRE = "Trung tâm Phục vụ hành chính công cấp xã"
POSTS = "Biên chế cán bộ, công chức"
# Three heading rows and the label of a table with one row, for each indicator in the order of `UNITS`.
HEADINGS = (
    ("Kết quả thực hiện", CENTRE, "Đã thành lập", "Đã thành lập TTPVHCC xã"),
    ("Kết quả thực hiện", CENTRE, "Đã hoạt động", "TTPVHCC hoạt động"),
    ("Nhân lực", POSTS, "Biên chế giao", "Biên chế giao"),
    ("Nhân lực", POSTS, "CBCC hiện có", "CBCC hiện có"),
    ("Thủ tục hành chính", "Hồ sơ tiếp nhận", "Hồ sơ tiếp nhận", "Hồ sơ tiếp nhận"),
)
GROUPS = {"centre": (0, 1), "posts": (2, 3), "dossiers": (4,)}
EXTRAS = {"Diện tích (km2)": 12.5, "Dân số": 15210, "Tỷ lệ (%)": "95,1", "Ghi chú": "đã rà soát"}
NAMES = ("Tên xã, phường, đặc khu", "Xã, phường", "Tên đơn vị", "Đơn vị hành chính cấp xã")
SECTIONS = {"Phường Long Xuyên": "I. Các phường", "Xã An Phú": "II. Các xã, đặc khu"}


@dataclass(frozen=True)
class Layout:
    depth: int
    offset: int
    blocks: tuple[str, ...]
    """Column blocks from left to right: groups of indicators, `name`, `code`, extra columns."""
    order: str
    name: str
    numbers: str
    total: str
    sections: bool


@st.composite
def layouts(draw: Callable[[st.SearchStrategy[object]], object]) -> Layout:
    code_column = draw(st.sampled_from([(), ("code",)]))
    extras = draw(st.sets(st.sampled_from(sorted(EXTRAS)), max_size=3))
    return Layout(
        depth=draw(st.integers(1, 3)),
        offset=draw(st.integers(0, 25)),
        blocks=tuple(draw(st.permutations([*GROUPS, "name", *code_column, *sorted(extras)]))),
        order=draw(st.sampled_from(["", "STT", "TT", "Số TT", "Stt"])),
        name=draw(st.sampled_from(NAMES)),
        numbers=draw(st.sampled_from(["", "1", "(1)", "A B 1"])),
        total=draw(st.sampled_from(["", "first", "last", "both"])),
        sections=draw(st.booleans()),
    )


def _columns(layout: Layout) -> list[tuple[tuple[str, ...], str | int]]:
    """Each column's heading from top to bottom, and what it holds: an indicator's number or the name of a block."""
    columns: list[tuple[tuple[str, ...], str | int]] = []
    if layout.order:
        columns.append(((layout.order,) * layout.depth, "order"))
    for block in layout.blocks:
        if block in GROUPS:
            for number in GROUPS[block]:
                top, middle, leaf, flat = HEADINGS[number]
                heading = {1: (flat,), 2: (middle, leaf), 3: (top, middle, leaf)}[layout.depth]
                columns.append((heading, number))
        else:
            label = {"name": layout.name, "code": "Mã xã"}.get(block, block)
            columns.append(((label,) * layout.depth, block))
    return columns


def _merges(columns: list[tuple[tuple[str, ...], str | int]], layout: Layout) -> list[tuple[int, int, int, int]]:
    """Equal headings down a column are one cell, then equal groups beside one another."""
    merges = []
    for row in range(layout.depth):
        column = 0
        while column < len(columns):
            heading = columns[column][0]
            down = row
            while down + 1 < layout.depth and heading[down + 1] == heading[row]:
                down += 1
            right = column
            while (
                down < layout.depth - 1
                and right + 1 < len(columns)
                and columns[right + 1][0][: down + 1] == heading[: down + 1]
            ):
                right += 1
            if (row == 0 or heading[row - 1] != heading[row]) and (down, right) != (row, column):
                merges.append((layout.offset + row, column, layout.offset + down, right))
            column = right + 1
    return merges


def drawn(layout: Layout) -> Grid:
    """The table as the layout says; title lines where there is room above it."""
    columns = _columns(layout)
    titles: list[list[Cell]] = [["UBND TỈNH AN GIANG"], [None, None, "BÁO CÁO"], ["Tính đến ngày 13/02/2026"]]
    rows: list[list[Cell]] = [*titles[: layout.offset], *([[]] * (layout.offset - 3))]
    covered: set[tuple[int, int]] = set()
    merges = _merges(columns, layout)
    for first_row, first_column, last_row, last_column in merges:
        covered |= {
            (row, column)
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
            if (row, column) != (first_row, first_column)
        }
    for level in range(layout.depth):
        row = layout.offset + level
        rows.append(
            [None if (row, column) in covered else heading[level] for column, (heading, _) in enumerate(columns)]
        )
    if layout.numbers:
        rows.append(_numbers(layout, len(columns)))
    rows.extend(_body(columns, layout))
    return Grid("Biểu", rows, merges)


def _numbers(layout: Layout, width: int) -> list[Cell]:
    if layout.numbers == "A B 1":
        return [*"AB"[:width], *range(1, width - 1)]
    return [f"({number})" if layout.numbers == "(1)" else number for number in range(1, width + 1)]


def _body(columns: list[tuple[tuple[str, ...], str | int]], layout: Layout) -> list[list[Cell]]:
    def row(name: str, order: Cell, values: tuple[float, ...] | None, unit_code: Cell = None) -> list[Cell]:
        cells: list[Cell] = []
        for _, held in columns:
            if isinstance(held, int):
                cells.append(values[held] if values else None)
            else:
                plain = {"order": order, "name": name, "code": unit_code}
                cells.append(plain[held] if held in plain else EXTRAS[held] if unit_code else None)
        return cells

    total = row("Tổng cộng", None, tuple(sum(column) for column in zip(*UNITS.values(), strict=True)))
    body = [total] if layout.total in ("first", "both") else []
    for number, (name, values) in enumerate(UNITS.items(), start=1):
        if layout.sections and name in SECTIONS:
            body.append(row(SECTIONS[name], None, None))
        body.append(row(name, number, values, code("91", name)))
    return [*body, total] if layout.total in ("last", "both") else body


@pytest.fixture(scope="module")
def gate(reference: Reference) -> FileGate:
    return FileGate(reference, Limits())


def _read(gate: FileGate, layout: Layout) -> Submission:
    content = xlsx(drawn(layout))
    name = "An Giang 13-02-2026.xlsx"
    sha256 = hashlib.sha256(content).hexdigest()
    return gate.take(Arrival(1, sha256, len(content), name, f"/inbox/{name}", 0, RECEIVED_AT), content)


PLAIN = Layout(1, 0, ("name", "centre", "posts", "dossiers"), "", NAMES[0], "", "", False)
DEEP = Layout(3, 25, ("code", "name", "dossiers", "centre", "posts", "Ghi chú"), "TT", NAMES[3], "(1)", "both", True)


@settings(deadline=None, max_examples=80, derandomize=True)
@given(layouts())
@example(PLAIN)
@example(DEEP)
def test_every_layout_of_a_table_gives_the_same_values(gate: FileGate, layout: Layout) -> None:
    submission = _read(gate, layout)
    values = submission.values
    keys = zip(values.unit_code, values.indicator, strict=True)
    assert dict(zip(keys, values.value, strict=True)) == VALUES
    assert len(values.value) == len(VALUES)
    assert (submission.envelope.province_code, submission.envelope.as_of_on) == ("91", DAY)
    assert {fault.rule for fault in submission.faults} <= {
        "missing_sheet",
        "missing_column",
        "unknown_column",
        "taken_from_name",
    }
