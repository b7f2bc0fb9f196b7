"""Bars to both sides of zero: what is missing to the left, what is too much to the right, never netted."""

from __future__ import annotations

from typing import Any

from dashboard.figures.template import Figure, axis, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, INK, MUTED
from dashboard.warehouse import Row

ROW_PIXELS = 21
HEAD, HEAD_MARGIN = 62, 42
ROOM_FOR_LABEL, ROOM_FOR_HEAD = 1.22, 0.6
SURPLUS_COLOUR = "#9FB3C1"


def surplus_and_shortage(rows: list[Row], language: Language) -> Figure:
    """One row per province with a shortage or a surplus, the largest shortage on top, and per province that can't be
    compared, at the bottom; the others have nothing to draw.

    `rows` as from `staffing_balance.sql`, of one baseline and field, at least one with a shortage or a surplus.
    """
    _ = language.text
    drawn = [row for row in rows if row["shortage"] or row["surplus"] or not row["communes_compared"]]
    ordered = sorted(drawn, key=lambda row: (row["shortage"] is not None, row["shortage"] or 0, row["surplus"] or 0))
    names = [row["short_name"] for row in ordered]
    largest_short = max((row["shortage"] or 0 for row in rows), default=0)
    largest_surplus = max((row["surplus"] or 0 for row in rows), default=0)
    room = max(largest_short, largest_surplus)
    return {
        "data": [
            _side(ordered, names, "shortage", -1, ACCENT, language),
            _side(ordered, names, "surplus", 1, SURPLUS_COLOUR, language),
        ],
        "layout": layout(
            language,
            height=ROW_PIXELS * len(names) + HEAD,
            margin={"t": HEAD_MARGIN},
            barmode="overlay",
            bargap=0.25,
            xaxis=axis(
                range=[
                    -max(largest_short * ROOM_FOR_LABEL, room * 0.12),
                    max(largest_surplus * ROOM_FOR_LABEL, room * ROOM_FOR_HEAD),
                ],
                zeroline=True,
                zerolinecolor=INK,
                zerolinewidth=1,
                showticklabels=False,
                showgrid=False,
            ),
            yaxis=axis(type="category", showgrid=False, tickfont={"size": 12, "color": INK}, dtick=1, ticks=""),
            annotations=[
                _head(_("Thiếu"), "right", -6, ACCENT),
                _head(_surplus_head(rows, language), "left", 6, MUTED),
            ],
        ),
    }


def _surplus_head(rows: list[Row], language: Language) -> str:
    """Whether nobody has a surplus or the baseline can't tell are two things."""
    _ = language.text
    if all(row["surplus"] is None for row in rows):
        return _("Dư: không<br>kết luận được")
    return _("Dư") if any(row["surplus"] for row in rows) else _("Dư: không có")


def _head(text: str, side: str, shift: int, colour: str) -> dict[str, Any]:
    return {
        "x": 0,
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": side,
        "xshift": shift,
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "font": {"size": 13, "color": colour},
    }


def _side(rows: list[Row], names: list[str], column: str, sign: int, colour: str, language: Language) -> dict[str, Any]:
    _ = language.text
    unknown = _("chưa đủ số liệu")
    return {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [sign * (row[column] or 0) for row in rows],
        "text": [
            language.number(row[column])
            if row[column] or (column == "shortage" and row[column] is not None)
            else (unknown if column == "shortage" and row["communes_compared"] == 0 else "")
            for row in rows
        ],
        "textposition": "outside",
        "textfont": {"size": 11, "color": INK},
        "cliponaxis": False,
        "marker": {"color": colour},
        "hovertext": [_hover(row, language) for row in rows],
        "hoverinfo": "text",
        "name": column,
    }


def _hover(row: Row, language: Language) -> str:
    _ = language.text
    number = language.number
    lines = [
        f"<b>{row['short_name']}</b>",
        _("Thiếu {people} người ở {communes} xã").format(
            people=number(row["shortage"]), communes=number(row["communes_short"])
        ),
        _("Dư {people} người ở {communes} xã").format(
            people=number(row["surplus"]), communes=number(row["communes_with_surplus"])
        ),
        _("{reported}/{expected} đơn vị báo cáo").format(
            reported=number(row["communes_compared"]), expected=number(row["communes_expected"])
        ),
    ]
    return "<br>".join(lines)
