"""The reference tables as one value: read, checked against each other, with the look-ups that everything else uses.

`load_reference` is the only way in. It either returns tables that agree, or raises every fault of every file at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pipelines.reference import records, tables
from pipelines.reference.checks import check_tables
from pipelines.reference.faults import Fault, ReferenceFaults
from pipelines.reference.read_table import Rows, read_table
from pipelines.reference.records import (
    Alias,
    ChainStage,
    Commune,
    Correction,
    Decision,
    DenominatorException,
    Directive,
    DirectiveDeadline,
    ExplanationCode,
    FollowUp,
    ForecastError,
    Form,
    Indicator,
    OldCommune,
    Parameter,
    Province,
    PublicHoliday,
    PublishedFigure,
    ReportingDay,
    RestatementReason,
    Rule,
    StaffingBaseline,
    StaffingField,
    StatusRule,
)
from pipelines.reference.row_sets import RowSets
from pipelines.reference.tables import Record, Table

Dated = TypeVar("Dated", Province, Commune, DenominatorException)


@dataclass(frozen=True)
class Reference:
    """Every reference table, in file order. `digest` is the sha256 over the CSV bytes: same digest, same tables.

    `gate_digest` is that of the tables that decide what is taken: where it is another, landed files are read again.
    """

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    indicators: tuple[Indicator, ...]
    directives: tuple[Directive, ...]
    published_figures: tuple[PublishedFigure, ...]
    explanation_codes: tuple[ExplanationCode, ...]
    public_holidays: tuple[PublicHoliday, ...]
    aliases: tuple[Alias, ...]
    denominators: tuple[DenominatorException, ...]
    corrections: tuple[Correction, ...]
    mappings: tuple[records.Mapping, ...]
    decisions: tuple[Decision, ...]
    forms: tuple[Form, ...]
    reporting_days: tuple[ReportingDay, ...]
    rules: tuple[Rule, ...]
    digest: str
    gate_digest: str = ""
    directive_deadlines: tuple[DirectiveDeadline, ...] = ()
    status_rules: tuple[StatusRule, ...] = ()
    restatement_reasons: tuple[RestatementReason, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    chains: tuple[ChainStage, ...] = ()
    staffing_baselines: tuple[StaffingBaseline, ...] = ()
    staffing_fields: tuple[StaffingField, ...] = ()
    forecast_errors: tuple[ForecastError, ...] = ()
    old_communes_csv: bytes = field(default=b"", repr=False)
    _communes_on: dict[tuple[date, str | None], dict[str, Commune]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.indicator: indicator for indicator in self.indicators}

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.rule: rule for rule in self.rules}

    @cached_property
    def old_communes(self) -> tuple[OldCommune, ...]:
        """The communes before 01/07/2025. Read when a name is looked for in vain: most runs never need the 8,000 rows.

        Raises ReferenceFaults.
        """
        if not self.old_communes_csv:
            return ()
        rows, faults = read_table(tables.OLD_COMMUNES, self.old_communes_csv)
        if faults:
            raise ReferenceFaults(faults)
        return rows.records

    @cached_property
    def _mappings(self) -> dict[str, list[records.Mapping]]:
        found: dict[str, list[records.Mapping]] = {}
        for item in self.mappings:
            found.setdefault(item.shape, []).append(item)
        return found

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        return {item.sha256: item for item in self.decisions}

    @cached_property
    def reported_indicators(self) -> tuple[Indicator, ...]:
        """The indicators that provinces report, in form order; the others are known only as published figures."""
        return tuple(indicator for indicator in self.indicators if indicator.form_sheet)

    def indicator(self, code: str) -> Indicator:
        """Raises KeyError for a code that is in no table."""
        return self._indicators[code]

    def rule(self, name: str) -> Rule:
        """Raises KeyError for a rule that is in no table."""
        return self._rules[name]

    def mappings_of(self, shape: str) -> dict[str, str]:
        """What people have said the columns of tables of this shape mean: {label: meaning}."""
        return {item.label: item.meaning for item in self._mappings.get(shape, ())}

    def decision_for(self, sha256: str) -> Decision | None:
        """What a person has said the file with these bytes is; None where nobody has."""
        return self._decisions.get(sha256)

    def provinces_on(self, day: date) -> dict[str, Province]:
        """The provinces of that day by code."""
        return {province.province_code: province for province in self.provinces if _is_valid(province, day)}

    def communes_on(self, day: date, province_code: str | None = None) -> dict[str, Commune]:
        """The communes of that day by code, of one province or of all. Do not change the returned dict: it is kept."""
        key = (day, province_code)
        if key not in self._communes_on:
            self._communes_on[key] = {
                commune.commune_code: commune
                for commune in self.communes
                if province_code in (None, commune.province_code) and _is_valid(commune, day)
            }
        return self._communes_on[key]

    def denominator_on(self, indicator: str, province_code: str, day: date) -> DenominatorException | None:
        """The exception in force, or None where the default of `expected_count_on` holds."""
        for exception in self.denominators:
            is_meant = (exception.indicator, exception.province_code) == (indicator, province_code)
            if is_meant and _is_valid(exception, day):
                return exception
        return None

    def expected_count_on(self, indicator: str, province_code: str, day: date) -> int:
        """How many units of the province can report the indicator: its communes, or the province itself.

        Raises KeyError for an unknown indicator, or a province that does not exist on that day.
        """
        if exception := self.denominator_on(indicator, province_code, day):
            return exception.expected_count
        province = self.provinces_on(day)[province_code]
        return province.commune_count if self.indicator(indicator).unit_level == "commune" else 1


def _is_valid(unit: Dated, day: date) -> bool:
    return unit.valid_from_on <= day and (unit.valid_to_on is None or day <= unit.valid_to_on)


class _Reader:
    """Reads one table after the other, and keeps the faults and the digest of all."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.faults: list[Fault] = []
        self.digest, self.gate_digest = sha256(), sha256()

    def read(self, table: Table[Record]) -> Rows[Record]:
        content = self.contents.get(table.file)
        if content is None and table.may_be_absent:
            return Rows(table, (), ())
        if content is None:
            fix = "Khôi phục tệp từ bản lưu hoặc từ kho mã nguồn."
            self.faults.append(
                Fault(table.file, 0, "", "không có tệp", f"tệp {table.file} trong thư mục danh mục", fix)
            )
            return Rows(table, (), ())
        self._add_to_digest(table, content)
        rows, faults = read_table(table, content)
        self.faults.extend(faults)
        return rows

    def take(self, table: Table[Record]) -> bytes:
        """The bytes of a table that is read later, if ever; empty where there is none."""
        content = self.contents.get(table.file, b"")
        if content:
            self._add_to_digest(table, content)
        return content

    def _add_to_digest(self, table: Table[Record], content: bytes) -> None:
        for digest in (self.digest, self.gate_digest) if table.is_read_by_gate else (self.digest,):
            digest.update(f"{table.file}\0{len(content)}\0".encode())
            digest.update(content)


def load_reference(directory: Path) -> Reference:
    """Reads `directory`/*.csv. Raises ReferenceFaults with all faults: of cells, and of tables against each other.

    Rules between tables need all tables, so they wait until every cell is right. Tables that are the same as before,
    byte for byte, are not read again: a season of nights in one process reads them once.
    """
    return load_contents(read_contents(directory))


def read_contents(directory: Path) -> dict[str, bytes]:
    """{file name: bytes} of the tables in a folder."""
    return {path.name: path.read_bytes() for path in sorted(directory.glob("*.csv"))}


def load_contents(contents: Mapping[str, bytes]) -> Reference:
    """As `load_reference`, from bytes: tables can be tried before they are written. Raises ReferenceFaults."""
    return _load(tuple(sorted(contents.items())))


@lru_cache(maxsize=2)
def _load(contents: tuple[tuple[str, bytes], ...]) -> Reference:
    reader = _Reader(dict(contents))
    rows = RowSets(
        provinces=reader.read(tables.PROVINCES),
        communes=reader.read(tables.COMMUNES),
        indicators=reader.read(tables.INDICATORS),
        directives=reader.read(tables.DIRECTIVES),
        published_figures=reader.read(tables.PUBLISHED_FIGURES),
        explanation_codes=reader.read(tables.EXPLANATION_CODES),
        public_holidays=reader.read(tables.PUBLIC_HOLIDAYS),
        aliases=reader.read(tables.ALIASES),
        denominators=reader.read(tables.DENOMINATORS),
        corrections=reader.read(tables.CORRECTIONS),
        mappings=reader.read(tables.MAPPINGS),
        decisions=reader.read(tables.DECISIONS),
        forms=reader.read(tables.FORMS),
        reporting_days=reader.read(tables.REPORTING_DAYS),
        rules=reader.read(tables.RULES),
        forecast_errors=reader.read(tables.FORECAST_ERRORS),
        directive_deadlines=reader.read(tables.DIRECTIVE_DEADLINES),
        status_rules=reader.read(tables.STATUS_RULES),
        restatement_reasons=reader.read(tables.RESTATEMENT_REASONS),
        follow_ups=reader.read(tables.FOLLOW_UPS),
        parameters=reader.read(tables.PARAMETERS),
        chains=reader.read(tables.CHAINS),
        staffing_baselines=reader.read(tables.STAFFING_BASELINES),
        staffing_fields=reader.read(tables.STAFFING_FIELDS),
    )
    old_communes = reader.take(tables.OLD_COMMUNES)
    faults = reader.faults or check_tables(rows)
    if faults:
        raise ReferenceFaults(faults)
    return Reference(
        provinces=rows.provinces.records,
        communes=rows.communes.records,
        indicators=rows.indicators.records,
        directives=rows.directives.records,
        published_figures=rows.published_figures.records,
        explanation_codes=rows.explanation_codes.records,
        public_holidays=rows.public_holidays.records,
        aliases=rows.aliases.records,
        denominators=rows.denominators.records,
        corrections=rows.corrections.records,
        mappings=rows.mappings.records,
        decisions=rows.decisions.records,
        forms=rows.forms.records,
        reporting_days=rows.reporting_days.records,
        rules=rows.rules.records,
        forecast_errors=rows.forecast_errors.records,
        chains=rows.chains.records,
        staffing_baselines=rows.staffing_baselines.records,
        staffing_fields=rows.staffing_fields.records,
        directive_deadlines=rows.directive_deadlines.records,
        status_rules=rows.status_rules.records,
        restatement_reasons=rows.restatement_reasons.records,
        follow_ups=rows.follow_ups.records,
        parameters=rows.parameters.records,
        digest=reader.digest.hexdigest(),
        gate_digest=reader.gate_digest.hexdigest(),
        old_communes_csv=old_communes,
    )
