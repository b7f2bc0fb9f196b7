"""What stands before Streamlit on the way of every request, since a page can't guard what is fetched beside it.

- Without a sign-in only this machine is served, whatever address the server listens on.
- A file behind a download link belongs to the reader for whom it was made. Streamlit names such files by their content
  and gives them to whoever asks; here whoever else asks is told that there is no such file, signed in or not.
- Uploads are for those who may send, the server's own measurements for those who may read the access log.
- Cookies end with the session, and are kept to https where readers come through it; signing out ends a session.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any

from starlette._utils import get_route_path
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from dashboard import access, sign_in_settings
from dashboard.access import Reader
from dashboard.sign_in_settings import LOOPBACK_NAMES

LOGOUT = "/auth/logout"
# What a path may need beside a page; every other path holds nothing of ours.
NEEDS = {"/_stcore/metrics": "read_audit", "/_stcore/upload_file": "send"}
# A request with one of these was passed on by another server, so its sender may be anywhere.
PASSED_ON = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
FILES_REMEMBERED = 20_000
REFUSED = (
    "Bảng theo dõi này chưa cấu hình đăng nhập nên chỉ phục vụ chính máy đang chạy nó. Quản trị viên xem mục “Who may "
    "see what” trong README để cấu hình đăng nhập.\n\n"
    "No sign-in is configured, so this dashboard serves its own machine only. To let others in, set TIENDO_OIDC_… as "
    "README says under “Who may see what”.\n"
)
_asking: ContextVar[Scope | None] = ContextVar("asking", default=None)


class OnlyThisMachine:
    """Refuses whoever is not on this machine while there is no sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or sign_in_settings.is_configured() or is_this_machine(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        else:
            await PlainTextResponse(REFUSED, 403)(scope, receive, send)


def is_this_machine(scope: Scope) -> bool:
    """Whether both ends of a connection are loopback, nobody passed it on, and the browser thinks so too.

    The last keeps out pages of other sites whose name was made to point here.
    """
    ends = (scope.get("client"), scope.get("server"))
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    return (
        all(end and _is_loopback(str(end[0])) for end in ends)
        and not any(name in PASSED_ON for name, _value in headers)
        and len(hosts) == 1
        and _without_port(hosts[0]) in LOOPBACK_NAMES
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).strip("[]").lower()


class ReadersOnly:
    """Notes who asks, refuses what the path needs and the reader may not, ends sessions and sees to cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _asking.set(scope if scope["type"] == "http" else None)
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = get_route_path(scope)
        needed = next((action for start, action in NEEDS.items() if path.startswith(start)), None)
        if needed and not reader_of_request(scope).may(needed):
            await PlainTextResponse("Forbidden", 403)(scope, receive, send)
            return
        if path == LOGOUT:
            access.end_session(told_by_cookie(scope))
        await self.app(scope, receive, _with_own_cookies(send))


def _with_own_cookies(send: Send) -> Send:
    async def sending(message: Message) -> None:
        claims = sign_in_settings.claims()
        if message["type"] == "http.response.start" and claims is not None:
            headers = MutableHeaders(scope=message)
            cookies = headers.getlist("set-cookie")
            if cookies:
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", own_cookie(cookie, claims.longest_seconds))
        await send(message)

    return sending


def own_cookie(header: str, longest_seconds: int) -> str:
    """A `Set-Cookie` of Streamlit's as it should be: no longer than a session, only through https where there is."""
    parts = header.split("; ")
    if parts[0].startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)):
        parts = [
            f"Max-Age={min(int(part[8:]), longest_seconds)}" if part.lower().startswith("max-age=") else part
            for part in parts
        ]
    if sign_in_settings.is_behind_tls() and "secure" not in [part.lower() for part in parts]:
        parts.append("Secure")
    return "; ".join(parts)


def told_by_cookie(scope: Scope) -> Mapping[str, Any]:
    """The claims in the signed cookie of a request; nothing where there is none or its signature is not ours."""
    raw = _get_signed_cookie_with_chunks(HTTPConnection(scope).cookies, USER_COOKIE_NAME)
    try:
        told = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def reader_of_request(scope: Scope) -> Reader:
    """Who asks for something beside a page."""
    return access.reader_now(lambda: told_by_cookie(scope))


class OwnFiles:
    """Which reader each file of Streamlit's media storage was made for."""

    def __init__(self) -> None:
        self._subjects: OrderedDict[str, set[str]] = OrderedDict()
        self._lock = threading.Lock()
        self._maker = threading.local()

    def note(self, file_id: str, subject: str) -> None:
        """This file was made for this reader; who made the same one before keeps it."""
        with self._lock:
            self._subjects.setdefault(file_id, set()).add(subject)
            self._subjects.move_to_end(file_id)
            while len(self._subjects) > FILES_REMEMBERED:
                self._subjects.popitem(last=False)

    def is_of(self, file_name: str, subject: str) -> bool:
        """Whether the file with this name in its address (`<id>.<ending>`) was made for this reader."""
        return bool(subject) and subject in self._subjects.get(file_name.partition(".")[0], ())

    def watch(self, runtime: Runtime) -> None:
        """Has the files of this runtime noted when they are made, and refused to others when they are fetched.

        A file that is written on a click is made outside the session, so who will have it is noted with the button.
        """
        manager: Any = runtime.media_file_mgr
        storage: Any = manager._storage
        add_deferred, load, get_file = manager.add_deferred, storage.load_and_get_id, storage.get_file

        def add_deferred_for(data_callable: Callable[[], Any], *arguments: Any, **named: Any) -> str:
            reader_then = access.reader_later()

            def make() -> Any:
                reader = reader_then()
                if not reader.subject:
                    raise PermissionError("The session is over")
                made = data_callable()
                self._maker.subject = reader.subject
                return made

            return str(add_deferred(make, *arguments, **named))

        def load_for(*arguments: Any, **named: Any) -> str:
            file_id: str = load(*arguments, **named)
            self.note(file_id, self._maker.__dict__.pop("subject", "") or access.current_reader().subject)
            return file_id

        def get_own_file(filename: str) -> Any:
            scope = _asking.get()
            if scope is not None and not self.is_of(filename, reader_of_request(scope).subject):
                raise MediaFileStorageError(f"No media file {filename} for this reader")
            return get_file(filename)

        manager.add_deferred = add_deferred_for
        storage.load_and_get_id, storage.get_file = load_for, get_own_file
