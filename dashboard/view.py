"""What every page of one run shares: the published version, the reader's language, the run behind the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

import streamlit as st

from dashboard import access, audit, links, pages
from dashboard.access import NOBODY, Reader
from dashboard.language import Language
from dashboard.settings import Settings, reader_day
from dashboard.warehouse import Published, Row

KEY = "view"


@dataclass(frozen=True, slots=True)
class View:
    """`run` is the row of `run.sql`; `expected_on` the newest reporting day that should be there on `today`.

    `known_on` is the day that the reader has gone back to, None for the present. `reader` is who looks: `published` was
    opened for his clearance.
    """

    published: Published
    language: Language
    run: Row
    today: date
    expected_on: date | None
    missing_day_count: int
    known_on: date | None = None
    reader: Reader = NOBODY

    @property
    def as_of_on(self) -> date | None:
        """The newest day that any report describes; None before the first report."""
        newest: date | None = self.run["newest_on"]
        return newest

    @property
    def is_simulated(self) -> bool:
        return bool(self.run["is_simulated"])

    @property
    def is_empty(self) -> bool:
        """Nothing was reported yet: published figures are all there is."""
        return self.as_of_on is None

    @property
    def is_late(self) -> bool:
        """The reporting calendar says that newer figures should be here."""
        return not self.is_empty and self.missing_day_count > 0


def prepare(
    published: Published,
    language: Language,
    settings: Settings,
    known_on: date | None = None,
    reader: Reader = NOBODY,
) -> View:
    """Read what the whole screen depends on, and leave it where the page finds it."""
    run = published.row("run")
    today = reader_day(settings, run["known_at"], run["is_simulated"])
    position = published.row("calendar_position", today=today, newest_on=run["newest_on"])
    view = View(
        published, language, run, today, position["expected_on"], position["missing_day_count"], known_on, reader
    )
    st.session_state[KEY] = view
    return view


def current_view() -> View:
    """What `prepare` left for the page that is being drawn. A part that is drawn alone after the session is over has
    the whole screen drawn anew, which then asks for the sign-in.
    """
    view: View = st.session_state[KEY]
    if view.reader != access.current_reader():
        st.rerun()
    return view


def page_view(name: str) -> View:
    """The same for a page, by its name in `pages.PAGES`: whoever may not open it gets a sentence and nothing else."""
    view = current_view()
    if not pages.PAGES[name].is_open_to(view.reader):
        refuse(view)
    return view


def refuse(view: View) -> NoReturn:
    """Ends the run of a page that this reader may not have."""
    _ = view.language.text
    asked = {"page": st.context.url or "", "filters": links.asked()}
    audit.record(audit.REFUSED, view.reader.subject, asked, view.reader.roles)
    st.error(_("Tài khoản của bạn không được phép xem trang này. Nếu cần, hãy hỏi người quản trị quyền truy cập."))
    st.stop()
