"""What a file may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.readers.cells import UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, bytes of its parts once unpacked, and cells (empty ones between filled ones included)."""

    file_bytes: int = 30_000_000
    expanded_bytes: int = 300_000_000
    cells: int = 2_000_000


def too_many_bytes(size: int, limit: int, is_expanded: bool = False) -> UnreadableFile:
    """The refusal of a file for its size, packed or unpacked."""
    after_vi, after_en = (" sau khi giải nén", " unpacked") if is_expanded else ("", "")
    detail = f"{_megabytes(size)}{after_vi}, tối đa {_megabytes(limit)}"
    return UnreadableFile("file_too_large", detail, f"{size} bytes{after_en}, at most {limit}")


def too_many_cells(sheet: str, count: int, limit: int) -> UnreadableFile:
    """The refusal of a file for its number of cells; `sheet` is the one that went over the limit."""
    detail = f"trang tính “{sheet}” trải trên {_grouped(count)} ô, tối đa {_grouped(limit)} ô cho cả tệp"
    return UnreadableFile("file_too_large", detail, f"sheet {sheet!r} spreads over {count} cells, at most {limit}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
