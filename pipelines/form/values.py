"""What a province has filled into the form, and how its file may depart from the form that it was given.

Belongs here: plain values. Does not belong here: where they stand on paper (`layout.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Departures:
    """How a file differs from the form as handed out, as files of real provinces do.

    `unit_labels` replaces code and name of a commune on a sheet, keyed by (sheet, unit code); `totals` puts a typed
    number in place of a total's formula; `marks` overrides entries of the hidden sheet.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    missing_sheets: frozenset[str] = frozenset()
    unit_labels: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    totals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormValues:
    """The filled-in cells of one workbook; what is absent stays blank, which means "not reported".

    `values` is keyed by (unit code, indicator); text is written as text. `done_on` and `evidence` belong to the
    indicators of the provincial sheet. `remarks` is keyed by (sheet, unit code), on the provincial sheet by
    (sheet, indicator). `revision` 2 and later makes the titles say that the file is a correction.
    """

    values: Mapping[tuple[str, str], float | str]
    done_on: Mapping[str, date] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    revision: int = 1
    departures: Departures = field(default_factory=Departures)
