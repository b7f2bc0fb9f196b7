"""`tiendo health` and `tiendo notify`: how the installation fares, and mail to those whom it concerns."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from log_lines import output
from log_lines.events import write
from pipelines.clock import vietnamese_now
from pipelines.commands.options import OUTPUT, Home, Moment, clear_errors, fail, settings_of
from pipelines.operation.freshness import HealthUnknown, ask_health
from pipelines.operation.mail_settings import MailSettings, MailSettingsInvalid
from pipelines.operation.notify import Notified, notify

_STATUSES = {"fresh": "Số liệu mới", "stale": "Số liệu cũ", "broken": "Có trục trặc"}
WAITS = {
    "not_configured": "Chưa cấu hình máy chủ thư (TIENDO_SMTP_HOST), nên không gửi thư.",
    "quiet_hours": "Đang trong giờ không gửi thư; thư chờ đến hết giờ đó.",
    "night_is_awaited": "Chờ lần chạy đêm công bố, hoặc chờ quá giờ phải có số liệu.",
    "nobody_left": "Không còn ai phải gửi thư hôm nay (xem recipients.csv).",
    "nothing_to_say": "Không có gì phải báo.",
    "another_process": "Một tiến trình khác đang gửi thư.",
    "no_server": "Chưa kết nối được máy chủ thư; lần gọi sau sẽ gửi lại.",
}

Json = Annotated[bool, typer.Option("--json", help="Print the JSON object of /health instead of text.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the mails that are due, and send none.")]


def health(as_json: Json = False, home: Home = None) -> None:
    """Say whether the published figures are fresh. Exit 0: fresh; 2: stale; 1: something does not work."""
    try:
        freshness = ask_health(settings_of(home))
    except HealthUnknown as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(freshness.content, ensure_ascii=False))
    else:
        known = {name: value or "–" for name, value in freshness.content.items()}
        OUTPUT.print(
            f"{_STATUSES[known['status']]}: bản {known['version']}, số liệu đến {known['as_of_on']}, "
            f"theo hiểu biết lúc {known['known_at']}.",
            highlight=False,
            soft_wrap=True,
        )
        for code, sentence in freshness.reasons:
            OUTPUT.print(f"{code}: {sentence}", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(freshness.exit_code)


def mail(dry_run: DryRun = False, at: Moment = None, home: Home = None) -> None:
    """Mail failed runs and late provinces to those in recipients.csv: at most one mail per address and day."""
    settings = settings_of(home)
    if not dry_run:
        output.switch_on()
    with clear_errors():
        try:
            done = notify(settings, MailSettings(), at or vietnamese_now(), is_dry_run=dry_run)
        except (MailSettingsInvalid, OSError) as error:
            write("mail_failed", error=type(error).__name__)
            fail(str(error))
    if dry_run:
        for text in done.letters:
            body = text.get_body(("plain",))
            typer.echo(f"To: {text['To']}\nSubject: {text['Subject']}\n\n{body.get_content() if body else ''}")
    elif done.sent or done.refused or done.unknown:
        write("mail_sent", sent_count=done.sent, refused_count=done.refused, unknown_count=done.unknown)
    elif done.waits_for == "no_server":
        write("mail_failed", error=done.waits_for)
    typer.echo(_said(done))
    if done.waits_for == "no_server" or done.refused or done.unknown:
        raise typer.Exit(1)


def _said(done: Notified) -> str:
    if done.waits_for:
        return WAITS[done.waits_for]
    return f"Thư: {len(done.letters)} đến hạn, {done.sent} đã gửi, {done.refused} bị từ chối, {done.unknown} chưa rõ."
