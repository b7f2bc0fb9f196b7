"""A visit to every page before the first reader comes, so that he finds imports, queries and figures made.

The visitor is a real session, inside this process and without a network: it connects where browsers connect
(`/_stcore/stream`), asks for a page as they do, and leaves when the page is complete. Where readers sign in, it has
a cookie as theirs, signed for some minutes and never sent anywhere.
"""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME

from dashboard import links, sign_in_settings
from dashboard.access import LOCAL_READER, ROLES, Reader, seconds_now
from dashboard.language import LANGUAGES
from dashboard.pages import open_to

STREAM = "/_stcore/stream"
PATIENCE_SECONDS = 60
VISITOR = "warm-up"
VISIT_SECONDS = 600
# The clearances that most readers have; each has figures of its own to be made.
VISITING_ROLES = ("analyst", "military", "viewer")
Headers = tuple[tuple[bytes, bytes], ...]
WITHOUT_SIGN_IN: Headers = ((b"host", b"localhost"), (b"sec-websocket-protocol", b"streamlit"))


def all_pages(reader: Reader = LOCAL_READER) -> list[tuple[str, str]]:
    """What to visit, as (path, query): the page that most readers open first in every language, then the others."""
    first = [("", "" if code == "vi" else urlencode({links.LANGUAGE: code})) for code in LANGUAGES]
    return first + [(screen.path, "") for name, screen in open_to(reader).items() if name != "overview"]


async def visit_as_readers(app: ASGIApp) -> None:
    """Every page as everybody sees it: once without a sign-in, otherwise once per clearance."""
    if not sign_in_settings.is_configured():
        await visit(app, all_pages())
        return
    for role in VISITING_ROLES:
        if ROLES[role].clearance:
            await visit(app, all_pages(Reader("", VISITOR, frozenset({role}), None)), signed_in(role))


async def visit(app: ASGIApp, pages: Iterable[tuple[str, str]], headers: Headers = WITHOUT_SIGN_IN) -> list[str]:
    """Open one page after the other; gives the paths that were complete. What is loaded by then is not searched for
    garbage again.
    """
    complete = []
    for path, query in pages:
        if await asyncio.wait_for(_session(app, path, query, headers), PATIENCE_SECONDS):
            complete.append(path)
    gc.collect()
    gc.freeze()
    return complete


def signed_in(role: str) -> Headers:
    """What the browser of a reader with this role would send along."""
    secrets, claims = sign_in_settings.streamlit_secrets(), sign_in_settings.claims()
    assert secrets is not None
    assert claims is not None
    address = urlsplit(secrets["auth"]["redirect_uri"])
    origin, now = f"{address.scheme}://{address.netloc}", int(seconds_now())
    told = {"is_logged_in": True, "origin": origin, "sub": VISITOR, "iat": now, "exp": now + VISIT_SECONDS}
    told[claims.roles] = [role]
    user = create_signed_value(secrets["auth"]["cookie_secret"], USER_COOKIE_NAME, json.dumps(told))
    token = generate_xsrf_token_string().encode()
    return (
        (b"host", address.netloc.encode()),
        (b"origin", origin.encode()),
        (b"sec-websocket-protocol", b"streamlit, " + token),
        (b"cookie", XSRF_COOKIE_NAME.encode() + b"=" + token + b"; " + USER_COOKIE_NAME.encode() + b"=" + user),
    )


async def _session(app: ASGIApp, path: str, query: str, headers: Headers) -> bool:
    """One reader who opens one page and leaves; whether the page was drawn to its end."""
    incoming: asyncio.Queue[Message] = asyncio.Queue()
    ask = BackMsg()
    ask.rerun_script.page_name = path
    ask.rerun_script.query_string = query
    incoming.put_nowait({"type": "websocket.connect"})
    incoming.put_nowait({"type": "websocket.receive", "bytes": ask.SerializeToString()})
    is_complete = False

    async def send(message: Message) -> None:
        nonlocal is_complete
        content = message.get("bytes")
        if message["type"] != "websocket.send" or not content:
            return
        answer = ForwardMsg.FromString(content)
        if answer.WhichOneof("type") == "script_finished":
            is_complete = answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})

    scope: Scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": STREAM,
        "raw_path": STREAM.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": list(headers),
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "subprotocols": ["streamlit"],
    }
    await app(scope, incoming.get, send)
    return is_complete
