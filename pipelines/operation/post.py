"""Hands a mail to the configured server, and tells a refusal from an outcome that nobody knows."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from pipelines.operation.mail_settings import MailSettings


class NoServer(RuntimeError):
    """The server could not be reached, or did not let us in: nothing was sent."""


class MailRefused(RuntimeError):
    """The server said no to one mail: it was not sent."""


class OutcomeUnknown(RuntimeError):
    """The connection broke after the mail had been handed over: it may have been sent."""


@contextmanager
def open_post(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection to the server, encrypted and signed in as the settings say. Raises NoServer."""
    try:
        server = _connect(settings)
    except (OSError, smtplib.SMTPException) as error:
        raise NoServer(f"{type(error).__name__} at {settings.smtp_host}:{settings.port}") from error
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connect(settings: MailSettings) -> smtplib.SMTP:
    seconds = settings.smtp_timeout_seconds
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.smtp_host, settings.port, timeout=seconds, context=settings.tls()
        )
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.port, timeout=seconds)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=settings.tls())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.password())
    except (OSError, smtplib.SMTPException, ssl.SSLError):
        server.close()
        raise
    return server


def hand_over(server: smtplib.SMTP, mail: EmailMessage) -> None:
    """Sends one mail. Raises MailRefused or OutcomeUnknown."""
    try:
        server.send_message(mail)
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPHeloError,
        smtplib.SMTPNotSupportedError,
    ) as error:
        raise MailRefused(type(error).__name__) from error
    except (OSError, smtplib.SMTPException) as error:
        raise OutcomeUnknown(type(error).__name__) from error
