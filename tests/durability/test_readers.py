"""Readers of the published database notice nothing of a publish, whether they open it anew or keep it open."""

from __future__ import annotations

from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from pipelines import nightly
from pipelines.database import open_for_reading
from pipelines.publish.versions import current_database, versions
from pipelines.settings import Settings
from tests.durability.nights import PATIENCE_SECONDS, SERVER, in_child, rows_of, start

PUBLISHES, KEPT = 20, 5
# Each line is one total, taken from three places of the database.
TOTALS = """
    SELECT (SELECT CAST(run_id AS BIGINT) FROM reference.run),
        (SELECT SUM(value) FROM facts.observations WHERE indicator = 'commune_staff_present'),
        (SELECT SUM(value) FROM marts.totals)
"""


def publish_one_more_each_time(home: Path, count: int, keep: int, done: Event) -> None:
    """Each version holds one more fact of 1, a mart with the sum of all facts, and the sum as its run."""
    settings = Settings(home=home, keep_versions=keep)
    with nightly.open_warehouse(settings) as warehouse:
        connection = warehouse.connection
        for _ in range(count):
            connection.execute(
                "INSERT INTO facts.observations BY NAME SELECT 'commune_staff_present' AS indicator, 1.0 AS value"
            )
            connection.execute(
                "CREATE OR REPLACE TABLE marts.totals AS "
                "SELECT SUM(value) AS value FROM facts.observations WHERE indicator = 'commune_staff_present'"
            )
            connection.execute(
                "UPDATE reference.run SET run_id = (SELECT CAST(CAST(value AS BIGINT) AS VARCHAR) FROM marts.totals)"
            )
            nightly.publish(warehouse)
    done.set()


def read_until(home: Path, done: Event) -> dict[str, Any]:
    """Opens the current version again and again, and asks a connection that was opened before the first publish."""
    totals: list[int] = []
    with closing(open_for_reading(current_database(home / "published"))) as old:
        (at_first,) = old.execute(TOTALS).fetchall()
        while not done.is_set():
            with closing(open_for_reading(current_database(home / "published"))) as new:
                (first,), (second,) = new.cursor().execute(TOTALS).fetchall(), new.cursor().execute(TOTALS).fetchall()
            assert first == second and first[0] == first[1] == first[2], f"torn state: {first}, {second}"
            assert old.execute(TOTALS).fetchall() == [at_first]
            totals.append(first[0])
    return {"totals": totals, "at_first": at_first[0]}


def test_a_reader_sees_whole_versions_only_during_twenty_publishes(finished: Path) -> None:
    in_child(publish_one_more_each_time, finished, 1, KEPT, SERVER.Event())
    done = SERVER.Event()
    writer = start(publish_one_more_each_time, finished, PUBLISHES, KEPT, done)
    seen = in_child(read_until, finished, done)
    writer.join(PATIENCE_SECONDS)
    assert writer.exitcode == 0
    assert seen["totals"] == sorted(seen["totals"])
    assert len(seen["totals"]) >= PUBLISHES // 2, "the reader was not there"
    assert set(seen["totals"]) <= set(range(seen["at_first"], seen["at_first"] + PUBLISHES + 1))


def test_a_connection_keeps_its_version_after_that_was_removed(finished: Path) -> None:
    old_file = current_database(finished / "published")
    expected = rows_of(old_file)
    with closing(open_for_reading(old_file)) as old:
        in_child(publish_one_more_each_time, finished, 4, 2, SERVER.Event())
        assert not old_file.exists()
        for table, rows in expected.items():
            assert old.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() == rows
    assert len(versions(finished / "published")) == 2


def test_the_published_file_lacks_what_only_the_pipeline_uses(undisturbed: Path) -> None:
    with closing(open_for_reading(current_database(undisturbed / "published"))) as connection:
        schemas = {row[0] for row in connection.execute("SELECT schema_name FROM duckdb_tables()").fetchall()}
    assert schemas == {"reference", "facts", "marts"}
    assert not list((undisturbed / "warehouse").glob("*publishing*"))
