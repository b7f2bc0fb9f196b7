"""What the pages of the dashboard ask its queries with: for each parameter values that take turns from call to call."""

from __future__ import annotations

import datetime
import re

import duckdb

from dashboard.blocks.restatements import TABLE_ROWS
from dashboard.settings import REPOSITORY
from dashboard.shown_days import CURVE, choose
from dashboard.vocabulary import POSITIONS, STATUSES

QUERIES = REPOSITORY / "dashboard" / "queries"
_PARAMETER = re.compile(r"\$(\w+)")
_ONE_DAY = datetime.timedelta(days=1)
# What readers type into the fields for searching, without accents as they mostly do.
SEARCHES = ("", "tan", "lam dong", "phu", "an", "vinh")


class Arguments:
    """Arguments from a published database. `bound` gives those of the n-th call of a query."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        codes = {name: _codes(connection, sql) for name, sql in _CODES.items()}
        found = connection.execute("SELECT DISTINCT as_of_on FROM marts.national_progress ORDER BY 1").fetchall()
        days: list[datetime.date] = [row[0] for row in found]
        newest, shown = days[-1], choose(days, CURVE).days
        indicators = codes["indicator"]
        groups = [indicators[start : start + 8] for start in range(0, len(indicators), 8)]
        self.day_count = len(days)
        self._values: dict[str, list[object]] = {
            **codes,
            "as_of_on": [newest, days[-len(days) // 2], newest],
            "baseline": ["", *codes["baseline"]],
            "days": [shown],
            "directive": ["", *codes["directive"]],
            "field": ["", *codes["field"]],
            "fresh_by": ["08:00"],
            "from_on": [days[0], days[len(days) // 2], days[-2]],
            "indicators": [*groups],
            "kind": ["", "report", "unit_missing"],
            "moment": [datetime.datetime.combine(newest + _ONE_DAY, datetime.time(9))],
            "newest_count": [TABLE_ROWS],
            "newest_on": [newest],
            "only": ["", "status", "reason"],
            "positions": [list(POSITIONS)],
            "provinces": [codes["province_code"][start : start + 11] for start in range(0, 34, 11)],
            "row_count": [50],
            "rule": ["", "out_of_bounds"],
            "search": [*SEARCHES],
            "seed": [1, 2, 3],
            "size": [5],
            "skipped_count": [0, 50],
            "statuses": [list(STATUSES)],
            "to_on": [newest],
            "today": [newest + _ONE_DAY],
            "unit": ["VN", *codes["province_code"]],
        }

    def bound(self, sql: str, number: int) -> dict[str, object]:
        """Arguments for the parameters of a query. Raises KeyError for a parameter that has none here."""
        names = sorted(set(_PARAMETER.findall(sql)))
        return {name: self._values[name][number % len(self._values[name])] for name in names}


_CODES = {
    "baseline": "SELECT DISTINCT baseline FROM reference.staffing_baselines ORDER BY 1",
    "chain": "SELECT DISTINCT chain FROM reference.chains ORDER BY 1",
    "commune_code": "SELECT commune_code FROM reference.communes ORDER BY hash(commune_code) LIMIT 40",
    "directive": "SELECT directive FROM reference.directives ORDER BY 1",
    "field": "SELECT DISTINCT field FROM reference.staffing_fields ORDER BY 1",
    "indicator": "SELECT indicator FROM reference.indicators WHERE unit_level = 'commune' AND form_sheet IS NOT NULL "
    "ORDER BY hash(indicator)",
    "province_code": "SELECT province_code FROM reference.provinces ORDER BY hash(province_code)",
    "unit_code": "SELECT commune_code FROM reference.communes ORDER BY hash(commune_code) LIMIT 40",
}


def dashboard_queries() -> dict[str, str]:
    """Every query of the dashboard by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(QUERIES.glob("*.sql"))}


def _codes(connection: duckdb.DuckDBPyConnection, sql: str) -> list[object]:
    return [row[0] for row in connection.execute(sql).fetchall()]
