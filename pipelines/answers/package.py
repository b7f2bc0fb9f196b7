"""A workbook as the parts inside its zip: parts are read, changed and added one by one, all others stay as they are.

Loading and saving a workbook with a library loses what the library does not know: images, charts, macros, comments.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

Element = etree._Element
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_CONTENT_TYPES_PART = "[Content_Types].xml"
# Answers are written by the hundred; what level 9 would save is not worth the time.
_COMPRESSION_LEVEL = 4
# Parsed XML takes about ten times its size in memory; the sender of a larger workbook gets the list alone.
MOST_BYTES = 60_000_000


class CannotBeMarked(Exception):
    """The file is no workbook whose parts can be edited; its sender gets the list alone."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: `kind` is the last word of its type, `target` the path of the other part."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one workbook. Raises CannotBeMarked where they are not those of one."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._names = {info.filename.lower(): info.filename for info in self._archive.infolist()}
        except zipfile.BadZipFile as error:
            raise CannotBeMarked(str(error)) from error
        if sum(info.file_size for info in self._archive.infolist()) > MOST_BYTES:
            raise CannotBeMarked("the workbook is too large")
        self._changed: dict[str, bytes] = {}
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()
        self._dropped: set[str] = set()
        self.workbook = next(
            (item.target for item in self.relations("") if item.kind == "officeDocument"), "xl/workbook.xml"
        )
        self.is_strict = namespace(self.root(self.workbook)).startswith(_STRICT)
        self.relation_namespace = _STRICT_RELATIONS if self.is_strict else _TRANSITIONAL_RELATIONS

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        name = self._name(part)
        return name not in self._dropped and (name in self._changed or name in self._roots or name in self._stored())

    def names(self) -> list[str]:
        """The parts there are."""
        return [name for name in {**self._stored(), **self._changed, **self._roots} if name not in self._dropped]

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        name = self._name(part)
        if name in self._changed:
            return self._changed[name]
        try:
            return self._archive.read(name)
        except (KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise CannotBeMarked(f"{part}: {error}") from error

    def edited(self, part: str) -> Element:
        """The parsed part, to be changed: it is written back."""
        self._edited.add(self._name(part))
        return self.root(part)

    def root(self, part: str) -> Element:
        """The parsed part, to be looked at."""
        name = self._name(part)
        if name not in self._roots:
            self._roots[name] = parsed(self.read(name))
        return self._roots[name]

    def put(self, part: str, content: bytes | Element) -> None:
        """Adds or replaces a part."""
        name = self._name(part)
        self._dropped.discard(name)
        if isinstance(content, bytes):
            self._roots.pop(name, None)
            self._changed[name] = content
        else:
            self._roots[name] = content
            self._edited.add(name)

    def drop(self, part: str) -> None:
        """Removes a part, its relations and its content type."""
        for name in (self._name(part), self._name(_relations_part(part))):
            self._roots.pop(name, None)
            self._changed.pop(name, None)
            self._edited.discard(name)
            self._dropped.add(name)
        types = self.edited(_CONTENT_TYPES_PART)
        for override in types.findall(f"{{{_CONTENT_TYPES}}}Override"):
            if override.get("PartName", "").lower() == f"/{part}".lower():
                types.remove(override)

    def free_name(self, pattern: str) -> str:
        """The first of `pattern` with 1, 2, 3 … that no part has."""
        number = 1
        while self.has(pattern.format(number)) or self._name(pattern.format(number)) in self._dropped:
            number += 1
        return pattern.format(number)

    def set_type(self, part: str, content_type: str) -> None:
        """Declares what a part holds."""
        types = self.edited(_CONTENT_TYPES_PART)
        etree.SubElement(
            types, f"{{{_CONTENT_TYPES}}}Override", attrib={"PartName": f"/{part}", "ContentType": content_type}
        )

    def set_ending(self, ending: str, content_type: str) -> None:
        """Declares what parts with this ending hold, unless that is declared already."""
        types = self.edited(_CONTENT_TYPES_PART)
        known = {item.get("Extension", "").lower() for item in types.findall(f"{{{_CONTENT_TYPES}}}Default")}
        if ending not in known:
            attributes = {"Extension": ending, "ContentType": content_type}
            types.insert(0, types.makeelement(f"{{{_CONTENT_TYPES}}}Default", attrib=attributes))

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part to other parts of the package; those of the package itself for `""`."""
        name = _relations_part(part)
        if not self.has(name):
            return []
        folder = posixpath.dirname(part)
        return [
            Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], _target(item, folder))
            for item in self.root(name).iterfind(f"{{{_PACKAGE_RELATIONS}}}Relationship")
            if item.get("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Adds a relation; gives its id."""
        name = _relations_part(part)
        if not self.has(name):
            self.put(name, f'<Relationships xmlns="{_PACKAGE_RELATIONS}"/>'.encode())
        root = self.edited(name)
        taken = {item.get("Id") for item in root}
        number = len(root) + 1
        while f"rId{number}" in taken:
            number += 1
        attributes = {"Id": f"rId{number}", "Type": f"{self.relation_namespace}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_PACKAGE_RELATIONS}}}Relationship", attrib=attributes)
        return f"rId{number}"

    def unrelate(self, part: str, relation_id: str) -> None:
        """Removes a relation."""
        root = self.edited(_relations_part(part))
        for item in root.findall(f"{{{_PACKAGE_RELATIONS}}}Relationship"):
            if item.get("Id") == relation_id:
                root.remove(item)

    def data(self) -> bytes:
        """The workbook with its changes; parts keep their order, new ones come last."""
        changed = self._changed | {name: serialised(self._roots[name]) for name in sorted(self._edited)}
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL) as target:
            for info in self._archive.infolist():
                if info.filename in self._dropped or info is not self._stored()[info.filename]:
                    continue
                content = changed.pop(info.filename, None)
                target.writestr(_entry(info.filename), self.read(info.filename) if content is None else content)
            for name, content in changed.items():
                target.writestr(_entry(name), content)
        return written.getvalue()

    def _stored(self) -> dict[str, zipfile.ZipInfo]:
        return self._archive.NameToInfo

    def _name(self, part: str) -> str:
        """Names of parts don't differ by case; some programs write them differently in different places."""
        return self._names.setdefault(part.lower(), part)


def parsed(xml: bytes) -> Element:
    """XML without entities, external or its own. Raises CannotBeMarked."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise CannotBeMarked(str(error)) from error
    information: Any = root.getroottree().docinfo
    if information.internalDTD is not None:
        raise CannotBeMarked("a part declares a document type")
    return root


def serialised(root: Element) -> bytes:
    """A part as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def namespace(element: Element) -> str:
    """The namespace of an element, empty where it has none."""
    return etree.QName(element).namespace or ""


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(item: Element, folder: str) -> str:
    target = item.get("Target", "").replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _entry(name: str) -> zipfile.ZipInfo:
    """The same bytes for the same content: no time of writing."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
