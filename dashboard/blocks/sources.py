"""The blocks of the page Nguồn và phương pháp that show sources; the method is in `method.py`."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from dashboard import exports, links, markup, pages, parts
from dashboard.blocks import filters
from dashboard.language import Language
from dashboard.reference_words import reference_text, stored_document
from dashboard.tables import Columns, prepared_once, show, table
from dashboard.view import View
from dashboard.vocabulary import indicator_name, submission_word
from dashboard.warehouse import Row

PAGE_ROWS = 100


def opening(view: View) -> list[str]:
    """How many published figures and files the screens rest on, and how many agree."""
    _, _n = view.language.text, view.language.plural
    rows = view.published.rows("reconciliation")
    compared = [row for row in rows if row["difference"] is not None]
    equal = [row for row in compared if row["difference"] == 0]
    files = view.run["submission_count"]
    said = [
        _n("Các con số dựa trên {count} tệp báo cáo đã nhận.", files).format(count=view.language.number(files))
        if files
        else _("Chưa nhận tệp báo cáo nào; chỉ có số liệu đã công bố.")
    ]
    if compared:
        said.append(
            _(
                "Trong {all} số đã công bố, {compared} số đối chiếu được với báo cáo: "
                "{equal} số khớp, {different} số chênh."
            ).format(all=len(rows), compared=len(compared), equal=len(equal), different=len(compared) - len(equal))
        )
    return said


def scope_word(row: Row, language: Language) -> str:
    """What a figure covers."""
    _ = language.text
    if row["scope"] == "national":
        return _("Cả nước")
    if row["scope"] == "national_province_count":
        return _("Số tỉnh, thành phố")
    return str(row["short_name"] or row["scope"])


def named(rows: list[Row], language: Language) -> pd.DataFrame:
    """Rows as a frame with the indicator's name and the scope in words."""
    frame = pd.DataFrame(rows)
    frame["name"] = [indicator_name(row, language) if row["name_vi"] else "" for row in rows]
    frame["scope_word"] = [scope_word(row, language) for row in rows]
    return frame


def published_figures(view: View) -> None:
    """Figures that authorities have published, each with who said it, when, and where it can be read."""
    _ = view.language.text
    rows = view.published.rows("published_figures")
    frame = named(rows, view.language)
    frame["place"] = [row["source_file"] if str(row["source_file"]).startswith("https://") else None for row in rows]
    frame["document"] = [stored_document(row["source_file"], view.language) for row in rows]
    for column in ("publisher", "note"):
        frame[column] = [reference_text(row[column], view.language) for row in rows]
    table(
        frame,
        {
            "as_of_on": (_("Tính đến"), "day"),
            "name": (_("Chỉ tiêu"), "text"),
            "scope_word": (_("Phạm vi"), "text"),
            "value": (_("Giá trị"), "number"),
            "denominator": (_("Trên"), "number"),
            "publisher": (_("Nơi công bố"), "text"),
            "published_on": (_("Ngày công bố"), "day"),
            "place": (_("Liên kết"), "link"),
            "document": (_("Văn bản lưu"), "text"),
            "note": (_("Ghi chú"), "text"),
        },
        _("Số liệu đã công bố kèm nguồn"),
        view.language,
        key="published_table",
    )


def reconciliation_link(view: View) -> None:
    """To the page that holds these figures against the reports."""
    st.page_link(
        pages.script("reconciliation"),
        label=view.language.text("Đối chiếu các số này với báo cáo"),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code),
    )


def received_files(
    view: View, search: str = "", as_of_on: date | None = None, row_count: int | None = None, skipped_count: int = 0
) -> pd.DataFrame:
    """Files received, newest first, with what became of each in words: all of them, or those that are asked for."""
    frame = view.published.table(
        "received_files", search=search, as_of_on=as_of_on, row_count=row_count, skipped_count=skipped_count
    )
    return frame.assign(status_word=[submission_word(status, view.language) for status in frame["status"].tolist()])


def file_columns(language: Language) -> Columns:
    """What a list of files says of each."""
    _ = language.text
    return {
        "received_at": (_("Nhận lúc"), "moment"),
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "as_of_on": (_("Kỳ"), "day"),
        "file_name": (_("Tệp"), "text"),
        "status_word": (_("Kết quả"), "text"),
        "revision": (_("Lần gửi"), "number"),
        "accepted_count": (_("Giá trị nhận"), "number"),
        "rejected_count": (_("Để riêng"), "number"),
        "origin": (_("Loại số liệu"), "origin"),
        "byte_count": (_("Số byte"), "number"),
        "sha256": (_("Dấu vân tay sha256"), "text"),
    }


def submissions(view: View) -> None:
    """Every file ever received, a page of them at a time; the search and the files to take away are of all."""
    _, language = view.language.text, view.language
    columns, title = file_columns(language), _("Mọi tệp đã nhận, mới nhất trước")
    with st.container(horizontal=True, vertical_alignment="bottom", width=filters.WIDTH):
        search = links.typed(links.FILE_SEARCH, _("Tìm tệp"), _("tỉnh, tên tệp, ngày 25/02/2026, dấu vân tay"))
        count = view.published.row("received_file_count", search=search)["file_count"]
        page_count = max(-(-count // PAGE_ROWS), 1)
        page = links.whole_number(links.FILE_PAGE, _("Trang"), 1, 1, page_count) if page_count > 1 else 1
    skipped = (page - 1) * PAGE_ROWS

    def frame() -> pd.DataFrame:
        return received_files(view, search, row_count=PAGE_ROWS, skipped_count=skipped)

    made = prepared_once(view, "received_files", frame, columns, search, skipped, PAGE_ROWS)
    show(made, title, language, key="all_submissions")
    if page_count > 1:
        text = _("Tệp thứ {first} đến {last} trong {count}, trang {page}/{pages}. Tệp tải về có đủ mọi trang.")
        numbers = {"first": skipped + 1, "last": skipped + len(made.frame), "count": count}
        written = {name: language.number(number) for name, number in numbers.items()}
        st.html(markup.remark(text.format(page=page, pages=page_count, **written)))
    whole = exports.Whole(count, lambda: received_files(view, search))
    exports.downloads(view, made.frame, columns, "tep-da-nhan", title, whole=whole)


def ways_to_ask(view: View) -> None:
    """To the page where figures can be asked for, for whoever may; and how an operator asks."""
    _ = view.language.text
    if pages.PAGES["sql"].is_open_to(view.reader):
        st.page_link(
            pages.script("sql"),
            label=_("Tự truy vấn các số liệu này"),
            icon=":material/arrow_forward:",
            query_params=links.query(view.language.code),
        )
    said = _("Truy vấn bằng dòng lệnh; cách dự báo, kiểm tra và các bảng được mô tả trong thư mục docs của phần mềm.")
    parts.for_operators(view, said, 'tiendo sql "SELECT * FROM marts.national_progress"')


def reading_notes(view: View) -> None:
    """What the words and signs on the screens mean."""
    _ = view.language.text
    notes = [
        (_("Đơn vị báo cáo"), _("Số đơn vị đã gửi số liệu trên số đơn vị phải gửi. Nơi chưa gửi không bị coi là 0.")),
        (_("Để riêng"), _("Giá trị không qua kiểm tra không được cộng vào; tệp và ô chứa nó vẫn được giữ và nêu tên.")),
        (
            _("Dùng số kỳ trước"),
            _("Đơn vị không có báo cáo kỳ này: dùng số gần nhất của đơn vị đó, và ghi rõ có bao nhiêu."),
        ),
        (
            _("Từ … đến …"),
            _(
                "Nơi chưa báo cáo coi như chưa làm thì được số dưới; như nơi đã báo cáo thì được số trên. "
                "Số thật nằm ở giữa nếu nơi chưa báo cáo không hơn nơi đã báo cáo."
            ),
        ),
        (
            _("Vượt 100%"),
            _("Không bị cắt: số báo cáo lớn hơn mục tiêu, hoặc nhiều đơn vị báo cáo hơn số được tính. Cần hỏi lại."),
        ),
        (_("Trước ngày …"), _("Ngày nêu trong văn bản không được tính; “đến hết ngày” thì được tính.")),
        (_("Vạch trên thanh tiến độ"), _("Mức cần đạt vào ngày số liệu nếu tiến đều từ đầu đến hạn.")),
        (_("Phần trăm"), _("Làm tròn đến một chữ số; chưa đủ thì không bao giờ hiện 100%.")),
    ]
    st.html(markup.definition([(term, escape(text)) for term, text in notes]))
