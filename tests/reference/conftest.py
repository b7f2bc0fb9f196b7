from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.load import Reference, load_reference
from tests.reference.editing import REPO_TABLES, EditedTables


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The repo's own tables."""
    return load_reference(REPO_TABLES)


@pytest.fixture
def edited(tmp_path: Path) -> EditedTables:
    """A copy of the repo's tables, free to edit."""
    return EditedTables.copy_to(tmp_path)
