"""What `docs/clients.md` tells people to type runs as it stands there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.settings import REPOSITORY
from dashboard.warehouse import DATABASE

TEXT = (REPOSITORY / "docs" / "clients.md").read_text(encoding="utf-8")
PUBLISHED = f"data/published/current/{DATABASE}"


@pytest.fixture
def published(homes: dict[str, Path], tmp_path: Path) -> Path:
    """A copy: the pages of other tests hold the file itself open in this process, with other settings."""
    return Path(shutil.copy(homes["normal"] / "published" / "current" / DATABASE, tmp_path))


def test_the_python_of_the_page_runs(published: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert PUBLISHED in code
    found: dict[str, Any] = {}
    exec(code.replace(PUBLISHED, str(published)), found)
    assert len(found["frame"]) == 68
    assert found["table"].num_rows == 156


def test_the_sql_of_the_page_runs(published: Path, tmp_path: Path) -> None:
    statements = re.findall(r'(?:-c|tiendo sql) "([^"]+)"', TEXT)
    assert len(statements) == 5
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{published}' AS restricted (READ_ONLY)")
        connection.execute("USE restricted")
        for statement in statements:
            for name in ("province_progress.parquet", "as-parquet"):
                statement = statement.replace(f"'{name}'", f"'{tmp_path / name}'")
            connection.execute(statement)
    assert (tmp_path / "province_progress.parquet").is_file()
    assert (tmp_path / "as-parquet" / "schema.sql").is_file()


def test_every_file_and_command_named_is_there() -> None:
    for name in re.findall(r"sql/adhoc/(\w+)\.sql|--ask (\d\w+)", TEXT):
        assert (REPOSITORY / "sql" / "adhoc" / f"{name[0] or name[1]}.sql").is_file()
