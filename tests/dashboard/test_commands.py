"""The dashboard's way to the command line: a child process, its JSON, and how it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.commands import TIMED_OUT, run_command

PATIENCE = 60


def test_what_a_command_says_of_a_mistake_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(tmp_path))

    result = run_command(["sql", "SELECT 1"], PATIENCE)

    assert (result.exit_code, result.is_success, result.data) == (1, False, None)
    assert "Không thực hiện được" in result.error


def test_the_json_of_a_command_comes_back_from_any_folder(
    homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.chdir(tmp_path)

    result = run_command(["sql", "SELECT 'xã' AS word", "--format=json"], PATIENCE)

    assert (result.exit_code, result.data) == (0, [{"word": "xã"}])


def test_a_command_that_takes_too_long_is_stopped() -> None:
    assert run_command(["status"], 0.01).exit_code == TIMED_OUT
