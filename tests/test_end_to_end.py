"""The whole road, by the commands that a person types: from simulated workbooks to a figure and back to its cell."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

TIENDO = Path(sys.executable).parent / "tiendo"
LAST_DAY = "2025-07-31"


def tiendo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TIENDO), *arguments, "--home", str(home)], capture_output=True, text=True, timeout=180, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which all 34 provinces have reported on the first two days of the calendar."""
    home = tmp_path_factory.mktemp("end_to_end") / "home"
    ran = tiendo(home, "demo", "--no-serve", "--to", LAST_DAY, "--mess", "0.05")
    assert ran.returncode == 0, ran.stderr
    return home


def ask(home: Path, query: str) -> list[dict[str, Any]]:
    asked = tiendo(home, "sql", query, "--format", "json")
    assert asked.returncode == 0, asked.stderr
    rows: list[dict[str, Any]] = json.loads(asked.stdout)
    return rows


def test_the_registry_of_the_day_is_complete(home: Path) -> None:
    (row,) = ask(
        home,
        "SELECT (SELECT COUNT(*) FROM reference.provinces) AS provinces, "
        "(SELECT COUNT(*) FROM reference.communes) AS communes",
    )
    assert row == {"provinces": 34, "communes": 3321}


def test_ten_values_stand_in_the_file_and_the_cell_that_are_named_as_their_source(home: Path) -> None:
    values = ask(
        home,
        "SELECT o.value, o.source_place, s.sha256, s.file_name FROM facts.current_observations AS o "
        "INNER JOIN facts.submissions AS s USING (submission_id) "
        "ORDER BY o.unit_code, o.indicator, o.as_of_on",
    )
    for picked in random.Random(34).sample(values, 10):
        (landed,) = (home / "landing").glob(f"*/{picked['sha256']}.*")
        sheet, _, cell = picked["source_place"].partition("!")
        given = openpyxl.load_workbook(landed, data_only=True)[sheet][cell].value
        assert float(given) == picked["value"], f"{picked['file_name']} {picked['source_place']}"


def test_national_figures_are_the_sums_of_the_facts(home: Path) -> None:
    wrong = ask(
        home,
        "SELECT n.indicator, n.value, f.value AS sum_of_facts FROM marts.national_progress AS n "
        "FULL JOIN (SELECT indicator, SUM(value) AS value FROM facts.as_known(DATE '2025-07-31', DATE '2025-12-31') "
        "INNER JOIN reference.indicators USING (indicator) "
        "WHERE NOT is_period_count OR as_of_on = DATE '2025-07-31' GROUP BY indicator) AS f USING (indicator) "
        "WHERE n.as_of_on = DATE '2025-07-31' AND n.value IS DISTINCT FROM f.value",
    )
    assert wrong == []


def test_hanoi_counts_no_commune_centres_and_the_reason_is_given(home: Path) -> None:
    (row,) = ask(
        home,
        "SELECT d.expected_count, d.reason, p.target, n.target AS national_target FROM reference.denominators AS d "
        "INNER JOIN marts.province_progress AS p USING (province_code, indicator) "
        "INNER JOIN marts.national_progress AS n USING (indicator, as_of_on) "
        "WHERE indicator = 'pvhcc_commune_operating' AND province_code = '01' AND as_of_on = DATE '2025-07-31'",
    )
    assert (row["expected_count"], row["target"], row["national_target"]) == (0, 0, 3195)
    assert "một cấp" in row["reason"]


def test_every_row_that_rests_on_simulated_reports_says_so(home: Path) -> None:
    (row,) = ask(
        home,
        "SELECT (SELECT STRING_AGG(DISTINCT origin) FROM facts.observations) AS facts, "
        "(SELECT STRING_AGG(DISTINCT origin) FROM marts.national_progress WHERE value IS NOT NULL) AS marts, "
        "(SELECT origin_mix FROM reference.run) AS run",
    )
    assert row == {"facts": "simulated", "marts": "simulated", "run": "simulated"}


def test_what_was_set_aside_says_where_and_what_to_do(home: Path) -> None:
    rows = ask(home, "SELECT * FROM facts.rejected_values WHERE severity = 'critical'")
    assert rows
    assert all(row["file_name"] and row["source_place"] and row["message_vi"] and row["fix_vi"] for row in rows)
    assert list((home / "outbox").glob("*-can-sua.xlsx"))


def test_status_warns_of_simulated_figures(home: Path) -> None:
    said = tiendo(home, "status")
    assert said.returncode == 0
    assert "MÔ PHỎNG" in said.stdout


def test_verify_finds_nothing_to_complain_of(home: Path) -> None:
    verified = tiendo(home, "verify")
    assert verified.returncode == 0, verified.stderr
