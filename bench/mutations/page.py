"""The result as a page: what was done, how it ended, by format and by kind of damage."""

from __future__ import annotations

from collections import Counter

from bench.mutations.tally import Tally
from bench.mutations.workers import BATCH, FILE_SECONDS, MEMORY_TARGET
from bench.report import machine

_STATUSES = ("accepted", "partial", "needs_review", "rejected", "duplicate", "crashed", "lost")
_INTRODUCTION = """# Robustness

Written by `make mutations` (`python -m bench.mutations --write`). Two right reports of a province with ten communes —
our form, and a table of the province's own — are written in every format that is read, then damaged: bytes changed,
cut off, repeated or zeroed; entries of the archive swapped, renamed or dropped; XML changed inside; cells, rows,
columns and sheets swapped, shifted, merged or emptied; names and numbers written otherwise; the title's day or province
replaced.
Each file goes through gate, ledger and answers as in a night, in batches of {batch}, in a process that is watched.

A finding is: a crash; more than {seconds:g} seconds for one file; more than {memory:,} MiB of memory; a file without a
status, or one not taken without reason and fix; counts that are not those of the ledger's rows; **a value that is not
the right report's, is not said by the damaged file itself, and carries no warning**. Whether the file says it is judged
by other programs (openpyxl, xlrd, python-docx, csv, lxml): the cell holds the number, its row names exactly that unit,
its column that indicator. Where the damage leaves the meaning alone (a name in upper case, `3.193` for 3193), only the
right value will do. `python -m bench.mutations --only N --keep FOLDER` writes file N for a closer look.
"""


def page(tally: Tally) -> str:
    """The page in Markdown."""
    assert tally.slowest is not None
    slowest = f"{tally.slowest.seconds:.1f} s ({tally.slowest.file}; {tally.slowest.change})"
    verdict = "no findings" if not tally.with_findings else f"**findings in {len(tally.with_findings)} files**"
    lines = [
        _INTRODUCTION.format(batch=BATCH, seconds=FILE_SECONDS, memory=MEMORY_TARGET >> 20),
        machine(),
        "",
        f"## Seed {tally.seed}, {tally.count:,} files: {verdict}",
        "",
        f"- {tally.seconds / 60:.1f} minutes; the slowest file took {slowest}; at most {tally.peak_bytes >> 20:,} MiB "
        "of memory in one process",
        f"- {tally.taken:,} values taken; {tally.changed:,} of them, in {tally.files_changed:,} files, are not "
        "those of the right report",
        f"- {tally.read_by_ours_alone:,} files with such values were looked at with our own readers only",
        "",
        *_table("format", tally, 0),
        "",
        *_table("damage", tally, 1),
        "",
        *_findings(tally),
    ]
    return "\n".join(lines)


def _table(title: str, tally: Tally, axis: int) -> list[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for cell, count in tally.cells.items():
        counts[cell[axis], cell[2]] += count
    statuses = [status for status in _STATUSES if any(key[1] == status for key in counts)]
    lines = [f"| {title} | files | {' | '.join(statuses)} |", "| --- |" + " --- |" * (len(statuses) + 1)]
    for name in sorted({key[0] for key in counts}):
        row = [counts[name, status] for status in statuses]
        lines.append(
            f"| {name} | {sum(counts[name, each] for each in _STATUSES):,} | {' | '.join(f'{n:,}' for n in row)} |"
        )
    return lines


def _findings(tally: Tally) -> list[str]:
    """The first finding of each file that has some."""
    if not tally.with_findings:
        return []
    lines = ["| file | what it was | damage | status | first finding |", "| --- |" + " --- |" * 4]
    for verdict in sorted(tally.with_findings, key=lambda item: item.number):
        finding = verdict.findings[0].replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {verdict.number} | {verdict.file} | {verdict.change} | {verdict.status} | {finding[:300]} |")
    return [*lines, ""]
