"""Sentences of the page Truy vấn SQL: what may be asked, what came of it, what went wrong and what to do."""

from __future__ import annotations

from dashboard.console.sandbox import AT_ONCE, LONGEST_QUERY, Fault, Limits, Result
from dashboard.language import Language
from dashboard.view import View

SECONDS_DECIMALS = 2


def opening(tables: int, columns: int, questions: int, limits: Limits, language: Language) -> list[str]:
    """What can be asked, and within which bounds."""
    _ = language.text
    return [
        _(
            "Hỏi thẳng số liệu đã công bố bằng một câu SELECT: {tables} bảng, {columns} cột, "
            "{questions} câu hỏi thường gặp đã viết sẵn."
        ).format(
            tables=language.number(tables), columns=language.number(columns), questions=language.number(questions)
        ),
        _("Chỉ đọc, không đổi được gì; mỗi câu chạy tối đa {seconds} giây.").format(seconds=limits.seconds),
    ]


def result(found: Result, language: Language) -> str:
    """How many rows and columns, how long it took, whether there were more."""
    _, _n = language.text, language.plural
    rows = _n("{rows} dòng", len(found.rows)).format(rows=language.number(len(found.rows)))
    columns = _n("{columns} cột", len(found.columns)).format(columns=language.number(len(found.columns)))
    said = _("{rows}, {columns}, {seconds} giây.").format(
        rows=rows, columns=columns, seconds=language.number(found.seconds, SECONDS_DECIMALS)
    )
    if found.cut_by == "row_limit":
        said += " " + _("Còn dòng nữa: tăng “Số dòng tối đa” hoặc thu hẹp câu hỏi.")
    if found.cut_by == "byte_limit":
        said += " " + _("Kết quả quá lớn nên bị cắt: hãy chọn ít cột hơn hoặc thu hẹp câu hỏi.")
    return said


def origin(view: View) -> str:
    """Which figures a result rests on: the newest day, the version, whether they are simulated."""
    _ = view.language.text
    said = _("Số liệu đến {day}, phiên bản {version}.").format(
        day=view.language.day(view.as_of_on), version=view.published.version
    )
    return said + (" " + _("Dữ liệu mô phỏng.") if view.is_simulated else "")


def fault(found: Fault, limits: Limits, language: Language) -> str:
    """What went wrong, and what to do."""
    _ = language.text
    own = {
        "busy": _(
            "Đang có {count} câu truy vấn chạy cùng lúc, là mức tối đa của hệ thống. Hãy chạy lại sau ít giây."
        ).format(count=AT_ONCE),
        "too_long": _("Câu truy vấn dài quá {count} ký tự. Hãy viết ngắn lại.").format(
            count=language.number(LONGEST_QUERY)
        ),
        "timed_out": _(
            "Câu truy vấn chạy quá {seconds} giây nên đã bị dừng. Hãy lọc bớt (theo tỉnh, theo ngày) rồi chạy lại."
        ).format(seconds=limits.seconds),
        "stopped": _("Đã dừng theo yêu cầu."),
        "memory": _("Câu truy vấn cần nhiều bộ nhớ hơn mức cho phép. Hãy lọc bớt hoặc gộp trước khi lấy ra."),
        "not_one_select": _(
            "Chỉ nhận đúng một câu SELECT (hoặc WITH … SELECT). Không nhận nhiều câu một lúc, "
            "không nhận câu làm thay đổi dữ liệu hay thiết lập."
        ),
        "broken": _("Tiến trình truy vấn dừng bất thường, không có kết quả. Hãy thử viết câu theo cách khác."),
    }
    if found.kind in own:
        return own[found.kind]
    said = {
        "ParserException": _("Câu lệnh sai cú pháp."),
        "CatalogException": _("Không có bảng, cột hoặc hàm như vậy. Xem danh sách bảng bên cạnh."),
        "BinderException": _("Tên cột không có, không rõ thuộc bảng nào, hoặc dùng sai chỗ."),
        "ConversionException": _("Không đổi được một giá trị sang kiểu được yêu cầu."),
        "PermissionException": _(
            "Không được phép: từ đây chỉ đọc được cơ sở dữ liệu đã công bố, không đọc tệp hay mạng."
        ),
    }.get(found.kind, _("Câu truy vấn không chạy được."))
    if found.line:
        said += " " + _("Lỗi ở dòng {line}.").format(line=found.line)
    return said


def chart_alt(kind: str, across: str, value: str, language: Language) -> str:
    """What a screen reader says of the quick chart."""
    _ = language.text
    shape = {"bar": _("Biểu đồ cột"), "line": _("Biểu đồ đường"), "dots": _("Biểu đồ điểm")}[kind]
    return _("{shape}: {value} theo {across}").format(shape=shape, value=value, across=across)
