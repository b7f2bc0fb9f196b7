"""Texts of the reference tables that people write in Vietnamese, in the reader's language: notes, publishers, reasons.

The tables have one wording; its English stands in `locale/en/LC_MESSAGES/reference.po`, and a test names what it lacks.
A text without English (of an older version, or with words of a province in it) is shown as a quotation.
"""

from __future__ import annotations

import re

from dashboard.language import Language
from dashboard.pages import marked
from dashboard.vocabulary import quoted

# The reasons that `sql/reference/denominators.sql` gives.
USUAL_REASONS = (marked("Mỗi tỉnh, thành phố một đơn vị"), marked("Mỗi xã, phường, đặc khu một đơn vị"))
PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
STORED = re.compile(r"(\d{3})_[0-9a-f]{16}\.txt")


def reference_text(vietnamese: str | None, language: Language) -> str:
    """A text of a reference table as this reader can read it; '' for none."""
    if not vietnamese or language.code == "vi":
        return vietnamese or ""
    english = language.text(vietnamese)
    return quoted(vietnamese, language) if english == vietnamese else english


def expected(said: str | None, template: str | None, language: Language) -> str:
    """What a rule asks for, as a province was told: `said` is the rule's `template` with its places filled."""
    if not said or language.code == "vi":
        return said or ""
    english = language.text(template or "")
    filled = re.fullmatch(PLACEHOLDER.sub(r"(?P<\1>.*)", re.escape(template or "")), said, re.DOTALL)
    return quoted(said, language) if english == template or filled is None else english.format(**filled.groupdict())


def stored_document(source: str | None, language: Language) -> str | None:
    """A document that the Ministry keeps, by its number; None for what can be opened by its address."""
    if not source or source.startswith("https://"):
        return None
    number = STORED.fullmatch(source)
    return language.text("bản lưu số {number}").format(number=number[1]) if number else source
