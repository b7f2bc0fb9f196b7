"""Comments on cells: the comments part, and the legacy drawing that holds their boxes.

A comment of the sender's own stays: our text is put before it, and taken away again from what comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from pipelines.answers.listed import position
from pipelines.answers.package import CannotBeMarked, Element, Package, namespace, parsed

AUTHOR = "Tiến Độ"
NOTE_START = "[Tiến Độ] "
NOTE_END = "\n―――\n"
# A comment of Microsoft 365 with answers: Excel overwrites whatever stands in its old form.
_THREADED = "tc="
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# Shape numbers are dealt out in blocks: those of block 3 run from 3073 to 4095.
_BLOCK = 1024
_BLOCKS = re.compile(rb'(<o:idmap\b[^>]*\bdata=")([\d,]*)(")')
_SHAPE = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>\s*", re.DOTALL)
_SHAPE_PLACE = re.compile(rb"<x:(Row|Column)>\s*(\d+)\s*</x:\1>")
_DRAWING_START = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    'o:connecttype="rect"/></v:shapetype></xml>'
)
_BOX = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:240pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ROW_HEIGHT, _LINE_LENGTH = 15, 44


class SheetNotes:
    """The comments of one sheet. `part` is the sheet's."""

    def __init__(self, package: Package, part: str, sheet_namespace: str) -> None:
        self._package = package
        self._part = part
        relations = package.relations(part)
        self._comments_part = next((item.target for item in relations if item.kind == "comments"), "")
        if self._comments_part and package.has(self._comments_part):
            self._use(package.root(self._comments_part))
        else:
            self._start_anew(sheet_namespace)

    def remove_ours(self) -> None:
        """Takes our texts out; a comment that holds nothing else goes with its box, the last one with its parts."""
        if not any(self._text(comment).startswith(NOTE_START) for comment in self._list):
            return
        self._package.edited(self._comments_part)
        gone: set[tuple[int, int]] = set()
        for comment in list(self._list):
            text = self._text(comment)
            if not text.startswith(NOTE_START):
                continue
            end = text.find(NOTE_END)
            if end < 0 or not text[end + len(NOTE_END) :].strip():
                self._list.remove(comment)
                row, column = position(comment.get("ref", "A1").replace("$", ""))
                gone.add((row - 1, column - 1))
            else:
                self._cut(comment, end + len(NOTE_END))
        drawing = self._drawing_part()
        if gone and drawing:
            self._package.put(drawing, _without_boxes(self._package.read(drawing), gone))
        if not len(self._list):
            self._drop_part(self._comments_part)
            self._start_anew(self._namespace)
            if drawing and not _SHAPE.search(self._package.read(drawing)):
                self._drop_part(drawing)
                for element in self._legacy_drawings(self._package.edited(self._part)):
                    self._package.edited(self._part).remove(element)

    def add(self, notes: Mapping[str, str]) -> str:
        """Adds {cell: text}; gives the relation of a legacy drawing that the sheet must name now, or nothing."""
        known = {comment.get("ref", "").replace("$", ""): comment for comment in self._list}
        new: dict[str, str] = {}
        for cell, text in notes.items():
            if cell not in known:
                new[cell] = text
            elif not self._author_of(known[cell]).startswith(_THREADED):
                self._prepend(known[cell], text)
                self._package.edited(self._comments_part)
        if not new:
            return ""
        author = self._author()
        for cell, text in new.items():
            comment = self._list.makeelement(self._tag("comment"), attrib={"ref": cell, "authorId": str(author)})
            self._list.append(comment)
            self._prepend(comment, text)
        self._list[:] = sorted(self._list, key=lambda item: position(item.get("ref", "A1").replace("$", "")))
        self._keep()
        return self._draw(new)

    def _use(self, root: Element) -> None:
        self._root = root
        self._namespace = namespace(root)
        self._authors, self._list = self._child("authors"), self._child("commentList")

    def _start_anew(self, main_namespace: str) -> None:
        self._comments_part = ""
        self._use(parsed(f'<comments xmlns="{main_namespace}"><authors/><commentList/></comments>'.encode()))

    def _drop_part(self, part: str) -> None:
        for relation in self._package.relations(self._part):
            if relation.target == part:
                self._package.unrelate(self._part, relation.id)
        self._package.drop(part)

    def _keep(self) -> None:
        if self._comments_part:
            self._package.edited(self._comments_part)
        else:
            self._comments_part = self._package.free_name("xl/comments{}.xml")
            self._package.put(self._comments_part, self._root)
            self._package.set_type(self._comments_part, _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", self._comments_part)

    def _draw(self, notes: Mapping[str, str]) -> str:
        """Puts boxes into the sheet's drawing, or into a new one; gives the relation of a new one."""
        drawing, relation = self._drawing_part(), ""
        if drawing:
            content = self._package.read(drawing)
        else:
            content = _DRAWING_START.encode()
            drawing = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.set_ending("vml", _VML_TYPE)
            relation = self._package.relate(self._part, "vmlDrawing", drawing)
        self._package.put(drawing, _with_boxes(content, notes, self._first_free_block()))
        return relation

    def _drawing_part(self) -> str:
        """The drawing that the sheet's `legacyDrawing` names; its headers may have one too."""
        drawings = self._legacy_drawings(self._package.root(self._part))
        ids = {value for element in drawings for value in element.attrib.values()}
        return next((item.target for item in self._package.relations(self._part) if item.id in ids), "")

    def _legacy_drawings(self, sheet: Element) -> list[Element]:
        return [item for item in sheet if isinstance(item.tag, str) and item.tag.endswith("}legacyDrawing")]

    def _first_free_block(self) -> int:
        """Blocks are dealt out over the whole workbook."""
        blocks = [0]
        for name in self._package.names():
            if name.lower().endswith(".vml"):
                for match in _BLOCKS.finditer(self._package.read(name)):
                    blocks += [int(number) for number in match[2].split(b",") if number]
        return max(blocks) + 1

    def _author(self) -> int:
        names = [item.text or "" for item in self._authors]
        if AUTHOR not in names:
            created = self._authors.makeelement(self._tag("author"))
            created.text = AUTHOR
            self._authors.append(created)
            names.append(AUTHOR)
        return names.index(AUTHOR)

    def _author_of(self, comment: Element) -> str:
        number = int(comment.get("authorId", "0"))
        return (self._authors[number].text or "") if number < len(self._authors) else ""

    def _prepend(self, comment: Element, text: str) -> None:
        """Our text as the first run. A text without runs becomes one, so that both keep their own look."""
        holder = comment.find(self._tag("text"))
        if holder is None:
            holder = comment.makeelement(self._tag("text"))
            comment.insert(0, holder)
        plain = holder.find(self._tag("t"))
        if plain is not None:
            run = holder.makeelement(self._tag("r"))
            holder.replace(plain, run)
            run.append(plain)
        run = holder.makeelement(self._tag("r"))
        words = run.makeelement(self._tag("t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f"{NOTE_START}{text}" + (NOTE_END if len(holder) else "")
        run.append(words)
        holder.insert(0, run)

    def _text(self, comment: Element) -> str:
        return "".join(item.text or "" for item in self._texts(comment))

    def _texts(self, comment: Element) -> list[Element]:
        """The pieces of a comment's text; what tells how it is spoken is none of it."""
        holder = comment.find(self._tag("text"))
        if holder is None:
            return []
        return [*holder.iterfind(self._tag("t")), *holder.iterfind(f"{self._tag('r')}/{self._tag('t')}")]

    def _cut(self, comment: Element, length: int) -> None:
        for piece in self._texts(comment):
            text = piece.text or ""
            piece.text, length = text[length:], max(0, length - len(text))
            run = piece.getparent()
            holder = None if run is None else run.getparent()
            if not piece.text and run is not None and holder is not None and run.tag == self._tag("r"):
                holder.remove(run)

    def _child(self, name: str) -> Element:
        found = self._root.find(self._tag(name))
        if found is None:
            raise CannotBeMarked(f"{self._comments_part} has no {name}")
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _with_boxes(drawing: bytes, notes: Mapping[str, str], first_block: int) -> bytes:
    """Not parsed: what Excel writes here is often no well-formed XML."""
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise CannotBeMarked("a legacy drawing has no end")
    numbers = (number for block in count(first_block) for number in range(block * _BLOCK + 1, block * _BLOCK + _BLOCK))
    boxes = [_box(number, cell, text) for number, (cell, text) in zip(numbers, notes.items(), strict=False)]
    block_count = -(-len(boxes) // (_BLOCK - 1))
    blocks = ",".join(str(block) for block in range(first_block, first_block + block_count)).encode()
    drawing = drawing[:end] + "".join(boxes).encode() + drawing[end:]
    return _BLOCKS.sub(lambda match: match[1] + b",".join(filter(None, (match[2], blocks))) + match[3], drawing, 1)


def _box(number: int, cell: str, text: str) -> str:
    row, column = (item - 1 for item in position(cell))
    lines = sum(1 + len(line) // _LINE_LENGTH for line in text.splitlines()) + 1
    top = max(0, row - 1)
    return _BOX.format(
        id=number,
        height=lines * _ROW_HEIGHT,
        order=number % _BLOCK,
        left=column + 1,
        top=top,
        right=column + 4,
        bottom=top + lines,
        row=row,
        column=column,
    )


def _without_boxes(drawing: bytes, places: set[tuple[int, int]]) -> bytes:
    """The drawing without the boxes of comments at places counted from 0."""

    def keep(match: re.Match[bytes]) -> bytes:
        found = {name: int(number) for name, number in _SHAPE_PLACE.findall(match[0])}
        return b"" if (found.get(b"Row"), found.get(b"Column")) in places else match[0]

    return _SHAPE.sub(keep, drawing)
