"""Cell formats of a workbook: the same format with another fill, and back; formats of the list of what to put right."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from pipelines.answers.package import CannotBeMarked, Element, namespace, parsed

# Nobody else's: by these the colours are known again when the workbook comes back.
FILLS = {"file": "FFF7B5AD", "critical": "FFF7B5AD", "warning": "FFFDE9A8"}
_HEAD_FILL = "FFE3ECF3"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_SMALLEST: Mapping[str, str] = {
    "fonts": '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
    "fills": '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    "borders": '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    "cellStyleXfs": '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    "cellXfs": '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
}
_BOX = (
    "<border>"
    + "".join(f'<{side} style="thin"><color rgb="FFB8C2CA"/></{side}>' for side in ("left", "right", "top", "bottom"))
    + "<diagonal/></border>"
)
EMPTY_STYLES = f'<styleSheet xmlns="{_MAIN}"/>'.encode()


class CellStyles:
    """The style sheet of a workbook, parsed. Raises CannotBeMarked where a cell has a format that it does not hold."""

    def __init__(self, root: Element) -> None:
        self._namespace = namespace(root)
        self._lists = {tag: self._list(root, tag) for tag in _ORDER[1:]}
        self._known: dict[str, dict[str, int]] = {}
        self._marked: dict[tuple[int, str], int] = {}

    def marked(self, style: int, severity: str) -> int:
        """The same format on the colour of a severity."""
        key = (style, FILLS[severity])
        if key not in self._marked:
            self._marked[key] = self._with_fill(style, self._solid(FILLS[severity]), "1")
        return self._marked[key]

    def is_marked(self, style: int) -> bool:
        """Whether a format has one of our colours."""
        colours = {item.get("rgb") for item in self._fill(style).iter(f"{{{self._namespace}}}fgColor")}
        return not colours.isdisjoint(FILLS.values())

    def fill_note(self, style: int) -> str:
        """What must be known to give a format its fill back: `1 <fill>…</fill>`; empty for no fill of its own."""
        xf, fill = self._xf(style), self._fill(style)
        if xf.get("fillId", "0") == "0":
            return ""
        return f"{xf.get('applyFill', '')} {etree.tostring(fill, encoding='unicode', with_tail=False)}"

    def restored(self, style: int, note: str) -> int:
        """The format with the fill that `fill_note` described, or with none where it can't be known."""
        applied, _, text = note.partition(" ")
        try:
            fill = parsed(text.encode()) if text else None
        except CannotBeMarked:
            fill = None
        if fill is None or fill.tag != f"{{{self._namespace}}}fill":
            return self._with_fill(style, 0, "")
        return self._with_fill(style, self._add("fills", fill), applied if applied in ("0", "1") else "")

    def list_styles(self) -> dict[str, int]:
        """Formats of the list: `title`, `note`, `head`, `text`, `link`, and one per severity."""
        fonts = {
            "plain": self._font(""),
            "bold": self._font("<b/>"),
            "title": self._font("<b/>", size=14),
            "link": self._font("<u/>", colour="FF1B4F72"),
        }
        box = self._add("borders", self._own(_BOX))
        head = self._solid(_HEAD_FILL)
        styles = {
            "title": self._format(fonts["title"], 0, 0, is_wrapped=False),
            "note": self._format(fonts["plain"], 0, 0, is_wrapped=False),
            "head": self._format(fonts["bold"], head, box),
            "text": self._format(fonts["plain"], 0, box),
            "link": self._format(fonts["link"], 0, box),
        }
        return styles | {word: self._format(fonts["plain"], self._solid(rgb), box) for word, rgb in FILLS.items()}

    def _xf(self, style: int) -> Element:
        formats = self._lists["cellXfs"]
        if not 0 <= style < len(formats):
            raise CannotBeMarked(f"there is no cell format {style}")
        return formats[style]

    def _fill(self, style: int) -> Element:
        number = int(self._xf(style).get("fillId", "0"))
        fills = self._lists["fills"]
        return fills[number] if number < len(fills) else fills[0]

    def _with_fill(self, style: int, fill: int, applied: str) -> int:
        xf = deepcopy(self._xf(style))
        xf.set("fillId", str(fill))
        xf.attrib.pop("applyFill", "")
        if applied:
            xf.set("applyFill", applied)
        return self._add("cellXfs", xf)

    def _solid(self, rgb: str) -> int:
        text = (
            f'<fill><patternFill patternType="solid"><fgColor rgb="{rgb}"/><bgColor indexed="64"/></patternFill></fill>'
        )
        return self._add("fills", self._own(text))

    def _font(self, properties: str, size: int = 11, colour: str = "") -> int:
        ink = f'<color rgb="{colour}"/>' if colour else ""
        text = f'<font>{properties}<sz val="{size}"/>{ink}<name val="Times New Roman"/><family val="1"/></font>'
        return self._add("fonts", self._own(text))

    def _format(self, font: int, fill: int, border: int, is_wrapped: bool = True) -> int:
        wrap = ' wrapText="1"' if is_wrapped else ""
        text = (
            f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"{wrap}/></xf>'
        )
        return self._add("cellXfs", self._own(text))

    def _own(self, text: str) -> Element:
        return etree.fromstring(f'<x xmlns="{self._namespace}">{text}</x>'.encode())[0]

    def _add(self, tag: str, item: Element) -> int:
        """The number of an equal item of the list, or that of a new one at its end."""
        items = self._lists[tag]
        known = self._known.get(tag)
        if known is None:
            known = self._known[tag] = {}
            for number, other in enumerate(items):
                known.setdefault(_key(other), number)
        key = _key(item)
        if key not in known:
            item.tail = None
            items.append(item)
            items.set("count", str(len(items)))
            known[key] = len(items) - 1
        return known[key]

    def _list(self, root: Element, tag: str) -> Element:
        """A list of the style sheet; where there is none, the smallest that is valid, at its place."""
        found = root.find(f"{{{self._namespace}}}{tag}")
        if found is not None and len(found):
            return found
        if found is not None:
            root.remove(found)
        earlier = [f"{{{self._namespace}}}{name}" for name in _ORDER[: _ORDER.index(tag)]]
        place = sum(1 for child in root if child.tag in earlier)
        created = self._own(_SMALLEST[tag])
        root.insert(place, created)
        return created


def _key(item: Element) -> str:
    """The same for elements that mean the same, however their attributes are ordered."""
    inner = "".join(_key(child) for child in item)
    return f"<{item.tag} {sorted(item.attrib.items())}>{inner}</>"
