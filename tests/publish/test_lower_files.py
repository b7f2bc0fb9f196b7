"""A lower file holds what would be published if nothing above its clearance had ever been reported or declared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.clearance import CLEARANCES, LOWER, ClearanceInvalid, may_see, read_declaration
from pipelines.database import open_for_reading, open_for_writing, quoted, table_names
from pipelines.publish import leaks
from pipelines.publish.hidden import Hidden
from pipelines.publish.leaks import LeakFound
from pipelines.publish.lower import Since, declarations, file_name, write_lower
from pipelines.reference.records import Correction, Indicator
from tests.models.tiny import RECOUNT, TINY, Country, day, directive, published, reporting_day

MILITARY, STAFF = "military_", ("staff_", "communes_short")
Rows = dict[str, list[tuple[Any, ...]]]
# By design another row below the restricted file: the run knows the digest of all tables.
NOT_COMPARED = ("reference.run",)


def with_sensitivity(indicator: Indicator) -> Indicator:
    word = "restricted" if indicator.indicator.startswith(MILITARY) else "public"
    group = {"military_": "military", "staff_": "staffing"}.get(indicator.indicator.partition("_")[0] + "_", "other")
    return replace(indicator, sensitivity="internal" if indicator.indicator.startswith(STAFF) else word, group=group)


INDICATORS = tuple(map(with_sensitivity, TINY.indicators))
SENSITIVITY = {indicator.indicator: indicator.sensitivity for indicator in INDICATORS}
DIRECTIVES = (
    directive("mixed", "2025-10-31", "centre_decided", "staff_present", "military_posts_filled"),
    directive("only_military", "2025-11-15", "military_commander_appointed"),
    directive("nobody_reports", "2025-12-31"),
)
FIGURES = (
    published("decided", "centre_decided", "national", "2025-10-15", 1),
    published("posts", "military_posts_filled", "national", "2025-10-15", 4),
)
SECRET = Correction(
    "secret", "91001", "military_posts_filled", day("2025-10-15"), 3, 4, "", "", day("2025-10-20"), day("2026-12-01")
)
# Province, day, when it was sent, values, and how many values of an indicator were set aside.
REPORTS: tuple[tuple[str, str, str, str, dict[str, int]], ...] = (
    (
        "91",
        "2025-10-15",
        "",
        "91 centre_decided 0\n91001 staff_present 10\n91001 military_posts_filled 3",
        {"staff_present": 1},
    ),
    ("75", "2025-10-15", "", "75 centre_decided 1\n75001 centre_operating 1", {"centre_operating": 1}),
    ("01", "2025-10-15", "", "01001 military_posts_required 5\n01001 military_posts_filled 5", {}),
    ("91", "2025-10-15", "2025-10-16 09:00", "91 centre_decided 1\n91001 military_posts_filled 4", {}),
    (
        "91",
        "2025-10-31",
        "",
        "91001 staff_allocated 12\n91001 staff_present 12\n91001 military_commander_appointed 1",
        {},
    ),
    ("75", "2025-10-31", "2025-11-09 09:00", "75 centre_decided 1\n75001 staff_present 7", {"military_assistants": 2}),
)
LATER: tuple[tuple[str, str, str, str, dict[str, int]], ...] = (
    (
        "01",
        "2025-10-31",
        "2025-11-12 09:00",
        "01 centre_decided 1\n01001 staff_present 3\n01001 military_assistants 2",
        {},
    ),
    ("91", "2025-11-15", "", "91002 centre_operating 1\n91002 military_posts_filled 2", {"centre_operating": 2}),
    ("75", "2025-11-15", "", "75001 military_posts_filled 2", {}),
)


def country_of(clearance: str) -> Country:
    """The country as it would be if nobody had ever asked for what is above a clearance."""
    seen = tuple(item for item in INDICATORS if may_see(clearance, item.sensitivity))
    codes = {item.indicator for item in seen}
    directives = [
        replace(item, indicators=tuple(code for code in item.indicators if code in codes))
        for item in DIRECTIVES
        if not item.indicators or codes.intersection(item.indicators)
    ]
    return Country(
        indicators=seen,
        directives=directives,
        published_figures=[figure for figure in FIGURES if figure.indicator in codes],
        corrections=[item for item in (RECOUNT, SECRET) if item.indicator in codes],
        reporting_days=[reporting_day(on) for on in ("2025-10-15", "2025-10-31", "2025-11-15")],
    )


def report(country: Country, clearance: str, reports: tuple[tuple[str, str, str, str, dict[str, int]], ...]) -> None:
    """Sends what may be seen of each report; one of which nothing may be seen only uses up its number."""
    for province, on, sent, values, set_aside in reports:
        lines = [line for line in values.splitlines() if may_see(clearance, SENSITIVITY[line.split()[1]])]
        faults = {code: count for code, count in set_aside.items() if may_see(clearance, SENSITIVITY[code])}
        if lines or faults:
            status = "partial" if faults and lines else "accepted" if lines else "rejected"
            country.report(province, on, "\n".join(lines), sent, status, faults)
        else:
            country.submission_count += 1


def saved(country: Country, path: Path) -> Path:
    """A country as a published file."""
    country.connection.execute("ATTACH " + quoted(str(path)) + " AS saved")
    country.connection.execute("COPY FROM DATABASE memory TO saved")
    country.connection.execute("DETACH saved")
    with closing(open_for_writing(path)) as connection:
        connection.execute("DROP SCHEMA work CASCADE")
    return path


def rows_of(path: Path) -> Rows:
    with closing(open_for_reading(path)) as connection:
        views = [
            f"{schema}.{name}"
            for schema, name in connection.execute(
                "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        ]
        return {
            table: sorted(connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM {table}").fetchall(), key=str)
            for table in [*table_names(connection, "reference", "facts", "marts"), *views]
            if table not in NOT_COMPARED
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lower")


@pytest.fixture(scope="module")
def countries() -> dict[str, Country]:
    """After the first night: the whole country, and what it would be below each clearance."""
    made = {}
    for clearance in CLEARANCES:
        made[clearance] = country_of(clearance)
        report(made[clearance], clearance, REPORTS)
        made[clearance].night("2025-11-10", "2025-11-10 01:30")
    return made


@pytest.fixture(scope="module")
def first(countries: dict[str, Country], folder: Path) -> Path:
    """The three files of the first night, by their names in a version."""
    version = folder / "000001"
    version.mkdir()
    restricted = saved(countries["restricted"], version / file_name("restricted"))
    for clearance in LOWER:
        write_lower(restricted, version / file_name(clearance), clearance)
    return version


@pytest.mark.parametrize("clearance", LOWER)
def test_it_is_what_would_be_published_if_nothing_else_were_known(
    countries: dict[str, Country], first: Path, folder: Path, clearance: str
) -> None:
    found = rows_of(first / file_name(clearance))
    alone = rows_of(saved(countries[clearance], folder / f"alone-{clearance}.duckdb"))
    expected = {table: rows for table, rows in alone.items() if declarations()[table].is_in(clearance)}
    assert found.keys() == expected.keys()
    assert [table for table in found if found[table] != expected[table]] == []
    assert found["marts.reporting_coverage"]
    assert found["marts.chase_list"]


def test_what_is_above_it_is_not_there_and_what_it_may_see_is(first: Path) -> None:
    rows = {clearance: rows_of(first / file_name(clearance)) for clearance in CLEARANCES}
    submissions = {clearance: len(rows[clearance]["facts.submissions"]) for clearance in CLEARANCES}
    assert submissions == {"public": 4, "internal": 5, "restricted": 6}
    assert "marts.staffing_gaps" in rows["internal"]
    assert "marts.staffing_gaps" not in rows["public"]
    assert "marts.military_staffing" not in rows["internal"]
    directives = {clearance: {row[0] for row in rows[clearance]["reference.directives"]} for clearance in CLEARANCES}
    assert directives["restricted"] - directives["public"] == {"only_military"}


def test_every_note_and_macro_is_there(first: Path) -> None:
    for clearance in CLEARANCES:
        with closing(open_for_reading(first / file_name(clearance))) as connection:
            missing = connection.execute(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
                "AND schema_name IN ('reference', 'facts', 'marts')"
            ).fetchall()
            assert missing == []
            known = connection.execute("SELECT COUNT(*) FROM facts.as_known('2025-12-31', '2025-12-31')").fetchall()
            assert known[0][0] > 0


@pytest.mark.parametrize("clearance", LOWER)
def test_a_night_that_starts_from_the_version_before_writes_the_same_as_one_from_nothing(
    first: Path, folder: Path, clearance: str
) -> None:
    country = country_of("restricted")
    report(country, "restricted", REPORTS)
    country.night("2025-11-10", "2025-11-10 01:30")
    assert country.connection
    report(country, "restricted", LATER)
    country.night("2025-11-20", "2025-11-20 01:30", clear=False)
    restricted = saved(country, folder / f"second-{clearance}.duckdb")
    whole, since = folder / f"whole-{clearance}.duckdb", folder / f"since-{clearance}.duckdb"
    assert not write_lower(restricted, whole, clearance)
    assert write_lower(restricted, since, clearance, Since(first, "run", day("2025-10-31")))
    found, expected = rows_of(since), rows_of(whole)
    assert [table for table in expected if found[table] != expected[table]] == []
    assert expected != rows_of(first / file_name(clearance))


@pytest.mark.parametrize("changed", ["run", "sensitivity"])
def test_another_run_or_another_sensitivity_means_a_file_from_nothing(
    countries: dict[str, Country], first: Path, folder: Path, changed: str
) -> None:
    run = "run"
    restricted = folder / f"again-{changed}.duckdb"
    if changed == "sensitivity":
        country = countries["restricted"]
        saved(country, restricted)
        with closing(open_for_writing(restricted)) as connection:
            connection.execute(
                "UPDATE reference.indicators SET sensitivity = 'restricted' WHERE indicator LIKE 'staff%'"
            )
            connection.execute("UPDATE reference.run SET reference_sha256 = 'another'")
    else:
        saved(countries["restricted"], restricted)
        run = "a run that this database was never published by"
    target = folder / f"target-{changed}.duckdb"
    assert not write_lower(restricted, target, "internal", Since(first, run, None))
    if changed == "sensitivity":
        assert b"staff_present" not in target.read_bytes()
        with closing(open_for_reading(target)) as connection:
            assert connection.execute("SELECT COUNT(*) FROM marts.staffing_gaps").fetchall() == [(0,)]


def test_a_table_that_declares_nothing_is_refused(first: Path, folder: Path) -> None:
    restricted = folder / "undeclared.duckdb"
    restricted.write_bytes((first / file_name("restricted")).read_bytes())
    with closing(open_for_writing(restricted)) as connection:
        connection.execute("CREATE TABLE marts.new_table AS SELECT 1 AS value")
    with pytest.raises(ClearanceInvalid, match=r"marts\.new_table: not declared.*CONTRIBUTING"):
        write_lower(restricted, folder / "refused.duckdb", "internal")


@pytest.fixture
def faulty(first: Path, tmp_path: Path) -> Iterator[Path]:
    """The first night's restricted file, to put something into."""
    path = tmp_path / "restricted.duckdb"
    path.write_bytes((first / file_name("restricted")).read_bytes())
    with closing(open_for_writing(path)) as connection:
        connection.execute(
            "UPDATE reference.indicators SET name_vi = 'Số chức vụ Ban Chỉ huy quân sự đã bố trí' "
            "WHERE indicator = 'military_posts_filled'"
        )
        connection.execute(
            "UPDATE facts.submissions SET sha256 = submission_id, byte_count = 1, "
            "file_name = CASE submission_id WHEN '000002-tiny' THEN 'bao cao quan su.xlsx' ELSE file_name END"
        )
    yield path


def internal_rows(restricted: Path, select: str) -> list[tuple[Any, ...]]:
    target = restricted.with_name("internal.duckdb")
    write_lower(restricted, target, "internal")
    with closing(open_for_reading(target)) as connection:
        return connection.execute(select).fetchall()


def test_only_a_file_of_which_nothing_was_left_out_names_its_hash(faulty: Path) -> None:
    found = internal_rows(
        faulty, "SELECT submission_id, sha256 IS NOT NULL, byte_count FROM facts.submissions ORDER BY 1"
    )
    assert found == [
        ("000001-tiny", False, None),
        ("000002-tiny", True, 1),
        ("000004-tiny", False, None),
        ("000005-tiny", False, None),
        ("000006-tiny", False, None),
    ]


def test_a_file_name_that_speaks_of_what_is_hidden_gives_way_to_the_number(faulty: Path) -> None:
    names = internal_rows(
        faulty,
        "SELECT file_name FROM facts.submissions WHERE submission_id < '000003' "
        "UNION SELECT file_name FROM facts.rejected_values WHERE submission_id = '000002-tiny'",
    )
    assert sorted(names) == [("000001-tiny.xlsx",), ("000002-tiny.xlsx",)]


def fault(path: Path, submission: str, place: str, given: str, indicator: str = "", severity: str = "critical") -> None:
    with closing(open_for_writing(path)) as connection:
        connection.execute(
            "INSERT INTO facts.rejected_values BY NAME SELECT $submission AS submission_id, $place AS source_place, "
            "$given AS given_text, NULLIF($indicator, '') AS indicator, $severity AS severity, 'seen' AS rule",
            {"submission": submission, "place": place, "given": given, "indicator": indicator, "severity": severity},
        )


def test_a_heading_is_shown_only_where_all_of_its_sheet_may_be_seen(faulty: Path) -> None:
    fault(faulty, "000002-tiny", "Biểu 01!B2", "Tổng số")
    fault(faulty, "000002-tiny", "Biểu 01!C2", "Chỉ huy trưởng quân sự")
    fault(faulty, "000002-tiny", "Biểu 09!B2", "Nguồn khác")
    fault(faulty, "000001-tiny", "Biểu 01!B2", "Tổng số")
    found = internal_rows(faulty, "SELECT submission_id, given_text FROM facts.rejected_values WHERE indicator IS NULL")
    assert found == [("000002-tiny", "Tổng số")]


def test_a_cell_that_speaks_of_what_is_hidden_is_not_quoted(faulty: Path) -> None:
    fault(faulty, "000002-tiny", "Biểu 01!B9", "3 (Ban Chỉ huy quân sự)", "centre_operating")
    found = internal_rows(
        faulty, "SELECT given_text, indicator FROM facts.rejected_values WHERE source_place = 'Biểu 01!B9'"
    )
    assert found == [(None, "centre_operating")]
    hashes = internal_rows(faulty, "SELECT sha256 FROM facts.submissions WHERE submission_id = '000002-tiny'")
    assert hashes == [(None,)]


def test_the_name_of_a_sheet_and_the_evidence_are_not_quoted_either(faulty: Path) -> None:
    with closing(open_for_writing(faulty)) as connection:
        connection.execute(
            "UPDATE facts.observations SET source_place = 'Quân sự!B7', evidence = '12/QĐ Ban Chỉ huy quân sự' "
            "WHERE indicator = 'centre_operating'"
        )
    found = internal_rows(
        faulty, "SELECT DISTINCT source_place, evidence FROM facts.observations WHERE indicator = 'centre_operating'"
    )
    assert found == [("…!B7", None)]


def test_a_code_that_got_into_a_lower_file_stops_the_publishing(first: Path, tmp_path: Path) -> None:
    restricted = first / file_name("restricted")
    for statement in (
        "UPDATE reference.aliases SET note = 'military_assistants'",
        "INSERT INTO reference.aliases BY NAME SELECT 'see military_assistants' AS alias",
        "COMMENT ON COLUMN marts.chase_list.rank IS 'like military_assistants'",
        "INSERT INTO marts.national_progress BY NAME SELECT 'military_assistants' AS indicator",
    ):
        lower = tmp_path / "internal.duckdb"
        lower.write_bytes((first / file_name("internal")).read_bytes())
        leaks.check(restricted, lower, "internal")
        with closing(open_for_writing(lower)) as connection:
            changed = connection.execute(statement).fetchall()
        if changed == [(0,)]:
            continue
        with pytest.raises(LeakFound, match="Nothing was published") as caught:
            leaks.check(restricted, lower, "internal")
        assert "military" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "is_hidden"),
    [
        ("mọi khối, kể cả Ban Chỉ huy quân sự cấp xã", True),
        ("Bao cao quan su thang 2.xlsx", True),
        ("số cơ quan sử dụng hệ thống", False),
        ("theo BCHQS tỉnh", True),
        ("Commune MILITARY command", True),
        ("xem military_posts_filled", True),
        ("Trung tâm Phục vụ hành chính công cấp xã", False),
        ("", False),
    ],
)
def test_what_speaks_of_something_hidden(text: str, is_hidden: bool) -> None:
    hidden = Hidden(
        {}, frozenset({"military_posts_filled"}), frozenset({"military"}),
        frozenset({("quân", "sự"), ("military", "command"), ("chỉ", "huy")}), frozenset({"bchqs"}),
    )  # fmt: skip
    assert hidden.is_spoken_of(text) is is_hidden


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rows by province",
        "rows by",
        "everyone; derived",
        "from secret",
        "from internal",
        "texts note",
        "everyone; everyone",
        "everyone; same with staffing",
        "derived anew",
    ],
)
def test_a_declaration_in_other_words_is_refused(text: str) -> None:
    with pytest.raises(ClearanceInvalid, match=r"marts\.table: .* expected .*rows by CODE"):
        read_declaration(text, "marts.table")
