"""Reads PDF files with a text layer, in a process of its own.

What a PDF costs can't be known beforehand: a few kilobytes may ask for gigabytes, or for drawing without end, and the
library has no limits. The process gets limits from the operating system; when it dies, only that file is refused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipelines.readers.cells import FileCells, SheetCells, UnreadableFile
from pipelines.readers.limits import Limits

_CHILD = "pipelines.readers.pdf_process"
_PACKAGES = str(Path(__file__).resolve().parents[2])
# Waiting for a processor is not the file's fault; a process that only sleeps is.
_PATIENCE = 5


def read(data: bytes, limits: Limits) -> FileCells:
    """The document as one sheet: ruled tables, tables by alignment, and lines of text in the order of the pages.

    Raises UnreadableFile: `unreadable_file`, `scanned_file` (no text), `file_too_large` (pages, time or memory).
    """
    environment = {**os.environ, "PYTHONPATH": _PACKAGES}
    try:
        child = subprocess.run(
            [sys.executable, "-m", _CHILD, json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=limits.pdf_seconds * _PATIENCE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(limits, str(error)) from error
    if child.returncode != 0:
        said = child.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise _too_heavy(limits, f"the process ended with {child.returncode} {' '.join(said)[:200]}")
    return _answer(json.loads(child.stdout))


def _too_heavy(limits: Limits, said: str) -> UnreadableFile:
    detail = f"nội dung PDF quá nặng, không đọc xong trong {limits.pdf_seconds} giây hoặc vượt bộ nhớ cho phép"
    return UnreadableFile("file_too_large", detail, said)


def _answer(answer: dict[str, Any]) -> FileCells:
    if "refusal" in answer:
        raise UnreadableFile(**answer["refusal"])
    sheet = SheetCells(
        answer["name"],
        answer["rows"],
        merged=[((r1, c1), (r2, c2)) for r1, c1, r2, c2 in answer["merged"]],
        legacy_fonts={(row, column): font for row, column, font in answer["fonts"]},
        row_names=[(name, number) for name, number in answer["row_names"]],
    )
    return FileCells("pdf", [sheet])
