"""Puts a file that somebody hands in by hand into the inbox, where the next night finds it."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from pathlib import Path

from pipelines.durable import make_folder, sync_folder
from pipelines.settings import Settings

# Not written as a date: what the folders of a file say of a day is taken for the day of its figures.
_FOLDER = "gui-len-{:%y%m%d}"
# A file system counts bytes, up to 255; a letter with an accent has up to three, and more is added while it is written.
_LONGEST_NAME_BYTES = 180
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]')
_UNFINISHED = re.compile(r"\.(part|partial|tmp|crdownload)$", re.IGNORECASE)


class RefusedUpload(RuntimeError):
    """The file is not taken; the message says what to do."""


def put_into_inbox(settings: Settings, source: Path, name: str, day: datetime.date) -> Path:
    """Copies a file into the inbox in one step, never over another; the same file twice stays one. Gives its place.

    Raises RefusedUpload (empty or over the limit), FileNotFoundError.
    """
    size = source.stat().st_size
    if size == 0:
        raise RefusedUpload("Tệp rỗng (0 byte). Mở lại tệp, kiểm tra rồi lưu và gửi lại.")
    if size > settings.max_file_bytes:
        limit = f"{settings.max_file_bytes / 1e6:.0f} MB"
        raise RefusedUpload(f"Tệp lớn hơn giới hạn {limit}. Xóa các trang tính, hình ảnh không cần thiết rồi gửi lại.")
    data = source.read_bytes()
    folder = settings.folders().inbox / _FOLDER.format(day)
    make_folder(folder)
    unfinished = folder / f".{os.getpid()}-{safe_name(name)}.part"
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        return _named(unfinished, folder, safe_name(name), data)
    finally:
        unfinished.unlink(missing_ok=True)
        sync_folder(folder)


def safe_name(name: str) -> str:
    """A name without path, control characters or marks of unfinished files, of at most 180 bytes."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = _NOT_IN_NAMES.sub("_", last.encode("utf-8", errors="replace").decode()).strip().lstrip(".~").rstrip(". ")
    kept = _UNFINISHED.sub(lambda match: f"_{match[1]}", kept) or "bao-cao"
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 5:
        return _shortened(kept, _LONGEST_NAME_BYTES)
    return f"{_shortened(stem, _LONGEST_NAME_BYTES - len(ending.encode()) - 1)}.{ending}"


def _shortened(text: str, byte_count: int) -> str:
    """Its beginning in so many bytes, without half a letter."""
    return text.encode()[:byte_count].decode(errors="ignore")


def _named(unfinished: Path, folder: Path, name: str, data: bytes) -> Path:
    """Gives the file its name, or one with a number behind it; a link never replaces what is there."""
    path, number = folder / name, 1
    while True:
        try:
            os.link(unfinished, path)
        except FileExistsError:
            if path.read_bytes() == data:
                return path
            number += 1
            path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        else:
            return path
