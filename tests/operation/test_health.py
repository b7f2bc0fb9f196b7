"""`/health`: fresh, stale or broken, by the working calendar and the reader's clock, without a figure or a path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from starlette.requests import Request

from dashboard import audit, health
from dashboard.health import BROKEN, FRESH, STALE, Health, check
from dashboard.settings import Settings
from pipelines.settings import REPOSITORY
from tests.asgi_calls import run
from tests.operation.conftest import LAST_NIGHT, write_published

THURSDAY_BEFORE_TET = datetime(2026, 2, 12, 1, 30)


def judged(home: Path, moment: str, **settings: int) -> Health:
    return check(Settings(home, None, **{"least_free_bytes": 0, **settings}), datetime.fromisoformat(moment))


def codes(found: Health) -> list[str]:
    return [code for code, _ in found.reasons]


def public(home: Path) -> Path:
    return home / "published" / "000007" / "public.duckdb"


@pytest.mark.parametrize(
    ("known_at", "moment", "status", "is_awaited"),
    [
        (LAST_NIGHT, "2026-02-23T08:30:00", FRESH, False),
        (LAST_NIGHT, "2026-02-24T07:59:00", FRESH, True),
        (LAST_NIGHT, "2026-02-24T08:00:00", STALE, False),
        # Days off ask for nothing new: Tết was from Monday 16 to Friday 20.
        (THURSDAY_BEFORE_TET, "2026-02-13T07:00:00", FRESH, True),
        (THURSDAY_BEFORE_TET, "2026-02-13T12:00:00", STALE, False),
        (datetime(2026, 2, 13, 1, 30), "2026-02-22T12:00:00", FRESH, False),
        (datetime(2026, 2, 13, 1, 30), "2026-02-23T08:00:00", STALE, False),
        # Beyond the calendar (it ends with March here) Monday to Friday count: 3 April 2026 is a Friday.
        (datetime(2026, 4, 3, 1, 30), "2026-04-05T12:00:00", FRESH, False),
        (datetime(2026, 4, 3, 1, 30), "2026-04-06T08:00:00", STALE, False),
    ],
)
def test_fresh_means_the_run_of_the_last_working_morning(
    home: Path, known_at: datetime, moment: str, status: str, is_awaited: bool
) -> None:
    write_published(public(home), known_at=known_at)
    found = judged(home, moment)
    assert (found.status, found.is_awaited) == (status, is_awaited)
    assert codes(found) == (["not_updated"] if status == STALE else [])


def test_nothing_published(tmp_path: Path) -> None:
    assert codes(judged(tmp_path, "2026-02-23T12:00:00")) == ["nothing_published"]


def test_a_damaged_file(home: Path) -> None:
    public(home).write_bytes(b"not a database" * 1000)
    assert codes(judged(home, "2026-02-23T12:00:00")) == ["unreadable"]


def test_a_file_of_another_version_of_the_program(home: Path) -> None:
    with duckdb.connect(str(public(home))) as connection:
        connection.execute("ALTER TABLE reference.run DROP COLUMN origin_mix")
    found = judged(home, "2026-02-23T12:00:00")
    assert (found.status, codes(found)) == (BROKEN, ["other_format"])
    assert "Chạy tiendo nightly bằng phiên bản này" in found.reasons[0][1]


def test_a_clock_that_runs_behind(home: Path) -> None:
    assert codes(judged(home, "2026-02-22T23:00:00")) == ["clock_behind"]


def test_a_disk_that_is_nearly_full(home: Path) -> None:
    assert codes(judged(home, "2026-02-23T12:00:00", least_free_bytes=10**18)) == ["disk_nearly_full"]


def test_an_access_log_that_could_not_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "trouble", lambda: "opened: No space left on device")
    found = judged(home, "2026-02-23T12:00:00")
    assert (codes(found), found.is_audit_written) == (["audit_not_written"], False)


def test_every_reason_has_a_sentence_that_says_what_to_do() -> None:
    for kind, sentence in health.REASONS.values():
        assert kind in (STALE, BROKEN)
        assert sentence.endswith(".")


def test_the_answer_over_http(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(home))
    monkeypatch.setenv("TIENDO_LEAST_FREE_BYTES", "0")
    request = Request({"type": "http", "method": "GET", "path": "/health", "headers": []})
    monkeypatch.setenv("TIENDO_TODAY", "2026-02-23")
    fresh = run(health.respond(request))
    monkeypatch.setenv("TIENDO_TODAY", "2026-02-24")
    stale = run(health.respond(request))
    assert (fresh.status_code, stale.status_code) == (200, 503)
    assert fresh.headers["cache-control"] == "no-store"
    assert json.loads(fresh.body) == {
        "status": "fresh",
        "version": "000007",
        "as_of_on": date(2026, 2, 22).isoformat(),
        "known_at": LAST_NIGHT.isoformat(),
        "built_at": LAST_NIGHT.isoformat(),
        "age_hours": 10.5,
        "due_on": "2026-02-23",
        "is_awaited": False,
        "is_simulated": False,
        "is_audit_written": True,
        "program_version": "0.1.0",
        "checked_at": "2026-02-23T12:00:00",
        "reasons": [],
    }
    assert [reason["code"] for reason in json.loads(stale.body)["reasons"]] == ["not_updated"]
    assert str(home).encode() not in stale.body


@pytest.mark.parametrize(("day", "code"), [("2026-02-23", 0), ("2026-02-25", 2)])
def test_the_command_has_exit_codes_for_cron(home: Path, day: str, code: int) -> None:
    environment = {**os.environ, "TIENDO_HOME": str(home), "TIENDO_TODAY": day, "TIENDO_LEAST_FREE_BYTES": "0"}
    command = [sys.executable, "-m", "dashboard.health"]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, check=False)
    assert done.returncode == code
    assert json.loads(done.stdout)["version"] == "000007"
