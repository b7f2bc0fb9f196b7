"""A copy of the repo's reference tables that a test may edit, the way a person edits them: rows and cells."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines.reference.faults import Fault, ReferenceFaults
from pipelines.reference.load import load_reference

REPO_TABLES = Path(__file__).resolve().parents[2] / "data" / "reference"


@dataclass(frozen=True)
class EditedTables:
    """A folder of reference tables."""

    folder: Path

    @classmethod
    def copy_to(cls, folder: Path) -> EditedTables:
        """The repo's tables, copied into `folder`."""
        for file in REPO_TABLES.glob("*.csv"):
            shutil.copy(file, folder / file.name)
        return cls(folder)

    def rows(self, file: str) -> list[dict[str, str]]:
        """The rows of a file, all cells as text."""
        with (self.folder / file).open(encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source))

    def change(self, file: str, key: str, column: str, text: str) -> int:
        """Writes `text` into the first row whose first cell is `key`; returns its row as an editor shows it."""
        rows = self.rows(file)
        at = next(i for i, row in enumerate(rows) if next(iter(row.values())) == key)
        rows[at][column] = text
        self._write(file, rows)
        return at + 2

    def add(self, file: str, **cells: str) -> int:
        """Appends a row like the last one, with these cells different; returns its row as an editor shows it."""
        rows = self.rows(file)
        header = (self.folder / file).read_text(encoding="utf-8").splitlines()[0].split(",")
        like = rows[-1] if rows else dict.fromkeys(header, "")
        self._write(file, [*rows, {**like, **cells}])
        return len(rows) + 2

    def drop(self, file: str, key: str) -> None:
        """Removes every row whose first cell is `key`."""
        self._write(file, [row for row in self.rows(file) if next(iter(row.values())) != key])

    def faults(self) -> tuple[Fault, ...]:
        """What loading the folder complains about; nothing if it loads."""
        try:
            load_reference(self.folder)
        except ReferenceFaults as refused:
            return refused.faults
        return ()

    def _write(self, file: str, rows: list[dict[str, str]]) -> None:
        with (self.folder / file).open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
