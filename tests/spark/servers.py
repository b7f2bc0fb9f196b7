"""Servers of Spark Connect for tests: Sail in this process, or Apache Spark from the folder that `SPARK_HOME` names.

Everything listens on loopback and ends with the test, whatever becomes of it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
# A busy machine takes half a minute to start a Java process.
SECONDS_TO_START = 240
_CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"
_DEPLOY = "org.apache.spark.deploy"
# What small data needs: few tasks, no web pages, and no Java code written and compiled for each query of some rows.
_SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.ui.enabled": "false",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "1500m",
}


def spark_home() -> Path | None:
    """The unpacked distribution of Apache Spark, None where the tests are to use Sail."""
    return Path(os.environ["SPARK_HOME"]) if os.environ.get("SPARK_HOME") else None


@contextmanager
def sail() -> Iterator[str]:
    """Sail in this process; gives its address."""
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(LOOPBACK, 0)
    server.start(background=True)
    try:
        host, port = server.listening_address
        yield f"sc://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def spark(home: Path, scratch: Path, master: str = "local[2]", **settings: str) -> Iterator[str]:
    """A Spark Connect server that computes at `master`; gives its address."""
    port = free_port()
    options = {**_SMALL, "spark.connect.grpc.binding.port": str(port), "spark.connect.grpc.binding.address": LOOPBACK}
    options |= {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch / "warehouse"), **settings}
    given = [word for name, value in options.items() for word in ("--conf", f"{name}={value}")]
    command = [str(home / "bin" / "spark-submit"), "--master", master, *given, "--class", _CONNECT]
    with _process([*command, str(next((home / "jars").glob("spark-connect_*.jar")))], home, scratch) as server:
        server.wait_for(port)
        yield f"sc://{LOOPBACK}:{port}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A standalone master with workers, and the Spark Connect server that uses them."""

    address: str
    workers: Sequence[Process]


@contextmanager
def cluster(home: Path, scratch: Path, workers: int) -> Iterator[Cluster]:
    """A master and `workers` workers with one core each on loopback."""
    port = free_port()
    master = f"spark://{LOOPBACK}:{port}"
    start = [str(home / "bin" / "spark-class")]
    place = ["--host", LOOPBACK, "--webui-port", "0"]
    with _process([*start, f"{_DEPLOY}.master.Master", *place, "--port", str(port)], home, scratch) as process:
        process.wait_for(port)
        with _workers([*start, f"{_DEPLOY}.worker.Worker", *place], master, home, scratch, workers) as running:
            memory = {"spark.executor.memory": "1g", "spark.executor.cores": "1"}
            with spark(home, scratch, master, **memory) as address:
                yield Cluster(address, running)


@contextmanager
def _workers(command: Sequence[str], master: str, home: Path, scratch: Path, count: int) -> Iterator[list[Process]]:
    if not count:
        yield []
        return
    folder = scratch / f"worker-{count}"
    size = ["--cores", "1", "--memory", "1500m", "--work-dir", str(folder)]
    with (
        _process([*command, *size, master], home, scratch) as worker,
        _workers(command, master, home, scratch, count - 1) as others,
    ):
        yield [worker, *others]


@dataclass(frozen=True, slots=True)
class Process:
    """A process of Java in a session of its own, with what it has started."""

    running: subprocess.Popen[bytes]
    log: Path

    def wait_for(self, port: int) -> None:
        """Waits until it listens. Raises TimeoutError or RuntimeError with the end of its log."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            if self.running.poll() is not None:
                raise RuntimeError(f"{self.running.args} ended: {self.log.read_text()[-2000:]}")
            with suppress(OSError):
                socket.create_connection((LOOPBACK, port), timeout=1).close()
                return
            time.sleep(0.2)
        raise TimeoutError(f"{self.running.args} does not listen on {port}: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Kills it and all that it has started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()


@contextmanager
def _process(command: Sequence[str], home: Path, scratch: Path) -> Iterator[Process]:
    log = scratch / f"{command[-1].rpartition('.')[2].replace('/', '_').replace(':', '_')}-{time.monotonic_ns()}.log"
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOG_DIR": str(scratch),
        "SPARK_NO_DAEMONIZE": "1",
    }
    environment.pop("SPARK_REMOTE", None)
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, stdout=out, stderr=out, env=environment, cwd=scratch, start_new_session=True
        )
    process = Process(running, log)
    try:
        yield process
    finally:
        process.kill()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as place:
        place.bind((LOOPBACK, 0))
        return int(place.getsockname()[1])
