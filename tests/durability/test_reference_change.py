"""Edited reference tables decide anew about every file ever received."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Night, Rows, dies, in_child, published_rows, whole_night

INDICATOR = "commune_extension_staff"
THIRD = Night(SECOND.as_of_on.replace(month=8, day=15))


def lower_the_bound(home: Path) -> Path:
    """No commune may have more than one person from now on; gives the table as it was."""
    table = home / "reference" / "indicators.csv"
    original = Path(shutil.copy(table, home / "indicators.csv"))
    with original.open(encoding="utf-8", newline="") as source, table.open("w", encoding="utf-8", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row | {"upper": "1"} if row["indicator"] == INDICATOR else row for row in rows)
    return original


def largest(rows: Rows) -> float:
    return max(row[5] for row in rows["facts.observations"] if row[3] == INDICATOR)


def test_the_next_night_gates_every_file_again(finished: Path) -> None:
    before = published_rows(finished)
    lower_the_bound(finished)
    in_child(whole_night, finished, THIRD)
    after = published_rows(finished)
    assert largest(before) > 1
    assert largest(after) == 1
    assert [row[:8] for row in after["facts.submissions"]] == [row[:8] for row in before["facts.submissions"]]
    assert len(after["facts.rejected_values"]) > len(before["facts.rejected_values"])


def test_a_change_that_is_taken_back_after_a_night_died_over_it_leaves_no_trace(home: Path, expected: Rows) -> None:
    original = lower_the_bound(home)
    dies(home, SECOND, Death("pipelines.facts.ledger:append"))
    shutil.copy(original, home / "reference" / "indicators.csv")
    in_child(whole_night, home, SECOND)
    assert published_rows(home) == expected
