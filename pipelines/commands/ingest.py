"""`tiendo ingest` and `tiendo nightly`: the job that takes reports in, started by hand, and what it says."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer

from pipelines.clock import vietnamese_now
from pipelines.commands.options import OUTPUT, SET_ASIDE, AsOf, Home, Moment, clear_errors, fail, settings_of
from pipelines.database import open_for_reading
from pipelines.facts.ledger import last_sequence
from pipelines.settings import Settings

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
    known_at = received_at or vietnamese_now()
    day_before = known_at.date() - datetime.timedelta(days=1)
    _run(settings, [], known_at, as_of.date() if as_of else day_before, as_json)


def _run(
    settings: Settings, paths: list[Path], known_at: datetime.datetime, as_of_on: datetime.date, as_json: bool
) -> None:
    from pipelines.orchestration.run import run_nightly

    with clear_errors():
        for path in paths:
            path.stat()
        before = _taken_before(settings)
        outcome = run_nightly(settings, known_at=known_at, as_of_on=as_of_on, paths=paths)
    if not outcome.is_success:
        problems = "\n".join(outcome.problems) or "xem nhật ký của lần chạy trong Dagster"
        if as_json:
            OUTPUT.print_json(json.dumps({"run": {"run_id": outcome.run_id, "status": "failed", "error": problems}}))
        fail(f"{problems}\nBản công bố trước vẫn giữ nguyên. Sửa nguyên nhân rồi chạy lại; không tệp nào bị mất.")
    files = _files_of_run(settings, before)
    if as_json:
        run = {"run_id": outcome.run_id, "status": "succeeded", "as_of_on": as_of_on, "known_at": known_at}
        typer.echo(json.dumps({"run": run, "files": files}, ensure_ascii=False, default=_as_text, indent=2))
    else:
        _print(files, settings)
    if any(item["status"] not in ("accepted", "duplicate") for item in files):
        raise typer.Exit(SET_ASIDE)


def _taken_before(settings: Settings) -> int:
    """Sequence of the newest arrival that earlier runs have taken, those that a dead run only landed left out."""
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
    connection = open_for_reading(settings.folders().warehouse_file)
    try:
        submissions = connection.execute(
            "SELECT submission_id, file_name, sha256, status, province_code, as_of_on, form, accepted_count, "
            "rejected_count FROM facts.submissions WHERE submission_id > ? ORDER BY submission_id",
            [f"{after_sequence:06d}~"],
        ).fetchall()
        faults = connection.execute(
            "SELECT submission_id, source_place, unit_text, indicator, given_text, expected_text, rule, severity, "
            "message_vi, message_en, fix_vi FROM facts.rejected_values WHERE submission_id > ? ORDER BY ALL",
            [f"{after_sequence:06d}~"],
        ).fetchall()
    finally:
        connection.close()
    names = (
        "place",
        "unit",
        "indicator",
        "given",
        "expected",
        "rule",
        "severity",
        "message_vi",
        "message_en",
        "fix_vi",
    )
    errors: dict[str, list[dict[str, Any]]] = {}
    for submission_id, *cells in faults:
        errors.setdefault(submission_id, []).append(dict(zip(names, cells, strict=True)))
    keys = ("submission_id", "file", "sha256", "status", "province_code", "as_of_on", "form", "accepted", "rejected")
    return [
        {**dict(zip(keys, submission, strict=True)), "errors": errors.get(submission[0], [])}
        for submission in submissions
    ]


def _print(files: list[dict[str, Any]], settings: Settings) -> None:
    words = {
        "accepted": "nhận đủ",
        "partial": "nhận một phần",
        "rejected": "chưa nhận",
        "duplicate": "đã nhận trước đây",
        "needs_review": "cần người xem",
    }
    for item in files:
        OUTPUT.print(
            f"{item['file']}: {words[item['status']]}; {item['accepted']} giá trị đã nhận, "
            f"{item['rejected']} để riêng.",
            highlight=False,
            markup=False,
        )
        for error in [error for error in item["errors"] if error["severity"] != "warning"][:10]:
            OUTPUT.print(f"  {error['place']}: {error['message_vi']} {error['fix_vi']}", highlight=False, markup=False)
    if not files:
        OUTPUT.print("Không có tệp mới. Đã dựng và công bố lại số liệu hiện có.")
    OUTPUT.print(f"Đã công bố tại {settings.folders().published / 'current'}.", highlight=False, soft_wrap=True)


def _as_text(value: object) -> str:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
