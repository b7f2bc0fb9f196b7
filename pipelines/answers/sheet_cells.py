"""The cells of one sheet's XML: finding them, putting in those that are missing, changing their format."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.answers.listed import position
from pipelines.answers.package import CannotBeMarked, Element, namespace
from pipelines.form.layout import cell_name

# Where `legacyDrawing` stands in a worksheet: after the last of these that it has (ECMA-376, 18.3.1.99).
_BEFORE_LEGACY_DRAWING = frozenset(
    {
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
        *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
        *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks"),
        *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties"),
        *("cellWatches", "ignoredErrors", "smartTags", "drawing"),
    }
)


class SheetXml:
    """One worksheet. Rows and cells without a place of their own are given theirs when a cell must be put in."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.namespace = namespace(root)
        data = root.find(self.tag("sheetData"))
        if data is None:
            raise CannotBeMarked("a sheet has no sheetData")
        self._data = data
        self._rows: dict[int, Element] = {}
        number = 0
        for row in data.iterchildren(self.tag("row")):
            number = int(row.get("r", number + 1))
            self._rows[number] = row

    def tag(self, name: str) -> str:
        """A name in the sheet's namespace."""
        return f"{{{self.namespace}}}{name}"

    def cell(self, place: str) -> Element:
        """The cell at `F17`; put in, with the format of its row or column, where there is none."""
        row_number, column = position(place)
        row = self._rows.get(row_number)
        if row is None:
            row = self._new_row(row_number)
        later = sum(1 for _ in row.iterchildren(self.tag("c")))
        for index, (cell, found) in enumerate(self._cells(row)):
            if found == column:
                return cell
            if found > column:
                later = index
                break
        for cell, found in self._cells(row):
            cell.set("r", cell_name(row_number - 1, found - 1))
        created = row.makeelement(self.tag("c"), attrib={"r": place})
        if style := self._inherited(row, column):
            created.set("s", style)
        row.insert(later, created)
        row.attrib.pop("spans", "")
        return created

    def styled_cells(self) -> Iterator[tuple[str, Element]]:
        """(place, cell) of every cell with a format."""
        for number, row in self._rows.items():
            for cell, column in self._cells(row):
                if cell.get("s"):
                    yield cell_name(number - 1, column - 1), cell

    def views(self) -> list[Element]:
        """How the sheet is shown, one per window."""
        return self.root.findall(f"{self.tag('sheetViews')}/{self.tag('sheetView')}")

    def set_legacy_drawing(self, relation_namespace: str, relation_id: str) -> None:
        """Names the drawing that holds the boxes of the comments."""
        place = max(index for index, child in enumerate(self.root) if _name(child) in _BEFORE_LEGACY_DRAWING)
        attributes = {f"{{{relation_namespace}}}id": relation_id}
        created = self.root.makeelement(self.tag("legacyDrawing"), attrib=attributes, nsmap={"r": relation_namespace})
        self.root.insert(place + 1, created)

    def _cells(self, row: Element) -> Iterator[tuple[Element, int]]:
        column = 0
        for cell in row.iterchildren(self.tag("c")):
            place = cell.get("r")
            column = position(place)[1] if place else column + 1
            yield cell, column

    def _new_row(self, number: int) -> Element:
        for known, row in self._rows.items():
            row.set("r", str(known))
        created = self._data.makeelement(self.tag("row"), attrib={"r": str(number)})
        later = [known for known in self._rows if known > number]
        if later:
            self._rows[min(later)].addprevious(created)
        else:
            self._data.append(created)
        self._rows[number] = created
        return created

    def _inherited(self, row: Element, column: int) -> str:
        if row.get("customFormat") in ("1", "true"):
            return row.get("s", "")
        for item in self.root.iterfind(f"{self.tag('cols')}/{self.tag('col')}"):
            if int(item.get("min", 0)) <= column <= int(item.get("max", 0)):
                return item.get("style", "")
        return ""


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
