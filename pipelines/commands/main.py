"""Puts the commands together; nothing is imported that a command does not need."""

from __future__ import annotations

import gc

import typer

from pipelines.commands import (
    audit,
    backup,
    bounce,
    brief,
    check,
    demo,
    ending,
    ingest,
    landed,
    operation,
    past,
    query,
    review,
    rules,
    serve,
    verification,
    worker,
)

# What a command imports stays to its end: looking for garbage in it meanwhile is a fifth of the time that it takes.
COLLECTED_AFTER = 1_000_000

app = typer.Typer(
    name="tiendo",
    help="Báo cáo của các tỉnh đi vào, tiến độ so với thời hạn chỉ đạo đi ra.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command()(demo.demo)
app.command()(demo.simulate)
app.command()(demo.form)
app.command()(ingest.ingest)
app.command()(ingest.nightly)
app.command()(check.check)
app.command()(bounce.bounce)
app.command()(bounce.receive)
app.command()(landed.landed)
app.add_typer(review.app, name="review")
app.command()(query.sql)
app.command()(query.status)
app.command()(query.sample)
app.command("as-known")(past.past)
app.command()(brief.brief)
app.command()(rules.rules)
app.command()(serve.dashboard)
app.command()(serve.serve)
app.command()(worker.worker)
app.command()(operation.health)
app.command("notify")(operation.mail)
app.command()(verification.rebuild)
app.command()(verification.verify)
app.command()(backup.backup)
app.command()(backup.restore)
app.add_typer(audit.app, name="audit")


def run() -> None:
    """Entry point of the console command."""
    gc.set_threshold(COLLECTED_AFTER)
    try:
        app()
    except SystemExit as end:
        if isinstance(end.code, int):
            ending.end_at_once(end.code)
        raise


if __name__ == "__main__":
    run()
