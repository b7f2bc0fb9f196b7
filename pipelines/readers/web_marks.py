"""Which elements of a page are raised, lowered or struck out: by their name, their style or their class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.readers.marked_text import Mark

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRUCK_NAMES = frozenset({"s", "strike", "del"})
_RAISED_NAMES = frozenset({"sup", "sub"})
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]*)\}")
_CLASS = re.compile(r"(?:^|[\s,])[a-z]{0,6}\.([\w-]+)", re.IGNORECASE)


class PageMarks:
    """Excel writes a struck cell as a class of the page's style sheet."""

    def __init__(self, root: _Element) -> None:
        self._struck: set[str] = set()
        self._raised: set[str] = set()
        for style in root.iter("style"):
            for selector, body in _RULE.findall(style.text or ""):
                names = _CLASS.findall(selector.strip())
                self._struck.update(names if _STRUCK.search(body) else ())
                self._raised.update(names if _RAISED.search(body) else ())

    def inside(self, element: _Element, around: Mark) -> Mark:
        """How the text of an element looks: a line through what is around it goes through it too."""
        style, classes = element.get("style") or "", (element.get("class") or "").split()
        struck = element.tag in _STRUCK_NAMES or not self._struck.isdisjoint(classes) or bool(_STRUCK.search(style))
        raised = element.tag in _RAISED_NAMES or not self._raised.isdisjoint(classes) or bool(_RAISED.search(style))
        return Mark(around.struck or struck, around.raised or raised)
