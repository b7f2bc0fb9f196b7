"""What was mailed to whom on which day: `<home>/operation/mailed.jsonl`, one line before each try and one after it.

A line `begun` without an outcome means that nobody knows whether the server took the mail: the process died, or the
connection broke after the text was sent. Such a mail is sent once more, under the same Message-ID, and never again.

A line `restored` means that the file is that of a backup: what was sent between backup and restore is not in it. So
everything up to then counts as told, and on that day nobody gets another mail.
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
_RESTORED = "restored"


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
        self._restored_at: datetime.datetime | None = None
        for line in self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else ():
            try:
                content = json.loads(line)
                moment = datetime.datetime.fromisoformat(content["at"])
                self._take(content["day"], content["address"], content["state"], moment)
            except (KeyError, TypeError, ValueError):
                continue  # a line that a dying process did not finish

    def tries(self, day: datetime.date, address: str) -> Tries:
        """What was tried on that day for that address."""
        if self._restored_at is not None and self._restored_at.date() == day:
            return Tries(is_sent=True)
        return self._tries.setdefault((day.isoformat(), address), Tries())

    def told_until(self, address: str) -> datetime.datetime | None:
        """The moment of the last mail that this address got; what failed before was told then."""
        moments = [moment for moment in (self._through.get(address), self._restored_at) if moment is not None]
        return max(moments, default=None)

    def note(self, day: datetime.date, address: str, state: State, message_id: str, at: datetime.datetime) -> None:
        """Writes a line and flushes it to disk. Raises OSError; then the mail must not be sent."""
        _add_line(self._path, at, day, address, state, message_id)
        self._take(day.isoformat(), address, state, at)

    def _take(self, day: str, address: str, state: str, at: datetime.datetime) -> None:
        if state == _RESTORED:
            self._restored_at = at
            return
        tries = self._tries.setdefault((day, address), Tries())
        if state == "begun":
            tries.unknown += 1
        elif state == "refused":
            tries.unknown, tries.refused = max(0, tries.unknown - 1), tries.refused + 1
        elif state == "sent":
            tries.is_sent = True
            self._through[address] = at


def note_restored(operation: Path, at: datetime.datetime) -> None:
    """Notes in a home that was just restored that nobody knows what was mailed since its backup. Raises OSError."""
    _add_line(operation / MAILED, at, at.date(), "", _RESTORED, "")


def _add_line(path: Path, at: datetime.datetime, day: datetime.date, address: str, state: str, message_id: str) -> None:
    content = {
        "at": at.isoformat(),
        "day": day.isoformat(),
        "address": address,
        "state": state,
        "message_id": message_id,
    }
    # The line of a process that died in the middle stays a line of its own.
    before = path.read_bytes() if path.exists() else b""
    text = json.dumps(content, ensure_ascii=False)
    append_whole(path, (b"\n" if before and not before.endswith(b"\n") else b"") + f"{text}\n".encode())
