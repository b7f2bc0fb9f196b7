"""What the simulator assumes where nothing is published: shares reached by a day, sizes, and what needs what first.

Every number here is invented, chosen to be plausible between the published figures. Figures that authorities did
publish are not repeated here: they come from `published_figures.csv` and win over these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OPENING = date(2025, 6, 30)
"""The last day before the two-tier model: nothing that the form counts had happened."""

CLOSING = date(2026, 12, 31)
"""By then every assumed course has run to its end."""

UNITS_LEFT_OUT = frozenset({"Đặc khu Hoàng Sa", "Đặc khu Trường Sa"})
"""By inference the two units that 3,319 commanders of 3,321 units and 3,193 centres of 3,195 leave out."""


@dataclass(frozen=True, slots=True)
class Course:
    """Share of all events that have happened by each day. `per_commune` is the mean number of events, 1 for flags.

    `ward_factor` says how much more (or less) a ward has than a rural commune, `at_most` what one commune can have.
    """

    reached: tuple[tuple[date, float], ...]
    per_commune: float = 1.0
    ward_factor: float = 1.0
    at_most: int = 60


def _course(
    *reached: tuple[str, float], per_commune: float = 1.0, ward_factor: float = 1.0, at_most: int = 60
) -> Course:
    points = tuple((date.fromisoformat(day), share) for day, share in reached)
    return Course(points, per_commune, ward_factor, at_most)


FALLBACK_FLAG = _course(("2025-07-15", 0.08), ("2025-12-31", 0.55), ("2026-02-25", 0.75), ("2026-12-31", 1.0))
FALLBACK_COUNT = _course(("2025-07-15", 0.1), ("2025-12-31", 0.6), ("2026-12-31", 1.0), per_commune=4.0)

COMMUNE_COURSES = {
    "pvhcc_commune_established": _course(("2025-07-15", 0.62), ("2025-07-31", 0.87), ("2025-11-30", 1.0)),
    "pvhcc_commune_operating": _course(
        ("2025-07-15", 0.34),
        ("2025-08-15", 0.69),
        ("2025-09-30", 0.86),
        ("2025-10-31", 0.92),
        ("2025-12-31", 0.978),
        ("2026-01-31", 0.991),
        ("2026-03-31", 1.0),
    ),
    "commune_extension_staff": _course(
        ("2025-07-15", 0.22),
        ("2025-10-31", 0.48),
        ("2025-12-31", 0.65),
        ("2026-02-25", 0.8),
        ("2026-12-31", 1.0),
        per_commune=2.6,
        ward_factor=0.45,
    ),
    "military_commander_appointed": _course(
        ("2025-07-15", 0.05), ("2025-10-31", 0.17), ("2025-12-31", 0.43), ("2026-01-15", 0.78), ("2026-03-31", 1.0)
    ),
    "military_deputy_commander_appointed": _course(
        ("2025-09-30", 0.04), ("2025-12-31", 0.19), ("2026-02-25", 0.43), ("2026-12-31", 1.0)
    ),
    "military_deputy_political_officer_appointed": _course(
        ("2025-09-30", 0.11), ("2025-12-31", 0.32), ("2026-02-25", 0.565), ("2026-12-31", 1.0)
    ),
    # 3.72 a commune: 2,345 assistants were published as nearly 19 %, which implies about 12,340 posts.
    "military_assistants": _course(
        ("2025-09-30", 0.02),
        ("2025-12-31", 0.1),
        ("2026-02-25", 0.21),
        ("2026-12-31", 1.0),
        per_commune=3.72,
        at_most=7,
    ),
    "military_technical_staff": _course(
        ("2025-09-30", 0.08),
        ("2025-12-31", 0.36),
        ("2026-02-25", 0.72),
        ("2026-12-31", 1.0),
        per_commune=2.0,
        at_most=4,
    ),
    "staff_seconded_in": _course(
        ("2025-07-15", 0.14),
        ("2025-09-30", 0.42),
        ("2025-11-15", 0.55),
        ("2026-02-25", 0.79),
        ("2026-12-31", 1.0),
        per_commune=2.0,
        ward_factor=0.6,
    ),
    "staff_contracted": _course(
        ("2025-07-15", 0.08), ("2025-12-31", 0.55), ("2026-02-25", 0.7), ("2026-12-31", 1.0), per_commune=2.8
    ),
    "staff_trained": _course(("2025-07-15", 0.06), ("2025-09-30", 0.24), ("2025-12-31", 0.5), ("2026-02-25", 0.64)),
    "election_staff_trained": _course(
        ("2025-12-15", 0.0), ("2025-12-31", 0.05), ("2026-01-31", 0.36), ("2026-02-25", 0.82), per_commune=26.0
    ),
    "office_adequate": _course(
        ("2025-07-15", 0.53), ("2025-09-30", 0.66), ("2025-12-31", 0.8), ("2026-02-25", 0.87), ("2026-12-31", 1.0)
    ),
    "equipment_adequate": _course(
        ("2025-07-15", 0.41), ("2025-09-30", 0.56), ("2025-12-31", 0.74), ("2026-02-25", 0.82), ("2026-12-31", 1.0)
    ),
    "network_stable": _course(
        ("2025-07-15", 0.5), ("2025-09-30", 0.65), ("2025-12-31", 0.81), ("2026-02-25", 0.89), ("2026-12-31", 1.0)
    ),
    "obstacles_raised": _course(
        ("2025-07-15", 0.11),
        ("2025-08-31", 0.42),
        ("2025-10-31", 0.68),
        ("2025-12-31", 0.86),
        ("2026-02-25", 0.93),
        ("2026-12-31", 1.0),
        per_commune=9.0,
    ),
}

# For gaps the share is what has been closed of the first need.
_CLOSED = (
    ("2025-07-15", 0.02),
    ("2025-10-31", 0.2),
    ("2025-12-31", 0.31),
    ("2026-02-25", 0.43),
    ("2026-12-31", 0.8),
)
GAP_COURSES = {
    "staff_gap_land": _course(*_CLOSED, per_commune=1.2),
    "staff_gap_finance": _course(*_CLOSED, per_commune=0.8, ward_factor=0.8),
    "staff_gap_it": _course(*_CLOSED, per_commune=0.9, ward_factor=0.6),
    "staff_gap_education": _course(*_CLOSED, per_commune=0.5),
    "staff_gap_health": _course(*_CLOSED, per_commune=0.6, ward_factor=0.7),
}

PROVINCE_COURSES = {
    "pvhcc_province_established": _course(("2025-07-15", 0.83), ("2025-10-31", 1.0)),
    "national_portal_connected": _course(("2025-07-15", 0.77), ("2025-07-31", 0.92), ("2025-10-31", 1.0)),
    "extension_scheme_drafted": _course(
        ("2025-07-31", 0.06), ("2025-10-31", 0.53), ("2025-12-31", 0.83), ("2026-03-31", 1.0)
    ),
    "extension_centre_decided": _course(
        ("2025-10-31", 0.12), ("2025-12-31", 0.42), ("2026-02-25", 0.74), ("2026-12-31", 1.0)
    ),
    "commune_service_centre_decided": _course(
        ("2025-09-30", 0.15), ("2025-10-31", 0.42), ("2025-12-31", 0.62), ("2026-02-25", 0.8), ("2026-12-31", 1.0)
    ),
    "commune_extension_staff_placed": _course(
        ("2025-10-31", 0.24), ("2025-12-31", 0.48), ("2026-02-25", 0.68), ("2026-12-31", 1.0)
    ),
    "extension_coordination_rules": _course(
        ("2025-10-31", 0.06), ("2025-12-31", 0.21), ("2026-02-25", 0.47), ("2026-12-31", 1.0)
    ),
    "central_procedure_system_adopted": _course(
        ("2025-10-31", 0.0), ("2025-12-31", 0.21), ("2026-01-31", 0.45), ("2026-02-25", 0.71), ("2026-06-30", 1.0)
    ),
}

PREREQUISITES = {
    "pvhcc_commune_operating": ("pvhcc_commune_established",),
    "extension_centre_decided": ("extension_scheme_drafted",),
    "commune_service_centre_decided": ("extension_scheme_drafted",),
    "commune_extension_staff_placed": ("extension_centre_decided", "commune_service_centre_decided"),
    "extension_coordination_rules": ("commune_extension_staff_placed",),
}
"""A stage can't be reached before those it rests on, as in `chains.csv`."""

PREREQUISITE_DELAY_DAYS = 3

SAME_ORDER = {"commune_service_centre_decided": "extension_centre_decided"}
"""Flags that provinces set in the order in which they set another: both decisions follow from one scheme."""

PROCEDURES_TO_REVIEW = (1650, 2150)
PROCEDURES_REVIEWED = _course(
    ("2025-07-15", 0.05), ("2025-10-31", 0.41), ("2025-12-15", 0.66), ("2026-02-25", 0.87), ("2026-12-31", 1.0)
)
