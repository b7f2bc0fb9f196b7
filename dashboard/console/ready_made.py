"""The questions of `sql/adhoc/`: each file is one SELECT under a header that says what it answers, and where.

    -- Vietnamese title | English title
    -- question: Vietnamese question | English question
    -- page: name of the page that shows the same figure
    -- choose: label of a filter = option (a second one after ` › `), empty where the page opens with the figure
    -- codes: what the address then says, as `name=code&name=code`
    -- answer: column of the first row that holds the figure

`tests/dashboard/test_questions.py` follows the clicks and compares the figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from dashboard.access import Reader
from dashboard.language import Language
from dashboard.pages import PAGES
from dashboard.settings import REPOSITORY

FOLDER = REPOSITORY / "sql" / "adhoc"
_FIELD = re.compile(r"-- (question|page|choose|codes|answer): ?(.*)")
Wording = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One file. `choices` are (label, option) in Vietnamese, `codes` what they leave in the address."""

    name: str
    title: Wording
    question: Wording
    page: str
    choices: tuple[tuple[str, str], ...]
    codes: dict[str, str]
    answer: str
    select: str

    @property
    def clicks(self) -> list[str]:
        """From the start page: an entry of the menu (none where the start page itself answers), then the choices."""
        screen = PAGES[self.page]
        menu = [f"{screen.group} › {screen.title}"] if screen.group else []
        return [*menu, *(f"{label}: {option}" for label, option in self.choices)]

    def sql(self, language: Language) -> str:
        """What stands in the editor: the question as a comment, then the SELECT."""
        return f"-- {language.pick(*self.question)}\n{self.select}"


def wording(text: str) -> Wording:
    """`Vietnamese | English`, as in the notes of the database; the same twice where there is one only."""
    vietnamese, _, english = text.partition(" | ")
    return vietnamese.strip(), english.strip() or vietnamese.strip()


def read(path: Path) -> Question:
    """One file of the folder. A header without one of its fields is a KeyError that a test sees."""
    lines = path.read_text(encoding="utf-8").splitlines()
    count = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    fields = {found[1]: found[2].strip() for line in lines[:count] if (found := _FIELD.fullmatch(line))}
    choices = [choice.split(" = ", 1) for choice in fields["choose"].split(" › ") if choice]
    return Question(
        name=path.stem,
        title=wording(lines[0].removeprefix("-- ")),
        question=wording(fields["question"]),
        page=fields["page"],
        choices=tuple((label, option) for label, option in choices),
        codes=dict(parse_qsl(fields["codes"])),
        answer=fields["answer"],
        select="\n".join(lines[count:]).strip() + "\n",
    )


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """All of them by name, in the order of the file names (which begin with their number)."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.sql"))}


def questions_for(reader: Reader) -> dict[str, Question]:
    """Those whose answer stands on a page that the reader may open: the others ask tables that his file has not."""
    return {name: each for name, each in questions().items() if PAGES[each.page].is_open_to(reader)}
