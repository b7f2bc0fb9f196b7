"""One file for every rule of the table, each wrong in one way and right in all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from pipelines.form.layout import MARKS_SHEET
from pipelines.form.values import Departures
from tests.gate.legacy_fonts import to_tcvn3
from tests.gate.reports import (
    BA_DINH,
    CAM_THANH,
    HA_NOI,
    LY_SON,
    QUANG_NGAI,
    SON_HA,
    SON_HA_TOO,
    Desk,
    Given,
    Sent,
    edited,
)
from tests.readers.workbooks import book, packed, saved, unpacked

RIGHT: Given = {
    **{(unit, "staff_allocated"): 40 for unit in (CAM_THANH, SON_HA, SON_HA_TOO, LY_SON)},
    **{(unit, "staff_present"): 30 for unit in (CAM_THANH, SON_HA, SON_HA_TOO, LY_SON)},
    (SON_HA, "obstacles_raised"): 5,
    (SON_HA, "military_posts_required"): 9,
    (SON_HA, "military_commander_appointed"): 1,
    (SON_HA, "office_adequate"): 1,
    (SON_HA, "dossiers_received"): 100,
    (QUANG_NGAI, "extension_centre_decided"): 1,
    (QUANG_NGAI, "procedures_to_review"): 200,
}

Files = Callable[[Desk], Sequence[Sent]]


@dataclass(frozen=True)
class Trip:
    """Files of which the last breaks the rule at `place`; `given` and `words` stand in the fault and its message."""

    rule: str
    files: Files
    place: str
    given: str
    words: str


def _departing(departures: Departures) -> Files:
    """The right report, in a form that departs from ours."""
    return lambda desk: [desk.report(RIGHT, departures=departures)]


def _ragged(_desk: Desk) -> list[bytes]:
    """A text table whose thousands are grouped by the very sign that separates its columns."""
    text = """UBND TỈNH QUẢNG NGÃI
Tính đến ngày 13/02/2026
STT,Mã xã,"Tên xã, phường, đặc khu",Biên chế giao,CBCC hiện có
1,21025,Phường Cẩm Thành,40,30
2,21289,Xã Sơn Hà,1,040,30
"""
    return [text.encode()]


def _with_part(name: str) -> Files:
    """The right report with one more part in its archive."""
    return lambda desk: [packed({**unpacked(desk.report(RIGHT)), name: b""})]


def _dated(as_of_on: date) -> Files:
    return lambda desk: [desk.report(RIGHT, as_of_on=as_of_on)]


def _done(day: date) -> Files:
    return lambda desk: [desk.report(RIGHT, done_on={"extension_centre_decided": day})]


def _values(given: Given) -> Files:
    return lambda desk: [desk.report({**RIGHT, **given})]


def own_table(workbook: Workbook, title: str, *rows: Sequence[object]) -> None:
    """A table of the sender's own below the title block, in the place of the form's sheets."""
    sheet = workbook.create_sheet(title)
    for row in workbook["Biểu 01"].iter_rows(max_row=6, values_only=True):
        sheet.append(row)
    sheet.append([])
    for cells in rows:
        sheet.append(list(cells))
    for name in [name for name in workbook.sheetnames if name != title]:
        del workbook[name]


def _another_form(workbook: Workbook) -> None:
    own_table(workbook, "Thư viện", ("STT", "Tên xã", "Số thư viện"), (1, "Xã Sơn Hà", 2))


def _scheme_by_commune(workbook: Workbook) -> None:
    own_table(workbook, "Khuyến nông", ("Tên xã", "Đề án khuyến nông"), ("Xã Sơn Hà", 1))


def _both_ticked(workbook: Workbook) -> None:
    heading = ("STT", "Nội dung", "Đã thực hiện", "Chưa thực hiện")
    own_table(workbook, "Khuyến nông", heading, (1, "Quy chế phối hợp khuyến nông", "x", "x"))


def _two_figures(workbook: Workbook) -> None:
    heading = ("STT", "Nội dung", "Thực hiện", "Lũy kế")
    own_table(workbook, "Thủ tục", heading, (1, "TTHC đã rà soát", 500, 600))


def _planned_section(workbook: Workbook) -> None:
    heading = ("STT", "Tên xã", "Biên chế giao")
    own_table(workbook, "NS", heading, (1, "Xã Sơn Hà", 40), ("II", "Dự kiến bổ sung", None), (1, "Xã Sơn Hạ", 40))


def _beside(workbook: Workbook) -> None:
    workbook["Biểu 04"]["R13"] = 77


def _not_done(workbook: Workbook) -> None:
    workbook["Biểu 01"]["E13"], workbook["Biểu 01"]["F13"] = 0, "01/02/2026"


def _sum_of_communes(workbook: Workbook) -> None:
    sheet = workbook["Biểu 01"]
    sheet["B13"], sheet["C13"] = "staff_present", "Số cán bộ, công chức cấp xã hiện có"


def _merged(workbook: Workbook) -> None:
    workbook["Biểu 04"].merge_cells("E13:F13")


def _hidden_row(workbook: Workbook) -> None:
    workbook["Biểu 04"].row_dimensions[13].hidden = True


def _hidden_column(workbook: Workbook) -> None:
    workbook["Biểu 04"].column_dimensions["E"].hidden = True


def _hidden_sheet(workbook: Workbook) -> None:
    workbook["Biểu 04"].sheet_state = "hidden"


def _typed(place: str, value: str) -> Files:
    """A value typed over one cell of the right report."""
    return _edited(lambda workbook: _write(workbook, place, value))


def _edited(edit: Callable[[Workbook], object]) -> Files:
    return lambda desk: [edited(desk.report(RIGHT), edit)]


def _write(workbook: Workbook, place: str, value: str | int) -> Cell:
    sheet, address = place.split("!")
    cell: Cell = workbook[sheet][address]
    cell.value = value
    return cell


def _write_everywhere(workbook: Workbook, address: str, value: str) -> None:
    for sheet in workbook.worksheets:
        if sheet.title != MARKS_SHEET:
            _write(workbook, f"{sheet.title}!{address}", value)


def _nameless(workbook: Workbook) -> None:
    del workbook[MARKS_SHEET]
    _write_everywhere(workbook, "A1", "UBND TỈNH …………")


def _error(workbook: Workbook) -> None:
    _write(workbook, "Biểu 04!D11", "#REF!").data_type = "e"


def _without_day(workbook: Workbook) -> None:
    """Takes the line of the day out of every sheet."""
    for sheet in workbook:
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.lower().startswith("tính đến ngày"):
                    cell.value = None


def _earlier_and_now(desk: Desk) -> list[bytes]:
    now = {**RIGHT, (SON_HA, "obstacles_raised"): 4}
    return [desk.report(RIGHT, as_of_on=date(2026, 1, 31)), desk.report(now)]


def _twice(desk: Desk) -> list[bytes]:
    return [desk.report(RIGHT, issue_no=2)] * 2


def _labels(unit: str, code: str, name: str) -> Departures:
    return Departures(unit_labels={("Biểu 04", unit): (code, name)})


def _other_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("Ghi chép").append(["Danh bạ"])


def _in_an_old_font(workbook: Workbook) -> None:
    """The names of communes as `.VnTime` stores them."""
    for cell in workbook["Biểu 04"]["C"][10:]:
        if isinstance(cell, Cell):
            cell.value = to_tcvn3(str(cell.value or ""))


FILE = "tệp"
OTHER_POSTS = (
    (SON_HA, "military_deputy_commander_appointed"),
    (SON_HA, "military_deputy_political_officer_appointed"),
    (SON_HA, "military_assistants"),
    (SON_HA, "military_technical_staff"),
)
TRIPS = (
    Trip("unreadable_file", lambda desk: [b""], FILE, "tệp rỗng (0 byte)", "Không đọc được tệp: tệp rỗng (0 byte)."),
    Trip("legacy_font", _edited(_in_an_old_font), "Biểu 04", "TCVN3", "ô gõ bằng phông cũ TCVN3"),
    Trip("unsupported_format", lambda desk: [b"{\\rtf1}"], FILE, "RTF", "Chưa nhận được tệp dạng văn bản RTF (.rtf)."),
    Trip("scanned_file", lambda desk: [b"\x89PNG"], FILE, "ảnh chụp hoặc ảnh quét", "không có chữ để đọc"),
    Trip("packed_file", lambda desk: [b"Rar!\x1a\x07"], FILE, ".rar", "Chưa nhận được tệp nén (.rar, .7z, .gz)."),
    Trip("hostile_file", _with_part("../../ra ngoài.xml"), FILE, "trỏ ra ngoài", "cấu trúc không an toàn"),
    Trip("ragged_row", _ragged, "CSV!A5", "2,21289,Xã Sơn Hà,1,040,30", "6 ô, bảng chỉ có 5 cột"),
    Trip("ignored_content", _with_part("xl/vbaProject.bin"), FILE, "", "macro"),
    Trip("file_too_large", lambda desk: [saved(book({"XFD1048576": 1}))], FILE, "", "tối đa 2.000.000 ô cho cả tệp"),
    Trip("unknown_form", _departing(Departures(marks={"form": "ABC"})), FILE, "ABC", "mã biểu ABC"),
    Trip("province_missing", _edited(_nameless), FILE, "", "Không biết tệp này của tỉnh, thành phố nào."),
    Trip(
        "province_conflict",
        _departing(Departures(marks={"province_code": "12"})),
        FILE,
        "mã trong biểu: 12; UBND TỈNH QUẢNG NGÃI (Biểu 01!A1)",
        "mã trong biểu: 12; UBND TỈNH QUẢNG NGÃI (Biểu 01!A1)",
    ),
    Trip(
        "day_missing",
        _edited(lambda workbook: _write_everywhere(workbook, "A5", "Tính đến ngày …/…/……")),
        FILE,
        "",
        "Không biết số liệu tính đến ngày nào.",
    ),
    Trip(
        "day_conflict", _typed("Biểu 03!A5", "Tính đến ngày 15/02/2026"), FILE, "13/02/2026", "15/02/2026 (Biểu 03!A5)"
    ),
    Trip("day_in_future", _dated(date(2026, 2, 15)), FILE, "15/02/2026", "15/02/2026, là ngày chưa đến"),
    Trip(
        "day_before_reform",
        _edited(lambda workbook: _write_everywhere(workbook, "A5", "Tính đến ngày 15/06/2025")),
        FILE,
        "15/06/2025",
        "15/06/2025",
    ),
    Trip("day_not_in_calendar", _dated(date(2026, 2, 10)), FILE, "10/02/2026", "10/02/2026"),
    Trip("duplicate_file", _twice, FILE, "", "Tệp này đã nhận trước đây: "),
    Trip("missing_sheet", _departing(Departures(missing_sheets=frozenset({"Biểu 06"}))), FILE, "", "Biểu 06"),
    Trip("unknown_sheet", _edited(_other_sheet), "Ghi chép", "Ghi chép", "“Ghi chép” không thuộc mẫu biểu"),
    Trip("missing_column", _typed("Biểu 04!G8", ""), "Biểu 04", "", "Số lao động hợp đồng chuyên môn nghiệp vụ"),
    Trip(
        "unknown_column", _typed("Biểu 06!D8", "Diện tích"), "Biểu 06", "Diện tích", "› Diện tích” không có trong mẫu"
    ),
    Trip("duplicate_column", _typed("Biểu 04!E8", "Biên chế giao"), "Biểu 04!E11", "30", "Có 2 cột cùng là “Biên chế"),
    Trip(
        "unknown_unit",
        _departing(_labels(SON_HA, "99919", "Xã Sơn Ha")),
        "Biểu 04!E13",
        "30",
        "“99919 Xã Sơn Ha” trong danh mục",
    ),
    Trip(
        "unit_of_other_province",
        _departing(_labels(SON_HA, BA_DINH, "Phường Ba Đình")),
        "Biểu 04!E13",
        "30",
        "thuộc Thành phố Hà Nội, không thuộc Tỉnh Quảng Ngãi",
    ),
    Trip(
        "unit_name_differs",
        _departing(_labels(SON_HA, SON_HA, "Xã Sơn Hàa")),
        "Biểu 04!C13",
        "Xã Sơn Hàa",
        "mã là của 21289 Xã Sơn Hà",
    ),
    Trip(
        "unit_conflict",
        _departing(_labels(SON_HA, SON_HA, "Xã Sơn Hạ")),
        "Biểu 04!E13",
        "30",
        "Mã là của “21289 Xã Sơn Hà” nhưng tên là của “21292 Xã Sơn Hạ”",
    ),
    Trip(
        "duplicate_unit",
        lambda desk: [
            desk.report({**RIGHT, (SON_HA_TOO, "staff_present"): 31}, departures=_labels(SON_HA_TOO, SON_HA, ""))
        ],
        "Biểu 04!E13",
        "30 (Biểu 04!E13); 31 (Biểu 04!E14)",
        "Xã Sơn Hà có nhiều hàng với giá trị khác nhau của “Số cán bộ, công chức cấp xã hiện có”",
    ),
    Trip(
        "unit_old_name", _typed("Biểu 02!A1", "UBND TỈNH KON TUM"), "Biểu 02!A1", "UBND TỈNH KON TUM", "Tỉnh Quảng Ngãi"
    ),
    Trip(
        "unit_not_counted",
        lambda desk: [desk.report({(BA_DINH, "pvhcc_commune_operating"): 1}, province=HA_NOI)],
        "Biểu 02!E11",
        "1",
        "Phường Ba Đình không thuộc diện tính",
    ),
    Trip(
        "unknown_indicator",
        _edited(lambda workbook: [_write(workbook, f"Biểu 01!{at}", "Số máy tính") for at in ("B13", "C13")]),
        "Biểu 01!E13",
        "1",
        "Không có chỉ tiêu “Số máy tính”",
    ),
    Trip(
        "indicator_conflict",
        _typed("Biểu 01!C13", "Số thủ tục hành chính phải rà soát"),
        "Biểu 01!E13",
        "1",
        "mã “extension_centre_decided”, tên “Số thủ tục hành chính phải rà soát”",
    ),
    Trip(
        "duplicate_indicator",
        _edited(
            lambda workbook: [
                _write(workbook, "Biểu 01!B14", "extension_centre_decided"),
                _write(workbook, "Biểu 01!C14", ""),
                _write(workbook, "Biểu 01!E14", 0),
            ]
        ),
        "Biểu 01!E13",
        "1 (Biểu 01!E13); 0 (Biểu 01!E14)",
        "có nhiều hàng với giá trị khác nhau: 1 (Biểu 01!E13); 0 (Biểu 01!E14)",
    ),
    Trip("new_shape", _edited(_another_form), "Thư viện", "Thư viện", "“số thư viện”"),
    Trip("nothing_reported", lambda desk: [desk.report()], FILE, "", "mọi ô số liệu đều trống"),
    Trip("wrong_level_commune", _edited(_scheme_by_commune), "Khuyến nông!B9", "1", "không nhận theo từng xã"),
    Trip("wrong_level_province", _edited(_sum_of_communes), "Biểu 01!E13", "1", "là số gộp của Tỉnh Quảng Ngãi"),
    Trip("merged_value", _edited(_merged), "Biểu 04!E13", "30", "được gộp qua nhiều hàng"),
    Trip("several_figures", _edited(_two_figures), "Thủ tục!C9", "500", "“Thực hiện” ghi 500; “Lũy kế” ghi 600"),
    Trip("other_subject", _edited(_planned_section), "NS!C11", "40", "thuộc mục “Dự kiến bổ sung”"),
    Trip("no_heading", _edited(_beside), "Biểu 04", "Biểu 04!R13", "Có 1 ô số liệu không có tiêu đề"),
    Trip("done_on_without_done", _edited(_not_done), "Biểu 01!F13", "01/02/2026", "ghi chưa xong nhưng có ngày"),
    Trip("scaled_unit", _typed("Biểu 04!A6", "Đvt: nghìn người"), "Biểu 04!E13", "30", "“Đvt: nghìn người”: 30 đã làm"),
    Trip("tick_conflict", _edited(_both_ticked), "Khuyến nông!C9", "", "được đánh dấu ở cả “Đã thực hiện”"),
    Trip("hidden_rows", _edited(_hidden_row), "Biểu 04", "13", "Có 1 hàng bị ẩn"),
    Trip("hidden_columns", _edited(_hidden_column), "Biểu 04", "E", "Cột bị ẩn vẫn được đọc: E “"),
    Trip("hidden_sheet", _edited(_hidden_sheet), "Biểu 04", "Biểu 04", "Trang tính “Biểu 04” bị ẩn"),
    Trip("not_a_number", _values({(SON_HA, "staff_contracted"): "đang"}), "Biểu 04!G13", "đang", "“đang” không phải"),
    Trip(
        "ambiguous_number",
        _values({(SON_HA, "dossiers_received"): 3.193}),
        "Biểu 02!G13",
        "3,193",
        "Không rõ “3,193” là 3193 hay 3 phẩy 193.",
    ),
    Trip(
        "percent_for_count", _typed("Biểu 04!G13", "41,6%"), "Biểu 04!G13", "41,6%", "Ô ghi 41,6%, là tỷ lệ phần trăm"
    ),
    Trip("unit_in_cell", _typed("Biểu 04!G13", "12 người"), "Biểu 04!G13", "12 người", "đã lấy phần số"),
    Trip("formula_without_value", _typed("Biểu 04!D11", "=D13+1"), "Biểu 04!D11", "=D13+1", "kết quả: =D13+1."),
    Trip("error_value", _edited(_error), "Biểu 04!D11", "#REF!", "#REF!"),
    Trip("not_a_flag", _values({(SON_HA, "office_adequate"): 2}), "Biểu 05!D13", "2", "“2” không phải 1 hoặc 0."),
    Trip(
        "not_whole", _values({(SON_HA, "staff_contracted"): 2.5}), "Biểu 04!G13", "2,5", "2,5 không phải là số nguyên."
    ),
    Trip(
        "out_of_bounds",
        _values({(SON_HA, "staff_contracted"): 101}),
        "Biểu 04!G13",
        "101",
        "101 nằm ngoài khoảng cho phép của chỉ tiêu “Số lao động hợp đồng chuyên môn nghiệp vụ”.",
    ),
    Trip(
        "exceeds_companion",
        _values({(SON_HA, "staff_present"): 41}),
        "Biểu 04!E13",
        "41",
        "là 41, lớn hơn “Biên chế cán bộ, công chức cấp xã được giao” (40).",
    ),
    Trip(
        "parts_do_not_add_up",
        _values({(SON_HA, "military_posts_filled"): 4, **dict.fromkeys(OTHER_POSTS, 0)}),
        "Biểu 03!E13",
        "4",
        "ghi 4, cộng các phần được 1.",
    ),
    Trip(
        "total_does_not_add_up",
        _departing(Departures(totals={"staff_present": 125})),
        "Biểu 04!E17",
        "125",
        "ghi 125, cộng các hàng được 120.",
    ),
    Trip("cumulative_fell", _earlier_and_now, "Biểu 06!D13", "4", "giảm từ 5 xuống 4."),
    Trip(
        "date_not_readable",
        _typed("Biểu 01!F13", "31/02/2026"),
        "Biểu 01!F13",
        "31/02/2026",
        "Không đọc được ngày “31/02/2026”",
    ),
    Trip("year_from_title", _typed("Biểu 01!F13", "13/2"), "Biểu 01!F13", "13/2", "hiểu là 13/02/2026"),
    Trip(
        "done_after_report",
        _done(date(2026, 2, 14)),
        "Biểu 01!F13",
        "14/02/2026",
        "14/02/2026 sau ngày tính số liệu 13/02/2026",
    ),
    Trip(
        "done_too_early",
        _done(date(1926, 2, 13)),
        "Biểu 01!F13",
        "13/02/1926",
        "Ngày hoàn thành 13/02/1926 quá sớm",
    ),
    Trip(
        "taken_from_name",
        lambda desk: [
            ("Quảng Ngãi 13.02.2026.xlsx", edited(desk.report(RIGHT), _without_day)),
        ],
        "tệp",
        "13/02/2026",
        "lấy theo tên tệp hoặc thư mục: ngày 13/02/2026.",
    ),
    Trip(
        "day_in_name_differs",
        lambda desk: [("Quảng Ngãi 14.02.2026.xlsx", desk.report(RIGHT))],
        "tệp",
        "14/02/2026",
        "ghi ngày 14/02/2026, trong biểu ghi tính đến ngày 13/02/2026",
    ),
    Trip(
        "form_version_differs",
        _departing(Departures(marks={"version": "0"})),
        "tệp",
        "0",
        "phiên bản 0, phiên bản hiện hành là 1",
    ),
    Trip(
        "decided_by_person",
        lambda desk: [desk.report(RIGHT, departures=Departures(marks={"province_code": "12"}))],
        "tệp",
        "tỉnh 51",
        "đã xác định tệp này là tỉnh 51. Lý do: Sở Nội vụ Quảng Ngãi xác nhận.",
    ),
    Trip(
        "older_issue_after_newer",
        lambda desk: [desk.report(RIGHT, issue_no=901), desk.report(RIGHT, issue_no=900)],
        "tệp",
        "900",
        "Tệp ghi là lần 900, nhưng đã nhận bản lần 901",
    ),
    Trip(
        "value_changed",
        lambda desk: [desk.report(RIGHT), desk.report({**RIGHT, (SON_HA, "staff_present"): 31})],
        "Biểu 04!E13",
        "31",
        "ghi 30, lần này ghi 31; lấy số mới.",
    ),
    Trip(
        "completion_withdrawn",
        lambda desk: [desk.report(RIGHT), desk.report({**RIGHT, (SON_HA, "office_adequate"): 0})],
        "Biểu 05!D13",
        "0",
        "báo cáo đã hoàn thành, lần này ghi chưa; lấy số mới và đề nghị nêu lý do.",
    ),
    Trip(
        "duplicate_not_taken",
        lambda desk: [desk.report(RIGHT)[:4000], desk.report(RIGHT)[:4000]],
        "tệp",
        "",
        "khi đó chưa nhận được số liệu nào) nên không có gì được nhận thêm.",
    ),
)
