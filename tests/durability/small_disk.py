"""A real file system that runs full: a tmpfs of this process's own, which only it and its children see.

Whoever may open user namespaces (any user of Debian) needs no rights for it. Where the machine forbids them, a limit on
the size of each file stands in.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEWNS, _NEWUSER = 0x00020000, 0x10000000
_REMOUNT, _RECURSIVE, _PRIVATE = 32, 16384, 1 << 18
_PLENTY = 1 << 30


class SmallDisk:
    """A folder on a disk whose free space is chosen; for forked children only, whose view of the disks it changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_real = _own_view() and _mount(folder, 0, _PLENTY)

    def leave_free(self, byte_count: int) -> None:
        """From now on so much can be written, and no more."""
        if self.is_real:
            space = os.statvfs(self.folder)
            taken = (space.f_blocks - space.f_bfree) * space.f_frsize
            assert _mount(self.folder, _REMOUNT, taken + byte_count)
        else:
            _limit_files(byte_count)

    def make_room(self) -> None:
        """Somebody has tidied up."""
        if self.is_real:
            assert _mount(self.folder, _REMOUNT, _PLENTY)
        else:
            _limit_files(resource.RLIM_INFINITY)


def on_a_small_disk(home: Path, work: Callable[[SmallDisk, Path], object]) -> object:
    """Copies a home onto a small disk and works there; what is to be kept must be in the result."""
    folder = home.with_name("disk")
    folder.mkdir(exist_ok=True)
    disk = SmallDisk(folder)
    copy = shutil.copytree(home, folder / "home", symlinks=True)
    try:
        return work(disk, copy)
    finally:
        shutil.rmtree(copy)


def _own_view() -> bool:
    """Gives this process its own view of what is mounted, in which it may mount."""
    user, group = os.getuid(), os.getgid()
    if _LIBC.unshare(_NEWNS) != 0:
        if _LIBC.unshare(_NEWUSER | _NEWNS) != 0:
            return False
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return bool(_LIBC.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None) == 0)


def _mount(folder: Path, flags: int, byte_count: int) -> bool:
    size = f"size={byte_count},mode=700".encode()
    return bool(_LIBC.mount(b"tmpfs", str(folder).encode(), b"tmpfs", ctypes.c_ulong(flags), size) == 0)


def _limit_files(byte_count: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, hard))
