"""A country of three provinces: the repo's reference tables without everybody else's rows."""

from __future__ import annotations

import csv
from pathlib import Path

from pipelines.settings import REPOSITORY

# Few communes, and the two that no table may be without: Hoàng Sa (48) and Trường Sa (56).
PROVINCES = frozenset({"12", "48", "56"})


def write_reference(directory: Path) -> Path:
    """Writes the tables of the small country."""
    directory.mkdir(parents=True)
    for table in sorted((REPOSITORY / "data" / "reference").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as source:
            rows = csv.DictReader(source)
            kept = [row for row in rows if _is_kept(table.name, row)]
            columns = rows.fieldnames or ()
        with (directory / table.name).open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(kept)
    return directory


def _is_kept(table: str, row: dict[str, str]) -> bool:
    if table == "aliases.csv":
        return row["unit_code"] in PROVINCES
    return table != "published_figures.csv" and row.get("province_code", "12") in PROVINCES
