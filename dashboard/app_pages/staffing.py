"""Nhân lực, quân sự: commune staff against a named baseline, by field; posts of military commands by position."""

from __future__ import annotations

import streamlit as st

from dashboard import markup, staffing_sentences
from dashboard.blocks import military, staffing
from dashboard.view import current_view

view = current_view()
_ = view.language.text

st.title(_("Nhân lực, quân sự"))
baselines = view.published.rows("staffing_baselines")
every = view.published.rows("staffing_balance", province_code="", baseline="", field="")
country = [row for row in every if row["province_code"] == "VN"]
baseline, field = staffing.choose_comparison(view, baselines, country)
shown = next((row for row in country if (row["baseline"], row["field"]) == (baseline, field)), None)
st.html(
    markup.lead(
        [
            staffing_sentences.balance(shown, view.language),
            staffing_sentences.fields(country, view.language),
            staffing_sentences.beside(country[0] if country else None, view.language),
        ]
    )
)
staffing.how_to_read(view, baselines, baseline)

provinces = [
    row for row in every if row["province_code"] != "VN" and (row["baseline"], row["field"]) == (baseline, field)
]
st.html(markup.heading(_("Thiếu và dư theo địa phương"), _("số người, để riêng, không bù trừ")))
staffing.province_bars(view, provinces)
staffing.province_table(view, provinces)

st.html(markup.heading(_("Thiếu theo lĩnh vực, cả nước"), _("do xã báo cáo")))
staffing.field_bars(view, country)

st.html(markup.heading(_("Từng xã, phường, đặc khu"), _("thiếu nhiều nhất trước")))
staffing.communes(view, provinces, baseline, field)

st.html(markup.heading(_("Ban Chỉ huy quân sự cấp xã"), _("số liệu hạn chế, không phổ biến")))
military.country(view)
