from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.load import Reference, load_reference
from tests.gate.reports import Desk, Office, small_country

REPO_TABLES = Path(__file__).resolve().parents[2] / "data" / "reference"


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The repo's own tables."""
    return load_reference(REPO_TABLES)


@pytest.fixture(scope="session")
def country(reference: Reference) -> Reference:
    """Three provinces with few communes: files are written fast."""
    return small_country(reference)


@pytest.fixture(scope="session")
def desk(country: Reference) -> Desk:
    """Where small reports are made and handed in."""
    return Desk(country)


@pytest.fixture
def office(country: Reference) -> Office:
    """A gate with an empty ledger."""
    return Office(country)
