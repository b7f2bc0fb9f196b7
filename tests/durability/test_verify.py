"""`tiendo verify` accepts what nobody touched, and names what somebody altered; `tiendo rebuild` puts it right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines import verification
from pipelines.publish.versions import current_database
from pipelines.settings import Settings
from pipelines.verification import Finding
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Rows, dies, in_child, published_rows, rows_of


def verify(home: Path) -> list[Finding]:
    return verification.verify(Settings(home=home), SECOND.known_at)


def rebuild(home: Path) -> None:
    verification.rebuild(Settings(home=home), SECOND.known_at)


def change(database: Path, sql: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(sql)


def journal(home: Path) -> Path:
    return home / "landing" / "journal.jsonl"


def change_line(home: Path, number: int, **fields: object) -> None:
    lines = journal(home).read_text(encoding="utf-8").splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **fields}, ensure_ascii=False)
    journal(home).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def first_landed(home: Path) -> Path:
    return next((home / "landing").glob("*/*.xlsx"))


def flip_last_byte(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_an_untouched_home_is_accepted(undisturbed: Path) -> None:
    assert in_child(verify, undisturbed) == []


def test_a_home_whose_last_night_died_is_accepted(home: Path) -> None:
    dies(home, SECOND, Death("pipelines.nightly:write_reference"))
    assert in_child(verify, home) == []


LANDING_FAULTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a landed byte": (lambda home: flip_last_byte(first_landed(home)), ".xlsx", "Tệp gốc bị sửa hoặc mất"),
    "a landed file that is gone": (lambda home: first_landed(home).unlink(), ".xlsx", "is missing"),
    "a journal line": (lambda home: change_line(home, 1, file_name="khác.xlsx"), "landing", "line 3"),
    "a journal line that is gone": (
        lambda home: journal(home).write_bytes(journal(home).read_bytes().split(b"\n", 1)[1]),
        "landing",
        "line 1",
    ),
    "a journal line that is no record": (
        lambda home: journal(home).write_bytes(journal(home).read_bytes() + b"?\n"),
        "landing",
        "not as it was written",
    ),
    "the day in the last journal line": (
        lambda home: change_line(home, -1, as_of_on="2025-07-30"),
        "reference.run",
        "khác với số liệu dựng lại",
    ),
    "the last journal line that is gone": (
        lambda home: journal(home).write_bytes(b"\n".join(journal(home).read_bytes().split(b"\n")[:-2]) + b"\n"),
        "published",
        "không do lần chạy nào",
    ),
}


@pytest.mark.parametrize("altered", LANDING_FAULTS)
def test_altered_landing_is_found(finished: Path, altered: str) -> None:
    alter, subject, message = LANDING_FAULTS[altered]
    alter(finished)
    findings = in_child(verify, finished)
    assert any(item.subject.endswith(subject) and message in item.message_vi for item in findings), findings


DATABASE_FAULTS = {
    "facts.observations": "UPDATE facts.observations SET value = value + 1 WHERE rowid = 7",
    "facts.rejected_values": "DELETE FROM facts.rejected_values WHERE rowid = 0",
    "facts.submissions": "INSERT INTO facts.submissions FROM facts.submissions LIMIT 1",
    "marts.national_progress": "UPDATE marts.national_progress SET value = value + 1 WHERE rowid = 3",
    "marts.directive_status": "ALTER TABLE marts.directive_status RENAME COLUMN met_on TO done_on",
    "reference.denominators": "DROP TABLE reference.denominators",
}


@pytest.mark.parametrize("place", ["bản công bố", "kho làm việc"])
def test_altered_tables_are_found_and_named(finished: Path, place: str) -> None:
    is_published = place == "bản công bố"
    database = current_database(finished / "published") if is_published else finished / "warehouse" / "tiendo.duckdb"
    for sql in DATABASE_FAULTS.values():
        change(database, sql)
    findings = in_child(verify, finished)
    assert {item.subject for item in findings} == set(DATABASE_FAULTS)
    assert all(place in item.message_vi for item in findings)
    in_child(rebuild, finished)
    assert in_child(verify, finished) == []


def test_tables_edited_since_the_last_night_are_named_instead_of_everything_that_rests_on_them(finished: Path) -> None:
    with (finished / "reference" / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write("Tỉnh cực bắc Tây Bắc,12,short,\n")
    (finding,) = in_child(verify, finished)
    assert finding.subject == "reference"
    assert "tiendo nightly" in finding.message_vi


def test_rebuilding_gives_the_same_facts_and_marts_row_for_row(finished: Path, expected: Rows) -> None:
    (finished / "warehouse" / "tiendo.duckdb").unlink()
    in_child(rebuild, finished)
    assert published_rows(finished) == expected
    assert rows_of(finished / "warehouse" / "tiendo.duckdb") == expected


def test_rebuilding_after_a_killed_night_does_not_take_its_log_for_the_new_file(home: Path, expected: Rows) -> None:
    dies(home, SECOND, Death("pipelines.marts.build:build_model", nth=3))
    assert (home / "warehouse" / "tiendo.duckdb.wal").exists()
    in_child(rebuild, home)
    assert published_rows(home) == expected
