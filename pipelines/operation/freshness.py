"""Whether the published figures are fresh: the rule of `/health`, asked in a child process."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from pipelines.settings import REPOSITORY, Settings

_SECONDS = 60


class HealthUnknown(RuntimeError):
    """The process that judges the published figures gave no answer."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The answer of `python -m dashboard.health` (docs/operations.md); a reason is a code and a Vietnamese sentence."""

    content: dict[str, Any]
    exit_code: int

    @property
    def is_fresh(self) -> bool:
        """Whether the figures are those that should be there."""
        return str(self.content["status"]) == "fresh"

    @property
    def is_awaited(self) -> bool:
        """Whether this morning's figures are not there, and are not late yet."""
        return bool(self.content["is_awaited"])

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why they are not fresh."""
        return [(str(reason["code"]), str(reason["sentence_vi"])) for reason in self.content["reasons"]]


def ask_health(settings: Settings, moment: datetime.datetime | None = None) -> Freshness:
    """Asks, as if it were `moment` (the reader's clock if not said). Raises HealthUnknown."""
    command = [sys.executable, "-m", "dashboard.health"]
    command += [f"--moment={moment.isoformat()}"] if moment else []
    environment = {**os.environ, "TIENDO_HOME": str(settings.folders().root)}
    options: dict[str, Any] = {"cwd": REPOSITORY, "env": environment, "encoding": "utf-8", "timeout": _SECONDS}
    try:
        done = subprocess.run(command, capture_output=True, check=False, **options)
        return Freshness(json.loads(done.stdout), done.returncode)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise HealthUnknown(f"The check of the published figures gave no answer ({type(error).__name__}).") from error
