"""`tiendo audit`: whether the access log is as it was written."""

from __future__ import annotations

from typing import Annotated

import typer

from audit_trail import chain
from pipelines.commands.options import ERRORS, FAILED, OUTPUT, Home, settings_of

app = typer.Typer(name="audit", help="The access log: who saw, exported, asked, sent and settled what.")


@app.callback()
def audit() -> None:
    """The access log: who saw, exported, asked, sent and settled what."""


@app.command()
def verify(
    holds: Annotated[str, typer.Option("--holds", help="A hash printed earlier: its line must still be there.")] = "",
    home: Home = None,
) -> None:
    """Find lines that were altered or are missing. Exit 1 if there are any. Prints the newest hash, to be noted."""
    from pipelines.integrity import audit_findings

    settings = settings_of(home)
    folder = settings.folders().audit
    findings = audit_findings(settings)
    for finding in findings:
        ERRORS.print(f"{finding.subject}: {finding.message_vi}", highlight=False, markup=False, soft_wrap=True)
    if holds and holds not in chain.line_hashes(folder):
        ERRORS.print(f"Không còn dòng có dấu {holds}: nhật ký đã bị thay. Đối chiếu với bản sao lưu.", highlight=False)
        raise typer.Exit(FAILED)
    if findings:
        raise typer.Exit(FAILED)
    count, newest = chain.newest(folder)
    OUTPUT.print(f"Nhật ký truy cập nguyên vẹn: {count} dòng.", highlight=False)
    OUTPUT.print(f"Dấu của dòng mới nhất, nên ghi lại ở nơi khác: {newest}", highlight=False, soft_wrap=True)
