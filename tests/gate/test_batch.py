"""Files together: repeated ones, corrected ones, several days, one that is broken among others that are not."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from expectations.validation import broken_rules
from pipelines.facts.tables import OBSERVATIONS, REJECTED_VALUES, SUBMISSIONS
from pipelines.form.values import Departures
from pipelines.gate import batch
from pipelines.readers import Limits
from pipelines.reference.load import Reference
from tests.gate.reports import BINH_LU, DAY, DOAN_KET, LAI_CHAU, QUANG_NGAI, SON_HA, Desk, Office
from tests.gate.trips import RIGHT

LATER = datetime(2026, 2, 20, 9, 0)
ABOUT_OTHER_FILES = ("value_changed", "completion_withdrawn")


def test_the_same_bytes_are_one_file_in_one_batch_and_in_the_next(desk: Desk, office: Office) -> None:
    content = desk.report(RIGHT)
    _, submissions = office.take(content, content)
    (again,) = office.take(content, received_at=LATER)[1]
    assert [item.status for item in submissions] == ["accepted", "duplicate"]
    assert again.status == "duplicate"
    first = submissions[0].arrival.submission_id
    assert {fault.detail for item in (submissions[1], again) for fault in item.faults} == {first}
    assert office.rows("SELECT count(*), count(DISTINCT submission_id) FROM facts.observations") == [(len(RIGHT), 1)]


def test_a_file_that_was_refused_is_a_duplicate_too_when_it_comes_again(office: Office) -> None:
    (first,) = office.take(b"%PDF-1.7")[1]
    (second,) = office.take(b"%PDF-1.7", received_at=LATER)[1]
    assert [first.status, second.status] == ["rejected", "duplicate"]


def test_a_corrected_file_supersedes_and_the_ledger_keeps_both(desk: Desk, office: Office) -> None:
    office.take(desk.report(RIGHT))
    office.take(desk.report({**RIGHT, (SON_HA, "staff_present"): 33}), received_at=LATER)
    rows = office.rows(
        "SELECT submission_id, revision, supersedes_submission_id, accepted_count "
        "FROM facts.submissions ORDER BY submission_id"
    )
    assert [(row[1], row[2], row[3]) for row in rows] == [(1, None, len(RIGHT)), (2, rows[0][0], len(RIGHT))]
    values = office.rows(
        f"SELECT value FROM facts.observations WHERE unit_code = '{SON_HA}' AND indicator = 'staff_present' ORDER BY 1"
    )
    assert values == [(30.0,), (33.0,)]


def test_revisions_are_counted_within_a_batch_as_well(desk: Desk, office: Office) -> None:
    contents = [desk.report({**RIGHT, (SON_HA, "staff_present"): value}) for value in (31, 32, 33)]
    _, submissions = office.take(*contents)
    rows = office.rows("SELECT revision, supersedes_submission_id FROM facts.submissions ORDER BY submission_id")
    ids = [item.arrival.submission_id for item in submissions]
    assert rows == [(1, None), (2, ids[0]), (3, ids[1])]


def test_other_days_and_other_provinces_revise_nothing(desk: Desk, office: Office) -> None:
    office.take(
        desk.report(RIGHT),
        desk.report(RIGHT, as_of_on=date(2026, 1, 31)),
        desk.report({(BINH_LU, "staff_allocated"): 30}, province=LAI_CHAU),
    )
    assert office.rows("SELECT DISTINCT revision, supersedes_submission_id FROM facts.submissions") == [(1, None)]


def test_what_was_not_taken_revises_nothing(desk: Desk, office: Office) -> None:
    conflict = desk.report(RIGHT, departures=Departures(marks={"province_code": LAI_CHAU}))
    office.take(conflict, desk.report(RIGHT))
    rows = office.rows("SELECT status, revision FROM facts.submissions ORDER BY submission_id")
    assert rows == [("needs_review", None), ("accepted", 1)]


def test_a_broken_file_stops_no_other(desk: Desk, office: Office) -> None:
    good = desk.report({(DOAN_KET, "staff_allocated"): 30}, province=LAI_CHAU)
    _, submissions = office.take(desk.report(RIGHT)[:5000], good, b"", desk.report(RIGHT))
    assert [item.status for item in submissions] == ["rejected", "accepted", "rejected", "accepted"]
    assert office.rows("SELECT DISTINCT province_code FROM facts.observations ORDER BY 1") == [("12",), ("51",)]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(file_bytes=1000), "tối đa 0,0 MB"),
        (Limits(expanded_bytes=1000), "sau khi giải nén"),
        (Limits(cells=100), "tối đa 100 ô"),
    ],
)
def test_limits_are_settings(desk: Desk, office: Office, limits: Limits, words: str) -> None:
    (submission,) = office.take(desk.report(RIGHT), limits=limits)[1]
    assert [fault.rule for fault in submission.faults] == ["file_too_large"]
    assert words in submission.faults[0].detail


def raised(desk: Desk, value: int, day: date) -> bytes:
    return desk.report({(SON_HA, "obstacles_raised"): value}, as_of_on=day)


def remarks(office: Office, *contents: bytes) -> list[list[tuple[str, str, str]]]:
    _, submissions = office.take(*contents)
    return [
        [(fault.rule, fault.given, fault.expected) for fault in item.faults if fault.rule not in ABOUT_OTHER_FILES]
        for item in submissions
    ]


def test_a_cumulative_value_is_compared_with_the_newest_known_for_an_earlier_day(desk: Desk, office: Office) -> None:
    january, mid_january, december = date(2026, 1, 31), date(2026, 1, 15), date(2025, 12, 31)
    assert remarks(office, raised(desk, 10, january)) == [[]]
    assert remarks(office, raised(desk, 8, DAY)) == [[("cumulative_fell", "8", "10")]]
    # Corrected downwards, then no fall any more.
    assert remarks(office, raised(desk, 7, january), raised(desk, 9, DAY)) == [[], []]
    assert remarks(office, raised(desk, 20, mid_january), raised(desk, 1, december)) == [[], []]


def test_a_unit_that_was_silent_for_months_is_compared_with_its_last_word(desk: Desk, office: Office) -> None:
    first, last = date(2025, 7, 31), date(2025, 8, 15)
    assert remarks(office, raised(desk, 10, first), raised(desk, 12, last)) == [[], []]
    assert remarks(office, raised(desk, 11, DAY)) == [[("cumulative_fell", "11", "12")]]


def test_all_files_of_a_batch_are_checked_in_one_run_of_the_suite(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[int] = []

    def counted(frame: pd.DataFrame, reference: Reference) -> dict[str, list[int]]:
        frames.append(len(frame))
        return broken_rules(frame, reference)

    monkeypatch.setattr(batch, "broken_rules", counted)
    office.take(desk.report(RIGHT), desk.report({(BINH_LU, "staff_allocated"): 30}, province=LAI_CHAU))
    assert frames == [len(RIGHT) + 1]


def test_bad_values_of_one_file_are_not_looked_for_in_another(desk: Desk, office: Office) -> None:
    bad = {(BINH_LU, "staff_contracted"): 101, (DOAN_KET, "staff_contracted"): 5}
    _, (right, wrong) = office.take(desk.report(RIGHT), desk.report(bad, province=LAI_CHAU))
    assert right.faults == []
    assert [(fault.rule, fault.unit, fault.given) for fault in wrong.faults] == [("out_of_bounds", "Xã Bình Lư", "101")]
    assert wrong.values.unit_code == [DOAN_KET]


def test_rows_have_exactly_the_columns_of_the_ledger(desk: Desk, office: Office) -> None:
    for contents in ([], [b""], [desk.report(RIGHT)]):
        taken, _ = office.take(*contents)
        for table, rows in (
            (SUBMISSIONS, taken.submissions),
            (OBSERVATIONS, taken.observations),
            (REJECTED_VALUES, taken.rejected_values),
        ):
            assert rows.schema == table.arrow_schema()


def test_a_submission_row_says_what_became_of_the_file(desk: Desk, office: Office) -> None:
    given = {**RIGHT, (SON_HA, "staff_contracted"): "đang", (SON_HA, "staff_gap_it"): 51}
    _, (submission,) = office.take(desk.report(given, origin="simulated"))
    columns = "province_code, form, as_of_on, received_at, revision, status, accepted_count, rejected_count, origin"
    assert office.rows(f"SELECT {columns} FROM facts.submissions") == [
        (QUANG_NGAI, "CQDP2C", DAY, submission.arrival.received_at, 1, "partial", len(RIGHT), 2, "simulated")
    ]
    assert office.rows(
        "SELECT source_place, unit_text, indicator, given_text, expected_text FROM facts.rejected_values ORDER BY ALL"
    ) == [
        ("Biểu 04!G13", "Xã Sơn Hà", "staff_contracted", "đang", "Một số, ví dụ 12 hoặc 3.193"),
        ("Biểu 04!J13", "Xã Sơn Hà", "staff_gap_it", "51", "Giá trị từ 0 đến 50"),
    ]
    assert office.rows("SELECT rule, severity, origin FROM facts.rejected_values ORDER BY ALL") == [
        ("not_a_number", "critical", "simulated"),
        ("out_of_bounds", "critical", "simulated"),
    ]
    assert office.rows("SELECT DISTINCT origin, province_code, as_of_on FROM facts.observations") == [
        ("simulated", QUANG_NGAI, DAY)
    ]


def test_values_of_the_province_and_of_communes_are_told_apart(desk: Desk, office: Office) -> None:
    office.take(desk.report(RIGHT))
    levels = office.rows("SELECT unit_level, count(*) FROM facts.observations GROUP BY ALL ORDER BY 1")
    provincial = sum(unit == QUANG_NGAI for unit, _ in RIGHT)
    assert levels == [("commune", len(RIGHT) - provincial), ("province", provincial)]
