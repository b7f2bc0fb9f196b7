"""What was mailed to whom on which day: `<home>/operation/mailed.jsonl`, one line before each try and one after it.

A line `begun` without an outcome means that nobody knows whether the server took the mail: the process died, or the
connection broke after the text was sent. Such a mail is sent once more, under the same Message-ID, and never again.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.durable import append_whole

MAILED = "mailed.jsonl"
MOST_UNKNOWN, MOST_REFUSED = 2, 6

State = Literal["begun", "sent", "refused"]


@dataclass(slots=True)
class Tries:
    """What became of one recipient's mail of one day."""

    is_sent: bool = False
    unknown: int = 0
    refused: int = 0

    @property
    def may_try(self) -> bool:
        """Whether another try may be made on that day."""
        return not self.is_sent and self.unknown < MOST_UNKNOWN and self.refused < MOST_REFUSED


class Sent:
    """The file, read once. One process at a time: the caller holds the lock of the folder."""

    def __init__(self, operation: Path) -> None:
        self._path = operation / MAILED
        self._tries: dict[tuple[str, str], Tries] = {}
        self._through: dict[str, datetime.datetime] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            try:
                content = json.loads(line)
                moment = datetime.datetime.fromisoformat(content["at"])
                self._take(content["day"], content["address"], content["state"], moment)
            except (KeyError, TypeError, ValueError):
                continue  # a line that a dying process did not finish

    def tries(self, day: datetime.date, address: str) -> Tries:
        """What was tried on that day for that address."""
        return self._tries.setdefault((day.isoformat(), address), Tries())

    def told_until(self, address: str) -> datetime.datetime | None:
        """The moment of the last mail that this address got; what failed before was told then."""
        return self._through.get(address)

    def note(self, day: datetime.date, address: str, state: State, message_id: str, at: datetime.datetime) -> None:
        """Writes a line and flushes it to disk. Raises OSError; then the mail must not be sent."""
        content = {
            "at": at.isoformat(),
            "day": day.isoformat(),
            "address": address,
            "state": state,
            "message_id": message_id,
        }
        # The line of a process that died in the middle stays a line of its own.
        before = self._path.read_bytes() if self._path.exists() else b""
        text = json.dumps(content, ensure_ascii=False)
        append_whole(self._path, (b"\n" if before and not before.endswith(b"\n") else b"") + f"{text}\n".encode())
        self._take(content["day"], address, state, at)

    def _take(self, day: str, address: str, state: str, at: datetime.datetime) -> None:
        tries = self._tries.setdefault((day, address), Tries())
        if state == "begun":
            tries.unknown += 1
        elif state == "refused":
            tries.unknown, tries.refused = max(0, tries.unknown - 1), tries.refused + 1
        elif state == "sent":
            tries.is_sent = True
            self._through[address] = at
