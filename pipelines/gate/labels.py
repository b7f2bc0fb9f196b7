"""What a heading means: a role (order, name of the unit, …), an indicator, or something that a person has to say.

A heading is a path, from the label that spans several columns down to the one over a single column. Only what is
known word for word decides; a heading that adds anything the reference tables don't know is left to a person.
Belongs here: words to meanings. Does not belong here: where in a sheet the words stand (`header.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.form.layout import UNIT_LABELS
from pipelines.reference.load import Reference
from pipelines.reference.records import Indicator
from pipelines.vietnamese import folded, plain

INDICATOR, UNKNOWN, IGNORED = "indicator", "unknown", "ignore"
YES, NO = "yes", "no"
KEY_ROLES = frozenset(
    {"order", "unit_code", "unit_name", "province_code", "province_name", "indicator_code", "indicator_name"}
)
_ROLE_LABELS: Mapping[str, Sequence[str]] = {
    "order": ("stt", "tt", "số tt", "số thứ tự", "s tt", "thứ tự"),
    "unit_code": (
        "mã xã", "mã đơn vị", "mã số", "mã đvhc", "mã xã phường đặc khu", "mã", "mã đơn vị hành chính", "mã phường xã",
        "mã xã phường",
    ),
    "unit_name": (
        "tên xã phường đặc khu", "xã phường đặc khu", "tên đơn vị", "đơn vị", "tên xã", "đơn vị hành chính", "tên",
        "tên đơn vị hành chính", "tên xã phường", "xã phường", "phường xã", "tên phường xã", "phường xã đặc khu", "xã",
        "tên phường xã đặc khu", "đơn vị cấp xã", "tên đơn vị cấp xã", "địa phương", "tên địa phương", "đơn vị báo cáo",
        "đvhc cấp xã", "đơn vị hành chính cấp xã", "tên đơn vị hành chính cấp xã", "ubnd xã phường đặc khu", "đvhc",
        "tên đvhc", "ubnd cấp xã", "ubnd xã phường", "cơ quan đơn vị", "tên xã phường thị trấn", "tên cơ quan đơn vị",
        "địa bàn", "tên địa bàn",
    ),
    "province_code": ("mã tỉnh", "mã tỉnh thành phố", "mã tỉnh tp"),
    "province_name": (
        "tỉnh", "tỉnh thành phố", "tên tỉnh", "tên tỉnh thành phố", "tỉnh tp", "tên tỉnh tp", "tỉnh thành",
        "tỉnh thành phố trực thuộc trung ương",
    ),
    "indicator_code": ("mã chỉ tiêu", "mã số chỉ tiêu", "mã ct"),
    "indicator_name": (
        "chỉ tiêu", "tên chỉ tiêu", "nội dung", "nội dung báo cáo", "nhiệm vụ", "nội dung công việc", "tiêu chí",
        "nội dung nhiệm vụ", "nội dung chỉ tiêu", "tên nhiệm vụ", "chỉ tiêu báo cáo", "nội dung thực hiện", "công việc",
    ),
    "measure": ("đơn vị tính", "đvt", "đơn vị đo"),
    "value": (
        "giá trị", "kết quả", "số lượng", "số liệu", "kết quả thực hiện", "tình hình thực hiện", "số liệu báo cáo",
        "thực hiện", "kết quả đạt được", "kỳ này", "tháng này", "quý này", "số liệu kỳ này", "số liệu tháng này",
        "kết quả kỳ này", "thực hiện kỳ này", "kết quả đến nay", "tổng số", "hiện trạng",
        "trạng thái", "tình trạng",
    ),
    "done_on": (
        "ngày hoàn thành", "thời điểm hoàn thành", "thời gian hoàn thành", "ngày thực hiện", "ngày ban hành",
        "ngày tháng năm hoàn thành", "ngày tháng hoàn thành",
    ),
    "evidence": (
        "số ký hiệu văn bản", "số kí hiệu văn bản", "văn bản", "số văn bản", "số hiệu văn bản", "số ký hiệu",
        "văn bản minh chứng", "căn cứ", "số quyết định", "tài liệu kiểm chứng", "số ngày văn bản",
    ),
    "note": ("ghi chú", "gc", "lý do", "giải trình", "ghi chú lý do"),
}  # fmt: skip
_ROLES = {label: role for role, labels in _ROLE_LABELS.items() for label in labels}
_TICKS = {
    **dict.fromkeys(("có", "đã", "đã có", "đã thực hiện", "đã hoàn thành", "hoàn thành", "đạt", "đã ban hành"), YES),
    **dict.fromkeys(("không", "chưa", "chưa có", "chưa thực hiện", "chưa hoàn thành", "không đạt", "chưa đạt"), NO),
    **dict.fromkeys(("đã bổ nhiệm", "đã bố trí"), YES),
    **dict.fromkeys(("chưa ban hành", "chưa bổ nhiệm", "chưa bố trí"), NO),
}
# Abbreviations that officials write; they stand for the same words wherever they are found.
_ABBREVIATIONS: Mapping[str, str] = {
    "bchqs": "ban chỉ huy quân sự",
    "cb": "cán bộ",
    "cbcc": "cán bộ công chức",
    "chqs": "chỉ huy quân sự",
    "cht": "chỉ huy trưởng",
    "cntt": "công nghệ thông tin",
    "ctv": "chính trị viên",
    "dvc": "dịch vụ công",
    "dvcqg": "dịch vụ công quốc gia",
    "hs": "hồ sơ",
    "kn": "khuyến nông",
    "lđhđ": "lao động hợp đồng",
    "pvhcc": "phục vụ hành chính công",
    "qđ": "quyết định",
    "qncn": "quân nhân chuyên nghiệp",
    "ttdvc": "trung tâm dịch vụ công",
    "tthc": "thủ tục hành chính",
    "ttkn": "trung tâm khuyến nông",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
}
# A heading with one of these is about another day, a plan or a share, whatever else it says.
QUALIFIER = re.compile(
    r"%|\b(kỳ trước|tháng trước|quý trước|năm trước|lần trước|kế hoạch|dự kiến|ước|mục tiêu|nhu cầu|đề nghị|tỷ lệ|tỉ lệ"
    r"|tăng(?! cường)|giảm|so với|chênh lệch|còn lại|bình quân|trước sắp xếp|trước khi|cấp huyện|năm 20\d\d|tháng \d"
    r"|nữ|đảng viên|cũ)\b"
)
_NEUTRAL_WORDS = (
    "trong đó chia ra theo bao gồm số liệu lượng kết quả thực hiện tình hình kỳ này báo cáo lũy kế luỹ đến nay hiện",
    "tại thời điểm tổng cộng chung nội dung chỉ tiêu các về của và cấp xã phường đặc khu đơn vị người ngày tháng năm",
    "tính đạt được giai đoạn phần",
)
_NEUTRAL = frozenset(word for words in _NEUTRAL_WORDS for word in words.split())
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[ivx]+[.)]|[a-zđ][.)]|[-+•*–])\s*(?=\D)")
_FOOTNOTE = re.compile(r"\s*(?:\(\*+\)|\*+|\[\d{1,2}\]|\(\d{1,2}\)|[¹²³⁴⁵])$")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_COUNTING = re.compile(r"^(?:tổng số lượng|tổng số|số lượng|tổng|số)\s+")
_DONE = "đã "
_DENIAL = re.compile(r"(chưa|không) (?=\w)")
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
    words = _FOOTNOTE.sub("", _NUMBERING.sub("", plain(text)))
    words = " ".join(re.sub(r"[^\w%]+", " ", words).split())
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words.split())


def role_of(text: str) -> str:
    """The role that a single label names, empty where it names none."""
    return _ROLES.get(label_key(text), "")


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
        self._word_sets: dict[frozenset[str], set[str]] = {}
        self._words: dict[str, set[str]] = {}
        reported = reference.reported_indicators
        for item in reported:
            for label in (item.name_vi, *item.synonyms_vi):
                self._learn(label, item)
        for item in reported:
            # `Ban hành quyết định …` in a list of tasks is what `Đã ban hành quyết định …` says is done.
            if item.value_type == "flag" and label_key(item.name_vi).startswith(_DONE):
                self._learn(label_key(item.name_vi).removeprefix(_DONE), item)
            self._words.setdefault(item.form_sheet, set()).update(self._vocabulary(item))
        for form in reference.forms:
            self._words.setdefault(form.sheet, set()).update(label_key(form.title_vi).split())

    def meaning(self, path: Sequence[str], shape: str = "") -> Meaning:
        """The meaning of a heading; what a person decided for tables of this shape comes first."""
        decided = self._reference.mappings_of(shape).get(path_key(path)) if shape else None
        if decided:
            return self._decided(decided)
        role = _ROLES.get(label_key(path[-1]), "")
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
        if any(QUALIFIER.search(plain(label)) and not self.indicator(label) for label in labels):
            return None
        *above, leaf = labels
        whole = next((found for label in reversed(above) if (found := self._named([label]))), "")
        if whole and not self._is_more_than(leaf, above):
            return self._of_whole(whole, labels)
        for start in range(len(labels)):
            found = self._named(labels[start:])
            if found and self._fits(found, labels[:start]):
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
        tick = _TICKS.get(label_key(leaf), "")
        return Meaning(INDICATOR, whole, tick) if tick or not _significant([leaf]) else None

    def _denied(self, labels: Sequence[str]) -> Meaning | None:
        """`Chưa thành lập` beside `Đã thành lập`: a tick in it says no."""
        denied = _DENIAL.match(label_key(labels[-1]))
        if denied is None:
            return None
        found = self._as_indicator([*labels[:-1], f"{_DONE}{label_key(labels[-1])[denied.end() :]}"])
        is_flag = found is not None and self._reference.indicator(found.indicator).value_type == "flag"
        return Meaning(INDICATOR, found.indicator, NO) if found and is_flag and not found.tick else None

    def _named(self, labels: Sequence[str]) -> str:
        return self.indicator(" ".join(labels)) or self._by_words(labels)

    def _by_words(self, labels: Sequence[str]) -> str:
        """By the same words in any order, those aside that say nothing: `Hồ sơ thủ tục hành chính › Đúng hạn`."""
        codes = self._word_sets.get(_significant(labels), set()) if _significant(labels) else set()
        return next(iter(codes)) if len(codes) == 1 else ""

    def _fits(self, indicator: str, above: Sequence[str]) -> bool:
        """Whether the labels above may stand over this indicator: `Nhà văn hóa` over `Đã hoạt động` may not."""
        words = {word for label in above for word in label_key(label).split() if not word.isdigit()}
        return words <= _NEUTRAL | self._words[self._reference.indicator(indicator).form_sheet]

    def _learn(self, label: str, item: Indicator) -> None:
        for key in _spellings(label):
            self._known.setdefault(key, item.indicator)
            self._unaccented.setdefault(folded(key), set()).add(item.indicator)
        for labels in ((label,), (item.form_heading_vi, label)):
            words = _significant(labels)
            self._word_sets.setdefault(words, set()).add(item.indicator)
            if item.value_type == "flag":
                self._word_sets.setdefault(words - {_DONE.strip()}, set()).add(item.indicator)

    def _vocabulary(self, item: Indicator) -> Iterator[str]:
        for label in (item.name_vi, item.form_heading_vi, *item.synonyms_vi):
            yield from label_key(label).split()


def _significant(labels: Sequence[str]) -> frozenset[str]:
    return frozenset(word for label in labels for word in label_key(label).split()) - _NEUTRAL


def tick_of(text: str) -> str:
    """`yes` or `no` where a column's label says what a cross in it means, otherwise empty."""
    return _TICKS.get(label_key(text), "")


def _spellings(text: str) -> Iterator[str]:
    """A label as it stands, without remarks in parentheses, without the words that only say that it counts."""
    seen = set()
    without_remarks = _PARENTHESES.sub(lambda found: found[0] if QUALIFIER.search(found[1].lower()) else " ", text)
    for version in (text, without_remarks):
        key = label_key(version)
        for spelling in (key, _COUNTING.sub("", key)):
            if spelling and spelling not in seen:
                seen.add(spelling)
                yield spelling


_MEASURES = frozenset(label_key(label) for label in (*UNIT_LABELS.values(), "đvt", "lượt", "cái"))


def _is_measure(label: str) -> bool:
    """A unit of measurement below a label, `(người)` or `Người`: says nothing of what is counted."""
    text = plain(label)
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    return label_key(inner) in _MEASURES and not QUALIFIER.search(inner)
