"""The whole country on plain axes: its 3,321 communes as dots, or its provinces as shapes where there are boundaries.

Hoàng Sa and Trường Sa stand at their true places on both, with their names and the province that each belongs to.
Dots are drawn by WebGL; the archipelagos are not, so that they show also where a browser has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.maps import Paint, Painter
from dashboard.figures.shades import ALL_DONE, SCALE, STEPS, shade_of, step_words
from dashboard.figures.template import Figure, hidden_axis, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, DARK_RED, GREY, INK, LIGHTS, MUTED, Light
from dashboard.warehouse import Row

HEIGHT = 752
WEST_EAST = [101.9, 116.2]
SOUTH_NORTH = [7.9, 23.7]
# A degree of latitude is this much longer than one of longitude at the middle of the country.
STRETCH = 1.04
# The states that matter most are drawn last, so that nothing covers them.
DRAWN = ("not_counted", "done", "reported", "not_reported", "not_done")
DOT_SIZE, MARKED_SIZE = 5, 7
STATE_LIGHTS = {
    "not_done": Light("■", DARK_RED, "#FFFFFF"),
    "not_reported": LIGHTS["none"],
    "done": LIGHTS["good"],
    "reported": Light("●", ACCENT, "#FFFFFF"),
    "not_counted": Light("", GREY, INK),
}
SYMBOLS = {"●": "circle", "▲": "triangle-up", "■": "square", "○": "circle", "": "circle"}


@dataclass(frozen=True, slots=True)
class Dots:
    """Communes that look alike: what they are (`word`, with `glyph`), their colours, what a pointer on each tells."""

    word: str
    glyph: str
    colour: str
    ink: str
    rows: Sequence[Row]
    hovers: Sequence[str]
    is_scale: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A province's outline: rings of (longitude, latitude), and where its name stands."""

    rings: Sequence[Sequence[tuple[float, float]]]
    middle: tuple[float, float]


def dots_by_state(communes: Sequence[Row], words: Mapping[str, str], language: Language) -> list[Dots]:
    """A group per state, for what a commune has or has not. `communes` as from `country_communes.sql`."""
    groups = []
    for state in DRAWN:
        rows = [row for row in communes if row["state"] == state]
        light = STATE_LIGHTS[state]
        hovers = [_commune_hover(row, words[state], language) for row in rows]
        groups.append(Dots(words[state], light.glyph, light.colour, light.ink, rows, hovers, state == "reported"))
    return [group for group in groups if group.rows]


def dots_by_share(communes: Sequence[Row], words: Mapping[str, str], language: Language) -> list[Dots]:
    """A group per step of the scale, for what is a share in each commune; the states without a share as above."""
    shared = [row for row in communes if row["progress_pct"] is not None]
    groups = dots_by_state([row for row in communes if row["progress_pct"] is None], words, language)
    for shade in (ALL_DONE, *reversed(STEPS)):
        rows = [row for row in shared if shade_of(row["progress_pct"]) is shade]
        hovers = [_commune_hover(row, language.percent(row["progress_pct"]), language) for row in rows]
        glyph = "●" if shade is ALL_DONE else ""
        groups.append(Dots(step_words(language)[shade], glyph, shade.colour, shade.ink, rows, hovers))
    return [group for group in groups if group.rows]


def dots_by_province(communes: Sequence[Row], paints: Mapping[str, Paint]) -> list[Dots]:
    """A group per colour of the map of provinces, for what provinces report. `paints` by province code."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in communes:
        paint = paints[row["province_code"]]
        glyph = paint.line[:1] if paint.line[:1] in SYMBOLS else ""
        groups.setdefault((glyph, paint.colour), []).append(row)
    return [
        Dots(
            "",
            glyph,
            colour,
            INK,
            rows,
            [f"{row['commune_name']}<br>{paints[row['province_code']].hover}" for row in rows],
        )
        for (glyph, colour), rows in groups.items()
    ]


def commune_map(groups: Sequence[Dots], archipelagos: list[Row], language: Language) -> Figure:
    """Every commune as a dot, one glyph and colour per group. Points carry `province code|commune code`."""
    islands = _islands(archipelagos, "province_code", "commune_code")
    return {"data": [*(_dots(group) for group in groups), islands], "layout": _sheet(language)}


def _dots(group: Dots) -> dict[str, Any]:
    marker: dict[str, Any] = {"symbol": SYMBOLS[group.glyph], "size": DOT_SIZE, "color": group.colour}
    if group.is_scale:
        marker |= {"color": [row["place_pct"] for row in group.rows], "colorscale": SCALE, "cmin": 0, "cmax": 100}
    if group.glyph == "○":
        marker |= {"size": MARKED_SIZE, "line": {"width": 1.2, "color": MUTED}}
    if group.glyph == "■":
        marker["size"] = MARKED_SIZE
    return {
        "type": "scattergl",
        "mode": "markers",
        "name": group.word,
        "x": [row["longitude"] for row in group.rows],
        "y": [row["latitude"] for row in group.rows],
        "marker": marker,
        "hovertext": group.hovers,
        "hoverinfo": "text",
        "customdata": [f"{row['province_code']}|{row['commune_code']}" for row in group.rows],
        "unselected": {"marker": {"opacity": 1}},
    }


def _commune_hover(row: Row, word: str, language: Language) -> str:
    """Name, province, state; the value too where it says more than the state does."""
    says_more = row["value"] is not None and not row["value"] == row["target"] == 1
    value = f": {language.number(row['value'])}" if says_more else ""
    whole = f" / {language.number(row['target'])}" if says_more and row["target"] is not None else ""
    return f"<b>{row['commune_name']}</b>, {row['short_name']}<br>{word}{value}{whole}"


def _islands(archipelagos: list[Row], *codes: str) -> dict[str, Any]:
    """A ring around each archipelago, with its name and province under it."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "archipelagos",
        "x": [row["longitude"] for row in archipelagos],
        "y": [row["latitude"] for row in archipelagos],
        "text": [f"<b>{row['name']}</b><br>({row['province_name']})" for row in archipelagos],
        "textposition": "bottom center",
        "textfont": {"size": 12, "color": INK},
        "cliponaxis": False,
        "marker": {"size": 17, "symbol": "circle-open", "color": ACCENT, "line": {"width": 1.5, "color": ACCENT}},
        "hovertext": [f"<b>{row['commune_name']}</b><br>{row['province_name']}" for row in archipelagos],
        "hoverinfo": "text",
        "customdata": ["|".join(row[code] for code in codes) for row in archipelagos],
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": INK}},
    }


def shape_map(
    rows: Sequence[Row], shapes: Mapping[str, Shape], archipelagos: list[Row], language: Language, painter: Painter
) -> Figure:
    """Provinces as filled shapes, each with a mark in its middle to point at, which carries the province's code.

    Names would stand on each other in the deltas, so the tooltip has them.

    `rows` are what `painter` reads. A province without a shape has its name nowhere on this map, so callers say so.
    """
    drawn = [
        (row, shapes[row["province_code"]], painter(row, language)) for row in rows if row["province_code"] in shapes
    ]
    fills = [_fill(shape, paint.colour, row["short_name"]) for row, shape, paint in drawn]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "name": "provinces",
        "x": [shape.middle[0] for _row, shape, _paint in drawn],
        "y": [shape.middle[1] for _row, shape, _paint in drawn],
        "marker": {"size": 11, "color": "#FFFFFF", "line": {"width": 1.5, "color": INK}},
        "hovertext": [paint.hover for _row, _shape, paint in drawn],
        "hoverinfo": "text",
        "customdata": [row["province_code"] for row, _shape, _paint in drawn],
        "unselected": {"marker": {"opacity": 1}},
    }
    return {"data": [*fills, marks, _islands(archipelagos, "province_code")], "layout": _sheet(language)}


def _fill(shape: Shape, colour: str, name: str) -> dict[str, Any]:
    """One trace per province; rings are apart by a gap, since a line between them would cross the sea."""
    points = [point for ring in shape.rings for point in (*ring, (None, None))]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [longitude for longitude, _latitude in points],
        "y": [latitude for _longitude, latitude in points],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0.8, "color": GREY},
        "hoverinfo": "skip",
    }


def _sheet(language: Language) -> dict[str, Any]:
    return layout(
        language,
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        clickmode="event+select",
        hovermode="closest",
        xaxis=hidden_axis(range=WEST_EAST, automargin=False, constrain="domain"),
        yaxis=hidden_axis(range=SOUTH_NORTH, automargin=False, scaleanchor="x", scaleratio=STRETCH, constrain="domain"),
    )
