"""What goes into a backup: a state of the home that was there at one moment, also while a night runs.

No lock is taken, since a night that finds it taken would not run. Landed files, published versions and complete lines
never change; what is read in this order rests only on what is read after it: version, journal, landed files.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from audit_trail import chain
from pipelines.landing.journal import HEAD, Journal
from pipelines.landing.store import JOURNAL, Landing, incoming_files, source_of
from pipelines.publish.versions import CURRENT
from pipelines.settings import Home

_AUDIT_MODE, _MODE = 0o640, 0o644


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup: its name inside, where its bytes come from, how many of them, when it was changed."""

    name: str
    source: IO[bytes]
    byte_count: int
    mtime_ns: int
    mode: int


@dataclass(slots=True)
class Contents:
    """The home at one moment. `current` is the name of the published version, None before the first night."""

    home: Home
    current: str | None
    journal: Journal
    audit: dict[str, bytes | int]
    operation: dict[str, bytes]
    _version: list[Part]

    def parts(self) -> Iterator[Part]:
        """Every file, one after the other; each is closed when the next is asked for."""
        yield from self._version
        yield from _part(self.home.landing / JOURNAL, self._name(self.home.landing / JOURNAL), _length(self.journal))
        if self.journal.line_count:
            head = self.journal.noted_head
            yield Part(f"landing/{HEAD}", io.BytesIO(head), len(head), 0, _MODE)
        landing = Landing(self.home.landing, is_writer=False)
        for arrival in {item.sha256: item for item in reversed(self.journal.arrivals)}.values():
            path = landing.path_of(arrival)
            yield from _part(path, self._name(path))
        for folder in (self.home.reference, self.home.outbox):
            for path in sorted(folder.rglob("*")):
                # Names of unfinished files begin with a point.
                if path.is_file() and not path.name.startswith("."):
                    yield from _part(path, self._name(path))
        for name, extent in self.audit.items():
            if isinstance(extent, bytes):
                yield Part(f"audit/{name}", io.BytesIO(extent), len(extent), 0, _AUDIT_MODE)
            else:
                yield from _part(self.home.audit / name, f"audit/{name}", extent)
        for name, content in self.operation.items():
            yield Part(f"operation/{name}", io.BytesIO(content), len(content), 0, _MODE)
        yield from self._not_landed()

    def _not_landed(self) -> Iterator[Part]:
        """What waits in the inbox; what the journal knows lies in the landing."""
        seen = self.journal.seen_sources()
        for path in incoming_files([self.home.inbox] if self.home.inbox.is_dir() else []):
            if source_of(path, self.home.root) not in seen:
                yield from _part(path, self._name(path))

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.home.root))


def take_stock(home: Home, stack: ExitStack) -> Contents:
    """Fixes the moment. The files of the current version are opened at once: a night may remove their names."""
    current, version = _open_current(home, stack)
    journal = Journal(home.landing / JOURNAL, is_writer=False)
    return Contents(home, current, journal, chain.extent(home.audit), _whole_lines(home.operation), version)


def _open_current(home: Home, stack: ExitStack) -> tuple[str | None, list[Part]]:
    link = home.published / CURRENT
    while link.is_symlink():
        version = link.resolve()
        try:
            files = [(path.name, stack.enter_context(path.open("rb"))) for path in sorted(version.iterdir())]
        except FileNotFoundError:
            # Removed between the two calls; a link that leads nowhere for good is the backup's business to say.
            if link.resolve() == version:
                raise
            continue
        return version.name, [_opened(file, f"published/{version.name}/{name}") for name, file in files]
    return None, []


def _whole_lines(folder: Path) -> dict[str, bytes]:
    """Each file of lines in a folder; a last line that somebody is writing, or has died over, is left out."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.glob("*.jsonl"))}
    return {name: content[: content.rfind(b"\n") + 1] for name, content in contents.items()}


def _part(path: Path, name: str, length: int | None = None) -> Iterator[Part]:
    """The file, or its first `length` bytes; nothing where somebody has taken it away meanwhile."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        yield _opened(file, name, length)


def _opened(file: IO[bytes], name: str, length: int | None = None) -> Part:
    stat = os.fstat(file.fileno())
    return Part(name, file, stat.st_size if length is None else length, stat.st_mtime_ns, stat.st_mode & 0o777)


def _length(journal: Journal) -> int:
    """Bytes of the lines that the journal had when it was read."""
    length = 0
    if journal.line_count:
        with journal.path.open("rb") as file:
            length = sum(len(file.readline()) for _ in range(journal.line_count))
    return length
