"""What an operator is told where there is no Spark to derive on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.nightly import check_engine, open_engine
from pipelines.settings import REPOSITORY, Settings
from pipelines.spark.session import REMOTE, SparkUnavailable
from tests.spark.servers import free_port


def spark_settings(home: Path) -> Settings:
    return Settings(home=home, engine="spark")


def test_duckdb_derives_where_nothing_is_said(tmp_path: Path) -> None:
    with open_engine(Settings(home=tmp_path)) as engine:
        assert engine.in_place
    assert Settings(home=tmp_path).archive_directory() == tmp_path / "archive"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (None, "TIENDO_ENGINE is spark, but SPARK_REMOTE is not set"),
        ("local[2]", r"SPARK_REMOTE is local\[2\]; expected .* sc://host:15002"),
        ("sc:///;token=secret", "expected the address of a Spark Connect server"),
    ],
)
def test_an_address_that_is_missing_or_none_is_named_before_the_first_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None, message: str
) -> None:
    monkeypatch.delenv(REMOTE, raising=False)
    if address is not None:
        monkeypatch.setenv(REMOTE, address)
    with pytest.raises(SparkUnavailable, match=message) as raised:
        check_engine(spark_settings(tmp_path))
    assert "secret" not in str(raised.value)


def test_a_client_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REMOTE, "sc://127.0.0.1:15002")
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)
    with pytest.raises(SparkUnavailable, match=r"pip install 'tien-do\[spark\]'"):
        check_engine(spark_settings(tmp_path))


def test_a_server_that_does_not_answer_is_named_without_its_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv(REMOTE, f"sc://127.0.0.1:{port}/;token=secret")
    engine = open_engine(spark_settings(tmp_path))
    with pytest.raises(SparkUnavailable, match=f"Nobody answers at sc://127.0.0.1:{port} ") as raised, engine:
        pass
    assert "secret" not in str(raised.value)


def test_a_process_without_a_program_of_its_own_can_start_others_after_the_client_has_come() -> None:
    """As a worker of the tests is, or a night that was forked: it has no `__main__` with a file."""
    program = """
import sys, types
main = types.ModuleType("__main__")
main.__spec__ = None
sys.modules["__main__"] = main
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pipelines.spark.session import client
print(client().__name__, hasattr(main, "__file__"))
with ProcessPoolExecutor(1, get_context("spawn")) as pool:
    print(pool.submit(len, "four").result(timeout=60))
"""
    child = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert child.stdout.split() == ["SparkSession", "False", "4"], child.stderr
