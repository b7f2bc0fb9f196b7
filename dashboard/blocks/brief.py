"""The blocks of the page Báo cáo tóm tắt."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import audit, links, markup, parts
from dashboard.brief.files import compute, file_name, write
from dashboard.brief.structure import COUNTRY, Brief, Heading, Paragraph
from dashboard.brief.structure import words as written_out
from dashboard.view import View, refuse

ENDINGS = (".docx", ".pdf", ".xlsx")


def nothing_yet(view: View) -> None:
    """Before the first report there is nothing to write of."""
    _ = view.language.text
    st.html(markup.lead([_("Chưa có báo cáo nào của địa phương nên chưa lập được báo cáo tóm tắt.")]))


def chosen(view: View) -> Brief:
    """The brief of what the reader chooses: the country or a province, on the day that the whole screen shows."""
    _ = view.language.text
    provinces = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    code = links.choose(links.REPORT_ABOUT, _("Báo cáo về"), {COUNTRY: _("Cả nước"), **provinces}, COUNTRY)
    is_present = view.known_on is None
    province_code = "" if code == COUNTRY else code
    made: Brief = view.published.kept(
        "brief", lambda: compute(view.published, province_code, is_present), code, is_present
    )
    return made


def opening(view: View, report: Brief) -> None:
    """What the file is, and of which day."""
    _ = view.language.text
    text = _(
        "Báo cáo từ hai đến bốn trang theo thể thức Nghị định 30/2020/NĐ-CP, số liệu đến {day}, biết đến {moment}; số, "
        "ngày ký và người ký để trống."
    )
    said = text.format(day=view.language.day(report.as_of_on), moment=view.language.moment(report.known_at))
    more = _("Muốn báo cáo của một ngày khác, chọn ngày ở đầu trang. Văn bản tải về bằng tiếng Việt.")
    st.html(markup.lead([said]) + markup.remark(more))


def files(view: View, report: Brief) -> None:
    """One button per format; a file is only written when its button is pressed."""
    _ = view.language.text
    if not view.reader.may("export"):
        refuse(view)
    labels = {
        ".docx": _("Tải Word (để sửa, trình ký)"),
        ".pdf": _("Tải PDF (để đọc, in)"),
        ".xlsx": _("Tải Excel (mọi bảng)"),
    }
    with st.container(horizontal=True):
        for ending in ENDINGS:
            st.download_button(
                labels[ending],
                audit.exported(
                    view.reader,
                    partial(_file, view, report, ending),
                    what="brief",
                    province=report.unit,
                    as_of_on=f"{report.as_of_on:%Y-%m-%d}",
                    file=file_name(report, ending),
                ),
                file_name(report, ending),
                key=f"brief_{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _file(view: View, report: Brief, ending: str) -> bytes:
    content: bytes = view.published.kept(
        "brief file", lambda: write(report, ending), report.unit, ending, view.known_on
    )
    return content


def assessment(report: Brief) -> None:
    """The first part of the report as it stands there."""
    said = [written_out(report.opening)]
    for block in report.blocks[1:]:
        if isinstance(block, Heading):
            break
        if isinstance(block, Paragraph):
            said.append(block.lead + written_out(block.said))
    st.html(markup.paragraphs(said))


def command(view: View, report: Brief) -> None:
    """The same file without the dashboard."""
    words = ["tiendo brief", f"--as-of {report.as_of_on:%Y-%m-%d}"]
    words += [f"--province {report.unit}"] if report.unit != COUNTRY else []
    words += [f"--known-on {view.known_on:%Y-%m-%d}"] if view.known_on else []
    written = " ".join([*words, f"--out {file_name(report, '.docx')}"])
    parts.for_operators(view, view.language.text("Lập chính báo cáo này bằng dòng lệnh:"), written)
