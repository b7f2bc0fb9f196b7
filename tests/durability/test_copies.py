"""A copy of a database: the same bytes, whatever the kernel and the file system can do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipelines.durable import copy_file

CONTENT = os.urandom(3_000_001)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(CONTENT)
    return path


def test_a_copy_has_the_same_bytes_and_takes_the_place_of_what_was_there(original: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.write_bytes(b"longer than the original" * 1_000_000)
    copy_file(original, copy)
    assert copy.read_bytes() == CONTENT


def test_an_empty_file_has_an_empty_copy(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    copy_file(tmp_path / "empty", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b""


@pytest.mark.parametrize("answer", [errno.ENOSYS, errno.EXDEV, errno.EOPNOTSUPP])
def test_where_the_kernel_cannot_copy_the_program_does(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    def refuse(*_: int) -> int:
        raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(os, "copy_file_range", refuse)
    copy_file(original, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


def test_a_copy_that_the_kernel_leaves_unfinished_is_finished(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_some = os.copy_file_range
    pieces = iter([1_000_000, 2, 0])

    def stop(source: int, target: int, _: int) -> int:
        piece = next(pieces)
        return copy_some(source, target, piece) if piece else 0

    monkeypatch.setattr(os, "copy_file_range", stop)
    copy_file(original, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


def test_a_full_disk_is_said(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: int) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "copy_file_range", full)
    with pytest.raises(OSError, match="No space left"):
        copy_file(original, tmp_path / "copy")
