"""What each figure of a brief must be: statements of the tests' own on marts and facts, one per query and column.

None of them is the statement that the brief reads with. `$unit` and the other names are the figure's key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import duckdb

from dashboard.brief.structure import Figure

VIEWS = """
CREATE TEMP VIEW progress AS
SELECT 'VN' AS unit, indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count,
    province_count
FROM marts.national_progress
UNION ALL
SELECT province_code, indicator, as_of_on, value, target, progress_pct, reported_unit_count, expected_unit_count, NULL
FROM marts.province_progress;
CREATE TEMP VIEW newest AS
SELECT p.* FROM progress AS p
WHERE as_of_on = (SELECT max(o.as_of_on) FROM progress AS o WHERE o.unit = p.unit AND o.indicator = p.indicator);
CREATE TEMP VIEW communes AS
SELECT g.*, c.province_code, c.commune_name, p.short_name, i.value_type, i.sensitivity, i.form_sheet, i.name_vi
FROM marts.commune_progress AS g, reference.communes AS c, reference.provinces AS p, reference.indicators AS i
WHERE c.commune_code = g.commune_code AND p.province_code = c.province_code AND i.indicator = g.indicator;
CREATE TEMP VIEW coverage AS
SELECT * FROM marts.reporting_coverage
WHERE as_of_on = (
    SELECT max(c.as_of_on) FROM marts.reporting_coverage AS c, reference.run AS run
    WHERE c.status <> 'not_due' AND c.as_of_on <= run.as_of_on
);
CREATE TEMP VIEW days AS
SELECT DISTINCT as_of_on FROM marts.national_progress WHERE origin <> 'published' ORDER BY as_of_on DESC LIMIT 2;
CREATE TEMP VIEW tasks AS SELECT * FROM marts.directive_status;
CREATE TEMP VIEW behind AS
SELECT * FROM tasks WHERE province_code <> 'VN'
AND (status IN ('overdue', 'regressed', 'at_risk') OR (status = 'not_reported' AND days_to_due < 0));
CREATE TEMP VIEW turned AS
SELECT a.province_code, a.indicator, a.status AS status, b.status AS before
FROM marts.directive_history AS a, marts.directive_history AS b
WHERE a.as_of_on = (SELECT max(as_of_on) FROM days) AND b.as_of_on = (SELECT min(as_of_on) FROM days)
  AND a.province_code <> 'VN'
  AND (a.province_code, a.directive, a.indicator) = (b.province_code, b.directive, b.indicator);
CREATE TEMP VIEW restated AS
SELECT * FROM marts.restatements WHERE CAST(restated_at AS DATE) > (SELECT min(as_of_on) FROM days);
"""
OF_UNIT = "($unit = 'VN' OR province_code = $unit)"
ON_TASK = "FROM tasks WHERE directive = $directive AND indicator = $indicator AND province_code = $unit"
FORECAST = ON_TASK.replace("tasks", "marts.directive_forecast")
OTHERS = "FROM tasks WHERE directive = $directive AND indicator = $indicator AND province_code <> 'VN'"
ON_NEWEST = "FROM newest WHERE unit = $unit AND indicator = $indicator"
COMMUNES = f"FROM communes WHERE indicator = $indicator AND target > 0 AND {OF_UNIT}"
COMMUNE = "FROM communes WHERE commune_code = $commune_code"
NAMED = "CASE WHEN $unit = 'VN' THEN commune_name || ' (' || short_name || ')' ELSE commune_name END"
MET, LATE = "('met_on_time', 'met_late')", "('overdue', 'regressed')"
DIRECTIVES = "(SELECT directive, list(status) AS all_of FROM tasks WHERE province_code = $unit GROUP BY directive)"
TURNED = f"""FROM turned WHERE {OF_UNIT} AND CASE $kind
    WHEN 'met' THEN status IN {MET} AND before NOT IN {MET}
    WHEN 'overdue' THEN status = 'overdue' AND before IN ('on_track', 'at_risk', 'not_due')
    ELSE status = 'regressed' AND before <> 'regressed' END"""
REPORTS = f"FROM coverage WHERE {OF_UNIT}"
FILES = f"FROM facts.submissions WHERE {OF_UNIT}"
STAGES = "FROM marts.chain_stages WHERE chain = $chain"
GAPS = """FROM marts.staffing_gaps AS g WHERE g.baseline = $baseline AND g.field = $field
    AND ($province_code = 'VN' OR g.province_code = $province_code)
    AND g.as_of_on = (SELECT max(as_of_on) FROM marts.staffing_gaps)"""
POSITION = """CASE $position
    WHEN 'all' THEN 'military_posts_filled'
    WHEN 'commander' THEN 'military_commander_appointed'
    WHEN 'deputy_commander' THEN 'military_deputy_commander_appointed'
    WHEN 'deputy_political_officer' THEN 'military_deputy_political_officer_appointed'
    WHEN 'assistant' THEN 'military_assistants' ELSE 'military_technical_staff' END"""
POSTS = f"FROM newest WHERE unit = $province_code AND indicator = {POSITION}"
LACKING = "value_type = 'flag' AND sensitivity = 'public' AND target > 0 AND value < target"
PROVINCE = "FROM reference.provinces WHERE province_code = $province_code"
KINDS = "FROM reference.communes WHERE province_code = $province_code AND unit_type"
LAST_FILE = "FROM facts.submissions WHERE province_code = $province_code AND status IN ('accepted', 'partial')"

EXPECTED: dict[str, dict[str, str]] = {
    "run": {
        "as_of_on": "SELECT as_of_on FROM reference.run",
        "known_at": "SELECT known_at FROM reference.run",
        "newest_on": "SELECT max(as_of_on) FROM days",
    },
    "calendar_position": {
        "expected_on": "SELECT max(as_of_on) FROM reference.reporting_days WHERE due_on < $today",
        "missing_day_count": "SELECT count(*) FROM reference.reporting_days WHERE due_on < $today "
        "AND as_of_on > $newest_on",
    },
    "brief_calls": {
        "short_name": f"SELECT short_name {PROVINCE}",
        "late_count": f"SELECT count(*) FROM tasks WHERE province_code = $province_code AND status IN {LATE}",
        "risk_count": "SELECT count(*) FROM tasks WHERE province_code = $province_code AND status = 'at_risk'",
        "unreported_count": "SELECT count(*) FROM tasks WHERE province_code = $province_code "
        "AND status = 'not_reported'",
        "first_task": """SELECT name_vi FROM reference.indicators WHERE indicator =
            (SELECT arg_min(indicator, rank) FROM marts.chase_list WHERE province_code = $province_code)""",
        "reason": "SELECT arg_min(reason, rank) FROM marts.chase_list WHERE province_code = $province_code",
        "report_status": "SELECT status FROM coverage WHERE province_code = $province_code",
    },
    "brief_changes": {
        "name_vi": "SELECT name_vi FROM reference.indicators WHERE indicator = $indicator",
        "value": f"SELECT value {ON_NEWEST}",
        "change": "SELECT value - (SELECT value FROM progress AS p WHERE p.unit = $unit AND p.indicator = $indicator "
        f"AND p.as_of_on = (SELECT min(as_of_on) FROM days)) {ON_NEWEST}",
        "previous_as_of_on": "SELECT min(as_of_on) FROM days",
    },
    "brief_commune_states": {
        "not_done_count": f"SELECT count(*) {COMMUNES} AND value < target",
        "silent_count": f"SELECT count(*) {COMMUNES} AND value IS NULL",
        "not_done_names": f"SELECT list({NAMED}) {COMMUNES} AND value < target",
        "silent_names": f"SELECT list({NAMED}) {COMMUNES} AND value IS NULL",
    },
    "brief_communes": {
        "commune_name": "SELECT commune_name FROM reference.communes WHERE commune_code = $commune_code",
        "lacking": f"SELECT list(name_vi) {COMMUNE} AND {LACKING}",
        "open_obstacles": f"SELECT target - value {COMMUNE} AND indicator = 'obstacles_resolved'",
        "silent_count": f"SELECT count(*) {COMMUNE} AND value IS NULL AND form_sheet <> '' AND coalesce(target, 1) > 0",
        "shortage": """SELECT shortage FROM marts.staffing_gaps WHERE commune_code = $commune_code AND field = 'all'
            AND baseline = 'allocated' AND as_of_on = (SELECT max(as_of_on) FROM marts.staffing_gaps)""",
    },
    "brief_counts": {
        "directive_count": "SELECT count(*) FROM reference.directives",
        "late_count": f"SELECT count(DISTINCT directive) FROM tasks WHERE province_code = $unit AND status IN {LATE}",
        "risk_count": f"SELECT count(*) FROM {DIRECTIVES} WHERE list_contains(all_of, 'at_risk') "
        "AND NOT list_has_any(all_of, ['overdue', 'regressed'])",
        "unreported_count": f"SELECT count(*) FROM {DIRECTIVES} WHERE list_contains(all_of, 'not_reported') "
        "AND NOT list_has_any(all_of, ['overdue', 'regressed', 'at_risk'])",
        "going_count": f"SELECT count(*) FROM {DIRECTIVES} WHERE list_has_any(all_of, ['on_track', 'not_due']) "
        "AND NOT list_has_any(all_of, ['overdue', 'regressed', 'at_risk', 'not_reported'])",
        "met_count": f"SELECT count(*) FROM {DIRECTIVES} WHERE list_has_all(['met_on_time', 'met_late'], all_of)",
        "unmeasured_count": "SELECT count(*) FROM reference.directives "
        "WHERE directive NOT IN (SELECT directive FROM tasks)",
        "task_count": "SELECT count(*) FROM tasks WHERE province_code = $unit",
        "late_task_count": f"SELECT count(*) FROM tasks WHERE province_code = $unit AND status IN {LATE}",
        "risk_task_count": "SELECT count(*) FROM tasks WHERE province_code = $unit AND status = 'at_risk'",
        "met_task_count": f"SELECT count(*) FROM tasks WHERE province_code = $unit AND status IN {MET}",
        "going_task_count": "SELECT count(*) FROM tasks WHERE province_code = $unit "
        "AND status IN ('on_track', 'not_due')",
        "unreported_task_count": "SELECT count(*) FROM tasks WHERE province_code = $unit AND status = 'not_reported'",
    },
    "brief_directives": {
        **{
            column: f"SELECT {column} {ON_TASK}"
            for column in (
                "value",
                "target",
                "progress_pct",
                "status",
                "met_on",
                "reported_unit_count",
                "expected_unit_count",
            )
        },
        **{
            column: f"SELECT {column} {FORECAST}"
            for column in ("expected_finish_on", "early_finish_on", "late_finish_on")
        },
        "name_vi": "SELECT name_vi FROM reference.indicators WHERE indicator = $indicator",
        "title_vi": "SELECT title_vi FROM reference.directives WHERE directive = $directive",
        "document_no": "SELECT document_no FROM reference.directives WHERE directive = $directive",
        "due_text_vi": "SELECT due_text_vi FROM reference.deadlines WHERE directive = $directive "
        "AND valid_to_on IS NULL",
        "days_to_due": """SELECT t.last_day_on - run.as_of_on FROM reference.deadlines AS t, reference.run AS run
            WHERE t.directive = $directive AND t.valid_to_on IS NULL""",
        "done_province_count": f"SELECT count(*) {OTHERS} AND status IN {MET}",
        "province_count": f"SELECT count(*) {OTHERS}",
    },
    "brief_evidence": {
        "file_count": f"SELECT count(*) {FILES}",
        "sender_count": f"SELECT count(DISTINCT province_code) {FILES}",
        "taken_count": f"SELECT count(*) {FILES} AND status IN ('accepted', 'partial')",
        "review_count": f"SELECT count(*) {FILES} AND status = 'needs_review'",
        "accepted_count": f"SELECT sum(accepted_count) {FILES}",
        "first_on": f"SELECT min(as_of_on) {FILES}",
        "set_aside_count": f"SELECT count(*) FROM facts.rejected_values WHERE severity <> 'warning' AND {OF_UNIT}",
        "province_count": "SELECT count(*) FROM reference.provinces",
    },
    "brief_indicators": {
        **{
            column: f"SELECT {column} {ON_NEWEST}"
            for column in (
                *("as_of_on", "value", "target", "progress_pct", "reported_unit_count", "expected_unit_count"),
                "province_count",
            )
        },
        "open_value": f"SELECT target - value {ON_NEWEST}",
    },
    "brief_late": {
        "name_vi": "SELECT name_vi FROM reference.indicators WHERE indicator = $indicator",
        "days_to_due": "SELECT min(days_to_due) FROM behind WHERE indicator = $indicator",
        "province_count": "SELECT count(DISTINCT province_code) FROM behind WHERE indicator = $indicator",
        "names": """SELECT list(short_name) FROM reference.provinces
            WHERE province_code IN (SELECT province_code FROM behind WHERE indicator = $indicator)""",
    },
    "brief_ranking": {
        "progress_pct": "SELECT progress_pct FROM newest WHERE unit = $province_code AND indicator = $indicator"
    },
    "brief_reports": {
        "as_of_on": f"SELECT max(as_of_on) {REPORTS}",
        "due_on": "SELECT due_on FROM reference.reporting_days WHERE as_of_on = (SELECT max(as_of_on) FROM coverage)",
        "expected": f"SELECT count(*) {REPORTS}",
        "received_count": f"SELECT count(*) {REPORTS} AND status IN ('on_time', 'late')",
        "on_time_count": f"SELECT count(*) {REPORTS} AND status = 'on_time'",
        "waiting_count": f"SELECT count(*) {REPORTS} AND status = 'not_due'",
        "last_received_at": f"SELECT max(received_at) {REPORTS}",
        "accepted_count": f"SELECT sum(accepted_count) {REPORTS}",
        "late_names": f"SELECT list(p.short_name) FROM reference.provinces AS p WHERE p.province_code IN "
        f"(SELECT province_code {REPORTS} AND status = 'late')",
        "missing_names": f"SELECT list(p.short_name) FROM reference.provinces AS p WHERE p.province_code IN "
        f"(SELECT province_code {REPORTS} AND status IN ('missing', 'empty'))",
    },
    "brief_restated": {
        "short_name": """SELECT short_name FROM reference.provinces WHERE province_code =
            (SELECT any_value(province_code) FROM restated WHERE restatement = $restatement)""",
        "as_of_on": "SELECT $as_of_on",
        "changed_count": f"SELECT count(*) FROM restated WHERE restatement = $restatement AND as_of_on = $as_of_on "
        f"AND {OF_UNIT}",
        "names": f"""SELECT list(name_vi) FROM reference.indicators WHERE indicator IN
            (SELECT indicator FROM restated WHERE restatement = $restatement AND as_of_on = $as_of_on AND {OF_UNIT})""",
    },
    "brief_restated_count": {
        "previous_on": "SELECT min(as_of_on) FROM days",
        "restatement_count": f"SELECT count(DISTINCT restatement) FROM restated WHERE {OF_UNIT}",
        "value_count": f"SELECT count(*) FROM restated WHERE {OF_UNIT}",
        "asked_count": f"SELECT count(*) FROM restated WHERE asks_reason AND reason IS NULL AND {OF_UNIT}",
    },
    "brief_turns": {
        "task_count": f"SELECT count(*) FROM (SELECT DISTINCT province_code, indicator {TURNED})",
        "province_count": f"SELECT count(DISTINCT province_code) {TURNED}",
        "names": f"""SELECT CASE WHEN $unit = 'VN'
            THEN (SELECT list(short_name) FROM reference.provinces
                WHERE province_code IN (SELECT province_code {TURNED}))
            ELSE (SELECT list(name_vi) FROM reference.indicators WHERE indicator IN (SELECT indicator {TURNED})) END""",
    },
    "chain_funnel": {
        "expected_count": f"SELECT count(DISTINCT province_code) {STAGES}",
        "reached_count": f"SELECT count(*) {STAGES} AND stage_order = $stage_order AND status = 'done'",
        "reached_with_all_before_count": f"""SELECT count(*) FROM (SELECT province_code {STAGES}
            AND stage_order <= $stage_order GROUP BY province_code HAVING bool_and(status = 'done'))""",
    },
    "chain_stages": {
        column: f"""SELECT {column} FROM marts.extension_chain
            WHERE province_code = $province_code AND stage_order = $stage_order"""
        for column in ("reached_on", "days_in_stage")
    },
    "military_positions": {
        "filled": f"SELECT value {POSTS}",
        "required": f"SELECT target {POSTS}",
        "filled_pct": f"SELECT 100.0 * value / target {POSTS}",
    },
    "province_header": {
        "province_name": f"SELECT province_name {PROVINCE}",
        "commune_count": "SELECT count(*) FROM reference.communes WHERE province_code = $province_code",
        "ward_count": f"SELECT count(*) {KINDS} = 'phường'",
        "rural_count": f"SELECT count(*) {KINDS} = 'xã'",
        "zone_count": f"SELECT count(*) {KINDS} = 'đặc khu'",
        "as_of_on": f"SELECT max(as_of_on) {LAST_FILE}",
        "received_at": f"SELECT received_at {LAST_FILE} ORDER BY as_of_on DESC, revision DESC LIMIT 1",
    },
    "reporting_league": {
        column: f"SELECT arg_max({column}, as_of_on) FROM marts.reporting_league WHERE province_code = $province_code"
        for column in ("on_time_count", "period_count")
    },
    "single_tier_provinces": {
        "short_name": """SELECT short_name FROM reference.provinces AS p, reference.denominators AS d
            WHERE p.has_single_tier_centre AND d.province_code = p.province_code AND d.indicator = $indicator
              AND d.expected_count = 0""",
    },
    "staffing_balance": {
        "present": f"SELECT sum(present) {GAPS} AND present IS NOT NULL AND allocated IS NOT NULL",
        "allocated": f"SELECT sum(allocated) {GAPS} AND present IS NOT NULL AND allocated IS NOT NULL",
        "communes_compared": f"SELECT count(shortage) {GAPS}",
        "communes_expected": "SELECT count(*) FROM reference.communes WHERE $province_code IN ('VN', province_code)",
        "communes_short": f"SELECT count(*) {GAPS} AND shortage > 0",
        "communes_with_surplus": f"SELECT count(*) {GAPS} AND surplus > 0",
        "shortage": f"SELECT sum(shortage) {GAPS}",
        "surplus": f"SELECT sum(surplus) {GAPS}",
    },
}


@contextmanager
def own_connection(database: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of its own: the pages hold theirs open."""
    copy = folder / "copy.duckdb"
    copyfile(database, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(VIEWS)
        yield connection


def expected(connection: duckdb.DuckDBPyConnection, figure: Figure) -> object:
    """The value that the marts give for a figure."""
    statement = EXPECTED[figure.query][figure.column]
    key = {name: value for name, value in figure.key if f"${name}" in statement}
    found = connection.execute(statement, key).fetchone()
    return None if found is None else found[0]
