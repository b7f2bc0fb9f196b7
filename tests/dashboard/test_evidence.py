"""From a figure to its files: every sending of a value, who replaced whom, and the file as it was received."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import landed
from dashboard.commands import CommandResult
from dashboard.evidence import sending, why_word
from dashboard.language import language
from dashboard.warehouse import open_published
from tests.dashboard.published_database import TODAY

VI = language("vi")


def dialog_of_one_value() -> None:
    """What the dialog shows for a figure of one province that rests on one value."""
    from datetime import date

    from dashboard.access import current_reader
    from dashboard.evidence import show_sources
    from dashboard.language import language
    from dashboard.settings import load_settings
    from dashboard.view import prepare
    from dashboard.warehouse import open_published

    settings = load_settings()
    published = open_published(settings.current, "restricted")
    assert published is not None
    view = prepare(published, language("vi"), settings, reader=current_reader())
    show_sources(view, "extension_scheme_drafted", date(2026, 2, 25), "91")


@pytest.fixture
def dialog(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_function(dialog_of_one_value, default_timeout=30).run()
    assert not app.exception
    return app


def test_a_value_that_was_sent_twice_says_who_replaced_whom(dialog: AppTest) -> None:
    said = " ".join(str(each.proto.body) for each in dialog.get("html"))
    first, second = said.split("<li>")[1:3]
    assert "91_2026-02-25_sua.xlsx" in first
    assert "đang có hiệu lực" in first
    assert second.startswith("<b>0</b>")
    assert "91_2026-02-25.xlsx" in second
    assert "bị thay lúc 26/02/2026 14:10 bởi 91_2026-02-25_sua.xlsx" in second


def test_both_files_are_there_to_take_away(dialog: AppTest) -> None:
    labels = [button.proto.label for button in dialog.get("download_button")]
    assert labels[:2] == ["Tải tệp gốc: 91\\_2026-02-25\\_sua.xlsx", "Tải tệp gốc: 91\\_2026-02-25.xlsx"]
    assert labels[2:] == ["Tải CSV", "Tải Excel"]


def test_history_is_newest_first_and_whole(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    day = published.row("run")["newest_on"]
    rows = published.rows("value_history", unit_code="91", indicator="extension_scheme_drafted", as_of_on=day)
    assert [row["revision"] for row in rows] == [2, 1]
    assert rows[0]["superseded_at"] is None
    assert rows[1]["superseded_at"] == rows[0]["received_at"]


def test_a_sending_without_a_file_is_said_too() -> None:
    row = {"value": None, "received_at": None, "file_name": None, "source_place": "Biểu 01!E9", "superseded_at": None}
    assert sending(row, VI) == ("–", "nhận –, –, Biểu 01!E9; đang có hiệu lực")
    assert why_word("correction", VI) == "Bộ đính chính"


def test_the_file_comes_from_the_command_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: Sequence[str], timeout: float) -> CommandResult:
        assert arguments[:2] == ["landed", "000012-1a2b3c4d"]
        folder = next(each for each in arguments if each.startswith("--out=")).removeprefix("--out=")
        path = Path(folder) / "báo cáo.xlsx"
        path.write_bytes(b"as received")
        return CommandResult(0, {"path": str(path), "file_name": path.name}, "")

    monkeypatch.setattr(landed, "run_command", run)
    assert landed.content("000012-1a2b3c4d") == b"as received"


def test_a_damaged_file_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landed, "run_command", lambda *_: CommandResult(1, None, "was altered"))
    with pytest.raises(landed.LandedFileUnavailable, match="was altered"):
        landed.content("000012-1a2b3c4d")
