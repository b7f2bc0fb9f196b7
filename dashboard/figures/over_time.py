"""One figure of the country day by day: a line for a state, bars for what a period has counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dashboard.figures.curves import tick_every
from dashboard.figures.template import Figure, axis, day_axis, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, INK
from dashboard.warehouse import Row

HEIGHT = 300
FULL = 100
ROOM_ABOVE = 1.12
SHORT = timedelta(days=100)


def over_time(days: list[Row], column: str, is_period: bool, language: Language) -> Figure:
    """`days` as from `national_curve.sql`, at least one with a value in `column`; the axis begins at zero.

    Days without a report leave a gap. The newest number stands at its point.
    """
    is_share = column == "progress_pct"
    known = [row for row in days if row[column] is not None]
    top = max([row[column] for row in known] + ([FULL] if is_share else [])) or 1
    names = [language.day(row["as_of_on"]) for row in known]
    drawn = _bars(known, names, column, language) if is_period else _line(known, column, language)
    across = (
        day_axis([row["as_of_on"] for row in known], language, tickfont={"size": 11, "color": INK})
        if is_period
        else _dates(known[0]["as_of_on"], known[-1]["as_of_on"], language)
    )
    newest = known[-1]
    is_falling = not is_period and len(known) > 1 and newest[column] < known[-2][column]
    return {
        "data": [drawn],
        "layout": layout(
            language,
            height=HEIGHT,
            margin={"l": 8, "r": 40, "t": 26, "b": 8},
            bargap=0.3,
            xaxis=across,
            yaxis=axis(range=[0, top * ROOM_ABOVE], ticksuffix="%" if is_share else "", nticks=6, tickformat=",.0f"),
            annotations=[
                {
                    "x": names[-1] if is_period else newest["as_of_on"],
                    "y": newest[column],
                    "text": f"<b>{_number(newest, column, language)}</b>",
                    "showarrow": False,
                    "xanchor": "center" if is_period else "right",
                    "yanchor": "top" if is_falling else "bottom",
                    "yshift": -6 if is_falling else 4,
                    "font": {"size": 15, "color": ACCENT},
                }
            ],
        ),
    }


def _dates(first: date, last: date, language: Language) -> dict[str, Any]:
    """An axis that names months; of a history too short for that, its first and last day."""
    if last - first >= SHORT:
        return axis(type="date", tickformat="%m/%Y", dtick=tick_every(last - first), tickangle=0, showgrid=False)
    ends = sorted({first, last})
    texts = [language.day(each) for each in ends]
    return axis(type="date", tickmode="array", tickvals=ends, ticktext=texts, tickangle=0, showgrid=False)


def _number(row: Row, column: str, language: Language) -> str:
    return language.percent(row[column]) if column == "progress_pct" else language.number(row[column])


def _hover(row: Row, column: str, language: Language) -> str:
    lines = [f"<b>{language.day(row['as_of_on'])}</b>: {_number(row, column, language)}"]
    if row["expected_unit_count"]:
        text = language.text("{reported}/{expected} đơn vị báo cáo")
        reported, expected = language.number(row["reported_unit_count"]), language.number(row["expected_unit_count"])
        lines.append(text.format(reported=reported, expected=expected))
    return "<br>".join(lines)


def _line(rows: list[Row], column: str, language: Language) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "",
        "x": [row["as_of_on"] for row in rows],
        "y": [row[column] for row in rows],
        "line": {"color": ACCENT, "width": 2.5},
        "marker": {"size": 6},
        "hovertext": [_hover(row, column, language) for row in rows],
        "hoverinfo": "text",
    }


def _bars(rows: list[Row], names: list[str], column: str, language: Language) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": "",
        "x": names,
        "y": [row[column] for row in rows],
        "marker": {"color": ACCENT},
        "hovertext": [_hover(row, column, language) for row in rows],
        "hoverinfo": "text",
    }
