"""Spellings of Vietnamese text that must compare equal: Unicode forms, tone placement, look-alikes, spaces.

`plain` keeps the diacritics and is safe to decide with; `folded` drops them and may only decide where the
result is unique. Belongs here: text to text. Does not belong here: names of units or indicators.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOK_ALIKES = str.maketrans(
    {
        "Ð": "Đ",
        "ð": "đ",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200b": "",
        "\ufeff": "",
        "\u00ad": "",
    }
)
_SPACES = re.compile(r"\s+")
_OLD_PLACEMENT = re.compile(r"(o|u)([aey])([\u0300\u0301\u0309\u0303\u0323])(?![a-z\u0302\u0306\u031b])")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, NFC, one space between words, tones on the vowel where older spelling puts them (`hoà` → `hòa`).

    Two texts with the same `plain` form are the same words. Diacritics are kept: `Sơn Hà` and `Sơn Hạ` differ.
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES)).lower())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _OLD_PLACEMENT.sub(_older_placement, decomposed))).strip()


def _older_placement(match: re.Match[str]) -> str:
    """`oà`, `oè`, `uỳ` at the end of a syllable carry the tone on the first vowel; `quý` keeps it on the last."""
    first, second, tone = match.groups()
    before = match.string[match.start() - 1] if match.start() else ""
    is_spelled_pair = (first == "o" and second in "ae") or (first == "u" and second == "y")
    if not is_spelled_pair or before == "q":
        return match.group(0)
    return first + tone + second


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """`plain` without diacritics (`đ` → `d`), letters and digits only: for unique matches and ASCII names."""
    decomposed = unicodedata.normalize("NFD", plain(text))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _SPACES.sub(" ", re.sub(r"[^a-z0-9]+", " ", letters.replace("đ", "d"))).strip()
