"""Which province a text names: official and short names, aliases, names from before the mergers; never by likeness."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from pipelines.reference.load import Reference
from pipelines.vietnamese import folded, plain

OLD_NAME = "old_name"
PROVINCE, CITY = "tỉnh", "thành phố"
_AGENCY = re.compile(
    r"((ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|uy ban nhan dan|sở nội vụ|so noi vu|văn phòng ubnd|tỉnh ủy"
    r"|thành ủy)( (của|và|-) |-| ))+(?=\S)"
)
_TYPE = re.compile(
    r"((?P<city>thành phố|thanh pho|tp|t\.p|city of)|(?P<province>tỉnh|tinh|province of|t))(\.\s*|\s+)(?=\S)"
)
_ENGLISH_TYPE = re.compile(r"\s+((?P<city>city)|(?P<province>province))$")
_NUMBERING = re.compile(r"(\(?\d{1,2}\s*[.)/:-]+|[-+•])\s*(?=[^\W\d_])")
_GLUED_CODE = re.compile(r"\s*[(\[](\d{2})[)\]]$")
_CODE_FIRST = re.compile(r"(\d{2})\s*[-.:]\s*(?=[^\W\d_])")
_TRAILING_MARKS = re.compile(r"\s*(\(\*+\)|\*+|[.,;:]+)$")


class ProvinceNames:
    """Finds a province by any spelling in the reference tables; diacritics may be missing, but none may be wrong.

    Cities below the province once had its name, too: `Thành phố Thái Bình` is none of the 34, nor of the 63.
    """

    def __init__(self, reference: Reference) -> None:
        self._names: dict[str, dict[str, str]] = {}
        self._types: dict[tuple[str, str], set[str]] = {}
        self._current: set[str] = set()
        cities = {item.province_code for item in reference.provinces if item.unit_type == CITY}
        for province in reference.provinces:
            for name in (province.province_name, province.short_name):
                self._add(name, province.province_code, {PROVINCE, province.unit_type}, is_current=True)
        for alias in (alias for alias in reference.aliases if len(alias.unit_code) == 2):
            is_city = alias.unit_code in cities and alias.kind != OLD_NAME
            types = {PROVINCE, CITY} if is_city else {PROVINCE}
            self._add(alias.alias, alias.unit_code, types, is_current=alias.kind != OLD_NAME)

    def code_of(self, text: str) -> str:
        """The province's code, empty where the text names none for certain."""
        normal = plain(text)
        code, rest = _code_apart(normal)
        for spelling in (rest, _NUMBERING.sub("", rest, count=1)):
            found = self._find(spelling)
            if found:
                return found if code in ("", found) else ""
        return self._find(_NUMBERING.sub("", normal, count=1)) if code else ""

    def is_old(self, text: str) -> bool:
        """Whether a name that was found is one from before the provinces were merged."""
        return folded(_name_and_type(_code_apart(plain(text))[1])[0]) not in self._current

    def _find(self, normal: str) -> str:
        """By the text as it stands, and by its name without agency and type word if that type fits the province."""
        for name, written in ((normal, ""), _name_and_type(normal)):
            key = folded(name)
            for known, code in self._names.get(key, {}).items():
                if _lacks_marks_only(name, known) and (not written or written in self._types[key, code]):
                    return code
        return ""

    def _add(self, name: str, code: str, types: set[str], is_current: bool) -> None:
        """Under its name without type word; with it, too, if the alias has one of its own (`TP Sài Gòn`)."""
        normal = plain(name)
        bare, written = _name_and_type(normal)
        for key, known in ((folded(bare), bare), (folded(normal), normal)):
            self._names.setdefault(key, {}).setdefault(known, code)
            self._types.setdefault((key, code), set()).update(types | ({written} if written else set()))
            if is_current:
                self._current.add(key)


def _name_and_type(normal: str) -> tuple[str, str]:
    """`ubnd tỉnh an giang` → (`an giang`, `tỉnh`)."""
    name = normal
    while (shorter := _TRAILING_MARKS.sub("", name)) != name:
        name = shorter
    if agency := _AGENCY.match(name):
        name = name[agency.end() :]
    found = _TYPE.match(name)
    if found:
        return name[found.end() :], CITY if found["city"] else PROVINCE
    if found := _ENGLISH_TYPE.search(name):
        return name[: found.start()], CITY if found["city"] else PROVINCE
    return name, ""


def _code_apart(normal: str) -> tuple[str, str]:
    """`an giang (91)` and `91 - an giang` → (`91`, `an giang`)."""
    if found := _GLUED_CODE.search(normal):
        return found.group(1), normal[: found.start()]
    if found := _CODE_FIRST.match(normal):
        return found.group(1), normal[found.end() :]
    return "", normal


def _lacks_marks_only(written: str, known: str) -> bool:
    """Whether a text is the known name, or lacks some of its diacritics; `Thạnh Hóa` is not Thanh Hóa."""
    letters, wanted = _letters(written), _letters(known)
    return all(
        one is not None and other is not None and one[0] == other[0] and one[1] <= other[1]
        for one, other in zip_longest(letters, wanted)
    )


def _letters(name: str) -> list[tuple[str, frozenset[str]]]:
    """Letters and digits, each with its diacritics; `đ` is a `d` with a stroke."""
    letters: list[tuple[str, frozenset[str]]] = []
    for character in unicodedata.normalize("NFD", name.replace("đ", "d\u0335")):
        if unicodedata.combining(character):
            if letters:
                base, marks = letters.pop()
                letters.append((base, marks | {character}))
        elif character.isalnum():
            letters.append((character, frozenset()))
    return letters
