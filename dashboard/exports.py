"""Tables to take away: the same columns as on the screen, as CSV and as a workbook that says where it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
import streamlit as st
from xlsxwriter.workbook import Workbook

from dashboard import audit, links
from dashboard.language import Language
from dashboard.tables import Columns
from dashboard.view import View
from dashboard.vocabulary import origin_word

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMN_WIDTH = 18


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of a table of which the screen shows a part: how many they are, and what reads them."""

    row_count: int
    read: Callable[[], pd.DataFrame]


def downloads(
    view: View,
    frame: pd.DataFrame,
    columns: Columns,
    name: str,
    title: str,
    notes: Sequence[tuple[str, str]] = (),
    whole: Whole | None = None,
) -> None:
    """Two buttons under a table; the files are only written when one is pressed. Whoever may not export has none.

    What is taken away is `whole` where the screen shows only a part, which is read when a button is pressed.
    `name` is ASCII and tells the files of one day apart; a file of simulated figures, or one with rows that must not be
    passed on (`is_restricted`), says so in its name.
    """
    _ = view.language.text
    if frame.empty or not view.reader.may("export"):
        return
    mark = stem_mark(frame)
    if mark:
        notes = [*notes, restricted_note(view.language)]
    stem = file_stem(view, name) + mark
    whole = whole or Whole(len(frame), lambda: frame)
    rows = str(whole.row_count)
    asked = {"what": title, "filters": links.asked(), "rows": rows, "clearance": view.reader.clearance or ""}
    with st.container(horizontal=True):
        st.download_button(
            _("Tải CSV"),
            audit.exported(
                view.reader, lambda: csv_file(as_shown(view, whole.read(), columns)), file=f"{stem}.csv", **asked
            ),
            f"{stem}.csv",
            mime="text/csv",
            key=f"csv_{name}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Tải Excel"),
            audit.exported(
                view.reader,
                lambda: workbook(as_shown(view, whole.read(), columns), [*about(view, title), *notes]),
                file=f"{stem}.xlsx",
                **asked,
            ),
            f"{stem}.xlsx",
            key=f"xlsx_{name}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )


def file_stem(view: View, name: str) -> str:
    """The name of a file without its ending: what it is, of which day, and whether its figures are simulated."""
    day = f"{view.as_of_on:%Y-%m-%d}" if view.as_of_on else "chua-co-bao-cao"
    known = f"_biet-den-{view.known_on:%Y-%m-%d}" if view.known_on else ""
    return f"{name}_{day}{known}" + ("_mo-phong" if view.is_simulated else "")


def stem_mark(frame: pd.DataFrame) -> str:
    """What the name of a file with rows that must not be passed on ends with; '' for other files."""
    return "_han-che" if "is_restricted" in frame and bool(frame["is_restricted"].any()) else ""


def restricted_note(language: Language) -> tuple[str, str]:
    """What such a file says of itself."""
    return language.text("Lưu ý"), language.text("SỐ LIỆU LƯU HÀNH HẠN CHẾ, KHÔNG PHỔ BIẾN")


def as_shown(view: View, frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """The columns of the screen under their labels; numbers and days stay numbers and days."""
    shown = frame[list(columns)].rename(columns={name: label for name, (label, _kind) in columns.items()})
    for label, kind in columns.values():
        if kind == "origin":
            shown[label] = shown[label].map(lambda origin: origin_word(origin, view.language), na_action="ignore")
    return shown


def about(view: View, title: str) -> list[tuple[str, str]]:
    """What a reader of the file alone must know."""
    _ = view.language.text
    rows = [
        (_("Bảng"), title),
        (_("Số liệu đến ngày"), view.language.day(view.as_of_on)),
        (_("Biết đến"), view.language.moment(view.run["known_at"])),
        (_("Phiên bản số liệu"), view.published.version),
    ]
    if view.is_simulated:
        rows.append((_("Lưu ý"), _("DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo")))
    return rows


def csv_file(shown: pd.DataFrame) -> bytes:
    """With a byte order mark, so that Excel reads the accents; nothing in it can start a formula."""
    return shown.map(_harmless).to_csv(index=False).encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def workbook(shown: pd.DataFrame, notes: list[tuple[str, str]]) -> bytes:
    """One sheet with the table, one with where it comes from."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("1")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(shown.columns) - 1, COLUMN_WIDTH)
        sheet.write_row(0, 0, list(shown.columns), bold)
        for number, cells in enumerate(shown.itertuples(index=False), start=1):
            for place, cell in enumerate(cells):
                if pd.isna(cell):
                    continue
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)
        source = book.add_worksheet("2")
        source.set_column(0, 1, COLUMN_WIDTH * 2)
        for number, (term, text) in enumerate(notes):
            source.write_row(number, 0, [term, text])
    return content.getvalue()
