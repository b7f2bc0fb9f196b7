"""The questions of `sql/adhoc/` as the document `docs/questions.md`: `python -m dashboard.console.questions`."""

from __future__ import annotations

import sys

from dashboard.console.ready_made import Question, questions
from dashboard.pages import PAGES

HEAD = """# Analysts' questions

The questions that analysts ask most, each with the clicks that lead to the figure and with the SQL that gives the same
figure: `tests/dashboard/test_questions.py` follows the clicks, runs the SQL and compares.

A click is a choice: an entry of the menu, or an option of a list (opening the menu or the list is not counted). The
start page is Tổng quan; no question is more than three clicks away. The address does the same in one step.

Every query is ready on the page *Truy vấn SQL* (list *Câu hỏi thường gặp*) and in the shell:
`tiendo sql --ask 10_province_overdue`. The part `chosen` at its top holds what to change: a province, a directive, an
indicator.

This page is written by `make docs` from the heads of the files in [sql/adhoc](../sql/adhoc).
"""


def text() -> str:
    """The whole document."""
    return "\n".join([HEAD, *(section(number, each) for number, each in enumerate(questions().values(), start=1))])


def section(number: int, question: Question) -> str:
    """One question: Vietnamese, English, clicks, address, SQL."""
    screen = PAGES[question.page]
    path = "" if question.page == "overview" else screen.path
    codes = "&".join(f"{name}={code}" for name, code in question.codes.items())
    count = len(question.clicks)
    clicks = " → ".join(f"*{click}*" for click in question.clicks) if count else f"none: it stands on *{screen.title}*"
    return "\n".join(
        [
            f"## {number}. {question.question[0]}",
            "",
            question.question[1],
            "",
            f"- clicks ({count}): {clicks}",
            f"- address: `/{path}{'?' if codes else ''}{codes}`",
            f"- SQL: [{question.name}](../sql/adhoc/{question.name}.sql), column `{question.answer}` of the first row",
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(text())
