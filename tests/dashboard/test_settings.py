"""Where the database is looked for, which day it is, and that the server's options hold from any working directory."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.settings import REPOSITORY, VIETNAM, Settings, load_settings, reader_day

OPTIONS = {
    "runner.postScriptGC": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "server.fileWatcherType": "none",
    "logger.enableRich": False,
}
PRINT_OPTIONS = f"""
import dashboard.asgi
from streamlit import config
print({{name: config.get_option(name) for name in {sorted(OPTIONS)}}})
"""


def test_the_home_folder_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(tmp_path))
    assert load_settings().current == tmp_path / "published" / "current"
    monkeypatch.delenv("TIENDO_HOME")
    assert load_settings().home == REPOSITORY / "data"


def test_a_fixed_day_wins_over_every_clock() -> None:
    fixed = Settings(Path(), date(2026, 2, 28))
    assert reader_day(fixed, datetime(2026, 1, 18, 1, 30), is_simulated=True) == date(2026, 2, 28)


def test_simulated_figures_carry_their_own_clock() -> None:
    assert reader_day(Settings(Path(), None), datetime(2026, 2, 28, 1, 30), is_simulated=True) == date(2026, 2, 28)


def test_reported_figures_are_judged_by_the_clock_of_the_reader() -> None:
    before = datetime.now(VIETNAM).date()
    read = reader_day(Settings(Path(), None), datetime(2026, 1, 18), is_simulated=False)
    assert before <= read <= datetime.now(VIETNAM).date()


def test_the_server_finds_its_options_from_any_folder(tmp_path: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_OPTIONS],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.strip() == str({name: OPTIONS[name] for name in sorted(OPTIONS)})
