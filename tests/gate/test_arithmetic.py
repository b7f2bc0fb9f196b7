"""Sums that a report promises are checked as its sender's spreadsheet adds them up."""

from __future__ import annotations

import pytest

from pipelines.form.values import Departures
from tests.gate.reports import SON_HA, Desk, edited, faults, write
from tests.gate.trips import RIGHT


@pytest.mark.parametrize("total", [120, "120", None, "…"])
def test_a_total_that_adds_up_or_is_not_given(desk: Desk, total: int | str | None) -> None:
    content = edited(desk.report(RIGHT), lambda workbook: write(workbook["Biểu 04"], "E17", total))
    assert desk.read(content).faults == []


@pytest.mark.parametrize(
    "given",
    [
        {(SON_HA, "staff_present"): "đang rà soát"},
        {(SON_HA, "staff_present"): 3.193},
        {(SON_HA, "staff_present"): 30.5},
    ],
)
def test_a_value_set_aside_does_not_make_the_senders_total_wrong(
    desk: Desk, given: dict[tuple[str, str], float]
) -> None:
    rules = {fault.rule for fault in desk.read(desk.report({**RIGHT, **given})).faults}
    assert "total_does_not_add_up" not in rules


def test_rows_set_aside_count_in_the_senders_total(desk: Desk) -> None:
    departures = Departures(unit_labels={("Biểu 04", SON_HA): ("99919", "Xã Mô Phỏng")})
    assert {rule for rule, _ in faults(desk.read(desk.report(RIGHT, departures=departures)))} == {"unknown_unit"}


def test_a_total_over_nothing_is_wrong_unless_it_is_zero(desk: Desk) -> None:
    for total, found in ((0, []), (5, [("total_does_not_add_up", "Biểu 04!G17")])):
        departures = Departures(totals={"staff_contracted": total})
        assert faults(desk.read(desk.report(RIGHT, departures=departures))) == found


@pytest.mark.parametrize(("posts", "is_wrong"), [(1, False), (2, True), (None, False)])
def test_the_parts_of_a_sum_are_added_up_where_all_are_given(desk: Desk, posts: int | None, is_wrong: bool) -> None:
    parts = (
        "military_commander_appointed",
        "military_deputy_commander_appointed",
        "military_deputy_political_officer_appointed",
        "military_assistants",
        "military_technical_staff",
    )
    given = {(SON_HA, part): float(part == parts[0]) for part in parts[: 5 if posts else 4]}
    given[SON_HA, "military_posts_filled"] = posts or 7
    found = faults(desk.read(desk.report(given)))
    assert found == ([("parts_do_not_add_up", "Biểu 03!E13")] if is_wrong else [])
