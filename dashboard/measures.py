"""What the map and the comparisons are about: one directive, or one indicator, chosen from one grouped list.

Belongs here: the choice and its words. It is kept across pages: an indicator chosen anywhere is the one that the map
shows next, and the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import links, markup
from dashboard.language import Language
from dashboard.view import View
from dashboard.vocabulary import STATUSES, indicator_name
from dashboard.warehouse import Row

ANY_DIRECTIVE = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """`indicator` is a row of `measures.sql`, for a directive its most urgent one.

    `directive` is the row of a directive, None where an indicator is looked at by itself; `is_any` is for the most
    urgent task under whatever directive.
    """

    code: str
    indicator: Row
    directive: Row | None = None
    is_any: bool = False

    @property
    def is_by_deadline(self) -> bool:
        """Judged by statuses rather than by shares."""
        return self.is_any or self.directive is not None


def topic_word(topic: str, language: Language) -> str:
    """The groups of `indicators.csv`."""
    _ = language.text
    words = {
        "pvhcc": _("Trung tâm PVHCC"),
        "extension": _("Khuyến nông"),
        "military": _("Quân sự cấp xã"),
        "staffing": _("Nhân sự"),
        "facilities": _("Cơ sở vật chất"),
        "procedures": _("Thủ tục hành chính"),
        "obstacles": _("Khó khăn, vướng mắc"),
    }
    return words.get(topic, topic)


def indicator_options(indicators: Sequence[Row], language: Language) -> dict[str, str]:
    """Codes with names that begin with their group, so that typing a group finds all of it."""
    order = list(dict.fromkeys(row["topic"] for row in indicators))
    grouped = sorted(indicators, key=lambda row: order.index(row["topic"]))
    return {
        row["indicator"]: f"{topic_word(row['topic'], language)} · {indicator_name(row, language)}" for row in grouped
    }


def choose_measure(view: View, directives: Sequence[Row]) -> Measure:
    """One list: all directives together, each directive, each indicator. `directives` as from `directives.sql`."""
    _, language = view.language.text, view.language
    indicators = view.published.rows("measures")
    dated = [row for row in directives if row["indicator"]]
    options = {row["directive"]: f"{_('Chỉ đạo')} · {language.pick(row['title_vi'], row['title_en'])}" for row in dated}
    options |= {ANY_DIRECTIVE: _("Mọi chỉ đạo: việc gấp nhất của từng tỉnh")} | indicator_options(indicators, language)
    first = next(iter(options))
    kept = str(st.session_state.get(f"kept_{links.INDICATOR}"))
    links.remember_first(links.COLOUR_BY, kept if kept in options else first)
    code = links.choose(links.COLOUR_BY, _("Chỉ đạo hoặc chỉ tiêu"), options, first)
    chosen = measure(view, code, dated, indicators)
    if chosen.directive is not None:
        links.remember(links.DIRECTIVE, code)
    elif not chosen.is_any:
        links.remember(links.INDICATOR, code)
    return chosen


def measure(view: View, code: str, directives: Sequence[Row], indicators: Sequence[Row]) -> Measure:
    """What a code of the list stands for."""
    by_code = {row["indicator"]: row for row in indicators}
    if code in by_code:
        return Measure(code, by_code[code])
    directive = next((row for row in directives if row["directive"] == code), None)
    chosen = directive or directives[0]
    if directive is None:
        return Measure(code, by_code[chosen["indicator"]], is_any=True)
    urgent = view.published.rows("directive_indicators", directive=code, statuses=list(STATUSES))
    commune_first = next((row["indicator"] for row in urgent if row["unit_level"] == "commune"), urgent[0]["indicator"])
    return Measure(code, by_code[commune_first], directive)


def choose_indicator(view: View, default: str) -> Row:
    """One of all indicators, the one that the reader looked at last unless the address names another."""
    _ = view.language.text
    indicators = view.published.rows("measures")
    options = indicator_options(indicators, view.language)
    code = links.choose(links.INDICATOR, _("Chỉ tiêu"), options, default if default in options else next(iter(options)))
    return next(row for row in indicators if row["indicator"] == code)


def restricted_notice(indicator: Row, language: Language) -> None:
    """Above figures that must not be passed on."""
    if indicator["is_restricted"]:
        st.html(markup.notice(language.text("SỐ LIỆU LƯU HÀNH HẠN CHẾ, KHÔNG PHỔ BIẾN"), "restricted"))


def name_of(indicator: Row, language: Language) -> str:
    """What an indicator is called."""
    return indicator_name(indicator, language)


def state_words(indicator: Row, language: Language) -> dict[str, str]:
    """What the state of a commune means for this indicator; the order is that of a legend."""
    _ = language.text
    is_flag = indicator["value_type"] == "flag"
    return {
        "not_done": _("Chưa có") if is_flag else _("Chưa đủ"),
        "not_reported": _("Chưa có báo cáo"),
        "done": _("Đã có") if is_flag else _("Đã đủ"),
        "reported": _("Đã báo cáo (đậm hơn: giá trị lớn hơn)"),
        "not_counted": _("Không tính"),
    }
