"""The two tables of the ledger whose rows a lower clearance does not simply see or not see.

A value that was set aside is seen where its indicator is. What bears on no indicator (a heading that was not
understood) is seen only where everything else on its sheet is; that a file was refused, where something of it is seen.

A submission is seen where one of its values is, and its counts are those of what is seen. Its hash, by which the landed
file is found, is there only where nothing of the file was left out: who sees a part of a file may not have the file.
"""

from __future__ import annotations

import duckdb

from pipelines.publish.hidden import Hidden, spoken_of

_TEXTS = ("unit_text", "given_text", "expected_text", "message_vi", "message_en", "fix_vi", "fix_en")
_SEEN = "IN (SELECT UNNEST(getvariable('seen_indicator')))"


def note_submissions(connection: duckdb.DuckDBPyConnection, hidden: Hidden, above: str, through: str) -> None:
    """Notes which submissions after `through` have a value that may be seen, in `temp.seen_submissions`, and whose file
    names speak of something hidden; the observations of the lower file are there.
    """
    names = spoken_of(connection, hidden, ["file_name"], f"{above}.facts.submissions WHERE submission_id > '{through}'")
    connection.execute("SET VARIABLE spoken_names = $names::VARCHAR[]", {"names": names})
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE seen_submissions AS
        SELECT submission_id FROM facts.observations WHERE submission_id > '{through}'
        UNION
        SELECT submission_id FROM {above}.facts.rejected_values
        WHERE submission_id > '{through}' AND indicator {_SEEN}
    """)


def submission_rows(above: str, through: str, columns: list[str]) -> str:
    """A SELECT of the submissions after `through` that may be seen; the other two tables of the lower file are there.

    Number of issue, form and day are the sender's word about the whole file. A name that speaks of something hidden
    gives way to the submission's own.
    """
    made = {
        "accepted_count": "COALESCE(accepted, 0)",
        "rejected_count": "COALESCE(set_aside, 0)",
        "status": "CASE WHEN COALESCE(accepted, 0) = 0 THEN 'rejected' WHEN COALESCE(set_aside, 0) = 0 THEN 'accepted' "
        "ELSE 'partial' END",
        "sha256": "CASE WHEN is_whole THEN given.sha256 END",
        "byte_count": "CASE WHEN is_whole THEN given.byte_count END",
        "file_name": _NAME,
        "revision": _REVISION,
        "supersedes_submission_id": "replaced.submission_id",
    }
    selected = ", ".join(f"{made.get(column, f'given.{column}')} AS {column}" for column in columns)
    return _SUBMISSIONS.format(above=above, through=through, selected=selected, texts=_speaks(_TEXTS))


def _speaks(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"{column} IN (SELECT text FROM temp.spoken)" for column in columns) + ")"


def rejected_rows(
    connection: duckdb.DuckDBPyConnection, hidden: Hidden, above: str, through: str, columns: list[str]
) -> str:
    """A SELECT of the values set aside after `through` that may be seen; the observations of the lower file are there.

    A text that speaks of something hidden (a cell can hold anything) gives way to the title of the rule.
    """
    rows = (
        f"{above}.facts.rejected_values WHERE submission_id > '{through}' AND (indicator IS NULL OR indicator {_SEEN})"
    )
    here = tuple(column for column in _TEXTS if column in columns)
    texts = spoken_of(connection, hidden, here, rows)
    connection.execute("CREATE OR REPLACE TEMP TABLE spoken (text VARCHAR)")
    if texts:
        connection.executemany("INSERT INTO temp.spoken VALUES (?)", [[text] for text in texts])
    made = {column: f"CASE WHEN speaks THEN {_INSTEAD.get(column, 'NULL')} ELSE given.{column} END" for column in here}
    made["file_name"] = _NAME.replace("given.file_name", "submissions.file_name")
    made["cause_place"] = (
        "CASE WHEN split_part(given.cause_place, '!', 1) = split_part(given.source_place, '!', 1) "
        "THEN given.cause_place END"
    )
    selected = ", ".join(f"{made.get(column, f'given.{column}')} AS {column}" for column in columns)
    return _REJECTED.format(above=above, through=through, seen=_SEEN, spoken=_speaks(here), selected=selected)


_INSTEAD = {
    "message_vi": "rules.title_vi",
    "message_en": "rules.title_en",
    "fix_vi": "rules.fix_vi",
    "fix_en": "rules.fix_en",
}
_NAME = (
    "CASE WHEN list_contains(getvariable('spoken_names'), given.file_name) "
    "THEN given.submission_id || regexp_extract(given.file_name, '\\.\\w+$') ELSE given.file_name END"
)
_REVISION = """
    CASE WHEN given.revision IS NOT NULL THEN
        COALESCE((
            SELECT MAX(earlier.revision) FROM facts.submissions AS earlier
            WHERE earlier.province_code IS NOT DISTINCT FROM given.province_code
                AND earlier.form IS NOT DISTINCT FROM given.form AND earlier.as_of_on = given.as_of_on
        ), 0)
        + ROW_NUMBER() OVER (
            PARTITION BY given.province_code, given.form, given.as_of_on, given.revision IS NULL
            ORDER BY given.submission_id
        )
    END"""
_REJECTED = """
    WITH placed AS (
        SELECT *, split_part(source_place, '!', 1) AS sheet
        FROM {above}.facts.rejected_values WHERE submission_id > '{through}'
    ),
    asked AS (SELECT DISTINCT submission_id FROM placed WHERE indicator IS NULL),
    sheets AS (
        SELECT submission_id, sheet, BOOL_AND(indicator {seen}) AS is_seen FROM (
            SELECT submission_id, split_part(source_place, '!', 1) AS sheet, indicator
            FROM {above}.facts.observations SEMI JOIN asked USING (submission_id)
            UNION ALL
            SELECT submission_id, sheet, indicator FROM placed WHERE indicator IS NOT NULL
        ) AS places GROUP BY submission_id, sheet
    ),
    judged AS (
        SELECT placed.*, COALESCE({spoken}, FALSE) AS speaks, COALESCE(sheets.is_seen, FALSE) AS is_on_seen_sheet
        FROM placed LEFT JOIN sheets USING (submission_id, sheet)
    )
    SELECT {selected}
    FROM judged AS given
    INNER JOIN temp.seen_submissions AS seen_submissions USING (submission_id)
    INNER JOIN {above}.facts.submissions AS submissions USING (submission_id)
    LEFT JOIN reference.rules AS rules ON given.rule = rules.rule
    WHERE given.indicator {seen}
        OR (given.indicator IS NULL AND given.severity = 'file')
        OR (given.indicator IS NULL AND given.is_on_seen_sheet AND NOT given.speaks)
"""
_SUBMISSIONS = """
    WITH taken AS (
        SELECT submission_id, COUNT(*) AS accepted FROM facts.observations
        WHERE submission_id > '{through}' GROUP BY submission_id
    ),
    faults AS (
        SELECT submission_id, COUNT(*) FILTER (WHERE severity <> 'warning') AS set_aside, COUNT(*) AS fault_count
        FROM facts.rejected_values WHERE submission_id > '{through}' GROUP BY submission_id
    ),
    all_faults AS (
        SELECT submission_id, COUNT(*) AS fault_count, BOOL_OR({texts}) AS speaks
        FROM {above}.facts.rejected_values WHERE submission_id > '{through}' GROUP BY submission_id
    ),
    asked AS (
        SELECT submission_id FROM {above}.facts.submissions
        WHERE submission_id > '{through}' AND supersedes_submission_id IS NOT NULL
    ),
    asked_days AS (
        SELECT DISTINCT province_code, as_of_on FROM facts.observations SEMI JOIN asked USING (submission_id)
    ),
    sent AS (
        SELECT submission_id, LAG(submission_id) OVER (
            PARTITION BY unit_code, indicator, as_of_on ORDER BY received_at, submission_id, source_place
        ) AS before_it
        FROM facts.observations SEMI JOIN asked_days USING (province_code, as_of_on)
    ),
    replaced AS (
        SELECT sent.submission_id AS by_submission_id, MAX(before_it) AS submission_id
        FROM sent SEMI JOIN asked USING (submission_id)
        WHERE before_it <> sent.submission_id GROUP BY sent.submission_id
    ),
    given AS (
        SELECT submissions.*, accepted, set_aside,
            COALESCE(accepted, 0) = COALESCE(submissions.accepted_count, 0)
            AND COALESCE(faults.fault_count, 0) = COALESCE(all_faults.fault_count, 0)
            AND NOT COALESCE(all_faults.speaks, FALSE) AS is_whole
        FROM {above}.facts.submissions AS submissions
        SEMI JOIN temp.seen_submissions AS seen_submissions USING (submission_id)
        LEFT JOIN taken USING (submission_id)
        LEFT JOIN faults USING (submission_id)
        LEFT JOIN all_faults USING (submission_id)
    )
    SELECT {selected}
    FROM given LEFT JOIN replaced ON given.submission_id = replaced.by_submission_id
    ORDER BY given.submission_id
"""
