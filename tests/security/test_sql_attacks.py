"""Every attack of the table ends as the table says; a new version of the engine brings none that nobody looked at."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.console import child
from dashboard.console.sandbox import Fault, Limits, Result, run
from dashboard.warehouse import DATABASE
from tests.security.sql_attacks import ATTACKS, BOMBS, Attack
from tests.soak import count, note

QUICK, BRIEF = Limits(seconds=20), Limits(seconds=1)
# What the exceptions of the engine, or our own word, say of what stopped an attack.
SAID = {
    "one_select": {"not_one_select"},
    "no_outside": {"PermissionException", "IOException"},
    "read_only": {"InvalidInputException"},
    "locked": {"InvalidInputException"},
    "not_there": {"CatalogException", "ParserException"},
    "wrong_kind": {"BinderException", "InvalidInputException", "ParserException", "TransactionException"},
}
# Functions that give a table, as of DuckDB 2.0: each was looked at, and those that could reach outside are attacked.
LOOKED_AT = """
    add_parquet_key arrow_scan arrow_scan_dumb checkpoint collations copy_database create_external_resource
    database_list database_size deregister_external_resource destroy_external_resource
    disable_checkpoint_on_shutdown disable_logging disable_object_cache disable_optimizer disable_print_progress_bar
    disable_profile disable_profiling disable_progress_bar disable_verification disable_verify_parallelism
    duckdb_approx_database_count duckdb_available_metrics duckdb_columns duckdb_connection_count duckdb_constraints
    duckdb_coordinate_systems duckdb_databases duckdb_dependencies duckdb_dialects duckdb_eviction_queues
    duckdb_extension_repositories duckdb_extensions duckdb_external_file_cache duckdb_external_resource_types
    duckdb_external_resources duckdb_functions duckdb_grammar_extensions duckdb_indexes duckdb_keywords
    duckdb_log_contexts duckdb_logs duckdb_logs_parsed duckdb_memory duckdb_optimizers duckdb_prepared_statements
    duckdb_profiling_settings duckdb_schemas duckdb_secret_type_parameters duckdb_secret_types duckdb_secrets
    duckdb_sequences duckdb_settings duckdb_table_sample duckdb_tables duckdb_temporary_files duckdb_triggers
    duckdb_types duckdb_variables duckdb_views enable_checkpoint_on_shutdown enable_logging enable_object_cache
    enable_optimizer enable_print_progress_bar enable_profile enable_profiling enable_progress_bar
    enable_verification extension_versions force_checkpoint functions generate_series glob histogram
    histogram_values icu_calendar_names import_database json_each json_execute_serialized_sql json_tree
    metadata_info pandas_scan parquet_bloom_probe parquet_file_metadata parquet_full_metadata parquet_kv_metadata
    parquet_metadata parquet_scan parquet_schema pg_timezone_names platform pragma_collations pragma_database_size
    pragma_metadata_info pragma_platform pragma_show pragma_storage_info pragma_table_info pragma_user_agent
    pragma_version python_arrow_scan python_map_function query query_table range read_blob read_csv read_csv_auto
    read_duckdb read_json read_json_auto read_json_objects read_json_objects_auto read_ndjson read_ndjson_auto
    read_ndjson_objects read_parquet read_single_csv_file read_single_json_file read_single_parquet_file read_text
    register_external_resource register_external_resource_type repeat repeat_row seq_scan show show_databases
    show_tables show_tables_expanded sniff_csv storage_info summary table_info test_all_types test_vector_types
    truncate_duckdb_logs unnest user_agent verify_parallelism version which_secret
    """


@pytest.fixture(scope="module")
def database(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of its own: one process can't have a file open with two configurations, and pages open it with another."""
    folder = tmp_path_factory.mktemp("attacked") / "000001"
    shutil.copytree((homes["normal"] / "published" / "current").resolve(), folder)
    return str(folder / DATABASE)


@pytest.fixture
def connection(database: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """As the process has it, in this one: an attack takes a millisecond instead of 200."""
    with Path(database).open("rb") as file:
        opened = child.connect(os.dup(file.fileno()), QUICK.query_memory_mb)
    yield opened
    opened.close()


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[str, str]:
    """How it ended (`end`, or the name of the fault) and all that was told."""
    try:
        said = list(child.answer(connection.cursor(), sql, row_limit=1_000, byte_limit=1 << 20))
    except duckdb.Error as error:
        said = [child.fault(error)]
    return str(said[-1].get("fault", "end")), str(said)


@pytest.mark.parametrize(
    "attack", [each for each in ATTACKS if each not in BOMBS], ids=lambda attack: ascii(attack.sql[:60])
)
def test_an_attack_ends_as_the_table_says(connection: duckdb.DuckDBPyConnection, attack: Attack) -> None:
    ended, told = answer(connection, attack.sql)
    assert "root:" not in told
    if attack.stopped_by == "tells_nothing":
        assert ended == "end"
        assert str(Path(__file__).parents[2]) not in told
    else:
        assert ended in SAID[attack.stopped_by], told


@pytest.mark.soak
def test_a_bomb_ends_in_time_and_with_little_memory(database: str) -> None:
    tried = BOMBS[:: len(BOMBS) // count("bombs")]
    for attack in tried:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        outcome = run(database, attack.sql, BRIEF)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert isinstance(outcome, Fault), attack.sql[:80]
        # Processor time: a busy machine may keep this test itself waiting.
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        assert used < BRIEF.seconds + child.GRACE_SECONDS + 1, attack.sql[:80]
        assert after.ru_maxrss <= BRIEF.process_memory_mb << 10, attack.sql[:80]
    note(f"SQL attacks: {len(ATTACKS) - len(BOMBS)} refused or harmless, {len(tried)} bombs ended in time")


def test_a_process_whose_query_was_refused_leaves_nothing(database: str) -> None:
    folder = Path(database).parent
    before = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir())]
    for sql in ("SELECT * FROM read_text('/etc/passwd')", "SELECT path FROM duckdb_databases()", "DROP TABLE a"):
        outcome = run(database, sql, QUICK)
        told = str(outcome.rows) if isinstance(outcome, Result) else outcome.message
        for part in (str(folder), str(Path.home()), str(Path(__file__).parents[2]), "restricted"):
            assert part not in told
    assert [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.iterdir())] == before


def test_the_engine_has_no_table_function_that_nobody_looked_at(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.cursor().execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() "
        "WHERE function_type IN ('table', 'table_macro', 'pragma') AND database_name IN ('system', 'temp')"
    )
    assert {str(name) for (name,) in rows.fetchall()} - set(LOOKED_AT.split()) == set()


def test_there_are_more_than_sixty_attacks_and_each_is_another() -> None:
    assert len({attack.sql for attack in ATTACKS}) == len(ATTACKS) > 60
