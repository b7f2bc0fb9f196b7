"""Progress over time: one curve against its deadline, small lines for cards."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.figures.template import Figure, axis, layout
from dashboard.forecast_sentences import day_range
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, DARK_RED, GREY, INK, MUTED, RULE
from dashboard.warehouse import Row

CURVE_HEIGHT = 380
FULL = 100
TOP = 106.0
ROOM_ABOVE = 1.04
EDGE = timedelta(days=8)
TICKS = tuple((timedelta(days=days), every) for days, every in ((150, "M1"), (330, "M2"), (500, "M3"), (1000, "M6")))
LOWEST_NOTE, ROOM_FOR_NOTE = 16.0, 0.6
LONGEST_AHEAD = timedelta(days=400)
# Of a text that lines may pass behind.
CLEAR = {"bgcolor": "rgba(255, 255, 255, .9)", "borderpad": 1}
BAND = "rgba(27, 79, 114, .16)"
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120, 32, 3


@dataclass(frozen=True, slots=True)
class Goal:
    """What a directive asks for: `target_pct` by `last_day_on`, from `started_on`; `due_text` words `due_on`."""

    started_on: date
    last_day_on: date
    due_on: date
    due_text: str
    target_pct: float = FULL


def progress_curve(days: list[Row], goal: Goal, language: Language, forecast: Row | None = None) -> Figure:
    """The country's progress in percent, the even pace to the target, the due date with its wording, what may come.

    `days` as from `national_curve.sql`, at least one with progress. `forecast` has early, expected and late finish and
    the share proven on its day (`proven_pct`); without an early one there is no band. The axis starts at zero and grows
    past 100 where progress does; a range that ends in a far year is cut by the edge of the picture.
    """
    reported = [row for row in days if row["progress_pct"] is not None]
    first, last = reported[0], reported[-1]
    finish = forecast if forecast and forecast["early_finish_on"] else None
    start = min(first["as_of_on"], goal.due_on, goal.started_on) - EDGE
    end = max(last["as_of_on"], goal.due_on, _horizon(last["as_of_on"], finish)) + EDGE * 2
    top = max([TOP, *(row["progress_pct"] * ROOM_ABOVE for row in reported)])
    is_after_middle = goal.due_on - start > end - goal.due_on
    newest = note(last["as_of_on"], f"<b>{language.percent(last['progress_pct'])}</b>", ACCENT, size=15)
    due = note(goal.due_on, goal.due_text, DARK_RED, xanchor="right" if is_after_middle else "left", y=1, yref="paper")
    newest |= {"y": last["progress_pct"], "xanchor": "right", "yshift": 6, "xshift": -4, **CLEAR}
    return {
        "data": [
            *_pace(goal, language),
            *(_band(finish, last, goal.target_pct, end, language) if finish else []),
            _curve(reported, language),
        ],
        "layout": layout(
            language,
            height=CURVE_HEIGHT,
            margin={"l": 8, "r": 16, "t": 34, "b": 8},
            xaxis=months([start, end], tick_every(end - start), showgrid=False),
            yaxis=axis(range=[0, top], ticksuffix="%", nticks=6),
            shapes=[
                vertical(goal.due_on, DARK_RED, "solid"),
                vertical(last["as_of_on"], MUTED, "dot"),
                _target_mark(goal.target_pct),
            ],
            annotations=[
                due,
                newest,
                *(_finish_note(finish, last, start, end, language) if finish else []),
            ],
        ),
    }


def tick_every(span: timedelta) -> str:
    """How far apart the months on an axis are named, as Plotly writes it."""
    return next((every for longest, every in TICKS if span < longest), "M12")


def _horizon(last_on: date, finish: Row | None) -> date:
    """How far ahead the picture shows a forecast: to its late end, at most about a year."""
    if finish is None:
        return last_on
    early: date = finish["early_finish_on"]
    late: date = finish["late_finish_on"] or finish["expected_finish_on"] or early
    return max(min(late, last_on + LONGEST_AHEAD), min(early, last_on + 2 * LONGEST_AHEAD))


def months(range_: list[date], every: str, **more: Any) -> dict[str, Any]:
    """A time axis that names months."""
    return axis(type="date", range=range_, tickformat="%m/%Y", dtick=every, tickangle=0, **more)


def _pace(goal: Goal, language: Language) -> list[dict[str, Any]]:
    """From nothing on the first day straight to the target on the last one."""
    if goal.started_on >= goal.last_day_on:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": language.text("Tiến đều đến hạn"),
            "hoverinfo": "name",
            "x": [goal.started_on, goal.last_day_on],
            "y": [0, goal.target_pct],
            "line": {"color": GREY, "width": 2, "dash": "dot"},
        }
    ]


def _band(finish: Row, last: Row, target_pct: float, end: date, language: Language) -> list[dict[str, Any]]:
    """From the share proven on the newest day to the target, between the early and the late end, the expected day too.

    Where no end was seen the lower edge stays level: it may also never move again.
    """
    proven = finish["proven_pct"] if finish["proven_pct"] is not None else last["progress_pct"]
    late = (finish["late_finish_on"], target_pct) if finish["late_finish_on"] else (end, proven)
    corners = [(last["as_of_on"], proven), (finish["early_finish_on"], target_pct), late, (last["as_of_on"], proven)]
    if not finish["late_finish_on"]:
        corners.insert(2, (end, target_pct))
    band = {
        "type": "scatter",
        "mode": "lines",
        "name": language.text("Khoảng dự báo 80%"),
        "hoverinfo": "name",
        "x": [corner[0] for corner in corners],
        "y": [corner[1] for corner in corners],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"color": BAND, "width": 0},
    }
    if finish["expected_finish_on"] is None:
        return [band]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": language.text("Dự kiến"),
        "hoverinfo": "name",
        "x": [last["as_of_on"], finish["expected_finish_on"]],
        "y": [proven, target_pct],
        "line": {"color": ACCENT, "width": 2, "dash": "dash"},
    }
    return [band, line]


def _finish_note(finish: Row, last: Row, start: date, end: date, language: Language) -> list[dict[str, Any]]:
    """The expected day and its range, under the band and right of what was reported; nothing where the day is off."""
    on = finish["expected_finish_on"]
    if on is None or on > end:
        return []
    text = language.text("dự kiến {day}").format(day=language.day(on))
    text += f"<br>({day_range(finish['early_finish_on'], finish['late_finish_on'], language)})"
    is_roomy = last["as_of_on"] - start < (end - start) * ROOM_FOR_NOTE
    x, side, shift = (last["as_of_on"], "left", 10) if is_roomy else (end, "right", 0)
    proven = finish["proven_pct"] if finish["proven_pct"] is not None else last["progress_pct"]
    said = note(x, text, ACCENT, y=max(proven, LOWEST_NOTE), xanchor=side, xshift=shift, yshift=-8, align=side)
    return [{**said, "yanchor": "top", **CLEAR}]


def _curve(reported: list[Row], language: Language) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": language.text("Cả nước"),
        "x": [row["as_of_on"] for row in reported],
        "y": [row["progress_pct"] for row in reported],
        "line": {"color": ACCENT, "width": 2.5},
        "marker": {"size": 6, "color": ACCENT},
        "hovertext": [
            f"<b>{language.day(row['as_of_on'])}</b><br>{language.percent(row['progress_pct'])} "
            f"({language.number(row['value'])} / {language.number(row['target'])})"
            for row in reported
        ],
        "hoverinfo": "text",
    }


def vertical(on: date, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.5, "dash": dash}
    place = {"xref": "x", "yref": "paper", "x0": on, "x1": on, "y0": 0, "y1": 1}
    return {"type": "line", **place, "line": line, "layer": "below"}


def _target_mark(target_pct: float) -> dict[str, Any]:
    line = {"color": INK, "width": 1}
    where = {"xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": target_pct, "y1": target_pct}
    return {"type": "line", **where, "line": line}


def note(x: date, text: str, colour: str, size: int = 13, **more: Any) -> dict[str, Any]:
    """A text that stands on its point."""
    font = {"size": size, "color": colour}
    return {"x": x, "text": text, "showarrow": False, "yanchor": "bottom", "font": font, **more}


def spark_line(points: Sequence[tuple[float, float | None]], colour: str = ACCENT) -> str:
    """A line without axes as an image address, from 0 to 100 (or its own top, if higher). '' under two known points.

    `points` are (place along the line, value): the picture begins at the first place, known or not.
    """
    known = [(place - points[0][0], value) for place, value in points if value is not None]
    if len(known) <= 1:
        return ""
    width, height = SPARK_WIDTH - 2 * SPARK_EDGE, SPARK_HEIGHT - 2 * SPARK_EDGE
    top = max(float(FULL), *(value for _place, value in known))
    span = known[-1][0]
    points = [(SPARK_EDGE + place / span * width, SPARK_EDGE + (1 - value / top) * height) for place, value in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}">'
        f'<path d="M{SPARK_EDGE} {SPARK_HEIGHT - SPARK_EDGE}h{width}" stroke="{RULE}"/>'
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="3" fill="{colour}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
