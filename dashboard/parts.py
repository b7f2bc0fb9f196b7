"""What stands on several pages: the head, the notices, charts, the foot."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboard import links, markup, pages, sentences
from dashboard.figures.ready import ReadyFigure
from dashboard.figures.template import Figure, config
from dashboard.language import Language
from dashboard.view import View

ASSETS = Path(__file__).parent / "assets"


def style_sheet() -> None:
    """The one style sheet, in the page itself so that nothing is fetched."""
    st.html(ASSETS / "dashboard.css")


def masthead(view: View) -> None:
    """Which figures these are: the day they describe, the moment at which they were known."""
    _ = view.language.text
    known = _("biết đến {moment}").format(moment=view.language.moment(view.run["known_at"]))
    day = _("Số liệu đến {day}").format(day=view.language.day(view.as_of_on)) if view.as_of_on else _("Chưa có báo cáo")
    st.html(markup.masthead("Tiến Độ", _("Mô hình chính quyền địa phương 2 cấp"), f"{day} · {known}"))


def notices(view: View) -> None:
    """What a reader must know before any figure. These lines have no button to close them."""
    _ = view.language.text
    if view.is_simulated:
        st.html(markup.notice(_("DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo"), "simulated"))
    if view.is_late and view.as_of_on and view.expected_on:
        st.html(
            markup.notice(
                sentences.late_data(view.as_of_on, view.expected_on, view.missing_day_count, view.language), "late"
            )
        )


def chart(figure: Figure, alt: str, language: Language, key: str) -> None:
    """A chart that is only looked at."""
    st.plotly_chart(ReadyFigure(figure), theme=None, config=config(language), alt=alt, key=key)


def clickable_chart(
    figure: Figure, alt: str, language: Language, key: str, height: Literal["content", "stretch"] = "content"
) -> str | None:
    """A chart whose points carry codes as `customdata`; returns the code of the point just clicked.

    Its height is that of the figure, or that of the container around it, which the style sheet may change by width.
    """
    event = st.plotly_chart(
        ReadyFigure(figure),
        theme=None,
        config=config(language),
        alt=alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
        height=height,
    )
    points = event["selection"]["points"]
    if not points:
        return None
    code = points[0].get("customdata")
    return str(code[0] if isinstance(code, list) else code) if code else None


def province_link(view: View, province_code: str, name: str) -> None:
    """To the page of a province, without loading the dashboard anew."""
    st.page_link(
        pages.script("province"),
        label=view.language.text("Mở trang {name}").format(name=name),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code, **{links.PROVINCE: province_code}),
    )


def footer(view: View) -> None:
    """Which version these figures come from, so that a printed page can be traced."""
    _ = view.language.text
    text = _("Phiên bản số liệu {version} · lượt chạy {run} · dựng lúc {built} · phần mềm {code}").format(
        version=view.published.version,
        run=view.run["run_id"],
        built=view.language.moment(view.run["built_at"]),
        code=view.run["code_version"],
    )
    st.html(markup.tag("p", "footer", escape(text)))
