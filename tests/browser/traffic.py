"""Everything that reaches a browser, and a search in it: web pages, websocket frames, downloaded files."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import struct
import zipfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import Download, Error, Page, Response, WebSocket

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_ARRAY = re.compile(r'"bdata":\s*"([^"]+)"')
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,\u00a0\u202f](?=\d)")
_ARRAY_TYPES = {"f8": "d", "f4": "f", "i4": "i", "i2": "h", "u4": "I", "u2": "H"}


class Traffic:
    """What a page is sent from now on: it is emptied first, since an answer can't be read once its page is gone.

    Streamlit's own scripts are left out: they come from its package and are the same for everybody.
    """

    def __init__(self, page: Page) -> None:
        page.goto("about:blank")
        self.frames: list[bytes] = []
        self.files: dict[str, bytes] = {}
        self.file_addresses: dict[str, str] = {}
        self.bodies: dict[str, bytes] = {}
        self.unread: set[str] = set()
        self._responses: list[Response] = []
        page.on("websocket", self._listen)
        page.on("response", lambda response: self._responses.append(response))

    def _listen(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived", lambda frame: self.frames.append(frame.encode() if isinstance(frame, str) else frame)
        )

    def keep(self, download: Download) -> None:
        """A file that came, by its name."""
        name = download.suggested_filename
        self.files[name] = Path(download.path()).read_bytes()
        self.file_addresses[name] = download.url

    def collect(self) -> None:
        """Takes the bodies of the answers that have come since the last time."""
        for response in self._responses:
            is_redirect = 300 <= response.status < 400
            if is_redirect or "/media/" in response.url or "/static/" in response.url:
                continue
            try:
                self.bodies[response.url] = response.body()
            except Error:
                self.unread.add(response.url)
        self._responses.clear()

    def found(self, words: list[str], number: int) -> set[str]:
        """Which of the words, and whether the number, is anywhere in what came: as text, in a file, in a chart."""
        self.collect()
        assert self.unread <= self.bodies.keys(), "answers that nobody has looked at"
        packed = [struct.pack("<d", number), struct.pack("<f", number), struct.pack("<q", number)]
        hits: set[str] = set()
        payloads = [*self.frames, *self.bodies.values(), *self.files.values()]
        texts = [text_of(payload) for payload in payloads]
        texts.append(" ".join([*self.files, *self.bodies]).lower())
        for text in texts:
            hits |= {word for word in words if word.lower() in text}
            if str(number) in text:
                hits.add(str(number))
        if any(each in payload for payload in payloads for each in packed):
            hits.add(str(number))
        return hits


def text_of(payload: bytes) -> str:
    """All text in it, in lower case, numbers without separators: files inside archives, escapes, arrays of charts."""
    if payload.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            return " ".join(text_of(archive.read(name)) for name in archive.namelist())
    if payload.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(payload)
        return " ".join(_plain(page.get_textpage().get_text_range()) for page in pages)
    text = payload.decode("utf-8", errors="replace")
    return " ".join([_plain(text), *_arrays(text)])


def _plain(text: str) -> str:
    unescaped = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return _BETWEEN_DIGITS.sub("", unescaped.lower())


def _arrays(text: str) -> list[str]:
    """The numbers of a chart's arrays, which are sent as base64."""
    found = []
    for match in _ARRAY.finditer(text):
        try:
            content = base64.b64decode(json.loads(f'"{match[1]}"'))
        except (binascii.Error, ValueError):
            continue
        for kind in _ARRAY_TYPES.values():
            whole = content[: len(content) // struct.calcsize(kind) * struct.calcsize(kind)]
            found += [str(round(value)) for (value,) in struct.iter_unpack(f"<{kind}", whole) if abs(value) < 1e9]
    return found
