"""The library comes without what no check of ours needs, whatever is installed or already in use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# As Spark's client does where it finds no whole Spark: the process is over.
FATAL = "raise SystemExit('Spark was imported')"
PROGRAM = """
import sys
{before}
from expectations.library import great_expectations
suite = great_expectations().ExpectationSuite(name="empty")
print(suite.name, "pyspark" in sys.modules)
"""
LATER = """
is_there = lambda: "scipy.stats._stats_py" in sys.modules
before = is_there()
from scipy import stats
print(before, stats.norm.cdf(0), is_there())
"""


def run(folder: Path, before: str = "", after: str = "") -> str:
    code = PROGRAM.format(before=before) + after
    paths = f"{folder}:{REPOSITORY}"
    child = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": paths, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip().splitlines()[-1]


def test_a_spark_that_is_installed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyspark.py").write_text(FATAL, encoding="utf-8")
    assert run(tmp_path) == "empty False"


def test_a_spark_in_use_is_there_again_afterwards(tmp_path: Path) -> None:
    package = tmp_path / "pyspark"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "sql.py").write_text("functions = SparkContext = None", encoding="utf-8")
    assert run(tmp_path, before="import pyspark.sql") == "empty True"


def test_the_grammar_of_addresses_is_not_compiled(tmp_path: Path) -> None:
    (tmp_path / "rfc3987_syntax.py").write_text("raise SystemExit('It takes seconds')", encoding="utf-8")
    assert run(tmp_path) == "empty False"


def test_statistics_are_loaded_at_their_first_use(tmp_path: Path) -> None:
    assert run(tmp_path, after=LATER) == "False 0.5 True"
