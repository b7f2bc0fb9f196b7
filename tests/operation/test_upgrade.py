"""Data of the release before: taken over whole by this one; data of a later one is refused untouched.

`previous_home.tar.xz` holds landing, working database and published version of a small home after one night, written by
the program as it was before formats had numbers and before there was a file per clearance.
"""

from __future__ import annotations

import datetime
import json
import shutil
import tarfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dashboard import release
from dashboard.health import check
from dashboard.release import READABLE_RELEASES, release_of
from dashboard.settings import Settings as DashboardSettings
from dashboard.warehouse import open_published
from pipelines import __version__, nightly
from pipelines.database import first_value, open_for_reading
from pipelines.durable import file_sha256
from pipelines.facts.formats import FORMAT, NewerData
from pipelines.landing.journal import JournalBroken
from pipelines.landing.store import Landing
from pipelines.settings import Settings
from tests.durability.nights import Night, in_child, published_rows, whole_night
from tests.durability.small_country import write_reference

FIXTURE = Path(__file__).with_name("previous_home.tar.xz")
NEXT = Night(datetime.date(2025, 7, 16))


@pytest.fixture
def previous(tmp_path: Path) -> Path:
    """The home of the release before, with the reference tables of this one: they come with the program."""
    home = tmp_path / "home"
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(home, filter="data")
    write_reference(home / "reference")
    return home


@pytest.fixture
def before(previous: Path) -> list[tuple[object, ...]]:
    """Every value that the release before held."""
    return values(previous / "warehouse" / "tiendo.duckdb")


def values(database: Path) -> list[tuple[object, ...]]:
    with closing(open_for_reading(database)) as connection:
        return connection.execute(
            "SELECT unit_code, indicator, as_of_on, value FROM facts.observations ORDER BY ALL"
        ).fetchall()


def test_the_next_night_takes_everything_over(previous: Path, before: list[tuple[object, ...]], tmp_path: Path) -> None:
    in_child(whole_night, previous, NEXT)

    assert len(before) > 100
    assert values(previous / "published" / "current" / "restricted.duckdb") == before
    with closing(open_for_reading(previous / "warehouse" / "tiendo.duckdb")) as connection:
        assert first_value(connection, "SELECT content FROM work.state WHERE name = 'format'") == str(FORMAT)
    # The same night from landing and reference tables alone gives the same rows: nothing of the old files lingers.
    alone = tmp_path / "alone"
    for part in ("landing", "reference"):
        shutil.copytree(previous / part, alone / part)
    journal = alone / "landing" / "journal.jsonl"
    kept = [line for line in journal.read_text().splitlines(keepends=True) if f"night-{NEXT.as_of_on}" not in line]
    journal.write_text("".join(line for line in kept if json.loads(line)["kind"] != "publication"))
    # It names the line that was the last one.
    (alone / "landing" / "head").unlink()
    in_child(whole_night, alone, NEXT)
    assert published_rows(alone) == published_rows(previous)


def test_what_the_release_before_published_is_refused_with_a_sentence(previous: Path) -> None:
    health = check(DashboardSettings(previous, None, least_free_bytes=0), datetime.datetime(2025, 7, 18, 12))
    assert [code for code, _ in health.reasons] == ["other_format"]


def test_files_of_this_release_are_read(previous: Path) -> None:
    assert release_of(__version__) in READABLE_RELEASES
    in_child(whole_night, previous, NEXT)
    published = open_published(previous / "published" / "current", "restricted")
    assert published is not None and release.is_readable(published)


def test_a_newer_working_database_is_refused_and_not_a_byte_of_it_changes(previous: Path) -> None:
    database = previous / "warehouse" / "tiendo.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("INSERT INTO work.state VALUES ('format', ?)", [str(FORMAT + 1)])
    digest = file_sha256(database)
    with pytest.raises(NewerData, match="nothing was changed"), nightly.open_warehouse(Settings(home=previous)):
        pass
    assert file_sha256(database) == digest


def test_a_journal_with_lines_that_this_release_does_not_know_is_refused(previous: Path) -> None:
    journal = previous / "landing" / "journal.jsonl"
    last = Landing(previous / "landing").journal.head
    journal.open("a").write(json.dumps({"kind": "something_new", "previous": last}) + "\n")
    content = journal.read_bytes()
    with pytest.raises(JournalBroken):
        Landing(previous / "landing")
    assert journal.read_bytes() == content
