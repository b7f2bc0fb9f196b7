"""What a file may cost before it is refused, and the words for each refusal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from pipelines.readers.cells import SheetCells, UnreadableFile


@dataclass(frozen=True, slots=True)
class Limits:
    """Each can be set as `TIENDO_MAX_…`; what it counts is written in `pipelines/settings.py`."""

    file_bytes: int = 30_000_000
    expanded_bytes: int = 300_000_000
    cells: int = 2_000_000
    cell_characters: int = 32_767
    archive_entries: int = 5_000
    nesting: int = 100
    pages: int = 300
    pdf_seconds: int = 60
    pdf_memory_bytes: int = 900_000_000


def too_many_bytes(size: int, limit: int, is_expanded: bool = False) -> UnreadableFile:
    """The refusal of a file for its size, packed or unpacked."""
    after_vi, after_en = (" sau khi giải nén", " unpacked") if is_expanded else ("", "")
    detail = f"{_megabytes(size)}{after_vi}, tối đa {_megabytes(limit)}"
    return UnreadableFile("file_too_large", detail, f"{size} bytes{after_en}, at most {limit}")


def too_many_cells(sheet: str, count: int, limit: int) -> UnreadableFile:
    """The refusal of a file for its number of cells; `sheet` (or table) is the one that went over the limit."""
    detail = f"“{sheet}” trải trên {_grouped(count)} ô, tối đa {_grouped(limit)} ô cho cả tệp"
    return UnreadableFile("file_too_large", detail, f"sheet {sheet!r} spreads over {count} cells, at most {limit}")


def too_many_parts(count: int, limit: int) -> UnreadableFile:
    """The refusal of an archive for the number of its entries."""
    detail = f"tệp gồm {_grouped(count)} phần nén bên trong, tối đa {_grouped(limit)}"
    return UnreadableFile("file_too_large", detail, f"{count} parts inside, at most {limit}")


def too_many_pages(count: int, limit: int) -> UnreadableFile:
    """The refusal of a document for its length."""
    detail = f"{_grouped(count)} trang, tối đa {_grouped(limit)} trang"
    return UnreadableFile("file_too_large", detail, f"{count} pages, at most {limit}")


def too_deep(limit: int) -> UnreadableFile:
    """The refusal of elements or tables inside one another without end."""
    return UnreadableFile(
        "hostile_file",
        f"các phần tử hoặc bảng lồng nhau quá {_grouped(limit)} cấp",
        f"elements or tables are nested more than {limit} levels deep",
    )


def refuse_long_cells(sheet: SheetCells, limit: int) -> None:
    """Raises UnreadableFile for the first cell with more characters than any spreadsheet takes."""
    if all(len(value) <= limit for value in set(chain.from_iterable(sheet.rows)) if value.__class__ is str):
        return
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if value.__class__ is str and len(value) > limit:
                where, length = sheet.place(row, column), _grouped(len(value))
                detail = f"ô {where} dài {length} ký tự, tối đa {_grouped(limit)} ký tự"
                raise UnreadableFile("file_too_large", detail, f"{where} holds {length} characters, at most {limit}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
