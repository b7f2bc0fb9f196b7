"""Maps on plain axes, without any base map. Every one of them shows Hoàng Sa and Trường Sa.

A tile map gives each province the same weight and room for its name; the dot map shows one province's communes,
with the country beside it. Coordinates are drawn as they are, so nothing is fetched from outside. The dots of all
communes are in `country.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.figures.template import Figure, hidden_axis, layout
from dashboard.language import Language
from dashboard.sentences import reached
from dashboard.vocabulary import ACCENT, DARK_RED, GREY, INK, MUTED, RULE, TEAL, indicator_name, light_of, status_word
from dashboard.warehouse import Row

TILE = 0.93
ROW_PIXELS = 47
ISLANDS_FILL = "#EAF1F6"
DOT_MAP_HEIGHT = 440
COMMUNE_DOTS = {
    "not_done": ("square", DARK_RED, DARK_RED),
    "done": ("circle", TEAL, TEAL),
    "reported": ("circle", ACCENT, ACCENT),
    "not_reported": ("circle", "#FFFFFF", MUTED),
    "not_counted": ("circle", GREY, GREY),
}
ISLAND_DISTANCE = 0.12
LOCATOR_X = [101.8, 118.6]
LOCATOR_Y = [7.6, 23.9]


@dataclass(frozen=True, slots=True)
class Paint:
    """How a province is shown: the line under its name, the tooltip, the colour and that of text on it.

    `is_hatched` is for provinces that have not reported: no colour of a scale could be taken for theirs.
    """

    line: str
    hover: str
    colour: str
    ink: str
    is_hatched: bool = False


Painter = Callable[[Row, Language], Paint]


def two_lines(name: str) -> str:
    """A name broken at the space nearest to its middle, so that it fits a narrow tile."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces:
        return name
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def by_status(row: Row, language: Language) -> Paint:
    """A row of `map_tiles.sql`: the light of the province's most urgent task."""
    light = light_of(row["status"])
    second = _short(row, language) if row["value"] is not None else ""
    return Paint(f"{light.glyph} {second}".rstrip(), _status_hover(row, language), light.colour, light.ink)


def _short(row: Row, language: Language) -> str:
    """As `reached`, in words that fit the tile of a phone."""
    _ = language.text
    if not row["is_yes_no"]:
        return reached(row, language)
    return _("xong") if row["value"] else _("chưa")


def _status_hover(row: Row, language: Language) -> str:
    lines = [f"<b>{row['province_name']}</b>", status_word(row["status"], language)]
    if row["name_vi"]:
        lines.append(indicator_name(row, language))
        if row["value"] is not None:
            value, target = language.number(row["value"]), language.number(row["target"])
            lines.append(f"{value} / {target} · {reached(row, language)}")
    return "<br>".join(lines)


def tile_map(tiles: list[Row], archipelagos: list[Row], language: Language, painter: Painter = by_status) -> Figure:
    """One tile per province and one per archipelago. Points carry the province's code as `customdata`.

    `tiles` have a place on the map and what `painter` reads, as from `map_tiles.sql`; `archipelagos` as from
    `archipelagos.sql`.
    """
    last_row = max(row["tile_row"] for row in tiles)
    last_column = max(row["tile_column"] for row in tiles)
    paints = [painter(row, language) for row in tiles]
    provinces = _tiles(
        [(row["tile_column"], row["tile_row"], row["province_code"]) for row in tiles],
        text=[
            f"<b>{two_lines(row['short_name'])}</b><br>{paint.line}" for row, paint in zip(tiles, paints, strict=True)
        ],
        hovertext=[paint.hover for paint in paints],
        textfont={"size": 11, "color": [paint.ink for paint in paints]},
        marker={"color": [paint.colour for paint in paints], **hatching(paints)},
    )
    return {
        "data": [provinces, _archipelago_tiles(archipelagos, last_column)],
        "layout": layout(
            language,
            height=last_row * ROW_PIXELS,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            barmode="overlay",
            clickmode="event+select",
            xaxis=hidden_axis(range=[0.5, last_column + 0.5], automargin=False),
            yaxis=hidden_axis(range=[-last_row - 0.5, -0.5], automargin=False),
        ),
    }


def hatching(paints: list[Paint]) -> dict[str, Any]:
    """Stripes on the bars of what has not been reported; nothing where all has."""
    if not any(paint.is_hatched for paint in paints):
        return {}
    shapes = ["/" if paint.is_hatched else "" for paint in paints]
    colours = [paint.colour for paint in paints]
    return {"pattern": {"shape": shapes, "fgcolor": GREY, "bgcolor": colours, "size": 6, "solidity": 0.25}}


def _tiles(places: list[tuple[int, int, str]], **more: Any) -> dict[str, Any]:
    """Tiles at (column, row, province code). They are bars on a base: bars grow with the screen and can be clicked."""
    return {
        "type": "bar",
        "name": "",
        "x": [column for column, _row, _code in places],
        "y": [TILE] * len(places),
        "base": [-row - TILE / 2 for _column, row, _code in places],
        "width": TILE,
        "customdata": [code for _column, _row, code in places],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "hoverinfo": "text",
        "unselected": {"marker": {"opacity": 1}},
        **more,
    }


def _archipelago_tiles(archipelagos: list[Row], last_column: int) -> dict[str, Any]:
    """Hoàng Sa level with Đà Nẵng, Trường Sa below Khánh Hòa, both at the eastern edge."""
    rows = [row["tile_row"] + (2 if row["name"] == "Trường Sa" else 0) for row in archipelagos]
    return _tiles(
        [(last_column, place, row["province_code"]) for place, row in zip(rows, archipelagos, strict=True)],
        text=[f"<b>{row['name']}</b><br>({two_lines(row['province_name'])})" for row in archipelagos],
        hovertext=[f"<b>{row['commune_name']}</b><br>{row['province_name']}" for row in archipelagos],
        textfont={"size": 10, "color": INK},
        marker={"color": ISLANDS_FILL, "line": {"width": 1, "color": ACCENT}},
    )


def province_map(
    communes: list[Row], archipelagos: list[Row], locator: list[Row], language: Language, chosen: str = ""
) -> Figure:
    """One province's communes as dots, one glyph per state, and the country with both archipelagos beside it.

    The commune with the code `chosen` has a ring and its name.

    A commune of Hoàng Sa or Trường Sa is drawn at the eastern edge of the province's own frame: at its true place
    the mainland would shrink to a corner. The map of the country shows it at its true place.
    """
    islands = {row["commune_code"]: row for row in archipelagos}
    mainland = [row for row in communes if row["commune_code"] not in islands] or communes
    placed = [_at_the_edge(row, mainland) if row["commune_code"] in islands else row for row in communes]
    traces = [_commune_trace(state, placed, language) for state in COMMUNE_DOTS]
    labels = [
        {
            "x": row["longitude"], "y": row["latitude"], "text": row["commune_name"], "showarrow": False,
            "yshift": 14, "xanchor": "right", "font": {"size": 11, "color": ACCENT},
        }
        for row in placed if row["commune_code"] in islands and row["commune_code"] != chosen
    ]  # fmt: skip
    return {
        "data": [trace for trace in [*traces, _ring(placed, chosen)] if trace["x"]]
        + _locator_traces(archipelagos, locator),
        "layout": layout(
            language,
            height=DOT_MAP_HEIGHT,
            annotations=labels,
            clickmode="event+select",
            hovermode="closest",
            xaxis=hidden_axis(domain=[0, 0.7], automargin=False),
            yaxis=hidden_axis(scaleanchor="x", scaleratio=1.04, automargin=False),
            xaxis2=hidden_axis(domain=[0.73, 1], range=LOCATOR_X, anchor="y2", automargin=False),
            yaxis2=hidden_axis(
                domain=[0.28, 1], range=LOCATOR_Y, anchor="x2", scaleanchor="x2", scaleratio=1.04, automargin=False
            ),
        ),
    }


def _at_the_edge(island: Row, mainland: list[Row]) -> Row:
    """East of the mainland, no further north or south than the mainland itself."""
    west, east = min(row["longitude"] for row in mainland), max(row["longitude"] for row in mainland)
    south, north = min(row["latitude"] for row in mainland), max(row["latitude"] for row in mainland)
    latitude = min(max(island["latitude"], south), north)
    return {**island, "longitude": east + (east - west) * ISLAND_DISTANCE, "latitude": latitude}


def _commune_trace(state: str, communes: list[Row], language: Language) -> dict[str, Any]:
    symbol, fill, line = COMMUNE_DOTS[state]
    rows = [row for row in communes if row["state"] == state]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": state,
        "x": [row["longitude"] for row in rows],
        "y": [row["latitude"] for row in rows],
        "marker": {"symbol": symbol, "size": 9, "color": fill, "opacity": 0.9, "line": {"width": 1.2, "color": line}},
        "hovertext": [f"<b>{row['commune_name']}</b><br>{language.number(row['value'])}" for row in rows],
        "hoverinfo": "text",
        "customdata": [row["commune_code"] for row in rows],
        "unselected": {"marker": {"opacity": 0.9}},
    }


def _ring(placed: list[Row], chosen: str) -> dict[str, Any]:
    """Around the commune that is looked at, with its name."""
    rows = [row for row in placed if row["commune_code"] == chosen]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "chosen",
        "x": [row["longitude"] for row in rows],
        "y": [row["latitude"] for row in rows],
        "text": [f"<b>{row['commune_name']}</b>" for row in rows],
        "textposition": "top center",
        "textfont": {"size": 13, "color": INK},
        "cliponaxis": False,
        "marker": {"size": 20, "symbol": "circle-open", "color": INK, "line": {"width": 2, "color": INK}},
        "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": INK}},
    }


def _locator_traces(archipelagos: list[Row], locator: list[Row]) -> list[dict[str, Any]]:
    """The country in grey, the chosen province in the accent colour, the archipelagos named."""
    shared = {"type": "scatter", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
    return [
        {
            **shared,
            "mode": "markers",
            "name": "country",
            "x": [row["longitude"] for row in locator],
            "y": [row["latitude"] for row in locator],
            "marker": {"size": 2.5, "color": [ACCENT if row["is_chosen"] else GREY for row in locator]},
        },
        {
            **shared,
            "mode": "markers+text",
            "name": "archipelagos",
            "x": [row["longitude"] for row in archipelagos],
            "y": [row["latitude"] for row in archipelagos],
            "text": [row["name"] for row in archipelagos],
            "textposition": "bottom center",
            "textfont": {"size": 10, "color": MUTED},
            "marker": {"size": 6, "symbol": "circle", "color": ACCENT, "line": {"width": 1, "color": RULE}},
        },
    ]
