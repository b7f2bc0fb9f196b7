"""The one way in which mail is sent: at most one digest per recipient and day, none where there is nothing to say.

Command, timer and sensor call `notify` as often as they like; it sends what is due and not sent yet. It never raises
for the mail's own sake: a mail that could not be sent is tried again at the next call.
"""

from __future__ import annotations

import datetime
import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage

from pipelines.durable import AnotherRunHoldsTheLock, make_folder, writer_lock
from pipelines.operation.failures import read_failures
from pipelines.operation.freshness import Freshness, HealthUnknown, ask_health
from pipelines.operation.letters import letter
from pipelines.operation.mail_settings import MailSettings
from pipelines.operation.news import News, news_for, read_late
from pipelines.operation.post import MailRefused, NoServer, OutcomeUnknown, hand_over, open_post
from pipelines.operation.recipients import Recipient, load_recipients
from pipelines.operation.sent import Sent
from pipelines.reference.load import load_reference
from pipelines.settings import Settings

# What failed longer ago is not told to somebody who gets mail for the first time.
_OLDEST_FAILURE = datetime.timedelta(days=7)


@dataclass(slots=True)
class Notified:
    """What became of a call. `waits_for` says why nothing was tried: a code of the table in docs/operations.md."""

    waits_for: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    sent: int = 0
    refused: int = 0
    unknown: int = 0


def notify(settings: Settings, mail: MailSettings, moment: datetime.datetime, *, is_dry_run: bool = False) -> Notified:
    """Sends the digests that are due at `moment` (Vietnamese time); a dry run only writes them and sends nothing.

    Raises MailSettingsInvalid and ReferenceFaults: those a person must put right.
    """
    if not is_dry_run:
        if not mail.is_on:
            return Notified("not_configured")
        mail.check()
        if mail.is_quiet(moment):
            return Notified("quiet_hours")
    operation = settings.folders().operation
    make_folder(operation)
    try:
        with writer_lock(operation):
            return _notify(settings, mail, moment, Sent(operation), is_dry_run)
    except AnotherRunHoldsTheLock:
        return Notified("another_process")


def _notify(
    settings: Settings, mail: MailSettings, moment: datetime.datetime, sent: Sent, is_dry_run: bool
) -> Notified:
    codes = frozenset(province.province_code for province in load_reference(settings.reference_directory()).provinces)
    recipients = [
        recipient
        for recipient in load_recipients(settings.reference_directory(), codes)
        if is_dry_run or sent.tries(moment.date(), recipient.address).may_try
    ]
    if not recipients:
        return Notified("nobody_left")
    freshness = _freshness(settings, moment)
    if freshness is not None and freshness.is_awaited and not is_dry_run:
        return Notified("night_is_awaited")
    news = _gather(settings, mail, moment, freshness)
    due = []
    for recipient in recipients:
        part = news_for(recipient, news, sent.told_until(recipient.address))
        if part is not None:
            due.append((recipient, letter(recipient, part, mail.mail_from or "tien-do@localhost")))
    result = Notified("" if due else "nothing_to_say", [text for _, text in due])
    if due and not is_dry_run:
        _send(mail, moment, sent, due, result)
    return result


def _freshness(settings: Settings, moment: datetime.datetime) -> Freshness | None:
    try:
        return ask_health(settings, moment)
    except HealthUnknown:
        return None


def _gather(settings: Settings, mail: MailSettings, moment: datetime.datetime, freshness: Freshness | None) -> News:
    failures = read_failures(settings.folders().operation)
    if freshness is None:
        reasons = [("health_unknown", "Không kiểm tra được bản công bố; người vận hành chạy tiendo health để xem.")]
    else:
        reasons = [] if freshness.is_fresh else freshness.reasons
    return News(
        moment,
        tuple(failure for failure in failures if moment - _OLDEST_FAILURE < failure.at <= moment),
        tuple(reasons),
        read_late(settings.folders().published, moment, mail.mail_late_days),
    )


def _send(
    mail: MailSettings,
    moment: datetime.datetime,
    sent: Sent,
    due: list[tuple[Recipient, EmailMessage]],
    result: Notified,
) -> None:
    """Each try is on disk before the server hears of it; a broken connection leaves the rest to the next call."""
    try:
        with open_post(mail) as server:
            for recipient, text in due:
                if not _send_one(server, sent, recipient, text, moment, result):
                    return
    except NoServer:
        result.waits_for = "no_server"


def _send_one(
    server: smtplib.SMTP,
    sent: Sent,
    recipient: Recipient,
    text: EmailMessage,
    moment: datetime.datetime,
    result: Notified,
) -> bool:
    """False where the connection is gone."""
    day, address, identity = moment.date(), recipient.address, str(text["Message-ID"])
    sent.note(day, address, "begun", identity, moment)
    try:
        hand_over(server, text)
    except MailRefused:
        sent.note(day, address, "refused", identity, moment)
        result.refused += 1
        return True
    except OutcomeUnknown:
        result.unknown += 1
        return False
    sent.note(day, address, "sent", identity, moment)
    result.sent += 1
    return True
