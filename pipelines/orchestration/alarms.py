"""What Dagster notices and people must hear of: failed steps and runs are written down, and digests are mailed."""

from __future__ import annotations

import dagster as dg

from log_lines import output
from log_lines.events import write
from pipelines.clock import vietnamese_now
from pipelines.operation.failures import Failure, note_failure
from pipelines.operation.mail_settings import MailSettings, MailSettingsInvalid
from pipelines.operation.notify import Notified, notify
from pipelines.reference.faults import ReferenceFaults
from pipelines.settings import Settings


@dg.failure_hook
def note_failed_step(context: dg.HookContext) -> None:
    """Writes down where a run failed, and the class of the error: its message may hold a value."""
    error = context.op_exception
    name = type(error.__cause__ or error).__name__ if error is not None else "unknown"
    write("step_failed", step=context.op.name, error=name)
    _note(Settings(), context.run_id, context.op.name, name)


def note_failed_run(settings: Settings, run_id: str, error: str) -> None:
    """Writes down that a run failed, with the class of the error if one is known; a failed step is noted already."""
    output.configure()
    write("run_failed", step="", error=error or "unknown")
    _note(settings, run_id, "", error or "unknown")


def _note(settings: Settings, run_id: str, step: str, error: str) -> None:
    """A full disk must not hide the failure itself, which Dagster shows."""
    try:
        note_failure(settings.folders().operation, Failure(run_id, vietnamese_now(), step, error))
    except OSError as trouble:
        write("mail_failed", error=type(trouble).__name__)


def send_mail(settings: Settings) -> str:
    """Sends what is due; gives what became of it, for the sensor's log. Never raises: mail fails no night."""
    output.configure()
    try:
        return log_mail(notify(settings, MailSettings(), vietnamese_now()))
    except (MailSettingsInvalid, ReferenceFaults, OSError, ValueError) as error:
        write("mail_failed", error=type(error).__name__)
        return f"No mail was sent ({type(error).__name__}); `tiendo notify` says why."


def log_mail(done: Notified) -> str:
    """Logs what became of a call; gives it in words."""
    if done.sent or done.refused or done.unknown:
        write("mail_sent", sent_count=done.sent, refused_count=done.refused, unknown_count=done.unknown)
    if done.waits_for == "no_server":
        write("mail_failed", error=done.waits_for)
    return done.waits_for or f"sent: {done.sent}, refused: {done.refused}, unknown: {done.unknown}"
