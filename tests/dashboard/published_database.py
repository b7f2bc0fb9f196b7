"""Builds the three published versions that the page tests read: normal, empty and late, each with one file a clearance.

- `normal`: seven simulated reporting days up to 25/02/2026; one province missing and one late on the newest.
- `empty`: nothing was ever received; reference tables and published figures only.
- `late`: real reports, the newest of 15/01/2026, read on 28/02/2026; three provinces never reported.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.clearance import LOWER
from pipelines.publish.lower import write_lower
from tests.built_once import built_once

KINDS = ("normal", "empty", "late")
TODAY = "2026-02-28"
REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
MARTS = REFERENCE.parents[1] / "sql" / "marts"
# Marts that the models themselves can make of the tables written by hand, in building order.
DERIVED = (
    "chain_stages",
    "chain_funnel",
    "extension_chain",
    "staffing_gaps",
    "staffing_balance",
    "military_positions",
    "military_staffing",
    "submission_contents",
    "reporting_periods",
    "reporting_league",
    "chase_list",
    "verification_claims",
    "verification_sample",
    "outliers",
    "published_reconciliation",
)
DAYS = ["2025-12-15", "2025-12-31", "2026-01-15", "2026-01-31", "2026-02-13", "2026-02-15", "2026-02-25"]
LATE_DAYS = ["2025-12-15", "2025-12-31", "2026-01-15"]


def give(factory: pytest.TempPathFactory, home: Path, kind: str) -> Path:
    """A home with a copy of that kind's published version, free to be altered; the path of its `restricted.duckdb`."""
    built = built_once(factory, f"published-{kind}", lambda folder: build(folder, kind))
    shutil.copytree(built, home, symlinks=True, dirs_exist_ok=True)
    return home / "published" / "000001" / "restricted.duckdb"


def build(home: Path, kind: str) -> Path:
    """Write `<home>/published/000001`, point `current` at it, return the path of its `restricted.duckdb`.

    The files of the lower clearances beside it are made from that one as a night makes them.
    """
    variables: dict[str, str | list[str]] = {
        "reference": str(REFERENCE),
        "days": {"normal": DAYS, "empty": [], "late": LATE_DAYS}[kind],
        "missing": ["11", "12", "96"] if kind == "late" else [],
        "origin": "simulated" if kind == "normal" else "reported",
        "known_at": "2026-01-18 01:30" if kind == "late" else "2026-02-28 01:30",
    }
    folder = home / "published" / "000001"
    folder.mkdir(parents=True)
    path = folder / "restricted.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, value in variables.items():
            connection.execute(
                f"SET VARIABLE {name} = $value::{'VARCHAR' if isinstance(value, str) else 'VARCHAR[]'}",
                {"value": value},
            )
        connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        connection.execute("CREATE SCHEMA work")
        connection.execute("CREATE TABLE work.refresh_days AS SELECT as_of_on FROM days")
        for name in DERIVED:
            model = (MARTS / f"{name}.sql").read_text(encoding="utf-8")
            connection.execute(f"CREATE TABLE marts.{name} AS {model}")
        draw = (MARTS / "verification_draw.sql").read_text(encoding="utf-8")
        connection.execute(f"CREATE MACRO marts.verification_draw(seed_number, size_per_stratum) AS TABLE {draw}")
        connection.execute("DROP SCHEMA work CASCADE")
    for clearance in LOWER:
        write_lower(path, folder / f"{clearance}.duckdb", clearance)
    (home / "published" / "current").symlink_to(folder.name)
    return path
