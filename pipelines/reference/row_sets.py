"""All reference tables with their row numbers, as the checks need them."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reference.read_table import Rows
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
    Mapping,
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


@dataclass(frozen=True)
class RowSets:
    """One attribute per file of `data/reference/`."""

    provinces: Rows[Province]
    communes: Rows[Commune]
    indicators: Rows[Indicator]
    directives: Rows[Directive]
    published_figures: Rows[PublishedFigure]
    explanation_codes: Rows[ExplanationCode]
    public_holidays: Rows[PublicHoliday]
    aliases: Rows[Alias]
    denominators: Rows[DenominatorException]
    corrections: Rows[Correction]
    mappings: Rows[Mapping]
    decisions: Rows[Decision]
    forms: Rows[Form]
    reporting_days: Rows[ReportingDay]
    rules: Rows[Rule]
    forecast_errors: Rows[ForecastError]
    directive_deadlines: Rows[DirectiveDeadline]
    status_rules: Rows[StatusRule]
    restatement_reasons: Rows[RestatementReason]
    follow_ups: Rows[FollowUp]
    parameters: Rows[Parameter]
    chains: Rows[ChainStage]
    staffing_baselines: Rows[StaffingBaseline]
    staffing_fields: Rows[StaffingField]
