"""Writes what a person decides as a row of a reference table, after the tables with that row have been read and agree.

Nothing else happens here: tables that have changed make the next run read every landed file again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.durable import write_whole
from pipelines.reference import tables
from pipelines.reference.load import Reference, load_contents, read_contents
from pipelines.reference.tables import Record, Table
from pipelines.vietnamese import plain

DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Written:
    """A row that now stands in a table, and the tables with it."""

    path: Path
    row: dict[str, str]
    is_new: bool
    reference: Reference


def map_column(directory: Path, shape: str, label: str, meaning: str, entered_on: date, note: str = "") -> Written:
    """Says what a label of a form means. An earlier answer is replaced. Raises ReferenceFaults."""
    row = {"shape": shape, "label": label, "meaning": meaning, "entered_on": entered_on.isoformat(), "note": note}
    return _write(directory, tables.MAPPINGS, row, {"shape": shape, "label": label})


def decide_file(
    directory: Path,
    reference: Reference,
    sha256: str,
    *,
    province_code: str = "",
    as_of_on: date | None = None,
    form: str = "",
    reason: str,
    entered_on: date,
) -> Written:
    """Says what a file is. What was decided about it before stays where nothing new is said. Raises ReferenceFaults."""
    earlier = reference.decision_for(sha256)
    day = as_of_on or (earlier.as_of_on if earlier else None)
    row = {
        "sha256": sha256,
        "province_code": province_code or (earlier.province_code if earlier else ""),
        "as_of_on": day.isoformat() if day else "",
        "form": form or (earlier.form if earlier else ""),
        "reason": reason,
        "entered_on": entered_on.isoformat(),
    }
    return _write(directory, tables.DECISIONS, row, {"sha256": sha256})


def name_unit(
    directory: Path, reference: Reference, province_code: str, text: str, unit_code: str, note: str
) -> Written:
    """Says which unit of a province a text means; an earlier decision about the same text is replaced.

    Raises ValueError where the unit is none of the province, ReferenceFaults.
    """
    provinces = {commune.commune_code: commune.province_code for commune in reference.communes}
    if provinces.get(unit_code, unit_code) != province_code:
        raise ValueError(unit_code)
    same = [
        {"alias": alias.alias, "unit_code": alias.unit_code}
        for alias in reference.aliases
        if alias.kind == DECIDED
        and provinces.get(alias.unit_code, alias.unit_code) == province_code
        and plain(alias.alias) == plain(text)
    ]
    row = {"alias": text, "unit_code": unit_code, "kind": DECIDED, "note": note}
    return _write(directory, tables.ALIASES, row, same[0] if same else {})


def follow_up(
    directory: Path,
    unit_code: str,
    indicator: str,
    as_of_on: date,
    value: float,
    state: str,
    *,
    note: str,
    document_no: str,
    entered_on: date,
) -> Written:
    """Says what a province says of a value that stands out. An earlier answer about it is replaced.

    Raises ReferenceFaults.
    """
    key = {"unit_code": unit_code, "indicator": indicator, "as_of_on": as_of_on.isoformat()}
    said = {"value": f"{value:.15g}", "state": state, "note": note, "document_no": document_no}
    return _write(directory, tables.FOLLOW_UPS, {**key, **said, "entered_on": entered_on.isoformat()}, key)


def restatement_reason(
    directory: Path,
    submission_id: str,
    values: Sequence[tuple[str, str, date]],
    *,
    reason: str,
    document_no: str,
    entered_on: date,
) -> Written:
    """Says why a province took back `values` (unit, indicator, day) of a submission; an earlier answer is replaced.

    At least one value; the row given back is that of the last. Raises ReferenceFaults.
    """
    said = {"reason": reason, "document_no": document_no, "entered_on": entered_on.isoformat()}
    table = tables.RESTATEMENT_REASONS
    contents = read_contents(directory)
    content, row, is_new = contents.get(table.file, b""), dict[str, str](), False
    for unit_code, indicator, as_of_on in values:
        key = {"unit_code": unit_code, "indicator": indicator, "as_of_on": as_of_on.isoformat()}
        key["new_submission_id"] = submission_id
        row = {**key, **said}
        content, is_new = _with_row(content, row, key)
    return _replace(directory, table, contents, content, row, is_new)


def _write(directory: Path, table: Table[Record], row: dict[str, str], wanted: Mapping[str, str]) -> Written:
    """Puts the row in place of the one that has the `wanted` cells, otherwise at the end.

    The file is replaced as a whole, once the tables have been read with it.
    """
    contents = read_contents(directory)
    content, is_new = _with_row(contents.get(table.file, b""), row, wanted)
    return _replace(directory, table, contents, content, row, is_new)


def _replace(
    directory: Path,
    table: Table[Record],
    contents: Mapping[str, bytes],
    content: bytes,
    row: dict[str, str],
    is_new: bool,
) -> Written:
    """Reads the tables with the file's new content, then writes it."""
    reference = load_contents({**contents, table.file: content})
    path = directory / table.file
    write_whole(path, content)
    return Written(path, row, is_new, reference)


def _with_row(content: bytes, row: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[bytes, bool]:
    """The file with the row; every other line stays byte for byte as somebody has written it where the row is new."""
    text = content.decode("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [list(row)]
    cells = [row[name] for name in header]
    at = next((number for number, old in enumerate(rows) if wanted and _is_meant(header, old, wanted)), None)
    if at is None:
        start = content if content else _line(header)
        return start + (b"" if start.endswith(b"\n") else b"\n") + _line(cells), True
    rows[at] = cells
    return b"".join(_line(line) for line in (header, *rows) if any(line)), False


def _is_meant(header: Sequence[str], cells: Sequence[str], wanted: Mapping[str, str]) -> bool:
    found = dict(zip(header, cells, strict=False))
    return all(found.get(name) == value for name, value in wanted.items())


def _line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8")
