"""The encoding of a text file: by its mark, by where its zeros stand, by what is valid, by what is Vietnamese."""

from __future__ import annotations

import codecs
import re
import unicodedata

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = frozenset("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ")
# Signs of Vietnamese texts. Others, such as © and ®, are letters in TCVN3.
_SIGNS = frozenset("\u00a0“”‘’–—…•₫")
_LOOKED_AT = 200_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes) -> str | None:
    """The text without its mark, composed (NFC) where its code page writes tones apart; None where it is no text."""
    encoding = encoding_of(data)
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # One byte cut off or turned over; the cell that held it shows so (�), and no other is lost.
        text = data.decode(encoding, errors="replace")
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text.removeprefix("\ufeff")


def decoded_as_vietnamese(data: bytes) -> str:
    """Text in code page 1258, composed."""
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def encoding_of(data: bytes) -> str | None:
    """Python's name of the encoding; None for bytes that are no text.

    Bytes that are neither UTF nor Vietnamese in code page 1258 are taken for `latin-1`, which loses none of them: texts
    set in a font from before Unicode (TCVN3, VNI) come that way, and who knows the columns decodes them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:_LOOKED_AT]
    wide = _utf16(start)
    text = start.decode(wide or "latin-1", errors="replace")
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        return None
    if wide:
        return wide
    if _is_utf8(data):
        return "utf-8"
    return "cp1258" if _is_vietnamese(start) else "cp1252" if _is_cp1252(data) else "latin-1"


def _utf16(start: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of the digits, separators and line ends is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < max(1, len(start) // 10) or min(even, odd) > max(even, odd) // 10:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    """Valid, or valid but for a few bytes: damage on the way must not turn a whole file into another language."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        letters = sum(1 for letter in text if ord(letter) > 127) - broken
        return broken * 20 < letters
    return True


def _is_cp1252(data: bytes) -> bool:
    return not any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")


def _is_vietnamese(start: bytes) -> bool:
    """Whether nearly all that is not ASCII becomes Vietnamese letters in code page 1258.

    The code page writes tones as marks after their letter: in any other encoding the same bytes end up where no letter
    can take them.
    """
    text = unicodedata.normalize("NFC", start.decode("cp1258", errors="replace")).lower()
    foreign = [letter for letter in text if ord(letter) > 127 and letter not in _SIGNS]
    return sum(letter in _LETTERS for letter in foreign) >= 0.95 * len(foreign)
