"""What all charts share: type, rules, separators, the configuration that keeps the browser on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard import formats
from dashboard.language import Language
from dashboard.vocabulary import INK, MUTED, RULE

Figure = dict[str, Any]
NAMED_DAYS = 20
FONT = '"Source Sans", sans-serif'


def layout(language: Language, height: int, **more: Any) -> dict[str, Any]:
    """A white sheet with light rules. `more` is merged over it, one level deep."""
    base: dict[str, Any] = {
        "height": height,
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ",." if language.code == "vi" else ".,",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "font": {"family": FONT, "size": 13},
            "bgcolor": "#FFFFFF",
            "bordercolor": RULE,
            "align": "left",
        },
    }
    for name, value in more.items():
        base[name] = {**base[name], **value} if isinstance(value, dict) and isinstance(base.get(name), dict) else value
    return base


def axis(**more: Any) -> dict[str, Any]:
    """A quiet axis: light grid, no zero line, no frame, fixed range (a page scrolls, a chart does not)."""
    return {
        "gridcolor": RULE,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": MUTED},
        "automargin": True,
        **more,
    }


def day_axis(days: Sequence[date], language: Language, **more: Any) -> dict[str, Any]:
    """An axis with a place for each day, `language.day(day)`; the year stands at its first day only.

    Of many days only every second (third, …) is named, the newest always, so that names don't stand on each other.
    """
    named = days[:: -max(-(-len(days) // NAMED_DAYS), 1)][::-1]
    first_of_year = {day.year: day for day in reversed(named)}
    texts = [formats.day(day, language.code, has_year=first_of_year[day.year] == day) for day in named]
    return axis(
        type="category",
        tickvals=[language.day(day) for day in named],
        ticktext=texts,
        showgrid=False,
        tickangle=-60,
        **more,
    )


def hidden_axis(**more: Any) -> dict[str, Any]:
    """An axis that only places things."""
    return axis(visible=False, showgrid=False, **more)


def date_format(language: Language) -> str:
    """How Plotly writes a day."""
    return "%d/%m/%Y" if language.code == "vi" else "%-d %b %Y"


def config(language: Language) -> dict[str, Any]:
    """Passed to the browser with each chart: no upload, and no bar of buttons that only a mouse finds.

    Pictures are saved with the buttons under each chart (`parts.chart`), which keyboards and phones reach too.
    """
    return {
        "displayModeBar": False,
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "scrollZoom": False,
        "doubleClick": False,
        "locale": language.code,
        "locales": {language.code: {"dictionary": {}, "format": {}}},
    }
