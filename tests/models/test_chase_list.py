"""marts.chase_list: whom to call about what, and what the call is worth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.tiny import Country, directive

TABLE = "marts.chase_list"
AS_OF, KNOWN = "2025-10-31", "2025-11-03 01:30"


def country_with(*directives: object) -> Country:
    return Country(directives=directives)


def test_what_is_met_and_what_is_far_off_need_no_call() -> None:
    country = country_with(
        directive("near", "2025-12-31", "centre_decided"), directive("far", "2026-12-31", "centre_decided")
    )
    country.report("91", AS_OF, "91 centre_decided 1")
    country.report("75", AS_OF, "75 centre_decided 0")
    country.night(AS_OF, KNOWN, until=TABLE).check(TABLE, "directive province_code \n near 75 \n near 01")


def test_the_effect_is_the_share_of_the_gap_of_all_who_fall_short() -> None:
    country = country_with(directive("task", "2025-11-10", "centre_operating"))
    country.report("91", AS_OF, "91001 centre_operating 1\n91002 centre_operating 0")
    country.report("75", AS_OF, "75001 centre_operating 1\n75002 centre_operating 0")
    country.night(AS_OF, KNOWN, until=TABLE).check(
        TABLE,
        """
        rank province_code missing_units silent_units unit_count missing_value effect_pct effect_basis unit_names
        1    91            2             1            3          2             66.67      value Xã⎵91002,⎵Xã⎵91003
        2    75            1             0            2          1             33.33      value        Xã⎵75002
        """,
    )


def test_targets_that_are_not_all_known_are_counted_by_units() -> None:
    country = country_with(directive("task", "2025-11-10", "staff_present"))
    country.report(
        "91", AS_OF, "\n".join(f"9100{n} staff_allocated 10\n9100{n} staff_present {n + 7}" for n in (1, 2, 3))
    )
    country.report("75", AS_OF, "75001 staff_allocated 10\n75001 staff_present 4")
    country.report(
        "01", AS_OF, "01001 staff_allocated 9\n01001 staff_present 9\n01002 staff_allocated 9\n01002 staff_present 9"
    )
    country.night(AS_OF, KNOWN, until=TABLE).check(
        TABLE,
        """
        province_code missing_units silent_units missing_value effect_pct effect_basis
        91            2             0            3             50         units
        75            2             1            -             50         units
        """,
    )


def test_names_are_left_out_once_there_are_many() -> None:
    country = country_with(directive("task", "2025-11-10", "centre_operating"))
    country.report("91", AS_OF, "\n".join(f"9100{n} centre_operating 0" for n in (1, 2, 3)))
    country.night(AS_OF, KNOWN, until=TABLE).check(TABLE, "missing_units unit_names \n 3 -", "province_code = '91'")


def test_overdue_comes_before_near_before_far_and_within_them_the_larger_effect() -> None:
    country = country_with(
        directive("late", "2025-10-30", "centre_decided"),
        directive("soon", "2025-11-05", "centre_operating"),
        directive("later", "2026-03-31", "centre_decided"),
    )
    country.report("91", AS_OF, "91 centre_decided 0\n91001 centre_operating 1\n91002 centre_operating 0")
    country.report("75", AS_OF, "75 centre_decided 1\n75001 centre_operating 0\n75002 centre_operating 1")
    country.report("01", AS_OF, "01 centre_decided 1")
    country.night(AS_OF, KNOWN, until=TABLE).check(
        TABLE,
        """
        rank directive province_code days_to_due
        1    late      91            -1
        2    soon      91            5
        3    soon      75            5
        4    later     91            151
        """,
    )


@pytest.mark.parametrize(
    ("sent", "kind", "reason", "reason_en"),
    [
        (
            [],
            "report",
            "Chưa gửi báo cáo kỳ 31/10/2025; chưa biết đã làm đến đâu; còn 10 ngày.",
            "No report for 31 Oct 2025 yet; how far it is is not known; 10 days left.",
        ),
        (
            [{}],
            "report",
            "Báo cáo kỳ 31/10/2025 gửi lên không có số liệu; chưa biết đã làm đến đâu; còn 10 ngày.",
            "The report for 31 Oct 2025 came without figures; how far it is is not known; 10 days left.",
        ),
        (
            [{"values": "91001 staff_present 5"}],
            "report",
            "Chưa báo cáo đủ chỉ tiêu này; chưa biết đã làm đến đâu; còn 10 ngày.",
            "This indicator is not fully reported; how far it is is not known; 10 days left.",
        ),
        (
            [{"values": "91 centre_decided 0"}],
            "unit_missing",
            "Chưa thực hiện; còn 10 ngày.",
            "Not done; 10 days left.",
        ),
        (
            [{"values": "91 centre_decided 0", "set_aside": {"centre_decided": 2}, "status": "partial"}],
            "set_aside",
            "2 giá trị bị để riêng, chờ tỉnh sửa và gửi lại; chưa thực hiện; còn 10 ngày.",
            "2 values set aside, wait for the province to put them right; not done; 10 days left.",
        ),
    ],
)  # fmt: skip
def test_the_reason_says_what_the_call_is_about(
    sent: list[dict[str, Any]], kind: str, reason: str, reason_en: str
) -> None:
    country = country_with(directive("task", "2025-11-10", "centre_decided"))
    for report in sent:
        country.report("91", AS_OF, **report)
    country.night(AS_OF, KNOWN, until=TABLE)
    assert country.rows(TABLE, "kind, reason, reason_en", "province_code = '91'") == [
        [text.replace(" ", "⎵") for text in (kind, reason, reason_en)]
    ]


def test_what_was_met_and_fell_is_called_so() -> None:
    country = country_with(directive("task", "2025-11-10", "centre_operating"))
    country.report("91", "2025-10-15", "\n".join(f"9100{n} centre_operating 1" for n in (1, 2, 3)))
    country.report("91", AS_OF, "91003 centre_operating 0")
    country.night(AS_OF, KNOWN, until=TABLE)
    assert country.rows(TABLE, "kind, reason", "province_code = '91'") == [
        ["regressed", "Đã đạt rồi giảm; còn 1/3 xã, phường, đặc khu chưa đạt; còn 10 ngày.".replace(" ", "⎵")]
    ]


def test_a_report_of_a_later_period_makes_up_for_a_missing_one() -> None:
    country = country_with(directive("task", "2025-11-10", "centre_decided"))
    country.report("91", "2025-11-15", "91 centre_decided 0")
    country.report("91", "2025-10-15", "91 centre_decided 0")
    country.night(AS_OF, "2025-11-16 01:30", until=TABLE).check(
        TABLE, "kind report_on report_status \n unit_missing 2025-10-31 missing", "province_code = '91'"
    )


def test_one_day_before_on_and_after_the_due_date() -> None:
    words = {"2025-10-30": "quá hạn 1 ngày.", "2025-10-31": "hôm nay là hạn.", "2025-11-01": "còn 1 ngày."}
    for due, said in words.items():
        country = country_with(directive("task", due, "centre_decided"))
        country.report("91", AS_OF, "91 centre_decided 0")
        country.night(AS_OF, KNOWN, until=TABLE)
        assert country.rows(TABLE, "reason", "province_code = '91'") == [[f"Chưa thực hiện; {said}".replace(" ", "⎵")]]
