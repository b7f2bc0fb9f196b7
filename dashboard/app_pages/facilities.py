"""Cơ sở vật chất: how many communes lack an office, equipment, a line, which lack all three."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import facilities, topic
from dashboard.topics import TOPICS
from dashboard.view import page_view

view = page_view("facilities")
_ = view.language.text
shown = topic.field(view, TOPICS["facilities"])
together = facilities.together(view)

st.title(_("Cơ sở vật chất"))
st.html(markup.lead(facilities.opening(view, together)))
topic.headlines(view, shown)
topic.explore(view, shown, beside=lambda: facilities.combinations(view, together))
facilities.by_type(view, together)
