"""Writes Unicode text the way programs from before Unicode stored it: for tests and for the corpus."""

from __future__ import annotations

from pipelines.gate.legacy_text import TCVN3_SIGNS, VNI_SIGNS

_TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3_SIGNS.items()}
_TO_VNI = {letter: written for written, letter in reversed(VNI_SIGNS.items())}


def to_tcvn3(text: str) -> str:
    """As Windows shows it in a Latin font. TCVN3 has no capitals with tones: `.VnTimeH` shows small letters as such."""
    return "".join(_TO_TCVN3.get(letter) or _TO_TCVN3.get(letter.lower(), letter) for letter in text)


def to_vni(text: str) -> str:
    """As Windows shows it in a Latin font."""
    return "".join(_TO_VNI.get(letter, letter) for letter in text)
