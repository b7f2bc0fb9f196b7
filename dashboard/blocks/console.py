"""The blocks of the page Truy vấn SQL: a question to begin with, the editor, run and stop, the link to share.

What is being written lives in the session, what was run lives in the address: a link shows the query, and nothing runs
until somebody presses the button.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import access, audit, console_sentences, links, markup
from dashboard.blocks.schema_browser import starting_query, tables_of
from dashboard.console.ready_made import questions_for
from dashboard.console.sandbox import ROW_LIMITS, Fault, Limits, Query, Result
from dashboard.console.sharing import decoded, encoded
from dashboard.language import LANGUAGES, language
from dashboard.view import View, refuse

TEXT, REVISION, ASKED, OUTCOME, EDITOR = (
    "console_text", "console_revision", "console_asked", "console_outcome", "console_editor",
)  # fmt: skip
START_FROM = "console_start"
ASSETS = Path(__file__).parents[1] / "assets"
STEP_SECONDS = 0.2
EDITOR_HTML = (
    '<div class="frame"><div class="sheet"><div class="copy" aria-hidden="true"></div>'
    '<textarea spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"></textarea></div></div>'
    '<p class="hint"></p>'
)
_editor = st.components.v2.component(
    "sql_editor",
    html=EDITOR_HTML,
    css=(ASSETS / "sql_editor.css").read_text(encoding="utf-8"),
    js=(ASSETS / "sql_editor.js").read_text(encoding="utf-8"),
)
Key = tuple[str, int, str, int]


def opening(view: View) -> list[str]:
    """What can be asked here."""
    rows = view.published.rows("schema_columns", search="")
    columns = sum(1 for row in rows if row["column_name"])
    return console_sentences.opening(
        len(tables_of(rows)), columns, len(questions_for(access.current_reader())), Limits(), view.language
    )


def write_query(view: View) -> None:
    """The line of choices and the editor under it."""
    _begin(view)
    left, middle, right = st.columns([2.2, 1.6, 1])
    with left:
        _choose_question(view)
    with middle:
        _choose_table(view)
    with right:
        label = view.language.text("Số dòng tối đa")
        options = {str(limit): view.language.number(limit) for limit in ROW_LIMITS}
        links.choose(links.ROW_LIMIT, label, options, str(Limits().rows))
    _show_editor(view)


def _begin(view: View) -> None:
    """What the editor holds when the page opens: the query of the address, else the first ready-made one."""
    st.session_state.setdefault(REVISION, 0)
    named = questions_for(access.current_reader()).get(str(st.query_params.get(links.READY_MADE, "")))
    shared = decoded(str(st.query_params.get(links.QUERY, "")))
    if shared or named:
        came = shared or (named.sql(view.language) if named else "")
        if st.session_state.get("console_from_address") != (shared, named and named.name):
            st.session_state["console_from_address"] = (shared, named and named.name)
            _put(came)
    if TEXT not in st.session_state:
        _put(next(iter(questions_for(access.current_reader()).values())).sql(view.language))


def _put(text: str) -> None:
    """Another text for the editor, from here rather than from its keys."""
    st.session_state[TEXT] = text
    st.session_state[REVISION] += 1


def _name_of(text: str) -> str:
    """The ready-made question that this is, in whichever language it was put there; `""` for one's own."""
    return next(
        (
            name
            for name, each in questions_for(access.current_reader()).items()
            if text in [each.sql(language(code)) for code in LANGUAGES]
        ),
        "",
    )


def _choose_question(view: View) -> None:
    """The ready-made questions; choosing one puts its SELECT into the editor."""
    _ = view.language.text
    options = {"": _("Tự viết")} | {
        name: view.language.pick(*each.title) for name, each in questions_for(access.current_reader()).items()
    }
    key = "console_question"
    st.session_state[key] = _name_of(st.session_state[TEXT])

    def chosen() -> None:
        name = str(st.session_state[key])
        if name:
            _put(questions_for(access.current_reader())[name].sql(view.language))
            _remember()

    st.selectbox(
        _("Câu hỏi thường gặp"), list(options), format_func=lambda each: options[each], key=key, on_change=chosen
    )


def _choose_table(view: View) -> None:
    """Every table; choosing one writes the SELECT of all its columns."""
    _ = view.language.text
    rows = view.published.rows("schema_columns", search="")
    st.session_state[START_FROM] = None

    def chosen() -> None:
        name = st.session_state[START_FROM]
        own = [row for row in rows if f"{row['schema_name']}.{row['table_name']}" == name]
        if own:
            _put(starting_query(own))

    st.selectbox(
        _("Bắt đầu từ bảng"),
        tables_of(rows),
        index=None,
        key=START_FROM,
        placeholder=_("chọn bảng"),
        on_change=chosen,
    )


def _show_editor(view: View) -> None:
    _ = view.language.text

    def typed() -> None:
        st.session_state[TEXT] = str(st.session_state[EDITOR]["text"] or "")

    def run() -> None:
        st.session_state[TEXT] = str(st.session_state[EDITOR]["run"] or "")
        _ask()

    faulty, line = _faulty_line()
    _editor(
        key=EDITOR,
        data={
            "text": st.session_state[TEXT],
            "revision": st.session_state[REVISION],
            "fault": line,
            "faulty": faulty,
            "label": _("Câu truy vấn SQL"),
            "hint": _("Ctrl + Enter để chạy"),
        },
        on_text_change=typed,
        on_run_change=run,
    )


def _faulty_line() -> tuple[str, int]:
    """The query that failed last and the line that DuckDB names; `""` and 0 where there is none."""
    last: tuple[Key, Result | Fault] | None = st.session_state.get(OUTCOME)
    if last is not None and isinstance(last[1], Fault) and last[1].line:
        return last[0][2], last[1].line
    return "", 0


def _key(view: View) -> Key:
    """What an outcome belongs to: version, text, number of rows."""
    limit = int(links.selected(links.ROW_LIMIT, [str(each) for each in ROW_LIMITS], str(Limits().rows)))
    return view.published.path, view.published.token, st.session_state[TEXT], limit


def _ask() -> None:
    """The reader wants the query run. Which one is read further down the page: what was typed last may come later."""
    st.session_state[ASKED] = True


def _remember() -> None:
    """Leave the query in the address: by its name where it is a ready-made one, else in short."""
    text = st.session_state[TEXT]
    name = _name_of(text)
    for parameter, value in ((links.READY_MADE, name), (links.QUERY, "" if name else encoded(text))):
        if value:
            st.query_params[parameter] = value
        elif parameter in st.query_params:
            del st.query_params[parameter]
    st.session_state["console_from_address"] = ("" if name else text if encoded(text) else "", name or None)


def run(view: View) -> tuple[Key, Result | Fault] | None:
    """The buttons, and the outcome of what was run last; waiting for it if it is still running."""
    _ = view.language.text
    if not view.reader.may("query"):
        refuse(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Chạy"), type="primary", icon=":material/play_arrow:", key="console_run", on_click=_ask)
        is_idle = ASKED not in st.session_state
        st.button(
            _("Dừng"), icon=":material/stop:", key="console_stop", on_click=_stop, args=(_key(view),), disabled=is_idle
        )
        _share(view)
        place = st.empty()
    if ASKED in st.session_state:
        _remember()
        key = _key(view)
        st.session_state[OUTCOME] = (key, _wait(view, key, place))
        del st.session_state[ASKED]
        st.rerun()
    last: tuple[Key, Result | Fault] | None = st.session_state.get(OUTCOME)
    return last


def _stop(key: Key) -> None:
    """Ends the query: the run that waits for it is broken off, which kills its process."""
    if st.session_state.pop(ASKED, False):
        st.session_state[OUTCOME] = (key, Fault("stopped"))


def _wait(view: View, key: Key, place: st.delta_generator.DeltaGenerator) -> Result | Fault:
    """Every fifth of a second the seconds are written, which is also where a press on “Dừng” takes hold."""
    path, _token, sql, rows = key
    query = Query(path, sql, Limits(rows=rows))
    try:
        with query:
            while not query.advance(STEP_SECONDS):
                text = view.language.text("Đang chạy: {seconds} giây").format(
                    seconds=view.language.number(int(query.seconds))
                )
                place.html(markup.tag("p", "provenance", text))
        assert query.outcome is not None
        return query.outcome
    finally:
        _record(view, sql, query.outcome)


def _record(view: View, sql: str, outcome: Result | Fault | None) -> None:
    """What was asked and how it ended, for the access log; the engine's words may hold a value, so they stay out."""
    ended = "stopped" if outcome is None else outcome.kind if isinstance(outcome, Fault) else "answered"
    count = str(len(outcome.rows)) if isinstance(outcome, Result) else ""
    asked = {"sql": sql, "ended": ended, "rows": count, "clearance": view.reader.clearance or ""}
    audit.record(audit.QUERIED, view.reader.subject, asked, view.reader.roles)


def _share(view: View) -> None:
    """The address of this query, to be copied; and the query as a file where an address would be too long."""
    _ = view.language.text
    with st.popover(_("Chia sẻ"), icon=":material/link:"):
        text = st.session_state[TEXT]
        name = _name_of(text)
        code = encoded(text)
        if name or code:
            codes = {links.READY_MADE: name} if name else {links.QUERY: code}
            st.caption(_("Người nhận mở liên kết sẽ thấy đúng câu truy vấn này, rồi bấm “Chạy”."))
            st.code(_own_address() + links.address("sql", view.language.code, **codes), language=None, wrap_lines=True)
        else:
            st.caption(_("Câu truy vấn quá dài để đưa vào liên kết. Hãy tải tệp rồi gửi đi."))
        st.download_button(
            _("Tải tệp .sql"), text, "truy-van.sql", mime="application/sql", key="console_file", on_click="ignore"
        )


def _own_address() -> str:
    """Where this dashboard is, as the reader's browser has it; `''` where that is not known."""
    address = st.context.url or ""
    return address.rsplit("/", 1)[0] if address.count("/") > 2 else address
