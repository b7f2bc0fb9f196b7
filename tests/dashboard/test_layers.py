"""The dashboard reads published tables through one module, and knows nothing of the pipeline."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboard import warehouse

DASHBOARD = Path(warehouse.__file__).parent
SOURCES = sorted(DASHBOARD.rglob("*.py"))
QUERIES = sorted(warehouse.QUERIES.glob("*.sql"))
READ = re.compile(r"\.(?:rows|row|table)\(\s*\"(\w+)\"")


def imports(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_module_imports_the_pipeline(source: Path) -> None:
    assert not {name for name in imports(source) if name.split(".")[0] in ("pipelines", "expectations", "dagster")}


def test_one_module_opens_the_database_and_one_process_a_copy_of_it() -> None:
    users = {source.relative_to(DASHBOARD).as_posix() for source in SOURCES if "duckdb" in imports(source)}
    assert users == {"warehouse.py", "console/child.py"}


def test_the_process_for_analysts_sql_imports_nothing_of_the_dashboard() -> None:
    assert not {name for name in imports(DASHBOARD / "console" / "child.py") if name.startswith("dashboard")}


@pytest.mark.parametrize("folder", ["figures"])
def test_charts_know_neither_streamlit_nor_the_database(folder: str) -> None:
    for source in (DASHBOARD / folder).glob("*.py"):
        assert not {"streamlit", "duckdb", "pandas"} & imports(source), source


def test_every_query_is_used_and_every_used_query_exists() -> None:
    used = {name for source in SOURCES for name in READ.findall(source.read_text(encoding="utf-8"))}
    assert used == {query.stem for query in QUERIES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_query_says_what_its_rows_are(query: Path) -> None:
    assert query.read_text(encoding="utf-8").startswith("-- ")


@pytest.mark.parametrize("page", sorted((DASHBOARD / "app_pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_reads_like_a_table_of_contents(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 60
