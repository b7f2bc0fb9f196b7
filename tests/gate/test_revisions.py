"""Files for a day that was reported before: what they replace, what they leave, and what is said about it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipelines.facts import ledger
from pipelines.gate.faults import Fault, fault_text
from pipelines.gate.submission import Submission
from tests.gate.reports import DAY, SON_HA, SON_HA_TOO, Desk, Given, Office, edited

LATER, LATER_STILL = datetime(2026, 2, 20, 9, 0), datetime(2026, 2, 21, 9, 0)
FIRST: Given = {(SON_HA, "staff_allocated"): 40, (SON_HA, "staff_present"): 30}
REVISIONS = "SELECT revision, supersedes_submission_id FROM facts.submissions ORDER BY submission_id"


def ids(office: Office) -> list[str]:
    return [str(row[0]) for row in office.rows("SELECT submission_id FROM facts.submissions ORDER BY 1")]


def changes(submission: Submission) -> list[tuple[str, str, str, str]]:
    return [
        (fault.place, fault.given, fault.expected, fault.detail)
        for fault in submission.faults
        if fault.rule == "value_changed"
    ]


def test_a_corrected_file_says_of_each_changed_value_what_was_there_before(desk: Desk, office: Office) -> None:
    office.take(desk.report(FIRST))
    (second,) = office.take(desk.report({**FIRST, (SON_HA, "staff_present"): 33}), received_at=LATER)[1]
    assert second.status == "accepted"
    assert changes(second) == [(desk.cell(SON_HA, "staff_present"), "33", "30", ids(office)[0])]
    assert desk.text(second, "value_changed").message_vi == (
        "Xã Sơn Hà, “Số cán bộ, công chức cấp xã hiện có”: "
        f"lần gửi trước ({ids(office)[0]}) ghi 30, lần này ghi 33; lấy số mới."
    )
    assert office.rows(REVISIONS) == [(1, None), (2, ids(office)[0])]


def test_changes_are_seen_within_a_batch_too(desk: Desk, office: Office) -> None:
    _, (_, second, third) = office.take(
        *(desk.report({(SON_HA, "staff_present"): value}, issue_no=value) for value in (30, 33, 35))
    )
    assert [changes(item)[0][1:3] for item in (second, third)] == [("33", "30"), ("35", "33")]
    assert office.rows(REVISIONS) == [(1, None), (2, ids(office)[0]), (3, ids(office)[1])]


def test_a_partial_file_supersedes_only_what_it_holds(desk: Desk, office: Office) -> None:
    office.take(desk.report({(SON_HA, "staff_present"): 30, (SON_HA_TOO, "staff_present"): 20}))
    (second,) = office.take(desk.report({(SON_HA_TOO, "staff_present"): 20}), received_at=LATER)[1]
    assert changes(second) == []
    assert office.rows(REVISIONS) == [(1, None), (2, ids(office)[0])]


def test_two_departments_with_different_sheets_supersede_nothing(desk: Desk, office: Office) -> None:
    office.take(desk.report({(SON_HA, "staff_present"): 30}))
    (second,) = office.take(desk.report({(SON_HA, "office_adequate"): 1}), received_at=LATER)[1]
    assert (second.status, changes(second)) == ("accepted", [])
    assert office.rows(REVISIONS) == [(1, None), (2, None)]


def test_the_newest_of_several_superseded_submissions_is_named(desk: Desk, office: Office) -> None:
    office.take(desk.report({(SON_HA, "staff_present"): 30}))
    office.take(desk.report({(SON_HA, "office_adequate"): 1}), received_at=LATER)
    office.take(desk.report({(SON_HA, "staff_present"): 31, (SON_HA, "office_adequate"): 1}), received_at=LATER_STILL)
    assert office.rows(REVISIONS)[-1] == (3, ids(office)[1])


def test_an_earlier_day_that_arrives_later_is_history_and_no_revision(desk: Desk, office: Office) -> None:
    office.take(desk.report(FIRST))
    (late,) = office.take(desk.report({(SON_HA, "staff_present"): 25}, as_of_on=date(2026, 1, 31)), received_at=LATER)[
        1
    ]
    assert (late.status, changes(late)) == ("accepted", [])
    assert office.rows(REVISIONS) == [(1, None), (1, None)]
    assert office.rows(
        f"SELECT as_of_on, value FROM facts.observations WHERE unit_code = '{SON_HA}' "
        "AND indicator = 'staff_present' ORDER BY as_of_on DESC LIMIT 1"
    ) == [(DAY, 30.0)]


def test_an_older_issue_after_a_newer_one_is_remarked_on(desk: Desk, office: Office) -> None:
    office.take(desk.report({(SON_HA, "staff_present"): 30}, issue_no=3))
    (older,) = office.take(desk.report({(SON_HA, "staff_present"): 30}, issue_no=2), received_at=LATER)[1]
    (newer,) = office.take(desk.report({(SON_HA, "staff_present"): 30}, issue_no=4), received_at=LATER_STILL)[1]
    newest = ids(office)[0]
    assert older.faults == [Fault("older_issue_after_newer", given="2", expected="3", detail=newest, detail_en=newest)]
    assert newer.faults == []


def test_a_file_under_another_name_is_a_duplicate(desk: Desk, office: Office) -> None:
    content = desk.report(FIRST)
    office.take(content)
    (again,) = office.take(content, received_at=LATER)[1]
    assert (again.status, [fault.rule for fault in again.faults]) == ("duplicate", ["duplicate_file"])
    assert office.rows("SELECT count(*) FROM facts.observations") == [(2,)]


@pytest.mark.parametrize("in_one_batch", [False, True])
@pytest.mark.parametrize(
    ("title", "words"),
    [("UBND TỈNH CÀ MAU", "đang chờ Bộ Nội vụ xác nhận"), ("", "khi đó chưa nhận được số liệu nào")],
)
def test_a_file_that_was_not_taken_and_comes_again_unchanged_says_so(
    desk: Desk, office: Office, title: str, words: str, in_one_batch: bool
) -> None:
    content = desk.report(FIRST)
    content = edited(content, lambda book: book["Biểu 01"].__setitem__("A1", title)) if title else content[:900]
    if in_one_batch:
        _, (_, again) = office.take(content, content)
    else:
        office.take(content)
        (again,) = office.take(content, received_at=LATER)[1]
    assert (again.status, [fault.rule for fault in again.faults]) == ("duplicate", ["duplicate_not_taken"])
    assert again.faults[0].detail == f"{ids(office)[0]}, {words}"


def test_a_file_that_was_taken_in_part_and_comes_again_unchanged_is_not_called_done(desk: Desk, office: Office) -> None:
    content = desk.report({**FIRST, (SON_HA, "staff_contracted"): "đang"})
    office.take(content)
    (again,) = office.take(content, received_at=LATER)[1]
    assert [fault.rule for fault in again.faults] == ["duplicate_not_taken"]
    assert again.faults[0].detail == f"{ids(office)[0]}, khi đó chỉ nhận một phần, phần còn lại chờ sửa"
    assert "Không cần làm gì" not in fault_text(again.faults[0], office.reference).fix_vi


def test_a_ledger_with_other_columns_is_filled_again(desk: Desk, office: Office) -> None:
    office.take(desk.report(FIRST))
    office.connection.execute("ALTER TABLE facts.submissions DROP COLUMN issue_no")
    ledger.create(office.connection)
    assert office.rows("SELECT count(*) FROM facts.submissions") == [(0,)]
    assert office.rows("SELECT count(*) FROM work.state") == [(0,)]
    assert ledger.last_sequence(office.connection) == 0
