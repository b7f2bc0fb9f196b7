"""What a heading means: word for word, never by likeness; a part is not the whole, a plan is not the result."""

from __future__ import annotations

import pytest

from pipelines.gate.labels import Labels, Meaning, label_key, path_key
from pipelines.reference.load import Reference


@pytest.fixture(scope="module")
def labels(reference: Reference) -> Labels:
    return Labels(reference)


@pytest.mark.parametrize(
    ("path", "indicator"),
    [
        (("Trợ lý",), "military_assistants"),
        (("Chia ra theo chức vụ", "Trợ lý"), "military_assistants"),
        (("Ban CHQS cấp xã", "CHT"), "military_commander_appointed"),
        (("SỐ CBCC CẤP XÃ HIỆN CÓ",), "staff_present"),
        (("Số cán bộ công chức cấp xã hiện có (người)",), "staff_present"),
        (("1. Số cán bộ, công chức cấp xã hiện có (*)",), "staff_present"),
        (("So can bo, cong chuc cap xa hien co",), "staff_present"),
        (("Số LĐHĐ chuyên môn nghiệp vụ",), "staff_contracted"),
        (("Biên chế cán bộ, công chức", "Hiện có mặt"), "staff_present"),
        (("Số CBCC cấp xã hiện có", "Tổng số"), "staff_present"),
        (("Số CBCC cấp xã hiện có", "Chia ra", "Tổng số"), "staff_present"),
        (("Hồ sơ thủ tục hành chính trong kỳ", "Đúng hạn"), "dossiers_on_time"),
        (("Hồ sơ tiếp nhận trong kỳ", "Tổng số"), "dossiers_received"),
        (("Trong đó: thiếu theo lĩnh vực", "Y tế"), "staff_gap_health"),
        (("Trung tâm PVHCC cấp xã", "Đã đi vào hoạt động"), "pvhcc_commune_operating"),
        (("Trung tâm PVHCC cấp xã", "Đã thành lập"), "pvhcc_commune_established"),
        (("Thành lập Trung tâm PVHCC cấp tỉnh",), "pvhcc_province_established"),
    ],
)
def test_headings_that_say_what_they_count(labels: Labels, path: tuple[str, ...], indicator: str) -> None:
    assert labels.meaning(path) == Meaning("indicator", indicator)


@pytest.mark.parametrize(
    "path",
    [
        # A part of what the label above counts.
        ("Biên chế CBCC cấp xã được giao", "Chia ra", "Cán bộ"),
        ("Số cán bộ, công chức cấp xã hiện có", "Trong đó: Công chức"),
        ("Số cán bộ, công chức biệt phái, điều động, tiếp nhận về xã", "Biệt phái"),
        ("Thiếu nhân lực đất đai, quy hoạch, xây dựng", "Đất đai"),
        ("Số CBCC cấp xã hiện có", "Nữ"),
        ("Hồ sơ tiếp nhận", "Trực tiếp"),
        # Another day, a plan, a share.
        ("Kỳ trước", "Số CBCC cấp xã hiện có"),
        ("Số CBCC cấp xã hiện có", "Kế hoạch"),
        ("Số CBCC cấp xã hiện có (kỳ trước)",),
        ("Tỷ lệ hồ sơ đúng hạn (%)",),
        # A remark that makes it another thing, a count of other things, another level.
        ("Biên chế giao (khối Đảng, đoàn thể)",),
        ("Biệt phái (đi)",),
        ("Đường truyền ổn định (không)",),
        ("Biên chế cán bộ, công chức", "(khối Đảng)", "Biên chế giao"),
        ("Số ngày biệt phái",),
        ("Số xã thiếu nhân lực y tế",),
        ("Ngày CHT",),
        ("Số TTHC cấp xã phải rà soát",),
        ("Tháng 12/2025", "Hồ sơ tiếp nhận"),
        ("Đến 31/12/2025", "Biên chế giao"),
        ("Đã bồi dưỡng trong tháng",),
        ("Hồ sơ tiếp nhận (lũy kế)",),
        ("Định biên", "CHT"),
        ("Y tế", "Hiện có mặt"),
        # Something else under a label that is no indicator's.
        ("Nhà văn hóa", "Đã hoạt động"),
        ("Viên chức trường học", "Biên chế giao"),
        # Alike, but not the same words.
        ("Chính trị viên",),
        ("Số cán bộ, công chức cấp xã hiên có",),
        ("Số hồ sơ giải quyết quá hạn trong kỳ",),
    ],
)
def test_headings_that_a_person_has_to_settle(labels: Labels, path: tuple[str, ...]) -> None:
    assert labels.meaning(path) == Meaning("unknown")


@pytest.mark.parametrize(
    ("path", "tick"),
    [
        (("Trụ sở làm việc bảo đảm", "Có"), "yes"),
        (("Trụ sở làm việc bảo đảm", "Không"), "no"),
        (("Chỉ huy trưởng", "Đã bổ nhiệm"), "yes"),
        (("Trung tâm PVHCC cấp xã", "Chưa thành lập"), "no"),
    ],
)
def test_columns_for_a_tick(labels: Labels, path: tuple[str, ...], tick: str) -> None:
    assert labels.meaning(path).tick == tick


def test_numbering_footnotes_and_punctuation_say_nothing() -> None:
    assert label_key("2.1. Số CBCC, hiện có (1)") == "số cán bộ công chức hiện có"
    assert path_key(("Chia ra:", "- Trợ lý")) == "chia ra > trợ lý"


def test_a_person_is_offered_what_is_like_it(labels: Labels) -> None:
    assert "staff_present" in labels.suggestions("Số cán bộ, công chức hiện đang có ở xã")
