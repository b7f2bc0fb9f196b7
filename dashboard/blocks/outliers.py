"""The block Giá trị khác thường: what stands out, why, and a form that notes what the province says.

The answer goes through `tiendo review follow-up`: nothing is written here.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import chase_sentences, exports, markup
from dashboard.commands import TIMED_OUT, run_command
from dashboard.tables import table
from dashboard.view import View
from dashboard.vocabulary import indicator_name, outlier_state_word
from dashboard.warehouse import Row

WRITE_SECONDS = 60
_SAID = "follow_up_said"


def outliers(view: View, province_code: str) -> None:
    """The values with their explanation; one of them can be confirmed or asked again."""
    _ = view.language.text
    if message := st.session_state.pop(_SAID, ""):
        st.success(markup.as_text(message))
    rows = view.published.rows("outliers", province_code=province_code)
    st.html(markup.paragraphs([chase_sentences.outlier_counts(rows, view.is_empty, view.language)]))
    if not rows:
        return
    frame = pd.DataFrame(rows)
    frame["state_word"] = [outlier_state_word(row["state"], view.language) for row in rows]
    frame["indicator_name"] = [indicator_name(row, view.language) for row in rows]
    frame["why"] = [chase_sentences.outlier(row, view.language) for row in rows]
    columns = {
        "state_word": (_("Theo dõi"), "short"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "unit_name": (_("Đơn vị"), "text"),
        "indicator_name": (_("Chỉ tiêu"), "text"),
        "value": (_("Giá trị"), "number"),
        "why": (_("Vì sao khác thường"), "long"),
        "as_of_on": (_("Kỳ"), "day"),
        "previous_value": (_("Kỳ trước"), "number"),
        "file_name": (_("Tệp"), "text"),
        "source_place": (_("Ô"), "text"),
        "note": (_("Ghi chú"), "text"),
        "document_no": (_("Văn bản"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    chosen = table(
        frame, columns, _("Các giá trị khác thường, chưa xác minh trước"), view.language, key="outlier_table",
        is_selectable=True,
    )  # fmt: skip
    st.html(markup.remark(_("Chỉ là lưu ý: không giá trị nào bị để riêng. Chọn một dòng để ghi điều tỉnh xác nhận.")))
    exports.downloads(view, frame, columns, "gia-tri-khac-thuong", _("Giá trị khác thường"))
    if chosen is not None and rows[chosen]["state"] != "corrected":
        _follow_up(view, rows[chosen])


def _follow_up(view: View, row: Row) -> None:
    """A form for one value: what the province says of it."""
    _ = view.language.text
    key = f"{row['unit_code']}_{row['indicator']}"
    with st.form(f"follow_up_{key}"):
        name = indicator_name(row, view.language)
        st.markdown(f"**{markup.as_text(row['unit_name'])}** · {name}: {view.language.number(row['value'])}")
        words = {"confirmed": _("Tỉnh xác nhận số này đúng"), "open": _("Hỏi lại tỉnh")}
        state = st.radio(_("Kết quả"), list(words), format_func=words.__getitem__, horizontal=True, key=f"state_{key}")
        left, right = st.columns(2)
        note = left.text_input(_("Ai xác nhận, vì sao"), key=f"note_{key}")
        document = right.text_input(_("Văn bản (nếu có)"), key=f"document_{key}")
        if not st.form_submit_button(_("Ghi kết quả")):
            return
    if not note.strip():
        st.warning(_("Ghi ai xác nhận và vì sao trước khi bấm."))
        return
    arguments = [
        *("review", "follow-up", f"--unit={row['unit_code']}", f"--indicator={row['indicator']}"),
        *(f"--as-of={row['as_of_on']:%Y-%m-%d}", f"--value={row['value']!r}", f"--state={state}"),
        *(f"--note={note.strip()}", f"--document={document.strip()}", "--json"),
    ]
    result = run_command(arguments, WRITE_SECONDS)
    if result.is_success and isinstance(result.data, dict):
        st.session_state[_SAID] = view.language.pick(result.data["message_vi"], result.data["message_en"])
        st.rerun()
    elif result.exit_code == TIMED_OUT:
        st.error(_("Việc này lâu quá mức cho phép nên đã dừng. Thử lại sau ít phút."))
    else:
        st.error(result.error or _("Không thực hiện được."))
