"""Tỉnh, thành phố: one province, its tasks, its communes, its reports."""

from __future__ import annotations

import streamlit as st

from dashboard import links, markup, parts, sentences
from dashboard.blocks import chain, commune, military, province, restatements, staffing
from dashboard.view import page_view
from dashboard.vocabulary import STATUSES

view = page_view("province")
_ = view.language.text
names = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}

st.title(_("Tỉnh, thành phố"))
commune.lead_to_province(view)
code = links.choose(links.PROVINCE, _("Tỉnh, thành phố"), names, "01")
header = view.published.row("province_header", province_code=code)
tasks = view.published.rows("province_tasks", province_code=code, statuses=list(STATUSES))
unit = commune.chosen(view, code)
st.html(markup.lead(sentences.province(header, tasks, view.language)))
parts.brief_link(view, code)
if unit:
    commune.way_to_card(view, unit)

st.html(markup.heading(_("Nhiệm vụ có hạn"), _("gấp nhất trước")))
province.task_table(view, code, tasks)

st.html(markup.heading(_("Khuyến nông: từng bước")))
chain.of_province(view, code)

if view.reader.reaches("internal"):
    st.html(markup.heading(_("Nhân lực cấp xã"), _("thiếu và dư để riêng, theo từng mốc")))
    staffing.of_province(view, code)

if view.reader.reaches("restricted"):
    st.html(markup.heading(_("Ban Chỉ huy quân sự cấp xã"), _("lưu hành hạn chế, không phổ biến")))
    military.of_province(view, code)

st.html(markup.heading(_("Xã, phường, đặc khu")))
province.communes(view, code, names[code], unit["commune_code"] if unit else "")
if unit:
    commune.card(view, unit)

st.html(markup.heading(_("Mọi chỉ tiêu"), _("chọn một dòng để xem nguồn")))
province.indicators(view, code)

st.html(markup.heading(_("Báo cáo đã gửi")))
province.submissions(view, code)

st.html(markup.heading(_("Số liệu đã điều chỉnh"), _("mới nhất trước")))
restatements.of_province(view, code)

st.html(markup.heading(_("Giá trị cần gửi lại"), _("bị để riêng hoặc có lưu ý")))
province.set_aside(view, code)
