"""Receipts and lists, the rehearsal before sending, and the way into the inbox."""

from __future__ import annotations

import datetime
import io
import itertools
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from typer.testing import CliRunner, Result

from pipelines.answers.cell_styles import FILLS
from pipelines.answers.inbox import RefusedUpload, put_into_inbox, safe_name
from pipelines.answers.outbox import answers_to
from pipelines.answers.pages import fault_list_page, receipt_page
from pipelines.answers.receipt import Receipt, receipts
from pipelines.commands.main import app
from pipelines.durable import writer_lock
from pipelines.form.layout import ANSWER_SHEET
from pipelines.form.values import Departures
from pipelines.landing.store import incoming_files
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings
from tests.gate.reports import LAI_CHAU, QUANG_NGAI, SON_HA, Desk, Office, edited, small_country
from tests.gate.trips import RIGHT
from tests.reference.editing import REPO_TABLES

WRONG = {**RIGHT, (SON_HA, "staff_contracted"): "<b>đang</b>"}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return small_country(load_reference(REPO_TABLES))


@pytest.fixture(scope="module")
def desk(reference: Reference) -> Desk:
    return Desk(reference)


def receipt_of(reference: Reference, *contents: bytes) -> Receipt:
    """The receipt of the last of some files."""
    office = Office(reference)
    office.take(*contents)
    return list(receipts(office.connection, reference))[-1]


def test_a_receipt_says_what_was_received_and_what_was_taken(desk: Desk, reference: Reference) -> None:
    receipt = receipt_of(reference, desk.report(RIGHT))
    page = receipt_page(receipt, reference).decode()
    for words in (receipt.sha256[:12], "Tỉnh Quảng Ngãi", "13/02/2026", "14/02/2026 08:00", "Đã nhận đủ"):
        assert words in page
    # Four communes report 40 posts each: the figure to lay beside the table's own total.
    assert re.search(r'cấp xã được giao</td><td>[^<]*</td><td class="n">4</td><td class="n">160</td>', page)


def test_a_receipt_names_the_report_that_it_takes_the_place_of(desk: Desk, reference: Reference) -> None:
    receipt = receipt_of(reference, desk.report(RIGHT), desk.report({**RIGHT, (SON_HA, "staff_present"): 31}))
    assert receipt.revision == 2
    page = receipt_page(receipt, reference).decode()
    assert f"tệp {receipt.earlier_file_name}, nhận lúc 14/02/2026 08:00" in page


def test_nothing_of_a_file_becomes_markup(desk: Desk, reference: Reference) -> None:
    receipt = replace(receipt_of(reference, desk.report(WRONG)), file_name='<img src="x">\x00.xlsx')
    for page in (receipt_page(receipt, reference).decode(), fault_list_page(receipt, reference).decode()):
        assert "<img" not in page
        assert "<b>đang" not in page
        assert "&lt;b&gt;đang&lt;/b&gt;" in page
        assert "\x00" not in page


def test_simulated_reports_carry_their_mark(desk: Desk, reference: Reference) -> None:
    simulated = receipt_page(receipt_of(reference, desk.report(RIGHT, origin="simulated")), reference).decode()
    assert "MÔ PHỎNG" in simulated
    assert "MÔ PHỎNG" not in receipt_page(receipt_of(reference, desk.report(RIGHT)), reference).decode()


def test_a_workbook_comes_back_as_itself_and_anything_else_as_a_page(desk: Desk, reference: Reference) -> None:
    workbook = desk.report(WRONG)
    assert set(answers_to(receipt_of(reference, workbook), lambda _: workbook, reference)) == {
        "-bien-nhan.html",
        "-can-sua.xlsx",
    }
    photo = b"\x89PNG"
    assert set(answers_to(receipt_of(reference, photo), lambda _: photo, reference)) == {
        "-bien-nhan.html",
        "-can-sua.html",
    }
    right = desk.report(RIGHT)
    assert set(answers_to(receipt_of(reference, right), lambda _: right, reference)) == {"-bien-nhan.html"}


def test_a_file_that_came_twice_is_not_sent_back(desk: Desk, reference: Reference) -> None:
    content = desk.report(WRONG)
    receipt = receipt_of(reference, content, content)
    assert receipt.status == "duplicate"
    assert set(answers_to(receipt, lambda _: content, reference)) == {"-bien-nhan.html"}


def renamed(content: bytes) -> bytes:
    """The report with a name that is no commune's, and no code, in the row of Sơn Hà on every sheet."""

    def rename(book: Workbook) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for code, name in itertools.pairwise(row):
                    if str(code.value) == SON_HA:
                        code.value, name.value = None, "Xã Không Có"

    return edited(content, rename)


def test_a_row_without_its_unit_is_one_line_at_the_name(desk: Desk, reference: Reference) -> None:
    content = renamed(desk.report({**RIGHT, (SON_HA, "staff_contracted"): 2}))
    receipt = receipt_of(reference, content)
    aside = [fault for fault in receipt.faults if fault.rule == "unknown_unit" and fault.cause_place]
    on_sheet = [fault for fault in aside if fault.place.startswith("Biểu 04!")]
    assert receipt.rejected_count == len([fault for fault in receipt.faults if fault.severity == "critical"])
    assert len(on_sheet) > 1
    line = next(line for line in receipt.lines if line.place == "Biểu 04!C13")
    assert (line.given, line.waiting) == ("Xã Không Có", tuple(fault.place for fault in on_sheet))
    assert f"{len(on_sheet)} giá trị của hàng này chờ sửa." in line.message
    marked = answers_to(receipt, lambda _: content, reference)["-can-sua.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["Biểu 04"]
    assert "chờ sửa" in sheet["C13"].comment.text
    for cell in ("C13", *(fault.place.partition("!")[2] for fault in on_sheet)):
        assert sheet[cell].fill.fgColor.rgb == FILLS["critical"]
        assert (sheet[cell].comment is None) == (cell != "C13")
    assert receipt_page(receipt, reference).decode().count("Không có đơn vị “Xã Không Có”") == len(
        {fault.cause_place for fault in aside}
    )


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("3,193", "3193 hay 3 phẩy 193", "3193 or 3 point 193"),
        ("-0.416", "-416 hay -0 phẩy 416", "-416 or -0 point 416"),
        ("1234.567", "1234567 hay 1234 phẩy 567", "1234567 or 1234 point 567"),
    ],
)
def test_the_two_readings_of_a_number_are_spoken(
    desk: Desk, reference: Reference, typed: str, vietnamese: str, english: str
) -> None:
    receipt = receipt_of(reference, desk.report({**RIGHT, (SON_HA, "dossiers_received"): typed}))
    (fault,) = (fault for fault in receipt.faults if fault.rule == "ambiguous_number")
    assert fault.message == f"Không rõ “{typed}” là {vietnamese}."
    assert fault.message_en == f'It is unclear whether "{typed}" means {english}.'


def test_remarks_alone_send_nothing_back(desk: Desk, reference: Reference) -> None:
    content = desk.report(RIGHT, departures=Departures(totals={"staff_allocated": 41}))
    receipt = receipt_of(reference, content)
    assert [fault.severity_word for fault in receipt.faults] == ["Lưu ý"]
    answers = answers_to(receipt, lambda _: content, reference)
    assert set(answers) == {"-bien-nhan.html"}
    assert "<h2>2. Lưu ý</h2>" in answers["-bien-nhan.html"].decode()


def test_an_unfamiliar_form_waits_for_a_person_and_not_for_its_sender(desk: Desk, reference: Reference) -> None:
    receipt = receipt_of(reference, desk.report(WRONG))
    fault = replace(receipt.faults[0], rule="new_shape", severity="file")
    waiting = replace(receipt, status="needs_review", faults=[fault])
    assert not waiting.is_to_be_fixed
    assert replace(waiting, faults=[fault, replace(fault, rule="day_missing")]).is_to_be_fixed


def test_a_file_taken_in_part_that_comes_again_is_not_called_done(desk: Desk, reference: Reference) -> None:
    content = desk.report(WRONG)
    page = receipt_page(receipt_of(reference, content, content), reference).decode()
    assert "Không cần làm gì" not in page
    assert "khi đó chỉ nhận một phần" in page


# The commands, on a home where nothing was ever published.


def tiendo(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


@pytest.fixture
def report(desk: Desk, tmp_path: Path) -> Path:
    path = tmp_path / "bao cao.xlsx"
    path.write_bytes(desk.report({**RIGHT, (SON_HA, "staff_contracted"): "đang"}))
    return path


def test_a_check_says_what_would_be_taken_and_takes_nothing(report: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    result = tiendo(home, "check", str(report), "--json", "--out", str(tmp_path / "out"), "--received-at", "2026-02-14")
    said = json.loads(result.stdout)
    (file,) = said["files"]
    assert result.exit_code == 2
    assert (file["status"], file["province_code"], file["as_of_on"], file["revision"]) == (
        "partial",
        QUANG_NGAI,
        "2026-02-13",
        1,
    )
    assert (file["rejected"], sum(sheet["taken"] for sheet in file["sheets"])) == (1, file["accepted"])
    (posts,) = [row for row in said["changes"] if row["indicator"] == "staff_allocated"]
    assert (posts["province_before"], posts["province_after"], posts["national_after"]) == (None, 160, 160)
    book = openpyxl.load_workbook(file["answers"]["fix"])
    assert book.sheetnames[0] == ANSWER_SHEET
    assert "Bản xem trước" in Path(file["answers"]["receipt"]).read_text(encoding="utf-8")
    assert not home.exists()


def test_a_right_file_would_be_taken_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "dung.xlsx"
    path.write_bytes(desk.report(RIGHT))
    result = tiendo(tmp_path / "home", "check", str(path), "--received-at", "2026-02-14")
    assert result.exit_code == 0
    assert "dung.xlsx: Đã nhận đủ" in result.stdout
    assert "tỉnh chưa có → 160; cả nước chưa có → 160" in result.stdout


def test_a_check_needs_no_lock(report: Path, tmp_path: Path) -> None:
    with writer_lock(tmp_path / "home" / "warehouse"):
        assert tiendo(tmp_path / "home", "check", str(report), "--received-at", "2026-02-14").exit_code == 2


def test_a_file_that_is_not_there_ends_a_check(tmp_path: Path) -> None:
    assert tiendo(tmp_path, "check", str(tmp_path / "khong-co.xlsx")).exit_code == 1


def test_a_file_handed_in_is_found_by_the_night_and_says_nothing_of_its_day(report: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    said = [
        json.loads(tiendo(home, "receive", str(report), "--json", "--received-at", "2026-02-14").stdout)
        for _ in range(2)
    ]
    assert said[0] == said[1]
    assert said[0]["place"] == "gui-len-260214/bao cao.xlsx"
    assert [path.name for path in incoming_files([home / "inbox"])] == ["bao cao.xlsx"]


def test_another_file_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    day = datetime.date(2026, 2, 14)
    for content in (b"1", b"2"):
        (tmp_path / "x").write_bytes(content)
        kept = put_into_inbox(settings, tmp_path / "x", "91.xlsx", day)
    assert kept.name == "91 (2).xlsx"
    assert (kept.parent / "91.xlsx").read_bytes() == b"1"


def test_an_empty_file_and_one_over_the_limit_are_refused_with_what_to_do(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, max_file_bytes=3)
    for content in (b"", b"1234"):
        (tmp_path / "x").write_bytes(content)
        with pytest.raises(RefusedUpload, match="gửi lại"):
            put_into_inbox(settings, tmp_path / "x", "x", datetime.date(2026, 2, 14))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\báo cáo.xlsx", "báo cáo.xlsx"),
        (".~an.xlsx", "an.xlsx"),
        ("a\x00b\n\u202e.xlsx", "a_b__.xlsx"),
        ("tai-ve.xlsx.part", "tai-ve.xlsx_part"),
        ("..", "bao-cao"),
        ("x" * 300 + ".xlsx", "x" * 175 + ".xlsx"),
        ("ế" * 300 + ".xlsx", "ế" * 58 + ".xlsx"),
    ],
)
def test_a_name_from_outside_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_the_other_provinces_figures_do_not_change(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(desk.report(RIGHT))
    said = json.loads(tiendo(tmp_path / "home", "check", str(path), "--json", "--received-at", "2026-02-14").stdout)
    assert {row["province_code"] for row in said["changes"]} == {QUANG_NGAI}
    assert LAI_CHAU not in {row["province_code"] for row in said["directives"]}
