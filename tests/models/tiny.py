"""A country of three provinces, seven communes and a dozen indicators, small enough to count by hand.

`Country.report` puts a report into the ledger the way the gate does; `Country.night` builds every model the way a
night does; `Country.check` compares a table with rows written out as text: `-` is NULL, `⎵` a space within a cell,
`T` stands between day and time, the order of the rows does not matter.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.facts import ledger
from pipelines.facts.tables import OBSERVATIONS, REJECTED_VALUES, SUBMISSIONS, LedgerTable
from pipelines.marts import build
from pipelines.marts.build import IN_PLACE, Engine
from pipelines.marts.models import Model, load_models
from pipelines.marts.reference_tables import RunRow, write_reference, write_run
from pipelines.reference import tables as reference_tables
from pipelines.reference.load import Reference, load_reference
from pipelines.reference.read_table import read_table
from pipelines.reference.records import (
    Commune,
    Correction,
    DenominatorException,
    Directive,
    FollowUp,
    Form,
    Indicator,
    Parameter,
    Province,
    PublishedFigure,
    ReportingDay,
)
from pipelines.settings import REPOSITORY, Settings

_TABLE = re.compile(r"\b(?:reference|facts|marts)\.\w+")
FORM = "CQDP2C"
REFORM = datetime.date(2025, 7, 1)
BEFORE_REDRAWING, REDRAWN = datetime.date(2026, 4, 29), datetime.date(2026, 4, 30)

PARAMETERS: dict[str, float] = {
    "incomplete_ratio": 3,
    "league_periods": 2,
    "verification_seed": 7,
    "verification_size": 1,
    "verification_window_days": 90,
    "chase_names": 2,
    "outlier_days": 8,
    "outlier_history": 3,
    "outlier_peers": 3,
    "outlier_ratio": 3,
    "outlier_peer_ratio": 5,
    "outlier_score": 5,
    "outlier_difference": 20,
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _province(
    code: str,
    short_name: str,
    commune_count: int,
    valid_from_on: datetime.date = REFORM,
    valid_to_on: datetime.date | None = None,
) -> Province:
    return Province(
        code, f"Tỉnh {short_name}", short_name, "tỉnh", "Vùng", commune_count, False, 1, 1, valid_from_on, valid_to_on
    )


def _commune(code: str, valid_from_on: datetime.date = REFORM, valid_to_on: datetime.date | None = None) -> Commune:
    return Commune(code, f"Xã {code}", "xã", code[:2], 105.0, 21.0, valid_from_on, valid_to_on)


def _indicator(
    code: str,
    unit_level: str,
    value_type: str,
    target_rule: str,
    form_sheet: str = "Biểu 01",
    is_period_count: bool = False,
) -> Indicator:
    return Indicator(
        code, "group", code, code, unit_level, value_type, "unit", "sum", target_rule, 0.0, None, "public", (),
        form_sheet, "", (), False, is_period_count,
    )  # fmt: skip


def directive(
    code: str, due: str, *indicators: str, inclusive: bool = True, pct: float = 100.0, issued: str = ""
) -> Directive:
    """A task to bring `indicators` to `pct` percent; `inclusive` is false for `trước ngày`."""
    issued_on = day(issued) if issued else None
    return Directive(code, code, code, "", "", issued_on, day(due), inclusive, due, indicators, pct, "", "")


def published(
    figure: str,
    indicator: str,
    scope: str,
    on: str,
    value: float,
    approximation: str = "exact",
    step: float | None = None,
    of: float | None = None,
    pct: tuple[float, float] | None = None,
    conflicts_with: str = "",
) -> PublishedFigure:
    """A figure that an authority has published for a day: `of` is its denominator, `pct` its share and last digit."""
    share, share_step = pct or (None, None)
    return PublishedFigure(
        figure, indicator, scope, day(on), value, of, "", day(on), "", "", "", approximation, step, share, share_step,
        conflicts_with,
    )  # fmt: skip


def reporting_day(on: str) -> ReportingDay:
    """A day of the calendar; reports are on time until two days later."""
    return ReportingDay(FORM, day(on), day(on) + datetime.timedelta(days=2), "")


def follow_up(unit: str, indicator: str, on: str, value: float, state: str = "confirmed") -> FollowUp:
    """What a province has said of a value that stands out."""
    return FollowUp(unit, indicator, day(on), value, state, "Tỉnh xác nhận", "12/UBND", day(on))


def parameters(**changed: float) -> tuple[Parameter, ...]:
    """The parameters of the models, as `PARAMETERS` says or as given."""
    return tuple(Parameter(name, value, name, name) for name, value in {**PARAMETERS, **changed}.items())


# Hà Nội has one centre for the whole city, so none of its communes counts. Đồng Nai was redrawn: 75002 ended, 75003
# and 75004 took its place.
# In 91001 ten people were reported where there were twelve.
RECOUNT = Correction(
    correction="recount",
    unit_code="91001",
    indicator="staff_present",
    as_of_on=day("2025-10-15"),
    expected_given=10.0,
    corrected_value=12.0,
    reason="Đếm lại",
    document_no="99/BNV",
    entered_on=day("2025-11-01"),
    expires_on=day("2026-01-01"),
)
TABLES = REPOSITORY / "data" / "reference"
# The statuses are those of the country itself: a test of another ladder would say nothing.
STATUS_RULES = load_reference(Settings().reference_directory()).status_rules
TINY = Reference(
    provinces=(
        _province("01", "Hà Nội", 2),
        _province("75", "Đồng Nai", 2, valid_to_on=BEFORE_REDRAWING),
        _province("75", "Đồng Nai", 3, valid_from_on=REDRAWN),
        _province("91", "An Giang", 3),
    ),
    communes=(
        _commune("01001"),
        _commune("01002"),
        _commune("75001"),
        _commune("75002", valid_to_on=BEFORE_REDRAWING),
        _commune("75003", valid_from_on=REDRAWN),
        _commune("75004", valid_from_on=REDRAWN),
        _commune("91001"),
        _commune("91002"),
        _commune("91003"),
    ),
    indicators=(
        _indicator("centre_operating", "commune", "flag", "one_per_commune"),
        _indicator("centre_decided", "province", "flag", "all_provinces"),
        _indicator("staff_allocated", "commune", "count", "none"),
        _indicator("staff_present", "commune", "count", "staff_allocated"),
        _indicator("obstacles_raised", "commune", "count", "none"),
        _indicator("obstacles_resolved", "commune", "count", "obstacles_raised"),
        _indicator("military_posts_required", "commune", "count", "none"),
        _indicator("military_posts_filled", "commune", "count", "military_posts_required"),
        _indicator("military_commander_appointed", "commune", "flag", "one_per_commune"),
        _indicator("military_deputy_commander_appointed", "commune", "flag", "one_per_commune"),
        _indicator("military_deputy_political_officer_appointed", "commune", "flag", "one_per_commune"),
        _indicator("military_assistants", "commune", "count", "none"),
        _indicator("dossiers_received", "commune", "count", "none", is_period_count=True),
        _indicator("communes_short_of_staff", "province", "count", "none", form_sheet=""),
    ),
    directives=(),
    published_figures=(),
    explanation_codes=read_table(reference_tables.EXPLANATION_CODES, (TABLES / "explanation_codes.csv").read_bytes())[
        0
    ].records,
    public_holidays=read_table(reference_tables.PUBLIC_HOLIDAYS, (TABLES / "public_holidays.csv").read_bytes())[
        0
    ].records,
    aliases=(),
    denominators=(DenominatorException("centre_operating", "01", 0, "một Trung tâm một cấp", REFORM, None),),
    corrections=(),
    mappings=(),
    decisions=(),
    forms=(Form(FORM, "Biểu 01", "Biểu 01", "Sheet 01", "commune"),),
    reporting_days=tuple(reporting_day(on) for on in ("2025-10-15", "2025-10-31", "2025-11-15")),
    rules=(),
    digest="tiny",
    status_rules=STATUS_RULES,
    gate_digest="tiny",
    parameters=parameters(),
)


class Country:
    """A ledger and the models over it, in memory.

    The models of a night are built when somebody looks: those that the table in question rests on, or all of them
    before anything else happens.
    """

    def __init__(
        self, basis: Reference = TINY, engines: Callable[[], Engine] = lambda: IN_PLACE, **tables: Sequence[Any]
    ) -> None:
        """`tables` replace those of `basis` by name; `engines` gives what derives the models, for each night anew."""
        self.reference = replace(basis, **{name: tuple(rows) for name, rows in tables.items()})
        self._engines = engines
        self._engine = engines()
        self._connection = duckdb.connect(config={"threads": 1})
        self._pending: list[Model] = []
        self._clears = False
        self.submission_count = 0
        ledger.create(self._connection)
        build.prepare(self._connection)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database, with everything built that the last night is to build."""
        self._build(self._pending)
        if self._clears:
            self._connection.execute("DELETE FROM work.refresh_days")
            self._clears = False
        return self._connection

    def edit(self, **tables: Sequence[Any]) -> None:
        """Other reference tables from the next night on."""
        edited = {name: tuple(rows) for name, rows in tables.items()}
        self.reference = replace(self.reference, **edited, digest=f"{self.reference.digest} edited")

    def report(
        self,
        province: str,
        on: str,
        values: str = "",
        sent: str = "",
        status: str = "accepted",
        set_aside: Mapping[str, int] | None = None,
        severity: str = "critical",
        origin: str = "reported",
    ) -> str:
        """Takes one report: a line `unit indicator value [done_on [evidence]]` per value. Gives its submission_id.

        `set_aside` counts values per indicator that broke a rule of `severity`. Sent at nine on its day if not said.
        """
        self.submission_count += 1
        submission_id = f"{self.submission_count:06d}-tiny"
        common = {"province_code": province, "as_of_on": day(on), "submission_id": submission_id, "origin": origin}
        common |= {"received_at": moment(sent or f"{on} 09:00"), "file_name": f"{submission_id}.xlsx"}
        observations = [_observation(number, line, common) for number, line in enumerate(_lines(values), start=1)]
        faults = [
            {**common, "indicator": indicator or None, "severity": severity, "source_place": f"Biểu 01!Z{number}"}
            for indicator, count in (set_aside or {}).items()
            for number in range(count)
        ]
        submission = {
            **common,
            "form": FORM,
            "status": status,
            "revision": self._revision(province, on) if status in ledger.TAKEN else None,
            "accepted_count": len(observations),
            "rejected_count": 0 if severity == "warning" else len(faults),
        }
        batch = ledger.Batch(
            _table(SUBMISSIONS, [submission]), _table(OBSERVATIONS, observations), _table(REJECTED_VALUES, faults)
        )
        ledger.append(self.connection, batch)
        return submission_id

    def night(self, as_of: str, known: str = "", until: str = "", clear: bool = True) -> Country:
        """Builds every model, or only `until` and what it rests on, for the figures of one day.

        The figures are as known at the end of 2026 if not said. The list of days to derive is cleared as publishing
        does it, or not.
        """
        known_at = moment(known or "2026-12-31 01:30")
        build.refresh_corrections(self.connection, known_at.date())
        build.carry_forward(self.connection)
        write_reference(self.connection, self.reference, day(as_of))
        write_run(self.connection, RunRow("run", day(as_of), known_at, known_at, "0", "reported", "tiny"))
        build.refresh_edited(self.connection)
        self._pending, self._clears = _resting_on([until] if until else [], load_models()), clear
        self._engine = self._engines()
        return self

    def check(self, table: str, expected: str, where: str = "TRUE") -> None:
        """The rows of `table` that `where` selects are those of `expected`, whose first line names the columns."""
        header, *rows = _lines(expected)
        assert self.rows(table, ", ".join(header), where) == sorted(rows)

    def rows(self, table: str, columns: str = "*", where: str = "TRUE") -> list[list[str]]:
        """The rows as text, sorted."""
        names = _TABLE.findall(f"{columns} {table} {where}")
        self._build(_resting_on(names, self._pending) if names else self._pending)
        found = self._connection.execute(f"SELECT {columns} FROM {table} WHERE {where}").fetchall()
        return sorted([_shown(cell) for cell in row] for row in found)

    def _build(self, models: Sequence[Model]) -> None:
        for model in list(models):
            build.build_model(self._connection, model, self._engine)
            self._pending.remove(model)

    def _revision(self, province: str, on: str) -> int:
        earlier = self.connection.execute(
            "SELECT COUNT(*) FROM facts.submissions WHERE province_code = ? AND as_of_on = ? AND revision IS NOT NULL",
            [province, day(on)],
        ).fetchall()
        return int(earlier[0][0]) + 1


def _resting_on(names: Sequence[str], models: Sequence[Model]) -> list[Model]:
    """Of `models` the named ones and those that they rest on, in building order; all of them if nothing is named."""
    wanted: list[Model] = []
    for model in reversed(models):
        if not names or model.name in names or any(model.name in other.reads for other in wanted):
            wanted.insert(0, model)
    return wanted


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def _observation(number: int, words: Sequence[str], common: Mapping[str, Any]) -> dict[str, Any]:
    unit, indicator, value, *rest = words
    return {
        **common,
        "unit_code": unit,
        "unit_level": "province" if len(unit) == 2 else "commune",
        "indicator": indicator,
        "value": float(value),
        "done_on": day(rest[0]) if rest else None,
        "evidence": rest[1] if len(rest) > 1 else None,
        "source_place": f"Biểu 01!A{number}",
    }


def _table(table: LedgerTable, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    names = [column.name for column in table.columns]
    return pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows], table.arrow_schema())


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".")
    if isinstance(cell, datetime.datetime):
        return cell.isoformat()
    return "-" if cell is None else str(cell).replace(" ", "⎵")
