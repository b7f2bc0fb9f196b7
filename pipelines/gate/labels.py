"""What a heading means: a role (order, name of the unit, …), an indicator, or something that a person has to say.

A heading is a path, from the label that spans several columns down to the one over a single column. Only what is
known word for word decides; a heading that adds anything the reference tables don't know is left to a person.
Belongs here: words to meanings. Does not belong here: where in a sheet the words stand (`header.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.form.layout import UNIT_LABELS
from pipelines.gate.heading_words import (
    ABBREVIATIONS,
    COUNTING,
    CUMULATIVE,
    DENIAL,
    DONE,
    FOOTNOTE,
    HARMLESS,
    IN_PERIOD,
    NEUTRAL,
    NO,
    NUMBERING,
    OF_COMMUNES,
    PARENTHESES,
    QUALIFIER,
    ROLES,
    TICKS,
)
from pipelines.reference.load import Reference
from pipelines.reference.records import Indicator
from pipelines.vietnamese import folded, plain

INDICATOR, UNKNOWN, IGNORED = "indicator", "unknown", "ignore"
KEY_ROLES = frozenset(
    {"order", "unit_code", "unit_name", "province_code", "province_name", "indicator_code", "indicator_name"}
)
_LONGEST_LABEL, _SUGGESTIONS = 200, 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says of its cells. `tick` is `yes` or `no` where a cross in the cell says so of the indicator."""

    role: str
    indicator: str = ""
    tick: str = ""


_NOTHING_KNOWN = Meaning(UNKNOWN)


def label_key(text: str) -> str:
    """Words of a label for comparison: without numbering, footnote marks and punctuation, abbreviations spelled out."""
    return _label_key(text[:_LONGEST_LABEL])


@lru_cache(maxsize=32768)
def _label_key(text: str) -> str:
    words = FOOTNOTE.sub("", NUMBERING.sub("", plain(text)))
    words = " ".join(re.sub(r"[^\w%]+", " ", words).split())
    return " ".join(ABBREVIATIONS.get(word, word) for word in words.split())


def role_of(text: str) -> str:
    """The role that a single label names, empty where it names none."""
    return ROLES.get(label_key(text), "")


def path_key(path: Sequence[str]) -> str:
    """The comparable form of a heading, as `mappings.csv` holds it: `chia ra > trợ lý`."""
    return " > ".join(key for label in path if (key := label_key(label)))


def without_measures(path: Sequence[str]) -> tuple[str, ...]:
    """A heading without its units of measurement: `(người)` below a label says nothing of what is counted."""
    return tuple(label for label in path if not _is_measure(label)) or tuple(path)


class Labels:
    """Headings that the reference tables know: names and synonyms of indicators, and what persons have decided."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: dict[str, str] = {}
        self._unaccented: dict[str, set[str]] = {}
        self._word_sets: dict[tuple[bool, frozenset[str]], set[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._names = {item.indicator: label_key(item.name_vi) for item in reference.reported_indicators}
        reported = reference.reported_indicators
        for item in reported:
            for label in (item.name_vi, *item.synonyms_vi):
                self._learn(label, item)
        for item in reported:
            # `Ban hành quyết định …` in a list of tasks is what `Đã ban hành quyết định …` says is done.
            if item.value_type == "flag" and label_key(item.name_vi).startswith(DONE):
                self._learn(label_key(item.name_vi).removeprefix(DONE), item)
        titles = {form.sheet: form.title_vi for form in reference.forms}
        for item in reported:
            wholes = [other for other in reported if item.indicator in other.sum_of]
            texts = [titles.get(item.form_sheet, ""), *(text for part in (item, *wholes) for text in _texts_of(part))]
            self._words[item.indicator] = _significant(texts)

    def meaning(self, path: Sequence[str], shape: str = "") -> Meaning:
        """The meaning of a heading; what a person decided for tables of this shape comes first."""
        decided = self._reference.mappings_of(shape).get(path_key(path)) if shape else None
        if decided:
            return self._decided(decided)
        role = ROLES.get(label_key(path[-1]), "")
        if role and not any(self._named([label]) for label in path[:-1]):
            return Meaning(role)
        return self._as_indicator(path) or _NOTHING_KNOWN

    def indicator(self, text: str) -> str:
        """The indicator that a single label names word for word, empty where none or more than one."""
        for key in _spellings(text):
            if found := self._known.get(key):
                return found
        if text.isascii():
            codes = self._unaccented.get(folded(label_key(text)), set())
            return next(iter(codes)) if len(codes) == 1 else ""
        return ""

    def suggestions(self, text: str) -> list[str]:
        """Codes of the indicators whose labels are most like a text, for a person to choose from."""
        near = difflib.get_close_matches(label_key(text), self._known, n=2 * _SUGGESTIONS, cutoff=0.55)
        return list(dict.fromkeys(self._known[key] for key in near))[:_SUGGESTIONS]

    def _decided(self, meaning: str) -> Meaning:
        if any(item.indicator == meaning for item in self._reference.reported_indicators):
            return Meaning(INDICATOR, meaning)
        return Meaning(meaning)

    def _as_indicator(self, labels: Sequence[str]) -> Meaning | None:
        found = self._by_heading(labels)
        return None if found is None or self._is_of_another_period(found.indicator, labels) else found

    def _is_of_another_period(self, indicator: str, labels: Sequence[str]) -> bool:
        """`Trong tháng` over what is counted from the beginning, `lũy kế` over what is counted by period."""
        item, words = self._reference.indicator(indicator), " ".join(label_key(label) for label in labels)
        if item.is_cumulative:
            return IN_PERIOD.search(words) is not None
        return item.is_period_count and CUMULATIVE.search(words) is not None

    def _by_heading(self, labels: Sequence[str]) -> Meaning | None:
        if any(QUALIFIER.search(plain(label)) and not self.indicator(label) for label in labels):
            return None
        *above, leaf = labels
        whole = next((found for label in reversed(above) if (found := self._named([label]))), "")
        if whole and not self._is_more_than(leaf, above):
            return self._of_whole(whole, labels)
        for start in range(len(labels)):
            found = self._named(labels[start:])
            if found and (label_key(leaf) == self._names[found] or self._fits(found, labels[:start])):
                return Meaning(INDICATOR, found)
        return (self._of_whole(whole, labels) if whole else None) or self._denied(labels)

    def _is_more_than(self, leaf: str, above: Sequence[str]) -> bool:
        """Whether a label says anything that those above it do not: under `Cán bộ, công chức` a `Cán bộ` is a part."""
        return not _significant([leaf]) <= _significant(above)

    def _of_whole(self, whole: str, labels: Sequence[str]) -> Meaning | None:
        """The indicator named above, where the label below it stands for all of it, or for a tick."""
        *above, leaf = labels
        at = max(number for number, label in enumerate(above) if self._named([label]) == whole)
        between = [label for label in above[at + 1 :] if _significant([label])]
        if between or not self._fits(whole, above[:at]):
            return None
        tick = TICKS.get(label_key(leaf), "")
        return Meaning(INDICATOR, whole, tick) if tick or not _significant([leaf]) else None

    def _denied(self, labels: Sequence[str]) -> Meaning | None:
        """`Chưa thành lập` beside `Đã thành lập`: a tick in it says no."""
        denied = DENIAL.match(label_key(labels[-1]))
        if denied is None:
            return None
        found = self._as_indicator([*labels[:-1], f"{DONE}{label_key(labels[-1])[denied.end() :]}"])
        is_flag = found is not None and self._reference.indicator(found.indicator).value_type == "flag"
        return Meaning(INDICATOR, found.indicator, NO) if found and is_flag and not found.tick else None

    def _named(self, labels: Sequence[str]) -> str:
        return self.indicator(" ".join(labels)) or self._by_words(labels)

    def _by_words(self, labels: Sequence[str]) -> str:
        """By the same words in any order, those aside that say nothing: `Hồ sơ thủ tục hành chính › Đúng hạn`.

        `cấp xã` says nothing of what communes report, but makes another thing of what the province does.
        """
        for is_of_communes in (False, True):
            words = _significant(labels, is_of_communes)
            codes = self._word_sets.get((is_of_communes, words), set()) if words else set()
            if len(codes) == 1:
                return next(iter(codes))
        return ""

    def _fits(self, indicator: str, above: Sequence[str]) -> bool:
        """Whether the labels above may stand over this indicator: `Nhà văn hóa` over `Đã hoạt động` may not.

        They may say what its own labels say, its heading in the form, the title of the sheet, or the sum it is part of.
        """
        return _significant(above) <= self._words[indicator]

    def _learn(self, label: str, item: Indicator) -> None:
        for key in _spellings(label, is_known=True):
            self._known.setdefault(key, item.indicator)
            self._unaccented.setdefault(folded(key), set()).add(item.indicator)
        for labels in ((label,), (item.form_heading_vi, label)):
            is_of_communes = item.unit_level == "commune"
            words = _significant(labels, is_of_communes)
            self._word_sets.setdefault((is_of_communes, words), set()).add(item.indicator)
            if item.value_type == "flag":
                self._word_sets.setdefault((is_of_communes, words - {DONE.strip()}), set()).add(item.indicator)


def _texts_of(item: Indicator) -> tuple[str, ...]:
    return (item.name_vi, item.form_heading_vi, *item.synonyms_vi)


def _significant(labels: Sequence[str], is_of_communes: bool = True) -> frozenset[str]:
    keys = (label_key(label) for label in labels)
    texts = (OF_COMMUNES.sub(" ", key) for key in keys) if is_of_communes else keys
    return frozenset(word for text in texts for word in text.split()) - NEUTRAL


def tick_of(text: str) -> str:
    """`yes` or `no` where a column's label says what a cross in it means, otherwise empty."""
    return TICKS.get(label_key(text), "")


def _spellings(text: str, *, is_known: bool = False) -> Iterator[str]:
    """A label as it stands, without remarks in parentheses, without the words that only say that it counts.

    A remark is left out where it says nothing: `(người)`, `(nếu có)`. `(khối Đảng)` makes the label another one. The
    labels of the reference tables are known without any of their own remarks.
    """
    seen = set()
    without_remarks = PARENTHESES.sub(lambda found: " " if is_known or _is_harmless(found[1]) else found[0], text)
    for version in (text, without_remarks):
        key = label_key(version)
        for spelling in (key, COUNTING.sub("", key)):
            if spelling and spelling not in seen:
                seen.add(spelling)
                yield spelling


def _is_harmless(remark: str) -> bool:
    return label_key(remark) in _MEASURES or HARMLESS.fullmatch(plain(remark)) is not None


_MEASURES = frozenset(label_key(label) for label in (*UNIT_LABELS.values(), "đvt", "lượt", "cái"))


def _is_measure(label: str) -> bool:
    """A unit of measurement below a label, `(người)` or `Người`: says nothing of what is counted."""
    text = plain(label)
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    return label_key(inner) in _MEASURES and not QUALIFIER.search(inner)
