"""Provinces ranked by one figure: a bar each, its number and its change since the last report beside them."""

from __future__ import annotations

from typing import Any

from dashboard.figures.template import Figure, axis, layout
from dashboard.language import Language
from dashboard.vocabulary import ACCENT, INK, MUTED
from dashboard.warehouse import Row

ROW_PIXELS = 21
HEAD = 34
PLACE_OF_LABEL, ROOM_FOR_LABEL = 1.02, 1.45
FULL = 100
LAST = {"not_reported": 1, "not_counted": 2}


def ranked(rows: list[Row], column: str, is_lowest_first: bool) -> list[Row]:
    """The furthest behind first; who has not reported, then who is not counted, at the end."""
    sign = 1 if is_lowest_first else -1

    def place(row: Row) -> tuple[int, float, str]:
        value = row[column]
        if value is None:
            return LAST.get(row["state"], 1), 0.0, str(row["province_code"])
        return 0, sign * value, str(row["province_code"])

    return sorted(rows, key=place)


def ranked_bars(ordered: list[Row], column: str, change: str, country: float | None, language: Language) -> Figure:
    """`ordered` as from `ranked`, with the first row on top. `country` is drawn as a rule; None draws none.

    Bars begin at zero; a share above 100 goes beyond it. Points carry the province's code as `customdata`. The numbers
    stand right of the longest bar, where the rule of the country doesn't pass.
    """
    is_share = column == "progress_pct"
    values = [row[column] for row in ordered]
    most = max([value for value in values if value is not None] + ([FULL] if is_share else []), default=0) or 1
    upwards = ordered[::-1]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "",
                "y": [row["short_name"] for row in upwards],
                "x": [row[column] if row[column] is not None else 0 for row in upwards],
                "customdata": [row["province_code"] for row in upwards],
                "marker": {"color": ACCENT},
                "unselected": {"marker": {"opacity": 1}},
                "hovertext": [_hover(row, column, language) for row in upwards],
                "hoverinfo": "text",
            },
            {
                "type": "scatter",
                "mode": "text",
                "name": "",
                "y": [row["short_name"] for row in upwards],
                "x": [most * PLACE_OF_LABEL] * len(upwards),
                "text": [bar_text(row, column, change, language) for row in upwards],
                "textposition": "middle right",
                "textfont": {"size": 12, "color": [MUTED if row[column] is None else INK for row in upwards]},
                "cliponaxis": False,
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            language,
            height=ROW_PIXELS * len(ordered) + HEAD,
            margin={"t": 26},
            bargap=0.3,
            clickmode="event+select",
            xaxis=axis(range=[0, most * ROOM_FOR_LABEL], showticklabels=False, showgrid=False),
            yaxis=axis(
                type="category",
                range=[-0.5, len(ordered) - 0.5],
                showgrid=False,
                tickfont={"size": 12, "color": INK},
                dtick=1,
                ticks="",
            ),
            **_country_rule(country, language),
        ),
    }


def bar_text(row: Row, column: str, change: str, language: Language) -> str:
    """`83,8% (+1,2)`; without the brackets where nothing changed or nothing new was reported."""
    _ = language.text
    if row["state"] == "not_counted":
        return _("không tính")
    if row[column] is None:
        return _("chưa có báo cáo")
    value = language.percent(row[column]) if column == "progress_pct" else language.number(row[column])
    moved = row[change]
    return value if not moved or not round(moved, 1) else f"{value} ({language.signed(round(moved, 1))})"


def _country_rule(country: float | None, language: Language) -> dict[str, Any]:
    """Where the country is, as a dotted rule with its number on top."""
    if country is None:
        return {}
    text = language.text("cả nước {value}").format(value=language.percent(country))
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    return {
        "shapes": [
            {
                "type": "line", "x0": country, "x1": country, "y0": 0, "y1": 1, "yref": "paper", "line": line,
                "layer": "below",
            }
        ],
        "annotations": [
            {
                "x": country, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "text": text,
                "showarrow": False, "font": {"size": 12, "color": MUTED},
            }
        ],
    }  # fmt: skip


def _hover(row: Row, column: str, language: Language) -> str:
    _ = language.text
    lines = [f"<b>{row['short_name']}</b>", bar_text(row, column, column, language).split(" (")[0]]
    if row["value"] is not None and row["target"] is not None:
        lines.append(f"{language.number(row['value'])} / {language.number(row['target'])}")
    if row["expected_unit_count"]:
        reported, expected = language.number(row["reported_unit_count"]), language.number(row["expected_unit_count"])
        lines.append(_("{reported}/{expected} đơn vị báo cáo").format(reported=reported, expected=expected))
    return "<br>".join(lines)
