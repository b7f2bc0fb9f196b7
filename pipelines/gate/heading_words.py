"""The words of headings and titles, in tables for people to edit: roles, ticks, abbreviations, words that say nothing.

Belongs here: words and patterns. Does not belong here: what they make of a heading (`labels.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipelines.vietnamese import plain

YES, NO = "yes", "no"
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
ROLES = {label: role for role, labels in _ROLE_LABELS.items() for label in labels}
TICKS = {
    **dict.fromkeys(("có", "đã", "đã có", "đã thực hiện", "đã hoàn thành", "hoàn thành", "đạt", "đã ban hành"), YES),
    **dict.fromkeys(("không", "chưa", "chưa có", "chưa thực hiện", "chưa hoàn thành", "không đạt", "chưa đạt"), NO),
    **dict.fromkeys(("đã bổ nhiệm", "đã bố trí"), YES),
    **dict.fromkeys(("chưa ban hành", "chưa bổ nhiệm", "chưa bố trí"), NO),
}
# Abbreviations that officials write; they stand for the same words wherever they are found.
ABBREVIATIONS: Mapping[str, str] = {
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
    r"|tăng(?! cường)|giảm|so với|chênh lệch|còn lại|bình quân|trước sắp xếp|trước khi|cấp huyện|năm 20\d\d|tháng \d+"
    r"|nữ|đảng viên|cũ)\b"
)
_NEUTRAL_WORDS = (
    "trong đó chia ra theo bao gồm số liệu lượng kết quả thực hiện tình hình kỳ này báo cáo lũy kế luỹ đến nay hiện",
    "tại tổng cộng chung nội dung chỉ tiêu các về của và người tính đạt được giai đoạn phần",
)
NEUTRAL = frozenset(word for words in _NEUTRAL_WORDS for word in words.split())
NUMBERING = re.compile(r"^(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[ivx]+[.)]|[a-zđ][.)]|[-+•*–])\s*(?=\D)")
FOOTNOTE = re.compile(r"\s*(?:\(\*+\)|\*+|\[\d{1,2}\]|\(\d{1,2}\)|[¹²³⁴⁵])$")
PARENTHESES = re.compile(r"\(([^()]*)\)")
# Remarks in parentheses that leave a label what it is.
HARMLESS = re.compile(
    r"nếu có|\*+|[\d=+\s()-]+|(ghi )?(1[/;, -]*0|x|có/không|có hoặc không|đã: ?1[,;] ?chưa: ?0)|số lượng|ghi số"
    r"|số người|theo mẫu|cấp xã|xã, phường, đặc khu"
)
COUNTING = re.compile(r"^(?:tổng số lượng|tổng số|số lượng|tổng|số)\s+")
DONE = "đã "
IN_PERIOD = re.compile(r"\btrong (kỳ|tháng|quý|tuần|năm)\b|\bphát sinh mới\b")
CUMULATIVE = re.compile(r"\bl(ũy|uỹ) kế\b")
OF_COMMUNES = re.compile(r"\b(của |ở |tại )?(các )?(cấp xã|xã phường đặc khu)\b")
DENIAL = re.compile(r"(chưa|không) (?=\w)")
_MANY = re.compile(r"(?:\b(?:nghìn|ngàn|triệu|tỷ|trăm|chục|10|100|1[.,]?000|1[.,]000[.,]000)\b|%)")
SCALED = re.compile(rf"^\(?(đvt|đơn vị( tính)?)\s*:.*{_MANY.pattern}")
# Titles and names of sections under which the same words mean other people, another time, or what is still to be done.
_OTHER_PEOPLE = re.compile(r"\b(viên chức|không chuyên trách|giáo viên|nhà giáo|người lao động|khối (đảng|mặt trận))\b")
_OTHER_TIME = re.compile(
    r"\b(dự kiến|phương án|kế hoạch|kỳ trước|năm trước|tháng trước|cấp huyện|ví dụ"
    r"|chưa (bổ nhiệm|thành lập|bố trí|hoạt động|hoàn thành))\b"
)
_CITED = re.compile(
    r"\b(căn cứ|theo|kèm theo|thực hiện (kế hoạch|phương án|đề án)|kế hoạch số|biểu mẫu|mẫu (số|biểu))\b"
)


def is_about_others(title: str) -> bool:
    """Whether a title or the name of a section makes the figures below it something else than the report's.

    A document that is only named (`thực hiện Kế hoạch số 12`) does not.
    """
    text = plain(title)
    if _OTHER_PEOPLE.search(text) and "công chức" not in text:
        return True
    return _OTHER_TIME.search(text) is not None and _CITED.search(text) is None


def is_scaled(measure: str) -> bool:
    """Whether a unit of measurement stands for many at once: `nghìn hồ sơ`."""
    return _MANY.search(plain(measure)) is not None
