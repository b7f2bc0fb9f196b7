"""Trung tâm PVHCC và thủ tục: centres, the portal, dossiers of the period, the review of procedures."""

from __future__ import annotations

import streamlit as st

from dashboard import markup
from dashboard.blocks import centres, topic
from dashboard.topics import TOPICS
from dashboard.view import page_view

view = page_view("centres")
_ = view.language.text
shown = topic.field(view, TOPICS["centres"])

st.title(_("Trung tâm PVHCC và thủ tục"))
st.html(markup.lead(centres.opening(view, shown)))
topic.headlines(view, shown)
topic.explore(view, shown)
