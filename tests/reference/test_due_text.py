"""What the wording of a deadline means in days."""

from __future__ import annotations

import datetime

import pytest

from pipelines.reference.due_text import Due, read_due_text


@pytest.mark.parametrize(
    ("text", "due_on", "is_inclusive"),
    [
        ("trước ngày 15/12/2025", "2025-12-15", False),
        ("Trước 31/12", "2025-12-31", False),
        ("trước tháng 3/2026", "2026-03-01", False),
        ("trước tháng 3 năm 2026", "2026-03-01", False),
        ("trước quý II/2026", "2026-04-01", False),
        ("trước năm 2026", "2026-01-01", False),
        ("đến ngày 3/11/2025", "2025-11-03", True),
        ("đến hết ngày 31/12/2025", "2025-12-31", True),
        ("chậm nhất là ngày 30/10/2025", "2025-10-30", True),
        ("đến hết tháng 2/2026", "2026-02-28", True),
        ("trong tháng 2/2028", "2028-02-29", True),
        ("quý 1/2026", "2026-03-31", True),
        ("trong quý IV/2025", "2025-12-31", True),
        ("đến hết năm 2025", "2025-12-31", True),
        ("đến năm 2030", "2030-12-31", True),
    ],
)
def test_a_wording_names_a_day_and_whether_it_is_still_in_time(text: str, due_on: str, is_inclusive: bool) -> None:
    assert read_due_text(text, 2025) == Due(datetime.date.fromisoformat(due_on), is_inclusive)


@pytest.mark.parametrize("text", ["sớm", "ngay", "trước 31/02/2026", "quý 5/2026", "trước ngày", ""])
def test_what_is_no_deadline_is_not_guessed(text: str) -> None:
    assert read_due_text(text, 2025) is None
