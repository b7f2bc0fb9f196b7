"""Reads the SQL files: the file is the table, its header is the documentation, its FROM clauses are the dependencies.

A header is `-- title`, `-- grain: columns`, optionally `-- refresh: column`, `-- turns: day` or `month` with
`-- carries: column TYPE, …`, `-- kind: view`, `-- parameters: names` (a table macro), then `-- clearance: …` (what
becomes of the table in the files of lower clearances: `pipelines/clearance.py`) and `-- columns:` with one note
`--   name: Vietnamese | English` per output column.
"""

from __future__ import annotations

import graphlib
import hashlib
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines.clearance import ClearanceInvalid, Declaration, read_declaration
from pipelines.settings import SQL_DIRECTORY

LAYERS = ("reference", "facts", "marts")
_FIELD = re.compile(r"-- (grain|refresh|turns|carries|kind|parameters|clearance):\s*(.+)")
# Comments and texts, then what stands in one of the schemas.
_UNREAD = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
_TABLE = re.compile(r"\b(?:reference|facts|marts|work)\.\w+")
_NOTE = re.compile(r"--\s{3}(\w+):\s*(.+)")


class ModelInvalid(ValueError):
    """A SQL file breaks the rules of this folder; the message names the file and what to change."""


@dataclass(frozen=True, slots=True)
class Model:
    """One SQL file. `reads` holds `schema.table` names; `refresh` is the column whose days are rebuilt, if any.

    A model with `turns` (`day` or `month`) is derived one day or month after the other, each from the rows of the one
    before; `carries` are the columns of its own, with their types, that it reads there. `digest` changes when the file
    changes, or that of a model that it reads.
    """

    name: str
    path: Path
    sql: str
    title: str
    grain: tuple[str, ...]
    refresh: str
    turns: str
    carries: str
    kind: str
    parameters: tuple[str, ...]
    clearance: Declaration
    notes: dict[str, str]
    reads: tuple[str, ...]
    digest: str


@lru_cache(maxsize=4)
def load_models(directory: Path = SQL_DIRECTORY) -> tuple[Model, ...]:
    """Every model in the order in which they can be built. Raises ModelInvalid."""
    models = {
        model.name: model
        for layer in LAYERS
        for model in (read_model(path, layer) for path in sorted((directory / layer).glob("*.sql")))
    }
    graph = {name: [table for table in model.reads if table in models] for name, model in models.items()}
    try:
        order = list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        raise ModelInvalid(f"These models read each other: {error.args[1]}") from error
    for name in order:
        digests = "".join((models[name].digest, *(models[read].digest for read in graph[name])))
        models[name] = replace(models[name], digest=hashlib.sha256(digests.encode()).hexdigest())
    return tuple(models[name] for name in order)


def read_model(path: Path, layer: str) -> Model:
    """Reads one file and its header. Raises ModelInvalid where the header is incomplete."""
    sql = path.read_text(encoding="utf-8")
    lines = sql.splitlines()
    fields = {match.group(1): match.group(2).strip() for line in lines if (match := _FIELD.match(line))}
    notes = {match.group(1): match.group(2).strip() for line in lines if (match := _NOTE.match(line))}
    model = Model(
        name=f"{layer}.{path.stem}",
        path=path,
        sql=sql,
        title=lines[0].removeprefix("--").strip(),
        grain=_names(fields.get("grain", "")),
        refresh=fields.get("refresh", ""),
        turns=fields.get("turns", ""),
        carries=fields.get("carries", ""),
        kind=fields.get("kind", "table"),
        parameters=_names(fields.get("parameters", "")),
        clearance=_declared(fields.get("clearance", ""), path),
        notes=notes,
        reads=tuple(table for table in tables_read(sql) if table != f"{layer}.{path.stem}"),
        digest=hashlib.sha256(sql.encode()).hexdigest(),
    )
    for is_broken, rule in _header_rules(model):
        if is_broken:
            raise ModelInvalid(f"{path}: {rule}")
    return model


def _header_rules(model: Model) -> tuple[tuple[bool, str], ...]:
    unknown = {*model.grain, model.refresh} - {"", *model.notes}
    return (
        (not model.grain or not model.notes, "the header needs `-- grain:` and `-- columns:` with a note per column."),
        (any("|" not in note for note in model.notes.values()), "a note is Vietnamese and English with ` | ` between."),
        ("|" not in model.title, "the first line is the title, Vietnamese and English with ` | ` between."),
        (bool(unknown), f"grain and refresh name columns; {sorted(unknown)} is none."),
        (bool({model.refresh} - {"", *model.grain}), f"the refresh column {model.refresh} must be part of the grain."),
        (model.turns not in ("", "day", "month"), "turns is `day` or `month`."),
        (bool(model.turns) != bool(model.refresh and model.carries), "turns go with `-- refresh:` and `-- carries:`."),
        (model.kind not in ("table", "view"), "kind is `table` or `view`."),
    )


def _declared(text: str, path: Path) -> Declaration:
    try:
        return read_declaration(text, str(path))
    except ClearanceInvalid as error:
        raise ModelInvalid(str(error)) from error


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def tables_read(sql: str) -> tuple[str, ...]:
    """`schema.table` of every table that a SELECT reads; names of its own WITH parts have no schema.

    Found by the names of the schemas, which no column and no alias has: to parse the files took a fifth of the start of
    every command, and a test parses them.
    """
    return tuple(sorted(set(_TABLE.findall(_UNREAD.sub(" ", sql)))))
