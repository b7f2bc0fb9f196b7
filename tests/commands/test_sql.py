"""`tiendo sql`: one SELECT on the published database, for people and for programs; nothing else."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Ingested, tiendo

QUERY = """
    SELECT file_name, status, as_of_on, revision FROM facts.submissions
    WHERE revision = 1 OR status = 'rejected' ORDER BY 1
"""


def test_rows_as_json(ingested: Ingested) -> None:
    result = tiendo(ingested.home, "sql", QUERY, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {"file_name": "12-[bold]lai-chau.xlsx", "status": "partial", "as_of_on": "2025-07-31", "revision": 1},
        {"file_name": "anh-chup.xlsx", "status": "rejected", "as_of_on": None, "revision": None},
    ]


def test_rows_as_csv(ingested: Ingested) -> None:
    result = tiendo(ingested.home, "sql", QUERY, "--format", "csv")
    assert "\r" not in result.stdout
    assert list(csv.reader(result.stdout.splitlines())) == [
        ["file_name", "status", "as_of_on", "revision"],
        ["12-[bold]lai-chau.xlsx", "partial", "2025-07-31", "1"],
        ["anh-chup.xlsx", "rejected", "", ""],
    ]


def test_rows_as_a_table_whatever_the_cells_hold(ingested: Ingested) -> None:
    result = tiendo(ingested.home, "sql", "SELECT file_name AS \"[tệp]\", '[/]' AS x, NULL AS y FROM facts.submissions")
    assert result.exit_code == 0
    for text in ("[tệp]", "[bold]", "[/]", "∅", "dòng"):
        assert text in result.stdout


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1; SELECT 2",
        "/* chỉ chú thích */",
        "DELETE FROM facts.observations",
        "DROP TABLE facts.observations",
        "CREATE TABLE t AS SELECT 1",
        "INSERT INTO facts.submissions SELECT * FROM facts.submissions",
        "ATTACH 'x.duckdb'",
        "COPY facts.submissions TO 'x.csv'",
        "PRAGMA database_list",
        "SET threads = 1",
        "LOAD httpfs",
        "SELECT 1; DROP TABLE facts.observations",
    ],
)
def test_anything_but_one_select_is_refused(ingested: Ingested, query: str) -> None:
    result = tiendo(ingested.home, "sql", query)
    assert result.exit_code == 1
    assert "Chỉ nhận đúng một câu SELECT" in result.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM khong_co",
        "SELEC 1",
        "SELECT [1, 2",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT content FROM read_text('/etc/passwd')",
    ],
)
def test_a_query_that_can_not_run_is_explained_without_a_traceback(ingested: Ingested, query: str) -> None:
    result = tiendo(ingested.home, "sql", query)
    assert result.exit_code == 1
    assert "Câu truy vấn không chạy được: " in result.stderr
    assert "root:" not in result.output


def test_before_anything_is_published_the_next_command_is_named(tmp_path: Path) -> None:
    result = tiendo(tmp_path, "sql", "SELECT 1")
    assert result.exit_code == 1
    assert "tiendo" in result.stderr


def test_status_names_the_last_report_and_what_was_set_aside(ingested: Ingested) -> None:
    result = tiendo(ingested.home, "status")
    assert result.exit_code == 0
    assert "Lai Châu" in result.stdout
    assert "31/07/2025" in result.stdout
    assert "scanned_file: 1 giá trị để riêng" in result.stdout


def test_a_sample_is_drawn_by_the_declared_seed_or_another(ingested: Ingested) -> None:
    order = "ORDER BY province_code, indicator, draw"
    for arguments, query in (
        ((), f"SELECT * FROM marts.verification_sample {order}"),
        (("--seed", "7", "--size", "2"), f"SELECT * FROM marts.verification_draw(7, 2) {order}"),
    ):
        drawn = tiendo(ingested.home, "sample", *arguments, "--format", "csv")
        assert drawn.exit_code == 0
        assert drawn.stdout == tiendo(ingested.home, "sql", query, "--format", "csv").stdout
    assert tiendo(ingested.home, "sample", "--size", "0").exit_code == 2


def test_a_ready_made_question_is_asked_by_its_name(ingested: Ingested) -> None:
    asked = tiendo(ingested.home, "sql", "--ask", "16_reports_received", "--format", "json")
    assert asked.exit_code == 0
    assert {"short_name", "status", "received_count"} <= set(json.loads(asked.stdout)[0])
    listed = tiendo(ingested.home, "sql", "--ask", "list")
    assert "16_reports_received: Ai đã gửi, chưa gửi báo cáo kỳ mới nhất | " in listed.stdout
    assert len(listed.stdout.splitlines()) == 20


@pytest.mark.parametrize(("clearance", "unanswered"), [("restricted", set()), ("internal", {"15_military_posts"})])
def test_all_questions_together_give_what_identifies_their_answers(
    ingested: Ingested, clearance: str, unanswered: set[str]
) -> None:
    asked = ("sql", "--ask", "all", "--format", "json", "--clearance", clearance)
    said = tiendo(ingested.home, *asked)
    answers = {each["question"]: each for each in json.loads(said.stdout)}
    assert len(answers) == 20
    assert {name for name, each in answers.items() if each["sha256"] is None} == unanswered
    assert answers["16_reports_received"]["row_count"] == 34
    assert said.stdout == tiendo(ingested.home, *asked).stdout
    assert tiendo(ingested.home, "sql", "--ask", "all", "--known-on", "2025-08-01").exit_code == 1


def test_an_unknown_question_names_those_there_are(ingested: Ingested) -> None:
    for arguments, said in (
        (("--ask", "x"), "Không có câu hỏi “x”"),
        ((), "Cần đúng một"),
        (("SELECT 1", "--ask", "x"), "Cần"),
    ):
        result = tiendo(ingested.home, "sql", *arguments)
        assert result.exit_code == 1
        assert said in result.stderr
