"""`make restore-drill`: its steps in their order, in a place that knows nothing of this one; what it finds ends it.

A stand-in takes the place of the program; `tests/durability/test_backup.py` restores with the real one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import REPOSITORY

STAND_IN = """#!/bin/sh
echo "$1 HOME=$HOME TMPDIR=$TMPDIR TIENDO_HOME=$TIENDO_HOME" >> {asked}
case "$1" in
    restore) [ "$3" = --check ] || mkdir -p "$4/landing" ;;
    rebuild) touch {asked}.rebuilt ;;
    sql) echo question,row_count,sha256; {answer}; echo 15_military_posts,, ;;
    verify) {verify} ;;
esac
"""
ANSWER = "echo 01_centres_operating,35,fa5d"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "backup.tar.gz").write_bytes(b"x" * 1000)
    return tmp_path


def drill(place: Path, *arguments: str, answer: str = ANSWER, verify: str = "true") -> subprocess.CompletedProcess[str]:
    tiendo = place / "tiendo"
    tiendo.write_text(STAND_IN.format(asked=place / "asked", answer=answer, verify=verify))
    tiendo.chmod(0o700)
    command = [sys.executable, REPOSITORY / "deploy" / "restore_drill.py", place / "backup.tar.gz", "--tiendo", tiendo]
    environment = {**os.environ, "TIENDO_HOME": "/var/lib/tiendo", "TMPDIR": str(place)}
    return subprocess.run([*command, *arguments], env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_steps_are_taken_in_their_order_in_a_place_of_their_own(place: Path) -> None:
    answers = "".join(f"question,row_count,sha256\n{ANSWER[5:]}\n15_military_posts,,\n" for _ in range(3))
    (place / "answers.csv").write_text(answers)
    done = drill(place, "--answers", str(place / "answers.csv"))
    assert done.returncode == 0, done.stderr
    assert "3 answers identical, also to those of the running system." in done.stdout
    asked = (place / "asked").read_text().splitlines()
    steps = [line.split()[0] for line in asked]
    assert steps == ["restore", "restore", "verify", *["sql"] * 3, "rebuild", *["sql"] * 3]
    assert all("/user TMPDIR=" in line and line.endswith("TIENDO_HOME=") for line in asked)
    assert not list(place.glob("restore-drill-*"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"verify": "echo bị sửa >&2; exit 1"}, "tiendo verify: tiendo ended with 1.\nbị sửa"),
        ({"answer": "[ -e {0}/asked.rebuilt ] && echo 01_centres_operating,35,other || " + ANSWER}, "01_centres"),
    ],
)
def test_what_differs_ends_it_with_an_error(place: Path, given: dict[str, str], said: str) -> None:
    done = drill(place, **{name: text.replace("{0}", str(place)) for name, text in given.items()})
    assert done.returncode == 1
    assert said in done.stderr
    assert "accepted" not in done.stdout


def test_other_answers_than_those_of_the_running_system_end_it(place: Path) -> None:
    (place / "answers.csv").write_text("question,row_count,sha256\n01_centres_operating,34,0000\n")
    done = drill(place, "--answers", str(place / "answers.csv"))
    assert done.returncode == 1
    assert "the running system and the restored one answer differently" in done.stderr
