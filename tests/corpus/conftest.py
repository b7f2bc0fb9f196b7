from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.load import Reference, load_reference

REPO_TABLES = Path(__file__).resolve().parents[2] / "data" / "reference"


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The repo's own tables: all provinces and communes."""
    return load_reference(REPO_TABLES)
