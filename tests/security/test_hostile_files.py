"""Files that are meant to harm, sent as a province sends them: each is refused or read, nothing of the machine is in
the answer, nothing is written elsewhere, and one after the other costs neither time nor memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.settings import REPOSITORY
from tests.security.hostile_files import FILES, LIMITS, Hostile

MOST_SECONDS, MOST_MEMORY = 90, 1_500 << 20


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sent")
    for file in FILES:
        (folder / file.name).write_bytes(file.content())
    return folder


@pytest.fixture(scope="module")
def said(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What `tiendo check` says of all of them in one go, in a process that would not get more memory than this."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "pipelines.commands.main", "check", "--json", f"--out={home}/answers"]
    done = subprocess.run(
        [*command, *(str(sent / file.name) for file in FILES)],
        cwd=REPOSITORY,
        env={**os.environ, **LIMITS, "TIENDO_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS)),
        check=False,
    )
    assert done.returncode == 2, done.stderr[-2_000:]
    assert {path.name for path in home.iterdir()} == {"answers"}
    assert {path.parent for path in home.rglob("*") if path.is_file()} == {home / "answers"}
    assert "root:" not in done.stdout + done.stderr
    for answer in (home / "answers").iterdir():
        assert b"root:x" not in answer.read_bytes()
    return {Path(each["file"]).name: each for each in json.loads(done.stdout)["files"]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_is_refused_or_what_is_hostile_in_it_is_left_alone(
    said: dict[str, dict[str, Any]], file: Hostile
) -> None:
    found = said[file.name]
    rules = {error["rule"] for error in found["errors"]}
    if file.refused is None:
        assert not rules & {"hostile_file", "file_too_large"}, found
    else:
        assert (found["status"], rules) == ("rejected", {file.refused})


def test_all_of_them_together_take_little_memory(said: dict[str, dict[str, Any]]) -> None:
    assert len(said) == len(FILES)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10 < MOST_MEMORY
