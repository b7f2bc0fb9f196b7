"""What Word writes elsewhere than in the text: fonts of styles, and the numbers of numbered paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.readers.xlsx_styles import is_legacy_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_COUNTED = 399
_LEVEL = re.compile(r"%([1-9])")


def tag(element: _Element) -> str:
    """Name of an element without its namespace: Word's two namespaces hold the same names. Comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child with this name; None below None, so that a path can be followed without questions."""
    return next((part for part in element if tag(part) == name), None) if element is not None else None


class WordFonts:
    """Fonts from before Unicode: of a run, else of its paragraph's style, else of the document."""

    def __init__(self, body: _Element | None, styles: _Element | None) -> None:
        self._of_style: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._default_style = self._default_font = ""
        for style in styles if styles is not None else ():
            if tag(style) == "style":
                self._add(style)
            elif tag(style) == "docDefaults":
                self._default_font = _font(child(child(style, "rPrDefault"), "rPr"))
        fonts = [self._default_font, *self._of_style.values()]
        if body is not None:
            fonts += [_font_name(part) for part in body.iter("{*}rFonts")]
        self._has_any = any(map(is_legacy_font, fonts))

    def _add(self, style: _Element) -> None:
        name, base = attribute(style, "styleId") or "", child(style, "basedOn")
        self._of_style[name] = _font(child(style, "rPr"))
        if base is not None:
            self._based_on[name] = attribute(base, "val") or ""
        if attribute(style, "default") in ("1", "true") and attribute(style, "type") == "paragraph":
            self._default_style = name

    def legacy_font(self, paragraph: _Element) -> str:
        """The font of the first words of a paragraph, if it is one from before Unicode."""
        if not self._has_any:
            return ""
        runs = (run for run in paragraph.iter("{*}r") if any((text.text or "").strip() for text in run.iter("{*}t")))
        run = next(runs, None)
        style = child(child(paragraph, "pPr"), "pStyle")
        font = _font(child(run, "rPr")) or self._font_of(attribute(style, "val") if style is not None else None)
        return font if is_legacy_font(font) else ""

    def _font_of(self, style: str | None) -> str:
        name, seen = style or self._default_style, set()
        while name and name not in seen:
            if font := self._of_style.get(name):
                return font
            seen.add(name)
            name = self._based_on.get(name, "")
        return self._default_font


def _font(properties: _Element | None) -> str:
    fonts = child(properties, "rFonts")
    return _font_name(fonts) if fonts is not None else ""


def _font_name(fonts: _Element) -> str:
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""


class WordNumbers:
    """Counts numbered paragraphs as Word does: many number the rows of a table so, and the text holds no number."""

    def __init__(self, numbering: _Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for part in numbering if numbering is not None else ():
            if tag(part) == "abstractNum":
                levels = [level for level in part if tag(level) == "lvl"]
                self._levels[attribute(part, "abstractNumId") or ""] = {
                    int(attribute(level, "ilvl") or 0): _level(level) for level in levels
                }
            elif tag(part) == "num":
                target = child(part, "abstractNumId")
                self._abstract[attribute(part, "numId") or ""] = (
                    "" if target is None else attribute(target, "val") or ""
                )

    def next_label(self, paragraph: _Element) -> str:
        """`3.` for the third paragraph of its list, `""` for one without a number or with a bullet."""
        numbered = child(child(paragraph, "pPr"), "numPr")
        list_id, level_of = child(numbered, "numId"), child(numbered, "ilvl")
        if list_id is None:
            return ""
        abstract = self._abstract.get(attribute(list_id, "val") or "", "")
        level = int(attribute(level_of, "val") or 0) if level_of is not None else 0
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][0] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level][1] in ("bullet", "none"):
            return ""
        return _LEVEL.sub(lambda found: _shown(int(found[1]) - 1, counts, levels), levels[level][2])


def _level(level: _Element) -> tuple[int, str, str]:
    """(first number, kind of number, text around it)."""
    kind, text, start = (child(level, name) for name in ("numFmt", "lvlText", "start"))
    return (
        int(attribute(start, "val") or 1) if start is not None else 1,
        attribute(kind, "val") or "" if kind is not None else "decimal",
        attribute(text, "val") or "" if text is not None else "",
    )


def _shown(level: int, counts: dict[int, int], levels: dict[int, tuple[int, str, str]]) -> str:
    start, kind, _ = levels.get(level, (1, "decimal", ""))
    number = counts.get(level, start)
    if kind.endswith("Letter") and 1 <= number <= 26:
        letter = chr(64 + number)
        return letter if kind.startswith("upper") else letter.lower()
    if kind.endswith("Roman") and 1 <= number <= _MOST_COUNTED:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text if kind.startswith("upper") else text.lower()
    return str(number)
