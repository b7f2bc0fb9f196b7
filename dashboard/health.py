"""Fresh, stale or broken: what `/health` and `tiendo health` say about the published version, without any figure.

Fresh means that the run of the last working morning is published: after 08:00 (`TIENDO_FRESH_BY`) on a working day that
of the same day. Before that, and on days off, the last working day's is enough. What else would stop the next morning
(a full disk, a log that can't be written, a clock that runs behind) makes it broken before anybody misses a figure.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse

from dashboard import audit
from dashboard.access import CLEARANCES
from dashboard.release import is_readable
from dashboard.settings import Settings, load_settings, reader_moment
from dashboard.warehouse import OTHER_FORMAT, UNREADABLE, Published, Row, open_published

FRESH, STALE, BROKEN = "fresh", "stale", "broken"
EXIT_CODES = {FRESH: 0, BROKEN: 1, STALE: 2}
STATUS_CODES = {FRESH: 200, STALE: 503, BROKEN: 503}
# A clock may differ this much from that of the machine that ran the night.
_LEEWAY = timedelta(hours=1)
_SATURDAY = 5

# Why not all is well: code, whether figures are merely old (stale) or something does not work (broken), sentence.
REASONS = {
    "nothing_published": (BROKEN, "Chưa có bản công bố nào. Chạy tiendo nightly."),
    "unreadable": (BROKEN, "Không mở được bản công bố. Chạy tiendo verify; nếu tệp hỏng thì chạy tiendo rebuild."),
    "other_format": (
        BROKEN,
        "Bản công bố do phiên bản chương trình khác ghi, không đọc được. Chạy tiendo nightly bằng phiên bản này.",
    ),
    "not_updated": (STALE, "Số liệu chưa được cập nhật: lần chạy của ngày {due_on} chưa công bố trước {fresh_by}."),
    "clock_behind": (
        BROKEN,
        "Đồng hồ máy chạy chậm hơn lúc công bố số liệu ({known_at}). Kiểm tra đồng bộ thời gian (NTP).",
    ),
    "disk_nearly_full": (BROKEN, "Ổ đĩa sắp đầy: còn {free_mb} MB, cần ít nhất {least_mb} MB. Giải phóng dung lượng."),
    "audit_not_written": (BROKEN, "Không ghi được nhật ký truy cập. Kiểm tra dung lượng và quyền của thư mục audit."),
}


@dataclass(frozen=True, slots=True)
class Health:
    """The verdict at a moment. `run` is the row of `run.sql`, None where there is nothing to read."""

    checked_at: datetime
    version: str | None
    run: Row | None
    due_on: date | None
    is_awaited: bool
    is_audit_written: bool
    reasons: tuple[tuple[str, str], ...]

    @property
    def status(self) -> str:
        """The worst of the reasons."""
        kinds = {REASONS[code][0] for code, _ in self.reasons}
        return BROKEN if BROKEN in kinds else STALE if STALE in kinds else FRESH

    def content(self) -> dict[str, Any]:
        """What is told to whoever asks: times and codes, no figure, no path."""
        run = self.run or {}
        known_at: datetime | None = run.get("known_at")
        return {
            "status": self.status,
            "version": self.version,
            "as_of_on": _text(run.get("as_of_on")),
            "known_at": _text(known_at),
            "built_at": _text(run.get("built_at")),
            "age_hours": round((self.checked_at - known_at).total_seconds() / 3600, 1) if known_at else None,
            "due_on": _text(self.due_on),
            "is_awaited": self.is_awaited,
            "is_simulated": bool(run.get("is_simulated")),
            "is_audit_written": self.is_audit_written,
            "program_version": run.get("code_version"),
            "checked_at": _text(self.checked_at),
            "reasons": [{"code": code, "sentence_vi": sentence} for code, sentence in self.reasons],
        }


def check(settings: Settings, moment: datetime | None = None) -> Health:
    """Judges the current version at `moment`, or at the reader's clock."""
    published = _newest(settings)
    run, calendar, trouble = _read(published, settings, moment)
    now = moment or reader_moment(settings, run["known_at"] if run else None, bool(run and run["is_simulated"]))
    is_audit_written = not audit.trouble() and _may_write(settings.home / "audit")
    reasons = [(trouble, REASONS[trouble][1])] if trouble else []
    due_on, is_awaited = None, False
    if run is not None and calendar is not None:
        due_on = _due_on(calendar, now, settings)
        is_awaited = run["known_at"].date() < now.date() and now.time() < settings.fresh_by
        reasons += _age_reasons(run["known_at"], now, due_on, settings)
    reasons += _machine_reasons(settings, is_audit_written)
    version = published.version if published else None
    return Health(now, version, run, due_on, is_awaited, is_audit_written, tuple(reasons))


def _newest(settings: Settings) -> Published | None:
    """The current version in the lowest clearance that is there: times are no secret, and nothing else is read."""
    files = (open_published(settings.current, clearance) for clearance in CLEARANCES)
    return next((published for published in files if published is not None), None)


def _read(
    published: Published | None, settings: Settings, moment: datetime | None
) -> tuple[Row | None, Row | None, str]:
    """The run, its working calendar, and the code of what stood in the way."""
    if published is None:
        return None, None, "nothing_published"
    try:
        run = published.row("run")
        now = moment or reader_moment(settings, run["known_at"], run["is_simulated"])
        if not is_readable(published):
            return None, None, "other_format"
        return run, published.row("working_day_due", moment=now, fresh_by=settings.fresh_by), ""
    except OTHER_FORMAT:
        return None, None, "other_format"
    except UNREADABLE:
        return None, None, "unreadable"


def _due_on(calendar: Row, now: datetime, settings: Settings) -> date | None:
    """The last working day by whose morning figures should be there; beyond the calendar, Monday to Friday."""
    if calendar["calendar_ends_on"] is not None and now.date() <= calendar["calendar_ends_on"]:
        due: date | None = calendar["due_on"]
        return due
    day = now.date() if now.time() >= settings.fresh_by else now.date() - timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def _age_reasons(known_at: datetime, now: datetime, due_on: date | None, settings: Settings) -> list[tuple[str, str]]:
    reasons = []
    if due_on is not None and known_at.date() < due_on:
        words = {"fresh_by": f"{settings.fresh_by:%H:%M}", "due_on": f"{due_on:%d/%m/%Y}"}
        reasons.append(("not_updated", REASONS["not_updated"][1].format(**words)))
    if known_at > now + _LEEWAY:
        reasons.append(("clock_behind", REASONS["clock_behind"][1].format(known_at=f"{known_at:%H:%M %d/%m/%Y}")))
    return reasons


def _machine_reasons(settings: Settings, is_audit_written: bool) -> list[tuple[str, str]]:
    reasons = []
    free = shutil.disk_usage(_existing(settings.home)).free
    if free < settings.least_free_bytes:
        sizes = {"free_mb": free // 10**6, "least_mb": settings.least_free_bytes // 10**6}
        reasons.append(("disk_nearly_full", REASONS["disk_nearly_full"][1].format(**sizes)))
    if not is_audit_written:
        reasons.append(("audit_not_written", REASONS["audit_not_written"][1]))
    return reasons


def _may_write(folder: Path) -> bool:
    """Whether this process may write there, or create it where it is not yet there."""
    return os.access(_existing(folder), os.W_OK | os.X_OK)


def _existing(folder: Path) -> Path:
    return folder if folder.is_dir() or folder == folder.parent else _existing(folder.parent)


def _text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


async def respond(request: Request) -> JSONResponse:
    """`/health`: 200 while fresh, 503 otherwise; no sign-in, nothing cached."""
    health = await anyio.to_thread.run_sync(check, load_settings())
    return JSONResponse(health.content(), STATUS_CODES[health.status], headers={"Cache-Control": "no-store"})


def main() -> int:
    """`python -m dashboard.health`: the same as JSON on standard output; exit code 0 fresh, 1 broken, 2 stale."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.health")
    parser.add_argument("--moment", type=datetime.fromisoformat, help="judge as if it were this moment (Vietnam)")
    health = check(load_settings(), parser.parse_args().moment)
    print(json.dumps(health.content(), ensure_ascii=False, indent=2))  # noqa: T201
    return EXIT_CODES[health.status]


if __name__ == "__main__":
    raise SystemExit(main())
