"""The blocks of the page Đính chính: what was changed after it had been reported, and the reasons that provinces give.

A reason goes through `tiendo review reason`: nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd
import streamlit as st

from dashboard import exports, links, markup, parts, restatement_sentences
from dashboard.commands import TIMED_OUT, run_command
from dashboard.language import Language
from dashboard.tables import Columns, table
from dashboard.view import View
from dashboard.vocabulary import indicator_name
from dashboard.warehouse import Row

LATEST = 10
# More would take seconds to draw, and nobody reads them; the filters and the SQL page reach all of them.
TABLE_ROWS = 1000
WRITE_SECONDS = 60
TABLE_HEIGHT = 520
_SAID = "reason_said"
STATUS, REASON = "status", "reason"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader looks at; '' is all."""

    province_code: str
    indicator: str
    only: str

    def parameters(self) -> dict[str, str]:
        """As the queries take them."""
        return {"province_code": self.province_code, "indicator": self.indicator, "only": self.only}


def opening(view: View) -> list[str]:
    """All restatements in two sentences."""
    counts = view.published.row("restatement_counts")
    figures = view.published.rows("restated_figures")
    statuses = view.published.rows("restated_statuses")
    return restatement_sentences.counts(counts, figures, len(statuses), view.run["submission_count"], view.language)


def choose_filters(view: View) -> Filters:
    """One line of filters under the opening."""
    _ = view.language.text
    every = view.published.rows("restated_indicators", **Filters("", "", "").parameters())
    provinces = {row["province_code"]: row["short_name"] for row in sorted(every, key=lambda row: row["province_code"])}
    indicators = {row["indicator"]: indicator_name(row, view.language) for row in every}
    only = {"": _("Tất cả"), STATUS: _("Làm đổi tình trạng"), REASON: _("Còn chờ lý do")}
    left, middle, right = st.columns(3)
    with left:
        province_code = links.choose(links.ONLY_PROVINCE, _("Tỉnh, thành phố"), {"": _("Tất cả")} | provinces, "")
    with middle:
        indicator = links.choose(links.INDICATOR, _("Chỉ tiêu"), {"": _("Mọi chỉ tiêu")} | indicators, "")
    with right:
        state = links.choose(links.STATE, _("Chỉ xem"), only, "")
    return Filters(province_code, indicator, state)


def latest(view: View, filters: Filters) -> None:
    """The newest restatements, each in a sentence."""
    _ = view.language.text
    said = _sentences(view, filters)
    if not said:
        is_filtered = filters != Filters("", "", "")
        st.caption(
            _("Không có lần điều chỉnh nào theo bộ lọc này.") if is_filtered else _("Chưa có lần điều chỉnh nào.")
        )
        return
    st.html(markup.sentence_list(said[:LATEST]))
    if len(said) > LATEST:
        text = _("{shown} lần mới nhất trong {count}; các lần khác ở bảng dưới.")
        st.html(markup.remark(text.format(shown=LATEST, count=view.language.number(len(said)))))


def of_province(view: View, province_code: str) -> None:
    """What one province restated, for its own page."""
    said: list[tuple[str, str]] = view.published.kept(
        "restatement_sentences",
        lambda: _sentences(view, Filters(province_code, "", "")),
        province_code,
        view.language.code,
    )
    if not said:
        st.caption(view.language.text("Chưa có số liệu nào của địa phương này được điều chỉnh."))
        return
    st.html(markup.sentence_list(said[:LATEST]))


def _sentences(view: View, filters: Filters) -> list[tuple[str, str]]:
    """(name of the province, what was restated), newest first."""
    rows = view.published.rows("restated_indicators", **filters.parameters())
    changes = view.published.rows("restated_statuses")
    said = []
    for key, group in groupby(rows, key=_one_restatement):
        mine = list(group)
        shown = {row["indicator"] for row in mine}
        statuses = [row for row in changes if _one_restatement(row) == key and row["indicator"] in shown]
        said.append((mine[0]["short_name"], restatement_sentences.restatement(mine, statuses, view.language)))
    return said


def _one_restatement(row: Row) -> tuple[object, ...]:
    return (row["restatement"], row["province_code"], row["as_of_on"])


def changed_values(view: View, filters: Filters) -> None:
    """Every changed value with its files and cells; a reason can be noted for one that asks for it."""
    _, language = view.language.text, view.language
    if message := st.session_state.pop(_SAID, ""):
        st.success(markup.as_text(message))
    rows = view.published.rows("restatements", newest_count=TABLE_ROWS, **filters.parameters())
    frame = pd.DataFrame(rows)
    if rows:
        changes = view.published.rows("restated_statuses")
        frame["name"] = [indicator_name(row, language) for row in rows]
        frame["statuses"] = [_statuses_of(row, changes, language) for row in rows]
        frame["why"] = [restatement_sentences.reason(row, language) for row in rows]
        frame["by"] = [_("Bộ đính chính") if row["correction"] else _("tỉnh gửi lại") for row in rows]
    columns = _columns(language)
    title = _("Các giá trị đã điều chỉnh, mới nhất trước")
    chosen = table(frame, columns, title, language, key="restatement_table", height=TABLE_HEIGHT, is_selectable=True)
    exports.downloads(view, frame, columns, "dieu-chinh", title)
    if rows:
        if rows[0]["found_count"] > len(rows):
            text = _("{shown} giá trị mới nhất trong {count}; chọn tỉnh, chỉ tiêu để xem các giá trị khác.")
            counts = {"shown": len(rows), "count": rows[0]["found_count"]}
            st.html(markup.remark(text.format(**{name: language.number(count) for name, count in counts.items()})))
        st.html(
            markup.remark(
                _("“Toàn quốc”: thay đổi của số cả nước cho ngày đó do riêng giá trị này; trống nếu không được tính."),
                _("Chọn một dòng để mở trang tỉnh hoặc ghi lý do tỉnh trả lời."),
            )
        )
    if chosen is not None:
        row = rows[chosen]
        parts.province_link(view, row["province_code"], row["short_name"])
        if row["asks_reason"]:
            _ask_reason(view, row)


def _statuses_of(row: Row, changes: list[Row], language: Language) -> str:
    """The statuses that the restatement of this value changed, in words."""
    mine = [
        restatement_sentences.status_change(change, language)
        for change in changes
        if row["status_change"]
        and change["indicator"] == row["indicator"]
        and _one_restatement(change) == _one_restatement(row)
    ]
    return "; ".join(mine)


def _columns(language: Language) -> Columns:
    _ = language.text
    return {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "unit_name": (_("Đơn vị"), "text"),
        "name": (_("Chỉ tiêu"), "text"),
        "as_of_on": (_("Kỳ"), "day"),
        "old_value": (_("Trước"), "number"),
        "new_value": (_("Sau"), "number"),
        "national_effect": (_("Toàn quốc"), "signed"),
        "statuses": (_("Tình trạng thay đổi"), "text"),
        "why": (_("Lý do"), "short"),
        "restated_at": (_("Nhận lúc"), "moment"),
        "by": (_("Điều chỉnh bởi"), "text"),
        "old_file": (_("Tệp trước"), "text"),
        "old_place": (_("Ô trước"), "text"),
        "new_file": (_("Tệp sau"), "text"),
        "new_place": (_("Ô sau"), "text"),
        "unit_code": (_("Mã đơn vị"), "text"),
        "restatement": (_("Lần gửi"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def _ask_reason(view: View, row: Row) -> None:
    """A form for the reason that the province gave, for this value or for all of the same submission that lack one."""
    _, _n = view.language.text, view.language.plural
    key = f"{row['new_submission_id']}_{row['unit_code']}_{row['indicator']}"
    with st.form(f"reason_{key}"):
        name = indicator_name(row, view.language)
        old, new = view.language.number(row["old_value"]), view.language.number(row["new_value"])
        st.markdown(f"**{markup.as_text(row['unit_name'])}** · {name}: {old} → {new}")
        left, right = st.columns(2)
        said = left.text_input(_("Lý do tỉnh trả lời"), row["reason"] or "", key=f"why_{key}")
        document = right.text_input(_("Văn bản (nếu có)"), row["reason_document_no"] or "", key=f"paper_{key}")
        is_for_all = False
        if row["asked_count"] > 1 and not row["reason"]:
            text = _n("Ghi cho cả {count} giá trị chờ lý do của lần gửi này", row["asked_count"])
            is_for_all = st.checkbox(
                text.format(count=view.language.number(row["asked_count"])), True, key=f"all_{key}"
            )
        if not st.form_submit_button(_("Ghi lý do")):
            return
    if not said.strip():
        st.warning(_("Ghi lý do tỉnh trả lời trước khi bấm."))
        return
    arguments = ["review", "reason", f"--submission={row['new_submission_id']}", f"--reason={said.strip()}"]
    arguments += [f"--document={document.strip()}", "--json"]
    if not is_for_all:
        arguments += [
            f"--unit={row['unit_code']}",
            f"--indicator={row['indicator']}",
            f"--as-of={row['as_of_on']:%Y-%m-%d}",
        ]
    result = run_command(arguments, WRITE_SECONDS)
    if result.is_success and isinstance(result.data, dict):
        st.session_state[_SAID] = view.language.pick(result.data["message_vi"], result.data["message_en"])
        st.rerun()
    elif result.exit_code == TIMED_OUT:
        st.error(_("Việc này lâu quá mức cho phép nên đã dừng. Thử lại sau ít phút."))
    else:
        st.error(result.error or _("Không thực hiện được."))
