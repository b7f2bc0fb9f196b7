"""`docs/security.md` lists the attacks that are tried, and no others."""

from __future__ import annotations

from tests.security.document import DOCUMENT, written


def test_the_document_lists_the_attacks_that_are_tried() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert written(document) == document, "docs/security.md is out of date: make docs"
