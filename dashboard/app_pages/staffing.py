"""Nhân sự và thiếu hụt: commune staff against a named baseline, by field; training, secondments, contracts."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import staffing, topic
from dashboard.topics import TOPICS
from dashboard.view import page_view

view = page_view("staffing")
_ = view.language.text

shown_topic = topic.field(view, TOPICS["staffing"])

st.title(_("Nhân sự và thiếu hụt"))
every = view.published.rows("staffing_balance", province_code="", baseline="", field="")
country = [row for row in every if row["province_code"] == "VN"]
if view.is_empty:
    st.html(markup.lead(staffing.opening(view, shown_topic, None, country)))
    topic.headlines(view, shown_topic)
else:
    baselines = view.published.rows("staffing_baselines")
    baseline, field = staffing.choose_comparison(view, baselines, country)
    shown = next((row for row in country if (row["baseline"], row["field"]) == (baseline, field)), None)
    st.html(markup.lead(staffing.opening(view, shown_topic, shown, country)))
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

    st.html(markup.heading(_("Bồi dưỡng, biệt phái, hợp đồng"), _("so với hạn nơi có hạn")))
    topic.headlines(view, shown_topic)
    topic.explore(view, shown_topic)
