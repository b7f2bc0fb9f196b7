"""The blocks of the page Đối chiếu số công bố."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from dashboard import links, markup
from dashboard.blocks.sources import named, scope_word
from dashboard.exports import downloads
from dashboard.language import Language
from dashboard.reference_words import reference_text, stored_document
from dashboard.tables import Columns, sources, table
from dashboard.view import View
from dashboard.vocabulary import approximation_word, indicator_name, origin_word
from dashboard.warehouse import Row

NAMED = 3
TABLE_HEIGHT = 560


def opening(view: View, rows: list[Row], reasons: list[Row]) -> list[str]:
    """How many figures agree and why the others do not; then by name what nobody has explained, and wrong shares."""
    _ = view.language.text
    if not rows:
        return [_("Chưa có số công bố nào để đối chiếu.")]
    counts = Counter(row["explanation"] for row in rows).most_common()
    names = {reason["code"]: view.language.pick(reason["name_vi"], reason["name_en"]) for reason in reasons}
    said = [f"{view.language.number(count)} {names[code]}" for code, count in counts]
    first = view.language.plural("{count} số đã công bố: {counts}.", len(rows))
    return [
        first.format(count=view.language.number(len(rows)), counts=", ".join(said)) + _later(rows, view.language),
        _unexplained(rows, view.language),
        _conflicts([row for row in rows if row["conflicting_values"]], view.language),
        *(_share(row, view.language) for row in rows if row["pct_explanation"] in ("truncated", "differs")),
    ]


def _later(rows: list[Row], language: Language) -> str:
    """How many of the equal figures were found in a later report only: weaker proof, so it is said."""
    later = sum(row["explanation"] == "equal" and row["reported_on"] != row["as_of_on"] for row in rows)
    if not later:
        return ""
    text = language.plural("Trong số khớp có {count} số so với báo cáo của ngày sau đó.", later)
    return " " + text.format(count=language.number(later))


def _conflicts(rows: list[Row], language: Language) -> str:
    """Publications that cannot all be true, by name while few; '' where there are none."""
    _ = language.text
    if not rows:
        return ""
    pairs = dict.fromkeys(
        _("{name}, {scope}: {values}").format(
            name=indicator_name(row, language),
            scope=scope_word(row, language),
            values=language.names(
                [language.number(value) for value in sorted([row["published_value"], *row["conflicting_values"]])]
            ),
        )
        for row in rows
    )
    shown = "; ".join(list(pairs)[:NAMED]) + ("; …" if len(pairs) > NAMED else "")
    return _("Các nguồn công bố không thống nhất: {pairs}.").format(pairs=shown)


def _unexplained(rows: list[Row], language: Language) -> str:
    """The figures that differ for no known reason, by name and with both days while few.

    What could not be compared is no agreement, so it is said how many could.
    """
    _, _n = language.text, language.plural
    compared = sum(row["difference"] is not None for row in rows)
    differing = [row for row in rows if row["explanation"] == "differs"]
    if not compared:
        return _("Chưa đối chiếu được số nào, vì chưa có báo cáo tương ứng.")
    if not differing:
        text = _n("Trong {count} số đối chiếu được, không có chênh lệch nào chưa rõ lý do.", compared)
        return text.format(count=language.number(compared))
    pairs = [
        _("{name} (công bố {published} tính đến {day}, báo cáo {reported} vào {reported_on})").format(
            name=indicator_name(row, language),
            published=published_words(row, language),
            day=language.day(row["as_of_on"]),
            reported=language.number(row["reported_value"]),
            reported_on=language.day(row["reported_on"]),
        )
        for row in differing[:NAMED]
    ]
    text = _n("{count} số chênh chưa rõ lý do", len(differing)).format(count=language.count_word(len(differing)))
    return f"{text}: {'; '.join(pairs)}{'; …' if len(differing) > NAMED else ''}."


def _share(row: Row, language: Language) -> str:
    """A published percentage that is not its own numerator over its own denominator, rounded."""
    _ = language.text
    text = {
        "truncated": _(
            "Tỷ lệ {given} được công bố cho {value} trên {whole} là bỏ phần lẻ, không làm tròn: {computed}."
        ),
        "differs": _("Tỷ lệ {given} được công bố không phải là {value} trên {whole}: {computed}."),
    }[row["pct_explanation"]]
    return text.format(
        given=language.percent(row["published_pct"]),
        value=language.number(row["published_value"]),
        whole=language.number(row["published_denominator"]),
        computed=language.number(row["computed_pct"], 2) + "%",
    )


def published_words(row: Row, language: Language) -> str:
    """A published figure as it was worded: `gần 13.400`, `32/34`."""
    whole = row["published_denominator"]
    value = approximation_word(row["approximation"], language) + language.number(row["published_value"])
    return value if whole is None else f"{value}/{language.number(whole)}"


def choose_reason(view: View, rows: list[Row], reasons: list[Row]) -> str:
    """Which explanation to look at; those that do not occur are left out."""
    _ = view.language.text
    counts = Counter(row["explanation"] for row in rows)
    options = {"": _("Mọi lý do")} | {
        reason["code"]: f"{view.language.pick(reason['name_vi'], reason['name_en'])} ({counts[reason['code']]})"
        for reason in reasons
        if counts[reason["code"]]
    }
    return links.choose(links.EXPLANATION, _("Giải thích"), options, "")


def choose_indicator(view: View, rows: list[Row]) -> str:
    """Which indicator to look at."""
    _ = view.language.text
    names = {row["indicator"]: indicator_name(row, view.language) for row in rows}
    return links.choose(links.INDICATOR, _("Chỉ tiêu"), {"": _("Mọi chỉ tiêu")} | names, "")


def matching(rows: list[Row], reason: str, indicator: str) -> list[Row]:
    """The rows that the reader wants to see."""
    return [row for row in rows if reason in ("", row["explanation"]) and indicator in ("", row["indicator"])]


def comparison(view: View, rows: list[Row], reasons: list[Row]) -> None:
    """The table, its files, and the details of the row that is chosen."""
    _ = view.language.text
    title = _("Số đã công bố và số cộng từ báo cáo")
    frame = _frame(view, rows, reasons)
    columns = _columns(view.language)
    chosen = table(
        frame, columns, title, view.language, key="reconciliation_table", height=TABLE_HEIGHT, is_selectable=True
    )
    downloads(view, frame, _file_columns(view.language, columns), "doi-chieu-so-cong-bo", title)
    if chosen is not None:
        details(view, rows[chosen], reasons)


def _frame(view: View, rows: list[Row], reasons: list[Row]) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame()
    frame = named(rows, view.language)
    frame["published"] = [published_words(row, view.language) for row in rows]
    frame["explanation_word"] = [view.language.pick(row["explanation_vi"], row["explanation_en"]) for row in rows]
    frame["also_words"] = [also_words(row, reasons, view.language) for row in rows]
    frame["coverage"] = [
        f"{view.language.number(row['reported_unit_count'])}/{view.language.number(row['expected_unit_count'])}"
        if row["expected_unit_count"] is not None
        else None
        for row in rows
    ]
    frame["place"] = [row["source_file"] if str(row["source_file"]).startswith("https://") else None for row in rows]
    frame["document"] = [stored_document(row["source_file"], view.language) for row in rows]
    for column in ("publisher", "note"):
        frame[column] = [reference_text(row[column], view.language) for row in rows]
    return frame


def _columns(language: Language) -> Columns:
    _ = language.text
    return {
        "explanation_word": (_("Giải thích"), "text"),
        "name": (_("Chỉ tiêu"), "text"),
        "scope_word": (_("Phạm vi"), "text"),
        "as_of_on": (_("Tính đến"), "day"),
        "published": (_("Công bố"), "short"),
        "reported_value": (_("Theo báo cáo"), "number"),
        "reported_on": (_("Báo cáo ngày"), "day"),
        "difference": (_("Chênh lệch"), "signed"),
        "place": (_("Liên kết"), "link"),
        "publisher": (_("Nơi công bố"), "text"),
        "also_words": (_("Lý do khác"), "text"),
        "coverage": (_("Đơn vị báo cáo"), "text"),
        "difference_pct": (_("Chênh (%)"), "percent"),
        "document": (_("Văn bản lưu"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def _file_columns(language: Language, columns: Columns) -> Columns:
    """What the file has beside the screen: numbers that can be counted with, digits, shares, notes."""
    _ = language.text
    return {
        **columns,
        "published_value": (_("Giá trị công bố"), "number"),
        "published_denominator": (_("Mẫu số công bố"), "number"),
        "tolerance": (_("Nấc chữ số cuối"), "number"),
        "reported_target": (_("Mẫu số theo báo cáo"), "number"),
        "published_pct": (_("Tỷ lệ công bố"), "percent"),
        "computed_pct": (_("Tỷ lệ tính lại"), "percent"),
        "explanation": (_("Mã giải thích"), "text"),
        "note": (_("Ghi chú"), "text"),
        "figure": (_("Mã số công bố"), "text"),
    }


def also_words(row: Row, reasons: list[Row], language: Language) -> str:
    """The other reasons that hold, in words; '' if there are none."""
    names = {reason["code"]: language.pick(reason["name_vi"], reason["name_en"]) for reason in reasons}
    return ", ".join(names[code] for code in (row["also"] or "").split("|") if code)


def details(view: View, row: Row, reasons: list[Row]) -> None:
    """One figure: what was published by whom, what the reports say on which day, why they differ, the way to both."""
    _, language = view.language.text, view.language
    conflicts = [language.number(value) for value in row["conflicting_values"] or []]
    whole = "" if row["reported_target"] is None else f"/{language.number(row['reported_target'])}"
    reported = _("chưa có báo cáo")
    if row["reported_value"] is not None:
        reported = _("{value}{whole} vào {day}, {origin}").format(
            value=language.number(row["reported_value"]),
            whole=whole,
            day=language.day(row["reported_on"]),
            origin=origin_word(row["origin"], language),
        )
    published = _("{value} tính đến {day}; {publisher}, {published}").format(
        value=published_words(row, language),
        day=language.day(row["as_of_on"]),
        publisher=reference_text(row["publisher"], language),
        published=language.day(row["published_on"]),
    )
    document = markup.source_link(row["source_file"], language)
    pairs = [
        (_("Công bố"), f"{escape(published)} · {document}"),
        (_("Theo báo cáo"), escape(reported)),
        (_("Giải thích"), escape(language.pick(row["meaning_vi"], row["meaning_en"]))),
        (_("Lý do khác"), escape(also_words(row, reasons, language))),
        (_("Số công bố khác"), escape(language.names(conflicts))),
        (_("Tỷ lệ"), escape(_share(row, language)) if row["pct_explanation"] in ("truncated", "differs") else ""),
        (_("Ghi chú"), escape(reference_text(row["note"], language))),
    ]
    st.html(markup.heading(indicator_name(row, language)))
    st.html(markup.definition(pairs))
    if row["reported_value"] is not None:
        sources(view, row["indicator"], row["reported_on"], row["province_code"] or "VN", key="reconciliation_row")


def reasons_in_words(view: View, reasons: list[Row]) -> None:
    """What each explanation means, in the order in which they are tried."""
    pick = view.language.pick
    st.html(
        markup.definition(
            [
                (pick(row["name_vi"], row["name_en"]), escape(pick(row["meaning_vi"], row["meaning_en"])))
                for row in reasons
            ]
        )
    )
