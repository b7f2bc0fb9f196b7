"""The directives under each other on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from dashboard.figures.curves import CLEAR, months, note, vertical
from dashboard.figures.template import Figure, hidden_axis, layout
from dashboard.language import Language
from dashboard.sentences import due_words
from dashboard.vocabulary import INK, MUTED, RULE, light_of, status_word
from dashboard.warehouse import Row

TIMELINE_ROW = 74
LABEL_WIDTH, LABEL_LINES = 45, 2
REFORM_STARTED_ON = date(2025, 7, 1)
FAR_AHEAD = timedelta(days=120)
ROOM_FOR_DATE = timedelta(days=130)
SYMBOLS = {"●": "circle", "▲": "triangle-up", "■": "square", "○": "circle"}


def timeline(directives: list[Row], shown_on: date, label: str, language: Language) -> Figure:
    """Directives under each other on one time axis: title above its line, the due date as a glyph.

    A dotted rule with `label` stands on `shown_on`. Tasks due long after the others would squeeze the axis; they
    stand at its end, with an arrow before their date.
    """
    rows = sorted(directives, key=lambda row: (row["due_on"], row["directive"]))
    end = shown_on + FAR_AHEAD
    titles = [
        note(
            REFORM_STARTED_ON,
            _label(language.pick(row["title_vi"], row["title_en"])),
            INK,
            y=-place,
            yshift=5,
            xanchor="left",
            align="left",
            bgcolor="#FFFFFF",
            borderpad=0,
        )
        for place, row in enumerate(rows)
    ]
    return {
        "data": [_due_marks(rows, end, language)],
        "layout": layout(
            language,
            height=TIMELINE_ROW * len(rows) + 50,
            margin={"l": 0, "r": 0, "t": 28, "b": 8},
            xaxis=months([REFORM_STARTED_ON, end + ROOM_FOR_DATE], "M2"),
            yaxis=hidden_axis(range=[-len(rows) + 0.6, 0.8]),
            shapes=[vertical(shown_on, MUTED, "dot"), *(_span(row, place, end) for place, row in enumerate(rows))],
            annotations=[
                note(shown_on, label, MUTED, xanchor="right", y=1, yref="paper"),
                *titles,
                *(_due_day(row, place, end, language) for place, row in enumerate(rows)),
            ],
        ),
    }


def _span(row: Row, place: int, end: date) -> dict[str, Any]:
    """From the day a directive was issued (the reform's first day where that is not known) to its due date."""
    due = min(row["due_on"], end)
    start = min(row["issued_on"] or REFORM_STARTED_ON, due)
    line = {"color": RULE, "width": 5}
    return {"type": "line", "x0": start, "x1": due, "y0": -place, "y1": -place, "line": line, "layer": "below"}


def _due_day(row: Row, place: int, end: date, language: Language) -> dict[str, Any]:
    """The due date beside its glyph."""
    text = ("→ " if row["due_on"] > end else "") + language.day(row["due_on"])
    said = note(min(row["due_on"], end), text, INK, size=12, y=-place, xanchor="left", xshift=10, **CLEAR)
    return {**said, "yanchor": "middle"}


def _label(title: str) -> str:
    """A title on at most two lines that a phone can show; the rest is in the tooltip and in the choice below."""
    lines = wrap(title, LABEL_WIDTH)
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1] + " …"]
    return "<br>".join(lines)


def _due_marks(rows: Sequence[Row], end: date, language: Language) -> dict[str, Any]:
    lights = [light_of(row["status"]) for row in rows]
    titles = [language.pick(row["title_vi"], row["title_en"]) for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [min(row["due_on"], end) for row in rows],
        "y": [-place for place in range(len(rows))],
        "marker": {
            "symbol": [SYMBOLS[light.glyph] for light in lights],
            "size": 13,
            "opacity": 1,
            "color": [light.colour for light in lights],
            "line": {"width": 1, "color": [MUTED if light.glyph == "○" else light.colour for light in lights]},
        },
        "hovertext": [
            f"<b>{title}</b><br>{due_words(row, language)}<br>{status_word(row['status'], language)}"
            for title, row in zip(titles, rows, strict=True)
        ],
        "hoverinfo": "text",
        "name": "",
    }
