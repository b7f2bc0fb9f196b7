"""Text whose looks say what its letters do not: raised or lowered beside a number, or struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple


class Mark(NamedTuple):
    """How a stretch of text looks."""

    struck: bool = False
    raised: bool = False


class Piece(NamedTuple):
    """A stretch of text that looks the same all through."""

    text: str
    mark: Mark = Mark()


_FOOTNOTE_MARK = re.compile(r"(?:[^\W_]|\*){1,3}")
_LINE = re.compile(r"[^\s](?:[^\n\t]*[^\s])?")
_LETTER = re.compile(r"[^\W\d_]")


def written(pieces: Iterable[Piece]) -> str:
    """The text of one cell or paragraph, such that nothing raised or struck out can pass for part of a number.

    A footnote mark (`501` with a raised `1`) is left out, other raised or lowered text stands apart. Whether struck
    text still counts only its sender knows, so `40` becomes `~~40~~`: no number, and the gate asks.
    """
    shown = [piece for piece in pieces if piece.text]
    # A mark needs something that it marks: where all is raised, it may be the value itself.
    marks_something = any(piece.text.strip() and not piece.mark.raised for piece in shown)
    texts = []
    for struck, stretch in groupby(shown, lambda piece: piece.mark.struck):
        text = _apart(stretch, marks_something)
        texts.append(_LINE.sub(r"~~\g<0>~~", text) if struck else text)
    return "".join(texts)


def _apart(pieces: Iterable[Piece], marks_something: bool) -> str:
    looks = groupby(pieces, lambda piece: piece.mark.raised)
    stretches = [(raised, "".join(piece.text for piece in stretch)) for raised, stretch in looks]
    texts = []
    for number, (raised, text) in enumerate(stretches):
        if raised and text.strip():
            before = stretches[number - 1][1] if number else ""
            after = stretches[number + 1][1] if number + 1 < len(stretches) else ""
            is_between_digits = before.rstrip()[-1:].isdigit() and after.lstrip()[:1].isdigit()
            text = _raised(text, may_be_mark=marks_something and not is_between_digits)
        texts.append(text)
    return "".join(texts)


def _raised(text: str, may_be_mark: bool) -> str:
    """A space in place of a mark: what stands before and after it are two texts.

    Digits alone would join a number as its thousands even behind a space, so they are set between `^`; so is a mark
    between digits, which without it would be one number.
    """
    text = text.strip()
    if may_be_mark and _FOOTNOTE_MARK.fullmatch(text):
        return " "
    return f" {text} " if _LETTER.search(text) and not _FOOTNOTE_MARK.fullmatch(text) else f" ^{text}^ "
