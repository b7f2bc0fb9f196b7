"""What an OLE file (Office 97-2003, and whatever newer Office encrypts) holds at its top level."""

from __future__ import annotations

import io
import struct

# An embedded document brings streams of its own, below a folder: only those at the top say what the file is.
_KINDS = (("EncryptedPackage", "protected"), ("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc"))


def ole_format(data: bytes) -> str:
    """`protected`, `xls`, `doc`, or `ole` for what is none of these."""
    names = _top_level(data)
    if not names:
        return next((kind for name, kind in _KINDS if name.encode("utf-16-le") in data), "ole")
    return next((kind for name, kind in _KINDS if name.lower() in names), "ole")


def _top_level(data: bytes) -> set[str]:
    """Names of streams, in lower case; none where the directory is damaged."""
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        directory = CompDoc(data, logfile=io.StringIO()).dirlist
    except (CompDocError, struct.error, ArithmeticError, AssertionError, LookupError, TypeError, ValueError):
        # Its own error, then what it lets through where a sector, a size or a name is not what it should be.
        return set()
    return {entry.name.lower() for entry in directory if entry.parent == 0}
