"""The SQL of a model in Spark's words: checked against the portable subset, then translated.

A table is a temporary view of the session with a name of its own (`facts.observations` → `facts__observations`). A view
holds no rows, so it has no copy over there: its SELECT stands where it is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import ErrorLevel, exp

from pipelines.marts.models import Model
from pipelines.marts.portable import DIALECT, portability_faults

TARGET = "spark"
# A part of WITH that would add so many tables to the plan is worked out once, before.
_TABLES_TO_REPEAT = 30


@dataclass(frozen=True, slots=True)
class Step:
    """A SELECT for Spark, and the name of the view by which later steps know its rows."""

    view: str
    sql: str


@dataclass(frozen=True, slots=True)
class Translation:
    """SELECTs to be asked one after the other, of which the last gives the rows, and the tables that they read.

    Of a view those behind it are read; a model that rests on its own rows reads itself.
    """

    steps: tuple[Step, ...]
    tables: tuple[str, ...]


# By digest: two seconds for all models, and one with turns is asked for many times a night.
_translated: dict[tuple[str, str], Translation] = {}


class NotPortable(ValueError):
    """A model holds a construct that means something else on Spark; the message names it and what to write instead."""


def view_name(table: str) -> str:
    """`facts.observations` → `facts__observations`."""
    return table.replace(".", "__")


def to_spark(model: Model, models: Mapping[str, Model]) -> Translation:
    """The SELECT of a model in Spark's words.

    Neither Spark nor Sail derives a part of WITH once: it puts the part wherever it is named, and parts that rest on
    parts grow into plans of thousands of tables, which take minutes before the first row is read. A part that would is
    a step of its own. Raises NotPortable, or UnsupportedError of sqlglot.
    """
    key = (model.digest, model.sql)
    if key not in _translated:
        _translated[key] = _translate(model, models)
    return _translated[key]


def _translate(model: Model, models: Mapping[str, Model]) -> Translation:
    if faults := portability_faults(model.sql):
        raise NotPortable(f"{model.path}: {'; '.join(map(str, faults))}")
    tree = _tree(model, models)
    tables = {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}
    parts = {part.alias: part.this for part in tree.ctes}
    apart = _worked_out_apart(tree, parts)
    whole = tree.copy()
    whole.set("with_", None)
    wanted = [(f"{view_name(model.name)}__{name}", parts[name]) for name in apart] + [(view_name(model.name), whole)]
    views = dict(zip(apart, (name for name, _ in wanted), strict=False))
    steps = tuple(Step(name, _written(query, parts, views)) for name, query in wanted)
    return Translation(steps, tuple(sorted(tables)))


def _worked_out_apart(tree: exp.Select, parts: Mapping[str, exp.Query]) -> list[str]:
    """The parts of WITH to be derived before the rest: those that, put wherever they are named, add too many tables."""
    named = Counter(table.name for table in tree.find_all(exp.Table) if not table.db)
    sizes: dict[str, int] = {}
    apart = []
    for name, query in parts.items():
        sizes[name] = sum(sizes.get(table.name, 1) if not table.db else 1 for table in query.find_all(exp.Table))
        if (named[name] - 1) * sizes[name] >= _TABLES_TO_REPEAT:
            apart.append(name)
            sizes[name] = 1
    return apart


def _written(query: exp.Query, parts: Mapping[str, exp.Query], views: Mapping[str, str]) -> str:
    """A query with the parts that it needs, in Spark's words; parts that were worked out before are views."""
    whole = query.copy()
    needed: set[str] = set()
    waiting = _parts_named(query, parts)
    while waiting:
        name = waiting.pop()
        if name not in views and name not in needed:
            needed.add(name)
            waiting += _parts_named(parts[name], parts)
    for name in [name for name in parts if name in needed]:
        whole = whole.with_(name, as_=parts[name].copy(), copy=False)
    for table in list(whole.find_all(exp.Table)):
        view = view_name(f"{table.db}.{table.name}") if table.db else views.get(table.name)
        if view:
            table.replace(exp.to_table(view, alias=table.alias_or_name))
    for number in [literal for literal in whole.find_all(exp.Literal) if literal.is_number and "." in literal.name]:
        # A DECIMAL to each engine, and each has other rules for what DECIMAL and DOUBLE give together.
        number.replace(exp.cast(number.copy(), exp.DataType.Type.DOUBLE))
    return whole.sql(dialect=TARGET, unsupported_level=ErrorLevel.RAISE, comments=False)


def _parts_named(query: exp.Query, parts: Mapping[str, exp.Query]) -> list[str]:
    return [table.name for table in query.find_all(exp.Table) if not table.db and table.name in parts]


def _tree(model: Model, models: Mapping[str, Model]) -> exp.Select:
    """The SELECT with those of the views in it. A UNION becomes the subquery of one."""
    tree = sqlglot.parse_one(model.sql, read=DIALECT)
    if isinstance(tree, exp.SetOperation):
        with_ = tree.args.pop("with_", None)
        tree = exp.select("*").from_(tree.subquery("united"))
        tree.set("with_", with_)
    for table in list(tree.find_all(exp.Table)):
        view = models.get(f"{table.db}.{table.name}")
        if view is not None and view.kind == "view":
            table.replace(_tree(view, models).subquery(table.alias_or_name))
    assert isinstance(tree, exp.Select), model.path
    return tree
