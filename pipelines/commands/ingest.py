"""`tiendo ingest` and `tiendo nightly`: the job that takes reports in, started by hand, and what it says."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from log_lines import output
from pipelines.answers.listed import ListedFault, by_cause
from pipelines.answers.outbox import FIX_ENDING
from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.options import (
    DISK_FULL,
    OUTPUT,
    SET_ASIDE,
    AsOf,
    Home,
    Moment,
    clear_errors,
    fail,
    settings_of,
    tells_of_full_disk,
)
from pipelines.database import open_for_reading
from pipelines.reference.load import load_reference
from pipelines.settings import Settings

# Figures begin with the two-tier model; a run is for one day of them.
FIRST_AS_OF = datetime.date(2025, 7, 1)
# Names in the answer and the columns of the ledger that they come from.
_FILE_KEYS = {
    "submission_id": "submission_id",
    "file": "file_name",
    "sha256": "sha256",
    "status": "status",
    "province_code": "province_code",
    "as_of_on": "as_of_on",
    "form": "form",
    "accepted": "accepted_count",
    "rejected": "rejected_count",
}
_ERROR_KEYS = {
    "place": "source_place",
    "unit": "unit_text",
    "indicator": "indicator",
    "given": "given_text",
    "expected": "expected_text",
    "rule": "rule",
    "severity": "severity",
    "message_vi": "message_vi",
    "message_en": "message_en",
    "fix_vi": "fix_vi",
    "fix_en": "fix_en",
    "cause_place": "cause_place",
}
_WORDS = {
    "accepted": "nhận đủ",
    "partial": "nhận một phần",
    "rejected": "chưa nhận",
    "duplicate": "đã nhận trước đây",
    "needs_review": "cần người xem",
}
_SHOWN_FAULTS = 10
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders that provinces have sent.")],
    received_at: Moment = None,
    as_of: AsOf = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Take files through landing, gate, facts, marts and publishing. Exit 0: all taken; 2: something set aside."""
    settings = settings_of(home)
    known_at = received_at or vietnamese_now()
    _run(settings, paths, known_at, as_of.date() if as_of else known_at.date(), as_json)


def nightly(received_at: Moment = None, as_of: AsOf = None, as_json: Json = False, home: Home = None) -> None:
    """Take in everything new in the inbox and publish: what the schedule runs at 01:30."""
    settings = settings_of(home)
    output.switch_on()
    known_at = received_at or vietnamese_now()
    day_before = known_at.date() - datetime.timedelta(days=1)
    _run(settings, [], known_at, as_of.date() if as_of else day_before, as_json)


def _run(
    settings: Settings, paths: list[Path], known_at: datetime.datetime, as_of_on: datetime.date, as_json: bool
) -> None:
    from pipelines.orchestration.run import run_nightly

    with clear_errors():
        _check_before_starting(settings, paths, as_of_on)
        before = _taken_before(settings)
        acts.record(settings, acts.INGESTED, files=", ".join(path.name for path in paths) or "inbox")
        outcome = run_nightly(settings, known_at=known_at, as_of_on=as_of_on, paths=paths)
    run = {"run_id": outcome.run_id, "status": "succeeded", "as_of_on": as_of_on, "known_at": known_at}
    if not outcome.is_success:
        problems = "\n".join(outcome.problems) or "Xem nhật ký của lần chạy trong Dagster: tiendo serve."
        if as_json:
            _print_json({**run, "status": "failed", "error": problems}, [])
        if tells_of_full_disk(problems):
            fail(f"{DISK_FULL}\n{problems}")
        fail(f"{problems}\nBản công bố trước vẫn giữ nguyên. Sửa nguyên nhân rồi chạy lại; không tệp nào bị mất.")
    files = _files_of_run(settings, before)
    if as_json:
        _print_json(run, files)
    else:
        _print(files, settings)
    if any(item["status"] not in ("accepted", "duplicate") for item in files):
        raise typer.Exit(SET_ASIDE)


def _check_before_starting(settings: Settings, paths: list[Path], as_of_on: datetime.date) -> None:
    """What a person can put right at once is said before the job starts, in their words."""
    for path in paths:
        if not path.exists():
            fail(f"Không có tệp hoặc thư mục “{path}”. Kiểm tra lại đường dẫn.")
    if not FIRST_AS_OF <= as_of_on <= vietnamese_now().date():
        given, first = f"{as_of_on:%d/%m/%Y}", f"{FIRST_AS_OF:%d/%m/%Y}"
        fail(f"Không có số liệu tính đến ngày {given}. Chọn một ngày từ {first} đến hôm nay (--as-of).")
    load_reference(settings.reference_directory())


def _taken_before(settings: Settings) -> int:
    """Sequence of the newest arrival that earlier runs have taken, those that a dead run only landed left out."""
    from pipelines.facts.ledger import last_sequence

    try:
        connection = open_for_reading(settings.folders().warehouse_file)
    except duckdb.Error:
        return 0
    try:
        return last_sequence(connection)
    except duckdb.CatalogException:
        return 0
    finally:
        connection.close()


def _files_of_run(settings: Settings, after_sequence: int) -> list[dict[str, Any]]:
    """One entry per file, in order of arrival, each with its faults."""
    after = f"{after_sequence:06d}~"
    connection = open_for_reading(settings.folders().warehouse_file)
    try:
        submissions = connection.execute(
            f"SELECT {', '.join(_FILE_KEYS.values())} FROM facts.submissions WHERE submission_id > ? ORDER BY 1",
            [after],
        ).fetchall()
        faults = connection.execute(
            f"SELECT submission_id, {', '.join(_ERROR_KEYS.values())} FROM facts.rejected_values "
            "WHERE submission_id > ? ORDER BY ALL",
            [after],
        ).fetchall()
    finally:
        connection.close()
    errors: dict[str, list[dict[str, Any]]] = {}
    for submission_id, *cells in faults:
        errors.setdefault(submission_id, []).append(dict(zip(_ERROR_KEYS, cells, strict=True)))
    files = [dict(zip(_FILE_KEYS, submission, strict=True)) for submission in submissions]
    return [{**file, "errors": errors.get(file["submission_id"], [])} for file in files]


def _print_json(run: dict[str, Any], files: list[dict[str, Any]]) -> None:
    typer.echo(json.dumps({"run": run, "files": files}, ensure_ascii=False, default=_as_text, indent=2))


def _print(files: list[dict[str, Any]], settings: Settings) -> None:
    def line(text: str) -> None:
        OUTPUT.print(text, highlight=False, markup=False, soft_wrap=True)

    for item in files:
        status, accepted, rejected = _WORDS[item["status"]], item["accepted"], item["rejected"]
        line(f"{item['file']}: {status}; {accepted} giá trị đã nhận, {rejected} để riêng.")
        faults = by_cause(_listed(error) for error in item["errors"] if error["severity"] != "warning")
        for fault in faults[:_SHOWN_FAULTS]:
            line(f"  {fault.place}: {fault.message} {fault.fix}")
        if len(faults) > _SHOWN_FAULTS:
            rest = len(faults) - _SHOWN_FAULTS
            answers = settings.folders().outbox / f"{item['submission_id']}{FIX_ENDING}"
            line(f"  … và {rest} vấn đề khác, xem {answers}.*")
    if not files:
        line("Không có tệp mới. Đã dựng và công bố lại số liệu hiện có.")
    line(f"Đã công bố tại {settings.folders().published / 'current'}.")


def _listed(error: dict[str, Any]) -> ListedFault:
    return ListedFault(
        rule=error["rule"],
        place=error["place"],
        unit=error["unit"] or "",
        indicator=error["indicator"] or "",
        given=error["given"] or "",
        expected=error["expected"],
        title="",
        message=error["message_vi"],
        fix=error["fix_vi"],
        severity=error["severity"],
        cause_place=error["cause_place"] or "",
    )


def _as_text(value: object) -> str:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
