"""Reference tables for nightly reports at full scale, and workbooks of any day of two years, all provinces each.

Every day is a reporting day here. With `commune_indicators` there are as many of them as asked for: what the product's
own tables lack is added as counts and flags without a name of their own, which form, gate and models take like others.
"""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from pipelines.form.layout import FORM
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import REPOSITORY
from pipelines.simulation.country import make_country
from pipelines.simulation.files import Studio
from pipelines.simulation.histories import Histories, make_histories
from pipelines.simulation.sending import Sending
from pipelines.simulation.truth import Truth

FIRST_DAY, LAST_DAY = datetime.date(2025, 7, 15), datetime.date(2027, 8, 31)
INDICATORS, PROVINCES = 40, 34
SEED = 2
PROCESSES = 2
_ONE_DAY = datetime.timedelta(days=1)
_STAND_IN_SHEET = "Biểu 05"
# Invented, so that the calendar reaches as far as the reports do; none of them at a weekend, which would call for more.
_HOLIDAYS_OF_THE_LAST_YEAR = 11


def write_reference_directory(folder: Path, commune_indicators: int | None = None) -> Path:
    """Copies the product's reference tables into `folder` and adds days and indicators."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REPOSITORY / "data" / "reference", folder)
    days = [FIRST_DAY + number * _ONE_DAY for number in range((LAST_DAY - FIRST_DAY).days + 1)]
    with (folder / "reporting_days.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("form", "as_of_on", "due_on", "basis"))
        rows.writerows((FORM, day, day + _ONE_DAY, "Báo cáo hằng ngày") for day in days)
    _add_holidays(folder / "public_holidays.csv")
    if commune_indicators is not None:
        _add_indicators(folder / "indicators.csv", commune_indicators)
    return folder


def days_until(last: datetime.date, count: int) -> list[datetime.date]:
    """So many days, the last of them `last`."""
    return [last - number * _ONE_DAY for number in reversed(range(count))]


def make_histories_of(reference: Reference) -> Histories:
    """The courses of all indicators, the same whichever days are read off them."""
    return make_histories(make_country(reference, SEED, FIRST_DAY))


def values_of(histories: Histories, days: Sequence[datetime.date], behind: int = 0) -> Truth:
    """What all provinces report on some days; flows cover one day each.

    `behind` says by how many days the country is late: without it nothing would be left to do after some months.
    """
    ordinals = [day.toordinal() - behind for day in days]
    return Truth(
        histories.country,
        histories,
        tuple(days),
        tuple(histories.commune_values(day, day) for day in ordinals),
        tuple(histories.provincial_values(day) for day in ordinals),
    )


def write_workbooks(
    reports: Path, reference_directory: Path, days: Iterable[datetime.date], behind: int = 0, provinces: int = PROVINCES
) -> None:
    """Writes the workbooks of all provinces (or the first ones) into a folder a day; a day that is there is left alone.

    Each is the report of its own day, with the values that the simulation gives for it: nothing is a duplicate.
    """
    missing = [day for day in days if not (reports / day.isoformat()).is_dir()]
    workers = min(PROCESSES, len(missing))
    if workers < 2:
        _write_days(reports, reference_directory, missing, behind, provinces)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for written in [
            pool.submit(_write_days, reports, reference_directory, missing[number::workers], behind, provinces)
            for number in range(workers)
        ]:
            written.result()


def _write_days(
    reports: Path, reference_directory: Path, days: Sequence[datetime.date], behind: int, provinces: int
) -> None:
    if not days:
        return
    reference = load_reference(reference_directory)
    histories = make_histories_of(reference)
    for day in days:
        unfinished = reports / f".{day.isoformat()}"
        shutil.rmtree(unfinished, ignore_errors=True)
        # The studio names a folder a day below its own.
        (unfinished / day.isoformat()).mkdir(parents=True)
        studio = Studio(values_of(histories, [day], behind), unfinished, 0.0)
        sent_at = datetime.datetime.combine(day, datetime.time(16))
        for province in range(provinces):
            studio.write(Sending(province, 0, sent_at, 1, False))
        (unfinished / day.isoformat()).rename(reports / day.isoformat())
        unfinished.rmdir()


def _add_holidays(path: Path) -> None:
    start = datetime.date(LAST_DAY.year, 1, 4)
    days = [day for number in range(40) if (day := start + number * _ONE_DAY).weekday() < 5]
    with path.open("a", encoding="utf-8", newline="") as file:
        for day in days[:_HOLIDAYS_OF_THE_LAST_YEAR]:
            file.write(f"{day},Ngày nghỉ giả định,Invented holiday,holiday,,bench\n")


def _add_indicators(path: Path, wanted: int) -> None:
    """Every third a flag, every second count cumulative; all of them public."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    there = sum(row["unit_level"] == "commune" and bool(row["form_sheet"]) for row in rows)
    for number in range(1, wanted - there + 1):
        is_flag = number % 3 == 0
        rows.append(
            dict.fromkeys(names, "")
            | {
                "indicator": f"stand_in_{number:02d}",
                "group": "facilities",
                "name_vi": f"Chỉ tiêu giả định số {number}",
                "name_en": f"Stand-in {number}",
                "unit_level": "commune",
                "value_type": "flag" if is_flag else "count",
                "unit": "commune" if is_flag else "point",
                "rollup": "sum",
                "target_rule": "one_per_commune" if is_flag else "none",
                "lower": "0",
                "upper": "1" if is_flag else "1000",
                "sensitivity": "public",
                "form_sheet": _STAND_IN_SHEET,
                "is_cumulative": "yes" if number % 2 else "no",
                "is_period_count": "no",
            }
        )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
