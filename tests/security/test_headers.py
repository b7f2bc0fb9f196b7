"""What every response tells the browser to keep to."""

from __future__ import annotations

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.asgi import PageHeaders
from dashboard.sign_in_settings import PREFIX
from tests.asgi_calls import run


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def headers(host: bytes = b"tiendo.example.vn") -> dict[str, str]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    run(PageHeaders(page)({"type": "http", "headers": [(b"host", host)]}, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_page_connects_to_its_own_host_only() -> None:
    policy = headers()["content-security-policy"]
    assert "connect-src 'self' ws://tiendo.example.vn wss://tiendo.example.vn;" in policy
    assert " ws:" not in policy.replace(" ws://", "")


@pytest.mark.parametrize("host", [b"", b"x; script-src *", b"x\r\nSet-Cookie: a=b", b"a b", b"x'*"])
def test_a_host_that_is_none_adds_nothing_to_the_policy(host: bytes) -> None:
    assert "connect-src 'self';" in headers(host)["content-security-policy"]


def test_other_sites_neither_frame_nor_load_nor_open_it() -> None:
    found = headers()
    assert "frame-ancestors 'self'" in found["content-security-policy"]
    assert "object-src 'none'" in found["content-security-policy"]
    assert found["cross-origin-opener-policy"] == found["cross-origin-resource-policy"] == "same-origin"
    assert found["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "is_sent"), [("https://t.vn/oauth2callback", True), ("http://localhost:1/x", False), ("", False)]
)
def test_tls_is_demanded_where_readers_come_by_tls(
    monkeypatch: pytest.MonkeyPatch, address: str, is_sent: bool
) -> None:
    monkeypatch.setenv(f"{PREFIX}REDIRECT_URI", address)
    assert ("strict-transport-security" in headers()) == is_sent
