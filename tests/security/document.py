"""`python -m tests.security.document`: writes the attacks that are tried into `docs/security.md`."""

from __future__ import annotations

import sys
from itertools import groupby

from dashboard.settings import REPOSITORY
from tests.security.hostile_files import FILES
from tests.security.sql_attacks import ATTACKS, STOPS

DOCUMENT = REPOSITORY / "docs" / "security.md"
LONGEST = 110


def shown(sql: str) -> str:
    """A statement as code in a table: signs that can't be seen are spelled out, long ones cut."""
    visible = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in sql)
    cut = visible if len(visible) <= LONGEST else f"{visible[:LONGEST]}…"
    return f"`{cut}`".replace("|", "\\|") if cut else "(nothing)"


def sql_attacks() -> str:
    """One table per family: what was asked, what stops it."""
    parts = []
    for family, attacks in groupby(ATTACKS, key=lambda attack: attack.family):
        rows = [f"| {shown(attack.sql)} | {STOPS[attack.stopped_by]} |" for attack in attacks]
        parts.append(
            "\n".join([f"**{family}** ({len(rows)})", "", "| attack | what stops it |", "| --- | --- |", *rows])
        )
    return "\n\n".join([f"{len(ATTACKS)} attacks.", *parts])


def hostile_files() -> str:
    """What is sent, and what stops it."""
    rows = [f"| `{file.name}` | {file.attack} | {file.stopped_by} |" for file in FILES]
    return "\n".join(["| file | attack | what stops it |", "| --- | --- | --- |", *rows])


PARTS = {"sql attacks": sql_attacks, "hostile files": hostile_files}


def written(document: str) -> str:
    """The document with its tables as the attacks are now."""
    for name, make in PARTS.items():
        begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
        head, _, rest = document.partition(begin)
        document = head + begin + make() + end + rest.partition(end)[2]
    return document


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT}: {len(ATTACKS)} SQL attacks, {len(FILES)} hostile files\n")


if __name__ == "__main__":
    main()
