"""Spellings of Vietnamese text that must compare equal: Unicode forms, tone placement, look-alikes, spaces.

`plain` keeps the diacritics and is safe to decide with; `folded` drops them and may only decide where the
result is unique. Belongs here: text to text. Does not belong here: names of units or indicators.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Icelandic, Cyrillic and Greek letters that look like the Latin ones, as converted and scanned documents have them.
_LETTERS = str.maketrans(
    "ÐðƉɖ" "АВЕКМНОРСТХУІЈЅҺаеорсухіјѕһ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι",
    "ĐđĐđ" "ABEKMHOPCTXYIJSHaeopcyxijsh" "ABEZHIKMNOPTYXovi",
)  # fmt: skip
_MARKS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`ʹ′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("–—―−‐‑‒", "-"),
        # Soft hyphen, joiners, zero-width characters, marks of direction, shapes of signs, byte order mark.
        **dict.fromkeys("\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufe0e\ufe0f\ufeff"),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)
# An acute accent that stands alone; NFKC would make a space and a combining accent of it.
_LONE_ACUTE = str.maketrans(dict.fromkeys("\u00b4\u1ffd", "'"))
# Longer texts are no labels, and remembering many of them would cost memory.
_KEPT_LENGTH = 256
_SPACES = re.compile(r"\s+")
_OLD_PLACEMENT = re.compile(r"(o|u)([aey])([\u0300\u0301\u0309\u0303\u0323])(?![a-z\u0302\u0306\u031b])")


def plain(text: str) -> str:
    """Lower case, NFC, one space between words, tones on the vowel where older spelling puts them (`hoà` → `hòa`).

    Two texts with the same `plain` form are the same words. Diacritics are kept: `Sơn Hà` and `Sơn Hạ` differ.
    """
    return _plain(text) if len(text) <= _KEPT_LENGTH else _plain.__wrapped__(text)


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    unified = unicodedata.normalize("NFKC", text.translate(_LONE_ACUTE)).translate(_LETTERS).translate(_MARKS).lower()
    placed = _OLD_PLACEMENT.sub(_older_placement, unicodedata.normalize("NFD", unified))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", placed)).strip()


def _older_placement(match: re.Match[str]) -> str:
    """`oà`, `oè`, `uỳ` at the end of a syllable carry the tone on the first vowel; `quý` keeps it on the last."""
    first, second, tone = match.groups()
    before = match.string[match.start() - 1] if match.start() else ""
    is_spelled_pair = (first == "o" and second in "ae") or (first == "u" and second == "y")
    if not is_spelled_pair or before == "q":
        return match.group(0)
    return first + tone + second


def folded(text: str) -> str:
    """`plain` without diacritics (`đ` → `d`), letters and digits only: for unique matches and ASCII names."""
    return _folded(text) if len(text) <= _KEPT_LENGTH else _folded.__wrapped__(text)


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", plain(text))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _SPACES.sub(" ", re.sub(r"[^a-z0-9]+", " ", letters.replace("đ", "d"))).strip()
