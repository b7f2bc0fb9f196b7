"""The blocks of the page Báo cáo của tỉnh: one province's own files, whatever their figures are about.

The province is the one that the reader's role names, never one of the address. What it has sent itself it may see at
every clearance, so two queries read the highest file here, each bound to that province; no other query does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from dashboard import access, audit, markup
from dashboard.blocks import province
from dashboard.settings import load_settings
from dashboard.view import View, refuse
from dashboard.vocabulary import submission_word
from dashboard.warehouse import Published, Row, open_published

HEIGHT = 420
SHOWN_ANSWERS = 12
_SUBMISSION = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Own:
    """A province, and the file that holds all that it has sent."""

    province_code: str
    province_name: str
    published: Published


def of_reader(view: View) -> Own:
    """The province that the reader's role names; whoever has no such role is refused."""
    code = access.current_reader().province_code
    published = open_published(load_settings().current, access.HIGHEST)
    names = {row["province_code"]: row["province_name"] for row in view.published.rows("provinces")}
    if code is None or code not in names or published is None:
        refuse(view)
    return Own(code, names[code], published)


def opening(view: View, own: Own) -> list[str]:
    """How many reports came, the newest of which day, and how much of it waits to be put right."""
    _, _n = view.language.text, view.language.plural
    rows = own.published.rows("submissions", province_code=own.province_code)
    if not rows:
        return [_("Hệ thống chưa nhận được báo cáo nào của địa phương.")]
    newest = rows[0]
    said = [
        _n("Đã nhận {count} tệp.", len(rows)).format(count=view.language.number(len(rows))),
        _("Tệp mới nhất: {file}, số liệu đến {day}, nhận lúc {moment}, {result}.").format(
            file=newest["file_name"],
            day=view.language.day(newest["as_of_on"]),
            moment=view.language.moment(newest["received_at"]),
            result=submission_word(newest["status"], view.language),
        ),
    ]
    if count := newest["rejected_count"]:
        text = _n("{count} giá trị của tệp này để riêng, chờ gửi lại.", count)
        said.append(text.format(count=view.language.number(count)))
    return [" ".join(said)]


def set_aside(view: View, own: Own) -> None:
    """Every value to send again or to look at: file, cell, given, expected, what to do."""
    province.rejected_table(replace(view, published=own.published), own.province_code, "", "own_set_aside")


def submissions(view: View, own: Own) -> None:
    """The province's files; the answers to the chosen one, to the newest where none is chosen."""
    seen = replace(view, published=own.published)
    chosen = province.submission_table(seen, own.province_code, "own_submissions", HEIGHT, is_selectable=True)
    rows = own.published.rows("submissions", province_code=own.province_code)
    if rows:
        _answers(view, rows[chosen or 0])


def _answers(view: View, submission: Row) -> None:
    """A button for each answer to one file; the file is read when its button is pressed."""
    _ = view.language.text
    st.caption(_("Trả lời cho tệp {file}:").format(file=markup.as_text(submission["file_name"])))
    paths = answers_to(load_settings().home / "outbox", submission["submission_id"])
    if not paths:
        st.caption(_("Chưa có tệp trả lời; tệp có sau lượt chạy đêm."))
    with st.container(horizontal=True):
        for path in paths[:SHOWN_ANSWERS]:
            label = _("Tải biên nhận") if "bien-nhan" in path.name else _("Tải bản đánh dấu chỗ cần sửa")
            st.download_button(
                label,
                audit.exported(view.reader, path.read_bytes, what="answer", file=path.name),
                path.name,
                key=f"answer_{path.name}",
                icon=":material/download:",
                on_click="ignore",
            )


def answers_to(outbox: Path, submission_id: str) -> list[Path]:
    """The answers to a submission: `<submission>-bien-nhan.html`, `<submission>-can-sua.xlsx` or a page."""
    if not _SUBMISSION.fullmatch(submission_id):
        return []
    kinds = ("bien-nhan.*", "can-sua.*")
    return [path for kind in kinds for path in sorted(outbox.glob(f"{submission_id}-{kind}")) if path.is_file()]
