"""The script that Streamlit runs: reader, language, published version, navigation, and what stands above every page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import access, audit, links, pages, paper, parts, past, release, sign_in_page
from dashboard.access import CLEARANCES, Reader
from dashboard.blocks import find
from dashboard.language import Language, language
from dashboard.settings import load_settings
from dashboard.view import prepare
from dashboard.warehouse import open_published
from dashboard.welcome import welcome

FIRST = "overview"
MENUS = "menus"


def menus(reader: Reader, words: Language) -> dict[str, list[st.Page]]:
    """The pages that a reader may open by menu, in his language; whoever may not open the first starts on his own."""
    allowed = pages.open_to(reader)
    grouped: dict[str, list[st.Page]] = {}
    for name, screen in allowed.items():
        page = st.Page(pages.script(name), title=words.text(screen.title), url_path=screen.path, default=name == FIRST)
        grouped.setdefault(words.text(screen.group), []).append(page)
    if FIRST not in allowed:
        (own, *_others), *_groups = grouped.values()
        start = st.Page(
            lambda: st.switch_page(own), title=own.title, url_path="bat-dau", default=True, visibility="hidden"
        )
        grouped.setdefault("", []).append(start)
    return grouped


def kept_menus(reader: Reader, words: Language) -> dict[str, list[st.Page]]:
    """The same menus as in the session's last run: making twenty pages looks for twenty files, a tenth of a run."""
    kept: dict[tuple[str, Reader], dict[str, list[st.Page]]] = st.session_state.setdefault(MENUS, {})
    key = (words.code, reader)
    if key not in kept:
        kept.clear()
        kept[key] = menus(reader, words)
    return kept[key]


def main() -> None:
    """One run of the screen."""
    st.set_page_config("Tiến Độ", page_icon=str(parts.ASSETS / "favicon.png"), layout="wide")
    settings, reader = load_settings(), access.current_reader()
    parts.style_sheet()
    with st.container(horizontal=True, vertical_alignment="center"):
        head = st.container(width="stretch")
        search = st.container(width="content")
        when = st.container(width="content", horizontal=True)
        who = st.container(width="content")
        words = language(links.choose_language())
    if not pages.open_to(reader):
        with head:
            parts.name_plate(words)
        st.navigation(sign_in_page.in_place_of_pages(reader, words), position="hidden").run()
        return
    with who:
        sign_in_page.account(reader, words)
    page = st.navigation(kept_menus(reader, words), position="top")
    audit.came(reader)
    published = open_published(settings.current, reader.clearance or CLEARANCES[0])
    if published is None:
        welcome(settings, reader, words)
        return
    if not release.is_readable(published):
        release.refuse(words)
        return
    question = past.asked() if past.is_offered(reader) else None
    with when:
        if past.is_offered(reader):
            past.choose(published, words, question)
        paper.switch(words)
    if question:
        then = past.go_back(published, question, reader.clearance or CLEARANCES[0])
        if isinstance(then, str):
            past.refused(words, then)
            return
        published, settings = then, replace(settings, today=question.known_on)
    view = prepare(published, words, settings, question.known_on if question else None, reader)
    with head:
        parts.masthead(view)
    if pages.PAGES["province"].is_open_to(reader):
        with search:
            find.anywhere(view, page)
    audit.opened(
        reader, page.url_path or pages.PAGES[FIRST].path, filters=links.asked(), clearance=reader.clearance or ""
    )
    if question:
        past.notice(words, question)
    parts.notices(view)
    paper.margins(view)
    page.run()
    parts.footer(view)


main()
