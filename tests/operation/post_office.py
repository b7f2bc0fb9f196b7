"""A real mail server for tests: aiosmtpd on loopback, with a certificate of its own, an account, and bad days."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.operation.mail_settings import MailSettings

USER, PASSWORD = "tien-do", "a long password"


@dataclass(slots=True)
class Received:
    """One mail that the server took."""

    to: str
    mail: EmailMessage
    is_encrypted: bool
    user: str

    @property
    def text(self) -> str:
        """Headers, plain text and HTML, decoded."""
        parts = [str(part.get_content()) for part in self.mail.walk() if not part.is_multipart()]
        return "\n".join([str(self.mail["Subject"]), *parts])


@dataclass
class PostOffice:
    """Keeps what it is given. `answers` are given one by one before it takes anything: a refusal, or `hang_up`."""

    received: list[Received] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def __enter__(self) -> PostOffice:
        self._folder = TemporaryDirectory()
        self.certificate = Path(self._folder.name) / "server.pem"
        write_certificate(self.certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=_free_port(),
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=_authenticate,
        )
        self._controller.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._controller.stop()
        self._folder.cleanup()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def settings(self, **others: Any) -> MailSettings:
        """Settings that reach it the way a real server is reached."""
        given = {
            "smtp_host": "127.0.0.1",
            "smtp_port": self.port,
            "smtp_user": USER,
            "smtp_password": PASSWORD,
            "smtp_ca_file": self.certificate,
            "mail_from": "tien-do@moha.example",
            "smtp_timeout_seconds": 5,
        }
        return MailSettings(**{**given, **others})

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else ""
        if answer and answer != "hang_up":
            return answer
        mail = message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
        user = session.auth_data.login.decode() if isinstance(session.auth_data, LoginPassword) else ""
        self.received.append(Received(envelope.rcpt_tos[0], mail, session.ssl is not None, user))
        if answer:
            # The mail is taken, and nobody is told.
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=is_right, auth_data=data)


def write_certificate(path: Path) -> None:
    """A self-signed certificate for 127.0.0.1 and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime(2020, 1, 1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
