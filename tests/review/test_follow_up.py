"""`tiendo review follow-up`: what a province says of a value that stands out, and what the next night makes of it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines import nightly
from pipelines.commands.main import app
from pipelines.database import open_for_reading, open_for_writing
from pipelines.landing.journal import Arrival
from pipelines.publish.versions import current_database
from pipelines.reference.load import load_reference
from tests.durability.nights import whole_night
from tests.review.conftest import BINH_LU, FIRST, SECOND

DAY = "2025-07-15"


@pytest.fixture
def asked_home(home: Path) -> Path:
    """A published version in which one value stands out."""
    with closing(open_for_writing(current_database(home / "published"))) as connection:
        connection.execute(
            "INSERT INTO marts.outliers (unit_code, province_code, indicator, as_of_on, value, state) "
            "VALUES (?, '12', 'staff_present', ?, 30, 'open')",
            [BINH_LU, DAY],
        )
    return home


def follow_up(home: Path, *more: str, value: str = "30", unit: str = BINH_LU) -> Result:
    return CliRunner().invoke(
        app,
        [
            *("review", "follow-up", "--unit", unit, "--indicator", "staff_present", "--as-of", DAY),
            *("--value", value, "--note", "Sở Nội vụ xác nhận", *more, "--json", "--home", str(home)),
        ],
    )


def test_an_answer_is_a_row_of_the_table_and_a_second_one_takes_its_place(asked_home: Path) -> None:
    first = json.loads(follow_up(asked_home, "--document", "12/SNV").stdout)
    assert (first["table"], first["is_new"], first["row"]["state"]) == ("follow_ups", True, "confirmed")
    assert "tệp đã nhận không phải đọc lại" in first["message_vi"]
    second = json.loads(follow_up(asked_home, "--state", "open").stdout)
    assert not second["is_new"]
    (row,) = load_reference(asked_home / "reference").follow_ups
    assert (row.unit_code, row.value, row.state, row.note) == (BINH_LU, 30.0, "open", "Sở Nội vụ xác nhận")


def test_in_a_simulated_season_an_answer_is_entered_on_its_last_night(asked_home: Path) -> None:
    with closing(open_for_writing(current_database(asked_home / "published"))) as connection:
        connection.execute("UPDATE reference.run SET origin_mix = 'simulated'")
    assert json.loads(follow_up(asked_home).stdout)["row"]["entered_on"] == FIRST.known_at.date().isoformat()


@pytest.mark.parametrize(("value", "unit", "said"), [("31", BINH_LU, "nay là 30"), ("30", "03388", "không có trong")])
def test_only_the_value_that_stands_out_now_can_be_answered(asked_home: Path, value: str, unit: str, said: str) -> None:
    result = follow_up(asked_home, value=value, unit=unit)
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    assert load_reference(asked_home / "reference").follow_ups == ()


def test_the_next_night_shows_the_answer_and_reads_no_file_again(
    asked_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert follow_up(asked_home).exit_code == 0
    read: list[object] = []

    def gate_arrivals(arrivals: list[Arrival], *more: Any) -> Any:
        read.extend(arrivals)
        return taken(arrivals, *more)

    taken = nightly.gate_arrivals
    monkeypatch.setattr(nightly, "gate_arrivals", gate_arrivals)
    whole_night(asked_home, SECOND)
    assert read == []
    with closing(open_for_reading(current_database(asked_home / "published"))) as connection:
        assert connection.execute("SELECT unit_code, value FROM reference.follow_ups").fetchall() == [(BINH_LU, 30.0)]
