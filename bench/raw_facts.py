"""Questions that can be put to the ledger itself, beside the same to the marts: what these save a reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A question as two queries with the same parameters that give the same rows."""

    title: str
    on_marts: str
    on_facts: str


_NEWEST = """
    SELECT unit_code, province_code, as_of_on, value
    FROM facts.observations
    WHERE indicator = $indicator AND as_of_on <= $as_of_on
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY unit_code ORDER BY as_of_on DESC, received_at DESC, submission_id DESC, source_place DESC
    ) = 1
"""
_OF_A_DAY = "FROM reference.indicators WHERE indicator = $indicator AND is_period_count"
PAIRS = (
    Pair(
        "the country's figure of an indicator on a day",
        "SELECT value FROM marts.national_progress WHERE indicator = $indicator AND as_of_on = $as_of_on",
        f"SELECT SUM(value) FROM ({_NEWEST}) WHERE as_of_on = $as_of_on OR NOT EXISTS ({_OF_A_DAY})",
    ),
    Pair(
        "the figure of every province on a day",
        "SELECT province_code, value FROM marts.province_progress "
        "WHERE indicator = $indicator AND as_of_on = $as_of_on AND value IS NOT NULL ORDER BY 1",
        f"SELECT province_code, SUM(value) FROM ({_NEWEST}) WHERE as_of_on = $as_of_on OR NOT EXISTS ({_OF_A_DAY}) "
        "GROUP BY 1 ORDER BY 1",
    ),
    Pair(
        "a commune's newest value of every indicator",
        "SELECT indicator, value FROM marts.commune_progress "
        "WHERE commune_code = $commune_code AND last_reported_on IS NOT NULL ORDER BY 1",
        "SELECT indicator, value FROM facts.observations WHERE unit_code = $commune_code QUALIFY ROW_NUMBER() OVER ("
        "PARTITION BY indicator ORDER BY as_of_on DESC, received_at DESC, submission_id DESC, source_place DESC) = 1 "
        "ORDER BY 1",
    ),
    Pair(
        "how many values each province gave for every day of the last month",
        "SELECT province_code, as_of_on, accepted_count FROM marts.reporting_coverage "
        "WHERE as_of_on > $as_of_on - 30 AND as_of_on <= $as_of_on AND accepted_count > 0 ORDER BY ALL",
        "SELECT province_code, as_of_on, COUNT(*) FROM facts.observations "
        "WHERE as_of_on > $as_of_on - 30 AND as_of_on <= $as_of_on GROUP BY 1, 2 ORDER BY ALL",
    ),
)
