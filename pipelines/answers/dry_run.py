"""What would become of files if they were sent now: a night on a throwaway copy of the published database.

The gate and the models are those of the night, so that what is promised is what will happen. Nothing is locked and
nothing that others read is touched: a published version is never changed once it has its name.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines import __version__
from pipelines.answers.receipt import Receipt, receipts
from pipelines.database import first_value, open_for_writing
from pipelines.durable import copy_file
from pipelines.facts import ledger
from pipelines.facts.tables import LEDGER
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.limits import limits_of
from pipelines.landing.journal import Arrival
from pipelines.marts import build
from pipelines.marts.models import Model, load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.publish.versions import NothingPublished, current_database
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

COUNTRY = "VN"
_OF_REVISIONS = frozenset({"value_changed", "completion_withdrawn", "older_issue_after_newer"})
_HISTORY = "marts.directive_history"
_NEEDED = "marts.directive_status"
_Figures = dict[tuple[str, str], tuple[datetime.date, float | None]]
_Statuses = dict[tuple[str, str, str], str]


class PublishedByAnotherVersion(RuntimeError):
    """The published database has other tables than this version of the product writes."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of a province or of the country (VN) before and after, each with its day; None: no figure."""

    province_code: str
    indicator: str
    before: float | None
    before_on: datetime.date | None
    after: float | None
    after_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The state of a directive in a province or in the country (VN) before and after; empty: not followed."""

    directive: str
    province_code: str
    indicator: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would become of the files, in their order. `in_force_on` is the newest day with figures before them."""

    receipts: list[Receipt]
    contents: dict[str, bytes]
    figures: list[FigureChange]
    statuses: list[StatusChange]
    in_force_on: datetime.date | None


def dry_run(settings: Settings, files: Sequence[Path], received_at: datetime.datetime) -> DryRun:
    """Takes files through a night that is thrown away. Raises PublishedByAnotherVersion."""
    reference = load_reference(settings.reference_directory())
    with TemporaryDirectory(prefix="tiendo-") as scratch, _rehearsal(settings, reference, Path(scratch)) as connection:
        arrivals, contents = _arrivals(files, received_at, ledger.last_sequence(connection), settings.max_file_bytes)
        history = ledger.read_history(connection)
        earlier = {item.submission_id: history.by_hash.get(item.sha256, "") for item in arrivals}
        # So that a file that was received before is read all the same: only then can it be said what is wrong with it.
        history.by_hash.clear()
        batch, submissions = gate_arrivals(
            arrivals,
            lambda arrival: contents[arrival.submission_id],
            reference,
            history,
            connection,
            limits_of(settings),
        )
        days = [item.envelope.as_of_on for item in submissions if len(item.values) and item.envelope.as_of_on]
        in_force_on = first_value(connection, "SELECT MAX(as_of_on) FROM facts.observations")
        _set_day(connection, max(days, default=received_at.date()), received_at)
        for name in (_HISTORY, _NEEDED):
            build.build_model(connection, _model(name))
        figures, statuses = _figures(connection), _statuses(connection)
        ledger.append(connection, batch)
        found = [_as_duplicate(item, earlier[item.submission_id]) for item in receipts(connection, reference)]
        _forget_duplicates(connection, found)
        build.carry_forward(connection)
        for model in _needed_models():
            build.build_model(connection, model)
        return DryRun(
            found,
            contents,
            _figure_changes(figures, _figures(connection)),
            _status_changes(statuses, _statuses(connection)),
            in_force_on,
        )


@contextmanager
def _rehearsal(settings: Settings, reference: Reference, scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the published database with the tables that a night works with; an empty one before the first night."""
    database = scratch / "rehearsal.duckdb"
    try:
        copy_file(current_database(settings.folders().published), database)
    except NothingPublished:
        is_new = True
    else:
        is_new = False
    connection = open_for_writing(database)
    try:
        if is_new:
            ledger.create(connection)
            build.prepare(connection)
            _write_first_reference(connection, reference)
        else:
            _refuse_other_version(connection)
            build.trust_tables(connection)
            ledger.create(connection)
            build.prepare(connection)
        yield connection
    finally:
        connection.close()


def _write_first_reference(connection: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    first_day = min(day.as_of_on for day in reference.reporting_days)
    midnight = datetime.datetime.combine(first_day, datetime.time())
    write_reference(connection, reference, first_day)
    write_run(connection, RunRow("", first_day, midnight, midnight, __version__, "", reference.digest))
    for model in _needed_models():
        build.build_model(connection, model)


def _refuse_other_version(connection: duckdb.DuckDBPyConnection) -> None:
    for table in LEDGER:
        result = connection.execute(f"SELECT * FROM {table.name} LIMIT 0")
        if [column[0] for column in result.description or []] != [column.name for column in table.columns]:
            raise PublishedByAnotherVersion(
                "Số liệu công bố do một phiên bản phần mềm khác lập. Chạy `tiendo nightly` một lần rồi thử lại."
            )


def _arrivals(
    files: Sequence[Path], received_at: datetime.datetime, last: int, largest: int
) -> tuple[list[Arrival], dict[str, bytes]]:
    """Files as if they arrived now; of one that is too large only as much as shows that it is."""
    arrivals: list[Arrival] = []
    contents: dict[str, bytes] = {}
    for number, path in enumerate(files, start=last + 1):
        with path.open("rb") as file:
            data = file.read(largest + 1)
        sha256 = hashlib.sha256(data).hexdigest()
        arrivals.append(Arrival(number, sha256, path.stat().st_size, path.name, path.name, 0, received_at))
        contents[arrivals[-1].submission_id] = data
    return arrivals, contents


def _as_duplicate(receipt: Receipt, earlier: str) -> Receipt:
    """A file received before replaces nothing, whatever its values are: what compares them with others is left out."""
    if not earlier:
        return receipt
    faults = [fault for fault in receipt.faults if fault.rule not in _OF_REVISIONS]
    return replace(
        receipt, duplicate_of=earlier, faults=faults, revision=None, earlier_file_name="", earlier_received_at=None
    )


def _forget_duplicates(connection: duckdb.DuckDBPyConnection, found: Sequence[Receipt]) -> None:
    """The night does not write the values of a file down twice."""
    again = [item.submission_id for item in found if item.duplicate_of]
    for table in LEDGER:
        connection.execute(f"DELETE FROM {table.name} WHERE list_contains(?::VARCHAR[], submission_id)", [again])


def _set_day(connection: duckdb.DuckDBPyConnection, day: datetime.date, known_at: datetime.datetime) -> None:
    """Statuses before and after are of one day: what only time has changed is no effect of the file."""
    connection.execute("UPDATE reference.run SET as_of_on = GREATEST(as_of_on, ?), known_at = ?", [day, known_at])


def _needed_models() -> list[Model]:
    """What national figures and directives rest on, in building order."""
    wanted: dict[str, Model] = {}
    for model in reversed(load_models()):
        if model.name == _NEEDED or any(model.name in other.reads for other in wanted.values()):
            wanted[model.name] = model
    return list(reversed(wanted.values()))


def _model(name: str) -> Model:
    return next(model for model in load_models() if model.name == name)


def _figures(connection: duckdb.DuckDBPyConnection) -> _Figures:
    """{(province or VN, indicator): (day, value)} of the newest day of each."""
    rows = connection.execute(
        "WITH figures AS (SELECT province_code, indicator, as_of_on, value FROM marts.province_progress "
        "UNION ALL SELECT 'VN', indicator, as_of_on, value FROM marts.national_progress) "
        "SELECT province_code, indicator, as_of_on, value FROM figures "
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY province_code, indicator ORDER BY as_of_on DESC) = 1"
    ).fetchall()
    return {(province, indicator): (day, value) for province, indicator, day, value in rows}


def _statuses(connection: duckdb.DuckDBPyConnection) -> _Statuses:
    rows = connection.execute("SELECT directive, province_code, indicator, status FROM marts.directive_status")
    return {(directive, province, indicator): status for directive, province, indicator, status in rows.fetchall()}


def _figure_changes(before: _Figures, after: _Figures) -> list[FigureChange]:
    """What has another value now; another day alone is no change."""
    changes = []
    for (province, indicator), (day, value) in sorted(after.items()):
        earlier_day, earlier = before.get((province, indicator), (None, None))
        if value != earlier:
            changes.append(FigureChange(province, indicator, earlier, earlier_day, value, day))
    return changes


def _status_changes(before: _Statuses, after: _Statuses) -> list[StatusChange]:
    return [
        StatusChange(*key, before.get(key, ""), status)
        for key, status in sorted(after.items())
        if status != before.get(key, "")
    ]
