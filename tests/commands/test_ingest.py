"""`tiendo ingest`: what it prints for programs and for people, how it ends, and what it refuses before it starts."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.commands.ingest import FIRST_AS_OF
from pipelines.durable import writer_lock
from pipelines.form.layout import ANSWER_SHEET
from pipelines.form.values import FormValues
from pipelines.form.workbook import write_form
from pipelines.orchestration.assets import FIRST_DAY
from pipelines.orchestration.run import RunOutcome
from pipelines.reference.load import load_reference
from tests.commands.conftest import BINH_LU, DAY, LAI_CHAU, RECEIVED_AT, TABLES, Ingested, tiendo
from tests.reference.editing import EditedTables

ERROR_KEYS = [
    "place",
    "unit",
    "indicator",
    "given",
    "expected",
    "rule",
    "severity",
    "message_vi",
    "message_en",
    "fix_vi",
    "fix_en",
    "cause_place",
]
FILE_KEYS = ["file", "sha256", "status", "province_code", "as_of_on", "form", "accepted", "rejected", "errors"]


def test_something_set_aside_ends_with_2(ingested: Ingested) -> None:
    assert ingested.result.exit_code == 2


def test_the_answer_is_one_json_object_with_the_run_and_its_files(ingested: Ingested) -> None:
    run, files = ingested.said["run"], ingested.said["files"]
    assert ingested.said.keys() == {"run", "files"}
    assert (run["status"], run["as_of_on"], run["known_at"]) == ("succeeded", "2025-08-01", RECEIVED_AT)
    assert run["run_id"]
    for file in files:
        assert list(file) == ["submission_id", *FILE_KEYS]
        for error in file["errors"]:
            assert list(error) == ERROR_KEYS


def test_a_report_is_described_with_its_counts_and_its_faults(ingested: Ingested) -> None:
    report = next(file for file in ingested.said["files"] if file["file"] == ingested.partial.name)
    sha256 = hashlib.sha256(ingested.partial.read_bytes()).hexdigest()
    errors = report.pop("errors")
    assert report == {
        "submission_id": report["submission_id"],
        "file": "12-[bold]lai-chau.xlsx",
        "sha256": sha256,
        "status": "partial",
        "province_code": LAI_CHAU,
        "as_of_on": "2025-07-31",
        "form": "CQDP2C",
        "accepted": 2,
        "rejected": 2,
    }
    assert sorted((error["rule"], error["severity"], error["unit"], error["given"]) for error in errors) == [
        ("not_a_number", "critical", "Xã Bình Lư", "=cmd|' /C calc'!A0"),
        ("out_of_bounds", "critical", "Phường Đoàn Kết", "101"),
        ("total_does_not_add_up", "warning", "Tổng cộng", "41"),
    ]


def test_a_file_that_is_no_report_is_described_as_well(ingested: Ingested) -> None:
    photo = next(file for file in ingested.said["files"] if file["file"] == ingested.foreign.name)
    (error,) = photo["errors"]
    assert (photo["status"], photo["province_code"], photo["accepted"], photo["rejected"]) == ("rejected", None, 0, 1)
    assert (error["place"], error["message_vi"]) == ("tệp", "Tệp là ảnh chụp hoặc ảnh quét, không có chữ để đọc.")


def test_both_files_lie_in_the_landing_and_the_senders_files_where_they_were(ingested: Ingested) -> None:
    for path in (ingested.partial, ingested.foreign):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        assert (ingested.home / "landing" / sha256[:2] / f"{sha256}.xlsx").read_bytes() == path.read_bytes()


def test_the_answer_to_the_sender_is_the_senders_workbook_and_executes_nothing(ingested: Ingested) -> None:
    report = next(file for file in ingested.said["files"] if file["status"] == "partial")
    answer = openpyxl.load_workbook(ingested.home / "outbox" / f"{report['submission_id']}-can-sua.xlsx")
    assert answer.sheetnames[0] == ANSWER_SHEET
    rows = [[cell.value for cell in row[:9]] for row in answer[ANSWER_SHEET].iter_rows(min_row=6)]
    assert [row[1] for row in rows] == ["Biểu 04!G11", "Biểu 04!E14", "Biểu 04!D50"]
    assert [row[8] for row in rows] == ["Chưa nhận, chờ sửa"] * 2 + ["Lưu ý"]
    assert rows[1][3:5] == ["Số cán bộ, công chức cấp xã hiện có", "=cmd|' /C calc'!A0"]
    assert all(cell.data_type == "s" for row in answer[ANSWER_SHEET].iter_rows() for cell in row if cell.value)
    assert all(row[6] and row[7] for row in rows)


def test_every_file_has_a_receipt(ingested: Ingested) -> None:
    for file in ingested.said["files"]:
        receipt = (ingested.home / "outbox" / f"{file['submission_id']}-bien-nhan.html").read_text(encoding="utf-8")
        assert file["sha256"][:12] in receipt
        assert "12-[bold]lai-chau.xlsx" in receipt or file["status"] == "rejected"


def test_what_is_no_workbook_is_answered_with_a_page(ingested: Ingested) -> None:
    photo = next(file for file in ingested.said["files"] if file["file"] == ingested.foreign.name)
    page = (ingested.home / "outbox" / f"{photo['submission_id']}-can-sua.html").read_text(encoding="utf-8")
    assert photo["errors"][0]["message_vi"] in page


def test_all_taken_ends_with_0_and_people_read_sentences(ingested: Ingested, tmp_path: Path) -> None:
    good = tmp_path / "12-dinh-chinh.xlsx"
    values = FormValues({(BINH_LU, "staff_allocated"): 40})
    reference = load_reference(TABLES)
    write_form(good, reference, LAI_CHAU, as_of_on=DAY, values=values)
    result = tiendo(ingested.home, "ingest", str(good), str(ingested.foreign), "--received-at", "2025-08-02T08:00:00")
    assert result.exit_code == 0, result.output
    assert "12-dinh-chinh.xlsx: nhận đủ; 1 giá trị đã nhận, 0 để riêng." in result.stdout
    assert "anh-chup.xlsx: đã nhận trước đây; 0 giá trị đã nhận, 0 để riêng." in result.stdout
    assert f"Đã công bố tại {ingested.home / 'published' / 'current'}." in result.stdout


def test_a_file_received_before_is_rehearsed_and_answered_by_its_content(ingested: Ingested, tmp_path: Path) -> None:
    arguments = (str(ingested.partial), "--received-at", "2025-08-03T08:00:00")
    checked = tiendo(ingested.home, "check", *arguments, "--json")
    said = json.loads(checked.stdout)
    (file,) = said["files"]
    (report,) = (item for item in ingested.said["files"] if item["status"] == "partial")
    assert checked.exit_code == 2
    assert (file["duplicate_of"], file["status"]) == (report["submission_id"], "partial")
    assert (file["accepted"], file["rejected"]) == (report["accepted"], report["rejected"])
    assert {error["rule"] for error in file["errors"]} == {error["rule"] for error in report["errors"]}
    assert (said["changes"], said["directives"]) == ([], [])
    words = tiendo(ingested.home, "check", *arguments).stdout
    assert f"tệp này đã nhận trước đây ({report['submission_id']})" in words
    assert "Số liệu hiện nay của tỉnh và cả nước không thay đổi." in words
    bounced = tiendo(ingested.home, "bounce", *arguments, "--out", str(tmp_path))
    assert bounced.exit_code == 0, bounced.output
    book = openpyxl.load_workbook(tmp_path / f"{ingested.partial.stem}-can-sua.xlsx")
    assert book["Biểu 04"]["E14"].comment is not None
    assert book["Biểu 04"]["G11"].comment is not None


def test_a_failed_run_ends_with_1_says_why_and_leaves_the_published_version(ingested: Ingested) -> None:
    before = (ingested.home / "published" / "current").readlink()
    with writer_lock(ingested.home / "warehouse"):
        result = tiendo(ingested.home, "ingest", str(ingested.foreign), "--received-at", RECEIVED_AT, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert (answer["run"]["status"], answer["files"]) == ("failed", [])
    assert str(ingested.home / "warehouse") in answer["run"]["error"]
    assert "Bản công bố trước vẫn giữ nguyên" in result.stderr
    assert (ingested.home / "published" / "current").readlink() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["khong-co/[bold]91.xlsx"], "Không có tệp hoặc thư mục “khong-co/[bold]91.xlsx”"),
        (
            ["{foreign}", "--as-of", "2025-06-30"],
            "Không có số liệu tính đến ngày 30/06/2025. Chọn một ngày từ 01/07/2025",
        ),
        (["{foreign}", "--as-of", "2999-01-01"], "01/01/2999"),
    ],
)
def test_what_can_be_put_right_is_said_before_the_job_starts(
    ingested: Ingested, arguments: list[str], words: str
) -> None:
    result = tiendo(ingested.home, "ingest", *(text.format(foreign=ingested.foreign) for text in arguments))
    assert result.exit_code == 1
    assert words in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.output


def test_faults_of_the_reference_tables_are_listed_in_vietnamese(ingested: Ingested, tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    tables = EditedTables.copy_to(tmp_path / "reference")
    row = tables.change("indicators.csv", "staff_present", "lower", "300")
    result = tiendo(tmp_path, "ingest", str(ingested.foreign))
    assert result.exit_code == 1
    assert f"indicators.csv, dòng {row}, cột “upper”: có “250" in result.stderr
    assert "Danh mục có 1 lỗi; sửa các dòng nêu trên rồi chạy lại." in result.stderr


def test_runs_are_for_the_days_that_the_job_knows() -> None:
    assert FIRST_AS_OF.isoformat() == FIRST_DAY


@pytest.mark.parametrize(
    "trouble",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        duckdb.IOException("Could not write file: No space left on device"),
        RunOutcome("run-1", False, ["IO Error: Could not write file: No space left on device"]),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_a_full_disk_is_said_in_the_same_words_whoever_notices_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception | RunOutcome
) -> None:
    def run_nightly(*_: object, **__: object) -> RunOutcome:
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    monkeypatch.setattr("pipelines.orchestration.run.run_nightly", run_nightly)
    done = tiendo(tmp_path / "home", "nightly", "--received-at", RECEIVED_AT)
    assert done.exit_code == 1
    assert "Ổ đĩa đầy. Bản công bố trước vẫn giữ nguyên, không tệp nào bị mất." in done.stderr
    assert "Traceback" not in done.output
