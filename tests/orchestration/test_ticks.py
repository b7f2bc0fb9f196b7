"""When the schedule and the sensor ask for a run, and with what."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines.landing.store import Landing
from pipelines.orchestration.definitions import NIGHTLY, defs, every_night, inbox_has_files
from pipelines.settings import Settings

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
REPOSITORY = defs.get_repository_def()


def landing_config(request: dg.RunRequest) -> dict[str, Any]:
    config: dict[str, Any] = request.run_config["ops"]["landing__files"]["config"]
    return config


# The schedule


def test_the_night_begins_at_half_past_one_in_vietnam() -> None:
    assert every_night.cron_schedule == "30 1 * * *"
    assert every_night.execution_timezone == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    "scheduled_at",
    [
        datetime.datetime(2026, 2, 26, 1, 30, tzinfo=HANOI),
        datetime.datetime(2026, 2, 25, 18, 30, tzinfo=datetime.UTC),
    ],
)
def test_a_night_describes_the_day_that_has_just_ended(scheduled_at: datetime.datetime) -> None:
    request = night_at(scheduled_at)
    assert request.partition_key == request.run_key == "2026-02-25"
    assert landing_config(request) == {"known_at": "2026-02-26T01:30:00", "paths": []}


def test_the_job_takes_what_the_schedule_gives() -> None:
    request = night_at(datetime.datetime(2026, 2, 26, 1, 30, tzinfo=HANOI))
    assert dg.validate_run_config(defs.resolve_job_def(NIGHTLY.name), request.run_config)


def night_at(moment: datetime.datetime) -> dg.RunRequest:
    with dg.build_schedule_context(scheduled_execution_time=moment, repository_def=REPOSITORY) as context:
        (request,) = every_night.evaluate_tick(context).run_requests or []
    return request


# The sensor


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TIENDO_HOME", str(tmp_path))
    Settings().folders().make_folders()
    return tmp_path / "inbox"


def drop(inbox: Path, name: str, seconds_ago: float = 60) -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode())
    moment = time.time() - seconds_ago
    os.utime(path, (moment, moment))
    return path


def tick(cursor: str | None = None) -> tuple[list[dg.RunRequest], str | None]:
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor, repository_def=REPOSITORY)
        result = inbox_has_files.evaluate_tick(context)
        return list(result.run_requests or []), result.cursor


def test_an_empty_inbox_asks_for_nothing(inbox: Path) -> None:
    assert tick()[0] == []


def test_a_file_asks_for_one_run_and_not_for_a_second(inbox: Path) -> None:
    drop(inbox, "an giang/báo cáo.xlsx")
    (request,), cursor = tick()
    assert landing_config(request)["paths"] == []
    assert request.partition_key == landing_config(request)["known_at"][:10]
    assert tick(cursor)[0] == []


def test_another_file_asks_again(inbox: Path) -> None:
    drop(inbox, "first.xlsx")
    _, cursor = tick()
    drop(inbox, "second.xlsx")
    assert len(tick(cursor)[0]) == 1


@pytest.mark.parametrize("name", ["~$mở.xlsx", ".ẩn.xlsx", "đang gửi.part", ".sync/tệp.xlsx"])
def test_unfinished_uploads_ask_for_nothing(inbox: Path, name: str) -> None:
    drop(inbox, name)
    assert tick()[0] == []


def test_a_file_that_was_just_written_must_settle_first(inbox: Path) -> None:
    path = drop(inbox, "new.xlsx", seconds_ago=0)
    assert tick()[0] == []
    os.utime(path, (time.time() - 6, time.time() - 6))
    assert len(tick()[0]) == 1


def test_a_file_that_was_landed_asks_for_nothing(inbox: Path, tmp_path: Path) -> None:
    path = drop(inbox, "known.xlsx")
    Landing(tmp_path / "landing").receive([path], datetime.datetime(2026, 2, 25, 8))
    assert tick()[0] == []
