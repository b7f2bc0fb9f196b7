"""One small installation per session: importing Dagster and Great Expectations costs seconds, running them does not."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines.commands.main import app
from pipelines.form.values import Departures, FormValues
from pipelines.form.workbook import write_form
from pipelines.reference.load import load_reference
from pipelines.settings import REPOSITORY

TABLES = REPOSITORY / "data" / "reference"
LAI_CHAU = "12"
DAY = datetime.date(2025, 7, 31)
RECEIVED_AT = "2025-08-01T08:00:00"
BINH_LU, DOAN_KET = "03390", "03388"


@pytest.fixture(autouse=True, scope="package")
def own_environment() -> Iterator[None]:
    """Commands point the environment at their home; other tests must not inherit that."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def tiendo(home: Path, *arguments: str) -> Result:
    """Runs a command as a person types it."""
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


@dataclass(frozen=True)
class Ingested:
    """A home, the files that were handed in, and what the command said about them."""

    home: Path
    partial: Path
    foreign: Path
    result: Result

    @property
    def said(self) -> dict[str, Any]:
        """The JSON object that was printed."""
        content: dict[str, Any] = json.loads(self.result.stdout)
        return content


@pytest.fixture(scope="package")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two files: a report of Lai Châu with two faults and a remark, and one that is no workbook."""
    folder = tmp_path_factory.mktemp("reports")
    reference = load_reference(TABLES)
    values = FormValues(
        {
            (BINH_LU, "staff_allocated"): 40,
            (BINH_LU, "staff_present"): "=cmd|' /C calc'!A0",
            (DOAN_KET, "staff_contracted"): 101,
            (LAI_CHAU, "procedures_to_review"): 200,
        },
        departures=Departures(totals={"staff_allocated": 41}),
    )
    write_form(folder / "12-[bold]lai-chau.xlsx", reference, LAI_CHAU, as_of_on=DAY, values=values)
    (folder / "anh-chup.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture(scope="package")
def ingested(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """The home after `tiendo ingest --json` over the folder."""
    home = tmp_path_factory.mktemp("ingested") / "home"
    result = tiendo(home, "ingest", str(reports), "--received-at", RECEIVED_AT, "--json")
    return Ingested(home, reports / "12-[bold]lai-chau.xlsx", reports / "anh-chup.xlsx", result)
