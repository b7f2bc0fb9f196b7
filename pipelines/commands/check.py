"""`tiendo check`: what would become of reports if they were sent, and what they would change."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.answers.listed import ListedFault
from pipelines.answers.outbox import answers_to, write_named
from pipelines.answers.pages import figure
from pipelines.answers.receipt import STATUS_WORDS, Receipt
from pipelines.clock import vietnamese_now
from pipelines.commands.options import OUTPUT, SET_ASIDE, Home, Moment, clear_errors, fail, settings_of
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.answers.dry_run import DryRun, FigureChange

_COUNTRY = "VN"
_SHOWN_FAULTS = 20
_SHOWN_CHANGES = 40
Files = Annotated[list[Path], typer.Argument(help="Reports as they would be sent.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the marked workbook and the receipt.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


def check(paths: Files, as_json: Json = False, out: Out = None, received_at: Moment = None, home: Home = None) -> None:
    """Say what would become of reports, without taking them. Exit 0: all would be taken; 2: something set aside."""
    settings = settings_of(home)
    known_at = received_at or vietnamese_now()
    found = rehearse(settings, paths, known_at)
    reference = load_reference(settings.reference_directory())
    written = [_write(receipt, found, reference, out) if out else {} for receipt in found.receipts]
    if as_json:
        files = [_file(receipt, answers) for receipt, answers in zip(found.receipts, written, strict=True)]
        print_json({"known_at": known_at, "files": files, **_changes(found, reference)})
    else:
        for receipt, answers in zip(found.receipts, written, strict=True):
            _say_file(receipt, answers)
        _say_changes(found, reference)
    if any(receipt.status not in ("accepted", "duplicate") for receipt in found.receipts):
        raise typer.Exit(SET_ASIDE)


def rehearse(settings: Settings, paths: Sequence[Path], known_at: datetime.datetime) -> DryRun:
    """The dry run; what a person can put right ends the command with their words."""
    from pipelines.answers.dry_run import PublishedByAnotherVersion, dry_run

    for path in paths:
        if not path.is_file():
            fail(f"Không có tệp “{path}”. Kiểm tra lại đường dẫn.")
    with clear_errors():
        try:
            return dry_run(settings, paths, known_at)
        except PublishedByAnotherVersion as error:
            fail(str(error))


def _write(receipt: Receipt, found: DryRun, reference: Reference, out: Path) -> dict[str, Path]:
    """Answers named like the file: `91-can-sua.xlsx`, `91-bien-nhan.html`."""
    answers = answers_to(receipt, lambda _: found.contents[receipt.submission_id], reference, is_preview=True)
    stem = Path(receipt.file_name).stem
    others = [item for item in found.receipts if Path(item.file_name).stem == stem]
    return write_named(answers, out, stem if len(others) == 1 else f"{stem}-{receipt.number}")


def _file(receipt: Receipt, answers: dict[str, Path]) -> dict[str, Any]:
    return {
        "file": receipt.file_name,
        "receipt": receipt.number,
        "sha256": receipt.sha256,
        "status": receipt.status,
        "status_vi": STATUS_WORDS[receipt.status],
        "duplicate_of": receipt.duplicate_of or None,
        "province_code": receipt.province_code or None,
        "form": receipt.form or None,
        "as_of_on": receipt.as_of_on,
        "revision": receipt.revision,
        "replaces": receipt.earlier_file_name or None,
        "origin": receipt.origin,
        "accepted": receipt.accepted_count,
        "rejected": receipt.rejected_count,
        "sheets": [{"sheet": item.sheet, "taken": item.taken, "set_aside": item.set_aside} for item in receipt.sheets],
        "errors": [_error(fault) for fault in receipt.faults],
        "answers": {kind: str(path) for kind, path in answers.items()},
    }


def _error(fault: ListedFault) -> dict[str, str]:
    return {
        "place": fault.place,
        "unit": fault.unit,
        "indicator": fault.indicator,
        "given": fault.given,
        "expected": fault.expected,
        "rule": fault.rule,
        "severity": fault.severity,
        "message_vi": fault.message,
        "message_en": fault.message_en,
        "fix_vi": fault.fix,
        "fix_en": fault.fix_en,
        "cause_place": fault.cause_place,
    }


def _changes(found: DryRun, reference: Reference) -> dict[str, Any]:
    """Per indicator the province's figure and the country's; `late_history`: files for days before those in force."""
    country = {item.indicator: item for item in found.figures if item.province_code == _COUNTRY}
    rows = []
    for item in found.figures:
        if item.province_code == _COUNTRY:
            continue
        indicator = reference.indicator(item.indicator)
        rows.append(
            {
                "province_code": item.province_code,
                "indicator": item.indicator,
                "name_vi": indicator.name_vi,
                "name_en": indicator.name_en,
                **_sides("province", item),
                **_sides("national", country.get(item.indicator)),
            }
        )
    directives = {item.directive: item for item in reference.directives}
    statuses = [
        {
            "directive": item.directive,
            "title_vi": directives[item.directive].title_vi,
            "title_en": directives[item.directive].title_en,
            "province_code": item.province_code,
            "indicator": item.indicator,
            "before": item.before,
            "after": item.after,
        }
        for item in found.statuses
    ]
    return {
        "in_force_on": found.in_force_on,
        "late_history": [item.file_name for item in found.receipts if _is_late(item, found)],
        "changes": rows,
        "directives": statuses,
    }


def _sides(name: str, change: FigureChange | None) -> dict[str, Any]:
    keys = ("before", "before_on", "after", "after_on")
    return {f"{name}_{key}": getattr(change, key) if change else None for key in keys}


def _is_late(receipt: Receipt, found: DryRun) -> bool:
    day, in_force_on = receipt.as_of_on, found.in_force_on
    return day is not None and in_force_on is not None and day < in_force_on and receipt.accepted_count > 0


def _say_file(receipt: Receipt, answers: dict[str, Path]) -> None:
    accepted, rejected = receipt.accepted_count, receipt.rejected_count
    if receipt.duplicate_of:
        say(f"{receipt.file_name}: tệp này đã nhận trước đây ({receipt.duplicate_of}), gửi lại cũng không ghi lại.")
        say(f"  Đọc lại nội dung: {accepted} giá trị nhận được, {rejected} để riêng.")
    else:
        result = STATUS_WORDS[receipt.status]
        say(f"{receipt.file_name}: {result}; {accepted} giá trị sẽ được nhận, {rejected} để riêng.")
    if receipt.revision and receipt.as_of_on:
        earlier = f", thay cho tệp {receipt.earlier_file_name}" if receipt.earlier_file_name else ""
        say(f"  Lần gửi thứ {receipt.revision} cho ngày {receipt.as_of_on:%d/%m/%Y}{earlier}.")
    lines = receipt.lines
    for line in lines[:_SHOWN_FAULTS]:
        say(f"  {line.place}: {line.message} {line.fix}")
    if len(lines) > _SHOWN_FAULTS:
        say(f"  … và {len(lines) - _SHOWN_FAULTS} nội dung khác.")
    for path in answers.values():
        say(f"  → {path}")


def _say_changes(found: DryRun, reference: Reference) -> None:
    changes = _changes(found, reference)
    if changes["late_history"] and found.in_force_on:
        names, day = ", ".join(changes["late_history"]), f"{found.in_force_on:%d/%m/%Y}"
        say(
            f"{names}: ngày số liệu trước ngày {day} đang có hiệu lực; chỉ đơn vị chưa báo cáo lại mới đổi số hiện nay."
        )
    if not changes["changes"]:
        say("Số liệu hiện nay của tỉnh và cả nước không thay đổi.")
    for row in changes["changes"][:_SHOWN_CHANGES]:
        own = f"{figure(row['province_before'])} → {figure(row['province_after'])}"
        national = f"{figure(row['national_before'])} → {figure(row['national_after'])}"
        say(f"  {row['name_vi']}: tỉnh {own}" + (f"; cả nước {national}" if row["national_after_on"] else ""))
    if len(changes["changes"]) > _SHOWN_CHANGES:
        say(f"  … và {len(changes['changes']) - _SHOWN_CHANGES} chỉ tiêu khác (--json để xem hết).")


def say(text: str) -> None:
    """One line for people, as it is."""
    OUTPUT.print(text, highlight=False, markup=False, soft_wrap=True)


def print_json(content: dict[str, Any]) -> None:
    """One JSON object; days as ISO dates."""
    typer.echo(json.dumps(content, ensure_ascii=False, default=str, indent=2))
