"""The format of a file by its content; its name is never trusted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# What people call a format that is not taken, in the words of the people who send it.
FORMAT_WORDS: Mapping[str, str] = {
    "doc": "Word 97–2003 (.doc)",
    "docx": "Word (.docx)",
    "html": "trang web (HTML), dù tên tệp có thể là .xls",
    "image": "ảnh chụp hoặc ảnh quét",
    "ods": "LibreOffice Calc (.ods)",
    "odt": "LibreOffice Writer (.odt)",
    "ole": "Office 97–2003",
    "packed": "tệp nén (.rar, .7z)",
    "pdf": "PDF (.pdf)",
    "pptx": "PowerPoint (.pptx)",
    "text": "văn bản thuần (.txt, .csv)",
    "unknown": "không xác định",
    "xls": "Excel 97–2003 (.xls)",
    "xlsb": "Excel nhị phân (.xlsb)",
    "xml": "XML, dù tên tệp có thể là .xls",
    "zip": "tệp nén (.zip)",
}
_PARTS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)
_STARTS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
)
# Names of streams inside an OLE file, as its directory writes them.
_STREAMS = (("EncryptedPackage", "protected"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))


def file_format(data: bytes) -> str:
    """Names the format: `xlsx`, `empty`, `protected` (by a password) or a key of FORMAT_WORDS.

    Raises zipfile.BadZipFile where the file starts like a zip archive but is not one.
    """
    if not data:
        return "empty"
    if data.startswith(b"PK"):
        return _archive_format(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((name for stream, name in _STREAMS if stream.encode("utf-16-le") in data), "ole")
    return next((name for start, name in _STARTS if data.startswith(start)), None) or _text_format(data[:1024])


def _text_format(start: bytes) -> str:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "html"
    if text.startswith(b"<?xml"):
        return "xml"
    is_utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "text" if is_utf16 or b"\x00" not in start else "unknown"


def _archive_format(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for part, name in _PARTS:
            if part in names:
                return name
        # The format wants this entry first and stored as it is, so that it can be read without unpacking anything.
        start = data[: len("mimetype") + 200]
        if b"opendocument.spreadsheet" in start:
            return "ods"
        return "odt" if b"opendocument.text" in start else "zip"
