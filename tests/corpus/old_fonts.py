"""Text as it was typed for fonts from before Unicode: .VnTime (TCVN3) and VNI-Times."""

from __future__ import annotations

import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
# Each vowel with its five tones in the order above.
_TCVN3 = {
    "a": "µ¶·¸¹",
    "ă": "»¼½¾Æ",
    "â": "ÇÈÉÊË",
    "e": "ÌÎÏÐÑ",
    "ê": "ÒÓÔÕÖ",
    "i": "×ØÜÝÞ",
    "o": "ßáâãä",
    "ô": "åæçèé",
    "ơ": "êëìíî",
    "u": "ïñòóô",
    "ư": "õö÷øù",
    "y": "úûüýþ",
}
_TCVN3_PLAIN = dict(zip("ăâêôơưđĂÂÊÔƠƯĐ", "¨©ª«¬\xad®¡¢£¤¥¦§", strict=True))
_VNI_TONES = dict(zip(_TONES, "øûõùï", strict=True))
_VNI_OVER = {"a": "âàåãáä", "ă": "êèúüéë", "e": "âàåãáä", "o": "âàåãáä"}
_VNI_WHOLE = dict(zip("ìỉĩíịỵđơưÌỈĨÍỊỴĐƠƯ", "ìæóíòîñôöÌÆÓÍÒÎÑÔÖ", strict=True))


def tcvn3(text: str) -> str:
    """The letters as a program without the font shows them. Capitals with a tone have no code of their own in TCVN3
    (they need the font .VnTimeH), so such a letter is written small."""
    written = ""
    for letter in unicodedata.normalize("NFC", text):
        base, tone = _parted(letter)
        if tone and base.lower() in _TCVN3:
            written += _TCVN3[base.lower()][_TONES.index(tone)]
        else:
            written += _TCVN3_PLAIN.get(base, base)
    return written


def vni(text: str) -> str:
    """The letters as a program without the font shows them: most signs are a second letter after the vowel."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    if letter in _VNI_WHOLE:
        return _VNI_WHOLE[letter]
    base, tone = _parted(letter)
    small = base.lower()
    if small in ("ơ", "ư"):
        sign = _VNI_TONES.get(tone, "")
        written = _VNI_WHOLE[base]
    elif small in ("ă", "â", "ê", "ô"):
        over = _VNI_OVER["ă" if small == "ă" else "a"]
        sign = over[" \u0300\u0309\u0303\u0301\u0323".index(tone or " ")]
        written = unicodedata.normalize("NFD", base)[0]
    else:
        sign = _VNI_TONES.get(tone, "")
        written = base
    return written + (sign.upper() if base.isupper() else sign)


def _parted(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)), tone
