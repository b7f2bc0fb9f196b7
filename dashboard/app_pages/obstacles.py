"""Khó khăn, vướng mắc: raised, resolved, still open, where most are open."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import obstacles, topic
from dashboard.topics import TOPICS
from dashboard.view import page_view

view = page_view("obstacles")
_ = view.language.text
shown = topic.field(view, TOPICS["obstacles"])

st.title(_("Khó khăn, vướng mắc"))
st.html(markup.lead(obstacles.opening(view, shown)))
topic.headlines(view, shown)
topic.explore(view, shown)
