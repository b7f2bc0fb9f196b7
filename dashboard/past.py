"""Going back: every page as it would have been at the end of an earlier day, for the figures of an earlier day.

The day lives in the address (`biet-den`, `so-lieu-den`), so that a link reproduces the view. The database for it is
made by `tiendo as-known`; the pages do not know that they read another file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard import links, markup
from dashboard.access import HIGHEST, Reader
from dashboard.commands import run_command
from dashboard.language import Language
from dashboard.warehouse import Published

SECONDS = 300
QUESTIONS_KEPT = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to go back to: what was known at the end of a day, about which day's figures."""

    known_on: date
    as_of_on: date | None


def is_offered(reader: Reader) -> bool:
    """Whether a reader may go back. A database is made for it, which takes seconds and room, so it is no toy."""
    return reader.reaches("internal")


def asked() -> Asked | None:
    """What the address says; None for the present."""
    known_on, as_of_on = (_day(links.kept_text(name)) for name in (links.KNOWN_ON, links.FIGURES_ON))
    return Asked(known_on, as_of_on) if known_on else None


def go_back(present: Published, question: Asked, clearance: str) -> Published | str:
    """The database for a question and a clearance, or what stands in its way in the command's own words."""
    found = _database(present.path, present.token, question.known_on, question.as_of_on, clearance)
    path = Path(found)
    if not path.is_file():
        _database.clear()
        return found
    return Published(found, path.stem, path.stat().st_mtime_ns)


@st.cache_data(max_entries=QUESTIONS_KEPT, show_spinner=False)
def _database(path: str, token: int, known_on: date, as_of_on: date | None, clearance: str) -> str:
    """Path of the database, or the reason why there is none. `path` and `token` tell published versions apart."""
    arguments = ["as-known", known_on.isoformat(), "--json"]
    arguments += [f"--as-of={as_of_on.isoformat()}"] if as_of_on else []
    arguments += [f"--clearance={clearance}"] if clearance != HIGHEST else []
    result = run_command(arguments, SECONDS)
    return str(result.data["database"]) if result.is_success and result.data else result.error


def choose(present: Published, language: Language, question: Asked | None) -> None:
    """The button in the head of every page: which day's figures, as known at the end of which day."""
    _ = language.text
    knowledge, run = present.row("knowledge"), present.row("run")
    days: list[date] = sorted(knowledge["reported_days"] or [], reverse=True)
    first, last = knowledge["first_known_on"], run["known_at"].date()
    if not days or first is None or first > last:
        return
    label = _("Xem lại ngày khác")
    if question:
        label = _("Theo hiểu biết ngày {day}").format(day=language.day(question.known_on))
    with st.popover(label, icon=":material/history:"):
        st.caption(_("Mọi trang, bảng tải về hiện như vào cuối ngày được chọn: không tính những gì nhận sau đó."))
        known_on = st.date_input(
            _("Theo những gì đã biết đến hết ngày"),
            min(max(question.known_on, first), last) if question else last,
            min_value=first,
            max_value=last,
            format="DD/MM/YYYY",
            key="past_known_on",
        )
        as_of_on = _figures_of([day for day in days if day <= known_on], language, question)
        columns = st.columns(2)
        if columns[0].button(_("Xem"), type="primary", width="stretch"):
            _leave_in_address(known_on, as_of_on)
        if question and columns[1].button(_("Về hiện tại"), width="stretch"):
            _leave_in_address(None, None)


def _figures_of(days: list[date], language: Language, question: Asked | None) -> date | None:
    """Which day's figures; None for the newest that was there. A list while the days are few, otherwise a calendar."""
    _ = language.text
    label, newest = _("Số liệu của ngày"), _("Ngày mới nhất lúc đó")
    chosen = question.as_of_on if question and question.as_of_on in days else None
    if len(days) <= links.DAYS_LISTED:
        options = [None, *days]
        return st.selectbox(
            label,
            options,
            index=options.index(chosen),
            format_func=lambda day: language.day(day) if day else newest,
            key="past_as_of_on",
        )
    asked = st.date_input(
        label,
        chosen,
        min_value=min(days),
        max_value=max(days),
        format="DD/MM/YYYY",
        help=_("Để trống: ngày mới nhất lúc đó. Ngày không có số liệu: ngày có số liệu gần nhất trước đó."),
        key="past_as_of_day",
    )
    return links.last_up_to(days, asked) if isinstance(asked, date) else None


def notice(language: Language, question: Asked) -> None:
    """Above every page, so that nobody takes an old state of knowledge for the present one."""
    _ = language.text
    text = _("XEM LẠI: số liệu như đã biết đến hết ngày {known}; báo cáo và đính chính nhận sau đó không được tính.")
    st.html(markup.notice(text.format(known=language.day(question.known_on)), "past"))


def refused(language: Language, reason: str) -> None:
    """What is shown instead of the page where the day can't be gone back to."""
    _ = language.text
    st.error(reason or _("Không dựng lại được số liệu của ngày đã chọn."))
    if st.button(_("Về hiện tại"), key="past_return"):
        _leave_in_address(None, None)


def _leave_in_address(known_on: date | None, as_of_on: date | None) -> None:
    for name, day in ((links.KNOWN_ON, known_on), (links.FIGURES_ON, as_of_on)):
        links.keep_text(name, day.isoformat() if day else "")
    st.rerun()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
