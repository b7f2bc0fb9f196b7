"""Which commune a row is about: by code, by exact name inside the province, by unaccented name if one has it.

Likeness never decides, it only suggests; so do the names from before the reform.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.gate.provinces import ProvinceNames
from pipelines.gate.unit_spelling import bare_name, endings, glued_code, spellings, type_of, without_agency
from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

__all__ = ["UnitIndex", "UnitMatch", "bare_name"]

_SUGGESTIONS = 3
_MOST_SUGGESTED = 500
_LONGEST_NAME = 60
_LEAST_LIKENESS = 0.6
_CODE = re.compile(r"(\d{1,5})(?:\.0)?")


_OLD_NAME = "Đây là tên trước 01/07/2025."
_NOW_IN = "Có phải nay thuộc"
_IS_IT = "Có phải"
# The longer question first: it begins with the shorter one.
_ENGLISH = {_OLD_NAME: "This is a name from before 01/07/2025.", _NOW_IN: "Is it part of", _IS_IT: "Is it"}


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The commune found, or the rule that stands in the way with words that help."""

    unit_code: str = ""
    rule: str = ""
    expected: str = ""
    detail: str = ""

    @property
    def detail_en(self) -> str:
        """The same words for readers of English; names stay as they are."""
        text = self.detail
        for vietnamese, english in _ENGLISH.items():
            text = text.replace(vietnamese, english)
        return text


class UnitIndex:
    """The communes of one province on one day, by code and by name."""

    def __init__(self, reference: Reference, province_code: str, day: datetime.date) -> None:
        self._reference = reference
        self._province_code = province_code
        self._provinces = reference.provinces_on(day)
        self._province_name = self._provinces[province_code].province_name
        self._communes = reference.communes_on(day, province_code)
        self._everywhere = reference.communes_on(day)
        self._full: dict[str, str] = {}
        self._bare: dict[str, list[str]] = {}
        self._folded: dict[str, set[str]] = {}
        self._suggestions: dict[str, str] = {}
        self._matches: dict[tuple[type, CellValue, type, CellValue], UnitMatch] = {}
        self._pairs: dict[str, frozenset[str]] = {}
        self._province_names: ProvinceNames | None = None
        self._old_names: dict[str, list[tuple[str, tuple[str, ...]]]] | None = None
        for code, commune in self._communes.items():
            self._full[without_agency(plain(commune.commune_name))] = code
            self._bare.setdefault(bare_name(commune.commune_name), []).append(code)
            for name in (commune.commune_name, bare_name(commune.commune_name)):
                self._folded.setdefault(folded(name), set()).add(code)
        self._nearly_ascii = [name for name in self._bare if sum(not letter.isascii() for letter in name) <= 1]
        self._decided = {
            name: alias.unit_code
            for alias in reference.aliases
            if alias.unit_code in self._communes and (name := without_agency(plain(alias.alias))) not in self._full
        }

    def match(self, code_cell: CellValue, name_cell: CellValue) -> UnitMatch:
        """Finds the commune of a row.

        Rules: `unknown_unit`, `unit_of_other_province`, `unit_conflict`, `unit_name_differs`. The last one comes with
        the unit that the code names: the code decides, the name is asked about.
        """
        key = (type(code_cell), code_cell, type(name_cell), name_cell)
        if key not in self._matches:
            self._matches[key] = self._match(code_cell, name_cell)
        return self._matches[key]

    def _match(self, code_cell: CellValue, name_cell: CellValue) -> UnitMatch:
        code, name = _code(code_cell), str(name_cell).strip()
        if code in self._communes and bare_name(name) == bare_name(self.name_of(code)):
            return UnitMatch(code)
        glued, code_name = glued_code(code) if code and not code.isdigit() else ("", "")
        if glued:
            code, name = glued, name or code_name
        glued, rest = glued_code(name)
        if glued and code in ("", glued):
            code, name = glued, rest
        elif glued:
            return UnitMatch(rule="unknown_unit", detail=self._asked((code, glued)))
        if code in self._everywhere and code not in self._communes:
            return self._elsewhere(self._everywhere[code].province_code)
        name, province = self._province_apart(name)
        if province not in ("", self._province_code):
            return self._elsewhere(province)
        if code in self._communes:
            return self._with_name_checked(code, name)
        found = set() if code else self._by_name(name)
        if len(found) == 1:
            return UnitMatch(next(iter(found)))
        return UnitMatch(rule="unknown_unit", detail=self._asked(found) if found else self._suggest(name))

    def name_of(self, unit_code: str) -> str:
        """The official name of a commune of this province."""
        return self._communes[unit_code].commune_name

    def _elsewhere(self, province_code: str) -> UnitMatch:
        home = self._provinces[province_code].province_name
        return UnitMatch(rule="unit_of_other_province", expected=self._province_name, detail=home)

    def _province_apart(self, name: str) -> tuple[str, str]:
        """(name, code of the province behind it) of `Xã Bố Hạ, tỉnh Bắc Ninh`; a commune may have a province's name."""
        found = list(endings(name))
        if not found or self._by_name(name):
            return name, ""
        if self._province_names is None:
            self._province_names = ProvinceNames(self._reference)
        for shorter, ending in found:
            if (code := self._province_names.code_of(ending)) in self._provinces:
                return shorter, code
        return name, ""

    def _by_name(self, name: str) -> set[str]:
        """The communes that a text may name; more than one where numbering or a footnote leaves a doubt."""
        if exact := self._by_spelling(plain(name)):
            return {exact}
        return {code for spelling in spellings(name) if (code := self._by_spelling(spelling))}

    def _by_spelling(self, normal: str) -> str:
        """By the full name, by the bare one if no other type word was given, or unaccented if that is one commune's."""
        full = without_agency(normal)
        if code := self._full.get(full) or self._decided.get(full):
            return code
        bare = bare_name(full)
        if full.isascii():
            codes = self._folded.get(folded(full), set()) or self._folded.get(folded(bare), set())
            code = next(iter(codes)) if len(codes) == 1 else ""
            return code if code and self._fits_type(full, code) and not self._is_near_unaccented(bare, code) else ""
        named = self._bare.get(bare, [])
        return named[0] if len(named) == 1 and self._fits_type(full, named[0]) else ""

    def _fits_type(self, full: str, code: str) -> bool:
        written = type_of(full)
        return not written or written == self._communes[code].unit_type

    def _is_near_unaccented(self, bare: str, code: str) -> bool:
        """Whether an unaccented text is one letter away from another commune's name as that is written in full."""
        own = bare_name(self.name_of(code))
        return bare != own and any(name != own and _is_one_edit(bare, name) for name in self._nearly_ascii)

    def _with_name_checked(self, code: str, name: str) -> UnitMatch:
        """Diacritics may be missing or misplaced, unless that makes it the name of a neighbour.

        A code contradicts the very name of a neighbour, and the old name that it had before it was given anew.
        """
        official = self.name_of(code)
        if not name:
            return UnitMatch(code)
        bares = {bare_name(spelling) for spelling in spellings(name)}
        accented = {folded(official), folded(bare_name(official))}
        if bare_name(official) in bares:
            return UnitMatch(code)
        if bares.isdisjoint(self._bare) and any(folded(bare) in accented for bare in bares):
            return UnitMatch(code)
        if bare_name(name) not in self._bare and (old := self._by_old_name(name)):
            return UnitMatch(rule="unknown_unit", detail=old)
        if others := self._named_exactly(name):
            both = (f"{one} {self.name_of(one)}" for one in sorted(others))
            return UnitMatch(rule="unit_conflict", expected=f"{code} {official}", detail="; ".join(both))
        return UnitMatch(code, "unit_name_differs", expected=official)

    def _named_exactly(self, name: str) -> set[str]:
        """The communes whose present name a text is, with all its diacritics and no type word of another type."""
        exact: set[str] = set()
        for full in map(without_agency, spellings(name)):
            exact.update(code for code in self._bare.get(bare_name(full), ()) if self._fits_type(full, code))
        return exact

    def _suggest(self, name: str) -> str:
        """Names for a person to choose from. A sheet of nothing but strange names gets no more of them."""
        bare = bare_name(name)[:_LONGEST_NAME]
        if bare not in self._suggestions and len(self._suggestions) < _MOST_SUGGESTED:
            self._suggestions[bare] = self._by_old_name(name) or self._asked(self._alike(bare))
        return self._suggestions.get(bare, "")

    def _by_old_name(self, name: str) -> str:
        """What became of an old commune of the province with this very name."""
        if self._old_names is None:
            self._old_names = {}
            for old in self._reference.old_communes:
                if old.province_code == self._province_code:
                    named = self._old_names.setdefault(bare_name(old.old_name), [])
                    named.append((without_agency(plain(old.old_name)), old.commune_codes))
        bare, full = bare_name(name), without_agency(plain(name))
        named = self._old_names.get(bare, [])
        of_type = [codes for written, codes in named if written == full] or [codes for _, codes in named]
        codes = dict.fromkeys(code for codes in of_type for code in codes if code in self._communes)
        return f"{_OLD_NAME} {self._asked(codes, _NOW_IN)}" if codes else ""

    def _asked(self, codes: Iterable[str], question: str = _IS_IT) -> str:
        named = "; ".join(f"{code} {self.name_of(code)}" for code in sorted(codes) if code in self._communes)
        return f"{question}: {named}?" if named else ""

    def _alike(self, bare: str) -> list[str]:
        """The names that share most pairs of letters; those that differ only in diacritics come first."""
        self._pairs = self._pairs or {name: _pairs(name) for name in self._bare}
        pairs = _pairs(bare)
        scored = [(_likeness(pairs, known), name) for name, known in self._pairs.items()]
        near = sorted((item for item in scored if item[0] >= _LEAST_LIKENESS), reverse=True)[:_SUGGESTIONS]
        return [code for _, name in near for code in self._bare[name]][:_SUGGESTIONS]


def _pairs(name: str) -> frozenset[str]:
    """Pairs of neighbouring letters, with and without diacritics, and with the edges of the name."""
    plain_pairs = {f"{one}{other}" for one, other in zip(f" {name}", f"{name} ", strict=True)}
    bare = folded(name)
    return frozenset(plain_pairs | {f"{one}{other}" for one, other in zip(f" {bare}", f"{bare} ", strict=True)})


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two swapped make the one text the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(map(len, (one, other)))
    )
    rest, other_rest = one[start:], other[start:]
    if rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]:
        return True
    return rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]


def _code(cell: CellValue) -> str:
    """A commune code as text of five digits; spreadsheets drop leading zeros and make numbers of codes."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = plain(str(cell)).lstrip("'").strip()
    if set(text) <= set("-. "):
        return ""
    found = _CODE.fullmatch(text)
    return found.group(1).zfill(5) if found else text
