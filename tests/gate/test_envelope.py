"""What a file says of itself: who, which day, which form, simulated or not; contradictions become questions."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest

from pipelines.form.layout import MARKS_SHEET
from pipelines.gate.envelope import REPORTED, SIMULATED, Envelope, ProvinceNames, read_envelope
from pipelines.gate.faults import Fault
from pipelines.readers import CellValue, FileCells
from pipelines.reference.load import Reference
from tests.gate.reports import DAY, sheet_of

AS_OF = "Tính đến ngày 13/02/2026"


@pytest.fixture(scope="module")
def names(reference: Reference) -> ProvinceNames:
    return ProvinceNames(reference)


class Reader:
    """Reads title cells and marks as a file would hold them."""

    def __init__(self, reference: Reference, names: ProvinceNames) -> None:
        self.reference, self.names = reference, names

    def __call__(self, *titles: CellValue, marks: dict[str, CellValue] | None = None) -> tuple[Envelope, list[Fault]]:
        """One sheet per title cell after the first; the first sheet holds the first one."""
        sheets = [
            sheet_of([[title], ["STT", "Tên xã"], [1.0, "Sơn Hà"]], name=f"Biểu {number:02}")
            for number, title in enumerate(titles, start=1)
        ]
        if marks is not None:
            sheets.append(sheet_of([[key, value] for key, value in marks.items()], name=MARKS_SHEET))
        return read_envelope(FileCells("xlsx", sheets), self.names, self.reference)


@pytest.fixture(scope="module")
def read(reference: Reference, names: ProvinceNames) -> Reader:
    return Reader(reference, names)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("UBND TỈNH AN GIANG", "91"),
        ("UBND tỉnh An Giang", "91"),
        ("ỦY BAN NHÂN DÂN TỈNH AN GIANG", "91"),
        ("ỦY BAN NHÂN DÂN\nTỈNH AN GIANG", "91"),
        ("UỶ BAN NHÂN DÂN TỈNH AN GIANG\nSỞ NỘI VỤ", "91"),
        ("UBND TỈNH AN GIANG - SỞ NỘI VỤ", "91"),
        ("UBND TỈNH AN GIANG SỞ NỘI VỤ TỈNH", "91"),
        (unicodedata.normalize("NFD", "UBND TỈNH ĐẮK LẮK"), "66"),
        ("UBND TINH AN GIANG", ""),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "79"),
        ("UBND TP. HCM", "79"),
        ("UBND TPHCM", "79"),
        ("UBND Tp Hồ Chí Minh", "79"),
        ("UBND THÀNH PHỐ HUẾ", "46"),
        ("UBND TỈNH ÐẮK LẮK", "66"),
        ("UBND TỈNH DAK LAK", "66"),
    ],
)
def test_the_province_in_the_title(read: Reader, line: str, code: str) -> None:
    envelope, faults = read(line, AS_OF)
    assert envelope.province_code == code
    assert [fault.rule for fault in faults] == ([] if code else ["province_missing"])


@pytest.mark.parametrize("mark", ["01", "1", 1.0, " 01 "])
def test_the_province_in_the_marks_even_if_excel_made_a_number_of_it(read: Reader, mark: CellValue) -> None:
    assert read(AS_OF, marks={"province_code": mark})[0].province_code == "01"


@pytest.mark.parametrize(
    ("line", "current"),
    [
        ("UBND TỈNH KIÊN GIANG", "Tỉnh An Giang"),
        ("UBND TỈNH THỪA THIÊN HUẾ", "Thành phố Huế"),
        ("UBND TỈNH BÌNH DƯƠNG", "Thành phố Hồ Chí Minh"),
    ],
)
def test_an_old_name_is_taken_with_a_remark(read: Reader, line: str, current: str) -> None:
    envelope, faults = read(f"{line}\n{AS_OF}")
    assert envelope.province_code
    assert faults == [Fault("unit_old_name", "Biểu 01!A1", given=f"{line} {AS_OF}", expected=current)]


def test_every_old_name_and_every_other_spelling_finds_its_province(reference: Reference, names: ProvinceNames) -> None:
    for province in reference.provinces:
        for name in (province.province_name, province.short_name, province.province_name.upper()):
            assert (names.code_of(name), names.is_old(name)) == (province.province_code, False)
    for alias in reference.aliases:
        assert names.code_of(alias.alias) == alias.unit_code
        assert names.is_old(alias.alias) is (alias.kind == "old_name")


@pytest.mark.parametrize(
    ("titles", "mark", "claims"),
    [
        (("UBND TỈNH AN GIANG", AS_OF), "01", ["mã trong biểu: 01", "UBND TỈNH AN GIANG (Biểu 01!A1)"]),
        (("UBND TỈNH AN GIANG", "UBND TỈNH CÀ MAU", AS_OF), "", ["(Biểu 01!A1)", "(Biểu 02!A1)"]),
        (("UBND TỈNH TRUNG KỲ", AS_OF), "91", ["mã trong biểu: 91", "UBND TỈNH TRUNG KỲ (Biểu 01!A1)"]),
        (("UBND TỈNH AN GIANG", AS_OF), "99", ["mã trong biểu: 99", "UBND TỈNH AN GIANG"]),
        ((AS_OF,), "99", ["mã trong biểu: 99"]),
    ],
)
def test_different_provinces_are_asked_about(
    read: Reader, titles: tuple[str, ...], mark: str, claims: list[str]
) -> None:
    envelope, (fault,) = read(*titles, marks={"province_code": mark})
    assert (envelope.province_code, fault.rule) == ("", "province_conflict")
    assert all(claim in fault.given for claim in claims)


@pytest.mark.parametrize(
    "line",
    ["UBND TỈNH …………", "UBND TỈNH, THÀNH PHỐ: ........", "UBND xã Sơn Hà", "Sở Nội vụ tỉnh An Giang", "An Giang"],
)
def test_what_names_no_province_is_no_claim(read: Reader, line: str) -> None:
    assert read(line, AS_OF, marks={"province_code": "91"})[0].province_code == "91"
    assert [fault.rule for fault in read(line, AS_OF)[1]] == ["province_missing"]


@pytest.mark.parametrize(
    "title",
    [
        AS_OF,
        "TÍNH ĐẾN NGÀY 13/2/2026",
        "(Số liệu tính đến hết ngày 13 tháng 02 năm 2026)",
        "Từ ngày 01/02/2026 đến ngày 13/02/2026",
        "Kèm theo Công văn số 12 ngày 01/02/2026, số liệu tính đến\nngày 13/02/2026",
    ],
)
def test_the_day_after_the_words(read: Reader, title: str) -> None:
    assert read(title, marks={"province_code": "91"}) == (Envelope("91", DAY, "", REPORTED), [])


@pytest.mark.parametrize("title", ["", "Tính đến ngày …/…/……", "Ngày 13/02/2026", "Tính đến tháng 02/2026"])
def test_no_day(read: Reader, title: str) -> None:
    envelope, (fault,) = read(title, marks={"province_code": "91"})
    assert (envelope.as_of_on, fault.rule) == (None, "day_missing")


@pytest.mark.parametrize(
    ("titles", "rule"),
    [
        ((AS_OF, "Tính đến ngày 15/02/2026"), "day_conflict"),
        ((AS_OF, "Tính đến ngày 31/02/2026"), "day_conflict"),
        (("Tính đến ngày 31/02/2026",), "day_missing"),
    ],
)
def test_days_that_differ_or_do_not_exist_are_asked_about(read: Reader, titles: tuple[str, ...], rule: str) -> None:
    envelope, (fault,) = read(*titles, marks={"province_code": "91"})
    assert (envelope.as_of_on, fault.rule) == (None, rule)
    assert all(title.removeprefix("Tính đến ngày ") in fault.given for title in titles)


@pytest.mark.parametrize("typed", [date(2026, 2, 13), datetime(2026, 2, 13)])
def test_the_day_typed_over_the_words_even_if_excel_made_a_date_of_it(read: Reader, typed: CellValue) -> None:
    envelope, _ = read("UBND TỈNH AN GIANG", typed)
    assert envelope.as_of_on == DAY


def test_a_sheet_without_its_date_filled_in_follows_the_others(read: Reader) -> None:
    assert read(AS_OF, "Tính đến ngày …/…/……", marks={"province_code": "91"})[0].as_of_on == DAY


def test_remarks_inside_the_table_say_nothing_about_the_file(reference: Reference, names: ProvinceNames) -> None:
    rows: list[list[CellValue]] = [
        [f"UBND TỈNH AN GIANG\n{AS_OF}"],
        ["STT", "Tên xã", "Ghi chú"],
        [1.0, "Xã A", "Phấn đấu xong đến ngày 31/03/2026"],
        [2.0, "Xã B", "UBND tỉnh Cà Mau"],
        [3.0, "Xã C", "có chạy mô phỏng"],
    ]
    envelope, faults = read_envelope(FileCells("xlsx", [sheet_of(rows)]), names, reference)
    assert (envelope, faults) == (Envelope("91", DAY, "", REPORTED), [])


@pytest.mark.parametrize(
    ("title", "mark", "origin"),
    [
        ("Biểu 02", "", REPORTED),
        ("Biểu 02", "simulated", SIMULATED),
        ("Biểu 02", " Simulated ", SIMULATED),
        ("DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT\nBIỂU 02", "", SIMULATED),
        ("dữ liệu mô phỏng", "simulated", SIMULATED),
    ],
)
def test_simulated_by_title_or_by_mark(read: Reader, title: str, mark: str, origin: str) -> None:
    assert read(title, AS_OF, marks={"province_code": "91", "origin": mark})[0].origin == origin


def test_the_form_stands_in_the_marks(read: Reader) -> None:
    assert read(AS_OF, marks={"province_code": "91", "form": "CQDP2C"})[0].form == "CQDP2C"


def test_a_day_is_a_day_of_any_year(read: Reader) -> None:
    assert read("Tính đến ngày 13/02/2019", marks={"province_code": "91"})[0].as_of_on == date(2019, 2, 13)
