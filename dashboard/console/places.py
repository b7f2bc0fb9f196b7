"""How many queries run at once, counted over all server processes of this user on this machine.

A place is a locked file: the kernel frees it when the process that holds it ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from pathlib import Path

_MODE = 0o600


class PlacesUnsafe(RuntimeError):
    """The folder of the places belongs to somebody else, who could hold or free them at will."""


def folder() -> Path:
    """Where the places of this user are: in what the system keeps for running services, else among temporary files."""
    given = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0] or os.environ.get("XDG_RUNTIME_DIR", "")
    runtime = given if given and Path(given).is_dir() else tempfile.gettempdir()
    return Path(runtime) / f"tiendo-queries-{os.getuid()}"


def take(count: int, where: Path | None = None) -> int | None:
    """A descriptor that holds one of `count` places until it is closed; None while all are taken.

    Raises PlacesUnsafe.
    """
    places = where or folder()
    places.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    found = places.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PlacesUnsafe(
            f"{places} belongs to another user. Remove it, or set XDG_RUNTIME_DIR to a folder of your own."
        )
    for number in range(count):
        descriptor = os.open(places / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, _MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        else:
            return descriptor
    return None
