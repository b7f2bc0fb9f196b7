"""What the reader has chosen: kept in the address as stable codes, so that a link reproduces the view.

Streamlit's own `bind="query-params"` writes a widget's label, which breaks a shared link as soon as the other
reader uses another language; so codes are read and written here. Choices also survive a change of page, which
clears the address.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dashboard.language import LANGUAGES, Language
from dashboard.pages import PAGES

LANGUAGE, PROVINCE, ONLY_PROVINCE, DIRECTIVE, INDICATOR, COLOUR_BY, SEARCH, RULE, STATE, CHAIN, BASELINE, FIELD = (
    "lang", "tinh", "loc-tinh", "chi-dao", "chi-tieu", "theo", "tim", "quy-tac", "chi-xem", "chuoi",
    "moc", "linh-vuc",
)  # fmt: skip
EXPLANATION = "giai-thich"
PROVINCE_SEARCH = "tim-tinh"
KIND, SEED, SIZE = "loai", "so-gieo", "co-mau"
READY_MADE, QUERY, ROW_LIMIT, TABLE_SEARCH = "cau-hoi", "sql", "so-dong", "tim-bang"
CHART, ACROSS, VALUE = "bieu-do", "truc", "gia-tri"
COMMUNE, TOPIC = "xa", "nhom"
COMPARED, OTHER_PROVINCE, FROM_ON, TO_ON = "so", "voi-tinh", "tu-ngay", "den-ngay"
SUBJECT, REPORT_DAY, LAST_DAY = "xem-theo", "ky", "den-ky"
FILE_SEARCH, FILE_PAGE = "tim-tep", "trang"
PRINTED = "ban-in"
REPORT_ABOUT = "bao-cao-ve"
LOG_MONTH, LOG_DAY, LOG_PERSON, LOG_ACTION = "thang", "ngay", "nguoi", "viec"
# A list of more days than this is slow to send and to read; a calendar takes its place.
DAYS_LISTED = 60
# Another day than the present one: it holds for every page until the reader returns.
KNOWN_ON, FIGURES_ON = "biet-den", "so-lieu-den"


def selected(name: str, allowed: Sequence[str], default: str) -> str:
    """The code in the address if it is a known one, else what this reader chose before, else the default."""
    for code in (st.query_params.get(name), st.session_state.get(f"kept_{name}")):
        if code in allowed:
            return str(code)
    return default


def asked() -> str:
    """What the address says beside the page, as it is written there: the reader's choices."""
    return urlencode({name: text for name, text in st.query_params.items() if name != LANGUAGE})


def keep(name: str, code: str, default: str = "") -> None:
    """Remember a choice and show it in the address; what anybody would see anyway is not written there."""
    st.session_state[f"kept_{name}"] = code
    if st.query_params.get(name, default) != code:
        st.query_params[name] = code


def remember(name: str, code: str) -> None:
    """A choice made under another name on another page; the address of this page does not show it."""
    st.session_state[f"kept_{name}"] = code


def remember_first(name: str, code: str) -> None:
    """As `remember`, for a reader who has not chosen anything under that name yet."""
    st.session_state.setdefault(f"kept_{name}", code)


def kept_text(name: str) -> str:
    """What the address says under `name`, or what it said before the reader changed the page; `""` for neither."""
    text = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "")
    if text:
        keep(name, text)
    return text


def keep_text(name: str, text: str) -> None:
    """Remember a text and show it in the address; an empty one is forgotten in both."""
    if text:
        keep(name, text)
        return
    st.session_state.pop(f"kept_{name}", None)
    if name in st.query_params:
        del st.query_params[name]


def _carried() -> dict[str, str]:
    """What every link takes along: the day that the reader has gone back to."""
    return {name: text for name in (KNOWN_ON, FIGURES_ON) if (text := str(st.session_state.get(f"kept_{name}") or ""))}


def _changed(name: str, key: str) -> None:
    """A widget was used: from here on its value is what the address says, and what the map is coloured by."""
    keep(name, str(st.session_state[key]))
    if name in (INDICATOR, DIRECTIVE):
        remember(COLOUR_BY, str(st.session_state[key]))


def choose(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """A select box over codes, labelled in the reader's language, that lives in the address under `name`.

    What was chosen elsewhere and is no option here is not forgotten: the next page may have it again.
    """
    codes = list(options)
    elsewhere = st.session_state.get(f"kept_{name}")
    code = selected(name, codes, default)
    key = f"choose_{name}"
    st.session_state[key] = code
    st.selectbox(
        label, codes, format_func=lambda each: options.get(each, each), key=key, on_change=_changed, args=(name, key)
    )
    keep(name, code, default)
    if elsewhere is not None and elsewhere not in codes:
        remember(name, elsewhere)
    return code


def choose_day(name: str, label: str, days: Sequence[date], default: date, language: Language) -> date:
    """One of `days`, in the address under `name`: a list while they are few, otherwise a calendar.

    In the calendar a day without figures can be chosen as well; it stands for the last one before it.
    """
    if len(days) <= DAYS_LISTED:
        options = {day.isoformat(): language.day(day) for day in sorted(days, reverse=True)}
        return date.fromisoformat(choose(name, label, options, default.isoformat()))
    try:
        asked = date.fromisoformat(str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or default))
    except ValueError:
        asked = default
    key, day = f"pick_{name}", last_up_to(days, asked)
    st.session_state[key] = day
    st.date_input(
        label,
        min_value=min(days),
        max_value=max(days),
        format="DD/MM/YYYY",
        key=key,
        on_change=_changed,
        args=(name, key),
    )
    keep(name, day.isoformat(), default.isoformat())
    return day


def last_up_to(days: Sequence[date], asked: date) -> date:
    """The last of `days` that is not after `asked`; the first where all are."""
    known = sorted(days)
    return known[max(bisect_right(known, asked) - 1, 0)]


def swap(first: str, first_code: str, second: str, second_code: str) -> None:
    """Two choices change places; for a button."""
    keep(first, second_code)
    keep(second, first_code)


def clicked(name: str, key: str, code: str | None) -> None:
    """A point of the chart `key` may have been clicked: its code goes to the address once and the page starts anew.

    The browser repeats a selection on every run; only a new one counts, so that what is chosen elsewhere later stands.
    """
    before = st.session_state.get(f"clicked_{key}")
    st.session_state[f"clicked_{key}"] = code
    if code and code != before and code != st.query_params.get(name):
        keep(name, code)
        st.rerun()


def typed(name: str, label: str, placeholder: str) -> str:
    """A search field that lives in the address under `name`."""
    key = f"type_{name}"
    text = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or "")
    st.session_state[key] = text
    st.text_input(label, key=key, placeholder=placeholder, on_change=_changed, args=(name, key))
    return text


def whole_number(name: str, label: str, default: int, lowest: int, highest: int) -> int:
    """A field for a whole number that lives in the address under `name`."""
    key = f"number_{name}"
    text = str(st.query_params.get(name) or st.session_state.get(f"kept_{name}") or default)
    number = int(text) if text.isdecimal() and lowest <= int(text) <= highest else default
    st.session_state[key] = number
    st.number_input(label, lowest, highest, key=key, step=1, on_change=_changed, args=(name, key))
    keep(name, str(number), str(default))
    return number


def address(page: str, language_code: str, **codes: str) -> str:
    """A link to a page of this dashboard, for tables."""
    parts = [f"{name}={code}" for name, code in (codes | _carried()).items() if code]
    if language_code != "vi":
        parts.append(f"{LANGUAGE}={language_code}")
    return f"/{PAGES[page].path}" + ("?" + "&".join(parts) if parts else "")


def query(language_code: str, **codes: str) -> dict[str, str]:
    """The same as parameters, for links that stay inside the page."""
    return codes | _carried() | ({LANGUAGE: language_code} if language_code != "vi" else {})


def choose_language() -> str:
    """The two-letter switch. Returns the code in force in this run."""
    code = selected(LANGUAGE, LANGUAGES, "vi")
    key = f"choose_{LANGUAGE}"
    st.session_state[key] = code
    st.segmented_control(
        "Ngôn ngữ / Language",
        LANGUAGES,
        format_func=str.upper,
        key=key,
        on_change=_changed,
        args=(LANGUAGE, key),
        label_visibility="collapsed",
        required=True,
    )
    if code != "vi":
        keep(LANGUAGE, code)
    elif LANGUAGE in st.query_params:
        del st.query_params[LANGUAGE]
    return code
