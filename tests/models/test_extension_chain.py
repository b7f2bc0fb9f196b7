"""marts.chain_stages, marts.extension_chain and marts.chain_funnel: what was reached when, how long it took, and which
orders can't be true.

The chain of these tests: a scheme, then two decisions that both need the scheme, then staff, who need both decisions.
"""

from __future__ import annotations

import pytest

from pipelines.reference.records import ChainStage
from tests.models.tiny import TINY, Country, _indicator, day

STAGES = ("scheme", "decision", "commune_decision", "staff")
FLAGS = [_indicator(code, "province", "flag", "all_provinces") for code in STAGES]


def stage(chain: str, order: int, indicator: str, *requires: str, starts: str = "") -> ChainStage:
    return ChainStage(chain, order, indicator, indicator, indicator, requires, day(starts) if starts else None,
                      "", "", "", "")  # fmt: skip


EXTENSION = (
    stage("extension", 1, "scheme", starts="2025-07-01"),
    stage("extension", 2, "decision", "scheme"),
    stage("extension", 3, "commune_decision", "scheme"),
    stage("extension", 4, "staff", "decision", "commune_decision"),
)


def country(*more: ChainStage) -> Country:
    return Country(indicators=(*TINY.indicators, *FLAGS), chains=(*EXTENSION, *more))


def built(told: Country, as_of: str = "2025-11-15") -> Country:
    return told.night(as_of, until="marts.chain_funnel").night(as_of, until="marts.extension_chain")


@pytest.fixture(scope="module")
def told() -> Country:
    """An Giang goes the whole way with dates, Đồng Nai is on it, Hà Nội has reported one stage only."""
    told = country()
    told.report(
        "91",
        "2025-10-15",
        """
        91 scheme 1 2025-08-30 11/KH
        91 decision 1 2025-09-29 12/QĐ
        91 commune_decision 0
        91 staff 0
        """,
    )
    told.report("91", "2025-10-31", "91 commune_decision 1 2025-10-20\n91 staff 0", origin="simulated")
    told.report("91", "2025-11-15", "91 staff 1")
    told.report("75", "2025-10-15", "75 scheme 1\n75 decision 0\n75 commune_decision 0\n75 staff 0")
    told.report("01", "2025-10-31", "01 scheme 0")
    return built(told)


def test_a_stage_counts_from_the_day_on_which_everything_it_needs_was_reached(told: Country) -> None:
    told.check(
        "marts.extension_chain",
        """
        province_code stage_order status started_on reached_on days_in_stage reached_basis evidence sequence_problem
        91 1 done 2025-07-01 2025-08-30 60 evidence     11/KH -
        91 2 done 2025-08-30 2025-09-29 30 evidence     12/QĐ -
        91 3 done 2025-08-30 2025-10-20 51 evidence     -     -
        91 4 done 2025-10-20 2025-11-15 26 first_report -     -
        """,
        where="province_code = '91'",
    )


def test_what_is_not_reached_counts_to_the_day_of_the_figures(told: Country) -> None:
    told.check(
        "marts.extension_chain",
        """
        province_code stage_order status started_on reached_on days_in_stage sequence_problem
        75 1 done        2025-07-01 2025-10-15 106 -
        75 2 in_progress 2025-10-15 -          31  -
        75 3 in_progress 2025-10-15 -          31  -
        75 4 waiting     -          -          -   -
        """,
        where="province_code = '75'",
    )


def test_what_nobody_reported_is_unknown_and_not_zero(told: Country) -> None:
    told.check(
        "marts.extension_chain",
        """
        province_code stage_order status started_on reached_on days_in_stage last_reported_on origin
        01 1 in_progress  2025-07-01 - 137 2025-10-31 reported
        01 2 not_reported -          - -   -          reported
        01 3 not_reported -          - -   -          reported
        01 4 not_reported -          - -   -          -
        """,
        where="province_code = '01'",
    )


def test_one_simulated_value_makes_what_rests_on_it_simulated(told: Country) -> None:
    told.check(
        "marts.extension_chain",
        "stage_order origin \n 1 reported \n 2 reported \n 3 simulated \n 4 simulated",
        where="province_code = '91'",
    )


def test_the_funnel_counts_provinces_at_each_stage(told: Country) -> None:
    told.check(
        "marts.chain_funnel",
        """
        stage_order expected_count reported_count reached_count reached_with_all_before_count in_progress_count
        1 3 3 2 2 1
        2 3 2 1 1 1
        3 3 2 1 1 1
        4 3 2 1 1 0
        """,
    )
    told.check(
        "marts.chain_funnel",
        """
        stage_order waiting_count not_reported_count problem_count dated_count median_days_done median_days_in_progress
        1 0 0 0 1 83 137
        2 0 1 0 1 30 31
        3 0 1 0 1 51 31
        4 1 1 0 0 26 -
        """,
    )


def problem(reports: dict[str, str], as_of: str = "2025-11-15") -> dict[int, tuple[str, str]]:
    """{stage: (problem, the stage it is about)} of An Giang after these reports, by day."""
    told = country()
    for on, values in reports.items():
        told.report("91", on, values)
    rows = built(told, as_of).rows(
        "marts.extension_chain",
        "stage_order, sequence_problem, problem_indicator",
        "province_code = '91' AND sequence_problem IS NOT NULL",
    )
    return {int(order): (code, about) for order, code, about in rows}


DECIDED = "91 scheme 1 2025-08-01\n91 decision 1 2025-09-10\n91 commune_decision 1 2025-09-20"


@pytest.mark.parametrize(
    ("placed_on", "found"),
    [
        ("2025-09-19", {4: ("before_previous", "commune_decision")}),
        ("2025-09-20", {}),
        ("2025-09-21", {}),
        ("2025-09-09", {4: ("before_previous", "decision")}),
    ],
)
def test_staff_before_the_decision(placed_on: str, found: dict[int, tuple[str, str]]) -> None:
    assert problem({"2025-10-15": f"{DECIDED}\n91 staff 1 {placed_on}"}) == found


def test_staff_while_the_decision_is_reported_as_missing() -> None:
    found = problem({"2025-10-15": "91 scheme 1\n91 decision 1\n91 commune_decision 0\n91 staff 1"})
    assert found == {4: ("previous_missing", "commune_decision")}


def test_staff_while_nothing_is_reported_of_the_decision_is_a_gap_in_the_reports_and_no_contradiction() -> None:
    assert problem({"2025-10-15": "91 scheme 1\n91 decision 1\n91 staff 1"}) == {}


def test_the_day_of_a_first_report_proves_nothing_of_the_days_before_it() -> None:
    reported_together = "91 scheme 1\n91 decision 1\n91 commune_decision 1\n91 staff 1 2025-10-01"
    assert problem({"2025-10-15": reported_together}) == {}


def test_a_decision_reported_as_missing_when_staff_were_there_already_came_after_them() -> None:
    first = "91 scheme 1\n91 decision 1\n91 commune_decision 0\n91 staff 1 2025-10-01"
    assert problem({"2025-10-15": first, "2025-10-31": "91 commune_decision 1"}) == {
        4: ("before_previous", "commune_decision")
    }


def test_the_two_decisions_may_come_in_either_order() -> None:
    either = "91 scheme 1 2025-08-01\n91 decision 1 2025-10-10\n91 commune_decision 1 2025-09-01"
    assert problem({"2025-10-15": either}) == {}
    assert problem({"2025-10-15": "91 scheme 1\n91 decision 0\n91 commune_decision 1"}) == {}


@pytest.mark.parametrize(("done_on", "is_problem"), [("2025-10-15", False), ("2025-10-16", True)])
def test_a_date_after_the_day_that_the_report_describes(done_on: str, is_problem: bool) -> None:
    expected = {1: ("dated_after_report", "-")} if is_problem else {}
    assert problem({"2025-10-15": f"91 scheme 1 {done_on}"}) == expected


def test_a_date_after_the_report_gives_no_days() -> None:
    told = country()
    told.report("91", "2025-10-15", "91 scheme 1 2025-12-01")
    built(told).check(
        "marts.extension_chain",
        "reached_on days_in_stage status \n 2025-12-01 - done",
        where="province_code = '91' AND stage_order = 1",
    )


def test_a_later_report_may_put_the_date_right() -> None:
    assert problem({"2025-10-15": "91 scheme 1 2025-10-16", "2025-10-31": "91 scheme 1 2025-10-06"}) == {}


def test_what_was_done_and_is_reported_as_not_done() -> None:
    told = country()
    told.report("91", "2025-10-15", "91 scheme 1 2025-08-01")
    told.report("91", "2025-10-31", "91 scheme 0")
    columns = "status reached_on days_in_stage went_back_on sequence_problem"
    built(told).check(
        "marts.extension_chain",
        f"{columns} \n in_progress - 137 2025-10-31 went_back",
        where="province_code = '91' AND stage_order = 1",
    )


def test_what_was_taken_back_and_is_done_again_counts_from_its_present_spell_and_keeps_the_trace() -> None:
    told = country()
    told.report("91", "2025-10-15", "91 scheme 1")
    told.report("91", "2025-10-31", "91 scheme 0")
    told.report("91", "2025-11-15", "91 scheme 1")
    columns = "status reached_on went_back_on sequence_problem"
    built(told).check(
        "marts.extension_chain",
        f"{columns} \n done 2025-11-15 2025-10-31 -",
        where="province_code = '91' AND stage_order = 1",
    )


def test_a_report_of_a_later_day_is_not_known_yet() -> None:
    told = country()
    told.report("91", "2025-10-15", "91 scheme 0")
    told.report("91", "2025-10-31", "91 scheme 1")
    built(told, "2025-10-15").check(
        "marts.extension_chain", "status \n in_progress", where="province_code = '91' AND stage_order = 1"
    )


def test_another_chain_is_a_matter_of_rows() -> None:
    other = stage("portal", 1, "centre_decided")
    told = country(other)
    told.report("91", "2025-10-15", "91 centre_decided 1")
    told.night("2025-11-15", until="marts.chain_funnel").check(
        "marts.chain_stages",
        "province_code stage_order status started_on days_in_stage \n 91 1 done - -",
        where="chain = 'portal' AND province_code = '91'",
    )
    told.night("2025-11-15", until="marts.extension_chain").check(
        "marts.extension_chain", "chain \n extension", where="province_code = '91' AND stage_order = 1"
    )
    told.check("marts.chain_funnel", "chain reached_count expected_count \n portal 1 3", where="chain = 'portal'")
