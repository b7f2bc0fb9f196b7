"""So many queries run at once on the machine, not in each server process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.console import places
from dashboard.settings import REPOSITORY

HOLD = "import sys, time; from dashboard.console import places; from pathlib import Path; " + (
    "held = [places.take(4, Path(sys.argv[1])) for _ in range(3)]; print(len(held), flush=True); time.sleep(60)"
)


def test_places_are_counted_over_all_processes_and_freed_when_one_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "places"
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        held = places.take(4, folder)
        assert held is not None
        assert places.take(4, folder) is None
        other.send_signal(signal.SIGKILL)
        other.wait()
    freed = places.take(4, folder)
    assert freed is not None
    for descriptor in (held, freed):
        os.close(descriptor)


def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "places").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(places.PlacesUnsafe):
        places.take(4, tmp_path / "places")
