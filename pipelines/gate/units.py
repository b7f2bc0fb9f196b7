"""Which commune a row is about: by code, by exact name inside the province, by unaccented name if one has it.

Likeness never decides, it only suggests.
"""

from __future__ import annotations

import datetime
import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

TYPE_WORDS = {
    "xã": "xã",
    "x.": "xã",
    "phường": "phường",
    "p.": "phường",
    "đặc khu": "đặc khu",
    "đk": "đặc khu",
    "đk.": "đặc khu",
    "đ.k.": "đặc khu",
    "thị trấn": "thị trấn",
}
_TYPE_WORDS = re.compile(r"(ubnd\s+)?(?P<type>(xã|phường|đặc khu|thị trấn|đk)(?=\s)|x\.|p\.|đk\.|đ\.k\.)\s*(?=\S)")
_SUGGESTIONS = 3
_MOST_SUGGESTED = 500
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The commune found, or the rule that stands in the way with words that help."""

    unit_code: str = ""
    rule: str = ""
    expected: str = ""
    detail: str = ""


@lru_cache(maxsize=16384)
def bare_name(text: str) -> str:
    """A commune's name without its type word, in comparable form: `Xã Mỹ Hoà Hưng` → `mỹ hòa hưng`."""
    found = _TYPE_WORDS.match(normal := plain(text))
    return normal[found.end() :] if found else normal


class UnitIndex:
    """The communes of one province on one day, by code and by name."""

    def __init__(self, reference: Reference, province_code: str, day: datetime.date) -> None:
        self._provinces = reference.provinces_on(day)
        self._province_name = self._provinces[province_code].province_name
        self._communes = reference.communes_on(day, province_code)
        self._everywhere = reference.communes_on(day)
        self._full: dict[str, str] = {}
        self._bare: dict[str, list[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._suggestions: dict[str, str] = {}
        for code, commune in self._communes.items():
            self._full[plain(commune.commune_name)] = code
            self._bare.setdefault(bare_name(commune.commune_name), []).append(code)
            for name in (commune.commune_name, bare_name(commune.commune_name)):
                self._folded.setdefault(folded(name), set()).add(code)

    def match(self, code_cell: CellValue, name_cell: CellValue) -> UnitMatch:
        """Finds the commune of a row. Rules: `unknown_unit`, `unit_of_other_province`, `unit_name_differs`.

        `unit_name_differs` comes with the unit that the code names: the code decides, the name is asked about.
        """
        code, name = _code(code_cell), str(name_cell).strip()
        if code in self._communes:
            return self._with_name_checked(code, name)
        if code in self._everywhere:
            home = self._provinces[self._everywhere[code].province_code].province_name
            return UnitMatch(rule="unit_of_other_province", expected=self._province_name, detail=home)
        found = "" if code else self._by_name(name)
        return UnitMatch(found) if found else UnitMatch(rule="unknown_unit", detail=self._suggest(name))

    def name_of(self, unit_code: str) -> str:
        """The official name of a commune of this province."""
        return self._communes[unit_code].commune_name

    def _by_name(self, name: str) -> str:
        """By the full name, by the bare one if no other type word was given, or unaccented if that is one commune's."""
        full, bare = plain(name), bare_name(name)
        if full in self._full:
            return self._full[full]
        if full.isascii():
            codes = self._folded.get(folded(full), set())
            return next(iter(codes)) if len(codes) == 1 else ""
        named = self._bare.get(bare, [])
        return named[0] if len(named) == 1 and self._fits_type(full, named[0]) else ""

    def _fits_type(self, full: str, code: str) -> bool:
        found = _TYPE_WORDS.match(full)
        return found is None or TYPE_WORDS[found.group("type")] == self._communes[code].unit_type

    def _with_name_checked(self, code: str, name: str) -> UnitMatch:
        """Diacritics may be missing or misplaced, unless that makes it the name of a neighbour."""
        official, bare = self.name_of(code), bare_name(name)
        if bare in ("", bare_name(official)):
            return UnitMatch(code)
        spellings = {folded(official), folded(bare_name(official))}
        if not spellings.isdisjoint((folded(name), folded(bare))) and bare not in self._bare:
            return UnitMatch(code)
        return UnitMatch(code, "unit_name_differs", expected=official)

    def _suggest(self, name: str) -> str:
        """Names alike, for a person to choose from. A sheet of nothing but strange names gets no more of them."""
        bare = bare_name(name)
        if bare not in self._suggestions and len(self._suggestions) < _MOST_SUGGESTED:
            near = difflib.get_close_matches(bare[:_LONGEST_NAME], self._bare, n=_SUGGESTIONS, cutoff=0.6)
            codes = [code for key in near for code in self._bare[key]][:_SUGGESTIONS]
            named = "; ".join(f"{code} {self.name_of(code)}" for code in codes)
            self._suggestions[bare] = f"Có phải: {named}?" if named else ""
        return self._suggestions.get(bare, "")


def _code(cell: CellValue) -> str:
    """A commune code as text of five digits; spreadsheets drop leading zeros and make numbers of codes."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().lstrip("'")
    return text.zfill(5) if text.isdigit() else text
