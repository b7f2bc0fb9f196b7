"""The library comes without Spark, whatever is installed or already in use."""

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


def run(folder: Path, before: str) -> str:
    code = PROGRAM.format(before=before)
    paths = f"{folder}:{REPOSITORY}"
    child = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": paths, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip().splitlines()[-1]


def test_a_spark_that_is_installed_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyspark.py").write_text(FATAL, encoding="utf-8")
    assert run(tmp_path, before="") == "empty False"


def test_a_spark_in_use_is_there_again_afterwards(tmp_path: Path) -> None:
    package = tmp_path / "pyspark"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "sql.py").write_text("functions = SparkContext = None", encoding="utf-8")
    assert run(tmp_path, before="import pyspark.sql") == "empty True"
