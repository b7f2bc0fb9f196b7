"""`tiendo backup` and `tiendo restore`: one file that holds all that can't be derived again, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.options import ERRORS, FAILED, OUTPUT, Home, clear_errors, fail, settings_of
from pipelines.durable import writer_lock


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write, or a folder for a file named after the moment.")],
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="In a folder: remove all but so many of the newest backups.")
    ] = None,
    home: Home = None,
) -> None:
    """Write everything that can't be derived again into one file, and read it again to be sure. A night may run."""
    from pipelines.backup.home import back_up

    settings = settings_of(home)
    with clear_errors():
        if not settings.folders().root.is_dir():
            fail(f"Không có thư mục {settings.folders().root}. Kiểm tra --home hoặc TIENDO_HOME.")
        path, listed = back_up(settings.folders(), target.expanduser().resolve(), vietnamese_now(), keep)
    acts.record(settings, acts.EXPORTED, backup=path.name, version=listed.current or "")
    OUTPUT.print(
        f"Đã sao lưu {len(listed.members)} tệp ({listed.byte_count / 1e6:.1f} MB) vào {path} "
        f"({path.stat().st_size / 1e6:.1f} MB), đã đọc lại và đối chiếu từng tệp.",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def restore(
    source: Annotated[Path, typer.Argument(help="The file that `tiendo backup` has written.")],
    home: Home = None,
    is_only_checked: Annotated[
        bool, typer.Option("--check", help="Read the file and check every hash; restore nothing.")
    ] = False,
) -> None:
    """Restore a backup into a new folder (--home), derive the warehouse again, compare. Exit 1 if anything differs."""
    from pipelines.backup.archive import check_backup
    from pipelines.backup.home import unpack_home
    from pipelines.operation.sent import note_restored

    with clear_errors():
        if is_only_checked:
            listed = check_backup(source)
            _say(f"Bản sao lưu nguyên vẹn: {len(listed.members)} tệp, bản công bố {listed.current or 'chưa có'}.")
            return
        if home is None:
            fail("Thiếu --home: nêu thư mục mới để khôi phục vào.")
        settings = settings_of(home)
        listed = unpack_home(source, settings.folders())
        note_restored(settings.folders().operation, vietnamese_now())
        _say(f"Đã khôi phục {len(listed.members)} tệp. Đang dựng lại kho làm việc từ tệp gốc để đối chiếu…")
        if listed.current is None:
            _say("Bản sao lưu chưa có bản công bố nào. Chạy tiendo nightly.")
            return
        from pipelines import verification

        with writer_lock(settings.folders().warehouse):
            findings = verification.restore_warehouse(settings, vietnamese_now())
    for finding in findings:
        ERRORS.print(f"{finding.subject}: {finding.message_vi}", highlight=False, markup=False, soft_wrap=True)
    if findings:
        raise typer.Exit(FAILED)
    _say(f"Bản công bố {listed.current} đúng từng dòng với số liệu dựng lại từ tệp gốc. Có thể dùng ngay.")


def _say(text: str) -> None:
    OUTPUT.print(text, highlight=False, markup=False, soft_wrap=True)
