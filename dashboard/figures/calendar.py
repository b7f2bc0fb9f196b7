"""Who reported when: provinces against reporting days."""

from __future__ import annotations

from dashboard.figures.template import Figure, axis, day_axis, layout
from dashboard.language import Language
from dashboard.vocabulary import AMBER, DARK_RED, GREY, INK, TEAL, coverage_word
from dashboard.warehouse import Row

ROW_PIXELS = 19
CODES = {"on_time": 0, "late": 1, "missing": 2, "empty": 3, "not_due": 4}
COLOURS = (TEAL, AMBER, DARK_RED, GREY, "#F4F5F6")
GLYPHS = {"on_time": "", "late": "▲", "missing": "■", "empty": "◇", "not_due": ""}


def legend(language: Language) -> list[tuple[str, str, str]]:
    """Word, colour and ink of each state that the calendar shows."""
    inks = {"on_time": "#FFFFFF", "missing": "#FFFFFF"}
    return [
        (coverage_word(status, language), COLOURS[CODES[status]], inks.get(status, INK))
        for status in ("on_time", "late", "missing", "empty")
    ]


def coverage_calendar(cells: list[Row], language: Language) -> Figure:
    """`cells` as from `coverage.sql`. Provinces with most trouble on top; late and missing carry a glyph."""
    days = sorted({row["as_of_on"] for row in cells})
    by_place = {(row["short_name"], row["as_of_on"]): row for row in cells}
    trouble: dict[str, int] = {}
    for row in cells:
        trouble[row["short_name"]] = trouble.get(row["short_name"], 0) + {"missing": 3, "empty": 2, "late": 1}.get(
            row["status"], 0
        )
    names = sorted(trouble, key=lambda name: (trouble[name], name))
    grid = [[by_place.get((name, day)) for day in days] for name in names]
    scale = [(edge / len(COLOURS), colour) for code, colour in enumerate(COLOURS) for edge in (code, code + 1)]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [language.day(day) for day in days],
                "y": names,
                "z": [[CODES[cell["status"]] if cell else None for cell in row] for row in grid],
                "zmin": -0.5,
                "zmax": len(COLOURS) - 0.5,
                "colorscale": scale,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "text": [[GLYPHS[cell["status"]] if cell else "" for cell in row] for row in grid],
                "texttemplate": "%{text}",
                "textfont": {"size": 9},
                "hovertext": [[_hover(cell, language) if cell else "" for cell in row] for row in grid],
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            language,
            height=ROW_PIXELS * len(names) + 60,
            xaxis=day_axis(days, language, side="top", tickfont={"size": 11}, ticks=""),
            yaxis=axis(type="category", showgrid=False, tickfont={"size": 12, "color": INK}, dtick=1, ticks=""),
        ),
    }


def _hover(cell: Row, language: Language) -> str:
    lines = [f"<b>{cell['short_name']} · {language.day(cell['as_of_on'])}</b>", coverage_word(cell["status"], language)]
    if cell["received_at"]:
        lines.append(language.moment(cell["received_at"]))
    return "<br>".join(lines)
