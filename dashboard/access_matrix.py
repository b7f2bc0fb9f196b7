"""`python -m dashboard.access_matrix`: writes who may open and do what into `docs/security.md`, between its markers."""

from __future__ import annotations

import sys

from dashboard import guards
from dashboard.access import ACTIONS, NOBODY, ROLES, Reader
from dashboard.pages import PAGES
from dashboard.settings import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "security.md"
BEGIN, END = "<!-- matrix: begin -->", "<!-- matrix: end -->"
YES, NO, OWN = "yes", "–", "own province"
SAMPLE_PROVINCE = "91"
WORDS = {
    "see": "pages with figures",
    "export": "tables as CSV and Excel, the brief",
    "query": "SQL, on the file of the own clearance",
    "landed_file": "a file as it was received, with every sheet of it",
    "send": "check a report and send it",
    "review": "settle what waits for a person",
    "read_audit": "the access log, the server's own measurements",
}


def readers() -> dict[str, Reader]:
    """One reader per role, and one without any."""
    named = {role: Reader(role, role, frozenset({role}), None) for role in ROLES}
    named["provincial"] = Reader("provincial", "provincial", frozenset({"provincial"}), SAMPLE_PROVINCE)
    return {**named, "nobody": NOBODY}


def may_open(reader: Reader, page: str) -> str:
    """The cell of a page."""
    if not PAGES[page].is_open_to(reader):
        return NO
    return OWN if PAGES[page].of_province else YES


def may_do(reader: Reader, action: str) -> str:
    """The cell of an action."""
    if not reader.may(action):
        return NO
    return OWN if action == "send" and reader.sends_for else YES


def matrix() -> str:
    """Both tables as Markdown."""
    by_name = readers()
    head = ["| | " + " | ".join(by_name) + " |", "| --- |" + " --- |" * len(by_name)]
    clearance = "| figures | " + " | ".join(reader.clearance or NO for reader in by_name.values()) + " |"
    paths = [
        f"| `/{screen.path}` {screen.title} | "
        + " | ".join(may_open(reader, name) for reader in by_name.values())
        + " |"
        for name, screen in PAGES.items()
    ]
    actions = [
        f"| {WORDS[action]} | " + " | ".join(may_do(reader, action) for reader in by_name.values()) + " |"
        for action in ACTIONS
    ]
    beside = [
        f"| `{path}` | " + " | ".join(may_do(reader, action) for reader in by_name.values()) + " |"
        for path, action in guards.NEEDS.items()
    ]
    media = "| `/media/…` made for somebody else | " + " | ".join(NO for _reader in by_name) + " |"
    return "\n".join([*head, clearance, *paths, *actions, *beside, media])


def written(document: str) -> str:
    """The document with the matrix of now."""
    before, _begin, rest = document.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{matrix()}\n{END}{after}"


def main() -> int:
    """Writes the document anew."""
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
