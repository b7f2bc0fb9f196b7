"""The process that runs one query: limits first, then the database, then exactly one SELECT.

It is started by `sandbox.py` as a file of its own (`python -I child.py`), imports nothing of the dashboard, and gets on
standard input one JSON object: `descriptor` (an open, already unlinked copy of the published database), `sql` and the
limits. It answers on standard output in lines of JSON: `columns`, any number of `rows`, and `end`; or one `fault`.

What stops which attack is in `docs/security.md`. DuckDB's own memory limit is not enough (`repeat` and
constant folding pass it by), so the operating system limits the address space; the parent kills at the deadline, and
the processor limit and the alarm end a child whose parent has died.
"""

from __future__ import annotations

import json
import math
import os
import re
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

MEGABYTE = 1 << 20
CHUNK_ROWS = 500
OPEN_FILES = 64
GRACE_SECONDS = 2
NICENESS = 5
LINE = re.compile(r"\bLINE (\d+):")
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "BIGNUM")
SETTINGS = (
    "SET enable_progress_bar = false",
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET home_directory = '/'",
    "SET secret_directory = '/'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def limit_process(seconds: int, memory_mb: int) -> None:
    """What the operating system holds this process to; none of it can be taken back from inside."""
    os.nice(NICENESS)
    os.chdir("/")
    for kind, most in (
        (resource.RLIMIT_AS, memory_mb * MEGABYTE),
        (resource.RLIMIT_CPU, seconds + GRACE_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(kind, (most, most))
    signal.alarm(seconds + GRACE_SECONDS)


def connect(descriptor: int, memory_mb: int) -> duckdb.DuckDBPyConnection:
    """The copy, read-only, with every door closed and the lock on last.

    The file has no name any more, so what DuckDB tells of its path is `/proc/…/fd/…`.
    """
    connection = duckdb.connect(
        f"/proc/self/fd/{descriptor}",
        read_only=True,
        config={
            "threads": "1",
            "memory_limit": f"{memory_mb}MB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        },
    )
    for setting in SETTINGS:
        connection.execute(setting)
    return connection


def kind_of(type_name: str) -> str:
    """How a column is shown: `number`, `day`, `moment`, `truth` or `text`."""
    plain = type_name.upper().removeprefix("U")
    if plain.startswith("DECIMAL") and not plain.endswith("]"):
        return "number"
    if plain in WHOLE_NUMBERS or plain in ("DOUBLE", "FLOAT"):
        return "number"
    if plain == "DATE":
        return "day"
    if plain in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        return "moment"
    return "truth" if plain == "BOOLEAN" else "text"


def plain_cell(cell: Any) -> Any:
    """A cell as JSON has it: days and moments as ISO text, numbers as numbers, whatever else there is as text."""
    if cell is None or isinstance(cell, bool | int | str):
        return cell
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def is_one_select(statements: list[duckdb.Statement]) -> bool:
    """Whether there is one statement and it only reads. A kind that the client has no name for is a ValueError."""
    try:
        return len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT
    except ValueError:
        return False


def answer(
    connection: duckdb.DuckDBPyConnection, sql: str, row_limit: int, byte_limit: int
) -> Iterator[dict[str, Any]]:
    """The lines of the answer, never more than the limits: rows are fetched in small lots and the rest is left."""
    statements = connection.extract_statements(sql)
    if not is_one_select(statements):
        yield {"fault": "not_one_select"}
        return
    result = connection.execute(statements[0])
    columns = [(str(name), str(kind)) for name, kind, *_ in result.description or []]
    yield {"columns": [[name, kind_of(type_name), type_name] for name, type_name in columns]}
    room, left = byte_limit, row_limit
    while left >= 0:
        lot = result.fetchmany(min(CHUNK_ROWS, left + 1))
        if not lot:
            yield {"end": "complete"}
            return
        rows = [[plain_cell(cell) for cell in row] for row in lot[:left]]
        room -= sum(len(cell) if isinstance(cell, str) else 8 for row in rows for cell in row)
        if room < 0:
            yield {"end": "byte_limit"}
            return
        yield {"rows": rows}
        left -= len(lot)
    yield {"end": "row_limit"}


def fault(error: Exception) -> dict[str, Any]:
    """What went wrong, in DuckDB's own words, with the line that it names."""
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return {"fault": "memory"}
    line = LINE.search(str(error))
    return {"fault": type(error).__name__, "message": str(error), "line": int(line[1]) if line else None}


def main() -> None:
    """Read the request, run it, write the answer."""
    asked = json.loads(sys.stdin.buffer.read())
    limit_process(asked["seconds"], asked["process_memory_mb"])
    write = sys.stdout.buffer.write
    try:
        connection = connect(asked["descriptor"], asked["query_memory_mb"])
        for line in answer(connection, asked["sql"], asked["row_limit"], asked["byte_limit"]):
            write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    except (duckdb.Error, MemoryError, RuntimeError, ValueError) as error:
        write(json.dumps(fault(error)).encode() + b"\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
