"""The steps of a run as plain functions, in order; Dagster, the command line and the benchmarks call these.

land → gate → models → publish. Each step can be repeated: what a dead run left undone, the next run does.
"""

from __future__ import annotations

import datetime
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import duckdb

from log_lines.events import write
from pipelines import __version__
from pipelines.answers.outbox import RECEIPT_ENDING, write_answers
from pipelines.database import first_value, open_for_a_run, open_for_writing, table_names, transaction
from pipelines.durable import copy_file, file_sha256
from pipelines.facts import formats, ledger
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.limits import limits_of
from pipelines.landing.journal import HEAD, Arrival, JournalBroken, Publication, Run
from pipelines.landing.store import Landing, is_being_written
from pipelines.marts import build
from pipelines.marts.models import Model, load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.marts.together import build_models
from pipelines.publish import versions
from pipelines.publish.files import write_files
from pipelines.publish.lower import Since
from pipelines.publish.manifest import MANIFEST, Basis
from pipelines.readers import Limits
from pipelines.reference.load import Reference, load_contents, read_contents
from pipelines.seal import break_seal, seal
from pipelines.settings import Settings

# Files of one batch: their cells are held in memory together, and a season handed in at once would not fit.
LARGEST_BATCH = 100


@dataclass(slots=True)
class Warehouse:
    """What the steps of one run share: settings, reference tables (and the sha256 of each of their files), landing and
    the open working database.
    """

    settings: Settings
    reference: Reference
    landing: Landing
    connection: duckdb.DuckDBPyConnection
    reference_files: Mapping[str, str] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        """Limits of a file."""
        return limits_of(self.settings)


class BasisChanged(RuntimeError):
    """Reference tables were edited, or the program was changed, between two steps of one run."""


@contextmanager
def open_warehouse(settings: Settings, database: Path | None = None) -> Iterator[Warehouse]:
    """Opens the working database (or another, which is not sealed) for one run. The caller holds the writer lock.

    What is loaded by then (Dagster, Great Expectations: a million objects) is no garbage; the collector looks at it
    again only after the run. Raises JournalBroken where lines are missing at the end of the journal: what comes next
    would take their numbers.
    """
    home = settings.folders()
    landing = Landing(home.landing)
    if database is None and landing.journal.is_cut:
        raise JournalBroken(
            f"{landing.journal.path}: its last lines are missing or altered; {HEAD} beside it names another one. "
            f"Restore both from a backup. To go on without those lines, and only if you know why, remove {HEAD}."
        )
    contents = read_contents(settings.reference_directory())
    reference = load_contents(contents)
    files = {name: sha256(content).hexdigest() for name, content in contents.items()}
    if database is None:
        break_seal(home.warehouse_file)
    connection = open_for_a_run(database or home.warehouse_file)
    gc.freeze()
    try:
        if (found := formats.take_over(connection)) is not None:
            write("warehouse_emptied", found=found, expected=formats.FORMAT)
        ledger.create(connection)
        build.prepare(connection)
        yield Warehouse(settings, reference, landing, connection, files)
    finally:
        gc.unfreeze()
        connection.close()
    if database is None:
        seal(home.warehouse_file)


def keep_basis(warehouse: Warehouse, run_id: str) -> None:
    """Holds each step of a run whose steps open the warehouse one after the other to what the first one has found.

    Raises BasisChanged: what is published would be of two kinds.
    """
    files = repr(sorted(warehouse.reference_files.items()))
    basis = f"{run_id} {__version__} {sha256(files.encode()).hexdigest()}"
    known = first_value(warehouse.connection, "SELECT content FROM work.state WHERE name = 'run'")
    if known is not None and str(known).startswith(f"{run_id} ") and known != basis:
        raise BasisChanged(
            f"Between two steps of the run {run_id} the reference tables in {warehouse.settings.reference_directory()} "
            "or the program have changed, or they differ between machines. Nothing was published; run again."
        )
    if known != basis:
        warehouse.connection.execute("INSERT OR REPLACE INTO work.state VALUES ('run', ?)", [basis])


def land(
    warehouse: Warehouse, files: Iterable[Path], received_at: datetime.datetime, *, handed_in: bool = False
) -> list[Arrival]:
    """Takes new files in; gives the new arrivals.

    A file of the inbox is new once, and is left for the next run while somebody writes to it. A file that is handed in
    by name is new each time (and then a duplicate), unless a run that died has landed it and this run is to take it.
    """
    taken = ledger.last_sequence(warehouse.connection) if handed_in else 0
    settled = files if handed_in else (path for path in files if not is_being_written(path))
    return warehouse.landing.receive(settled, received_at, handed_in_after=taken)


def note_run(warehouse: Warehouse, run_id: str, as_of_on: datetime.date, known_at: datetime.datetime) -> Run:
    """Notes in the journal which arrivals this run takes, before it takes them: a rebuild repeats the same batches."""
    run = Run(run_id, len(warehouse.landing.journal.arrivals), as_of_on, known_at)
    warehouse.landing.journal.append([run])
    return run


def gate(warehouse: Warehouse, until: Run | None = None) -> list[str]:
    """Takes every landed file that is not in the ledger yet, batch by batch as the journal's runs (up to `until`) say.

    Where the reference tables are not those that the ledger was filled with, it is emptied and filled again. Gives
    the submissions taken.
    """
    _agree_on_reference(warehouse)
    taken: list[str] = []
    history = ledger.read_history(warehouse.connection)
    for arrivals in pending_batches(warehouse.landing, ledger.last_sequence(warehouse.connection), until):
        batch, _ = gate_arrivals(
            arrivals,
            lambda arrival: warehouse.landing.bytes_up_to(arrival, warehouse.limits.file_bytes),
            warehouse.reference,
            history,
            warehouse.connection,
            warehouse.limits,
        )
        ledger.append(warehouse.connection, batch)
        if len(arrivals) == LARGEST_BATCH:
            warehouse.connection.execute("CHECKPOINT")
        taken.extend(arrival.submission_id for arrival in arrivals)
    for run in [until] if until else warehouse.landing.journal.runs[-1:]:
        build.refresh_corrections(warehouse.connection, run.known_at.date())
    build.carry_forward(warehouse.connection)
    return taken


def pending_batches(landing: Landing, last_sequence: int, until: Run | None = None) -> list[list[Arrival]]:
    """Arrivals after `last_sequence`, split where a run of the journal ends, and where a batch would grow too large.

    Later runs than `until` are left out. A run that died between two batches leaves the same ones to the next.
    """
    batches: list[list[Arrival]] = []
    runs = landing.journal.runs
    start = last_sequence
    for end in sorted({run.through for run in (runs[: runs.index(until) + 1] if until else runs)}):
        while start < end:
            batches.append(landing.journal.arrivals[start : min(start + LARGEST_BATCH, end)])
            start += len(batches[-1])
    return batches


def write_reference_tables(warehouse: Warehouse, run: Run, built_at: datetime.datetime) -> None:
    """Writes the `reference` schema for the day of the run."""
    origins = warehouse.connection.execute(
        "SELECT DISTINCT origin FROM facts.submissions WHERE accepted_count > 0 ORDER BY 1"
    ).fetchall()
    write_reference(warehouse.connection, warehouse.reference, run.as_of_on)
    write_run(
        warehouse.connection,
        RunRow(
            run.run_id,
            run.as_of_on,
            run.known_at,
            built_at,
            __version__,
            "|".join(str(row[0]) for row in origins),
            warehouse.reference.digest,
        ),
    )
    build.refresh_edited(warehouse.connection)


def check_engine(settings: Settings) -> None:
    """Raises SparkUnavailable where the models are to be derived on Spark and an address or the client is missing."""
    if settings.engine == "spark":
        from pipelines.spark.session import client, remote_address

        remote_address()
        client()


@contextmanager
def open_engine(settings: Settings) -> Iterator[build.Engine]:
    """What derives the rows of the models, as `TIENDO_ENGINE` says: DuckDB itself, or a session of Spark.

    Raises SparkUnavailable.
    """
    if settings.engine == "duckdb":
        yield build.IN_PLACE
        return
    # Its packages are an extra.
    from pipelines.spark.engine import open_spark

    with open_spark(settings.archive_directory()) as engine:
        yield engine


def derive(warehouse: Warehouse, run: Run, built_at: datetime.datetime, engine: build.Engine | None = None) -> None:
    """Everything between landing and publishing for one run: ledger, reference tables, every model in its order."""
    gate(warehouse, run)
    write_reference_tables(warehouse, run, built_at)
    for _ in build_all_models(warehouse, engine):
        pass


def build_all_models(warehouse: Warehouse, engine: build.Engine | None = None) -> Iterator[tuple[Model, int]]:
    """Builds every SQL model; gives each with its number of rows, in an order in which they read each other.

    Where no engine is given, one is opened as the settings say.
    """
    if engine is not None:
        yield from build_models(warehouse.connection, load_models(), engine)
        return
    with open_engine(warehouse.settings) as opened:
        yield from build_models(warehouse.connection, load_models(), opened)


def answer(warehouse: Warehouse) -> list[Path]:
    """Writes what goes back to the senders of all files taken since the last answers, also by a run that died."""
    landing = warehouse.landing
    written = write_answers(
        warehouse.settings.folders().outbox, warehouse.connection, warehouse.reference, landing.bytes_with
    )
    warehouse.connection.execute("DELETE FROM work.unanswered")
    return written


def forget_answered(warehouse: Warehouse) -> None:
    """A file whose receipt lies in the outbox waits for no answer: a restored home answers none twice."""
    receipts = warehouse.settings.folders().outbox.glob(f"*{RECEIPT_ENDING}")
    answered = [path.name.removesuffix(RECEIPT_ENDING) for path in receipts]
    warehouse.connection.execute("DELETE FROM work.unanswered WHERE submission_id IN (SELECT UNNEST(?))", [answered])


def publish(warehouse: Warehouse) -> Path:
    """Publishes the working database without its working tables as a new version, one file a clearance."""
    files = write_files(copy_to_publish(warehouse), warehouse.settings.folders().warehouse, since_published(warehouse))
    return make_version(warehouse, files)


def copy_to_publish(warehouse: Warehouse) -> Path:
    """What will be the file of the highest clearance, still beside the working database."""
    home = warehouse.settings.folders()
    copy = home.warehouse / "publishing.duckdb"
    for leftover in (copy, copy.with_name(copy.name + ".wal")):
        leftover.unlink(missing_ok=True)
    warehouse.connection.execute("CHECKPOINT")
    write_published_copy(home.warehouse_file, copy)
    return copy


def make_version(warehouse: Warehouse, files: Mapping[str, Path]) -> Path:
    """Moves finished files, by their names in it, into a new version and makes it current.

    The journal notes the hash of the version's manifest before the version becomes current. The list of days to refresh
    is cleared only once it is: a run that dies before leaves it full.
    """
    published, journal = warehouse.settings.folders().published, warehouse.landing.journal
    basis = Basis(
        str(first_value(warehouse.connection, "SELECT run_id FROM reference.run")),
        journal.line_count,
        journal.head,
        warehouse.reference_files,
    )
    version = versions.write_version(published, files, basis)
    journal.append([Publication(version.name, basis.run_id, file_sha256(version / MANIFEST))])
    _settle(warehouse, version, basis.run_id)
    return version


def finish_publication(warehouse: Warehouse, run_id: str) -> Path | None:
    """The version that a process of this very run has completed before it died, made current; None if there is none."""
    noted = warehouse.landing.journal.publications[-1:]
    if not noted or noted[0].run_id != run_id:
        return None
    version = warehouse.settings.folders().published / noted[0].version
    _settle(warehouse, version, run_id)
    return version


def _settle(warehouse: Warehouse, version: Path, run_id: str) -> None:
    versions.make_current(version, warehouse.settings.keep_versions)
    with transaction(warehouse.connection):
        warehouse.connection.execute("DELETE FROM work.refresh_days")
        noted = f"{version.name} {run_id}"
        warehouse.connection.execute("INSERT OR REPLACE INTO work.state VALUES ('published', ?)", [noted])


def since_published(warehouse: Warehouse) -> Since | None:
    """The version that this database was published as before, and the first day that has changed since; None if it
    never was, or that is not noted.
    """
    published = first_value(warehouse.connection, "SELECT content FROM work.state WHERE name = 'published'")
    if published is None:
        return None
    name, _, run_id = str(published).partition(" ")
    changed_from = first_value(warehouse.connection, "SELECT MIN(as_of_on) FROM work.refresh_days")
    return Since(warehouse.settings.folders().published / name, run_id, changed_from)


def write_published_copy(source: Path, copy: Path) -> None:
    """Copies a checkpointed database and drops the schema that only the pipeline uses."""
    copy_file(source, copy)
    with open_for_writing(copy) as connection:
        connection.execute("DROP SCHEMA IF EXISTS work CASCADE")
        connection.execute("CHECKPOINT")


def _agree_on_reference(warehouse: Warehouse) -> None:
    """Empties a ledger that other reference tables have filled, and notes in the same transaction which ones fill it.

    A run that dies while it fills the ledger again leaves a ledger that is short, never one of two kinds of rows.
    """
    connection, digest = warehouse.connection, warehouse.reference.gate_digest
    if first_value(connection, "SELECT content FROM work.state WHERE name = 'reference'") == digest:
        return
    with transaction(connection):
        build.refresh_all_days(connection)
        for table in (*table_names(connection, "facts"), "work.unanswered"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM work.state WHERE name = 'published'")
        connection.execute("INSERT OR REPLACE INTO work.state VALUES ('reference', ?)", [digest])
