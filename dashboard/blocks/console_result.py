"""The result of a query on the page Truy vấn SQL: table, quick chart, files to take away, or what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import console_sentences, exports, links, markup, parts
from dashboard.blocks.console import Key
from dashboard.console.sandbox import Column, Fault, Limits, Result
from dashboard.figures.quick import KINDS, MOST_BARS, quick_chart, suited
from dashboard.tables import Columns, table
from dashboard.view import View

HEIGHT = 520
MOST_SERIES = 12


def show(view: View, last: tuple[Key, Result | Fault] | None) -> None:
    """What came of the query that was run last; nothing before the first."""
    _ = view.language.text
    if last is None:
        st.caption(_("Chưa chạy câu nào. Chọn một câu hỏi thường gặp hoặc tự viết, rồi bấm “Chạy”."))
        return
    key, outcome = last
    if isinstance(outcome, Fault):
        say = st.info if outcome.kind == "stopped" else st.error
        say(console_sentences.fault(outcome, Limits(), view.language))
        if outcome.message:
            st.code(outcome.message, language=None, wrap_lines=True)
        return
    if key[:2] != (view.published.path, view.published.token):
        st.caption(_("Kết quả này lấy từ một phiên bản số liệu khác. Bấm “Chạy” để lấy lại."))
        return
    st.html(markup.remark(console_sentences.result(outcome, view.language), console_sentences.origin(view)))
    frame, columns = frame_of(outcome)
    tabs = st.tabs([_("Bảng"), _("Biểu đồ nhanh")])
    with tabs[0]:
        table(frame, columns, _("Kết quả truy vấn"), view.language, key="console_table", height=HEIGHT)
        notes = [(_("Câu truy vấn"), key[2])]
        exports.downloads(view, frame, columns, "truy-van-sql", _("Kết quả truy vấn SQL"), notes)
    with tabs[1]:
        chart(view, outcome, columns)


def labels_of(columns: Sequence[Column]) -> list[str]:
    """The names that the query gave, told apart where two are the same: `value`, `value (2)`."""
    seen: Counter[str] = Counter()
    labels: list[str] = []
    for column in columns:
        seen[column.name] += 1
        label = column.name if seen[column.name] == 1 else f"{column.name} ({seen[column.name]})"
        labels.append(label if label not in labels else f"{label} ·")
    return labels


def typed(cell: Any, kind: str) -> Any:
    """A cell as Python has it; what is no day of ours (before our era, past 9999) stays text."""
    if not isinstance(cell, str) or kind not in ("day", "moment"):
        return cell
    try:
        return date.fromisoformat(cell) if kind == "day" else datetime.fromisoformat(cell)
    except ValueError:
        return cell


def frame_of(result: Result) -> tuple[pd.DataFrame, Columns]:
    """The rows as a frame with columns `c0`, `c1`, …, and how each is labelled and shown."""
    data: dict[str, list[Any]] = {}
    shown: dict[str, tuple[str, str]] = {}
    for place, (column, label) in enumerate(zip(result.columns, labels_of(result.columns), strict=True)):
        cells = [typed(row[place], column.kind) for row in result.rows]
        kind = column.kind
        if kind != "text" and any(isinstance(cell, str) for cell in cells):
            kind, cells = "text", [None if cell is None else str(cell) for cell in cells]
        data[f"c{place}"] = cells
        shown[f"c{place}"] = (label, "text" if kind == "truth" else kind)
    return pd.DataFrame(data), shown


def chart(view: View, result: Result, columns: Columns) -> None:
    """The chart that the columns lend themselves to; the reader may choose another, and other columns."""
    _ = view.language.text
    different = [len({row[place] for row in result.rows}) for place in range(len(result.columns))]
    best = suited([column.kind for column in result.columns], different)
    if best is None or not result.rows:
        st.caption(_("Cần ít nhất một cột số và một dòng để vẽ."))
        return
    names = {code: label for code, (label, _kind) in columns.items()}
    numbers = {code: label for code, (label, kind) in columns.items() if kind == "number"}
    words = {"bar": _("Cột"), "line": _("Đường"), "dots": _("Điểm")}
    left, middle, right = st.columns(3)
    with left:
        kind = links.choose(links.CHART, _("Kiểu"), {each: words[each] for each in KINDS}, best[0])
    with middle:
        across = links.choose(links.ACROSS, _("Trục ngang, nhãn"), names, f"c{best[1]}")
    with right:
        value = links.choose(links.VALUE, _("Giá trị"), numbers, f"c{best[2]}")
    places = {code: place for place, code in enumerate(columns)}
    values = [[typed(row[place], column.kind) for row in result.rows] for place, column in enumerate(result.columns)]
    series = _series(result, values, places[across], places[value], kind)
    titles = (names[across], names[value])
    figure = quick_chart(kind, values[places[across]], values[places[value]], series, titles, view.language)
    parts.chart(figure, console_sentences.chart_alt(kind, *titles, view.language), view.language, key="console_chart")
    if kind == "bar" and len(result.rows) > MOST_BARS:
        st.caption(_("Biểu đồ cột vẽ {count} dòng đầu.").format(count=MOST_BARS))


def _series(result: Result, values: list[list[Any]], across: int, value: int, kind: str) -> list[Any]:
    """What tells lines apart or names dots: the first column of words that is not drawn itself, while they are few."""
    for place, column in enumerate(result.columns):
        if column.kind == "text" and place not in (across, value):
            different = len(set(values[place]))
            if kind == "dots" or 1 < different <= MOST_SERIES:
                return values[place]
    return []
