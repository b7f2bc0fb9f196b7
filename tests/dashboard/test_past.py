"""Going back: every page from another database, a line that says so, links and downloads that keep the day."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages, past
from dashboard.commands import CommandResult
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 30
THEN = "2026-02-14"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the page gave; the answer is the database of another home."""
    return []


@pytest.fixture
def app(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, asked: list[list[str]]) -> AppTest:
    """The overview, asked for what was known on a day; `tiendo as-known` finds the database as it is."""
    database = homes["normal"] / "published" / "current" / "restricted.duckdb"

    def answer(arguments: list[str], timeout: float) -> CommandResult:
        asked.append(arguments)
        return CommandResult(0, {"database": str(database)}, "")

    monkeypatch.setattr(past, "run_command", answer)
    return opened(homes, monkeypatch)


def opened(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    past._database.clear()
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    app.query_params[links.KNOWN_ON] = THEN
    return app.run()


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_command_is_asked_once_and_every_page_says_that_it_looks_back(app: AppTest, asked: list[list[str]]) -> None:
    assert not app.exception
    assert asked == [["as-known", THEN, "--json"]]
    assert "XEM LẠI: số liệu như đã biết đến hết ngày 14/02/2026" in words(app)
    app.run()
    app.switch_page(pages.script("chase")).run()
    assert not app.exception
    assert len(asked) == 1
    assert "XEM LẠI" in words(app)


def test_links_to_other_pages_keep_the_day(app: AppTest) -> None:
    app.switch_page(pages.script("deadlines")).run()
    assert app.query_params[links.KNOWN_ON] in (THEN, [THEN])


def test_a_day_that_cannot_be_restored_is_told_in_the_words_of_the_command(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "Đến hết ngày 14/02/2026 chưa nhận được báo cáo nào."
    monkeypatch.setattr(past, "run_command", lambda arguments, timeout: CommandResult(1, None, reason))
    app = opened(homes, monkeypatch)
    assert not app.exception
    assert [error.value for error in app.error] == [reason]


def test_what_is_no_day_is_the_present(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "run_command", None)
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    app.query_params[links.KNOWN_ON] = "hôm qua"
    assert not app.run().exception
