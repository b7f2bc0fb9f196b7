"""Role by page, export, query, file and action: each cell as `docs/security.md` says, tried on the pages themselves."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import landed, pages, past
from dashboard.access import CLEARANCES, ROLES, Reader
from dashboard.access_matrix import DOCUMENT, NO, matrix, may_open, readers, written
from dashboard.blocks import own_reports, send
from dashboard.console import sandbox
from dashboard.console.ready_made import questions_for
from dashboard.language import language
from dashboard.review_queue import without_hidden
from dashboard.settings import load_settings
from dashboard.view import prepare
from dashboard.warehouse import Published, open_published
from tests.dashboard.signed_in import opened_by, told

SCRIPTS = Path(pages.__file__).with_name("app_pages")
REFUSED = "không được phép xem trang này"
# One question to each thing that must be missing below a clearance.
HIDDEN_FROM = {
    "SELECT count(*) FROM marts.military_positions": "restricted",
    "SELECT count(*) FROM marts.military_staffing": "restricted",
    "SELECT count(*) FROM marts.staffing_gaps": "internal",
}


def file_of(home: Path, clearance: str) -> Published:
    published = open_published(home / "published" / "current", clearance)
    assert published is not None
    return published


def has(app: AppTest, key: str) -> bool:
    """Whether something that can be pressed or fetched has a key that begins so."""
    kinds = ("download_button", "button", "file_uploader")
    return any(f"-{key}" in str(element.proto.id) for kind in kinds for element in app.get(kind))


def test_the_document_says_what_the_tables_say() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert written(document) == document, "docs/security.md is out of date: make docs"
    assert len(matrix().splitlines()) == 3 + len(pages.PAGES) + 10


@pytest.mark.parametrize("name", pages.PAGES)
def test_every_page_asks_by_its_own_name_before_it_reads_anything(name: str) -> None:
    lines = [line for line in (SCRIPTS / f"{name}.py").read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]
    statements = [line for line in lines if not line.startswith(("from ", "import "))]
    assert statements[0] == f'view = page_view("{name}")'


def test_there_is_no_page_beside_the_table() -> None:
    assert {path.stem for path in SCRIPTS.glob("*.py")} == set(pages.PAGES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_other(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    reader = readers()[role]
    app = opened_by(homes["normal"], monkeypatch, told(role))
    offered = set()
    for name in pages.PAGES:
        if may_open(reader, name) == NO:
            with pytest.raises(ValueError, match="Could not find a navigation page"):
                app.switch_page(pages.script(name))
            continue
        app.switch_page(pages.script(name)).run()
        assert [str(each.value) for each in app.exception] == []
        assert app.title, name
        assert REFUSED not in " ".join(each.value for each in app.error)
        offered |= {key for key in ("csv_", "xlsx_", "brief_", "console_run", "open_review", "upload") if has(app, key)}
    assert ("csv_" in offered) == ("xlsx_" in offered) == reader.may("export")
    assert ("brief_" in offered) == (reader.may("export") and reader.reaches("internal"))
    assert ("console_run" in offered) == reader.may("query")
    assert ("open_review" in offered) == reader.may("review")
    assert ("upload" in offered) == reader.may("send")


def test_a_page_refuses_by_itself_where_the_menu_has_failed(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "open_to", lambda _reader: pages.PAGES)
    app = opened_by(homes["normal"], monkeypatch, told("viewer"))
    refused = [name for name in pages.PAGES if may_open(readers()["viewer"], name) == NO]
    assert len(refused) > 5
    for name in refused:
        app.switch_page(pages.script(name)).run()
        assert REFUSED in " ".join(each.value for each in app.error), name
        assert not app.title
        assert not app.dataframe


@pytest.mark.parametrize("claims", [{}, told("intern"), told("provincial", province_code=None), told("analyst", exp=1)])
def test_whoever_has_no_role_or_no_session_sees_no_figure_and_opens_no_file(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, claims: dict[str, object]
) -> None:
    def never(*_given: object) -> None:
        raise AssertionError("a published file was opened")

    monkeypatch.setattr("dashboard.warehouse.open_file", never)
    app = opened_by(homes["normal"], monkeypatch, dict(claims))
    assert not app.exception
    assert app.title[0].value in ("Đăng nhập", "Chưa được giao quyền")
    for name in pages.PAGES:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            app.switch_page(pages.script(name))


def test_a_session_that_ends_while_a_page_is_open_shows_nothing_more(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = told("military")
    app = opened_by(homes["normal"], monkeypatch, claims)
    app.switch_page(pages.script("military")).run()
    assert app.title[0].value == "Quân sự cấp xã"
    app.user = {**claims, "exp": time.time() - 1}
    app.run()
    assert app.title[0].value == "Đăng nhập"
    assert "Phiên đăng nhập đã hết hạn" in " ".join(str(each.proto.body) for each in app.get("html"))
    assert not app.dataframe


@pytest.mark.parametrize("clearance", CLEARANCES)
def test_queries_read_the_file_of_the_own_clearance_and_no_higher_one(homes: dict[str, Path], clearance: str) -> None:
    path = file_of(homes["normal"], clearance).path
    assert Path(path).name == f"{clearance}.duckdb"
    for sql, needed in HIDDEN_FROM.items():
        outcome = sandbox.run(path, sql)
        may = CLEARANCES.index(clearance) >= CLEARANCES.index(needed)
        assert isinstance(outcome, sandbox.Result) == may, (sql, outcome)
        if not may:
            assert isinstance(outcome, sandbox.Fault)
            assert outcome.kind == "CatalogException"


def test_a_missing_file_is_not_replaced_by_a_higher_one(homes: dict[str, Path], tmp_path: Path) -> None:
    version = tmp_path / "published" / "000001"
    version.mkdir(parents=True)
    (version / "restricted.duckdb").symlink_to(file_of(homes["normal"], "restricted").path)
    (version.parent / "current").symlink_to("000001")
    assert open_published(version.parent / "current", "restricted") is not None
    assert open_published(version.parent / "current", "internal") is None
    assert open_published(version.parent / "current", "public") is None
    with pytest.raises(ValueError, match="secret"):
        open_published(version.parent / "current", "secret")


def test_ready_made_questions_ask_only_what_the_own_file_answers(homes: dict[str, Path]) -> None:
    for role in ("analyst", "military", "steward"):
        reader = readers()[role]
        published = file_of(homes["normal"], str(reader.clearance))
        for name, question in questions_for(reader).items():
            tables = set(re.findall(r"\b(?:marts|facts|reference)\.[a-z_]+(?![a-z_]*\()", question.select))
            assert all(published.has(table) for table in tables), name
    assert len(questions_for(readers()["military"])) == 20
    assert len(questions_for(readers()["analyst"])) == 19


@pytest.mark.parametrize("role", ROLES)
def test_files_as_received_and_earlier_days_are_for_the_highest_clearance(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    reader: Reader = readers()[role]
    published = file_of(homes["normal"], reader.clearance or "public")
    view = prepare(published, language("vi"), load_settings(), reader=reader)
    (submission, *_others) = file_of(homes["normal"], "restricted").rows("submissions", province_code="91")
    assert landed.may_take(view, submission["submission_id"]) == reader.may("landed_file")
    assert past.is_offered(reader) == reader.reaches("internal")


def test_the_answers_to_a_submission_are_found_by_its_number_only(tmp_path: Path) -> None:
    for name in ("000012-ab-bien-nhan.html", "000012-ab-can-sua.xlsx", "000013-cd-bien-nhan.html", "secret.txt"):
        (tmp_path / name).touch()
    found = own_reports.answers_to(tmp_path, "000012-ab")
    assert [path.name for path in found] == ["000012-ab-bien-nhan.html", "000012-ab-can-sua.xlsx"]
    for strange in ("*", "../000012-ab", "", "000012-ab/..", "[0-9]*", "000012-ab\n"):
        assert own_reports.answers_to(tmp_path, strange) == []


def test_a_steward_settles_without_learning_what_is_above_the_own_clearance(homes: dict[str, Path]) -> None:
    own, highest = (file_of(homes["normal"], clearance) for clearance in ("internal", "restricted"))
    known = own.rows("submissions", province_code="91")[0]
    column = {
        "shape": "0a",
        "label": "quân số",
        "samples": ["31"],
        "value_count": 1,
        "files": [known["file_name"], "x"],
    }
    queue = {
        "files": [{"submission_id": known["submission_id"], "file": "y"}, {"submission_id": "none", "file": "x"}],
        "columns": [{**column, "suggestions": ["staff_present"]}, {**column, "suggestions": ["military_assistants"]}],
        "units": [],
        "corrections": [{"indicator": "military_posts_filled"}, {"indicator": "staff_present"}],
        "meanings": [{"code": "ignore"}, {"code": "staff_present"}, {"code": "military_posts_filled"}],
    }
    seen = without_hidden(queue, own, highest)
    assert [item["file"] for item in seen["files"]] == [known["file_name"]]
    assert [(item["suggestions"], item["samples"], item["files"]) for item in seen["columns"]] == [
        (["staff_present"], [], [known["file_name"]])
    ]
    assert seen["corrections"] == [{"indicator": "staff_present"}]
    assert [item["code"] for item in seen["meanings"]] == ["ignore", "staff_present"]


def test_a_report_that_is_checked_tells_a_steward_nothing_above_the_own_clearance(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(homes["normal"]))
    rows = file_of(homes["normal"], "restricted").rows("indicators_known")
    names = {row["indicator"]: row["name_vi"] for row in rows}
    both = ["staff_present", "military_posts_filled"]
    said = {"changes": [{"indicator": each} for each in both], "directives": [{"indicator": each} for each in both]}
    faults = [{"indicator": names[each]} for each in both]
    for role, seen, answered in (("steward", both[:1], False), ("military", both, True)):
        reader = readers()[role]
        published = file_of(homes["normal"], str(reader.clearance))
        view = prepare(published, language("vi"), load_settings(), reader=reader)
        shown = send.without_hidden(view, send.Checked(said, {"errors": faults}, {"fix": ("91.xlsx", b"marked")}))
        assert [row["indicator"] for row in shown.said["changes"]] == seen
        assert [row["indicator"] for row in shown.said["directives"]] == seen
        assert [row["indicator"] for row in shown.file["errors"]] == [names[each] for each in seen]
        assert bool(shown.answers) == answered
