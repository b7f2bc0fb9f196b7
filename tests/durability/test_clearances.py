"""A night publishes one file per clearance, and all of them or none."""

from __future__ import annotations

import json
import stat
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.clearance import CLEARANCES, LOWER
from pipelines.database import open_for_reading, open_for_writing
from pipelines.durable import file_sha256
from pipelines.integrity import Finding
from pipelines.landing.journal import HEAD, Journal
from pipelines.landing.store import JOURNAL
from pipelines.publish.lower import file_name, write_lower
from pipelines.publish.manifest import MANIFEST, describe, read_manifest
from pipelines.publish.versions import CURRENT, versions
from pipelines.settings import Settings
from pipelines.verification import verify
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, dies, in_child, rows_of, whole_night


def test_each_version_has_a_file_per_clearance_that_only_those_may_open(undisturbed: Path) -> None:
    modes = {"public": 0o644, "internal": 0o640, "restricted": 0o600}
    for version in versions(undisturbed / "published"):
        found = {path.stem: stat.S_IMODE(path.stat().st_mode) for path in version.glob("*.duckdb")}
        assert found == modes
    assert modes.keys() == set(CLEARANCES)


@pytest.mark.parametrize("clearance", LOWER)
def test_the_second_night_starts_from_the_first_and_gives_what_one_from_nothing_gives(
    undisturbed: Path, tmp_path: Path, clearance: str
) -> None:
    version = (undisturbed / "published" / CURRENT).resolve()
    write_lower(version / file_name("restricted"), tmp_path / "whole.duckdb", clearance)
    found = rows_of(version / file_name(clearance))
    assert found == rows_of(tmp_path / "whole.duckdb")
    assert found["facts.submissions"]
    assert len(found["facts.observations"]) < len(rows_of(version / file_name("restricted"))["facts.observations"])


@pytest.mark.parametrize("step", ["pipelines.publish.files:write_lower", "pipelines.publish.leaks:check"])
def test_a_night_that_dies_between_two_files_publishes_none_and_the_next_all(home: Path, step: str) -> None:
    before = versions(home / "published")
    dies(home, SECOND, Death(step))
    assert versions(home / "published") == before
    in_child(whole_night, home, SECOND)
    version = versions(home / "published")[-1]
    assert {path.stem for path in version.glob("*.duckdb")} == set(CLEARANCES)


def findings(home: Path) -> list[str]:
    return [finding.subject for finding in verify(Settings(home=home), SECOND.known_at)]


def test_verify_names_a_lower_file_that_holds_other_rows(finished: Path) -> None:
    database = (finished / "published" / CURRENT).resolve() / file_name("public")
    with closing(open_for_writing(database)) as connection:
        connection.execute("UPDATE marts.national_progress SET value = value + 1")
    assert "marts.national_progress" in in_child(findings, finished)


def plant(database: Path, statement: str) -> None:
    """Writes into a file of lower clearance what stands in the one beside it, attached as `above`."""
    with closing(open_for_writing(database)) as connection:
        connection.execute(f"ATTACH '{database.with_name(file_name('restricted'))}' AS above (READ_ONLY)")
        connection.execute(statement)


HIDDEN = "SELECT indicator FROM reference.indicators WHERE sensitivity = 'restricted'"
PLANTED = {
    "facts.observations": "INSERT INTO facts.observations FROM above.facts.observations WHERE indicator = '{0}'",
    "facts.submissions": "UPDATE facts.submissions SET file_name = '{0}.xlsx'",
    "main.kept": "CREATE TABLE main.kept AS FROM above.facts.observations WHERE indicator = '{0}'",
    "main.told": "CREATE VIEW main.told AS SELECT '{0}' AS indicator",
}


@pytest.mark.parametrize("clearance", LOWER)
def test_verify_finds_what_somebody_planted_in_a_lower_file_even_with_all_hashes_made_anew(
    finished: Path, clearance: str
) -> None:
    version = (finished / "published" / CURRENT).resolve()
    with closing(open_for_reading(version / file_name("restricted"))) as connection:
        code = connection.execute(HIDDEN).fetchall()[0][0]
    for statement in PLANTED.values():
        plant(version / file_name(clearance), statement.format(code))
    make_hashes_anew(finished, version)
    *rows, leak = in_child(found_by_verify, finished)
    assert {finding.subject for finding in rows} == {"facts.observations", "facts.submissions"}
    assert leak.subject == f"published/{version.name}/{file_name(clearance)}"
    assert [table for table in PLANTED if table not in leak.message_vi] == []


def found_by_verify(home: Path) -> list[Finding]:
    return verify(Settings(home=home), SECOND.known_at)


def make_hashes_anew(home: Path, version: Path) -> None:
    """What somebody does who may write everywhere: manifest, journal and head agree with the altered file."""
    manifest = read_manifest(version)
    assert manifest
    (version / MANIFEST).unlink()
    (version / MANIFEST).write_bytes(describe(version, manifest.basis))
    path = home / "landing" / JOURNAL
    lines = path.read_text(encoding="utf-8").splitlines()
    content = {**json.loads(lines[-1]), "manifest_sha256": file_sha256(version / MANIFEST)}
    lines[-1] = json.dumps(content, ensure_ascii=False)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    path.with_name(HEAD).write_bytes(Journal(path, is_writer=False).noted_head)


def test_a_lower_file_opens_like_any_published_one(undisturbed: Path) -> None:
    database = (undisturbed / "published" / CURRENT).resolve() / file_name("public")
    with closing(open_for_reading(database)) as connection:
        assert connection.execute("SELECT DISTINCT sensitivity FROM reference.indicators").fetchall() == [("public",)]
