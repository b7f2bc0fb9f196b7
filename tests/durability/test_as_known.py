"""`tiendo as-known`: after later nights, an earlier night's database comes back row for row."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipelines.as_known import as_known
from pipelines.publish.versions import NothingKnown
from pipelines.settings import Settings
from tests.durability.conftest import FIRST, SECOND
from tests.durability.nights import Rows, in_child, published_rows, rows_of, whole_night


def rows_as_known(home: Path, known_on: datetime.date) -> Rows:
    return rows_of(as_known(Settings(home=home), known_on, None, SECOND.known_at))


def test_what_the_first_night_published_is_found_again_after_the_second(home: Path) -> None:
    then = published_rows(home)
    in_child(whole_night, home, SECOND)
    assert published_rows(home) != then
    assert in_child(rows_as_known, home, FIRST.known_at.date()) == then


def test_at_the_present_day_it_is_the_published_database_itself(finished: Path) -> None:
    assert in_child(rows_as_known, finished, SECOND.known_at.date()) == published_rows(finished)


def test_before_the_first_report_there_is_nothing_to_show(finished: Path) -> None:
    with pytest.raises(NothingKnown, match="chưa nhận được báo cáo nào"):
        in_child(rows_as_known, finished, FIRST.as_of_on)


def test_the_second_question_is_answered_from_the_same_file(finished: Path) -> None:
    settings, known_on = Settings(home=finished), FIRST.known_at.date()
    first = in_child(as_known, settings, known_on, None, SECOND.known_at)
    written = first.stat().st_mtime_ns
    assert in_child(as_known, settings, known_on, None, SECOND.known_at) == first
    assert first.stat().st_mtime_ns == written
