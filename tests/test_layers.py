"""One direction: sources -> landing -> gate -> facts -> marts -> published -> dashboard.

The tables below say who may know whom. An import, a table in a FROM clause or a library outside them fails; there is
no list of exceptions. A new package needs a line here.
"""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = ("pipelines", "expectations", "dashboard", "audit_trail", "log_lines")

# Which package may import which.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    # What any layer may stand on.
    "settings": (),
    "vietnamese": (),
    "durable": (),
    "seal": ("durable",),
    "database": (),
    "clock": ("settings",),
    # Who may see what: each table declares it where it is declared.
    "clearance": (),
    # Both sides write down who did what, in one format.
    "audit_trail": (),
    # … and what the services say about themselves.
    "log_lines": (),
    # What is counted, the form that asks for it, and the provinces that fill it in.
    "reference": ("vietnamese", "clearance"),
    "form": ("reference", "vietnamese"),
    "simulation": ("reference", "form", "settings", "vietnamese"),
    # The way of a figure: file, cells, values, ledger, models, versions.
    "readers": (),
    "landing": ("durable",),
    "expectations": ("reference",),
    "facts": ("database", "clearance"),
    "gate": ("readers", "landing", "facts", "form", "reference", "expectations", "settings", "vietnamese"),
    "marts": ("reference", "database", "settings", "clearance"),
    # Another engine for the models, over copies of what they read; `nightly` asks for it where a setting says so.
    "spark": ("marts", "database", "durable"),
    "publish": ("facts", "marts", "durable", "database", "clearance"),
    "answers": (
        *("gate", "facts", "marts", "landing", "readers", "form", "publish", "reference"),
        *("settings", "durable", "database"),
    ),
    "review": (
        *("gate", "landing", "reference"),
        *("settings", "durable", "database", "vietnamese"),
    ),
    # The steps in their order, what repeats them, and who starts them.
    "nightly": (
        *("readers", "landing", "gate", "facts", "marts", "spark", "publish", "answers"),
        *("reference", "settings", "database", "durable", "seal", "log_lines"),
    ),
    "as_known": (*("facts", "marts", "publish", "reference", "settings", "clearance", "database", "durable"),),
    "integrity": (*("landing", "publish", "reference", "settings", "durable", "seal", "audit_trail"),),
    "backup": (*("landing", "publish", "settings", "durable", "audit_trail"),),
    "verification": (
        *("nightly", "integrity", "landing", "facts", "marts", "publish"),
        *("reference", "settings", "clearance", "database", "durable", "seal"),
    ),
    # Tells people how the installation fares: reads what is published, sends mail, and changes no figure.
    "operation": ("reference", "settings", "database", "durable"),
    "orchestration": (
        *("operation", "nightly", "landing", "facts", "publish", "marts", "reference"),
        *("settings", "clock", "database", "durable", "log_lines"),
    ),
    "commands": (
        *("orchestration", "verification", "nightly", "as_known", "answers", "review", "landing", "facts", "publish"),
        *("form", "simulation", "operation", "integrity", "backup"),
        *("reference", "settings", "clearance", "clock", "database", "durable", "audit_trail", "log_lines"),
    ),
    # Of figures, reads the published database and nothing else.
    "dashboard": ("audit_trail", "log_lines"),
}
# Which packages may use a library that ties its user to something: an engine, a server, a file format.
MAY_USE: dict[str, tuple[str, ...]] = {
    "dagster": ("orchestration",),
    "dagster_celery": ("orchestration",),
    "celery": ("orchestration",),
    "duckdb": (
        *("database", "facts", "gate", "marts", "nightly", "as_known", "answers", "review", "verification", "commands"),
        "publish",
        "spark",
        "dashboard",
    ),
    "great_expectations": ("expectations",),
    "sqlglot": ("marts", "spark"),
    "pyspark": ("spark",),
    "streamlit": ("dashboard",),
    "plotly": ("dashboard",),
    "typer": ("commands",),
    "rich": ("commands",),
    "python_calamine": ("readers",),
    "openpyxl": ("readers",),
    "xlsxwriter": ("form", "dashboard"),
    "reportlab": ("dashboard",),
    "pypdfium2": ("dashboard",),
}
# Which schemas a statement may read, by its folder; `work` is the pipeline's own and is not published.
MAY_READ: dict[str, tuple[str, ...]] = {
    "sql/reference": ("reference",),
    "sql/gate": ("facts",),
    "sql/facts": ("reference", "facts", "work"),
    "sql/marts": ("reference", "facts", "marts", "work"),
    "sql/checks": ("reference", "facts", "marts", "work"),
    "sql/adhoc": ("reference", "facts", "marts"),
    "sql/operation": ("reference", "marts"),
    "dashboard/queries": ("reference", "facts", "marts"),
}
# Which schemas a package may name in its own statements.
MAY_NAME: dict[str, tuple[str, ...]] = {
    "facts": ("facts", "work"),
    "marts": ("reference", "facts", "work"),
    "answers": ("reference", "facts", "marts", "work"),
    "review": ("facts",),
    "publish": ("reference", "facts", "work"),
    "spark": ("facts", "work"),
    "nightly": ("reference", "facts", "work"),
    "as_known": ("reference", "facts", "work"),
    "verification": ("reference", "facts", "work"),
    "orchestration": ("reference", "facts", "marts"),
    "commands": ("reference", "facts", "marts"),
    "dashboard": ("reference", "facts", "marts"),
}
# The only two places that ask what time it is: for the pipeline, and for a reader of the dashboard.
# A session is over at a moment, whatever day the figures are of.
MAY_ASK_THE_TIME = {"pipelines/clock.py", "dashboard/settings.py", "dashboard/access.py"}
# What a statement finds beside the schemas: the values of the batch, and results registered by its caller.
GIVEN_TABLES = {"sql/gate": {"batch_values"}}

MODULES = sorted(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
STATEMENTS = sorted(path for folder in ("sql", "dashboard/queries") for path in (REPOSITORY / folder).rglob("*.sql"))
_CLOCK = re.compile(r"\b(date|datetime)\.(now|today|utcnow)$|\btime\.(time|localtime|gmtime)$")
_SCHEMA = re.compile(r"\b(reference|facts|marts|work)\.[a-z_]+\b(?!\()")


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def layer_of(module: str) -> str:
    """`pipelines.facts.ledger` -> `facts`; `pipelines` itself, which holds only the version, is no layer."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "pipelines" else first


def layer_of_file(path: Path) -> str:
    return layer_of(".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> set[str]:
    """Every module that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports by full name only"
            module = str(node.module)
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "pipelines" else {module}
    return found


def texts(path: Path) -> Iterator[str]:
    """Every text in a file that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func)


def folder_of(path: Path) -> str:
    return path.parent.relative_to(REPOSITORY).as_posix()


@cache
def statement(path: Path) -> exp.Expr:
    return sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")


def forbidden_imports(layer: str, tree: ast.Module) -> list[str]:
    known = {layer_of(name) for name in imports(tree) if name.split(".")[0] in PACKAGES}
    return sorted(known & MAY_IMPORT.keys() - {layer, *MAY_IMPORT.get(layer, ())})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_layer_may_know(path: Path) -> None:
    assert forbidden_imports(layer_of_file(path), tree_of(path)) == []


def test_every_package_has_its_line() -> None:
    assert {layer for path in MODULES if (layer := layer_of_file(path))} - {"pipelines"} == MAY_IMPORT.keys()


def test_the_table_itself_has_one_direction() -> None:
    order = list(graphlib.TopologicalSorter(MAY_IMPORT).static_order())
    assert order.index("landing") < order.index("gate") < order.index("nightly") < order.index("orchestration")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_stays_in_its_layer(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(tree_of(path))} & MAY_USE.keys()
    assert [library for library in used if layer_of_file(path) not in MAY_USE[library]] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_names_only_tables_that_its_layer_may_touch(path: Path) -> None:
    named = {match for text in texts(path) for match in _SCHEMA.findall(text)}
    assert named - set(MAY_NAME.get(layer_of_file(path), ())) == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_time_is_an_input(path: Path) -> None:
    asked = [call for call in calls(path) if _CLOCK.search(call)]
    assert asked == [] or name_of(path) in MAY_ASK_THE_TIME


@pytest.mark.parametrize("path", STATEMENTS, ids=name_of)
def test_a_statement_reads_only_its_own_layer_and_those_before_it(path: Path) -> None:
    schemas = {table.db for table in statement(path).find_all(exp.Table) if table.db}
    assert schemas - set(MAY_READ[folder_of(path)]) == set()


@pytest.mark.parametrize("path", STATEMENTS, ids=name_of)
def test_a_table_without_a_schema_is_a_part_of_its_statement(path: Path) -> None:
    # A function of the engine in a FROM clause is a table without a name.
    named = {table.name for table in statement(path).find_all(exp.Table) if not table.db} - {""}
    parts = {part.alias for part in statement(path).find_all(exp.CTE)}
    assert named - parts - GIVEN_TABLES.get(folder_of(path), set()) == set()


def test_the_dashboard_opens_a_database_in_its_query_module_and_in_the_process_for_analysts_sql_only() -> None:
    users = {name_of(path) for path in MODULES if "duckdb" in imports(tree_of(path))}
    expected = {"dashboard/warehouse.py", "dashboard/console/child.py"}
    assert {name for name in users if name.startswith("dashboard/")} == expected


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from pipelines.marts.build import build_model", ["marts"]),
        ("def late():\n    import pipelines.orchestration.run", ["orchestration"]),
        ("from pipelines import nightly", ["nightly"]),
        ("from dashboard.warehouse import rows", ["dashboard"]),
        ("from pipelines import __version__\nfrom pipelines.facts.ledger import Batch", []),
    ],
)
def test_a_step_backward_is_found_wherever_it_stands(source: str, found: list[str]) -> None:
    assert forbidden_imports("gate", ast.parse(source)) == found
