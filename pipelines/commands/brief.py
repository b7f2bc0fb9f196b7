"""`tiendo brief`: the report of two to four pages for the country or for one province, as of a day."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.as_known import as_known
from pipelines.clearance import HIGHEST
from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.options import OUTPUT, Clearance, Home, clear_errors, fail, settings_of
from pipelines.commands.query import select
from pipelines.publish.lower import file_name
from pipelines.publish.versions import current_database
from pipelines.settings import REPOSITORY, Settings

ENDINGS = (".docx", ".pdf", ".xlsx")

AsOf = Annotated[
    datetime.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of the figures; the newest one if not said."),
]
KnownOn = Annotated[
    datetime.datetime | None,
    typer.Option("--known-on", formats=["%Y-%m-%d"], help="Count only what had been received by the end of this day."),
]
Province = Annotated[str, typer.Option("--province", help="Two-digit code; the whole country if not said.")]
Out = Annotated[Path, typer.Option("--out", help="The file to write: .docx, .pdf or .xlsx.")]


def brief(
    out: Out,
    as_of: AsOf = None,
    province: Province = "",
    known_on: KnownOn = None,
    clearance: Clearance = HIGHEST,
    home: Home = None,
) -> None:
    """Write a report of two to four pages (Decree 30/2020/NĐ-CP) for the country or a province: docx, PDF or xlsx."""
    target = out.expanduser().resolve()
    if target.suffix.lower() not in ENDINGS:
        fail(f"Tên tệp phải kết thúc bằng {', '.join(ENDINGS)}; đã cho “{out.name}”.")
    if not target.parent.is_dir():
        fail(f"Không có thư mục {target.parent}. Hãy tạo thư mục rồi chạy lại.")
    settings = settings_of(home)
    with clear_errors():
        day, known = as_of.date() if as_of else None, known_on.date() if known_on else None
        database = _database(settings, day, known, clearance)
        published = current_database(settings.folders().published, file_name(clearance))
    command = [sys.executable, "-m", "dashboard.brief", f"--out={target}", f"--province={province}"]
    command += [f"--database={database or published}"]
    command += ["--past"] if database else []
    # The dashboard is no layer that this one may import: it is started, as its server is.
    done = subprocess.run(command, cwd=REPOSITORY, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        fail(done.stderr.strip())
    acts.record(settings, acts.EXPORTED, what="brief", province=province or "VN", file=target.name)
    OUTPUT.print(f"Báo cáo: {target}", highlight=False, soft_wrap=True)


def _database(
    settings: Settings, as_of: datetime.date | None, known_on: datetime.date | None, clearance: Clearance
) -> Path | None:
    """The database of an earlier day; None where the published one is what was asked for."""
    _, rows = select(settings, "SELECT as_of_on, known_at FROM reference.run")
    newest, known_at = rows[0]
    if not isinstance(newest, datetime.date) or not isinstance(known_at, datetime.datetime):
        return None
    if as_of is not None and as_of > newest:
        fail(f"Số liệu mới nhất là của ngày {newest:%d/%m/%Y}; chưa có số liệu đến ngày {as_of:%d/%m/%Y}.")
    if known_on is None and as_of in (None, newest):
        return None
    return as_known(settings, known_on or known_at.date(), as_of, vietnamese_now(), clearance)
