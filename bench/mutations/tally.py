"""Verdicts counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bench.mutations.night import Verdict
from bench.mutations.workers import MEMORY_TARGET, BatchResult

Cell = tuple[str, str, str]
"""Format, change, status."""


@dataclass
class Tally:
    """What became of all files of a seed."""

    seed: int
    seconds: float = 0.0
    count: int = 0
    peak_bytes: int = 0
    cells: Counter[Cell] = field(default_factory=Counter)
    with_findings: list[Verdict] = field(default_factory=list)
    slowest: Verdict | None = None
    taken: int = 0
    changed: int = 0
    files_changed: int = 0
    read_by_ours_alone: int = 0

    def add(self, result: BatchResult) -> None:
        """Counts a batch."""
        self.peak_bytes = max(self.peak_bytes, result.peak_bytes)
        for verdict in result.verdicts:
            self.count += 1
            self.cells[verdict.file.partition(",")[0], verdict.change, verdict.status] += 1
            self.taken += verdict.taken
            self.changed += verdict.changed
            self.files_changed += verdict.changed > 0
            self.read_by_ours_alone += not verdict.was_read_again
            if verdict.findings:
                self.with_findings.append(verdict)
            if self.slowest is None or verdict.seconds > self.slowest.seconds:
                self.slowest = verdict

    @property
    def is_small(self) -> bool:
        """Whether memory stayed below its limit."""
        return self.peak_bytes < MEMORY_TARGET
