"""Runs `tiendo` commands for pages that do something: a child process that prints JSON, never an import.

The command line is the contract, as the published database is for figures. The child sees the same `TIENDO_HOME`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.settings import REPOSITORY
from dashboard.sign_in_settings import PREFIX

COMMAND = (sys.executable, "-m", "pipelines.commands.main")
TIMED_OUT = -1
# Who asks is known here and not to the command: the page writes the line of the access log, the command none.
ACT_IS_RECORDED = "TIENDO_ACT_IS_RECORDED"


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended. `data` is the JSON that it printed, None where it printed none.

    `exit_code` is TIMED_OUT where the command was stopped; `error` is what it said on standard error.
    """

    exit_code: int
    data: Any
    error: str

    @property
    def is_success(self) -> bool:
        """Whether the command did what was asked."""
        return self.exit_code == 0


def run_command(arguments: Sequence[str], timeout: float) -> CommandResult:
    """Runs `tiendo ARGUMENTS` and waits at most `timeout` seconds; the process is stopped when they are over.

    Arguments go to the process as they are, no shell reads them; whoever passes a text that a reader has typed puts it
    behind an option with `=`, so that it can't be taken for an option itself.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": _search_path(), "NO_COLOR": "1"}
    # No command signs anybody in, so none is given the secrets of the sign-in.
    environment = {name: value for name, value in environment.items() if not name.startswith(PREFIX)}
    environment[ACT_IS_RECORDED] = "1"
    # What a command that is stopped leaves behind goes with this folder.
    with TemporaryDirectory(prefix="tiendo-") as scratch:
        try:
            done = subprocess.run(
                [*COMMAND, *arguments],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                env={**environment, "TMPDIR": scratch},
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return CommandResult(TIMED_OUT, None, "")
    return CommandResult(done.returncode, _json(done.stdout), done.stderr.strip())


def _search_path() -> str:
    """The product is found from any working directory, also where it is not installed."""
    known = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(part for part in (str(REPOSITORY), known) if part)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
