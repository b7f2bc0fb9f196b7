"""How the name of a commune is written in reports: type words, agencies, numbering, footnote marks, codes glued on.

Belongs here: text to comparable text. Which commune it is, `units.py` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.vietnamese import plain

TYPE_WORDS = {
    **dict.fromkeys(("xã", "x.", "x"), "xã"),
    **dict.fromkeys(("phường", "p.", "p"), "phường"),
    **dict.fromkeys(("đặc khu", "đk", "dk", "đk.", "đ.k.", "dk."), "đặc khu"),
    **dict.fromkeys(("thị trấn", "tt."), "thị trấn"),
}
_AGENCY = re.compile(
    r"((ubnd|hđnd|hdnd|ủy ban nhân dân|hội đồng nhân dân|đảng ủy|uy ban nhan dan|dang uy)( (và|-) |-| ))+(?=\S)"
)
_TYPE = re.compile(
    r"((?P<word>xã|phường|đặc khu|thị trấn|đk|dk|x|p)\s+|(?P<short>x\.|p\.|đk\.|đ\.k\.|dk\.|tt\.)\s*)(?=\S)"
)
_HYPHENS = re.compile(" ?- ?")
_RAISED_DIGITS = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+")
_TRAILING_MARKS = re.compile(r"\s*(\(\*+\)|\*+|[.,;:]+)$")
_FOOTNOTE = re.compile(r"\s*[(\[](\d{1,2})[)\]]$")
_NUMBERING = re.compile(r"(\(?\d{1,4}\s*[.)/:-]+|[-+•]|\(?[a-zđ]\)|[ivxlc]+\.(?=\s))\s*(?=[^\W\d_])")
_CODE_FIRST = re.compile(r"[(\[]?(\d{5})[)\]]?\s*[-.:_]*\s*(?=[^\W\d_])(.+)")
_CODE_LAST = re.compile(r"(.*?[^\W\d_](?: \d{1,2})?)\s*[-:_]*\s*[(\[]?(?:mã(?: xã| số)?:? ?)?(\d{5})[)\]]?")
_BEFORE_ENDING = re.compile(r"(?<=\w\w)(?:\s*[,;(-]\s*|\s+(?=(?:tỉnh|tinh|thành phố|thanh pho|tp)\b))")


@lru_cache(maxsize=16384)
def bare_name(text: str) -> str:
    """A commune's name without its type word, in comparable form: `Xã Mỹ Hoà Hưng` → `mỹ hòa hưng`."""
    return _split(plain(text))[1]


def type_of(text: str) -> str:
    """The type that a name is written with, empty where it has none: `P. Cẩm Thành` → `phường`."""
    return _split(plain(text))[0]


def _split(normal: str) -> tuple[str, str]:
    name = without_agency(normal)
    found = _TYPE.match(name)
    return (TYPE_WORDS[found["word"] or found["short"]], name[found.end() :]) if found else ("", name)


def without_agency(normal: str) -> str:
    """A name in `plain` form without the agency before it, and without spaces around hyphens."""
    found = _AGENCY.match(normal)
    return _HYPHENS.sub("-", normal[found.end() :] if found else normal)


def spellings(text: str) -> set[str]:
    """What a name may be once numbering and marks are taken off, in `plain` form, the text as it stands among them.

    More than one may be a name: `Long Phú (1)` is Long Phú with a footnote, or Long Phú 1.
    """
    found = {plain(text)}
    marked = plain(_RAISED_DIGITS.sub(lambda match: f" ({_digits(match.group())})", text))
    while (shorter := _TRAILING_MARKS.sub("", marked)) != marked:
        marked = shorter
    if footnote := _FOOTNOTE.search(marked):
        found.update((marked[: footnote.start()], f"{marked[: footnote.start()]} {footnote.group(1)}"))
    else:
        found.add(marked)
    for name in list(found):
        if numbering := _NUMBERING.match(name):
            found.add(name[numbering.end() :])
            # `1. Bảo Lộc` may be row 1, or ward 1 of Bảo Lộc.
            found.add(" ".join((*re.findall(r"\w+", numbering.group()), name[numbering.end() :])))
    return found


def _digits(raised: str) -> str:
    return plain(raised)


def glued_code(text: str) -> tuple[str, str]:
    """(code, name) of `00004 - Phường Ba Đình` or `Phường Ba Đình (00004)`; ("", text) where no code is glued on."""
    normal = plain(text)
    if first := _CODE_FIRST.fullmatch(normal):
        return first.group(1), first.group(2)
    if last := _CODE_LAST.fullmatch(normal):
        return last.group(2), last.group(1)
    return "", text


def endings(text: str) -> Iterator[tuple[str, str]]:
    """(name, what stands behind it) of `Xã Bố Hạ - Bắc Ninh` or `Xã Bố Hạ (tỉnh Bắc Ninh)`, longest endings first."""
    normal = plain(text)
    for found in _BEFORE_ENDING.finditer(normal):
        yield normal[: found.start()], normal[found.end() :].strip(" ().")
