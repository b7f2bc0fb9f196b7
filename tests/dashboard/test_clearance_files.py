"""What must not be in the file of a lower clearance is searched for in its bytes and in every text of its tables."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from dashboard.warehouse import CLOSED
from tests.dashboard.published_database import KINDS, REFERENCE

# Words of the labels; each stands in some table or note of the restricted file.
MILITARY = ("military", "Ban Chỉ huy quân sự", "quân sự", "Chỉ huy trưởng", "Chính trị viên phó", "BCHQS", "sĩ quan")
STAFFING = ("staff_present", "staff_allocated", "obstacles_r", "staffing_", "Biên chế giao", "biên chế được giao")
FORBIDDEN = {"internal": MILITARY, "public": (*MILITARY, *STAFFING)}
PLACES = [(kind, clearance) for kind in KINDS for clearance in FORBIDDEN]


def file_of(homes: dict[str, Path], kind: str, clearance: str) -> Path:
    return (homes[kind] / "published" / "current").resolve() / f"{clearance}.duckdb"


def hidden_codes(clearance: str) -> list[str]:
    with (REFERENCE / "indicators.csv").open(encoding="utf-8", newline="") as file:
        seen = {"public": ("public",), "internal": ("public", "internal")}[clearance]
        return [row["indicator"] for row in csv.DictReader(file) if row["sensitivity"] not in seen]


def texts_with(database: Path, words: tuple[str, ...]) -> list[str]:
    """The columns with a text that holds one of the words; bytes alone would miss what DuckDB has compressed."""
    with closing(duckdb.connect(str(database), read_only=True, config=CLOSED)) as connection:
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal AND data_type = 'VARCHAR'"
        ).fetchall()
        return [
            f"{table}.{column}"
            for table, column in columns
            if connection.execute(
                f'SELECT 1 FROM {table} WHERE list_bool_or([contains("{column}", word) FOR word IN $words]) LIMIT 1',
                {"words": list(words)},
            ).fetchall()
        ]


@pytest.mark.parametrize(("kind", "clearance"), PLACES)
def test_no_byte_of_a_lower_file_speaks_of_what_is_above_it(homes: dict[str, Path], kind: str, clearance: str) -> None:
    words = (*FORBIDDEN[clearance], *hidden_codes(clearance))
    content = file_of(homes, kind, clearance).read_bytes()
    assert [word for word in words if word.encode() in content] == []


@pytest.mark.parametrize(("kind", "clearance"), PLACES)
def test_no_text_of_a_lower_file_speaks_of_what_is_above_it(homes: dict[str, Path], kind: str, clearance: str) -> None:
    assert texts_with(file_of(homes, kind, clearance), (*FORBIDDEN[clearance], *hidden_codes(clearance))) == []


def test_the_search_finds_what_is_in_the_restricted_file(homes: dict[str, Path]) -> None:
    database = file_of(homes, "normal", "restricted")
    content = database.read_bytes()
    assert [word for word in FORBIDDEN["public"] if word.encode() not in content] == []
    assert "reference.published_figures.note" in texts_with(database, ("Ban Chỉ huy quân sự",))


@pytest.mark.parametrize("clearance", FORBIDDEN)
def test_what_may_be_seen_is_there(homes: dict[str, Path], clearance: str) -> None:
    lower, restricted = (file_of(homes, "normal", name) for name in (clearance, "restricted"))
    with closing(duckdb.connect()) as connection:
        for name, path in (("lower", lower), ("whole", restricted)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        for table in ("facts.observations", "marts.province_progress", "marts.directive_history"):
            seen = "SEMI JOIN lower.reference.indicators USING (indicator) SELECT COUNT(*)"
            assert (
                connection.execute(f"FROM lower.{table} SELECT COUNT(*)").fetchall()
                == connection.execute(f"FROM whole.{table} {seen}").fetchall()
            )
