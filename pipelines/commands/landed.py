"""`tiendo landed`: a file as it was received, byte for byte, under the name that its sender gave it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from pipelines.clearance import HIGHEST
from pipelines.commands import acts
from pipelines.commands.check import print_json
from pipelines.commands.options import OUTPUT, Clearance, Home, clear_errors, fail, settings_of
from pipelines.database import open_for_reading
from pipelines.landing.store import Landing
from pipelines.publish.lower import file_name
from pipelines.publish.versions import current_database


def landed(
    submission: Annotated[str, typer.Argument(help="A submission (000012-1a2b3c4d).")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the file.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
    clearance: Clearance = HIGHEST,
    home: Home = None,
) -> None:
    """Write the file of a submission as it was received; the bytes are checked against the hash they are kept under."""
    settings = settings_of(home)
    with clear_errors():
        database = current_database(settings.folders().published, file_name(clearance))
        with closing(open_for_reading(database)) as connection:
            found = connection.execute(
                "SELECT file_name, sha256 FROM facts.submissions WHERE submission_id = ?", [submission]
            ).fetchone()
        if found is None:
            fail(f"Không có lần gửi “{submission}”. Mã lần gửi có dạng 000012-1a2b3c4d, ghi trong outbox/.")
        if found[1] is None:
            fail(
                f"Tệp của lần gửi “{submission}” có phần mà cấp {clearance} không được xem, nên không lấy được tệp gốc."
            )
        content = Landing(settings.folders().landing, is_writer=False).bytes_with(found[1])
    acts.record(settings, acts.LANDED_FILE, submission=submission)
    # The name is the sender's: only its last part may say where the file goes.
    name = PurePosixPath(found[0].replace("\\", "/")).name or found[1]
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if as_json:
        print_json({"path": str(path), "file_name": name, "sha256": found[1]})
    else:
        OUTPUT.print(path, highlight=False, markup=False, soft_wrap=True)
