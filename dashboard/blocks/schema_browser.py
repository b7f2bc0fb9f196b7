"""The schema browser of the page Truy vấn SQL: every published table and column with its note, searchable."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from dashboard import links, markup
from dashboard.console.ready_made import wording
from dashboard.language import Language
from dashboard.view import View
from dashboard.warehouse import Row

HEIGHT = 760
OPENED_WHEN_FEW = 3
FIRST_ROWS = 100


def browser(view: View) -> None:
    """A search field over the tables; each opens to its columns."""
    _ = view.language.text
    search = links.typed(links.TABLE_SEARCH, _("Tìm bảng, cột"), _("gõ có dấu hoặc không dấu, ví dụ: hạn, staff"))
    rows = view.published.rows("schema_columns", search=search)
    tables = tables_of(rows)
    columns = sum(1 for row in rows if row["column_name"])
    counted = view.language.plural("{tables} bảng, {columns} cột", columns).format(
        tables=view.language.number(len(tables)), columns=view.language.number(columns)
    )
    if rows:
        st.html(markup.remark(f"{counted} ·", _("bấm vào tên bảng để xem cột")))
    else:
        st.html(markup.remark(_("Không có bảng, cột nào như vậy.")))
    with st.container(height=HEIGHT, border=False, key="schema"):
        st.html(described(rows, view.language, is_open=bool(search) and len(tables) <= OPENED_WHEN_FEW))


def tables_of(rows: list[Row]) -> list[str]:
    """Their full names, in the order of the rows."""
    return list(dict.fromkeys(f"{row['schema_name']}.{row['table_name']}" for row in rows))


def starting_query(rows: list[Row]) -> str:
    """A SELECT of every column of one table, to be cut down; `rows` are its columns."""
    first = rows[0]
    name = f"{first['schema_name']}.{first['table_name']}"
    if first["kind"] == "function":
        return f"SELECT *\nFROM {name}({first['parameters']})\nLIMIT {FIRST_ROWS}\n"
    columns = ",\n    ".join(str(row["column_name"]) for row in rows)
    return f"SELECT\n    {columns}\nFROM {name}\nLIMIT {FIRST_ROWS}\n"


def described(rows: list[Row], language: Language, is_open: bool) -> str:
    """The layers with their tables, as markup."""
    titles = {
        "marts": language.text("Bảng phân tích"),
        "facts": language.text("Số liệu đã nhận"),
        "reference": language.text("Danh mục"),
    }
    parts = []
    for schema, layer in groupby(rows, key=lambda row: str(row["schema_name"])):
        parts.append(markup.tag("h3", "layer", escape(titles[schema]), f" <code>{escape(schema)}</code>"))
        for _name, columns in groupby(layer, key=lambda row: row["table_name"]):
            parts.append(_table(list(columns), language, is_open))
    return markup.tag("div", "schema", *parts)


def _table(rows: list[Row], language: Language, is_open: bool) -> str:
    first = rows[0]
    name = f"{first['schema_name']}.{first['table_name']}" + (f"({first['parameters']})" if first["parameters"] else "")
    note = escape(language.pick(*wording(first["table_note"])))
    summary = f"<summary><code>{escape(name)}</code><span>{note}</span></summary>"
    columns = "".join(
        f"<dt><code>{escape(row['column_name'])}</code> <small>{escape(row['data_type'])}</small></dt>"
        f"<dd>{escape(language.pick(*wording(row['column_note'])))}</dd>"
        for row in rows
        if row["column_name"]
    )
    return f"<details{' open' if is_open else ''}>{summary}<dl>{columns}</dl></details>"
