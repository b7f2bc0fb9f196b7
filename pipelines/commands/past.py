"""`tiendo as-known`: the published figures as they were known at the end of an earlier day."""

from __future__ import annotations

import datetime
import json
from typing import Annotated

import typer

from pipelines.as_known import as_known
from pipelines.clearance import HIGHEST
from pipelines.clock import vietnamese_now
from pipelines.commands.options import OUTPUT, Clearance, Home, clear_errors, settings_of

KnownOn = Annotated[datetime.datetime, typer.Argument(formats=["%Y-%m-%d"], help="Last day whose reports count.")]
AsOf = Annotated[
    datetime.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of the figures; the newest one known by then if not said."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]


def past(
    known_on: KnownOn,
    as_of: AsOf = None,
    as_json: Json = False,
    clearance: Clearance = HIGHEST,
    home: Home = None,
) -> None:
    """Write a database with what was known at the end of a day, and print where it lies."""
    settings = settings_of(home)
    with clear_errors():
        day = as_of.date() if as_of else None
        database = as_known(settings, known_on.date(), day, vietnamese_now(), clearance)
    if as_json:
        typer.echo(json.dumps({"database": str(database), "known_on": known_on.date().isoformat()}))
    else:
        OUTPUT.print(f"Số liệu theo những gì đã biết đến hết ngày {known_on:%d/%m/%Y}: {database}")
