from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.reference.load import Reference, load_reference
from pipelines.simulation.files import FIRST_DAY, LAST_DAY, simulated_days
from pipelines.simulation.truth import Truth, make_truth

REPO_TABLES = Path(__file__).resolve().parents[2] / "data" / "reference"
THREE_SMALL_PROVINCES = ("04", "12", "46")


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The repo's own tables."""
    return load_reference(REPO_TABLES)


@pytest.fixture(scope="session")
def small_country(reference: Reference) -> Reference:
    """Three provinces with few communes, and nothing published about them: files are written fast."""
    return replace(
        reference,
        provinces=tuple(p for p in reference.provinces if p.province_code in THREE_SMALL_PROVINCES),
        communes=tuple(c for c in reference.communes if c.province_code in THREE_SMALL_PROVINCES),
        published_figures=(),
    )


@pytest.fixture(scope="session")
def truth(reference: Reference) -> Truth:
    """The whole country on the default days."""
    return make_truth(reference, simulated_days(reference, FIRST_DAY, LAST_DAY, None), seed=1)
