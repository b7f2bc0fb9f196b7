"""Which runs failed, and where: `<home>/operation/failures.jsonl`, without messages, since one may hold a value."""

from __future__ import annotations

import datetime
import fcntl
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.durable import append_whole, make_folder

FAILURES = "failures.jsonl"


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that ended without publishing. `step` is the step's name, empty before the first; `error` a class name."""

    run_id: str
    at: datetime.datetime
    step: str
    error: str


def note_failure(operation: Path, failure: Failure) -> None:
    """Writes a failure down once, whoever noticed it, and if two notice it at the same moment."""
    make_folder(operation)
    with (operation / FAILURES).open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if failure.run_id not in {known.run_id for known in read_failures(operation)}:
            line = json.dumps({**asdict(failure), "at": failure.at.isoformat()})
            append_whole(operation / FAILURES, f"{line}\n".encode())


def read_failures(operation: Path) -> list[Failure]:
    """All failures in the order in which they were noted; a line that was never finished is left out."""
    path = operation / FAILURES
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            content = json.loads(line)
            content["at"] = datetime.datetime.fromisoformat(content["at"])
            found.append(Failure(**content))
        except (KeyError, TypeError, ValueError):
            continue
    return found
