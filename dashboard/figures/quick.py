"""The quick chart of a query's result: bars, lines or dots, whichever its columns lend themselves to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.figures.template import Figure, axis, date_format, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, INK

KINDS = ("bar", "line", "dots")
MOST_BARS, MOST_LINES, MOST_POINTS = 40, 12, 5_000
ROW_PIXELS, LEAST_HEIGHT, HEIGHT = 22, 160, 420
GREYS = ("#5B6670", "#8A949E", "#3E6C8A", "#B07A2A", "#6C7A3A", "#7A5C8A")


def suited(kinds: Sequence[str], different: Sequence[int]) -> tuple[str, int, int] | None:
    """Kind of chart and the places of its x and y, from the kinds of the columns; None without a number.

    Words and a number are bars, named by the column with the most different words; days and a number are a line, two
    numbers dots; a number alone is bars by row. `different` is how many different cells each column has.
    """
    numbers = [place for place, kind in enumerate(kinds) if kind == "number"]
    if not numbers:
        return None
    days = [place for place, kind in enumerate(kinds) if kind in ("day", "moment") and different[place] > 1]
    words = [place for place, kind in enumerate(kinds) if kind in ("text", "truth") and different[place] > 1]
    if days and (not words or different[days[0]] > max(different[place] for place in words)):
        return "line", days[0], numbers[0]
    if words:
        return "bar", max(words, key=lambda place: (different[place], -place)), numbers[0]
    return ("dots", numbers[0], numbers[1]) if len(numbers) > 1 else ("bar", numbers[0], numbers[0])


def quick_chart(
    kind: str,
    across: Sequence[Any],
    values: Sequence[Any],
    series: Sequence[Any],
    titles: tuple[str, str],
    language: Language,
) -> Figure:
    """`across` and `values` are the two columns, row by row; `series` tells lines apart (empty: one line)."""
    points = [(x, y, s) for x, y, s in zip(across, values, series or [""] * len(values), strict=True) if y is not None]
    if kind == "bar":
        return _bars(points[:MOST_BARS], titles, language)
    return _lines(points[:MOST_POINTS], titles, language) if kind == "line" else _dots(points, titles, language)


def _written(value: Any, language: Language) -> str:
    return language.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _bars(points: list[tuple[Any, Any, Any]], titles: tuple[str, str], language: Language) -> Figure:
    """Lying bars in the order of the query, each with its number."""
    places = list(range(len(points)))
    room = max((abs(value) for _x, value, _s in points), default=1) or 1
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [value for _x, value, _s in points],
                "y": places,
                "text": [_written(value, language) for _x, value, _s in points],
                "textposition": "outside",
                "textfont": {"size": 11, "color": INK},
                "cliponaxis": False,
                "marker": {"color": ACCENT},
                "hovertext": [
                    f"<b>{_written(x, language)}</b><br>{titles[1]}: {_written(y, language)}" for x, y, _s in points
                ],
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            language,
            height=max(LEAST_HEIGHT, ROW_PIXELS * len(points) + 60),
            bargap=0.25,
            xaxis=axis(
                title={"text": titles[1]},
                range=[
                    -room * 1.15 if any(value < 0 for _x, value, _s in points) else 0,
                    room * 1.15 if any(value > 0 for _x, value, _s in points) else 0,
                ],
                tickformat=",~f",
                nticks=6,
            ),
            yaxis=axis(
                tickmode="array",
                tickvals=places,
                ticktext=[_shortened(_written(x, language)) for x, _y, _s in points],
                autorange="reversed",
                showgrid=False,
                tickfont={"size": 12, "color": INK},
            ),
        ),
    }


def _shortened(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _across(points: list[tuple[Any, Any, Any]], title: str, language: Language) -> dict[str, Any]:
    """The axis of what goes across: days in the reader's format, numbers with its separators."""
    is_day = bool(points) and isinstance(points[0][0], str) is False and hasattr(points[0][0], "isoformat")
    shown = {"tickformat": date_format(language), "nticks": 7} if is_day else {"tickformat": ",~f", "nticks": 8}
    return axis(title={"text": title}, **(shown if is_day or _is_number(points) else {"type": "category"}))


def _is_number(points: list[tuple[Any, Any, Any]]) -> bool:
    return bool(points) and isinstance(points[0][0], int | float)


def _lines(points: list[tuple[Any, Any, Any]], titles: tuple[str, str], language: Language) -> Figure:
    """One line per series, named at its end; the first in the accent colour."""
    names = list(dict.fromkeys(series for _x, _y, series in points))[:MOST_LINES]
    traces = []
    for place, name in enumerate(names):
        own = sorted(
            ((x, y) for x, y, series in points if series == name and x is not None), key=lambda point: point[0]
        )
        colour = ACCENT if place == 0 else GREYS[(place - 1) % len(GREYS)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text" if len(names) > 1 else "lines+markers",
                "x": [x for x, _y in own],
                "y": [y for _x, y in own],
                "text": [""] * (len(own) - 1) + [_shortened(str(name), 22)],
                "textposition": "middle right",
                "textfont": {"size": 12, "color": colour},
                "cliponaxis": False,
                "line": {"color": colour, "width": 2},
                "marker": {"size": 5},
                "hovertext": [f"{name} {_across_text(x, language)}: {_written(y, language)}".strip() for x, y in own],
                "hoverinfo": "text",
            }
        )
    return {
        "data": traces,
        "layout": layout(
            language,
            height=HEIGHT,
            margin={"r": 150 if len(names) > 1 else 20},
            xaxis=_across(points, titles[0], language),
            yaxis=axis(title={"text": titles[1]}, tickformat=",~f", rangemode="tozero"),
        ),
    }


def _across_text(value: Any, language: Language) -> str:
    return language.day(value) if hasattr(value, "isoformat") else _written(value, language)


def _dots(points: list[tuple[Any, Any, Any]], titles: tuple[str, str], language: Language) -> Figure:
    """One dot per row."""
    shown = [(x, y, series) for x, y, series in points if x is not None][:MOST_POINTS]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [x for x, _y, _s in shown],
                "y": [y for _x, y, _s in shown],
                "marker": {"size": 8, "color": ACCENT, "opacity": 0.7},
                "hovertext": [
                    f"{series}<br>{_across_text(x, language)} · {_written(y, language)}" for x, y, series in shown
                ],
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            language,
            height=HEIGHT,
            xaxis=_across(shown, titles[0], language),
            yaxis=axis(title={"text": titles[1]}, tickformat=",~f"),
        ),
    }
