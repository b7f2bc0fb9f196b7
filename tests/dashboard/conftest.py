"""The three published databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.published_database import KINDS, give


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`TIENDO_HOME` folders by kind; `nothing` has never published."""
    root = tmp_path_factory.mktemp("homes")
    for kind in KINDS:
        give(tmp_path_factory, root / kind, kind)
    (root / "nothing").mkdir()
    return {kind: root / kind for kind in (*KINDS, "nothing")}
