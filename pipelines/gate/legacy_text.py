"""Text in the fonts from before Unicode, TCVN3 (`.VnTime`, TCVN 5712:1993) and VNI Windows, into Unicode.

Such a file stores other letters than it shows: `X· S¬n Hµ` in `.VnTime` is `Xã Sơn Hà`. The font's name tells; where a
file carries no fonts (csv, HTML), the words of the reference tables tell. A column is decided as a whole, never a cell:
single Unicode names such as `Phú Yên` are legal in either encoding. Must run before anything strips soft hyphens, since
U+00AD is the `ư` of TCVN3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from pipelines.gate.faults import Fault
from pipelines.readers import CellValue, FileCells, SheetCells
from pipelines.reference.load import Reference
from pipelines.vietnamese import plain

_TCVN3_LETTERS = (
    "ăâêôơưđ" "ĂÂÊÔƠƯĐ" "àảãáạ" "ằẳẵắặ" "ầẩẫấậ" "èẻẽéẹ" "ềểễếệ" "ìỉĩíị" "òỏõóọ" "ồổỗốộ" "ờởỡớợ" "ùủũúụ" "ừửữứự" "ỳỷỹýỵ"
)  # fmt: skip
_TCVN3_BYTES = bytes.fromhex(
    "A8A9AAABACADAE A1A2A3A4A5A6A7 B5B6B7B8B9 BBBCBDBEC6 C7C8C9CACB CCCECFD0D1 D2D3D4D5D6 D7D8DCDDDE"
    "DFE1E2E3E4 E5E6E7E8E9 EAEBECEDEE EFF1F2F3F4 F5F6F7F8F9 FAFBFCFDFE"
)
TCVN3_SIGNS = dict(zip(_TCVN3_BYTES, _TCVN3_LETTERS, strict=True))
# VNI writes a letter and a mark behind it, or one sign for letters that have no room for a mark.
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT, _CIRCUMFLEX, _BREVE, _HORN = "\u0300\u0309\u0303\u0301\u0323\u0302\u0306\u031b"
_VNI_MARKS = {
    **dict(zip("øûõùï", (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True)),
    "â": _CIRCUMFLEX,
    **{sign: _CIRCUMFLEX + tone for sign, tone in zip("àåãáä", (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True)},
    "ê": _BREVE,
    **{sign: _BREVE + tone for sign, tone in zip("èúüéë", (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True)},
}
_VNI_SINGLE = dict(zip("ôöñìæóíòî", "ơưđìỉĩíịỵ", strict=True))
_VOWELS_MARKED = {"a": "øûõùïâàåãáäêèúüéë", "e": "øûõùïâàåãáä", "o": "øûõùïâàåãáä", **dict.fromkeys("uyôö", "øûõùï")}


def _vni_pairs() -> dict[str, str]:
    """{what VNI writes: the letter}, pairs and single signs, small letters and capitals."""
    letters = dict(_VNI_SINGLE)
    for vowel, marks in _VOWELS_MARKED.items():
        for mark in marks:
            letters[vowel + mark] = unicodedata.normalize("NFC", _VNI_SINGLE.get(vowel, vowel) + _VNI_MARKS[mark])
    capitals = {written.upper(): letter.upper() for written, letter in letters.items()}
    # People type the capital and the small mark behind it, too.
    mixed = {written[0].upper() + written[1:]: letter.upper() for written, letter in letters.items()}
    return letters | mixed | capitals


VNI_SIGNS = _vni_pairs()
_VNI_WRITTEN = re.compile("|".join(sorted(map(re.escape, VNI_SIGNS), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """TCVN3 as Windows shows it in a Latin font → Unicode; other characters stay."""
    return text.translate(TCVN3_SIGNS)


def from_vni(text: str) -> str:
    """VNI Windows as Windows shows it in a Latin font → Unicode; other characters stay."""
    return _VNI_WRITTEN.sub(lambda match: VNI_SIGNS[match.group()], text)


_DECODERS: dict[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}
# Signs of the old encodings that Unicode Vietnamese has no use for, as Latin-1 or cp1258 shows them.
_SUSPICIOUS = re.compile(r"[¡-§¨ª-¯µ-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþ\u0300-\u0323₫]")
_UNICODE_ONLY = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_PROBED_ROWS = 60
_WORD_EDGES = re.compile(r"[\s!-/:-@\[-`{-~0-9]+")
# Words of titles, headers and footers that the reference tables do not hold.
_COMMON_WORDS = (
    "cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc ủy ban nhân dân sở nội vụ biểu mẫu báo cáo số liệu "
    "tổng cộng cả ghi chú tên đơn vị tính mã thứ tự giá trị chỉ tiêu ngày tháng năm tính đến hoàn thành ký hiệu văn "
    "bản người lập thủ trưởng chủ tịch phó trong đó chia ra phường xã đặc khu tỉnh thành phố đã chưa có không đang "
    "thực hiện"
)


def decode_legacy(file: FileCells, reference: Reference) -> tuple[FileCells, list[Fault]]:
    """The file with its old text as Unicode, and a remark `legacy_font` for every sheet that had some.

    Files of Unicode text come back as they are, at the cost of a look at their first rows.
    """
    sheets, faults = list(file.sheets), []
    for index, sheet in enumerate(sheets):
        if not sheet.legacy_fonts and not _looks_old(sheet):
            continue
        words = _known_words(_names(reference))
        columns = _columns_by_font(sheet, words) if sheet.legacy_fonts else _columns_by_words(sheet, words)
        if columns:
            sheets[index] = _decoded(sheet, columns)
            fonts = ", ".join(sorted({column.name for column in columns}))
            count = str(sum(len(column.cells) for column in columns))
            faults.append(Fault("legacy_font", sheet.name, given=fonts, detail=count))
    return (replace(file, sheets=sheets), faults) if faults else (file, [])


Cells = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class _OldColumn:
    """Cells of one column that share a font: what they say in Unicode, and the name of font or encoding."""

    name: str
    cells: Cells


def _looks_old(sheet: SheetCells) -> bool:
    """Whether the first rows hold a sign that Unicode Vietnamese does not use."""
    return any(
        type(cell) is str and not cell.isascii() and _SUSPICIOUS.search(cell)
        for cells in sheet.rows[:_PROBED_ROWS]
        for cell in cells
    )


def _columns_by_font(sheet: SheetCells, words: frozenset[str]) -> list[_OldColumn]:
    """What the fonts say, unless the words say that the text is Unicode and only the font is old."""
    groups: dict[tuple[int, str], Cells] = {}
    for (row, column), font in sheet.legacy_fonts.items():
        cell = sheet.cell(row, column)
        if isinstance(cell, str) and cell and _encoding_of(font):
            groups.setdefault((column, font), {})[row, column] = cell
    found = []
    for (_, font), cells in groups.items():
        old = {place: text for place, text in cells.items() if not _UNICODE_ONLY.search(text)}
        decode = _DECODERS[_encoding_of(font)]
        decoded = {place: decode(text) for place, text in old.items()}
        gain = _hits(decoded.values(), words) - _hits(old.values(), words)
        if old and (gain > 0 or (gain == 0 and len(old) == len(cells))):
            are_capitals = font.endswith("H") and _encoding_of(font) == "TCVN3"
            texts = {place: text.upper() for place, text in decoded.items()} if are_capitals else decoded
            found.append(_OldColumn(f"{font} ({_encoding_of(font)})", texts))
    return [column for column in found if any(sheet.cell(*place) != text for place, text in column.cells.items())]


def _encoding_of(font: str) -> str:
    name = font.casefold()
    return "TCVN3" if name.startswith(".vn") else "VNI" if name.startswith("vni") else ""


def _columns_by_words(sheet: SheetCells, words: frozenset[str]) -> list[_OldColumn]:
    """Columns that say (nearly) nothing as they stand and are clearly Vietnamese in one of the encodings.

    Once a column of the sheet is clear, a single word is enough for the others: a file is written in one encoding.
    """
    texts: dict[int, Cells] = {}
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if type(cell) is str and not cell.isascii():
                texts.setdefault(column, {})[row, column] = cell
    found: dict[int, _OldColumn] = {}
    ways = list(product((_as_latin1, _as_cp1258), _DECODERS))
    for least in (3, 1):
        for column in texts.keys() - found.keys():
            best = max((_decoded_column(texts[column], *way, words, least) for way in ways), key=lambda item: item[0])
            if best[0] > 0 and best[1] is not None:
                found[column] = best[1]
        ways = [way for way in ways if any(item.name == way[1] for item in found.values())]
        if not ways:
            break
    return list(found.values())


def _decoded_column(
    cells: Cells, as_bytes: Callable[[str], str], encoding: str, words: frozenset[str], least: int
) -> tuple[int, _OldColumn | None]:
    """(words gained, the column in Unicode); (0, None) where it does not become clearly Vietnamese."""
    old = {place: text for place, cell in cells.items() if (text := as_bytes(cell))}
    decoded = {place: _DECODERS[encoding](text) for place, text in old.items()}
    before, after = _hits((cells[place] for place in old), words), _hits(decoded.values(), words)
    total = len(_old_words(decoded.values()))
    if after < least or before * 4 > after or after * 10 < total * 6:
        return 0, None
    return after - before, _OldColumn(encoding, decoded)


def _as_latin1(text: str) -> str:
    """Text that can be read as it stands; empty where it holds letters that only Unicode has."""
    return "" if _UNICODE_ONLY.search(text) else text


def _as_cp1258(text: str) -> str:
    """The bytes behind a text that was read as cp1258, as Latin-1 shows them; empty where there are none."""
    parts: list[str] = []
    for character in text:
        pieces = [character]
        if not _is_cp1258(character):
            decomposed = unicodedata.normalize("NFD", character)
            pieces = [unicodedata.normalize("NFC", decomposed[:-1]), decomposed[-1]]
        if not all(map(_is_cp1258, pieces)):
            return ""
        parts.extend(piece.encode("cp1258").decode("latin-1") for piece in pieces)
    return "".join(parts)


def _is_cp1258(text: str) -> bool:
    try:
        return bool(text.encode("cp1258"))
    except UnicodeEncodeError:
        return False


def _decoded(sheet: SheetCells, columns: Iterable[_OldColumn]) -> SheetCells:
    rows: list[list[CellValue]] = list(sheet.rows)
    copied: set[int] = set()
    for old in columns:
        for (row, column), text in old.cells.items():
            if row not in copied:
                rows[row] = list(rows[row])
                copied.add(row)
            rows[row][column] = text
    return replace(sheet, rows=rows)


def _old_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD_EDGES.split(text) if not word.isascii()}


def _hits(texts: Iterable[str], words: frozenset[str]) -> int:
    """How many different words with diacritics are known ones."""
    return sum(plain(word) in words for word in _old_words(texts))


def _names(reference: Reference) -> tuple[str, ...]:
    names = [_COMMON_WORDS]
    names.extend(commune.commune_name for commune in reference.communes)
    names.extend(province.province_name for province in reference.provinces)
    names.extend(alias.alias for alias in reference.aliases)
    for indicator in reference.indicators:
        names.extend((indicator.name_vi, indicator.form_heading_vi, *indicator.synonyms_vi))
    names.extend(form.title_vi for form in reference.forms)
    return tuple(names)


@lru_cache(maxsize=2)
def _known_words(names: tuple[str, ...]) -> frozenset[str]:
    """The words with diacritics in names and labels, in comparable form."""
    return frozenset(word for name in names for word in _WORD_EDGES.split(plain(name)) if not word.isascii())
