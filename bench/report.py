"""Results as Markdown: tables for the screen and for docs/performance.md, with the facts of the machine."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("duckdb", "great-expectations", "dagster", "python-calamine", "pyarrow", "pandas")


@dataclass(frozen=True, slots=True)
class Section:
    """One measurement: what was done, its table, and one sentence per target."""

    title: str
    text: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    verdicts: Sequence[str] = ()

    def markdown(self) -> str:
        """The section as it stands in the page."""
        lines = [f"## {self.title}", "", self.text, "", _line(self.header), _line(["---"] * len(self.header))]
        lines += [_line(row) for row in self.rows]
        lines += ["", *(f"- {verdict}" for verdict in self.verdicts)] if self.verdicts else []
        return "\n".join(lines) + "\n"


def verdict(name: str, measured: float, target: float, unit: str) -> str:
    """`name: 4.10 × (target 6 ×): met`; hundredths only where the target is small."""
    digits = 2 if target < 10 else 1
    outcome = "met" if measured <= target else "MISSED"
    return f"{name}: **{measured:.{digits}f} {unit}** (target {target:g} {unit}): {outcome}"


def percentile(seconds: Sequence[float], share: float) -> float:
    """The wait that so large a share of the waits did not exceed."""
    ordered = sorted(seconds)
    return ordered[max(math.ceil(len(ordered) * share) - 1, 0)]


def milliseconds(seconds: float) -> str:
    """A duration for a table; tenths only where they say something."""
    return f"{seconds * 1000:.1f}" if seconds < 0.01 else f"{seconds * 1000:,.0f}"


def machine() -> str:
    """Processor, memory and versions that the figures belong to."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {packages}."
    )


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
