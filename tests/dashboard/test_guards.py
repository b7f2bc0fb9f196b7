"""What stands before the pages: who is let in at all, whose a download link is, how long a cookie lasts."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard import access, guards
from dashboard.access import LOCAL, reader_now
from dashboard.guards import OnlyThisMachine, OwnFiles, ReadersOnly, is_this_machine, own_cookie
from dashboard.sign_in_settings import PREFIX, streamlit_secrets
from tests.asgi_calls import run
from tests.dashboard.signed_in import SETTINGS, told

HERE = ("127.0.0.1", 50_000)


def request(path: str = "/", kind: str = "http", **changes: Any) -> Scope:
    headers = {"host": "localhost:8501", **changes.pop("headers", {})}
    raw = [(name.encode(), value.encode()) for name, value in headers.items() if value]
    given = {"type": kind, "method": "GET", "path": path, "query_string": b"", "root_path": "", "headers": raw}
    return {**given, "client": HERE, "server": ("127.0.0.1", 8501), **changes}


def answer(middleware: Callable[[Any], Any], scope: Scope, cookies: tuple[str, ...] = ()) -> tuple[int, list[Message]]:
    """The status of an answer (0 where the connection was refused), and what was sent."""
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"set-cookie", cookie.encode()) for cookie in cookies]
        await send({"type": "http.response.start", "status": 200, "headers": headers})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    run(middleware(app)(scope, receive, send))
    return sent[0].get("status", 0), sent


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of a provider, as Streamlit is told them."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(secrets_singleton, "_secrets", streamlit_secrets())


def cookie_of(*roles: str, secret: str = SETTINGS[f"{PREFIX}COOKIE_SECRET"], **claims: Any) -> dict[str, str]:
    signed = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(told(*roles, **claims)))
    return {"cookie": f"{USER_COOKIE_NAME}={signed.decode()}"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST:80"])
def test_without_a_sign_in_this_machine_is_served(host: str) -> None:
    scope = request(headers={"host": host})
    assert is_this_machine(scope)
    assert answer(OnlyThisMachine, scope)[0] == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"client": ("10.0.0.7", 4711)},
        {"client": ("172.17.0.1", 4711)},
        {"client": None},
        {"server": ("192.168.1.5", 8501), "client": ("192.168.1.5", 4711)},
        {"server": ("/run/tiendo.sock", None)},
        {"server": None},
        {"client": ("localhost.evil.example", 1)},
        {"headers": {"host": "tiendo.noivu.example"}},
        {"headers": {"host": "127.0.0.1.evil.example"}},
        {"headers": {"host": "localhost@evil.example"}},
        {"headers": {"host": ""}},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"forwarded": "for=127.0.0.1"}},
        {"headers": {"x-real-ip": "127.0.0.1"}},
        {"headers": {"via": "1.1 proxy"}},
    ],
)
def test_without_a_sign_in_nobody_else_is(changes: dict[str, Any]) -> None:
    status, sent = answer(OnlyThisMachine, request(**changes))
    assert status == 403
    assert "chỉ phục vụ chính máy" in sent[1]["body"].decode()
    assert "TIENDO_OIDC_" in sent[1]["body"].decode()
    status, sent = answer(OnlyThisMachine, request("/_stcore/stream", "websocket", **changes))
    assert (status, sent[0]["type"]) == (0, "websocket.close")


@pytest.mark.usefixtures("sign_in")
def test_with_a_sign_in_everybody_reaches_it() -> None:
    assert answer(OnlyThisMachine, request(client=("10.0.0.7", 4711), headers={"host": "tien-do.example"}))[0] == 200


@pytest.mark.usefixtures("sign_in")
@pytest.mark.parametrize("path", guards.NEEDS)
def test_what_lies_beside_the_pages_is_for_those_who_may(path: str) -> None:
    allowed = {role for role in access.ROLES if answer(ReadersOnly, request(path, headers=cookie_of(role)))[0] == 200}
    assert allowed == {role for role in access.ROLES if guards.NEEDS[path] in access.ROLES[role].actions}
    for stranger in ({}, cookie_of("steward", exp=1), cookie_of("steward", secret="x" * 32), {"cookie": "a=b"}):
        assert answer(ReadersOnly, request(f"{path}/x", headers=stranger))[0] == 403


@pytest.mark.usefixtures("sign_in")
def test_signing_out_ends_the_session_that_the_cookie_stood_for() -> None:
    cookie = cookie_of("steward", nonce="once")
    assert answer(ReadersOnly, request("/_stcore/metrics", headers=cookie))[0] == 200
    assert answer(ReadersOnly, request("/auth/logout", headers=cookie))[0] == 200
    assert answer(ReadersOnly, request("/_stcore/metrics", headers=cookie))[0] == 403


@pytest.mark.usefixtures("sign_in")
def test_cookies_last_a_session_and_keep_to_https(monkeypatch: pytest.MonkeyPatch) -> None:
    user = f"{USER_COOKIE_NAME}=x; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert own_cookie(user, 28_800) == f"{USER_COOKIE_NAME}=x; HttpOnly; Max-Age=28800; Path=/; SameSite=lax"
    assert own_cookie(f"{USER_COOKIE_NAME}=; Max-Age=0", 28_800) == f"{USER_COOKIE_NAME}=; Max-Age=0"
    monkeypatch.setenv(f"{PREFIX}REDIRECT_URI", "https://tien-do.example/oauth2callback")
    _status, sent = answer(ReadersOnly, request(), (user, "_streamlit_xsrf=y; Path=/; SameSite=Lax"))
    cookies = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert len(cookies) == 2
    assert all(cookie.endswith("; Secure") for cookie in cookies)


class Shop:
    """Streamlit's media manager as the dashboard runs it, and readers who make files and ask for them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.storage = MemoryMediaFileStorage("/media")
        self.manager: Any = MediaFileManager(self.storage)
        self._patch = monkeypatch
        OwnFiles().watch(SimpleNamespace(media_file_mgr=self.manager))  # type: ignore[arg-type]

    def is_drawn_for(self, claims: dict[str, Any]) -> None:
        """Whose page is being drawn from now on."""
        self._patch.setattr(access, "_told", lambda: claims)

    def fetch(self, url: str, headers: dict[str, str]) -> bytes | None:
        """What a request for a file gets; None where there is no such file."""
        guards._asking.set(request(url, headers=headers))
        try:
            return self.storage.get_file(url.removeprefix("/media/")).content
        except MediaFileStorageError:
            return None
        finally:
            guards._asking.set(None)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    return Shop(monkeypatch)


@pytest.mark.usefixtures("sign_in")
def test_a_file_is_for_the_reader_for_whom_it_was_made(shop: Shop) -> None:
    shop.is_drawn_for(told("military"))
    url = shop.manager.add(b"secret", "text/csv", "1", "quan-su.csv", is_for_static_download=True)
    assert shop.fetch(url, cookie_of("military")) == b"secret"
    for other in (cookie_of("viewer"), cookie_of("steward"), cookie_of("military", sub="another"), {}):
        assert shop.fetch(url, other) is None
    assert shop.fetch(url, cookie_of("military", exp=1)) is None
    assert shop.fetch(url, cookie_of("military", secret="x" * 32)) is None


@pytest.mark.usefixtures("sign_in")
def test_a_file_that_is_written_on_a_click_is_for_whoever_had_the_button(shop: Shop) -> None:
    shop.is_drawn_for(told("military"))
    button = shop.manager.add_deferred(lambda: b"secret", "text/csv", "1", "quan-su.csv")
    shop.is_drawn_for({})
    url = shop.manager.execute_deferred(button)
    assert shop.fetch(url, cookie_of("military")) == b"secret"
    assert shop.fetch(url, cookie_of("analyst")) is None
    assert shop.fetch(url, {}) is None


@pytest.mark.usefixtures("sign_in")
def test_two_readers_with_the_same_file_both_have_it(shop: Shop) -> None:
    for role in ("viewer", "analyst"):
        shop.is_drawn_for(told(role))
        url = shop.manager.add(b"public", "text/csv", role, "x.csv", is_for_static_download=True)
    assert shop.fetch(url, cookie_of("viewer")) == shop.fetch(url, cookie_of("analyst")) == b"public"
    assert shop.fetch(url, cookie_of("steward")) is None


@pytest.mark.usefixtures("sign_in")
def test_a_button_of_a_session_that_is_over_writes_nothing(shop: Shop) -> None:
    claims = told("military", nonce="over")
    shop.is_drawn_for(claims)
    button = shop.manager.add_deferred(lambda: b"secret", "text/csv", "1", "quan-su.csv")
    access.end_session(claims)
    with pytest.raises(MediaFileStorageError):
        shop.manager.execute_deferred(button)
    assert shop.storage._files_by_id == {}


def test_without_a_sign_in_the_one_reader_has_his_files(shop: Shop) -> None:
    assert reader_now(dict).subject == LOCAL
    url = shop.manager.add(b"all", "text/csv", "1", "x.csv", is_for_static_download=True)
    assert shop.fetch(url, {}) == b"all"
