"""A finished chart as Streamlit takes it without checking it again."""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from dashboard.figures.template import Figure


class ReadyFigure(BaseFigure):  # type: ignore[misc]
    """The dictionary of a chart, said to be valid.

    Given a dictionary, Streamlit builds a Plotly figure from it in every run to check it: 60 ms for a province's map.
    The tests check every kind of figure instead, see `tests/dashboard/test_figures.py`.
    """

    def __init__(self, figure: Figure) -> None:
        self.__dict__["_ready"] = figure

    def to_dict(self) -> dict[str, Any]:
        """What goes to the browser."""
        ready: dict[str, Any] = self.__dict__["_ready"]
        return ready
