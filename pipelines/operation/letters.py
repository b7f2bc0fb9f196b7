"""The digest as a mail: subject, plain text and simple HTML with the same lines, in the recipient's language.

Names of provinces, days, forms and steps stand in it, and no figure that a report brought.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from zoneinfo import ZoneInfo

from pipelines.operation.news import LateReport, News
from pipelines.operation.recipients import Recipient
from pipelines.settings import TIMEZONE

_MOST_FAILURES, _MOST_REPORTS = 10, 200


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a digest in one language."""

    name: str
    simulated: str
    simulated_line: str
    not_fresh: str
    failed_runs: str
    late_provinces: str
    greeting: str
    failure: str
    before_first_step: str
    steps: dict[str, str]
    earlier: str
    failures_after: str
    reports_title: str
    report: str
    statuses: dict[str, str]
    more: str
    reports_after: str
    known_at: str
    footer: str
    day: str
    moment: str


WORDS = {
    "vi": Words(
        name="Tiến Độ",
        simulated=" (dữ liệu mô phỏng)",
        simulated_line="DỮ LIỆU MÔ PHỎNG – không dùng cho báo cáo.",
        not_fresh="số liệu chưa được cập nhật",
        failed_runs="{count} lần chạy không thành công",
        late_provinces="{count} tỉnh, thành phố chưa có báo cáo",
        greeting="Kính gửi ông/bà,",
        failure="Lần chạy {run} lúc {at} không thành công ở bước “{step}” ({error}).",
        before_first_step="chuẩn bị",
        steps={
            "landing__files": "nhận tệp",
            "ledger": "đọc và kiểm tra tệp",
            "reference_tables": "ghi danh mục",
            "models": "tính số liệu",
            "outbox__answers": "viết biên nhận",
            "published__database": "công bố",
        },
        earlier="Còn {count} lần chạy không thành công trước đó.",
        failures_after=(
            "Bản công bố trước vẫn giữ nguyên và không tệp nào bị mất. Người vận hành xem nguyên nhân trong nhật ký hệ "
            "thống rồi chạy lại: tiendo nightly."
        ),
        reports_title="Báo cáo đã quá hạn mà chưa nhận được, hoặc nhận được nhưng chưa có giá trị nào dùng được:",
        report="{province}: báo cáo số liệu đến ngày {as_of}, hạn gửi hết ngày {due}, chậm {days} ngày – {status}.",
        statuses={"missing": "chưa nhận được", "empty": "đã nhận tệp, chưa có giá trị nào dùng được"},
        more="… và {count} báo cáo khác.",
        reports_after=(
            "Đề nghị gửi báo cáo theo đúng biểu mẫu. Nếu đã gửi, đề nghị xem biên nhận hoặc tệp trả lời để biết "
            "nội dung cần sửa."
        ),
        known_at="Danh sách tính theo các tệp nhận được đến {moment}.",
        footer="Thư tự động, mỗi ngày không quá một thư. Để thay đổi nội dung nhận, liên hệ người vận hành hệ thống.",
        day="%d/%m/%Y",
        moment="%H:%M ngày %d/%m/%Y",
    ),
    "en": Words(
        name="Tiến Độ",
        simulated=" (simulated data)",
        simulated_line="SIMULATED DATA – not to be used in reports.",
        not_fresh="figures are not up to date",
        failed_runs="failed runs: {count}",
        late_provinces="provinces without a report: {count}",
        greeting="Hello,",
        failure="Run {run} at {at} failed in step “{step}” ({error}).",
        before_first_step="preparation",
        steps={},
        earlier="Earlier runs that failed: {count}.",
        failures_after=(
            "The version published before stays in place, and no file is lost. The operator finds the cause in the "
            "system's log, then runs again: tiendo nightly."
        ),
        reports_title="Reports that are overdue and have not come, or came without any value that could be taken:",
        report="{province}: figures of {as_of}, due by the end of {due}, days late: {days} – {status}.",
        statuses={"missing": "not received", "empty": "file received, no value could be taken"},
        more="… and other reports: {count}.",
        reports_after=(
            "Please send the report in the prescribed form. If it was sent, the receipt or the returned file says what "
            "is to be put right."
        ),
        known_at="The list counts the files received by {moment}.",
        footer="Sent automatically, at most once a day. To change what you get, ask the operator of the system.",
        day="%d/%m/%Y",
        moment="%H:%M on %d/%m/%Y",
    ),
}


def message_id(recipient: Recipient, news: News, sender: str) -> str:
    """The same for every try of one day's mail to one address, so that a mail server or reader drops the second."""
    key = f"{news.moment.date().isoformat()} {recipient.address}".encode()
    return f"<{hashlib.sha256(key).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def letter(recipient: Recipient, news: News, sender: str) -> EmailMessage:
    """The digest for one recipient, to whom `news` has been cut down already."""
    words = WORDS[recipient.language]
    mail = EmailMessage()
    mail["Subject"] = _subject(words, news)
    mail["From"] = sender
    mail["To"] = recipient.address
    mail["Date"] = format_datetime(news.moment.replace(tzinfo=ZoneInfo(TIMEZONE)))
    mail["Message-ID"] = message_id(recipient, news, sender)
    mail["Auto-Submitted"] = "auto-generated"
    paragraphs = _paragraphs(words, news)
    mail.set_content("\n\n".join(_plain(paragraph) for paragraph in paragraphs) + "\n", cte="quoted-printable")
    mail.add_alternative(_html(paragraphs, recipient.language), subtype="html", cte="quoted-printable")
    return mail


def _subject(words: Words, news: News) -> str:
    parts = [words.not_fresh] if news.reasons else []
    if news.failures:
        parts.append(words.failed_runs.format(count=len(news.failures)))
    if provinces := {report.province_code for report in news.late.reports}:
        parts.append(words.late_provinces.format(count=len(provinces)))
    mark = words.simulated if news.late.is_simulated else ""
    return f"{words.name}{mark}: {'; '.join(parts)} ({news.moment:{words.day}})"


def _paragraphs(words: Words, news: News) -> list[str | list[str]]:
    """Paragraphs, and lists of lines."""
    found: list[str | list[str]] = [words.simulated_line] if news.late.is_simulated else []
    found.append(words.greeting)
    if news.reasons:
        found.append([sentence for _, sentence in news.reasons])
    if news.failures:
        found += [_failures(words, news), words.failures_after]
    if news.late.reports:
        found += [words.reports_title, _reports(words, news), words.reports_after]
        if news.late.known_at is not None:
            found.append(words.known_at.format(moment=news.late.known_at.strftime(words.moment)))
    return [*found, words.footer]


def _failures(words: Words, news: News) -> list[str]:
    shown = news.failures[-_MOST_FAILURES:]
    lines = [
        words.failure.format(
            run=failure.run_id[:8],
            at=failure.at.strftime(words.moment),
            step=words.steps.get(failure.step, failure.step) or words.before_first_step,
            error=failure.error,
        )
        for failure in shown
    ]
    rest = len(news.failures) - len(shown)
    return [*lines, words.earlier.format(count=rest)] if rest else lines


def _reports(words: Words, news: News) -> list[str]:
    def line(report: LateReport) -> str:
        # `due_at` is the first moment that is too late; people say the last day that was in time.
        last_day = report.due_at.date().fromordinal(report.due_at.toordinal() - 1)
        return words.report.format(
            province=report.province_name,
            as_of=report.as_of_on.strftime(words.day),
            due=last_day.strftime(words.day),
            days=report.days_late(news.moment.date()),
            status=words.statuses[report.status],
        )

    reports = news.late.reports
    lines = [line(report) for report in reports[:_MOST_REPORTS]]
    rest = len(reports) - len(lines)
    return [*lines, words.more.format(count=rest)] if rest else lines


def _plain(paragraph: str | Sequence[str]) -> str:
    return paragraph if isinstance(paragraph, str) else "\n".join(f"- {line}" for line in paragraph)


def _html(paragraphs: Sequence[str | Sequence[str]], language: str) -> str:
    parts = []
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            parts.append(f"<p>{escape(paragraph)}</p>")
        else:
            parts.append(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in paragraph)}</ul>")
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{"".join(parts)}</body></html>'
