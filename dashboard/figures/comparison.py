"""Two days beside each other: a line per province, those that moved most by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.comparison_sentences import furthest
from dashboard.figures.template import Figure, axis, hidden_axis, layout
from dashboard.language import Language
from dashboard.map_sentences import mean
from dashboard.vocabulary import ACCENT, GREY, INK, RULE
from dashboard.warehouse import Row

SLOPE_HEIGHT = 520
# No status: whether a fall is good depends on what is counted.
FALLING = "#8A5A00"
# Labels beside the lines stand at least this share of the axis apart.
LABEL_GAP = 0.04


def slope(rows: Sequence[Row], from_on: date, to_on: date, is_share: bool, language: Language) -> Figure:
    """A line per province between two days; those that rose or fell most, and the country, in colour with their names.

    `rows` as from `compare_days.sql`, at least one known on both days. A hollow end is a value carried over from an
    earlier report. A province known on one of the days only has a point and no line.
    """
    places = [row for row in rows if row["province_code"] != "VN"]
    country = [row for row in rows if row["province_code"] == "VN"]
    moved = [row for row in places if row["change_shown"] is not None]
    rose = furthest([row for row in moved if row["change_shown"] > 0], is_share, language)
    fell = furthest([row for row in moved[::-1] if row["change_shown"] < 0], is_share, language)
    coloured = {row["province_code"]: colour for rows, colour in ((rose, ACCENT), (fell, FALLING)) for row in rows}
    shown = [value for row in rows for value in (row["from_shown"], row["to_shown"]) if value is not None]
    low, high = min(shown), max(shown)
    edge = (high - low) * 0.04 or 1
    room = (low - edge, high + edge)
    quiet = [row for row in places if row["province_code"] not in coloured]
    drawn = [(row, GREY, 1.2) for row in quiet] + [(row, INK, 3.0) for row in country]
    drawn += [(row, coloured[row["province_code"]], 2.2) for row in (*rose, *fell)]
    named = [(row, coloured.get(row["province_code"], INK)) for row in (*rose, *fell, *country)]
    return {
        "data": [_line(row, colour, width, is_share, language) for row, colour, width in drawn],
        "layout": layout(
            language,
            height=SLOPE_HEIGHT,
            margin={"l": 60, "r": 150, "t": 30, "b": 8},
            hovermode="closest",
            xaxis=axis(
                tickvals=[0, 1], ticktext=[language.day(from_on), language.day(to_on)], side="top", range=[-0.04, 1.04],
                gridcolor=RULE, automargin=False, tickfont={"size": 13, "color": INK},
            ),
            yaxis=hidden_axis(range=list(room), automargin=False),
            annotations=[label for side in (0, 1) for label in _labels(named, side, room, is_share, language)],
        ),
    }  # fmt: skip


def _written(value: float, is_share: bool, language: Language) -> str:
    return language.percent(value) if is_share else mean(value, language)


def _line(row: Row, colour: str, width: float, is_share: bool, language: Language) -> dict[str, Any]:
    """From the first day to the second; `customdata` has the province's code, none for the country."""
    _ = language.text
    name = row["short_name"] or _("Cả nước")
    ends = [(row["from_shown"], row["from_is_carried"], row["from_reported_on"]),
            (row["to_shown"], row["to_is_carried"], row["to_reported_on"])]  # fmt: skip
    hovers = []
    for value, is_carried, reported_on in ends:
        said = _("chưa có báo cáo") if value is None else _written(value, is_share, language)
        kept = _("số kỳ {day}, chưa báo cáo lại").format(day=language.day(reported_on)) if is_carried else ""
        hovers.append("<br>".join(filter(None, [f"<b>{name}</b>", said, kept])))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [0, 1],
        "y": [value for value, _is_carried, _reported_on in ends],
        "line": {"color": colour, "width": width},
        "marker": {
            "size": 8,
            "color": colour,
            "symbol": ["circle-open" if is_carried else "circle" for _value, is_carried, _reported_on in ends],
            "line": {"width": 1.5, "color": colour},
        },
        "hovertext": hovers,
        "hoverinfo": "text",
        "customdata": [row["province_code"]] * 2 if row["short_name"] else ["", ""],
        "unselected": {"marker": {"opacity": 1}},
    }


def apart(values: Sequence[float], room: tuple[float, float]) -> list[float]:
    """Where labels of these values stand, lowest first: near, apart from each other, inside the picture."""
    bottom, top = room
    gap = (top - bottom) * LABEL_GAP
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + gap) if places else value)
    highest = top - gap / 2
    for number in reversed(range(len(places))):
        places[number] = highest = min(places[number], highest)
        highest -= gap
    return places


def _labels(
    named: Sequence[tuple[Row, str]], side: int, room: tuple[float, float], is_share: bool, language: Language
) -> list[dict[str, Any]]:
    """Values on the left, names with values on the right, moved apart where they would stand on each other."""
    column = ("from_shown", "to_shown")[side]
    known = sorted(
        ((row, colour) for row, colour in named if row[column] is not None), key=lambda each: each[0][column]
    )
    labels: list[dict[str, Any]] = []
    for (row, colour), place in zip(known, apart([row[column] for row, _colour in known], room), strict=True):
        value = _written(row[column], is_share, language)
        name = row["short_name"] or language.text("Cả nước")
        text = f"<b>{name}</b> {value}" if side else value
        labels.append(
            {
                "x": side, "y": place, "text": text, "showarrow": False, "xanchor": "left" if side else "right",
                "xshift": 10 if side else -10, "font": {"size": 12, "color": colour},
            }
        )  # fmt: skip
    return labels
