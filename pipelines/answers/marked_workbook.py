"""The sender's own workbook with what must be put right: cells coloured and commented, the list as its first sheet.

Everything else in it stays as it was: values, formulas, formats, pictures, macros, hidden marks. What an earlier answer
has added is taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.answers.cell_notes import SheetNotes
from pipelines.answers.cell_styles import EMPTY_STYLES, CellStyles
from pipelines.answers.fault_sheet import cell_text, coloured_cells, fault_sheet
from pipelines.answers.listed import ListedFault, by_cause, in_reading_order, place_of, printable
from pipelines.answers.package import CannotBeMarked, Element, Package, namespace
from pipelines.answers.sheet_cells import SheetXml
from pipelines.form.layout import ANSWER_SHEET, is_answer_sheet

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# More boxes than that make a workbook slow; the cells are coloured and listed all the same.
MOST_NOTES = 1000
_LONGEST_NOTE = 2000
_SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*(?:"(?:1|true)"|\'(?:1|true)\')')
_FIRST_CELL = "A1"


def marked_workbook(data: bytes, faults: Sequence[ListedFault], heading: Sequence[str] = ()) -> bytes:
    """The marked workbook. Raises CannotBeMarked where the parts are not those of a workbook that Excel would open."""
    try:
        workbook = _Workbook(Package(data))
        workbook.remove_answer()
        workbook.mark(in_reading_order(by_cause(faults)), heading)
        return workbook.package.data()
    except (IndexError, ValueError) as error:
        raise CannotBeMarked(f"a part holds what no workbook should: {error}") from error


@dataclass(slots=True)
class _Sheet:
    name: str
    entry: Element
    part: str
    relation: str


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.edited(package.workbook)
        self.namespace = namespace(self.root)
        sheets = self.root.find(self._tag("sheets"))
        if sheets is None:
            raise CannotBeMarked("the workbook has no sheets")
        self._entries = sheets
        self._relation = f"{{{package.relation_namespace}}}id"
        self._styles: CellStyles | None = None
        self._sheet_xml: dict[str, SheetXml] = {}

    @property
    def styles(self) -> CellStyles:
        """The formats, read when the first one is needed."""
        if self._styles is None:
            relations = self.package.relations(self.package.workbook)
            part = next((item.target for item in relations if item.kind == "styles"), "")
            if not part:
                part = self.package.free_name("xl/styles{}.xml")
                self.package.put(part, EMPTY_STYLES)
                self.package.set_type(part, _STYLES_TYPE)
                self.package.relate(self.package.workbook, "styles", part)
            self._styles = CellStyles(self.package.edited(part))
        return self._styles

    def sheets(self) -> list[_Sheet]:
        """The worksheets in their order; sheets of charts have other relations."""
        targets = {
            item.id: item.target
            for item in self.package.relations(self.package.workbook)
            if item.kind == "worksheet" and self.package.has(item.target)
        }
        return [
            _Sheet(entry.get("name", ""), entry, targets[entry.get(self._relation, "")], entry.get(self._relation, ""))
            for entry in self._entries
            if entry.get(self._relation, "") in targets
        ]

    def remove_answer(self) -> None:
        """Takes out the list, the colours and the comments of an earlier answer."""
        old = [sheet for sheet in self.sheets() if self._is_answer(sheet)]
        if not old:
            return
        texts = self._shared_strings()
        kept: dict[tuple[str, str], str] = {}
        for sheet in old:
            kept |= coloured_cells(self.package.root(sheet.part), texts)
            self._remove_sheet(sheet)
        for sheet in self.sheets():
            for cell, element in self._xml(sheet).styled_cells():
                style = int(element.get("s", "0"))
                if self.styles.is_marked(style):
                    self.package.edited(sheet.part)
                    element.set("s", str(self.styles.restored(style, kept.get((sheet.name, cell), ""))))
            SheetNotes(self.package, sheet.part, self.namespace).remove_ours()

    def mark(self, faults: Sequence[ListedFault], heading: Sequence[str]) -> None:
        """Colours, comments and lists the faults; a value that waits for another cell is only coloured."""
        by_sheet: dict[str, dict[str, list[ListedFault]]] = {}
        colours: dict[str, dict[str, str]] = {}
        sheets = {sheet.name: sheet for sheet in self.sheets()}
        for fault in faults:
            for place in (fault.place, *fault.waiting):
                name, cell = place_of(place)
                if name in sheets:
                    colours.setdefault(name, {}).setdefault(cell or _FIRST_CELL, fault.severity)
                    found = by_sheet.setdefault(name, {})
                    if place == fault.place:
                        found.setdefault(cell or _FIRST_CELL, []).append(fault)
        coloured: dict[tuple[str, str], str] = {}
        for name, notes in by_sheet.items():
            xml = self._xml(sheets[name])
            self.package.edited(sheets[name].part)
            for cell, severity in colours[name].items():
                element = xml.cell(cell)
                style = int(element.get("s", "0"))
                coloured[name, cell] = self.styles.fill_note(style)
                element.set("s", str(self.styles.marked(style, severity)))
            noted = {cell: _note(found) for cell, found in list(notes.items())[:MOST_NOTES]}
            relation = SheetNotes(self.package, sheets[name].part, self.namespace).add(noted)
            if relation:
                xml.set_legacy_drawing(self.package.relation_namespace, relation)
        self._deselect()
        self._insert_list(fault_sheet(faults, coloured, heading, self.styles.list_styles(), self.namespace))

    def _insert_list(self, content: bytes) -> None:
        part = self.package.free_name("xl/worksheets/answer{}.xml")
        self.package.put(part, content)
        self.package.set_type(part, _SHEET_TYPE)
        relation = self.package.relate(self.package.workbook, "worksheet", part)
        taken = {entry.get("name", "").casefold() for entry in self._entries}
        name, number = ANSWER_SHEET, 2
        while name.casefold() in taken:
            name, number = f"{ANSWER_SHEET} ({number})", number + 1
        newest = max((int(entry.get("sheetId", "0")) for entry in self._entries), default=0)
        attributes = {"name": name, "sheetId": str(newest + 1), self._relation: relation}
        self._entries.insert(0, self._entries.makeelement(self._tag("sheet"), attrib=attributes))
        self._shift_names(0, 1)
        for view in self.root.iterfind(f"{self._tag('bookViews')}/{self._tag('workbookView')}"):
            for attribute in ("activeTab", "firstSheet"):
                view.attrib.pop(attribute, "")

    def _remove_sheet(self, sheet: _Sheet) -> None:
        index = list(self._entries).index(sheet.entry)
        self._entries.remove(sheet.entry)
        self.package.unrelate(self.package.workbook, sheet.relation)
        self.package.drop(sheet.part)
        self._shift_names(index, -1)

    def _shift_names(self, index: int, step: int) -> None:
        """Names that belong to one sheet count the sheets; those of a sheet that goes, go with it."""
        for name in list(self.root.iterfind(f"{self._tag('definedNames')}/{self._tag('definedName')}")):
            number = name.get("localSheetId")
            if number is None or int(number) < index:
                continue
            names = name.getparent()
            if step < 0 and int(number) == index and names is not None:
                names.remove(name)
                if not len(names):
                    self.root.remove(names)
            else:
                name.set("localSheetId", str(int(number) + step))

    def _deselect(self) -> None:
        """The list is the sheet that is shown; two selected sheets would be edited together."""
        for sheet in self.sheets():
            if sheet.part in self._sheet_xml:
                for view in self._sheet_xml[sheet.part].views():
                    if view.get("tabSelected"):
                        self.package.edited(sheet.part)
                        view.attrib.pop("tabSelected")
                continue
            content = self.package.read(sheet.part)
            changed = _SELECTED.sub(rb"\1", content)
            if changed != content:
                self.package.put(sheet.part, changed)

    def _is_answer(self, sheet: _Sheet) -> bool:
        if not sheet.name.startswith(ANSWER_SHEET):
            return False
        root = self.package.root(sheet.part)
        texts = self._shared_strings()
        first = next(root.iter(f"{{{namespace(root)}}}c"), None)
        return first is not None and is_answer_sheet(sheet.name, cell_text(first, texts))

    def _shared_strings(self) -> list[str]:
        relations = self.package.relations(self.package.workbook)
        part = next((item.target for item in relations if item.kind == "sharedStrings"), "")
        if not part or not self.package.has(part):
            return []
        root = self.package.root(part)
        tag = f"{{{namespace(root)}}}t"
        return ["".join(text.text or "" for text in item.iter(tag)) for item in root]

    def _xml(self, sheet: _Sheet) -> SheetXml:
        if sheet.part not in self._sheet_xml:
            self._sheet_xml[sheet.part] = SheetXml(self.package.root(sheet.part))
        return self._sheet_xml[sheet.part]

    def _tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


def _note(faults: Sequence[ListedFault]) -> str:
    """Given, expected, fix of each fault of a cell."""
    texts = []
    for fault in faults:
        lines = [f"{fault.severity_word}: {fault.title}"]
        lines += [f"Đã ghi: {fault.given}"] if fault.given else []
        lines += [f"Yêu cầu: {fault.expected}", f"Vấn đề: {fault.message}", f"Cách sửa: {fault.fix}"]
        texts.append("\n".join(lines))
    return printable("\n\n".join(texts)[:_LONGEST_NOTE])
