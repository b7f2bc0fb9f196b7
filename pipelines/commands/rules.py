"""`tiendo rules`: every rule of the checks, for people or as the document of the repository."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.answers.rule_document import SEVERITIES, read_examples, rule_document
from pipelines.commands.options import OUTPUT, Home, clear_errors, settings_of
from pipelines.reference.load import load_reference
from pipelines.settings import REPOSITORY


def rules(
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="The whole document, with an example of each.")
    ] = False,
    home: Home = None,
) -> None:
    """List the rules of the checks: name, what becomes of the value, title."""
    with clear_errors():
        reference = load_reference(settings_of(home).reference_directory())
    if as_markdown:
        typer.echo(rule_document(reference, read_examples(REPOSITORY / "data" / "reference")), nl=False)
        return
    for rule in reference.rules:
        severity = SEVERITIES[rule.severity][0]
        OUTPUT.print(f"{rule.rule}: {rule.title_vi} ({severity})", highlight=False, markup=False, soft_wrap=True)
