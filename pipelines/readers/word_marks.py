"""Which runs of a Word document are raised, lowered or struck out: by themselves or by their styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.readers.marked_text import Mark
from pipelines.readers.word_styles import attribute, child, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off")
_RAISED = ("superscript", "subscript")


class WordMarks:
    """What a run says itself goes before its own style, and that before the style of its paragraph."""

    def __init__(self, styles: _Element | None) -> None:
        parts = [style for style in styles if tag(style) == "style"] if styles is not None else []
        self._styles = {attribute(style, "styleId") or "": style for style in parts}

    def of_run(self, run: _Element, paragraph: _Element) -> Mark:
        own = child(run, "rPr")
        sources = [own, *self._chain(child(own, "rStyle")), *self._chain(child(child(paragraph, "pPr"), "pStyle"))]
        struck = any(_value(sources, name) not in (None, *_OFF) for name in ("strike", "dstrike"))
        return Mark(struck, _value(sources, "vertAlign") in _RAISED)

    def _chain(self, named: _Element | None) -> list[_Element | None]:
        """The run properties of a style and of those it is based on."""
        found: list[_Element | None] = []
        seen: set[str] = set()
        while named is not None and (name := attribute(named, "val") or "") not in seen and name in self._styles:
            seen.add(name)
            found.append(child(self._styles[name], "rPr"))
            named = child(self._styles[name], "basedOn")
        return found


def _value(sources: list[_Element | None], name: str) -> str | None:
    """What the first that speaks of it says: a property without a value is on. None where none does."""
    said = next((part for source in sources if (part := child(source, name)) is not None), None)
    return None if said is None else attribute(said, "val") or "1"
