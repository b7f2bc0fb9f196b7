"""Which commune a row is about: by official code, then by exact name inside the province, never by likeness."""

from __future__ import annotations

import datetime
import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

_TYPE_WORDS = re.compile(r"^(ubnd\s+)?(xã|phường|đặc khu|thị trấn|x\.|p\.|đk\.?|đ\.k\.)\s*(?=\S)")
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The commune found, or the rule that stands in the way with words that help."""

    unit_code: str = ""
    rule: str = ""
    expected: str = ""
    detail: str = ""


@lru_cache(maxsize=65536)
def bare_name(text: str) -> str:
    """A commune's name without its type word, in comparable form: `Xã Mỹ Hoà Hưng` → `mỹ hòa hưng`."""
    return _TYPE_WORDS.sub("", plain(text))


class UnitIndex:
    """The communes of one province on one day, by code and by name."""

    def __init__(self, reference: Reference, province_code: str, day: datetime.date) -> None:
        self._communes = reference.communes_on(day, province_code)
        self._everywhere = reference.communes_on(day)
        self._full: dict[str, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        for code, commune in self._communes.items():
            self._full.setdefault(plain(commune.commune_name), []).append(code)
            self._bare.setdefault(bare_name(commune.commune_name), []).append(code)

    def match(self, code_cell: CellValue, name_cell: CellValue) -> UnitMatch:
        """Finds the commune of a row. Rules: `unknown_unit`, `unit_of_other_province`, `unit_name_differs`.

        `unit_name_differs` comes with the unit that the code names: the code decides, the name is asked about.
        """
        code, name = _code(code_cell), str(name_cell).strip()
        if code in self._communes:
            return self._with_name_checked(code, name)
        if code in self._everywhere:
            return UnitMatch(rule="unit_of_other_province", detail=self._everywhere[code].commune_name)
        if code:
            return UnitMatch(rule="unknown_unit", detail=self._suggest(name))
        for index, key in ((self._full, plain(name)), (self._bare, bare_name(name))):
            codes = index.get(key, [])
            if len(codes) == 1:
                return UnitMatch(codes[0])
        return UnitMatch(rule="unknown_unit", detail=self._suggest(name))

    def name_of(self, unit_code: str) -> str:
        """The official name of a commune of this province."""
        return self._communes[unit_code].commune_name

    def _with_name_checked(self, code: str, name: str) -> UnitMatch:
        official = self._communes[code].commune_name
        same = not name or name == official or folded(bare_name(name)) == folded(bare_name(official))
        return UnitMatch(code) if same else UnitMatch(code, "unit_name_differs", expected=official)

    def _suggest(self, name: str) -> str:
        near = difflib.get_close_matches(bare_name(name), self._bare, n=_SUGGESTIONS, cutoff=0.6)
        codes = [code for key in near for code in self._bare[key]]
        return "; ".join(f"{code} {self.name_of(code)}" for code in codes[:_SUGGESTIONS])


def _code(cell: CellValue) -> str:
    """A commune code as text of five digits; spreadsheets drop leading zeros and make numbers of codes."""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = str(cell).strip().lstrip("'")
    return text.zfill(5) if text.isdigit() else text
