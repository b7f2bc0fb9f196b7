"""How mail leaves this machine, from the environment (`TIENDO_SMTP_…`, `TIENDO_MAIL_…`), and what is refused there."""

from __future__ import annotations

import datetime
import os
import ssl
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_OTHERS_MAY = 0o077


class MailSettingsInvalid(RuntimeError):
    """The mail settings contradict themselves or would give a secret away."""


class MailSettings(BaseSettings):
    """Settings of the mail. Every field can be set as `TIENDO_<NAME>`; without `smtp_host` no mail is sent."""

    model_config = SettingsConfigDict(env_prefix="TIENDO_", extra="ignore")

    smtp_host: str = Field(default="", description="mail server; empty: no mail")
    smtp_port: int | None = Field(default=None, description="default 587, 465 (tls) or 25 (none)")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls, tls, or none: only for a server on this machine"
    )
    smtp_user: str = Field(default="", description="account at the mail server; empty: no sign-in")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="its password, or:")
    smtp_password_file: Path | None = Field(default=None, description="file that holds it, for its owner alone (0600)")
    smtp_ca_file: Path | None = Field(default=None, description="certificates to trust beside the system's")
    smtp_timeout_seconds: float = Field(default=20, gt=0, description="how long to wait for the server")
    mail_from: str = Field(default="", description="sender's address")
    mail_quiet_from: datetime.time = Field(default=datetime.time(20, 0), description="no mail from this time …")
    mail_quiet_to: datetime.time = Field(default=datetime.time(6, 30), description="… to this time (Vietnam)")
    mail_late_days: int = Field(default=60, ge=1, description="reports that are due longer are not named any more")

    @property
    def is_on(self) -> bool:
        """Whether mail was asked for at all."""
        return bool(self.smtp_host)

    @property
    def port(self) -> int:
        """The port given, else the usual one."""
        return self.smtp_port or _PORTS[self.smtp_security]

    def is_quiet(self, moment: datetime.datetime) -> bool:
        """Whether mail waits at that moment. The quiet hours may pass midnight."""
        start, end, time = self.mail_quiet_from, self.mail_quiet_to, moment.time()
        return start <= time < end if start <= end else time >= start or time < end

    def check(self) -> None:
        """Raises MailSettingsInvalid, with what to set instead."""
        if "@" not in self.mail_from:
            raise MailSettingsInvalid("TIENDO_MAIL_FROM is no address. Set it, e.g. to tien-do@example.vn.")
        if self.smtp_security == "none" and self.smtp_host not in LOOPBACK:
            raise MailSettingsInvalid(
                f"TIENDO_SMTP_SECURITY=none would send in clear text to {self.smtp_host}. "
                "Use starttls or tls; none is for a server on this machine."
            )
        if not self.password().isascii():
            raise MailSettingsInvalid(
                "The mail password has letters beyond ASCII, which signing in to SMTP cannot carry."
            )

    def password(self) -> str:
        """The password, from the environment or from a file that only its owner may read."""
        path = self.smtp_password_file
        if path is None:
            return self.smtp_password.get_secret_value()
        try:
            state = path.stat()
        except OSError as error:
            raise MailSettingsInvalid(f"TIENDO_SMTP_PASSWORD_FILE cannot be read: {error.strerror}.") from error
        if state.st_mode & _OTHERS_MAY or state.st_uid not in (os.geteuid(), 0):
            raise MailSettingsInvalid(
                f"TIENDO_SMTP_PASSWORD_FILE may be read by others (mode {state.st_mode & 0o777:04o}). "
                "Give it to the service's user and run chmod 600."
            )
        return path.read_text(encoding="utf-8").strip()

    def tls(self) -> ssl.SSLContext:
        """Certificates are always checked, against the system's authorities and `smtp_ca_file`."""
        context = ssl.create_default_context()
        if self.smtp_ca_file is not None:
            context.load_verify_locations(self.smtp_ca_file)
        return context
