"""`tiendo review reason`: why a province took back what it had reported."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipelines.commands.main import app
from pipelines.database import open_for_writing
from pipelines.publish.versions import current_database
from pipelines.reference.load import load_reference
from tests.review.conftest import BINH_LU, DOAN_KET, FIRST

DAY = "2025-07-15"
SENT = "000002-ab"


@pytest.fixture
def asked_home(home: Path) -> Path:
    """A published version in which a submission takes back two completions and lowers a third figure."""
    with closing(open_for_writing(current_database(home / "published"))) as connection:
        for unit, indicator, asks in (
            (BINH_LU, "pvhcc_commune_operating", True),
            (DOAN_KET, "pvhcc_commune_operating", True),
            (DOAN_KET, "staff_present", False),
        ):
            connection.execute(
                "INSERT INTO marts.restatements (unit_code, indicator, as_of_on, new_submission_id, asks_reason) "
                "VALUES (?, ?, ?, ?, ?)",
                [unit, indicator, DAY, SENT, asks],
            )
    return home


def reason(home: Path, *more: str, submission: str = SENT, text: str = "Nhầm dòng") -> Result:
    options = ["--submission", submission, "--reason", text, *more, "--json", "--home", str(home)]
    return CliRunner().invoke(app, ["review", "reason", *options])


def noted(home: Path) -> list[tuple[str, str, str, str]]:
    rows = load_reference(home / "reference").restatement_reasons
    return [(row.unit_code, row.indicator, row.reason, row.document_no) for row in rows]


def test_one_reason_answers_every_value_of_the_submission_that_asks_for_one(asked_home: Path) -> None:
    said = json.loads(reason(asked_home, "--document", "7/UBND").stdout)
    assert (said["table"], said["is_new"]) == ("restatement_reasons", True)
    assert said["message_vi"].startswith("Đã ghi lý do cho 2 giá trị. ")
    assert said["message_en"].startswith("The reason for 2 values has been noted. ")
    assert noted(asked_home) == [
        (DOAN_KET, "pvhcc_commune_operating", "Nhầm dòng", "7/UBND"),
        (BINH_LU, "pvhcc_commune_operating", "Nhầm dòng", "7/UBND"),
    ]


def test_a_second_answer_about_a_value_takes_the_place_of_the_first(asked_home: Path) -> None:
    assert reason(asked_home).exit_code == 0
    second = json.loads(reason(asked_home, "--unit", BINH_LU, "--as-of", DAY, text="Trung tâm tạm dừng").stdout)
    assert not second["is_new"]
    assert [(unit, text) for unit, _indicator, text, _document in noted(asked_home)] == [
        (DOAN_KET, "Nhầm dòng"),
        (BINH_LU, "Trung tâm tạm dừng"),
    ]


def test_in_a_simulated_season_a_reason_is_entered_on_its_last_night(asked_home: Path) -> None:
    with closing(open_for_writing(current_database(asked_home / "published"))) as connection:
        connection.execute("UPDATE reference.run SET origin_mix = 'simulated'")
    assert json.loads(reason(asked_home).stdout)["row"]["entered_on"] == FIRST.known_at.date().isoformat()


@pytest.mark.parametrize(
    ("more", "submission"),
    [(("--indicator", "staff_present"), SENT), (("--unit", "12"), SENT), (("--as-of", "2025-07-31"), SENT), ((), "x")],
)
def test_only_what_was_taken_back_can_be_answered(asked_home: Path, more: tuple[str, ...], submission: str) -> None:
    result = reason(asked_home, *more, submission=submission)
    assert result.exit_code == 1
    assert "không rút giá trị nào như vậy" in " ".join(result.stderr.split())
    assert noted(asked_home) == []


def test_an_empty_reason_is_no_answer(asked_home: Path) -> None:
    assert reason(asked_home, text=" ").exit_code == 1
    assert noted(asked_home) == []
