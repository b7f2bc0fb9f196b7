"""Whether this version of the program can read a published file, and what a reader is told where it cannot."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.language import Language
from dashboard.warehouse import OTHER_FORMAT, Published

# The releases (first two numbers of a version) whose files have the tables that the pages ask for.
READABLE_RELEASES = frozenset({"0.1"})


def is_readable(published: Published) -> bool:
    """By the version that the file bears; one that bears none, or not where it is looked for, is not."""
    try:
        return release_of(str(published.row("run")["code_version"])) in READABLE_RELEASES
    except OTHER_FORMAT:
        return False


def refuse(language: Language) -> None:
    """What stands in place of the pages."""
    _ = language.text
    st.title(_("Số liệu công bố thuộc phiên bản khác của chương trình"))
    explanation = _(
        "Bản công bố hiện tại do phiên bản khác của chương trình ghi, nên không thể hiển thị đúng. "
        "Người vận hành chạy tiendo nightly bằng phiên bản đang cài, rồi tải lại trang."
    )
    st.html(markup.lead([explanation]))


def release_of(version: str) -> str:
    """`0.1.7` → `0.1`."""
    return ".".join(version.split(".")[:2])
