"""The block Chờ xác nhận: what waits for a person, and forms that answer it.

The queue comes from `tiendo review --json`, and every answer goes through `tiendo review`: nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from dashboard import access, audit, markup
from dashboard.access import HIGHEST
from dashboard.commands import TIMED_OUT, run_command
from dashboard.review_queue import without_hidden
from dashboard.settings import load_settings
from dashboard.view import View, refuse
from dashboard.warehouse import open_published

READ_SECONDS, WRITE_SECONDS = 180, 60
# A page with hundreds of forms is slow and nobody reads it; the rest follows once these are answered.
SHOWN = 10
_QUEUE, _SAID, _IS_OPEN = "review_queue", "review_said", "review_is_open"
Item = dict[str, Any]


def waiting(view: View) -> None:
    """The queue with its forms, once the reader asks for it: reading the files again takes a while."""
    if not view.reader.may("review"):
        return
    _ = view.language.text
    st.html(markup.heading(_("Chờ xác nhận"), _("trả lời một lần, các tệp sau cùng loại được đọc theo")))
    if message := st.session_state.pop(_SAID, ""):
        st.success(markup.as_text(message))
    if not st.session_state.get(_IS_OPEN) and not st.button(
        _("Mở danh sách chờ xác nhận"), key="open_review", icon=":material/rule:"
    ):
        return
    st.session_state[_IS_OPEN] = True
    queue = _read_queue(view)
    if queue is None:
        return
    if not any(queue[kind] for kind in ("files", "columns", "units", "corrections")):
        st.caption(_("Không có gì chờ xác nhận."))
    if count := queue["settled_count"]:
        st.caption(_("Số tệp đã được xác định, chờ lượt chạy đêm tới đọc lại: {count}.").format(count=count))
    _files(view, queue)
    _columns(view, queue)
    _units(view, queue)
    _corrections(view, queue)


def _read_queue(view: View) -> Item | None:
    """The queue, read once per published version and answer."""
    _ = view.language.text
    version = (view.published.path, view.published.token)
    kept: tuple[object, Item] | None = st.session_state.get(_QUEUE)
    if kept is not None and kept[0] == version:
        return kept[1]
    with st.spinner(_("Đang đọc lại các tệp chờ xác nhận…")):
        result = run_command(["review", "--json"], READ_SECONDS)
    if not result.is_success or not isinstance(result.data, dict):
        _failed(view, result.exit_code, result.error)
        return None
    found = _seen_by(view, result.data)
    st.session_state[_QUEUE] = (version, found)
    return found


def _seen_by(view: View, queue: Item) -> Item:
    """What this reader may know of the queue; all of it at the highest clearance."""
    if view.reader.reaches(HIGHEST):
        return queue
    highest = open_published(load_settings().current, HIGHEST)
    if highest is None:
        refuse(view)
    return without_hidden(queue, view.published, highest)


def _files(view: View, queue: Item) -> None:
    """Files whose province, day or form a person has to say."""
    _ = view.language.text
    files = [item for item in queue["files"] if item["is_about_the_envelope"]]
    _heading(view, _("Tệp chưa rõ tỉnh, ngày hoặc biểu"), len(files))
    provinces = {"": _("Chưa xác định"), **queue["provinces"]}
    for item in files[:SHOWN]:
        with st.form(f"decide_{item['submission_id']}"):
            st.markdown(f"**{markup.as_text(item['file'])}**")
            st.caption(markup.as_text(view.language.pick(item["message_vi"], item["message_en"])))
            left, right = st.columns(2)
            known = item["province_code"] or ""
            codes = list(provinces)
            province = left.selectbox(
                _("Tỉnh, thành phố"),
                codes,
                index=codes.index(known) if known in codes else 0,
                format_func=provinces.__getitem__,
                key=f"province_{item['submission_id']}",
            )
            known_day = date.fromisoformat(item["as_of_on"]) if item["as_of_on"] else None
            day = right.date_input(
                _("Số liệu tính đến ngày"), known_day, format="DD/MM/YYYY", key=f"day_{item['submission_id']}"
            )
            forms = ["", *queue["forms"]] if item["rule"] == "unknown_form" else [""]
            form = st.selectbox(_("Biểu"), forms, key=f"form_{item['submission_id']}") if len(forms) > 1 else ""
            reason = st.text_input(_("Lý do, ai xác nhận"), key=f"reason_{item['submission_id']}")
            if st.form_submit_button(_("Ghi quyết định")):
                arguments = [f"--file={item['submission_id']}", f"--reason={reason.strip()}"]
                arguments += [f"--province={province}"] if province and province != known else []
                arguments += [f"--as-of={day.isoformat()}"] if isinstance(day, date) and day != known_day else []
                arguments += [f"--form={form}"] if form else []
                _answer(view, "decide", arguments, is_complete=bool(reason.strip()) and len(arguments) > 2)


def _columns(view: View, queue: Item) -> None:
    """Labels of forms that nobody has said the meaning of; what is like them comes first."""
    _ = view.language.text
    _heading(view, _("Cột, dòng chưa biết nghĩa"), len(queue["columns"]))
    names = {item["code"]: view.language.pick(item["name_vi"], item["name_en"]) for item in queue["meanings"]}
    for item in queue["columns"][:SHOWN]:
        key = f"{item['shape']}_{item['label']}"
        with st.form(f"map_{key}"):
            st.markdown(f"**{markup.as_text(item['label'])}**")
            st.caption(
                markup.as_text(
                    _("{count} giá trị trong {files}; ví dụ {samples}").format(
                        count=view.language.number(item["value_count"]),
                        files=view.language.names(item["files"]),
                        samples=", ".join(item["samples"]) or "–",
                    )
                )
            )
            codes = ["", *dict.fromkeys((*item["suggestions"], *names))]
            meaning = st.selectbox(
                _("Nghĩa của cột"),
                codes,
                format_func=_named(names, _("Chưa xác định")),
                key=f"meaning_{key}",
            )
            if st.form_submit_button(_("Ghi nghĩa của cột")):
                arguments = [f"--shape={item['shape']}", f"--label={item['label']}", f"--meaning={meaning}"]
                _answer(view, "map", arguments, is_complete=bool(meaning))


def _units(view: View, queue: Item) -> None:
    """Names that are none of their province's units; the candidates come first."""
    _ = view.language.text
    _heading(view, _("Tên đơn vị chưa rõ"), len(queue["units"]))
    for item in queue["units"][:SHOWN]:
        province = item["province_code"]
        own = {code: unit["name"] for code, unit in queue["communes"].items() if unit["province_code"] == province}
        key = f"{province}_{item['text']}"
        with st.form(f"name_{key}"):
            st.markdown(
                f"**{markup.as_text(item['text'])}** · {markup.as_text(queue['provinces'].get(province, province))}"
            )
            st.caption(_("{count} giá trị chờ").format(count=view.language.number(item["value_count"])))
            first = [code for code in item["candidates"] if code in own]
            codes = ["", *dict.fromkeys((*first, *sorted(own, key=own.__getitem__)))]
            unit = st.selectbox(
                _("Là đơn vị nào"),
                codes,
                format_func=_named(own, _("Chưa xác định")),
                key=f"unit_{key}",
            )
            if st.form_submit_button(_("Ghi tên đơn vị")):
                arguments = [f"--province={province}", f"--text={item['text']}", f"--unit={unit}"]
                _answer(view, "name", arguments, is_complete=bool(unit))


def _answer(view: View, kind: str, arguments: list[str], is_complete: bool) -> None:
    """Has one answer written, then draws the page again with what is left."""
    _ = view.language.text
    if not is_complete:
        st.warning(_("Chọn câu trả lời và ghi lý do trước khi bấm."))
        return
    if not access.current_reader().may("review"):
        refuse(view)
    given = " ".join(arguments)
    audit.record(audit.SETTLED, view.reader.subject, {"kind": kind, "answer": given}, view.reader.roles)
    result = run_command(["review", kind, *arguments, "--json"], WRITE_SECONDS)
    if not result.is_success or not isinstance(result.data, dict):
        _failed(view, result.exit_code, result.error)
        return
    st.session_state[_SAID] = view.language.pick(result.data["message_vi"], result.data["message_en"])
    st.session_state.pop(_QUEUE, None)
    st.rerun()


def _corrections(view: View, queue: Item) -> None:
    """Corrections whose guard does not hold: the province has reported another value since."""
    _ = view.language.text
    _heading(view, _("Đính chính không còn áp dụng được"), len(queue["corrections"]))
    for item in queue["corrections"][:SHOWN]:
        st.caption(
            markup.as_text(
                _(
                    "{correction}: chờ số báo cáo {expected}, nay tỉnh báo cáo {given}; cần xem lại bảng đính chính."
                ).format(
                    correction=item["correction"],
                    expected=view.language.number(item["expected_given"]),
                    given=view.language.number(item["given_value"]),
                )
            )
        )


def _named(names: dict[str, str], otherwise: str) -> Callable[[str], str]:
    """Codes in words; the empty code as `otherwise`."""
    return lambda code: names.get(code, otherwise)


def _heading(view: View, title: str, count: int) -> None:
    if count:
        _ = view.language.text
        shown = _("{shown} mục đầu trong {count}").format(shown=SHOWN, count=view.language.number(count))
        st.html(markup.heading(title, shown if count > SHOWN else view.language.number(count)))


def _failed(view: View, exit_code: int, error: str) -> None:
    _ = view.language.text
    if exit_code == TIMED_OUT:
        st.error(_("Việc này lâu quá mức cho phép nên đã dừng. Thử lại sau ít phút."))
    else:
        st.error(markup.as_text(error) or _("Không thực hiện được."))
