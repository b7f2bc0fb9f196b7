"""What stands on several pages: the head, the notices, charts, the foot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboard import links, markup, pages, sentences
from dashboard.access import LOCAL
from dashboard.exports import file_stem
from dashboard.figures.ready import ReadyFigure
from dashboard.figures.template import Figure, config
from dashboard.language import Language
from dashboard.pictures import picture_buttons
from dashboard.view import View, current_view

Height = int | Literal["content", "stretch"]
ASSETS = Path(__file__).parent / "assets"


def style_sheet() -> None:
    """The one style sheet, in the page itself so that nothing is fetched."""
    st.html(ASSETS / "dashboard.css")


def masthead(view: View) -> None:
    """Which figures these are: the day they describe, the moment at which they were known."""
    _ = view.language.text
    known = _("nhận đến {moment}").format(moment=view.language.moment(view.run["known_at"]))
    day = _("Số liệu đến {day}").format(day=view.language.day(view.as_of_on)) if view.as_of_on else _("Chưa có báo cáo")
    st.html(markup.masthead("Tiến Độ", _("Mô hình chính quyền địa phương 2 cấp"), f"{day} · {known}"))


def name_plate(language: Language) -> None:
    """The same line where no figures are shown."""
    st.html(markup.masthead("Tiến Độ", language.text("Mô hình chính quyền địa phương 2 cấp"), ""))


def notices(view: View) -> None:
    """What a reader must know before any figure. These lines have no button to close them."""
    _ = view.language.text
    if view.is_simulated:
        st.html(markup.notice(_("DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo"), "simulated"))
    if view.is_late and view.as_of_on and view.expected_on:
        st.html(
            markup.notice(
                sentences.late_data(view.as_of_on, view.expected_on, view.missing_day_count, view.today, view.language),
                "late",
            )
        )


def chart(figure: Figure, alt: str, language: Language, key: str, height: Height = "content") -> None:
    """A chart that is only looked at. `alt` says what it shows, best in a sentence that gives the finding."""
    with _with_pictures(alt, key, height):
        st.plotly_chart(
            ReadyFigure(figure), theme=None, config=config(language), alt=alt, key=key, height=_chart_height(height)
        )


def clickable_chart(figure: Figure, alt: str, language: Language, key: str, height: Height = "content") -> str | None:
    """A chart whose points carry codes as `customdata`; returns the code of the point just clicked."""
    with _with_pictures(alt, key, height):
        event = st.plotly_chart(
            ReadyFigure(figure),
            theme=None,
            config=config(language),
            alt=alt,
            key=key,
            on_select="rerun",
            selection_mode="points",
            height=_chart_height(height),
        )
    points = event["selection"]["points"]
    if not points:
        return None
    code = points[0].get("customdata")
    return str(code[0] if isinstance(code, list) else code) if code else None


@contextmanager
def _with_pictures(alt: str, key: str, height: Height) -> Iterator[None]:
    """A frame around a chart, with the buttons under it that save it as a picture (`assets/page.js`).

    What must be inside the picture goes along as data: title, day and version, and that figures are simulated.
    """
    view = current_view()
    _ = view.language.text
    note = _("Tiến Độ · số liệu đến {day} · biết đến {moment} · phiên bản {version}").format(
        day=view.language.day(view.as_of_on),
        moment=view.language.moment(view.run["known_at"]),
        version=view.published.version,
    )
    simulated = _("DỮ LIỆU MÔ PHỎNG") if view.is_simulated else ""
    with st.container(key=f"picture_{key}", gap=None, height=height):
        yield
        st.html(picture_buttons(alt, note, simulated, file_stem(view, key), view.language))


def _chart_height(height: Height) -> Height:
    """Inside a frame of fixed height the chart takes what the buttons leave."""
    return "content" if height == "content" else "stretch"


def province_link(view: View, province_code: str, name: str) -> None:
    """To the page of a province, without loading the dashboard anew."""
    st.page_link(
        pages.script("province"),
        label=view.language.text("Mở trang {name}").format(name=markup.as_text(name)),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code, **{links.PROVINCE: province_code}),
    )


def brief_link(view: View, province_code: str) -> None:
    """From the page of a province to its brief, for those who may have one."""
    if not pages.PAGES["brief"].is_open_to(view.reader):
        return
    st.page_link(
        pages.script("brief"),
        label=view.language.text("Báo cáo tóm tắt để tải về"),
        icon=":material/description:",
        query_params=links.query(view.language.code, **{links.REPORT_ABOUT: province_code}),
    )


def for_operators(view: View, said: str, command: str) -> None:
    """A command line for whoever runs the system, folded away: readers need none."""
    with st.expander(view.language.text("Dành cho người vận hành")):
        st.caption(said)
        st.code(command, language=None, wrap_lines=True)


def footer(view: View) -> None:
    """Which version these figures come from, so that a printed page can be traced."""
    _ = view.language.text
    text = _("Phiên bản số liệu {version} · lượt chạy {run} · dựng lúc {built} · phần mềm {code}").format(
        version=view.published.version,
        run=view.run["run_id"],
        built=view.language.moment(view.run["built_at"]),
        code=view.run["code_version"],
    )
    if view.reader.subject == LOCAL:
        text += " · " + _("Chưa cấu hình đăng nhập: chỉ máy này mở được, một người dùng có mọi quyền.")
    st.html(markup.tag("p", "footer", escape(text)))
