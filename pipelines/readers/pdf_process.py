"""The process that reads one PDF: bytes in, JSON out, limits on memory and processor time set before anything else."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from pipelines.readers.cells import SheetCells, UnreadableFile
from pipelines.readers.limits import Limits


def run(limits: Limits, data: bytes) -> dict[str, Any]:
    """What the parent is told. Raises MemoryError and what the system raises over a limit."""
    from pipelines.readers.pdf_document import read_document

    try:
        return _told(read_document(data, limits))
    except UnreadableFile as error:
        return {
            "refusal": {
                "rule": error.rule,
                "detail": error.detail,
                "detail_en": error.detail_en,
                "given": error.given,
            }
        }


def _told(sheet: SheetCells) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": sheet.rows,
        "merged": [[*start, *end] for start, end in sheet.merged],
        "fonts": [[*place, font] for place, font in sheet.legacy_fonts.items()],
        "row_names": list(sheet.row_names or ()),
    }


if __name__ == "__main__":
    asked = Limits(**json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (asked.pdf_memory_bytes, asked.pdf_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (asked.pdf_seconds, asked.pdf_seconds + 1))
    sys.stdout.write(json.dumps(run(asked, sys.stdin.buffer.read())))
