"""The dashboard as an ASGI application, which `python -m dashboard` serves.

Streamlit alone sends its pages uncompressed, says that they are English, and starts cold. Around it stand:
compression (a first page of 9 MB becomes 3), `lang="vi"`, headers that keep the page from fetching anything from
another machine, a warm-up that opens every page once and then takes what is loaded out of the garbage collector's
sight, and the guards of `dashboard/guards.py` on everything that is fetched beside a page.
"""

from __future__ import annotations

import asyncio
import gc
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance

from dashboard import health, sign_in_settings
from dashboard.access import CLEARANCES
from dashboard.guards import OnlyThisMachine, OwnFiles, ReadersOnly
from dashboard.warm_up import visit_as_readers
from log_lines import output
from log_lines.events import write

FIRST_PAGE = "tong-quan"
ASSETS = Path(__file__).with_name("assets")
SMALLEST_COMPRESSED = 1000
COMPRESSION_LEVEL = 5
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{own_sockets}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


# A year; sent where readers come by TLS, which the address that the provider sends them back to says.
ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000"}
_HOST = re.compile(rb"[A-Za-z0-9.:\[\]-]{1,255}")


def own_sockets(scope: Scope) -> str:
    """The websockets of the host that was asked, by name: not every browser takes `'self'` for them."""
    host = dict(scope["headers"]).get(b"host", b"")
    return f" ws://{host.decode()} wss://{host.decode()}" if _HOST.fullmatch(host) else ""


class PageHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._headers = SECURITY_HEADERS | (ONLY_TLS if sign_in_settings.is_behind_tls() else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value.replace("{own_sockets}", own_sockets(scope)))
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class PageShell:
    """Rewrites `<html lang="en"` of the page shell, which Streamlit hard-codes, so that screen readers read Vietnamese.

    It also tells the browser where the server is. On a deep link such as `/tinh` the page would otherwise look for
    it under `/tinh/` first, which costs two failed requests. And it brings what the page does and how it looks beside
    Streamlit (`page.js`, `page.css`: pictures of charts, printing, focus). Streamlit is asked for uncompressed text,
    since compressed text cannot be rewritten; compression follows outside.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        script, style = (ASSETS.joinpath(name).read_bytes() for name in ("page.js", "page.css"))
        self._head = (
            b'<head><script>window.__streamlit={BACKEND_BASE_URL:location.origin+"/"}</script>'
            b"<script>" + script + b"</script><style>" + style + b"</style>"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message | None = None
        held = b""

        async def rewriting(message: Message) -> None:
            nonlocal start, held
            if message["type"] == "http.response.start" and b"text/html" in dict(message["headers"]).get(
                b"content-type", b""
            ):
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            held += message.get("body", b"")
            if message.get("more_body", False):
                return
            spoken = b"en" if b"lang=en" in scope["query_string"].split(b"&") else b"vi"
            body = held.replace(b'<html lang="en"', b'<html lang="' + spoken + b'"', 1)
            body = body.replace(b"<head>", self._head, 1)
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(body))
            if "etag" in headers:
                del headers["etag"]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, rewriting)


def warm_up() -> None:
    """Load what the first visitor would otherwise wait for: drawing and query libraries, and one query."""
    import plotly.graph_objects  # noqa: F401 - loaded early, used by every chart

    from dashboard.language import LANGUAGES, language
    from dashboard.settings import load_settings
    from dashboard.warehouse import open_published

    for code in LANGUAGES:
        language(code)
    for clearance in CLEARANCES:
        published = open_published(load_settings().current, clearance)
        if published is not None:
            published.row("run")
    gc.collect()
    gc.freeze()


def to_first_page(request: Request) -> RedirectResponse:
    """The default page answers at `/` only; its own path leads there, with its filters."""
    return RedirectResponse(str(request.url.replace(path="/")))


@asynccontextmanager
async def lifespan(own: st.App) -> AsyncIterator[None]:
    """Libraries and the database are loaded before the first request is answered; then a visitor goes through all
    pages, the first page first, while readers are already served.
    """
    started = time.perf_counter()
    OwnFiles().watch(get_instance())
    await anyio.to_thread.run_sync(warm_up)
    output.configure()
    write("dashboard_started", seconds=round(time.perf_counter() - started, 2))
    visiting = asyncio.create_task(visit_as_readers(own))
    yield
    visiting.cancel()
    write("dashboard_stopped")


def secrets() -> dict[str, Any] | None:
    """What Streamlit is told of the sign-in. Settings that can't be meant end the start with all faults in words."""
    try:
        return sign_in_settings.streamlit_secrets()
    except sign_in_settings.SignInMisconfigured as faults:
        sys.exit(str(faults))


app = st.App(
    Path(__file__).with_name("app.py"),
    secrets=secrets(),
    lifespan=lifespan,
    routes=[Route(f"/{FIRST_PAGE}", to_first_page), Route("/health", health.respond)],
    middleware=[
        Middleware(PageHeaders),
        Middleware(OnlyThisMachine),
        Middleware(ReadersOnly),
        Middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION_LEVEL),
        Middleware(PageShell),
    ],
)
