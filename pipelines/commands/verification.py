"""`tiendo rebuild` and `tiendo verify`: derive everything again; prove that nothing was altered."""

from __future__ import annotations

import typer

from pipelines.clock import vietnamese_now
from pipelines.commands.options import ERRORS, FAILED, OUTPUT, Home, clear_errors, settings_of
from pipelines.durable import writer_lock


def rebuild(home: Home = None) -> None:
    """Derive the warehouse again from landing and reference tables, and publish it."""
    from pipelines import verification

    settings = settings_of(home)
    with clear_errors(), writer_lock(settings.folders().warehouse):
        version = verification.rebuild(settings, vietnamese_now())
    OUTPUT.print(f"Đã dựng lại từ tệp gốc và công bố bản {version.name}.", highlight=False)


def verify(home: Home = None) -> None:
    """Check landed bytes, journal, warehouse and published version against each other. Exit 1 if anything differs."""
    from pipelines import integrity, verification

    settings = settings_of(home)
    with clear_errors(), writer_lock(settings.folders().warehouse):
        findings = [*integrity.audit_findings(settings), *verification.verify(settings, vietnamese_now())]
    for finding in findings:
        ERRORS.print(f"{finding.subject}: {finding.message_vi}", highlight=False, markup=False)
    if findings:
        raise typer.Exit(FAILED)
    OUTPUT.print(
        "Tệp gốc, sổ và các bản công bố nguyên vẹn từng byte; kho làm việc và bản công bố đúng từng dòng với số liệu "
        "dựng lại."
    )
