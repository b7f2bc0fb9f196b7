"""Options and manners that all commands share: where the home is, how errors end a command."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.backup.archive import BackupRefused
from pipelines.backup.home import HomeNotEmpty
from pipelines.durable import AnotherRunHoldsTheLock
from pipelines.facts.formats import NewerData
from pipelines.landing.journal import JournalBroken
from pipelines.landing.store import ClockSetBack, LandedFileDamaged
from pipelines.orchestration.cluster import ClusterSettingsInvalid
from pipelines.publish.versions import NoLink, NothingKnown, NothingPublished
from pipelines.reference.faults import ReferenceFaults
from pipelines.settings import Settings

FAILED, SET_ASIDE = 1, 2
OUTPUT = Console()
ERRORS = Console(stderr=True)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder with inbox, landing, published, … (default: TIENDO_HOME or the repo's data/)."),
]
Moment = Annotated[
    datetime.datetime | None,
    typer.Option("--received-at", help="The moment that counts as now, Vietnamese time (default: now)."),
]
AsOf = Annotated[
    datetime.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that the published figures describe."),
]

Clearance = Annotated[
    Literal["public", "internal", "restricted"],
    typer.Option("--clearance", help="Whose database: what readers of this clearance may see, and nothing else."),
]


def settings_of(home: Path | None) -> Settings:
    """Settings with the home given on the command line; child processes and the dashboard see the same home."""
    if home is not None:
        os.environ["TIENDO_HOME"] = str(home.expanduser().resolve())
    return Settings()


def fail(message: str) -> NoReturn:
    """Ends the command with exit code 1 and a message that says what to do."""
    ERRORS.print(f"[bold red]Không thực hiện được.[/] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(FAILED)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turns the errors that a person can act on into messages; everything else stays a traceback."""
    try:
        yield
    except ReferenceFaults as error:
        for fault in error.faults:
            ERRORS.print(fault.message_vi, markup=False, highlight=False, soft_wrap=True)
        fail(f"Danh mục có {len(error.faults)} lỗi; sửa các dòng nêu trên rồi chạy lại.")
    except (
        AnotherRunHoldsTheLock,
        BackupRefused,
        ClockSetBack,
        ClusterSettingsInvalid,
        FileExistsError,
        FileNotFoundError,
        HomeNotEmpty,
        JournalBroken,
        LandedFileDamaged,
        NewerData,
        NoLink,
        NothingKnown,
        NothingPublished,
        PermissionError,
    ) as error:
        fail(str(error))
    except OSError as error:
        if error.errno not in _DISK_FAULTS:
            raise
        fail(f"{_DISK_FAULTS[error.errno]} ({error})")
    except Exception as error:
        # SQLite and DuckDB have errors of their own for it, which other libraries wrap into theirs.
        if not tells_of_full_disk(str(error)):
            raise
        fail(f"{DISK_FULL} ({type(error).__name__})")


def tells_of_full_disk(text: str) -> bool:
    """Whether the words of an error, whoever raised it, say that the disk takes no more."""
    return any(words in text for words in _FULL_IN_WORDS)


_FULL_IN_WORDS = ("No space left on device", "database or disk is full", "Disk quota exceeded", "File too large")
DISK_FULL = "Ổ đĩa đầy. Bản công bố trước vẫn giữ nguyên, không tệp nào bị mất. Giải phóng dung lượng rồi chạy lại."
# The published version stays, and what was received stays: each of these ends a run between two whole states.
_DISK_FAULTS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), DISK_FULL),
    errno.EROFS: "Ổ đĩa chỉ cho phép đọc. Không có gì bị thay đổi. Mở lại quyền ghi của ổ đĩa rồi chạy lại.",
    errno.EIO: "Ổ đĩa báo lỗi đọc, ghi. Bản công bố trước vẫn giữ nguyên. Kiểm tra ổ đĩa, rồi chạy tiendo verify.",
}


def progress_bar() -> Progress:
    """A progress bar on standard error, so that standard output stays clean for programs."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=ERRORS
    )
