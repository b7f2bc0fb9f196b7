"""What a file says of itself: who, which day, which form, simulated or not; contradictions become questions."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pipelines.form.layout import MARKS_SHEET
from pipelines.gate.envelope import REPORTED, SIMULATED, Envelope, ProvinceNames, read_envelope
from pipelines.gate.faults import Fault, fault_text
from pipelines.landing.journal import Arrival
from pipelines.readers import CellValue, FileCells
from pipelines.reference.load import Reference
from pipelines.reference.records import Decision
from tests.gate.reports import DAY, RECEIVED_AT, sheet_of

AS_OF = "Tính đến ngày 13/02/2026"


@pytest.fixture(scope="module")
def names(reference: Reference) -> ProvinceNames:
    return ProvinceNames(reference)


def arrived(named: str) -> Arrival:
    """The arrival of a file from a place in the inbox."""
    return Arrival(1, "ab" * 32, 1, named.rpartition("/")[2], f"inbox/{named}", 0, RECEIVED_AT)


class Reader:
    """Reads title cells and marks as a file would hold them."""

    def __init__(self, reference: Reference, names: ProvinceNames) -> None:
        self.reference, self.names = reference, names

    def __call__(
        self,
        *titles: CellValue,
        marks: dict[str, CellValue] | None = None,
        named: str = "bao cao.xlsx",
        reference: Reference | None = None,
    ) -> tuple[Envelope, list[Fault]]:
        """One sheet per title cell after the first; the first sheet holds the first one. `named`: folders and name."""
        sheets = [
            sheet_of([[title], ["STT", "Tên xã"], [1.0, "Sơn Hà"]], name=f"Biểu {number:02}")
            for number, title in enumerate(titles, start=1)
        ]
        if marks is not None:
            sheets.append(sheet_of([[key, value] for key, value in marks.items()], name=MARKS_SHEET))
        return read_envelope(FileCells("xlsx", sheets), arrived(named), self.names, reference or self.reference)

    def block(self, *rows: list[CellValue], named: str = "bao cao.xlsx") -> tuple[Envelope, list[Fault]]:
        """One sheet whose title block has these rows."""
        sheet = sheet_of([*rows, ["STT", "Tên xã"], [1.0, "Sơn Hà"]])
        return read_envelope(FileCells("xlsx", [sheet]), arrived(named), self.names, self.reference)


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
        ("UBND TINH AN GIANG", "91"),
        ("TỈNH ỦY AN GIANG", "91"),
        ("TỈNH UỶ AN GIANG\nBAN TỔ CHỨC", "91"),
        ("BAN TỔ CHỨC TỈNH ỦY AN GIANG", "91"),
        ("THÀNH ỦY HUẾ - BAN TỔ CHỨC", "46"),
        ("THÀNH ỦY TP. HỒ CHÍ MINH", "79"),
        ("THÀNH ỦY CAO BẰNG", ""),
        ("TỈNH AN GIANG", "91"),
        ("SỞ NỘI VỤ TỈNH AN GIANG", "91"),
        ("Sở Nội vụ tỉnh An Giang", "91"),
        ("SỞ NỘI VỤ AN GIANG", "91"),
        ("UBND TP. HỒ CHÍ MINH", "79"),
        ("Tỉnh, thành phố: An Giang", "91"),
        ("Địa phương: Tỉnh An Giang", "91"),
        ("Đơn vị báo cáo: Sở Nội vụ tỉnh An Giang", "91"),
        ("BÁO CÁO KẾT QUẢ SẮP XẾP TỔ CHỨC BỘ MÁY CỦA TỈNH AN GIANG", "91"),
        ("Báo cáo tình hình thực hiện trên địa bàn tỉnh An Giang tháng 02 năm 2026", "91"),
        ("BAN CHỈ ĐẠO THỰC HIỆN MÔ HÌNH 2 CẤP TỈNH AN GIANG", "91"),
        ("BIỂU THEO DÕI TIẾN ĐỘ TỈNH AN GIANG", "91"),
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
    [
        "UBND TỈNH …………",
        "UBND TỈNH, THÀNH PHỐ: ........",
        "Tỉnh, thành phố: …………",
        "UBND xã Sơn Hà",
        "An Giang",
        "Kính gửi: UBND tỉnh Cà Mau",
        "(Theo Công văn số 12/UBND-NC ngày 01/02/2026 của UBND tỉnh Cà Mau)",
        "Báo cáo tình hình theo Quyết định của UBND tỉnh Cà Mau",
        "Tỉnh Cà Mau có cùng khó khăn về trụ sở",
        "Cà Mau, ngày 15 tháng 02 năm 2026",
    ],
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
    ("rows", "given", "said"),
    [
        ([["Tính đến ngày 15/12"]], "Tính đến ngày 15/12 (Trang 1!A2)", "không đủ ngày, tháng, năm"),
        (
            [["BÁO CÁO\nĐến hết ngày 15/12/25"]],
            "Đến hết ngày 15/12/25 (Trang 1!A2)",
            "“Đến hết ngày 15/12/25”",
        ),
        ([["Tháng 12 năm 2025"]], "Tháng 12 năm 2025 (Trang 1!A2)", "“Tháng 12 năm 2025” không đủ"),
        (
            [["Kỳ báo cáo:", "tháng 12/2025"]],
            "Kỳ báo cáo: tháng 12/2025 (Trang 1!B2)",
            "“Kỳ báo cáo: tháng 12/2025” không",
        ),
        ([["Tính đến ngày 31/02/2026"]], "Tính đến ngày 31/02/2026 (Trang 1!A2)", "không phải ngày có trong lịch"),
        ([["Tính đến ngày …/…/……"]], "", ""),
        ([["An Giang, ngày 13 tháng 02 năm 2026"]], "", ""),
        ([["(Kèm theo Công văn số 5 tháng 12 năm 2025)"]], "", ""),
    ],
)
def test_what_the_file_says_of_its_day_is_quoted(
    read: Reader, rows: list[list[CellValue]], given: str, said: str
) -> None:
    _, (fault,) = read.block(["UBND TỈNH AN GIANG"], *rows)
    assert (fault.rule, fault.given) == ("day_missing", given)
    message = fault_text(fault, read.reference).message_vi
    assert message.startswith("Không biết số liệu tính đến ngày nào")
    assert said in message


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
    envelope, faults = read_envelope(FileCells("xlsx", [sheet_of(rows)]), arrived("bao cao.xlsx"), names, reference)
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


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["TỈNH AN GIANG", "Độc lập - Tự do"]], "91"),
        ([["ỦY BAN NHÂN DÂN TỈNH"], ["AN GIANG"]], "91"),
        ([["ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["AN GIANG", "Độc lập - Tự do"]], "91"),
        ([["Tỉnh/Thành phố:", "An Giang"]], "91"),
        ([["Đơn vị báo cáo", "", "UBND tỉnh An Giang"]], "91"),
        ([["BÁO CÁO"], ["Tình hình của tỉnh An Giang"]], "91"),
        ([["BÁO CÁO"], ["Tình hình của tỉnh An Giang và tỉnh Cà Mau"]], ""),
    ],
)
def test_the_province_in_cells_beside_and_below_one_another(
    read: Reader, rows: list[list[CellValue]], code: str
) -> None:
    envelope, _ = read.block(*rows, [AS_OF])
    assert envelope.province_code == code


@pytest.mark.parametrize(
    "rows",
    [
        [["Số liệu đến 13-2-2026"]],
        [["tính đến hết ngày 13 tháng 02 năm 2026"]],
        [["(Số liệu tính đến 17h00 ngày 13/02/2026)"]],
        [["Kỳ báo cáo: 13/02/2026"]],
        [["Ngày chốt số liệu: 13/02/2026"]],
        [["Tính đến ngày:", date(2026, 2, 13)]],
        [["Kỳ báo cáo:", date(2026, 2, 13)]],
        [["Kỳ báo cáo:", "13/02/2026"]],
        [["Thời điểm báo cáo: 13.02.2026"]],
        [["Kỳ báo cáo: từ ngày 01/02/2026 đến ngày 13/02/2026"]],
        [["Từ 01/02/2026 đến 13/02/2026"]],
        [["Tính đến ngày 13/02/2026, phấn đấu đến ngày 31/03/2026 hoàn thành"]],
        [["BÁO CÁO THÁNG 02 NĂM 2026"], ["Tính đến ngày 13/2"]],
        [["An Giang, ngày 15 tháng 02 năm 2026"], ["Tính đến 13/02"]],
        [["An Giang, ngày 15 tháng 02 năm 2026"], ["Tính đến ngày 13/02/2026"]],
    ],
)
def test_the_day_of_the_figures_in_a_title_block(read: Reader, rows: list[list[CellValue]]) -> None:
    envelope, faults = read.block(["UBND TỈNH AN GIANG"], *rows)
    assert (envelope.as_of_on, faults) == (DAY, [])


@pytest.mark.parametrize(
    "rows",
    [
        [["An Giang, ngày 13 tháng 02 năm 2026"]],
        [["Ngày lập:", date(2026, 2, 13)]],
        [["Tính đến ngày 13/2"]],
        [["Báo cáo năm 2025"], ["Kế hoạch năm 2026"], ["Tính đến ngày 13/2"]],
        [["Báo cáo tháng 02/2026"]],
        [["Kỳ báo cáo: tháng 02/2026"]],
    ],
)
def test_other_dates_are_not_the_day_of_the_figures(read: Reader, rows: list[list[CellValue]]) -> None:
    envelope, faults = read.block(["UBND TỈNH AN GIANG"], *rows)
    assert (envelope.as_of_on, [fault.rule for fault in faults]) == (None, ["day_missing"])


@pytest.mark.parametrize(
    "named",
    [
        "91-an-giang.xlsx",
        "BC_AnGiang_13022026.xlsx",
        "bao cao tinh An Giang ngay 13.02.2026.xls",
        "Báo cáo An Giang (1).xlsx",
        "91_2026-02-13_sua.xlsx",
        "AN GIANG - đính chính lần 2.xlsx",
        "kien giang 20260213.xlsx",
        "An Giang/bao cao.xlsx",
        "2026-02-13/91-an-giang.xlsx",
        "An Giang/2026-02-13/bao cao.xlsx",
    ],
)
def test_the_province_in_the_name_where_the_file_says_none(read: Reader, named: str) -> None:
    envelope, faults = read(AS_OF, named=named)
    assert envelope.province_code == "91"
    assert [fault.rule for fault in faults] == ["taken_from_name"]


@pytest.mark.parametrize(
    "named", ["01-bieu tong hop.xlsx", "91.xlsx", "An Giang - Ca Mau.xlsx", "13.02.2026.xlsx", "Hà Nội mới/x.xlsx"]
)
def test_a_name_that_names_no_one_province_says_nothing(read: Reader, named: str) -> None:
    envelope, faults = read(AS_OF, named=named)
    assert (envelope.province_code, [fault.rule for fault in faults]) == ("", ["province_missing"])


@pytest.mark.parametrize("named", ["ca-mau.xlsx", "Cà Mau/bao cao.xlsx"])
def test_another_province_in_the_name_is_asked_about(read: Reader, named: str) -> None:
    envelope, (fault,) = read("UBND TỈNH AN GIANG", AS_OF, named=named)
    assert (envelope.province_code, fault.rule) == ("", "province_conflict")
    assert "tên tệp hoặc thư mục: " in fault.given


@pytest.mark.parametrize(
    "named",
    [
        "bao cao 2026-02-13.xlsx",
        "bao cao 13.02.2026.xls",
        "bc_13022026.xlsx",
        "bc-20260213.xlsx",
        "báo cáo ngày 13 tháng 2 năm 2026.xlsx",
        "2026-02-13/bao cao.xlsx",
    ],
)
def test_the_day_in_the_name_where_the_file_says_none(read: Reader, named: str) -> None:
    envelope, (fault,) = read("UBND TỈNH AN GIANG", named=named)
    assert (envelope.as_of_on, fault.rule, fault.given) == (DAY, "taken_from_name", "13/02/2026")


@pytest.mark.parametrize(
    "named",
    [
        "bao cao 13.02.xlsx",
        "bao cao 2025-06-30.xlsx",
        "bao cao 2026-02-15.xlsx",
        "bao cao 31.02.2026.xlsx",
        "bao cao 11.02.2026 va 12.02.2026.xlsx",
        "2026-02-14/bao cao.xlsx",
    ],
)
def test_a_name_without_one_possible_day_says_nothing(read: Reader, named: str) -> None:
    """Before the reform, after the file was received, not in the calendar, two of them, the folder of the day."""
    envelope, (fault,) = read("UBND TỈNH AN GIANG", named=named)
    assert (envelope.as_of_on, fault.rule) == (None, "day_missing")


def test_the_day_of_sending_in_the_name_is_only_remarked_on(read: Reader) -> None:
    envelope, (fault,) = read("UBND TỈNH AN GIANG", AS_OF, named="An Giang 14.02.2026.xlsx")
    assert (envelope.as_of_on, fault) == (
        DAY,
        Fault("day_in_name_differs", given="14/02/2026", expected="13/02/2026"),
    )


def test_a_day_in_the_name_before_that_of_the_title_is_not_the_day_of_sending(read: Reader) -> None:
    envelope, (fault,) = read("UBND TỈNH AN GIANG", AS_OF, named="An Giang 31.01.2026.xlsx")
    assert (envelope.as_of_on, fault.rule) == (None, "day_conflict")
    assert "31/01/2026 (tên tệp)" in fault.given


def test_a_folder_s_day_contradicts_nobody(read: Reader) -> None:
    envelope, (fault,) = read("UBND TỈNH AN GIANG", AS_OF, named="2026-01-31/bao cao.xlsx")
    assert (envelope.as_of_on, fault.rule) == (DAY, "day_in_name_differs")


@pytest.mark.parametrize(
    ("title", "mark", "named", "issue_no"),
    [
        ("", "", "bao cao.xlsx", None),
        ("", "1", "bao cao.xlsx", 1),
        ("", "3", "bao cao lan 2.xlsx", 3),
        ("", "1", "báo cáo lần 2.xlsx", 2),
        ("BÁO CÁO (lần 2)", "1", "bao cao.xlsx", 2),
        ("", "", "bao cao (2).xlsx", None),
    ],
)
def test_the_number_of_issue(read: Reader, title: str, mark: str, named: str, issue_no: int | None) -> None:
    envelope, _ = read(AS_OF, title, marks={"province_code": "91", "issue_no": mark}, named=named)
    assert envelope.issue_no == issue_no


@pytest.mark.parametrize(
    "title",
    ["TỔNG HỢP CỦA 34 TỈNH, THÀNH PHỐ", "Biểu tổng hợp các tỉnh, thành phố", "SỐ LIỆU TOÀN QUỐC"],
)
def test_a_compilation_of_all_provinces_needs_no_province(read: Reader, title: str) -> None:
    envelope, faults = read(title, AS_OF)
    assert (envelope.province_code, envelope.is_national, faults) == ("", True, [])


@pytest.mark.parametrize(
    ("title", "units", "is_national"),
    [
        ("BỘ NỘI VỤ", ["Hà Nội", "Cà Mau"], True),
        ("BỘ NỘI VỤ", ["Xã Sơn Hà", "Xã Sơn Hạ"], False),
        ("BỘ NỘI VỤ\nGửi: UBND tỉnh Đồng Tháp", ["Phường Cao Lãnh", "Kon Tum"], False),
        ("BÁO CÁO", ["Hà Nội", "Tỉnh Cà Mau", "TP. Huế", "An Giang", "Gia Lai"], True),
        ("BÁO CÁO", ["Hà Nội", "Tỉnh Cà Mau", "TP. Huế", "An Giang", "Kiên Giang"], False),
        ("BÁO CÁO", ["Xã Sơn Hà", "Xã Sơn Hạ"], False),
    ],
)
def test_provinces_in_the_rows_make_a_compilation(
    reference: Reference, names: ProvinceNames, title: str, units: list[str], is_national: bool
) -> None:
    rows: list[list[CellValue]] = [[f"{title}\n{AS_OF}"], ["STT", "Tên đơn vị", "Số xã"]]
    rows += [[float(number), unit, 1.0] for number, unit in enumerate(units, start=1)]
    envelope, faults = read_envelope(FileCells("xlsx", [sheet_of(rows)]), arrived("bao cao.xlsx"), names, reference)
    assert envelope.is_national is is_national
    assert [fault.rule for fault in faults] == ([] if is_national else ["province_missing"])


@pytest.mark.parametrize("title", ["(Kèm theo Công văn số 5 của Bộ Nội vụ)", "Theo văn bản gửi 34 tỉnh, thành phố"])
def test_a_letter_of_the_ministry_makes_no_compilation(read: Reader, title: str) -> None:
    envelope, faults = read(title, AS_OF)
    assert (envelope.is_national, [fault.rule for fault in faults]) == (False, ["province_missing"])


def test_a_form_of_the_ministry_filled_in_by_a_province_is_the_province_s(read: Reader) -> None:
    envelope, faults = read("BỘ NỘI VỤ\nTỔNG HỢP 34 TỈNH, THÀNH PHỐ", "UBND TỈNH AN GIANG", AS_OF)
    assert (envelope.province_code, envelope.is_national, faults) == ("91", False, [])


def test_another_version_of_the_form_is_remarked_on(read: Reader) -> None:
    _, (fault,) = read(AS_OF, marks={"province_code": "91", "version": "0"})
    assert fault == Fault("form_version_differs", given="0", expected="1")


@pytest.mark.parametrize(
    ("titles", "decided", "left"),
    [
        (("UBND TỈNH AN GIANG", "UBND TỈNH CÀ MAU", AS_OF), {"province_code": "91"}, []),
        ((AS_OF,), {"province_code": "91"}, []),
        (("UBND TỈNH AN GIANG",), {"as_of_on": DAY}, []),
        (("UBND TỈNH AN GIANG", AS_OF, "Tính đến ngày 15/02/2026"), {"as_of_on": DAY}, []),
        ((), {"province_code": "91"}, ["day_missing"]),
    ],
)
def test_what_a_person_has_decided_takes_the_place_of_what_the_file_says(
    read: Reader, reference: Reference, titles: tuple[str, ...], decided: dict[str, Any], left: list[str]
) -> None:
    decision = replace(
        Decision("ab" * 32, "", None, "", "Sở Nội vụ An Giang xác nhận", date(2026, 2, 14)),
        **decided,
    )
    envelope, faults = read(*titles, reference=replace(reference, decisions=(decision,)))
    assert envelope.province_code == "91"
    assert envelope.as_of_on == (None if left else DAY)
    assert [fault.rule for fault in faults] == [*left, "decided_by_person"]
    assert faults[-1].detail == "Sở Nội vụ An Giang xác nhận"
