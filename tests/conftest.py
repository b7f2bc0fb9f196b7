"""What holds for all tests: how long an example takes says nothing on a machine that others use too."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.soak import FIGURES

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests have found out, each figure on a line."""
    if FIGURES:
        terminalreporter.section("figures")
        for figure in FIGURES:
            terminalreporter.write_line(figure)
