"""Progress over time: one curve against its deadline, the directives on one time axis, small lines for cards."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

from dashboard.figures.template import Figure, axis, hidden_axis, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, DARK_RED, GREY, INK, MUTED, RULE, light_of, status_word
from dashboard.warehouse import Row

CURVE_HEIGHT = 380
TIMELINE_ROW = 56
LABEL_WIDTH = 46
REFORM_STARTED_ON = date(2025, 7, 1)
SPARK_WIDTH, SPARK_HEIGHT = 120, 32


def progress_curve(days: list[Row], due_on: date, due_text: str, as_of_on: date, language: Language) -> Figure:
    """The country's progress in percent, the line to full achievement at the due date, the due date with its wording.

    `days` as from `national_curve.sql`. The axis starts at zero and grows past 100 where progress does.
    """
    _ = language.text
    reported = [row for row in days if row["progress_pct"] is not None]
    top = max([106.0, *(row["progress_pct"] * 1.04 for row in reported)])
    last = reported[-1]
    margin = timedelta(days=8)
    first_on, last_on = min(reported[0]["as_of_on"], due_on) - margin, max(as_of_on, due_on) + margin * 2
    traces: list[dict[str, Any]] = []
    if reported[0]["as_of_on"] < due_on and reported[0]["progress_pct"] < 100:
        traces.append(
            {
                "type": "scatter", "mode": "lines", "name": _("Nhịp cần có"), "hoverinfo": "skip",
                "x": [reported[0]["as_of_on"], due_on], "y": [reported[0]["progress_pct"], 100],
                "line": {"color": GREY, "width": 2, "dash": "dot"},
            }
        )  # fmt: skip
    traces.append(
        {
            "type": "scatter", "mode": "lines+markers", "name": _("Cả nước"),
            "x": [row["as_of_on"] for row in reported], "y": [row["progress_pct"] for row in reported],
            "line": {"color": ACCENT, "width": 2.5}, "marker": {"size": 6, "color": ACCENT},
            "hovertext": [_hover(row, language) for row in reported], "hoverinfo": "text",
        }
    )  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            language,
            height=CURVE_HEIGHT,
            margin={"l": 8, "r": 16, "t": 34, "b": 8},
            xaxis=axis(type="date", range=[first_on, last_on], tickformat="%m/%Y", showgrid=False, dtick="M1", tickangle=0),
            yaxis=axis(range=[0, top], ticksuffix="%", nticks=6),
            shapes=[_vertical(due_on, DARK_RED, "solid"), _vertical(as_of_on, MUTED, "dot"), _full_mark()],
            annotations=[
                _flag(due_on, due_text, DARK_RED, after=(due_on - first_on) < (last_on - due_on)),
                {
                    "x": last["as_of_on"], "y": last["progress_pct"], "text": f"<b>{language.percent(last['progress_pct'])}</b>",
                    "showarrow": False, "xanchor": "right", "yanchor": "bottom", "yshift": 6, "font": {"size": 15, "color": ACCENT},
                },
            ],
        ),
    }  # fmt: skip


def _hover(row: Row, language: Language) -> str:
    return (
        f"<b>{language.day(row['as_of_on'])}</b><br>{language.percent(row['progress_pct'])} "
        f"({language.number(row['value'])} / {language.number(row['target'])})"
    )


def _vertical(on: date, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "x0": on, "x1": on, "y0": 0, "y1": 1,
        "line": {"color": colour, "width": 1.5, "dash": dash},
    }  # fmt: skip


def _full_mark() -> dict[str, Any]:
    return {
        "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": 100, "y1": 100,
        "line": {"color": INK, "width": 1},
    }  # fmt: skip


def _flag(on: date, text: str, colour: str, after: bool) -> dict[str, Any]:
    """A label at the top of a vertical rule, on the side where there is room."""
    return {
        "x": on, "y": 1, "yref": "paper", "text": text, "showarrow": False, "yanchor": "bottom",
        "xanchor": "left" if after else "right", "font": {"size": 13, "color": colour},
    }  # fmt: skip


def timeline(directives: list[Row], as_of_on: date, language: Language) -> Figure:
    """Directives under each other on one time axis: title above its line, the due date as a glyph.

    Tasks due long after the others would squeeze the axis; they are drawn at its end with their date beside them.
    """
    _ = language.text
    rows = sorted(directives, key=lambda row: (row["due_on"], row["directive"]))
    end = as_of_on + timedelta(days=120)
    shapes: list[dict[str, Any]] = [_vertical(as_of_on, MUTED, "dot")]
    annotations = [_flag(as_of_on, _("Số liệu {day}").format(day=language.day(as_of_on)), MUTED, after=False)]
    for place, row in enumerate(rows):
        due = min(row["due_on"], end)
        start = min(row["issued_on"] or REFORM_STARTED_ON, due)
        shapes.append(
            {"type": "line", "x0": start, "x1": due, "y0": -place, "y1": -place, "line": {"color": RULE, "width": 5}}
        )
        title = "<br>".join(wrap(language.pick(row["title_vi"], row["title_en"]), LABEL_WIDTH * 2)[:1])
        annotations.append(
            {
                "x": REFORM_STARTED_ON, "y": -place, "text": title, "showarrow": False, "xanchor": "left",
                "yanchor": "bottom", "yshift": 5, "align": "left", "font": {"size": 13, "color": INK},
            }
        )  # fmt: skip
    return {
        "data": [_due_marks(rows, end, language)],
        "layout": layout(
            language,
            height=TIMELINE_ROW * len(rows) + 60,
            margin={"l": 0, "r": 0, "t": 28, "b": 8},
            xaxis=axis(type="date", range=[REFORM_STARTED_ON, end + timedelta(days=70)], tickformat="%m/%Y", dtick="M2", tickangle=0),
            yaxis=hidden_axis(range=[-len(rows) + 0.6, 0.75]),
            shapes=shapes,
            annotations=annotations,
        ),
    }


def _due_marks(rows: Sequence[Row], end: date, language: Language) -> dict[str, Any]:
    lights = [light_of(row["status"]) for row in rows]
    symbols = {"●": "circle", "▲": "triangle-up", "■": "square", "○": "circle"}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [min(row["due_on"], end) for row in rows],
        "y": [-place for place in range(len(rows))],
        "text": ["  " + language.day(row["due_on"]) for row in rows],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "marker": {
            "symbol": [symbols[light.glyph] for light in lights],
            "size": 13,
            "color": [light.colour for light in lights],
            "line": {"width": 1, "color": [MUTED if light.glyph == "○" else light.colour for light in lights]},
        },
        "hovertext": [
            f"<b>{language.pick(row['title_vi'], row['title_en'])}</b><br>{row['due_text_vi']}<br>"
            + status_word(row["status"], language)
            for row in rows
        ],
        "hoverinfo": "text",
        "name": "",
    }


def spark_line(values: Sequence[float | None], colour: str = ACCENT) -> str:
    """A line without axes as an image address, drawn from 0 to 100 (or its own top, if higher). '' under two points."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line needs two ends
        return ""
    top = max(100.0, *(value for _place, value in known))
    span = max(place for place, _value in known) or 1
    points = [(3 + place / span * (SPARK_WIDTH - 6), 3 + (1 - value / top) * (SPARK_HEIGHT - 6)) for place, value in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}">'
        f'<line x1="3" y1="{SPARK_HEIGHT - 3}" x2="{SPARK_WIDTH - 3}" y2="{SPARK_HEIGHT - 3}" stroke="{RULE}"/>'
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="3" fill="{colour}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


