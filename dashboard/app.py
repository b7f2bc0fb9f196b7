"""The script that Streamlit runs: language, published version, navigation, and what stands above every page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import links, pages, paper, parts, past
from dashboard.blocks import find
from dashboard.language import Language, language
from dashboard.settings import load_settings
from dashboard.view import prepare
from dashboard.warehouse import open_published
from dashboard.welcome import welcome


def menus(reader: Language) -> dict[str, list[st.Page]]:
    """The pages by menu, in the reader's language."""
    grouped: dict[str, list[st.Page]] = {}
    for name, screen in pages.PAGES.items():
        page = st.Page(
            pages.script(name), title=reader.text(screen.title), url_path=screen.path, default=name == "overview"
        )
        grouped.setdefault(reader.text(screen.group), []).append(page)
    return grouped


def main() -> None:
    """One run of the screen."""
    st.set_page_config("Tiến Độ", page_icon=str(parts.ASSETS / "favicon.png"), layout="wide")
    settings = load_settings()
    published = open_published(settings.current)
    parts.style_sheet()
    with st.container(horizontal=True, vertical_alignment="center"):
        head = st.container(width="stretch")
        search = st.container(width="content")
        when = st.container(width="content", horizontal=True)
        reader = language(links.choose_language())
    page = st.navigation(menus(reader), position="top")
    if published is None:
        welcome(settings, reader)
        return
    question = past.asked()
    with when:
        past.choose(published, reader, question)
        paper.switch(reader)
    if question:
        then = past.go_back(published, question)
        if isinstance(then, str):
            past.refused(reader, then)
            return
        published, settings = then, replace(settings, today=question.known_on)
    view = prepare(published, reader, settings, question.known_on if question else None)
    with head:
        parts.masthead(view)
    with search:
        find.anywhere(view, page)
    if question:
        past.notice(reader, question)
    parts.notices(view)
    paper.margins(view)
    page.run()
    parts.footer(view)


main()
