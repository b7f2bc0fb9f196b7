"""`tiendo verify` accepts what nobody touched, and names what somebody altered; `tiendo rebuild` puts it right."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines import integrity, verification
from pipelines.integrity import Finding
from pipelines.landing.journal import HEAD, Journal, JournalBroken
from pipelines.publish.versions import current_database
from pipelines.settings import Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Rows, dies, in_child, published_rows, rows_of, whole_night
from tests.soak import count, note


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


def cut_off(home: Path, count: int) -> None:
    lines = journal(home).read_bytes().splitlines(keepends=True)
    journal(home).write_bytes(b"".join(lines[:-count]))


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


AT_THE_END: dict[str, Callable[[Path], object]] = {
    "the last line that is gone": lambda home: cut_off(home, 1),
    "all lines of the night that are gone": lambda home: cut_off(home, 40),
    "the moment in the last line": lambda home: change_line(home, -1, known_at="2025-08-03T01:31:00"),
    "head": lambda home: (home / "landing" / HEAD).write_text("0" * 64),
}


@pytest.mark.parametrize("altered", AT_THE_END)
def test_what_a_night_that_published_nothing_has_noted_is_missed_as_well(home: Path, altered: str) -> None:
    """No version rests on those lines, so that no manifest knows them; and the next night would take their numbers."""
    dies(home, SECOND, Death("pipelines.nightly:note_run"))
    whole = journal(home).read_bytes()
    assert in_child(verify, home) == []
    AT_THE_END[altered](home)
    assert any("Dòng cuối của sổ" in item.message_vi for item in in_child(verify, home))
    with pytest.raises(JournalBroken, match="Restore both from a backup"):
        in_child(whole_night, home, SECOND)
    journal(home).write_bytes(whole)
    (home / "landing" / HEAD).unlink()
    in_child(whole_night, home, SECOND)
    assert in_child(verify, home) == []


def test_a_head_that_a_dying_writer_has_left_behind_is_no_damage(home: Path, expected: Rows) -> None:
    old = (home / "landing" / HEAD).read_bytes()
    dies(home, SECOND, Death("pipelines.nightly:note_run"))
    (home / "landing" / HEAD).write_bytes(old)
    assert in_child(verify, home) == []
    in_child(whole_night, home, SECOND)
    assert (home / "landing" / HEAD).read_bytes() == Journal(journal(home)).noted_head
    assert published_rows(home) == expected


LANDING_FAULTS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a landed byte": (lambda home: flip_last_byte(first_landed(home)), ".xlsx", "Tệp gốc bị sửa hoặc mất"),
    "a landed file that is gone": (lambda home: first_landed(home).unlink(), ".xlsx", "is missing"),
    "a journal line": (lambda home: change_line(home, 1, file_name="khác.xlsx"), "journal.jsonl", "line 3"),
    "a journal line that is gone": (
        lambda home: journal(home).write_bytes(journal(home).read_bytes().split(b"\n", 1)[1]),
        "journal.jsonl",
        "line 1",
    ),
    "a journal line that is no record": (
        lambda home: journal(home).write_bytes(journal(home).read_bytes() + b"?\n"),
        "journal.jsonl",
        "not as it was written",
    ),
    "the day in the last run's line": (
        lambda home: change_line(home, -2, as_of_on="2025-07-30"),
        "journal.jsonl",
        "altered or removed",
    ),
    "the hash in the last journal line": (
        lambda home: change_line(home, -1, manifest_sha256="0" * 64),
        "000002/manifest.json",
        "không phải là bản mà sổ đã ghi",
    ),
    "the last journal line that is gone": (lambda home: cut_off(home, 1), "journal.jsonl", "thiếu các dòng cuối"),
    "the last three journal lines that are gone": (
        lambda home: cut_off(home, 3),
        "journal.jsonl",
        "thiếu các dòng cuối mà bản công bố 000002",
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
    (altered_file, *tables) = in_child(verify, finished)
    assert altered_file.subject == str(database.relative_to(finished.resolve()))
    assert {item.subject for item in tables} == set(DATABASE_FAULTS)
    assert all(place in item.message_vi for item in tables)
    in_child(rebuild, finished)
    assert in_child(verify, finished) == []


def test_arrivals_that_the_warehouse_has_and_the_journal_lacks_are_found(home: Path) -> None:
    dies(home, SECOND, Death("pipelines.nightly:write_published_copy"))
    cut_off(home, 2)
    assert "Kho làm việc có tệp mà sổ không ghi" in " ".join(item.message_vi for item in in_child(verify, home))


def test_an_old_version_is_held_to_its_manifest_as_well(finished: Path) -> None:
    old = finished / "published" / "000001" / "manifest.json"
    flip_last_byte(old.with_name("restricted.duckdb"))
    old.write_text(old.read_text().replace("night", "knight"))
    assert [item.subject for item in in_child(verify, finished)] == [
        "published/000001/manifest.json",
        "published/000001/restricted.duckdb",
    ]
    in_child(rebuild, finished)
    assert not old.exists()
    assert in_child(verify, finished) == []


def test_what_an_earlier_release_published_without_manifests_is_accepted(finished: Path) -> None:
    """Such a home has neither manifests nor lines about versions; its tables are compared as ever."""
    for manifest in (finished / "published").glob("*/manifest.json"):
        manifest.unlink()
    lines = [json.loads(line) for line in journal(finished).read_text(encoding="utf-8").splitlines()]
    journal(finished).unlink()
    journal(finished).with_name(HEAD).unlink()
    for line in lines:
        if line["kind"] != "publication":
            line["previous"] = Journal(journal(finished)).head
            with journal(finished).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    assert in_child(verify, finished) == []


def test_rebuilding_gives_the_same_facts_and_marts_row_for_row(finished: Path, expected: Rows) -> None:
    (finished / "warehouse" / "tiendo.duckdb").unlink()
    in_child(rebuild, finished)
    assert published_rows(finished) == expected
    assert rows_of(finished / "warehouse" / "tiendo.duckdb") == expected


def test_rebuilding_does_not_take_the_log_of_another_program_for_that_of_the_new_file(
    home: Path, expected: Rows
) -> None:
    dies(home, SECOND, Death("pipelines.marts.build:build_model", nth=3))
    (home / "warehouse" / "tiendo.duckdb.wal").write_bytes(b"rows of the file that was there before")
    in_child(rebuild, home)
    assert published_rows(home) == expected


KINDS = [
    "landing/*/*",
    "landing/journal.jsonl",
    "landing/head",
    "published/*/*.duckdb",
    "published/*/manifest.json",
    "reference/*.csv",
]


@pytest.mark.soak
@pytest.mark.parametrize("kind", [*KINDS, "warehouse/tiendo.duckdb"])
def test_an_altered_byte_anywhere_is_found_and_its_file_named(finished: Path, kind: str) -> None:
    chance, files = random.Random(kind), sorted(path for path in finished.glob(kind) if not path.parent.is_symlink())
    for _ in range(count("bytes altered in each kind of file")):
        path = chance.choice([file for file in files if file.stat().st_size])
        data = path.read_bytes()
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :])
        # A last line of the journal that no longer tells of its version leaves that version without one.
        named = [f"{item.subject} {item.message_vi}" for item in bytes_found(finished)]
        assert any(path.name in text for text in named) or (path.name == "journal.jsonl" and named), (path, place)
        path.write_bytes(data)
    assert bytes_found(finished) == []
    note(f"{count('bytes altered in each kind of file')} bytes altered in {kind}, each found and the file named")


def bytes_found(home: Path) -> list[Finding]:
    """What is found without deriving anything."""
    settings = Settings(home=home)
    if findings := integrity.landing_findings(settings):
        return findings
    journal = Journal(home / "landing" / "journal.jsonl", is_writer=False)
    return [
        *integrity.journal_end_findings(journal),
        *integrity.published_findings(settings, journal),
        *integrity.warehouse_findings(home / "warehouse" / "tiendo.duckdb"),
        *integrity.reference_findings(settings, current_database(home / "published")),
    ]
