"""The format of a file by its content; its name is never trusted."""

from __future__ import annotations

import io
import re
import zipfile

from pipelines.readers.ole import ole_format
from pipelines.readers.text_encoding import encoding_of

# Office on the web numbers the main part of a document: word/document2.xml.
_PARTS = (
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"ppt/presentation\.xml"), "pptx"),
)
_STARTS = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bitmap"),
    (b"RIFF", "webp"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"{\\rtf", "rtf"),
)
# A PDF may start with up to a kilobyte of something else, a mail header for example.
_START_BYTES = 1024
# Enough to meet the first element of an HTML file that opens with comments and styles.
_TEXT_BYTES = 8192
_KIND_BYTES = 200
_MIME = re.compile(r"(?:mime-version|from|content-type|x-[\w-]+|date|subject)\s*:", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body|table|div|style|title)\b", re.IGNORECASE)
_SPREADSHEET = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
_BIFF_STARTS = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00")


def file_format(data: bytes) -> str:
    """Names the format: a key of READERS, `empty`, `protected` (by a password), or what `not_taken` refuses.

    Raises zipfile.BadZipFile where the file starts like a zip archive but is not one.
    """
    if not data:
        return "empty"
    if data.startswith(b"PK"):
        return _archive_format(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ole_format(data)
    if data.startswith(_BIFF_STARTS):
        return "xls"
    if b"%PDF" in data[:_START_BYTES]:
        return "pdf"
    start = next((name for start, name in _STARTS if data.startswith(start)), None)
    if start == "bitmap":
        return "image" if data[6:10] == bytes(4) else _text_format(data)
    if start == "webp":
        return "image" if data[8:12] == b"WEBP" else _text_format(data)
    return start or _text_format(data)


def _text_format(data: bytes) -> str:
    encoding = encoding_of(data)
    if encoding is None:
        return "unknown"
    text = data[:_TEXT_BYTES].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<?xml") or _SPREADSHEET.search(text):
        return _xml_format(text)
    if text.startswith("<") and _HTML.search(text):
        return "html"
    if _MIME.match(text) and "multipart/related" in text.lower():
        return "mht"
    return "csv"


def _xml_format(text: str) -> str:
    if _SPREADSHEET.search(text) and "<html" not in text.lower():
        return "spreadsheet_xml"
    if "word" in text.lower() and ("schemas.microsoft.com/office/word" in text or "Word.Document" in text):
        return "word_xml"
    return "html" if re.search(r"<html\b", text, re.IGNORECASE) else "xml"


def _archive_format(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for part, name in _PARTS:
            if any(map(part.fullmatch, names)):
                return name
        if "mimetype" in names:
            with archive.open("mimetype") as entry:
                kind = entry.read(_KIND_BYTES)
            if b"opendocument.spreadsheet" in kind:
                return "ods"
            if b"opendocument.text" in kind:
                return "odt"
        return "zip"
