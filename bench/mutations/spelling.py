"""Names written otherwise: the ways that change nothing, and the ways that may make them another's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_PAIRS = {
    **dict(zip(("òa", "óa", "ỏa", "õa", "ọa"), ("oà", "oá", "oả", "oã", "oạ"), strict=True)),
    **dict(zip(("òe", "óe", "ỏe", "õe", "ọe"), ("oè", "oé", "oẻ", "oẽ", "oẹ"), strict=True)),
    **dict(zip(("ùy", "úy", "ủy", "ũy", "ụy"), ("uỳ", "uý", "uỷ", "uỹ", "uỵ"), strict=True)),
}
_MARKED = (("ơ", "o"), ("ô", "o"), ("ă", "a"), ("â", "a"), ("đ", "d"), ("ư", "u"), ("ê", "e"))
_TYPE = re.compile(r"(xã|phường|đặc khu)\s+", re.IGNORECASE)
_SHORT = {"xã": "X.", "phường": "P.", "đặc khu": "ĐK"}


def _new_tones(text: str, _: Random) -> str:
    for old, new in _PAIRS.items():
        text = text.replace(old, new)
    return text


def _without_type(text: str, _: Random) -> str:
    return _TYPE.sub("", text, count=1)


def _short_type(text: str, _: Random) -> str:
    return _TYPE.sub(lambda found: f"{_SHORT[found[1].lower()]} ", text, count=1)


def _without_marks(text: str, _: Random) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _spaced(text: str, rng: Random) -> str:
    return rng.choice((f" {text}", f"{text} ", text.replace(" ", "  "), text.replace(" ", "\xa0"), text + "\u200b"))


def _other_letter(text: str, rng: Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(_LETTERS) + text[place + 1 :]


def _letter_more_or_less(text: str, rng: Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(("", text[place] + rng.choice(_LETTERS))) + text[place + 1 :]


def _other_tone(text: str, rng: Random) -> str:
    """A tone dropped, or another in its place."""
    letters = unicodedata.normalize("NFD", text)
    places = [place for place, letter in enumerate(letters) if letter in _TONES]
    if not places:
        return text
    place = rng.choice(places)
    return unicodedata.normalize("NFC", letters[:place] + rng.choice(("", *_TONES)) + letters[place + 1 :])


def _other_mark(text: str, rng: Random) -> str:
    """What a keyboard leaves out: o for ơ, d for đ."""
    letter, plain = rng.choice(_MARKED)
    return text.replace(letter, plain)


def _other_type(text: str, rng: Random) -> str:
    return _TYPE.sub(rng.choice(("Xã ", "Phường ", "Thị trấn ", "Đặc khu ")), text, count=1)


Spelling = Callable[[str, Random], str]
HARMLESS: Mapping[str, Spelling] = {
    "upper case": lambda text, _: text.upper(),
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "new tone placement": _new_tones,
    "without type word": _without_type,
    "short type word": _short_type,
    "without diacritics": _without_marks,
    "more spaces": _spaced,
}
RISKY: Mapping[str, Spelling] = {
    "other letter": _other_letter,
    "letter more or less": _letter_more_or_less,
    "other tone": _other_tone,
    "other mark": _other_mark,
    "other type word": _other_type,
}
