"""The blocks of the page Chất lượng dữ liệu."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import exports, markup, quality_sentences, step_markup
from dashboard.tables import table
from dashboard.view import View
from dashboard.vocabulary import submission_word
from dashboard.warehouse import Row


def rule_options(view: View, rules: list[Row]) -> dict[str, str]:
    """Rules that were broken, by their title."""
    _ = view.language.text
    return {"": _("Tất cả")} | {row["rule"]: view.language.pick(row["title_vi"], row["title_en"]) for row in rules}


def files_to_review(view: View) -> None:
    """Files that were refused or wait for a person."""
    _ = view.language.text
    rows = view.published.rows("files_to_review")
    if not rows:
        st.caption(quality_sentences.no_files_to_review(view.run["submission_count"], view.language))
        return
    frame = pd.DataFrame(rows)
    frame["status_word"] = [submission_word(row["status"], view.language) for row in rows]
    frame["message"] = [view.language.pick(row["message_vi"] or "", row["message_en"] or "") for row in rows]
    frame["fix"] = [view.language.pick(row["fix_vi"] or "", row["fix_en"] or "") for row in rows]
    table(
        frame,
        {
            "received_at": (_("Nhận lúc"), "moment"),
            "status_word": (_("Kết quả"), "text"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "file_name": (_("Tệp"), "text"),
            "message": (_("Vì sao"), "text"),
            "fix": (_("Cách sửa"), "text"),
        },
        _("Tệp không dùng được hoặc chờ xác nhận"),
        view.language,
        key="review_table",
    )


def set_aside_rates(view: View) -> None:
    """Does each province get better: the share set aside of what it sent, report by report, and what has changed."""
    _, language = view.language.text, view.language
    newest = view.published.rows("set_aside_rates")
    st.html(markup.paragraphs([quality_sentences.trends(newest, language)]))
    if not any(row["all_rejected_count"] for row in newest):
        return
    order = sorted(newest, key=lambda row: (-row["recent_pct"], -row["all_rejected_count"], row["province_code"]))
    highest = max(max(row["rates"]) for row in newest)
    entries = [
        (row["short_name"], language.percent(row["recent_pct"]), row["rates"])
        for row in order
        if row["all_rejected_count"]
    ]
    st.html(step_markup.rate_curves(entries, highest, language))
    text = _("Mỗi đường từ 0 đến {highest}, kỳ cũ bên trái; số là của ba kỳ gần nhất gộp lại.")
    st.html(markup.remark(text.format(highest=language.percent(highest))))
    frame = pd.DataFrame(order)
    frame["change"] = [quality_sentences.rate_change(row) for row in order]
    columns = {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "recent_pct": (_("Để riêng, ba kỳ gần nhất"), "percent"),
        "before_pct": (_("Ba kỳ trước đó"), "percent"),
        "change": (_("Thay đổi (điểm %)"), "signed"),
        "set_aside_pct": (_("Kỳ mới nhất"), "percent"),
        "rejected_count": (_("Giá trị để riêng, kỳ mới nhất"), "number"),
        "sent_count": (_("Giá trị đã gửi, kỳ mới nhất"), "number"),
        "as_of_on": (_("Kỳ"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Tỷ lệ giá trị để riêng theo địa phương, cao nhất đứng trên")
    table(frame, columns, title, language, key="set_aside_rates")
    exports.downloads(view, frame, columns, "ty-le-de-rieng", title)
