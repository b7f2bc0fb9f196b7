"""Fonts from before Unicode in a page: written on a cell, on something inside it, or in the class of either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.readers.xlsx_styles import is_legacy_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_FAMILY = r"""font-family\s*:\s*["']?([^;"',}]+)"""
_STYLE_FONT = re.compile(_FAMILY, re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
_CLASS = re.compile(r"(?:^|[\s,])(?:td|th|p|span|font)?\.([\w-]+)", re.IGNORECASE)
_EVERY_CELL = re.compile(r"(?:^|[\s,])(?:td|body|table)\s*(?:,|$)", re.IGNORECASE)


class PageFonts:
    """The old fonts among a page's styles; a page without one is asked no further."""

    def __init__(self, root: _Element) -> None:
        self._of_class: dict[str, str] = {}
        self._of_page = ""
        for style in root.iter("style"):
            for selector, body in _RULE.findall(style.text or ""):
                self._add(selector.strip(), body)
        self._has_any = bool(self._of_class or self._of_page) or any(
            font for element in root.iter("font", "td", "th", "p", "span") for font in _own_fonts(element)
        )

    def _add(self, selector: str, body: str) -> None:
        found = _STYLE_FONT.search(body)
        if found is None or not is_legacy_font(found[1]):
            return
        self._of_class.update(dict.fromkeys(_CLASS.findall(selector), found[1].strip()))
        if _EVERY_CELL.search(selector):
            self._of_page = found[1].strip()

    def legacy_font(self, cell: _Element) -> str:
        """The cell's font, if it is one from before Unicode."""
        if not self._has_any:
            return ""
        return next((font for element in cell.iter() for font in self._fonts(element)), self._of_page)

    def _fonts(self, element: _Element) -> Iterator[str]:
        yield from _own_fonts(element)
        for name in (element.get("class") or "").split():
            if name in self._of_class:
                yield self._of_class[name]


def _own_fonts(element: _Element) -> Iterator[str]:
    styled = _STYLE_FONT.search(element.get("style") or "")
    for name in (element.get("face") or "", styled[1] if styled else ""):
        if is_legacy_font(name):
            yield name.strip()
