"""Readers of the published databases notice nothing of a publish, whether they open them anew or keep them open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Thread

import duckdb
import pytest

from pipelines import nightly
from pipelines.database import open_for_reading
from pipelines.facts.ledger import last_sequence
from pipelines.publish.versions import current_database, versions
from pipelines.settings import Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import PATIENCE_SECONDS, SERVER, in_child, rows_of
from tests.soak import count, note

KEPT = 5
FILES = ("public.duckdb", "internal.duckdb", "restricted.duckdb")
INDICATOR = "pvhcc_commune_operating"
# Each is the number of submissions that were added, taken from three places of the database.
TOTALS = """
    SELECT (SELECT CAST(run_id AS BIGINT) FROM reference.run),
        (SELECT COUNT(*) FROM facts.observations WHERE submission_id LIKE '%-counted'),
        (SELECT COUNT(*) FROM facts.submissions WHERE submission_id LIKE '%-counted')
"""


def publish_one_more_each_time(home: Path, publishes: int, keep: int, reads: Synchronized[int], most: int) -> None:
    """Each version holds one more value and one more submission, and their number as its run.

    Between two publishes it waits until its share of `most` reads has been done.
    """
    settings = Settings(home=home, keep_versions=keep)
    with nightly.open_warehouse(settings) as warehouse:
        connection = warehouse.connection
        for number in range(1, publishes + 1):
            newest = last_sequence(connection) + 1
            for statement in (_ONE_MORE, _COUNTED):
                connection.execute(statement, {"day": SECOND.as_of_on, "submission": f"{newest:06d}-counted"})
            connection.execute("INSERT OR IGNORE INTO work.refresh_days VALUES (?)", [SECOND.as_of_on])
            connection.execute(_AS_RUN)
            nightly.publish(warehouse)
            while reads.value < most * number // publishes:
                time.sleep(0.01)


_ONE_MORE = f"""
    INSERT INTO facts.observations BY NAME
    SELECT '{INDICATOR}' AS indicator, $day AS as_of_on, 1.0 AS value, '12' AS province_code, '12' AS unit_code,
        'province' AS unit_level, $submission AS submission_id, $day AS received_at, 'reported' AS origin
"""
_COUNTED = """
    INSERT INTO facts.submissions BY NAME
    SELECT $submission AS submission_id, 'counted' AS file_name, $day AS as_of_on, '12' AS province_code,
        $day AS received_at, 'accepted' AS status, 'reported' AS origin, 1 AS accepted_count
"""
_AS_RUN = """
    UPDATE reference.run SET run_id =
        (SELECT CAST(COUNT(*) AS VARCHAR) FROM facts.submissions WHERE submission_id LIKE '%-counted')
"""


def read_until(home: Path, reads: Synchronized[int], most: int, done: Event) -> list[int]:
    """Opens the current version again and again, in all its files, and asks a connection opened before all publishes.

    Gives the total of each read. Where one is torn, nobody waits for further reads.
    """
    try:
        return list(_read(home, reads, most, done))
    except BaseException:
        reads.value = most
        raise


def _read(home: Path, reads: Synchronized[int], most: int, done: Event) -> Iterator[int]:
    with closing(open_for_reading(current_database(home / "published"))) as old:
        at_first = total_of(old)
        while reads.value < most or not done.is_set():
            with ExitStack() as stack:
                version = current_database(home / "published").parent
                opened = [stack.enter_context(closing(open_for_reading(version / name))) for name in FILES]
                totals = [total_of(connection) for connection in (*opened, *opened)]
            assert len(set(totals)) == 1, f"torn state: {totals}"
            assert total_of(old) == at_first
            yield totals[0]
            with reads.get_lock():
                reads.value += 1


def total_of(connection: duckdb.DuckDBPyConnection) -> int:
    (totals,) = connection.cursor().execute(TOTALS).fetchall()
    assert len(set(totals)) == 1, f"torn state: {totals}"
    return int(totals[0])


def read_into(results: list[list[int]], home: Path, reads: Synchronized[int], most: int, done: Event) -> None:
    results.append(in_child(read_until, home, reads, most, done))


@pytest.mark.soak
def test_readers_see_whole_versions_only_while_the_next_ones_are_published(finished: Path) -> None:
    publishes, most = count("publishes while readers read"), count("reads during the publishes")
    in_child(publish_one_more_each_time, finished, 1, KEPT, SERVER.Value("q", 0), 0)
    reads, done, results = SERVER.Value("q", 0), SERVER.Event(), list[list[int]]()
    arguments = (results, finished, reads, most, done)
    readers = [Thread(target=read_into, args=arguments) for _ in range(count("readers at a time"))]
    for reader in readers:
        reader.start()
    try:
        in_child(publish_one_more_each_time, finished, publishes, KEPT, reads, most)
    finally:
        done.set()
    for reader in readers:
        reader.join(PATIENCE_SECONDS)
    assert len(results) == len(readers), "a reader has failed"
    assert all(totals == sorted(totals) for totals in results), "a reader has seen an older version after a newer one"
    seen = set().union(*results)
    assert publishes // 2 <= max(seen) - min(seen) <= publishes
    assert sum(map(len, results)) >= most
    note(
        f"{sum(map(len, results)):,} reads of three files each by {len(readers)} processes during {publishes} "
        f"publishes, {len(seen)} versions seen, none torn"
    )


def test_a_connection_keeps_its_version_after_that_was_removed(finished: Path) -> None:
    old_file = current_database(finished / "published")
    expected = rows_of(old_file)
    with closing(open_for_reading(old_file)) as old:
        in_child(publish_one_more_each_time, finished, 4, 2, SERVER.Value("q", 0), 0)
        assert not old_file.exists()
        for table, rows in expected.items():
            assert old.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() == rows
    assert len(versions(finished / "published")) == 2


def test_the_published_file_lacks_what_only_the_pipeline_uses(undisturbed: Path) -> None:
    with closing(open_for_reading(current_database(undisturbed / "published"))) as connection:
        schemas = {row[0] for row in connection.execute("SELECT schema_name FROM duckdb_tables()").fetchall()}
    assert schemas == {"reference", "facts", "marts"}
    assert not list((undisturbed / "warehouse").glob("*publishing*"))
