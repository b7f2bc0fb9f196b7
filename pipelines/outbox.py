"""What goes back to a sender: for each file with something to put right, a list of places, reasons and fixes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.durable import write_whole
from pipelines.landing.journal import Arrival

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


def write_answers(outbox: Path, connection: duckdb.DuckDBPyConnection, arrivals: Sequence[Arrival]) -> list[Path]:
    """Writes `<outbox>/<submission>.csv` (UTF-8 with BOM, opens in Excel) for each arrival with faults."""
    written = []
    for arrival in arrivals:
        rows = connection.execute(
            "SELECT r.file_name, r.source_place, r.unit_text, i.name_vi, r.given_text, r.expected_text, "
            "r.message_vi, r.fix_vi, r.severity FROM facts.rejected_values AS r "
            "LEFT JOIN reference.indicators AS i USING (indicator) WHERE r.submission_id = ? "
            "ORDER BY r.severity, r.source_place",
            [arrival.submission_id],
        ).fetchall()
        if rows:
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(_HEADER)
            for *cells, severity in rows:
                writer.writerow([*(harmless(cell) for cell in cells), _SEVERITIES[str(severity)]])
            path = outbox / f"{arrival.submission_id}.csv"
            write_whole(path, text.getvalue().encode("utf-8-sig"))
            written.append(path)
    return written


def harmless(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
