"""A finished chart as Streamlit takes it without checking it again."""

from __future__ import annotations

import re
from typing import Any

from plotly.basedatatypes import BaseFigure

from dashboard.figures.template import Figure

# Plotly makes elements of what looks like one: links, too. Ours are only these.
_NOT_OURS = re.compile(r"<(?!/?b>|br>)")


class ReadyFigure(BaseFigure):  # type: ignore[misc]
    """The dictionary of a chart, said to be valid.

    Given a dictionary, Streamlit builds a Plotly figure from it in every run to check it: 60 ms for a province's map.
    The tests check every kind of figure instead, see `tests/dashboard/test_figures.py`. Names in it come from tables
    and files: whatever markup stands in them is shown as text.
    """

    def __init__(self, figure: Figure) -> None:
        self.__dict__["_ready"] = without_markup(figure)

    def to_dict(self) -> dict[str, Any]:
        """What goes to the browser."""
        ready: dict[str, Any] = self.__dict__["_ready"]
        return ready


def without_markup(part: Any) -> Any:
    """A part of a figure in which no text makes an element but ours. A list holds values of one kind; codes stay."""
    if isinstance(part, str):
        return _NOT_OURS.sub("&lt;", part) if "<" in part else part
    if isinstance(part, dict):
        return {name: value if name == "customdata" else without_markup(value) for name, value in part.items()}
    if isinstance(part, list):
        first = next((value for value in part if value is not None), None)
        return [without_markup(value) for value in part] if isinstance(first, (str, dict, list)) else part
    return part
