"""One record type per reference table: what a row of `data/reference/<table>.csv` means.

The field names are the CSV's column names and the published column names; a field's type says how its
text is read (see `load.py`). `tuple[str, ...]` fields hold `|`-separated lists. Belongs here: shapes.
Does not belong here: reading files, or rules that compare tables (`checks.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

IGNORE = "ignore"
COLUMN_ROLES = (
    "order",
    "unit_code",
    "unit_name",
    "province_name",
    "indicator_code",
    "indicator_name",
    "measure",
    "value",
    "done_on",
    "evidence",
    "note",
)


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city, valid from `valid_from_on` to `valid_to_on` (both included)."""

    province_code: str
    province_name: str
    short_name: str
    unit_type: str
    region_name: str
    commune_count: int
    has_single_tier_centre: bool
    tile_row: int
    tile_column: int
    valid_from_on: date
    valid_to_on: date | None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune (`xã`), ward (`phường`) or special zone (`đặc khu`); `commune_name` carries the type word."""

    commune_code: str
    commune_name: str
    unit_type: str
    province_code: str
    longitude: float
    latitude: float
    valid_from_on: date
    valid_to_on: date | None


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune before 01/07/2025 and the present ones that it went to; its name only leads a person to them."""

    old_name: str
    old_district: str
    province_code: str
    commune_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, in which unit, within which bounds, and where it stands in the report form.

    `form_sheet` is empty for indicators known only as published figures. `form_heading_vi` is the merged
    heading above the column, if any. `sum_of` names the indicators that must add up to this one.
    `is_cumulative` marks values that may not fall from one report to the next without a remark, `is_period_count` those
    that count what happened since the last report, so that an old value says nothing of a new day.
    """

    indicator: str
    group: str
    name_vi: str
    name_en: str
    unit_level: str
    value_type: str
    unit: str
    rollup: str
    target_rule: str
    lower: float | None
    upper: float | None
    sensitivity: str
    synonyms_vi: tuple[str, ...]
    form_sheet: str
    form_heading_vi: str
    sum_of: tuple[str, ...]
    is_cumulative: bool
    is_period_count: bool


@dataclass(frozen=True, slots=True)
class Directive:
    """A dated task with its citation. `due_inclusive` is false for `trước ngày …`: that day is too late."""

    directive: str
    title_vi: str
    title_en: str
    document_no: str
    issued_by: str
    issued_on: date | None
    due_on: date
    due_inclusive: bool
    due_text_vi: str
    indicators: tuple[str, ...]
    target_pct: float | None
    source_file: str
    source_note: str


@dataclass(frozen=True, slots=True)
class DirectiveDeadline:
    """Another deadline of a directive than the one in its own row.

    `amendment`: holds from the day on which it was announced; what held before stays on record. `conflict`: another
    wording of the same text, shown beside the one that counts and never counted.
    """

    directive: str
    kind: str
    announced_on: date | None
    due_on: date
    due_inclusive: bool
    due_text_vi: str
    document_no: str
    source_file: str
    source_note: str


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A status and when it holds; the rule with the lowest rank that fits decides.

    `any`, `yes` or `no` for each question; days are those left to the last day in time, both ends included, empty
    where it does not matter. `is_behind`: a chance of being in time below 50 %, or, where there is no forecast, less
    than an even pace would have brought by now.
    """

    rank: int
    status: str
    is_reported: str
    is_met: str
    is_in_time: str
    has_fallen: str
    days_left_from: int | None
    days_left_to: int | None
    is_behind: str
    meaning_vi: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class RestatementReason:
    """Why a province took back what it had reported, as it answered: a row per restated value that was asked about."""

    unit_code: str
    indicator: str
    as_of_on: date
    new_submission_id: str
    reason: str
    document_no: str
    entered_on: date


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure that an authority has published; `scope` is `national`, `national_province_count` or `province:NN`.

    `value_step` is the worth of the last digit that the publication gives (100 for `gần 13.400`), empty where the
    number is written out in full. `published_pct` is the share that the same publication states (%), `pct_step` the
    worth of its last digit (0.1 for `41,6%`). `conflicts_with` names another figure that a person says cannot be true
    together with this one, where indicator, scope and day do not show it.
    """

    figure: str
    indicator: str
    scope: str
    as_of: date
    value: float
    denominator: float | None
    unit: str
    published_on: date
    publisher: str
    source_file: str
    note: str
    approximation: str
    value_step: float | None
    published_pct: float | None
    pct_step: float | None
    conflicts_with: str


@dataclass(frozen=True, slots=True)
class ExplanationCode:
    """Why a published figure and the reports agree or differ: a code of the closed list, in words.

    Where several hold, the one with the lowest `precedence` is the explanation and the others stand beside it.
    """

    code: str
    precedence: int
    name_vi: str
    name_en: str
    meaning_vi: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A day on which offices differ from the week: off on a weekday, or at work on a weekend.

    `kind`: `holiday` (by law), `day_off_in_lieu` (of a holiday on a weekend), `day_off_swapped` and `working_swapped`
    (a weekday off, worked on a weekend instead). A year that has any row has all of its rows.
    """

    day_on: date
    name_vi: str
    name_en: str
    kind: str
    document_no: str
    source_file: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another spelling of a unit; one of a commune holds only inside its own province.

    `kind`: `short`, `abbreviation`, `old_name` (accepted with a remark), `english`, `decided` (a person chose the unit
    for a text that no rule could place).
    """

    alias: str
    unit_code: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class DenominatorException:
    """Where an indicator can count fewer or more units than the province has communes, and why."""

    indicator: str
    province_code: str
    expected_count: int
    reason: str
    valid_from_on: date
    valid_to_on: date | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A value put right by the Ministry.

    Applied only while the reported value equals `expected_given` (the guard), and before `expires_on`.
    """

    correction: str
    unit_code: str
    indicator: str
    as_of_on: date
    expected_given: float
    corrected_value: float
    reason: str
    document_no: str
    entered_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a person says a column means, in every table whose header has this `shape` (`pipelines/gate/shapes.py`).

    `label` is the comparable path of the column's header, or of the row's or the unit's where those stand in rows.
    `meaning` is the code of a reported indicator, one of `COLUMN_ROLES`, or `ignore`.
    """

    shape: str
    label: str
    meaning: str
    entered_on: date
    note: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says a file is, where it does not say so itself or contradicts itself. Empty: not decided."""

    sha256: str
    province_code: str
    as_of_on: date | None
    form: str
    reason: str
    entered_on: date


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of a report form. `Indicator.form_sheet` says which indicators stand on it; all are of its level."""

    form: str
    sheet: str
    title_vi: str
    title_en: str
    unit_level: str


@dataclass(frozen=True, slots=True)
class ReportingDay:
    """A day that reports of `form` describe (`as_of_on`), and the last day on which they are on time (`due_on`)."""

    form: str
    as_of_on: date
    due_on: date
    basis: str


@dataclass(frozen=True, slots=True)
class ChainStage:
    """A step that provinces take in an order, measured by a province-level flag.

    `requires` names the stages that must be done before this one can be; a stage without any can begin on `starts_on`
    (not known where empty). The titles of the chain stand on its first stage.
    """

    chain: str
    stage_order: int
    indicator: str
    title_vi: str
    title_en: str
    requires: tuple[str, ...]
    starts_on: date | None
    chain_title_vi: str
    chain_title_en: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class StaffingBaseline:
    """What staff present are compared with.

    `kind`: `indicator` (another figure of the commune), `per_commune` (the same number of posts for each),
    `reported_shortage` (present plus what the commune says is missing, by the fields of `StaffingField`). `covers` is
    `narrower` where the baseline leaves out people that staff present include: then it proves shortages only. A row
    with a province takes the place of the one without, there.
    """

    baseline: str
    baseline_order: int
    title_vi: str
    title_en: str
    kind: str
    indicator: str
    posts_per_commune: float | None
    covers: str
    province_code: str
    source: str
    note_vi: str
    note_en: str
    valid_from_on: date
    valid_to_on: date | None


@dataclass(frozen=True, slots=True)
class StaffingField:
    """A field of work in which communes report missing staff, and the indicator that counts them."""

    field: str
    field_order: int
    indicator: str
    title_vi: str
    title_en: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of a warning about a value that stands out; it holds only while the value is `value` (the guard).

    `state`: `confirmed` (the province says that it is right) or `open` (asked again).
    """

    unit_code: str
    indicator: str
    as_of_on: date
    value: float
    state: str
    note: str
    document_no: str
    entered_on: date


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that the models read: a seed, a size, a number of periods, a limit."""

    parameter: str
    value: float
    meaning_vi: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How long past cases really took, as a multiple of what their rate promised: one percentile of one band.

    `percentile` percent of the cases had ended by `ratio` times the days still needed at their rate (for `plateau` and
    `regressed`, which have none, by `ratio` days). Bands include their lower end: `done_…` is the share of the target
    that is done (%), `days_…` the days still needed; `is_whole` is true where the very last unit counts (target 100 %).
    Written by `make backtest`, not by hand.
    """

    method: str
    is_whole: bool
    done_from_pct: float
    done_to_pct: float | None
    days_from: float
    days_to: float | None
    percentile: int
    ratio: float
    case_count: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A check by name.

    `severity`: `critical` sets the value aside, `warning` keeps it and says so, `file` stops the file. The titles name
    the rule where its faults are counted. The other texts are `str.format` templates; the fields they may use are those
    of the fault that they describe (`given`, `expected`, `unit`, `indicator`, `place`, `detail`).
    """

    rule: str
    severity: str
    title_vi: str
    title_en: str
    expected_vi: str
    message_vi: str
    message_en: str
    fix_vi: str
    fix_en: str
