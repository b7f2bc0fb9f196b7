"""Writes the answers: a receipt for every file; for those with something to put right the file itself, marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines.answers.marked_workbook import marked_workbook
from pipelines.answers.package import CannotBeMarked
from pipelines.answers.pages import fault_list_page, moment, receipt_page
from pipelines.answers.receipt import STATUS_WORDS, Receipt, receipts
from pipelines.durable import many_files, write_whole
from pipelines.reference.load import Reference

RECEIPT_ENDING, FIX_ENDING = "-bien-nhan.html", "-can-sua"
_ZIP_START = b"PK\x03\x04"
# What could not be read can't be marked either.
_UNREAD = frozenset(
    {"unreadable_file", "unsupported_format", "file_too_large", "scanned_file", "packed_file", "hostile_file"}
)


def write_answers(
    outbox: Path,
    connection: duckdb.DuckDBPyConnection,
    reference: Reference,
    bytes_of: Callable[[str], bytes],
) -> list[Path]:
    """Answers every submission in `work.unanswered`; gives the files written.

    `bytes_of` gives the landed bytes for a sha256. A file with remarks only is not sent back.
    """
    written: list[Path] = []
    with many_files() as write:
        for receipt in receipts(connection, reference):
            answers = answers_to(receipt, bytes_of, reference)
            for ending, content in answers.items():
                path = outbox / f"{receipt.submission_id}{ending}"
                write(path, content)
                written.append(path)
    return written


def answers_to(
    receipt: Receipt, bytes_of: Callable[[str], bytes], reference: Reference, is_preview: bool = False
) -> dict[str, bytes]:
    """{ending of the name: content} of everything that goes back for one submission."""
    answers = {RECEIPT_ENDING: receipt_page(receipt, reference, is_preview)}
    if receipt.is_to_be_fixed:
        ending, content = _what_to_fix(receipt, bytes_of, reference, is_preview)
        answers[ending] = content
    return answers


def _what_to_fix(
    receipt: Receipt, bytes_of: Callable[[str], bytes], reference: Reference, is_preview: bool
) -> tuple[str, bytes]:
    """(ending of the name, content): the marked workbook where the file is one, otherwise the list as a page."""
    # What could not be read, perhaps because it is too large, is not read for its answer either.
    is_readable = _UNREAD.isdisjoint(fault.rule for fault in receipt.faults)
    if is_readable and (data := bytes_of(receipt.sha256)).startswith(_ZIP_START):
        try:
            content = marked_workbook(data, receipt.faults, heading_of(receipt))
        except CannotBeMarked:
            pass
        else:
            suffix = Path(receipt.file_name).suffix.lower()
            return FIX_ENDING + (suffix if suffix in (".xlsm", ".xltx", ".xltm") else ".xlsx"), content
    return f"{FIX_ENDING}.html", fault_list_page(receipt, reference, is_preview=is_preview)


def write_named(answers: dict[str, bytes], folder: Path, stem: str) -> dict[str, Path]:
    """Writes answers as `<stem>-bien-nhan.html` and so on; gives {`receipt` or `fix`: path}."""
    written = {}
    for ending, content in answers.items():
        path = folder / f"{stem}{ending}"
        write_whole(path, content)
        written["receipt" if ending == RECEIPT_ENDING else "fix"] = path
    return written


def heading_of(receipt: Receipt) -> list[str]:
    """What stands above the list in a marked workbook."""
    return [
        f"Tệp {receipt.file_name}, số biên nhận {receipt.number}, nhận lúc {moment(receipt.received_at)}.",
        f"Kết quả: {STATUS_WORDS[receipt.status]}; {receipt.accepted_count} giá trị đã nhận, "
        f"{receipt.rejected_count} để riêng.",
    ]
