"""docs/performance.md, section by section: what was measured anew replaces its section, the others keep their text.

What follows a heading of the third level in a section was written by a person (why a target is missed, say) and stays.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.report import Section, machine
from pipelines.settings import TIMEZONE

INTRODUCTION = """# Performance

Written by `python -m bench --full --write`, or a part of it at a time (`--only NAME`); `make bench` prints a smaller
run in a quarter of an hour. What counts are the ratios: both sides of each were measured in the same minutes on the
same machine. Seconds depend on the machine:

"""
_HEADING = re.compile(r"^## ", re.MULTILINE)
_WRITTEN = "\n### "


def with_sections(text: str, sections: Sequence[Section], order: Sequence[str]) -> str:
    """The page with these sections in the place of those of the same title; `order` are all titles as they stand.

    A section that the page has and `order` does not is of a measurement that is no longer made, and goes.
    """
    bodies = {part.partition("\n")[0]: f"## {part.strip()}\n" for part in _HEADING.split(text)[1:]}
    for section in sections:
        _, heading, written = bodies.get(section.title, "").partition(_WRITTEN)
        bodies[section.title] = f"{section.markdown()}\n{_moment()}\n{heading}{written}"
    kept = [bodies[title] for title in order if title in bodies]
    return "\n".join([f"{INTRODUCTION}{machine()}\n", *kept])


def write_sections(path: Path, sections: Sequence[Section], order: Sequence[str]) -> None:
    """Brings the page up to date."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(with_sections(text, sections, order), encoding="utf-8")


def _moment() -> str:
    """When a section was measured, and how busy the machine was in the minutes before it was written."""
    day = datetime.datetime.now(ZoneInfo(TIMEZONE)).date()
    return f"Measured on {day:%d/%m/%Y}; load average of the last quarter of an hour {os.getloadavg()[2]:.1f}."
