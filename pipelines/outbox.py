"""What goes back to a sender: for each file with something to put right, a list of places, reasons and fixes."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import duckdb

from pipelines.durable import many_files

_HEADER = (
    "Tệp",
    "Vị trí",
    "Đơn vị",
    "Chỉ tiêu",
    "Đã ghi",
    "Yêu cầu",
    "Vấn đề",
    "Cách sửa",
    "Mức độ",
)
_SEVERITIES = {"critical": "Chưa nhận, chờ sửa", "warning": "Đã nhận, cần xem lại", "file": "Chưa nhận cả tệp"}


def write_answers(outbox: Path, connection: duckdb.DuckDBPyConnection) -> list[Path]:
    """Writes `<outbox>/<submission>.csv` (UTF-8 with BOM, opens in Excel) for each waiting submission with faults."""
    rows = connection.execute(
        "SELECT r.submission_id, r.file_name, r.source_place, r.unit_text, i.name_vi, r.given_text, r.expected_text, "
        "r.message_vi, r.fix_vi, r.severity FROM facts.rejected_values AS r "
        "INNER JOIN work.unanswered USING (submission_id) LEFT JOIN reference.indicators AS i USING (indicator) "
        "ORDER BY r.submission_id, r.severity, r.source_place, r.rule"
    ).fetchall()
    written = []
    with many_files() as write:
        for submission_id, faults in itertools.groupby(rows, key=lambda row: str(row[0])):
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(_HEADER)
            for _, *cells, severity in faults:
                writer.writerow([*(harmless(cell) for cell in cells), _SEVERITIES[str(severity)]])
            path = outbox / f"{submission_id}.csv"
            write(path, text.getvalue().encode("utf-8-sig"))
            written.append(path)
    return written


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
