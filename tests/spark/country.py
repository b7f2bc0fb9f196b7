"""A small country with the real tables: three provinces, some communes of each, months of reports, and their faults.

What the reports say comes from a seed: values that grow, ties, cells left blank, counts that leap, values sent anew,
completions taken back, values set aside, a province that never reports. `NIGHTS` are what came before each night.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipelines.marts.build import IN_PLACE, Engine
from pipelines.reference.load import Reference, load_reference
from pipelines.reference.records import Correction, FollowUp, Indicator, RestatementReason
from pipelines.settings import Settings
from tests.models.tiny import Country

PROVINCES = ("01", "38", "91")
SILENT = "38"
COMMUNES_OF_A_PROVINCE = 8
REAL = load_reference(Settings().reference_directory())
_ONE_DAY = datetime.timedelta(days=1)


def small_reference(**tables: object) -> Reference:
    """The real tables, of three provinces and a few communes of each."""
    kept: list[str] = []
    for province in PROVINCES:
        own = sorted({item.commune_code for item in REAL.communes if item.province_code == province})
        kept += own[:COMMUNES_OF_A_PROVINCE]
    return replace(
        REAL,
        provinces=tuple(
            replace(item, commune_count=COMMUNES_OF_A_PROVINCE)
            for item in REAL.provinces
            if item.province_code in PROVINCES
        ),
        communes=tuple(item for item in REAL.communes if item.commune_code in kept),
        denominators=tuple(item for item in REAL.denominators if item.province_code in PROVINCES),
        **tables,
    )


def reporting_days() -> list[datetime.date]:
    """The first reporting days of the calendar."""
    return sorted({item.as_of_on for item in REAL.reporting_days})[:10]


def values(reference: Reference, province: str, on: datetime.date) -> str:
    """What a province reports for a day: a line per value, some of them missing."""
    chance = random.Random(f"{province} {on}")
    units = sorted({item.commune_code for item in reference.communes if item.province_code == province})
    lines = []
    for indicator in (item for item in reference.indicators if item.form_sheet):
        for unit in units if indicator.unit_level == "commune" else [province]:
            if chance.random() < 0.1:
                continue
            lines.append(f"{unit} {indicator.indicator} {_value(indicator, unit, on, chance)}{_proof(on, chance)}")
    return "\n".join(lines)


def _value(indicator: Indicator, unit: str, on: datetime.date, chance: random.Random) -> float:
    """A flag that is 1 from some day on, now and then taken back; a count that grows and now and then leaps."""
    own = random.Random(f"{unit} {indicator.indicator}")
    age = (on - reporting_days()[0]).days
    if indicator.value_type == "flag":
        return float(age >= own.randint(0, 150) and chance.random() > 0.05)
    count = own.randint(0, 60) + (0 if own.random() < 0.3 else age // 7)
    return float(count * 40 if chance.random() < 0.01 else count)


def _proof(on: datetime.date, chance: random.Random) -> str:
    """Sometimes the day of completion, sometimes the number of its document too."""
    if chance.random() > 0.05:
        return ""
    return f" {on - chance.randint(-3, 30) * _ONE_DAY} {chance.randint(1, 99)}/QĐ-UBND"


def corrections(reference: Reference) -> list[Correction]:
    """One that applies and later expires, one whose guard fails, one of a value that nobody has sent."""
    first = reporting_days()[4]
    line = next(line for line in values(reference, "91", first).splitlines() if "staff_present" in line)
    unit, indicator, value = line.split()[:3]
    day = datetime.date(2025, 11, 1)
    common = {"unit_code": unit, "indicator": indicator, "reason": "Đếm lại", "document_no": "9/BNV"}
    common |= {"entered_on": day, "expires_on": datetime.date(2026, 1, 10), "as_of_on": first}
    return [
        Correction(correction="recount", expected_given=float(value), corrected_value=float(value) + 2, **common),
        Correction(correction="guarded", expected_given=-1.0, corrected_value=5.0, **{**common, "unit_code": "01"}),
    ]


def new_country(engines: Callable[[], Engine] = lambda: IN_PLACE) -> Country:
    """The country before its first report."""
    reference = small_reference()
    return Country(reference, engines, corrections=corrections(reference))


def nights(country: Country) -> Iterator[str]:
    """Lets the country report and builds a night, again and again; gives what each night was about."""
    days, reference = reporting_days(), country.reference
    for on in days[:5]:
        for province in PROVINCES:
            if province != SILENT:
                country.report(province, str(on), values(reference, province, on), origin=_origin(province))
    country.report("01", str(days[2]), "", sent=f"{days[3]} 10:00", status="rejected", set_aside={"staff_present": 3})
    country.night(str(days[4]), known=f"{days[4] + 2 * _ONE_DAY} 01:30")
    yield "months at once"
    late = values(reference, "91", days[4]).replace(" 1.0", " 0.0").replace(" 7.0", " 9.0")
    country.report("91", str(days[4]), late, sent=f"{days[5]} 08:00")
    country.report(
        "01", str(days[5]), values(reference, "01", days[5]), status="partial", set_aside={"military_posts_filled": 2}
    )
    country.edit(**answers(country, str(days[4])))
    country.night(str(days[5]), known=f"{days[5] + 5 * _ONE_DAY} 01:30")
    yield "a late report, one with values set aside, and what provinces have answered"
    country.report("38", str(days[8]), values(reference, "38", days[8]))
    country.report("75", "2030-01-01", status="rejected", set_aside={"": 1}, severity="file")
    country.night(str(days[8]), known="2026-02-01 01:30")
    yield "a correction expires and the silent province reports"


def answers(country: Country, on: str) -> dict[str, list[object]]:
    """A deadline put off, and what provinces say of a value that stands out and of one that they took back."""
    named = country.rows("marts.outliers", "unit_code, indicator, as_of_on, value")[:2]
    taken_back = country.rows("marts.restatements", "unit_code, indicator, as_of_on, new_submission_id", "asks_reason")[
        :2
    ]
    day = datetime.date.fromisoformat(on)
    return {
        "follow_ups": [
            FollowUp(unit, indicator, datetime.date.fromisoformat(at), float(value), "confirmed", "Đúng", "1/UBND", day)
            for unit, indicator, at, value in named
        ],
        "restatement_reasons": [
            RestatementReason(unit, indicator, datetime.date.fromisoformat(at), submission, "Nhầm", "2/UBND", day)
            for unit, indicator, at, submission in taken_back
        ],
    }


def _origin(province: str) -> str:
    return "simulated" if province == "01" else "reported"
