"""What a file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, bytes of its parts once unpacked, and cells (empty ones included)."""

    file_bytes: int = 30_000_000
    expanded_bytes: int = 300_000_000
    cells: int = 2_000_000
