"""The format of a file by its content; its name is never trusted."""

from __future__ import annotations

import io
import zipfile

_PARTS = (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"))


def file_format(data: bytes) -> str:
    """Names the format: `xlsx`, `xlsb`, `docx`, `ods`, `zip`, `ole`, `pdf`, `html`, `xml`, `image`, `empty` or `text`.

    Raises zipfile.BadZipFile where the file starts like a zip archive but is not one.
    """
    if not data:
        return "empty"
    if data.startswith(b"PK"):
        return _archive_format(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        return "image"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    return "text" if b"\x00" not in data[:1024] else "unknown"


def _archive_format(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for part, name in _PARTS:
            if part in names:
                return name
        if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
            return "ods"
    return "zip"
