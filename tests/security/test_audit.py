"""What readers and people on the command line do is in the access log, once, with what was asked, never the answer."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from audit_trail import chain
from dashboard import audit, pages
from dashboard.access import Reader
from pipelines.commands import acts
from pipelines.commands.main import app as command_line
from pipelines.settings import Settings
from tests.dashboard.signed_in import opened_by, told

LAN = Reader("Nguyễn Thị Lan", "lan", frozenset({"analyst"}), None)


@pytest.fixture
def home(homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own over the published database of the page tests."""
    (tmp_path / "published").symlink_to(homes["normal"] / "published")
    monkeypatch.setenv("TIENDO_HOME", str(tmp_path))
    return tmp_path


def lines(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in chain.files(home / "audit") for line in path.read_text().splitlines()]


def visit(app: AppTest, page: str) -> AppTest:
    return app.switch_page(pages.script(page)).run()


def test_who_opened_which_page_is_there_once_per_visit(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened_by(home, monkeypatch, told("military"))
    app.run()
    visit(app, "military").run()
    visit(app, "map")
    visit(app, "military")
    assert not app.exception
    found = [(line["subject"], line["action"], line["detail"].get("page", "")) for line in lines(home)]
    assert found == [
        ("military", "signed_in", ""),
        ("military", "opened", "tong-quan"),
        ("military", "opened", "quan-su"),
        ("military", "opened", "ban-do"),
        ("military", "opened", "quan-su"),
    ]
    assert lines(home)[2]["roles"] == ["military"]
    assert lines(home)[2]["detail"]["clearance"] == "restricted"
    assert chain.breaks(home / "audit") == []


def test_a_query_is_there_with_its_text_and_how_it_ended_and_without_its_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sql in ("SELECT 4711 + 1 AS a", "SELECT 'bí' || 'mật' || CAST('x' AS INTEGER)", "DROP TABLE a"):
        app = opened_by(home, monkeypatch, told("analyst"))
        visit(app, "sql")
        app.session_state["console_text"] = sql
        app.button(key="console_run").click().run()
    queried = [line["detail"] for line in lines(home) if line["action"] == "queried"]
    assert [(each["ended"], each["rows"]) for each in queried] == [
        ("answered", "1"),
        ("ConversionException", ""),
        ("not_one_select", ""),
    ]
    assert queried[0]["sql"] == "SELECT 4711 + 1 AS a"
    assert "4712" not in json.dumps(lines(home))


def test_an_export_is_there_when_the_file_is_fetched_not_when_its_button_is_drawn(home: Path) -> None:
    fetch = audit.exported(LAN, lambda: b"1234", what="Bảng", file="a.csv")
    assert lines(home) == []
    assert fetch() == b"1234"
    (line,) = lines(home)
    assert (line["subject"], line["action"]) == ("lan", "exported")
    assert line["detail"] == {"what": "Bảng", "file": "a.csv", "bytes": "4"}


def test_a_log_that_cannot_be_written_stops_nobody_and_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (home / "audit").write_bytes(b"in the way")
    assert audit.exported(LAN, lambda: b"x")() == b"x"
    assert audit.trouble()
    assert "access log could not be written" in caplog.text
    (home / "audit").unlink()
    audit.record("exported", "lan", {})
    assert audit.trouble() == ""


def test_only_a_steward_reads_the_log_and_it_shows_who_did_what(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.record("queried", "mai", {"sql": "SELECT '<img src=x onerror=alert(1)>'", "ended": "answered"}, ["analyst"])
    audit.record("exported", "lan", {"what": "Quân sự"}, ["military"])
    with pytest.raises(ValueError, match="find"):
        visit(opened_by(home, monkeypatch, told("military")), "audit")
    app = visit(opened_by(home, monkeypatch, told("steward")), "audit")
    assert not app.exception
    frame = app.dataframe[0].value
    assert {"mai", "lan", "steward", "military"} <= set(frame["Người"])
    app.selectbox(key="choose_nguoi").select("mai").run()
    assert list(app.dataframe[0].value["Việc"]) == ["Truy vấn SQL"]
    app.selectbox(key="choose_viec").select("exported").run()
    assert "Không có dòng nào theo lựa chọn này." in [each.value for each in app.caption]


def test_an_empty_log_opens(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "months", list)
    app = visit(opened_by(home, monkeypatch, told("steward")), "audit")
    assert not app.exception


def test_the_command_line_writes_the_system_users_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "somebody-else")
    acts.record(Settings(home=home), acts.SENT, file="91.xlsx")
    monkeypatch.setenv(acts.ALREADY_RECORDED, "1")
    acts.record(Settings(home=home), acts.SENT, file="92.xlsx")
    monkeypatch.delenv("USER")
    (line,) = lines(home)
    assert (line["subject"], line["detail"]) == (f"system:{getpass.getuser()}", {"file": "91.xlsx"})


def test_dashboard_and_command_line_write_one_chain_and_verify_finds_what_was_altered(home: Path) -> None:
    audit.record("opened", "lan", {"page": "ban-do"})
    acts.record(Settings(home=home), acts.SETTLED, table="decisions")
    audit.record("opened", "mai", {"page": "tinh"})
    verify = ["audit", "verify", "--home", str(home)]
    whole = CliRunner().invoke(command_line, verify)
    assert (whole.exit_code, "3 dòng" in whole.stdout) == (0, True)
    newest = whole.stdout.split()[-1]
    assert CliRunner().invoke(command_line, [*verify, "--holds", newest]).exit_code == 0
    assert CliRunner().invoke(command_line, [*verify, "--holds", "0" * 64]).exit_code == 1
    (month,) = chain.files(home / "audit")
    month.write_bytes(month.read_bytes().replace(b"decisions", b"mappings."))
    broken = CliRunner().invoke(command_line, verify)
    assert broken.exit_code == 1
    assert "2: Nhật ký truy cập: dòng này bị sửa" in broken.stderr
