"""`tiendo review`: what waits for a person, what that person decides, and what the next night makes of it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipelines.commands.main import app
from pipelines.database import open_for_reading
from pipelines.durable import writer_lock
from pipelines.publish.versions import current_database
from pipelines.reference.load import load_reference
from tests.durability.nights import whole_night
from tests.review.conftest import (
    BINH_LU,
    DOAN_KET,
    HALF_KNOWN_FORM,
    LAI_CHAU,
    OWN_LIST,
    SECOND,
    THIRD,
    write_own_form,
    write_rows,
)


def tiendo(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["review", *arguments, "--home", str(home)])


def queue(home: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(tiendo(home, "--json").stdout)
    return content


def column(home: Path, label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in queue(home)["columns"] if label in item["label"])
    return found


def taken(home: Path) -> list[tuple[Any, ...]]:
    """(file, status, accepted) of the published ledger."""
    with closing(open_for_reading(current_database(home / "published"))) as connection:
        return connection.execute(
            "SELECT file_name, status, accepted_count FROM facts.submissions ORDER BY file_name"
        ).fetchall()


def test_each_question_is_listed_with_what_helps_to_answer_it(home: Path) -> None:
    found = queue(home)
    files = {item["file"]: item for item in found["files"]}
    assert files.keys() == {"khong-ro-tinh.xlsx", "bieu-rieng.xlsx"}
    assert files["khong-ro-tinh.xlsx"]["rule"] == "province_missing"
    assert files["khong-ro-tinh.xlsx"]["is_about_the_envelope"]
    assert files["bieu-rieng.xlsx"]["rule"] == "new_shape"
    assert not files["bieu-rieng.xlsx"]["is_about_the_envelope"]
    people = column(home, "quân số thực tế")
    assert (people["value_count"], people["files"], people["samples"]) == (2, ["bieu-rieng.xlsx"], ["31", "42"])
    (unit,) = found["units"]
    assert (unit["province_code"], unit["text"]) == (LAI_CHAU, "Xã Bình Lư mới")
    assert BINH_LU in unit["candidates"]
    assert "staff_present" in {item["code"] for item in found["meanings"]}


def test_the_list_for_people_names_the_commands_to_type(home: Path) -> None:
    said = tiendo(home).stdout
    assert "Không biết tệp này của tỉnh, thành phố nào." in said
    assert "tiendo review decide --file 0000" in said
    assert f"tiendo review map --shape {column(home, 'quân số thực tế')['shape']}" in said
    assert f"tiendo review name --province {LAI_CHAU} --text 'Xã Bình Lư mới'" in said


def test_a_file_is_taken_once_a_person_has_said_whose_it_is(home: Path) -> None:
    waiting = next(item for item in queue(home)["files"] if item["file"] == "khong-ro-tinh.xlsx")
    result = tiendo(
        home, "decide", "--file", waiting["submission_id"], "--province", LAI_CHAU, "--reason", "Sở xác nhận"
    )
    assert result.exit_code == 0, result.output
    assert "Sẽ nhận 2 giá trị của tệp." in result.stdout
    assert "khong-ro-tinh.xlsx" not in {item["file"] for item in queue(home)["files"]}
    assert queue(home)["settled_count"] == 1
    whole_night(home, SECOND)
    assert ("khong-ro-tinh.xlsx", "accepted", 2) in taken(home)


def test_a_form_is_read_once_a_person_has_said_what_its_columns_mean(home: Path) -> None:
    for label, meaning in (("quân số thực tế", "staff_present"), ("người ký", "ignore")):
        item = column(home, label)
        result = tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", meaning)
        assert result.exit_code == 0, result.output
    write_own_form(home / "inbox" / "bieu-rieng-lan-sau.xlsx", first_value=33)
    whole_night(home, SECOND)
    assert {("bieu-rieng.xlsx", "accepted", 2), ("bieu-rieng-lan-sau.xlsx", "accepted", 2)} <= set(taken(home))
    assert not queue(home)["columns"]


def test_a_row_of_a_list_is_taken_once_a_person_has_said_what_it_is(home: Path) -> None:
    write_rows(home / "inbox" / "danh-sach.xlsx", OWN_LIST)
    whole_night(home, SECOND)
    assert ("danh-sach.xlsx", "partial", 1) in taken(home)
    row = column(home, "soát xét xong")
    assert (row["value_count"], row["samples"], row["files"]) == (1, ["150"], ["danh-sach.xlsx"])
    for label, meaning in (("soát xét xong", "procedures_reviewed"), ("khách tham quan", "ignore")):
        item = column(home, label)
        result = tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", meaning)
        assert result.exit_code == 0, result.output
    assert queue(home)["settled_count"] == 1
    whole_night(home, THIRD)
    assert ("danh-sach.xlsx", "accepted", 2) in taken(home)


def test_a_column_beside_known_ones_is_asked_about_too(home: Path) -> None:
    write_rows(home / "inbox" / "biet-mot-nua.xlsx", HALF_KNOWN_FORM)
    whole_night(home, SECOND)
    assert ("biet-mot-nua.xlsx", "accepted", 2) in taken(home)
    item = next(item for item in queue(home)["columns"] if item["files"] == ["biet-mot-nua.xlsx"])
    result = tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", "staff_present")
    assert result.exit_code == 0, result.output
    whole_night(home, THIRD)
    assert ("biet-mot-nua.xlsx", "accepted", 4) in taken(home)


def test_a_name_is_known_once_a_person_has_said_which_unit_it_is(home: Path) -> None:
    result = tiendo(home, "name", "--province", LAI_CHAU, "--text", "Xã Bình Lư mới", "--unit", BINH_LU)
    assert result.exit_code == 0, result.output
    assert "Xã Bình Lư (03390)" in result.stdout
    assert not queue(home)["units"]
    whole_night(home, SECOND)
    assert ("ten-xa-la.xlsx", "accepted", 2) in taken(home)


def test_an_answer_can_be_changed(home: Path) -> None:
    for unit in (DOAN_KET, BINH_LU):
        tiendo(home, "name", "--province", LAI_CHAU, "--text", "Xã Bình Lư mới", "--unit", unit)
    rows = [alias.unit_code for alias in load_reference(home / "reference").aliases if alias.kind == "decided"]
    assert rows == [BINH_LU]
    item = column(home, "quân số thực tế")
    for meaning in ("staff_allocated", "staff_present"):
        tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", meaning)
    assert load_reference(home / "reference").mappings_of(item["shape"]) == {item["label"]: "staff_present"}


def test_a_second_decision_keeps_what_the_first_one_said(home: Path) -> None:
    waiting = next(item for item in queue(home)["files"] if item["file"] == "khong-ro-tinh.xlsx")
    file = waiting["submission_id"]
    tiendo(home, "decide", "--file", file, "--province", LAI_CHAU, "--reason", "Sở xác nhận")
    tiendo(home, "decide", "--file", file, "--as-of", "2025-07-10", "--reason", "Sở xác nhận lại ngày")
    (decision,) = load_reference(home / "reference").decisions
    assert (decision.province_code, str(decision.as_of_on)) == (LAI_CHAU, "2025-07-10")


def test_what_is_still_open_after_a_decision_is_said(home: Path) -> None:
    waiting = next(item for item in queue(home)["files"] if item["file"] == "khong-ro-tinh.xlsx")
    result = tiendo(home, "decide", "--file", waiting["submission_id"], "--form", "CQDP2C", "--reason", "Sở xác nhận")
    assert "Tệp vẫn còn điều phải hỏi (Thiếu tên tỉnh, thành phố)" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("map", "--shape", "0" * 12, "--label", "x", "--meaning", "staff_present"), "Không có cột “x” nào"),
        (("decide", "--file", "9", "--province", "12", "--reason", "x"), "Không có đúng một lần gửi"),
        (("decide", "--file", "000001", "--reason", "x"), "Chưa nói rõ điều gì"),
        (("decide", "--file", "000001", "--province", "99", "--reason", "x"), "mã tỉnh có trong provinces.csv"),
        (("name", "--province", "12", "--text", "Xã X", "--unit", "20194"), "không thuộc tỉnh, thành phố 12"),
    ],
)
def test_what_cannot_be_right_is_refused_and_no_table_changes(
    home: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = {path.name: path.read_bytes() for path in (home / "reference").glob("*.csv")}
    result = tiendo(home, *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert {path.name: path.read_bytes() for path in (home / "reference").glob("*.csv")} == before


def test_a_meaning_that_is_none_is_refused(home: Path) -> None:
    item = column(home, "quân số thực tế")
    result = tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", "people")
    assert result.exit_code == 1
    assert "không phải mã chỉ tiêu" in result.stderr


def test_nobody_decides_while_a_night_is_writing(home: Path) -> None:
    with writer_lock(home / "warehouse"):
        result = tiendo(home, "name", "--province", LAI_CHAU, "--text", "Xã Bình Lư mới", "--unit", BINH_LU)
        assert result.exit_code == 1
        assert queue(home)["units"]


def test_only_the_row_is_added_to_the_table(home: Path) -> None:
    path = home / "reference" / "aliases.csv"
    before = path.read_bytes()
    tiendo(home, "name", "--province", LAI_CHAU, "--text", "Xã Bình Lư, cũ", "--unit", BINH_LU)
    assert path.read_bytes() == before + f'"Xã Bình Lư, cũ",{BINH_LU},decided,\n'.encode()


def test_tables_that_a_home_does_not_have_yet_are_made(home: Path) -> None:
    (home / "reference" / "mappings.csv").unlink()
    item = column(home, "quân số thực tế")
    tiendo(home, "map", "--shape", item["shape"], "--label", item["label"], "--meaning", "staff_present")
    assert load_reference(home / "reference").mappings_of(item["shape"]) == {item["label"]: "staff_present"}


def test_before_anything_was_published_nothing_waits(tmp_path: Path) -> None:
    result = tiendo(tmp_path)
    assert (result.exit_code, result.stdout.strip()) == (0, "Không có gì chờ xác nhận.")
