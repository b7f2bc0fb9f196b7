"""How many reports came in time, late, without figures or not at all, period by period."""

from __future__ import annotations

from dashboard.figures.template import Figure, axis, day_axis, layout
from dashboard.language import Language
from dashboard.vocabulary import AMBER, DARK_RED, GREY, INK, TEAL, coverage_word
from dashboard.warehouse import Row

HEIGHT = 260
COLOURS = {"on_time": TEAL, "late": AMBER, "empty": GREY, "missing": DARK_RED}


def period_bars(rows: list[Row], language: Language) -> Figure:
    """`rows` as from `reporting_periods.sql`: one stacked bar per period, reports in time at the bottom."""
    days = [row["as_of_on"] for row in rows]
    return {
        "data": [
            {
                "type": "bar",
                "name": coverage_word(status, language),
                "x": [language.day(day) for day in days],
                "y": [row[status] for row in rows],
                "marker": {"color": colour},
                "hovertext": [_hover(row, status, language) for row in rows],
                "hoverinfo": "text",
            }
            for status, colour in COLOURS.items()
        ],
        "layout": layout(
            language,
            height=HEIGHT,
            barmode="stack",
            bargap=0.25,
            xaxis=day_axis(days, language, tickfont={"size": 11, "color": INK}),
            yaxis=axis(rangemode="tozero", range=[0, max(row["expected"] for row in rows)], nticks=5),
        ),
    }


def _hover(row: Row, status: str, language: Language) -> str:
    count = f"{language.number(row[status])}/{language.number(row['expected'])}"
    return f"<b>{language.day(row['as_of_on'])}</b><br>{coverage_word(status, language)}: {count}"
