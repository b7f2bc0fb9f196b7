"""Every rule of the portable subset has a statement that trips it; every statement of `sql/` trips none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.marts.portable import RULES, portability_faults
from pipelines.settings import SQL_DIRECTORY

BREAKS = {
    "percentile": [
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) AS p FROM t",
        "SELECT QUANTILE_CONT(value, 0.5) AS p FROM t",
    ],
    "ordered_list": ["SELECT LIST(value ORDER BY as_of_on) AS values FROM t"],
    "filtered_list": ["SELECT LIST(value) FILTER (WHERE value > 1) AS values FROM t"],
    "list_length": ["SELECT LEN(LIST(value)) AS n FROM t"],
    "unordered_text": ["SELECT STRING_AGG(unit_code, ',') AS units FROM t"],
    "arg_max": [
        "SELECT ARG_MAX(value, as_of_on) AS v FROM t",
        "SELECT MIN_BY(value, as_of_on) AS v FROM t",
        "SELECT ARG_MAX_NULL(value, as_of_on) AS v FROM t",
    ],
    "first_of_group": ["SELECT FIRST(value ORDER BY as_of_on) AS v FROM t", "SELECT ANY_VALUE(value) AS v FROM t"],
    "unordered_row_number": ["SELECT ROW_NUMBER() OVER (PARTITION BY unit_code) AS n FROM t"],
    "random": ["SELECT RANDOM() AS r FROM t", "SELECT value FROM t USING SAMPLE 10"],
    "join_method": [
        "SELECT t.value FROM t ASOF JOIN u ON t.as_of_on >= u.as_of_on",
        "SELECT t.value FROM t NATURAL JOIN u",
    ],
    "date_difference": [
        "SELECT date_diff('month', from_on, to_on) AS months FROM t",
        "SELECT date_diff('day', from_at, to_at) AS days FROM t",
        "SELECT date_sub('day', from_on, to_on) AS days FROM t",
    ],
    "date_minus_date": ["SELECT to_on - from_on AS days FROM t", "SELECT MAX(to_on) - CAST(x AS DATE) AS d FROM t"],
    "date_shift": [
        "SELECT from_on + INTERVAL 1 DAY AS to_on FROM t",
        "SELECT CAST(from_on + INTERVAL 1 DAY AS TIMESTAMP) AS to_at FROM t",
        "SELECT date_trunc('month', from_on) AS month_on FROM t",
        "SELECT strptime(given_text, '%d/%m/%Y') AS done_on FROM t",
    ],
    "computed_interval": [
        "SELECT CAST(from_on + INTERVAL (days) DAY AS DATE) AS to_on FROM t",
        "SELECT TO_DAYS(days) AS d FROM t",
    ],
    "weekday": ["SELECT EXTRACT(DOW FROM from_on) AS d FROM t", "SELECT DAYOFWEEK(from_on) AS d FROM t"],
    "week_format": ["SELECT strftime(from_on, '%V') AS week FROM t"],
    "range_interval": [
        "SELECT SUM(value) OVER (ORDER BY as_of_on RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) AS s FROM t"
    ],
    "named_window_frame": [
        "SELECT SUM(v) OVER (w ROWS UNBOUNDED PRECEDING) AS s FROM t WINDOW w AS (ORDER BY as_of_on)"
    ],
    "filter_in_window": ["SELECT SUM(v) FILTER (WHERE v > 1) OVER (ORDER BY as_of_on) AS s FROM t"],
    "star": [
        "SELECT * FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY as_of_on) = 1",
        "SELECT * EXCLUDE (value) FROM t",
        "SELECT * REPLACE (1 AS value) FROM t",
        "SELECT t.* FROM t",
    ],
    "columns_function": ["SELECT COLUMNS('.*_on') FROM t"],
    "all_columns": ["SELECT unit_code FROM t GROUP BY ALL", "SELECT unit_code FROM t ORDER BY ALL"],
    "union_by_name": ["SELECT a FROM t UNION ALL BY NAME SELECT b AS a FROM u"],
    "alias_beside_it": ["SELECT value + 1 AS more, more + 1 AS most FROM t"],
    "function_in_from": [
        "SELECT d FROM generate_series(1, 3) AS g(d)",
        "SELECT d FROM range(3) AS g(d)",
        "SELECT d FROM read_parquet('facts.parquet')",
    ],
    "cast_of_unnest": ["SELECT CAST(UNNEST(generate_series(from_on, to_on, INTERVAL 1 DAY)) AS DATE) AS d FROM t"],
    "recursion": ["WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT c.n + 1 FROM c) SELECT c.n FROM c"],
    "pivot": ["SELECT indicator FROM t PIVOT (SUM(value) FOR indicator IN ('a', 'b'))"],
    "hash": ["SELECT HASH(unit_code) AS h FROM t", "SELECT HISTOGRAM(value) AS h FROM t"],
    "replace_first_only": ["SELECT regexp_replace(unit_text, 'xã', '') AS name FROM t"],
    "strip_accents": ["SELECT STRIP_ACCENTS(unit_text) AS name FROM t"],
    "json_arrow": ["SELECT cells ->> '$.value' AS v FROM t"],
    "clock": [
        "SELECT current_date AS today_on FROM t",
        "SELECT NOW() AS built_at FROM t",
        "SELECT TODAY() AS today_on FROM t",
        "SELECT CURRENT_TIMESTAMP AS built_at FROM t",
    ],
    "try_cast": ["SELECT TRY_CAST(given_text AS DOUBLE) AS value FROM t"],
    "zero_for_missing": [
        "SELECT COALESCE(value, 0) AS value FROM t",
        "SELECT IFNULL(value, 0.0) AS value FROM t",
        "SELECT COALESCE(value, CAST(0 AS DOUBLE)) AS value FROM t",
        "SELECT CASE WHEN value IS NULL THEN 0 ELSE value END AS v FROM t",
    ],
    "unguarded_division": [
        "SELECT value / target AS share FROM t",
        "SELECT value / 0 AS share FROM t",
        "SELECT value % target AS rest FROM t",
    ],
    "float_to_integer": [
        "SELECT CAST(value / 2 AS INTEGER) AS half FROM t",
        "SELECT CAST(CAST(value AS DOUBLE) AS BIGINT) AS v FROM t",
    ],
}
HOLDS = [
    "SELECT COUNT(*) AS n FROM t",
    "SELECT 100.0 * value / NULLIF(target, 0.0) AS progress_pct FROM t",
    "SELECT value / CAST(NULLIF(target, 0) AS DOUBLE) AS share, value / 2 AS half FROM t",
    "SELECT date_diff('day', MIN(from_on), CAST(received_at AS DATE)) AS days, due_on - 1 AS last_day_on FROM t",
    "SELECT CAST(from_on + INTERVAL 1 MONTH AS DATE) AS to_on FROM t",
    "SELECT COALESCE(done_on, as_of_on) AS met_on FROM t",
    "SELECT CASE WHEN done_on IS NULL THEN 1 ELSE 0 END AS is_open FROM t",
    "SELECT unit_code, value FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY unit_code ORDER BY as_of_on DESC) = 1",
    "SELECT LIST_SORT(LIST(value)) AS v, STRING_AGG(unit_code, ',' ORDER BY unit_code) AS u, MEDIAN(value) AS m FROM t",
    "WITH days AS (SELECT UNNEST(generate_series(a_on, b_on, INTERVAL 1 DAY)) AS d FROM t) "
    "SELECT CAST(d AS DATE) AS day_on FROM days",
    "SELECT LAST_VALUE(v IGNORE NULLS) OVER (ORDER BY as_of_on ROWS UNBOUNDED PRECEDING) AS v FROM t",
    "SELECT regexp_replace(unit_text, ' +', ' ', 'g') AS name, CAST(ROUND(value / 2) AS BIGINT) AS half FROM t",
]
FILES = sorted(SQL_DIRECTORY.rglob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_portable(path: Path) -> None:
    assert [str(fault) for fault in portability_faults(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(("rule", "sql"), [(rule, sql) for rule, sqls in BREAKS.items() for sql in sqls])
def test_a_construct_that_differs_between_engines_is_named(rule: str, sql: str) -> None:
    assert {fault.rule for fault in portability_faults(sql)} == {rule}


@pytest.mark.parametrize("sql", HOLDS)
def test_what_means_the_same_everywhere_passes(sql: str) -> None:
    assert [str(fault) for fault in portability_faults(sql)] == []


@pytest.mark.parametrize("sql", ["DELETE FROM t", "SELECT 1; SELECT 2", "CREATE TABLE t AS SELECT 1 AS a"])
def test_a_file_is_one_select(sql: str) -> None:
    assert [fault.rule for fault in portability_faults(sql)] == ["one_select"]


def test_every_rule_has_a_statement_that_breaks_it() -> None:
    assert {rule.name for rule in RULES} == set(BREAKS)


def test_a_fault_says_where_and_what_to_write_instead() -> None:
    (fault,) = portability_faults("SELECT value / target AS share FROM t")
    assert str(fault) == "unguarded_division: value / target -> x / NULLIF(y, 0)"
