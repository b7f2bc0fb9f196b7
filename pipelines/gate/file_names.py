"""What a file's name and its folders claim: province, day, number of issue. Weak claims: anybody names files.

Belongs here: text to claims. Which claim wins is decided in `envelope.py`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipelines.vietnamese import folded

FIRST_DAY = datetime.date(2025, 7, 1)
_SEPARATED = r"[-_. ]"
_DAYS = (
    re.compile(rf"(?<!\d)(?P<year>20\d\d){_SEPARATED}(?P<month>\d\d?){_SEPARATED}(?P<day>\d\d?)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d\d?){_SEPARATED}(?P<month>\d\d?){_SEPARATED}(?P<year>20\d\d)(?!\d)"),
    re.compile(r"ngay\s+(?P<day>\d\d?)\s+thang\s+(?P<month>\d\d?)\s+nam\s+(?P<year>20\d\d)(?!\d)"),
)
_EIGHT_DIGITS = re.compile(r"(?<!\d)\d{8}(?!\d)")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_DAY_FIRST = re.compile(r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})")
_COPY = re.compile(r"\s*\(\d+\)$")
_ISSUE = re.compile(r"\blan (?:thu )?(\d{1,2})\b")
_CODE_ALONE = re.compile(r"(\d\d)(?: (?:sua|dinh chinh|bo sung|lan \d+|\d{1,2}))*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST_WORDS = 6
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class NameClaims:
    """What one name says. Empty or None where it says nothing, or more than one thing.

    `folder_day` is a day that only a folder around the file gives.
    """

    province_code: str = ""
    province_name: str = ""
    day: datetime.date | None = None
    issue_no: int | None = None
    folder_day: datetime.date | None = None


def read_folder(text: str, code_of: Callable[[str], str], codes: frozenset[str], last_day: datetime.date) -> NameClaims:
    """Reads the name of a folder: a province only where nothing else is in it, a day as in `read_name`.

    A folder of the day on which the file was received says nothing of its figures.
    """
    claims = read_name(text, code_of, codes, last_day)
    words = folded(" ".join(_words(_take_days(text, last_day)[1]))).split()
    extra = [word for word in words if word not in (*folded(claims.province_name).split(), claims.province_code)]
    is_whole = not extra or " ".join(extra) in ("tinh", "tp", "thanh pho")
    return NameClaims(
        claims.province_code if is_whole else "",
        claims.province_name if is_whole else "",
        None if claims.day == last_day else claims.day,
        claims.issue_no,
    )


def read_name(text: str, code_of: Callable[[str], str], codes: frozenset[str], last_day: datetime.date) -> NameClaims:
    """Reads the name of a file, without its ending.

    A province by name anywhere in it, or by its code where code and day are all there is (`91_2026-02-13`): other
    leading numbers put files in order. A day of the calendar from 01/07/2025 to `last_day`, if it is the only one.
    """
    stem = _COPY.sub("", unicodedata.normalize("NFKC", text).strip())
    days, rest = _take_days(stem, last_day)
    words = _words(rest)
    names = _provinces(words, code_of)
    alone = _CODE_ALONE.fullmatch(" ".join(words).lower())
    if not names and days and alone and alone.group(1) in codes:
        names = {alone.group(1): alone.group(1)}
    issue = _ISSUE.search(" ".join(words).lower())
    code = next(iter(names)) if len(names) == 1 else ""
    return NameClaims(
        code, names.get(code, ""), next(iter(days)) if len(days) == 1 else None, int(issue.group(1)) if issue else None
    )


def folders_of(source_path: str) -> list[str]:
    """The two nearest folders that a file lay in, the nearest first.

    The inbox itself, the root and the folder of a person below `/home` are nobody's statement about a file.
    """
    parts = PurePosixPath(source_path).parts[:-1]
    first = 3 if parts[1:2] in (("home",), ("Users",)) else int(parts[:1] in (("/",), ("inbox",)))
    return list(reversed(parts[first:]))[:_NEAREST]


def _take_days(stem: str, last_day: datetime.date) -> tuple[set[datetime.date], str]:
    """The days that a name can mean, and what is left of it without anything that looks like a date."""
    days: set[datetime.date] = set()
    rest = stem
    plain_stem = _ascii(stem)
    for pattern in _DAYS:
        for match in pattern.finditer(plain_stem.lower()):
            days |= _possible([match], last_day)
        plain_stem = pattern.sub(" ", plain_stem)
    for match in _EIGHT_DIGITS.finditer(plain_stem):
        readings = [pattern.fullmatch(match.group()) for pattern in (_YEAR_FIRST, _DAY_FIRST)]
        days |= _possible([reading for reading in readings if reading], last_day)
    rest = _EIGHT_DIGITS.sub(" ", plain_stem)
    return days, rest


def _possible(readings: list[re.Match[str]], last_day: datetime.date) -> set[datetime.date]:
    days = set()
    for reading in readings:
        year, month, day = (int(reading.group(part)) for part in ("year", "month", "day"))
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            continue
        if FIRST_DAY <= found <= last_day:
            days.add(found)
    return days


def _ascii(text: str) -> str:
    """Letters without diacritics, upper and lower case kept, so that `AnGiang` can be taken apart."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(text: str) -> list[str]:
    return [word for part in re.split(r"[^A-Za-z0-9]+", text) for word in _CAMEL.split(part) if word]


def _provinces(words: list[str], code_of: Callable[[str], str]) -> dict[str, str]:
    """{code: name} of every province named, the longest names first, each word used once."""
    found: dict[str, str] = {}
    start = 0
    while start < len(words):
        for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
            name = " ".join(words[start : start + length])
            code = code_of(folded(name)) if not name.isdigit() else ""
            if code:
                found.setdefault(code, name)
                start += length
                break
        else:
            start += 1
    return found
