"""Provinces × indicators: a cell per province and indicator, the most urgent province on top.

Cells are bars on a base, not a heatmap: Plotly's heatmaps can't be clicked to choose a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from dashboard.figures.maps import Paint, hatching
from dashboard.figures.shades import ALL_DONE, NOT_DONE, NOT_REPORTED, shade_of
from dashboard.figures.template import Figure, axis, layout
from dashboard.language import Language
from dashboard.vocabulary import INK
from dashboard.warehouse import Row

ROW_PIXELS, LINE_PIXELS, LETTER_PIXELS = 24, 14, 6.4
CELL = 0.94
# Up to this many columns have room for names that are written level.
LEVEL_COLUMNS = 5
LEVEL_LETTERS, LEVEL_LINES = 16, 6
UPRIGHT_LETTERS, UPRIGHT_LINES = 30, 3


def share_matrix(cells: Sequence[Row], language: Language) -> Figure:
    """A cell per row of `heatmap.sql`, at least one. Points carry `province code|indicator`."""
    columns = {row["indicator_place"]: language.pick(row["name_vi"], row["name_en"]) for row in cells}
    rows = {row["province_place"]: row["short_name"] for row in cells}
    place = {number: order for order, number in enumerate(columns)}
    is_level = len(columns) <= LEVEL_COLUMNS
    heads = [_head(name, is_level) for name in columns.values()]
    paints = [_paint(row, language) for row in cells]
    top = _head_pixels(heads, is_level)
    bars = {
        "type": "bar",
        "name": "",
        "x": [place[row["indicator_place"]] for row in cells],
        "y": [CELL] * len(cells),
        "base": [-row["province_place"] - CELL / 2 for row in cells],
        "width": CELL if is_level else 0.92,
        "text": [paint.line for paint in paints],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 11, "color": [paint.ink for paint in paints]},
        "hovertext": [paint.hover for paint in paints],
        "hoverinfo": "text",
        "marker": {"color": [paint.colour for paint in paints], **hatching(paints)},
        "customdata": [f"{row['province_code']}|{row['indicator']}" for row in cells],
        "unselected": {"marker": {"opacity": 1}},
    }
    return {
        "data": [bars],
        "layout": layout(
            language,
            height=int(ROW_PIXELS * len(rows) + top),
            margin={"l": 92, "r": 0, "t": top, "b": 0},
            barmode="overlay",
            clickmode="event+select",
            xaxis=_axis(list(place.values()), heads, side="top", tickangle=0 if is_level else -90,
                        range=[-0.5, len(columns) - 0.5]),
            yaxis=_axis([-number for number in rows], list(rows.values()), range=[-max(rows) - 0.5, -min(rows) + 0.5]),
        ),
    }  # fmt: skip


def _axis(places: list[int], words: list[str], **more: Any) -> dict[str, Any]:
    font = {"size": 11.5, "color": INK}
    return axis(tickvals=places, ticktext=words, showgrid=False, automargin=False, tickfont=font, ticks="", **more)


def _head(name: str, is_level: bool) -> str:
    letters, most = (LEVEL_LETTERS, LEVEL_LINES) if is_level else (UPRIGHT_LETTERS, UPRIGHT_LINES)
    lines = wrap(name, letters)
    return "<br>".join([*lines[: most - 1], lines[most - 1] + " …"] if len(lines) > most else lines)


def _head_pixels(heads: list[str], is_level: bool) -> int:
    """Room for the longest head: its lines under each other, or its letters where it stands upright."""
    if is_level:
        return LINE_PIXELS * max(head.count("<br>") + 1 for head in heads) + 10
    return int(LETTER_PIXELS * max(len(line) for head in heads for line in head.split("<br>"))) + 12


def _paint(row: Row, language: Language) -> Paint:
    _ = language.text
    name = language.pick(row["name_vi"], row["name_en"])
    head = f"<b>{row['short_name']}</b><br>{name}"
    if row["is_not_counted"]:
        return Paint("–", f"{head}<br>{_('không tính ở nơi này')}", NOT_REPORTED.colour, NOT_REPORTED.ink)
    if row["value"] is None:
        return Paint("○", f"{head}<br>{_('chưa có báo cáo')}", NOT_REPORTED.colour, NOT_REPORTED.ink, is_hatched=True)
    if row["is_yes_no"]:
        shade, line = (ALL_DONE, "●") if row["value"] else (NOT_DONE, "■")
        said = _("đã xong") if row["value"] else _("chưa xong")
    elif row["progress_pct"] is None:
        return Paint(language.number(row["value"]), head, NOT_REPORTED.colour, INK)
    else:
        shade, line = shade_of(row["progress_pct"]), language.percent(row["progress_pct"])
        said = f"{line} ({language.number(row['value'])} / {language.number(row['target'])})"
    reported = _("số liệu kỳ {day}").format(day=language.day(row["last_reported_on"]))
    return Paint(line, f"{head}<br>{said}<br>{reported}", shade.colour, shade.ink)
