"""What Great Expectations takes of the gate on one reporting day, against the same rules as one SQL statement."""

from __future__ import annotations

import math
import statistics

import duckdb
import pyarrow as pa

from bench.laps import Laps, ratio
from bench.report import Section, milliseconds
from bench.season import SECOND_DAY, Season, known_at
from expectations.suites import values_frame
from expectations.validation import broken_rules
from pipelines.facts.ledger import History
from pipelines.gate.batch import gate_arrivals
from pipelines.gate.file_processes import take_files
from pipelines.gate.limits import limits_of
from pipelines.landing.journal import Arrival
from pipelines.nightly import open_warehouse
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

_WHOLE, _FILES = "the whole gate", "reading the files, in several processes"
_SUITE, _SQL = "Great Expectations over all values", "the same rules in SQL (DuckDB)"
_SPOILED_EVERY = 997
_RULES = """
    SELECT given.value_key,
        (indicators.lower IS NOT NULL AND given.value < indicators.lower)
            OR (indicators.upper IS NOT NULL AND given.value > indicators.upper) AS out_of_bounds,
        given.value <> TRUNC(given.value) AS not_whole,
        COALESCE(given.value > companions.value, FALSE) AS exceeds_companion
    FROM given
    INNER JOIN indicators ON given.indicator = indicators.indicator
    LEFT JOIN given AS companions
        ON given.submission = companions.submission AND given.unit_code = companions.unit_code
        AND indicators.target_rule = companions.indicator
    WHERE out_of_bounds OR not_whole OR exceeds_companion
"""
Rows = list[tuple[int, str, str, float]]


def measure_gate(season: Season, rounds: int) -> Section:
    """Whole gate, files, suite and SQL in turn; suite and SQL must find the same values, some of them spoiled."""
    settings = season.fresh_home("gate")
    reference = load_reference(settings.reference_directory())
    files = season.files_of(SECOND_DAY)
    arrivals = [
        Arrival(number, f"{number:064d}", path.stat().st_size, path.name, str(path), 0, known_at(SECOND_DAY))
        for number, path in enumerate(files, start=1)
    ]
    content = {arrival.sequence: path.read_bytes() for arrival, path in zip(arrivals, files, strict=True)}
    rows = _values(arrivals, content, reference, settings)
    laps = Laps()
    for number in range(rounds + 1):
        of_round = laps if number else Laps()
        with open_warehouse(settings, season.scratch / "gate.duckdb") as warehouse, of_round.lap(_WHOLE):
            gate_arrivals(
                arrivals,
                lambda each: content[each.sequence],
                reference,
                History(),
                warehouse.connection,
                warehouse.limits,
            )
        with of_round.lap(_FILES):
            take_files(arrivals, lambda each: content[each.sequence], reference, limits_of(settings))
        indicators, values, companions = _columns(rows, reference)
        with of_round.lap(_SUITE):
            by_suite = broken_rules(values_frame(reference, indicators, values, companions), reference)
        table = _table(rows)
        with of_round.lap(_SQL):
            by_sql = _by_sql(table, reference)
        if by_suite != by_sql:
            raise AssertionError(f"suite and SQL differ: {_counts(by_suite)} and {_counts(by_sql)}")
    return _section(laps, rounds, len(files), len(rows), _counts(by_suite))


def _values(arrivals: list[Arrival], content: dict[int, bytes], reference: Reference, settings: Settings) -> Rows:
    """Submission, unit, indicator and value of every value of the day; one in a thousand is spoiled."""
    taken = take_files(arrivals, lambda each: content[each.sequence], reference, limits_of(settings))
    rows = [
        (number, unit, indicator, value)
        for number, submission in enumerate(taken)
        for unit, indicator, value in zip(
            submission.values.unit_code, submission.values.indicator, submission.values.value, strict=True
        )
    ]
    spoiled = (-1.0, 0.5, 1e9)
    for position in range(0, len(rows), _SPOILED_EVERY):
        rows[position] = (*rows[position][:3], spoiled[position // _SPOILED_EVERY % len(spoiled)])
    return rows


def _columns(rows: Rows, reference: Reference) -> tuple[list[str], list[float], list[float]]:
    """Indicators, values, and for each value the one of its unit that it may not exceed."""
    given = {(submission, unit, indicator): value for submission, unit, indicator, value in rows}
    rule = {item.indicator: item.target_rule for item in reference.reported_indicators}
    companions = [given.get((submission, unit, rule[code]), math.nan) for submission, unit, code, _ in rows]
    return [row[2] for row in rows], [row[3] for row in rows], companions


def _table(rows: Rows) -> pa.Table:
    submissions, units, indicators, values = zip(*rows, strict=True)
    return pa.table(
        {
            "value_key": range(len(rows)),
            "submission": submissions,
            "unit_code": units,
            "indicator": indicators,
            "value": values,
        }
    )


def _by_sql(table: pa.Table, reference: Reference) -> dict[str, list[int]]:
    items = reference.reported_indicators
    indicators = pa.table(
        {name: [getattr(item, name) for item in items] for name in ("indicator", "lower", "upper", "target_rule")}
    )
    found: dict[str, list[int]] = {}
    with duckdb.connect() as connection:
        connection.register("given", table)
        connection.register("indicators", indicators)
        for key, *broken in connection.execute(_RULES).fetchall():
            for rule, is_broken in zip(("out_of_bounds", "not_whole", "exceeds_companion"), broken, strict=True):
                if is_broken:
                    found.setdefault(rule, []).append(key)
    return {rule: sorted(keys) for rule, keys in found.items()}


def _counts(broken: dict[str, list[int]]) -> dict[str, int]:
    return {rule: len(keys) for rule, keys in sorted(broken.items())}


def _section(laps: Laps, rounds: int, file_count: int, value_count: int, broken: dict[str, int]) -> Section:
    shares = [one / other for one, other in zip(laps.seconds[_SUITE], laps.seconds[_WHOLE], strict=True)]
    return Section(
        "The gate",
        f"{file_count} workbooks, {value_count:,} values, in a warm process; medians of {rounds} rounds, in turn. "
        f"Suite and SQL find the same values: {', '.join(f'{count} {rule}' for rule, count in broken.items())}.",
        ("", "ms", "values a second"),
        [(name, milliseconds(laps.median(name)), f"{value_count / laps.median(name):,.0f}") for name in laps.seconds],
        [
            f"Great Expectations' share of the gate: **{statistics.median(shares) * 100:.0f} %**",
            f"Great Expectations / SQL: **{ratio(laps.seconds[_SUITE], laps.seconds[_SQL]):.1f} ×**",
        ],
    )
