"""What people write for these workbooks today: pandas and openpyxl, checks in pandas, `to_sql` into a database.

It is written as a good analyst would: each workbook is opened once (openpyxl streams it: pandas opens it `read_only`
and `data_only` without being asked), each sheet is read once as a table without types, the heading is found by its
first word, columns are known by their labels, the values become long rows in one `melt`, the checks are vectorised,
and a day's rows go into the database in one transaction. The database is SQLite: `to_sql` goes through SQLAlchemy to
any of them, and this one answers without a server, so it flatters this side.

It does less than the gate does: other forms than this one, other spellings than the official labels, revisions, cell
places, receipts and who may see what are not there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import sqlalchemy

from pipelines.settings import REPOSITORY

_ORDINAL, _COMMUNE, _INDICATOR, _VALUE = "STT", "Mã xã", "Mã chỉ tiêu", "Giá trị"
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MARKS = "_tiendo"
_KEY = ["unit_code", "indicator", "as_of_on"]
# SQLite takes no more variables in one statement; more rows at once than this did not make it faster.
_ROWS_A_STATEMENT = 4_000


@dataclass(frozen=True)
class Known:
    """What values are checked against: codes of all units, and each sheet's indicators by their labels."""

    units: frozenset[str]
    labels: dict[str, dict[str, str]]
    indicators: frozenset[str]


def read_known(reference_directory: Path = REPOSITORY / "data" / "reference") -> Known:
    """Reads the reference tables with pandas."""
    indicators = pd.read_csv(reference_directory / "indicators.csv", dtype=str).dropna(subset=["form_sheet"])
    communes = pd.read_csv(reference_directory / "communes.csv", dtype=str)
    provinces = pd.read_csv(reference_directory / "provinces.csv", dtype=str)
    labels = {
        str(sheet): dict(zip(rows["name_vi"], rows["indicator"], strict=True))
        for sheet, rows in indicators.groupby("form_sheet")
    }
    units = frozenset(communes["commune_code"]) | frozenset(provinces["province_code"])
    return Known(units, labels, frozenset(indicators["indicator"]))


def take(files: Sequence[Path], engine: sqlalchemy.Engine, known: Known) -> int:
    """Takes some workbooks into the tables `observations` and `rejected_values`; gives how many values were taken."""
    values = pd.concat([read_workbook(path, known) for path in files], ignore_index=True)
    values["number"] = pd.to_numeric(values["value"], errors="coerce")
    values["rule"] = None
    values.loc[values.duplicated(_KEY, keep="last"), "rule"] = "duplicate_key"
    values.loc[values["number"] < 0, "rule"] = "negative"
    values.loc[values["number"].isna(), "rule"] = "not_a_number"
    values.loc[~values["indicator"].isin(known.indicators), "rule"] = "unknown_indicator"
    values.loc[~values["unit_code"].isin(known.units), "rule"] = "unknown_unit"
    is_taken = values["rule"].isna()
    taken = values[is_taken].drop(columns=["value", "rule"]).rename(columns={"number": "value"})
    rejected = values[~is_taken].drop(columns=["number"]).astype({"value": str})
    with engine.begin() as connection:
        taken.to_sql("observations", connection, if_exists="append", index=False, chunksize=_ROWS_A_STATEMENT)
        rejected.to_sql("rejected_values", connection, if_exists="append", index=False)
    return len(taken)


def read_workbook(path: Path, known: Known) -> pd.DataFrame:
    """Long rows: unit_code, indicator, as_of_on, value, province_code, sheet, file_name. Blank cells are left out."""
    with pd.ExcelFile(path, engine="openpyxl") as book:
        tables = pd.read_excel(book, sheet_name=None, header=None, dtype=object)
    marks = tables.pop(_MARKS).set_index(0)[1]
    province_code = str(marks["province_code"])
    long = [
        _long_rows(table, known.labels[sheet], province_code).assign(sheet=sheet) for sheet, table in tables.items()
    ]
    rows = pd.concat(long, ignore_index=True).dropna(subset=["value"])
    return rows.assign(as_of_on=_day_of(next(iter(tables.values()))), province_code=province_code, file_name=path.name)


def _long_rows(table: pd.DataFrame, labels: dict[str, str], province_code: str) -> pd.DataFrame:
    """A commune a row and an indicator a column, or (on the provincial sheet) an indicator a row."""
    top = table.index[table[0] == _ORDINAL][0]
    # A heading may span several columns, whose labels then stand below it; the row after holds the columns' numbers.
    names = table.loc[top + 1].fillna(table.loc[top])
    body = table.loc[top + 3 :].set_axis(names, axis="columns")
    if _INDICATOR in body:
        rows = body.dropna(subset=[_INDICATOR])[[_INDICATOR, _VALUE]].set_axis(["indicator", "value"], axis="columns")
        return rows.assign(unit_code=province_code)
    rows = body.dropna(subset=[_COMMUNE]).rename(columns={_COMMUNE: "unit_code"} | labels)
    return rows.melt(id_vars="unit_code", value_vars=list(labels.values()), var_name="indicator", value_name="value")


def _day_of(table: pd.DataFrame) -> str:
    found = next(match for cell in table[0].dropna() if (match := _DAY.search(str(cell))))
    day, month, year = found.groups()
    return f"{year}-{int(month):02d}-{int(day):02d}"
