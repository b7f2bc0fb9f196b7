"""So sánh: two days, two provinces, or a province with its region and the country."""

from __future__ import annotations

import streamlit as st

from dashboard import links
from dashboard.blocks import comparison_days, comparison_places
from dashboard.view import page_view

view = page_view("comparison")
_ = view.language.text
kinds = {
    "ngay": _("Hai ngày, từng tỉnh"),
    "tinh": _("Hai tỉnh, thành phố"),
    "vung": _("Một tỉnh với vùng và cả nước"),
}

st.title(_("So sánh"))
filters = st.container(horizontal=True, vertical_alignment="bottom")
with filters:
    kind = links.choose(links.COMPARED, _("So sánh gì"), kinds, "ngay")
if kind == "ngay":
    comparison_days.two_days(view, filters)
elif kind == "tinh":
    comparison_places.two_provinces(view, filters)
else:
    comparison_places.province_in_region(view, filters)
