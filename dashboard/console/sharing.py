"""A query in an address: compressed, in letters that need no escaping, and never longer than browsers and mail take."""

from __future__ import annotations

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

LONGEST_CODE = 6_000
LONGEST_TEXT = 20_000


def encoded(sql: str) -> str:
    """The code for an address; `''` where the query is too long to be shared that way."""
    code = urlsafe_b64encode(zlib.compress(sql.encode(), 9)).decode().rstrip("=")
    return code if len(code) <= LONGEST_CODE and len(sql) <= LONGEST_TEXT else ""


def decoded(code: str) -> str:
    """The query in an address; `''` for what is no code. What would unpack to more than a query may be is refused."""
    if not code or len(code) > LONGEST_CODE:
        return ""
    try:
        packed = urlsafe_b64decode(code + "=" * (-len(code) % 4))
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, 4 * LONGEST_TEXT)
        sql = text.decode()
    except (binascii.Error, zlib.error, ValueError):
        return ""
    return sql if unpacking.eof and len(sql) <= LONGEST_TEXT else ""
