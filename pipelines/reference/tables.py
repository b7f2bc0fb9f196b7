"""Which files make up the reference tables, and what one row of each may hold on its own.

Declared here once per table: the file, the record type (columns and types, from `records.py`), the key, which text
cells may be empty, which cells come from a closed list or follow a pattern. `load.py` applies it; rules between
rows or tables are in `checks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from pipelines.clearance import CLEARANCES
from pipelines.reference import records


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Record = TypeVar("Record", bound=_Dataclass)


@dataclass(frozen=True)
class Pattern:
    """What a text cell must look like, and how to say so to the person who edits the file."""

    regex: re.Pattern[str]
    expected_vi: str
    fix_vi: str


_ZERO = "Bảng tính có thể đã xóa số 0 ở đầu: định dạng cột là Văn bản (Text) rồi gõ lại đủ chữ số."
PROVINCE_CODE = Pattern(re.compile(r"\d{2}"), "mã tỉnh gồm đúng 2 chữ số, ví dụ 01", _ZERO)
COMMUNE_CODE = Pattern(re.compile(r"\d{5}"), "mã xã gồm đúng 5 chữ số, ví dụ 00004", _ZERO)
UNIT_CODE = Pattern(re.compile(r"\d{2}|\d{5}"), "mã tỉnh 2 chữ số hoặc mã xã 5 chữ số", _ZERO)
NAME = Pattern(
    re.compile(r"[a-z][a-z0-9_]*"),
    "chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ",
    "Đặt lại mã theo mẫu, ví dụ staff_present.",
)
SHAPE = Pattern(re.compile(r"[0-9a-f]{12}"), "12 chữ số 0-9, a-f", "Chép lại dấu hình từ `tiendo review`.")
SHA256 = Pattern(re.compile(r"[0-9a-f]{64}"), "64 chữ số 0-9, a-f", "Chép lại mã tệp từ `tiendo review`.")


@dataclass(frozen=True)
class Table(Generic[Record]):
    """One CSV file. `key` identifies a row; if the record has validity dates, one row per key and period.

    A table with `may_be_absent` only holds what people have decided: without the file, nothing was decided yet.
    One that is not `is_read_by_gate` has no part in what is taken: when it changes, no landed file is read again, but
    every day is derived again if a model with `-- refresh` reads it.
    """

    name: str
    record: type[Record]
    key: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    may_be_absent: bool = False
    is_read_by_gate: bool = True

    @property
    def file(self) -> str:
        """File name inside the reference folder."""
        return f"{self.name}.csv"


PROVINCES = Table(
    "provinces",
    records.Province,
    ("province_code",),
    choices={"unit_type": ("tỉnh", "thành phố")},
    patterns={"province_code": PROVINCE_CODE},
)
COMMUNES = Table(
    "communes",
    records.Commune,
    ("commune_code",),
    choices={"unit_type": ("xã", "phường", "đặc khu")},
    patterns={"commune_code": COMMUNE_CODE, "province_code": PROVINCE_CODE},
)
OLD_COMMUNES = Table(
    "old_communes",
    records.OldCommune,
    ("old_name", "old_district", "province_code", "commune_codes"),
    patterns={"province_code": PROVINCE_CODE},
    may_be_absent=True,
)
INDICATORS = Table(
    "indicators",
    records.Indicator,
    ("indicator",),
    optional=frozenset({"form_sheet", "form_heading_vi"}),
    choices={
        "group": (
            "pvhcc",
            "extension",
            "military",
            "staffing",
            "facilities",
            "procedures",
            "obstacles",
            "published",
        ),
        "unit_level": ("commune", "province", "national"),
        "value_type": ("flag", "count"),
        "rollup": ("sum", "none"),
        "sensitivity": CLEARANCES,
    },
    patterns={"indicator": NAME},
)
DIRECTIVES = Table(
    "directives",
    records.Directive,
    ("directive",),
    optional=frozenset({"document_no"}),
    patterns={"directive": NAME},
    is_read_by_gate=False,
)
DIRECTIVE_DEADLINES = Table(
    "directive_deadlines",
    records.DirectiveDeadline,
    ("directive", "kind", "due_text_vi", "announced_on"),
    optional=frozenset({"document_no"}),
    choices={"kind": ("amendment", "conflict")},
    may_be_absent=True,
    is_read_by_gate=False,
)
_ANSWERS = ("any", "yes", "no")
STATUSES = (
    "met_on_time",
    "met_late",
    "on_track",
    "at_risk",
    "overdue",
    "regressed",
    "not_reported",
    "not_due",
)
STATUS_RULES = Table(
    "status_rules",
    records.StatusRule,
    ("rank",),
    choices={
        "status": STATUSES,
        "is_reported": _ANSWERS,
        "is_met": _ANSWERS,
        "is_in_time": _ANSWERS,
        "has_fallen": _ANSWERS,
        "is_behind": _ANSWERS,
    },
    is_read_by_gate=False,
)
RESTATEMENT_REASONS = Table(
    "restatement_reasons",
    records.RestatementReason,
    ("unit_code", "indicator", "as_of_on", "new_submission_id"),
    optional=frozenset({"document_no"}),
    patterns={"unit_code": UNIT_CODE},
    may_be_absent=True,
    is_read_by_gate=False,
)
PUBLISHED_FIGURES = Table(
    "published_figures",
    records.PublishedFigure,
    ("figure",),
    optional=frozenset({"note", "conflicts_with"}),
    choices={"approximation": ("exact", "nearly", "over", "about")},
)
EXPLANATIONS = (
    "published_only",
    "not_reported",
    "equal",
    "rounded",
    "truncated",
    "approximate",
    "conflicting_publications",
    "different_denominator",
    "incomplete_reports",
    "different_day",
    "differs",
)
EXPLANATION_CODES = Table(
    "explanation_codes", records.ExplanationCode, ("code",), choices={"code": EXPLANATIONS}, is_read_by_gate=False
)
PUBLIC_HOLIDAYS = Table(
    "public_holidays",
    records.PublicHoliday,
    ("day_on",),
    optional=frozenset({"document_no"}),
    choices={"kind": ("holiday", "day_off_in_lieu", "day_off_swapped", "working_swapped")},
    is_read_by_gate=False,
)
ALIASES = Table(
    "aliases",
    records.Alias,
    ("alias", "unit_code"),
    optional=frozenset({"note"}),
    choices={"kind": ("short", "abbreviation", "old_name", "english", "decided")},
    patterns={"unit_code": UNIT_CODE},
)
DENOMINATORS = Table(
    "denominators",
    records.DenominatorException,
    ("indicator", "province_code"),
    patterns={"province_code": PROVINCE_CODE},
)
CORRECTIONS = Table(
    "corrections",
    records.Correction,
    ("correction",),
    optional=frozenset({"document_no"}),
    patterns={"correction": NAME, "unit_code": UNIT_CODE},
)
MAPPINGS = Table(
    "mappings",
    records.Mapping,
    ("shape", "label"),
    optional=frozenset({"note"}),
    patterns={"shape": SHAPE, "meaning": NAME},
    may_be_absent=True,
)
DECISIONS = Table(
    "decisions",
    records.Decision,
    ("sha256",),
    optional=frozenset({"province_code", "form"}),
    patterns={"sha256": SHA256, "province_code": PROVINCE_CODE},
    may_be_absent=True,
)
FORMS = Table("forms", records.Form, ("form", "sheet"), choices={"unit_level": ("commune", "province")})
REPORTING_DAYS = Table("reporting_days", records.ReportingDay, ("form", "as_of_on"))
CHAINS = Table(
    "chains",
    records.ChainStage,
    ("chain", "stage_order"),
    optional=frozenset({"chain_title_vi", "chain_title_en", "note"}),
    patterns={"chain": NAME, "indicator": NAME},
    is_read_by_gate=False,
)
STAFFING_BASELINES = Table(
    "staffing_baselines",
    records.StaffingBaseline,
    ("baseline", "province_code"),
    optional=frozenset({"indicator", "province_code"}),
    choices={"kind": ("indicator", "per_commune", "reported_shortage"), "covers": ("same", "narrower")},
    patterns={"baseline": NAME, "province_code": PROVINCE_CODE},
    is_read_by_gate=False,
)
STAFFING_FIELDS = Table(
    "staffing_fields", records.StaffingField, ("field",), patterns={"field": NAME}, is_read_by_gate=False
)
FOLLOW_UPS = Table(
    "follow_ups",
    records.FollowUp,
    ("unit_code", "indicator", "as_of_on"),
    optional=frozenset({"note", "document_no"}),
    choices={"state": ("confirmed", "open")},
    patterns={"unit_code": UNIT_CODE},
    may_be_absent=True,
    is_read_by_gate=False,
)
PARAMETERS = Table(
    "parameters",
    records.Parameter,
    ("parameter",),
    patterns={"parameter": NAME},
    is_read_by_gate=False,
)
FORECAST_ERRORS = Table(
    "forecast_errors",
    records.ForecastError,
    ("method", "is_whole", "done_from_pct", "days_from", "percentile"),
    choices={"method": ("recent_rate", "plateau", "regressed", "single_step")},
    may_be_absent=True,
)
RULES = Table(
    "rules",
    records.Rule,
    ("rule",),
    choices={"severity": ("critical", "warning", "file")},
    patterns={"rule": NAME},
)
NOT_READ_BY_GATE = tuple(
    sorted(table.name for table in list(vars().values()) if isinstance(table, Table) and not table.is_read_by_gate)
)
