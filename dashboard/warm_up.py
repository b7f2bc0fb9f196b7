"""A visit to every page before the first reader comes, so that he finds imports, queries and figures made.

The visitor is a real session, inside this process and without a network: it connects where browsers connect
(`/_stcore/stream`), asks for a page as they do, and leaves when the page is complete.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Scope
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import links
from dashboard.language import LANGUAGES
from dashboard.pages import PAGES

STREAM = "/_stcore/stream"
PATIENCE_SECONDS = 60


def all_pages() -> list[tuple[str, str]]:
    """What to visit, as (path, query): the page that most readers open first in every language, then the others."""
    first = [("", "" if code == "vi" else urlencode({links.LANGUAGE: code})) for code in LANGUAGES]
    return first + [(screen.path, "") for name, screen in PAGES.items() if name != "overview"]


async def visit(app: ASGIApp, pages: Iterable[tuple[str, str]]) -> list[str]:
    """Open one page after the other; gives the paths that were complete. What is loaded by then is not searched for
    garbage again.
    """
    complete = []
    for path, query in pages:
        if await asyncio.wait_for(_session(app, path, query), PATIENCE_SECONDS):
            complete.append(path)
    gc.collect()
    gc.freeze()
    return complete


async def _session(app: ASGIApp, path: str, query: str) -> bool:
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
        "headers": [(b"host", b"localhost"), (b"sec-websocket-protocol", b"streamlit")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "subprotocols": ["streamlit"],
    }
    await app(scope, incoming.get, send)
    return is_complete
