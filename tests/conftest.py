"""What holds for all tests: how long an example takes says nothing on a machine that others use too."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.soak import FIGURES

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def own_places_for_queries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Queries are counted per machine; the processes of a test run would take each other's places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUNTIME_DIRECTORY", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest leaves the script that it ran as `__main__`, and processes started later would begin by running it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests have found out, each figure on a line."""
    if FIGURES:
        terminalreporter.section("figures")
        for figure in FIGURES:
            terminalreporter.write_line(figure)
