"""Logs: one JSON line per event, only declared fields, and nothing of a value, a path or a message of a library."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from log_lines import output
from log_lines.events import LOGGER, of_run, write
from tests.operation.conftest import SECRETS

Logged = Callable[..., str]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Logged]:
    """Does something with logs in a form, and gives what was written; then all loggers are as they were."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def do(act: Callable[[], None], form: str = "json") -> str:
        monkeypatch.setenv(output.SETTING, form)
        output.configure()
        act()
        return capsys.readouterr().err

    yield do
    root.handlers[:] = handlers
    root.setLevel(level)
    LOGGER.setLevel(logging.NOTSET)


def test_an_event_is_one_line_with_time_level_and_its_fields(logged: Logged) -> None:
    def act() -> None:
        with of_run(run_id="r1", as_of_on="2026-02-22"):
            write("files_landed", count=3, total_count=10)

    line = json.loads(logged(act))
    assert line.pop("time").endswith("+07:00")
    assert line == {
        "level": "info",
        "event": "files_landed",
        "run_id": "r1",
        "as_of_on": "2026-02-22",
        "count": 3,
        "total_count": 10,
    }


def test_what_the_table_does_not_have_cannot_be_logged() -> None:
    with pytest.raises(KeyError, match="value"):
        write("files_landed", value=SECRETS[1])
    with pytest.raises(KeyError):
        write("somebody_opened_a_page")
    with pytest.raises(KeyError), of_run(value=SECRETS[1]):
        pass


def test_a_library_s_message_is_not_repeated_since_it_may_hold_anything(logged: Logged) -> None:
    def act() -> None:
        try:
            raise ValueError(f"Could not convert {SECRETS[1]} in /srv/secret/file.xlsx")
        except ValueError:
            logging.getLogger("streamlit.runtime").exception("Uncaught app execution of %s", SECRETS[2])

    text = logged(act)
    line = json.loads(text)
    assert (line["event"], line["logger"], line["error"]) == ("message", "streamlit.runtime", "ValueError")
    assert not [secret for secret in (*SECRETS, "/srv") if secret in text]


def test_text_for_people_has_the_same_fields(logged: Logged) -> None:
    text = logged(lambda: write("step_failed", step="models", error="GrainBroken"), "text")
    assert "error   step_failed  step=models  error=GrainBroken" in text


def test_a_wrong_word_is_refused(logged: Logged) -> None:
    with pytest.raises(ValueError, match="auto, json or text"):
        logged(lambda: None, "yaml")
