"""The blocks of the page Tỉnh, thành phố."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard import links, markup, measures, parts, sentences
from dashboard.figures.maps import province_map
from dashboard.language import Language
from dashboard.reference_words import expected
from dashboard.tables import Columns, prepared_once, show, sources
from dashboard.view import View
from dashboard.vocabulary import indicator_name, rate_flag_word, severity_word, status_text, submission_word
from dashboard.warehouse import Row

FIRST_INDICATOR = "pvhcc_commune_operating"
TABLE_HEIGHT = 360


def task_table(view: View, code: str, tasks: list[Row]) -> None:
    """The province's dated tasks, the most urgent on top."""
    _ = view.language.text

    def frame() -> pd.DataFrame:
        made = pd.DataFrame(tasks)
        if tasks:
            made["status_text"] = [status_text(row["status"], view.language) for row in tasks]
            made["name"] = [indicator_name(row, view.language) for row in tasks]
            made["days_to_due"] = [None if row["status"] in sentences.MET else row["days_to_due"] for row in tasks]
            made["due"] = [sentences.due_words(row, view.language) for row in tasks]
            made["title"] = [view.language.pick(row["title_vi"], row["title_en"]) for row in tasks]
        return made

    made = prepared_once(
        view,
        "province_tasks",
        frame,
        {
            "status_text": (_("Tình trạng"), "status"),
            "name": (_("Chỉ tiêu"), "text"),
            "value": (_("Giá trị"), "number"),
            "target": (_("Phải đạt"), "number"),
            "progress_pct": (_("Tiến độ"), "percent"),
            "due": (_("Hạn"), "text"),
            "days_to_due": (_("Số ngày đến hạn"), "signed"),
            "met_on": (_("Hoàn thành ngày"), "day"),
            "title": (_("Chỉ đạo"), "text"),
            "origin": (_("Loại số liệu"), "origin"),
        },
        code,
    )
    title = _("Nhiệm vụ có hạn của địa phương, gấp nhất trước")
    show(made, title, view.language, key="task_table", height=TABLE_HEIGHT + 100)


def communes(view: View, code: str, name: str, chosen: str) -> None:
    """The province's communes in one indicator: as dots, as a table that can be searched without accents.

    `chosen` is the code of the commune that is looked at, '' for none; a click on a dot chooses another.
    """
    _ = view.language.text
    known = {row["indicator"]: row for row in view.published.rows("commune_indicators")}
    options = {indicator: indicator_name(row, view.language) for indicator, row in known.items()}
    states = state_words(view)
    first, second, third = st.columns([2, 1, 1])
    with first:
        indicator = links.choose(links.INDICATOR, _("Chỉ tiêu"), options, FIRST_INDICATOR)
    with second:
        only = links.choose(links.STATE, _("Chỉ xem"), {"": _("Tất cả")} | states, "")
    with third:
        search = links.typed(links.SEARCH, _("Tìm xã, phường"), _("gõ có dấu hoặc không dấu"))
    measures.restricted_notice(known[indicator], view.language)
    everyone = view.published.rows("communes", province_code=code, indicator=indicator, search="")
    found = view.published.rows("communes", province_code=code, indicator=indicator, search=search)
    found = [row for row in found if not only or row["state"] == only]
    counts = Counter(row["state"] for row in everyone)
    st.html(markup.dot_legend({state: (word, counts[state]) for state, word in states.items()}, view.language))
    left, right = st.columns([1, 1], gap="large")
    with left:
        archipelagos, locator = view.published.rows("archipelagos"), view.published.rows("locator", province_code=code)
        figure = view.published.kept(
            "province_map",
            lambda: province_map(everyone, archipelagos, locator, view.language, chosen),
            code,
            indicator,
            chosen,
            view.language.code,
        )
        alt = _("Các xã, phường, đặc khu của {name}; bản đồ nhỏ cả nước có Hoàng Sa và Trường Sa").format(name=name)
        links.clicked(
            links.COMMUNE, "province_map", parts.clickable_chart(figure, alt, view.language, key="province_map")
        )
    with right:
        commune_table(view, indicator, found, states, chosen)
    sources(view, indicator, view.as_of_on, code, key="communes")


def state_words(view: View) -> dict[str, str]:
    """What a dot on the map can mean."""
    _ = view.language.text
    return {
        "not_done": _("Chưa có"),
        "not_reported": _("Chưa có báo cáo"),
        "done": _("Đã có"),
        "reported": _("Đã báo cáo"),
        "not_counted": _("Không tính"),
    }


def commune_table(view: View, indicator: str, rows: list[Row], states: dict[str, str], chosen: str) -> None:
    """The chosen commune with a mark on top, then those that miss something."""
    _ = view.language.text

    def frame() -> pd.DataFrame:
        ordered = sorted(rows, key=lambda row: row["commune_code"] != chosen)
        made = pd.DataFrame(ordered)
        if rows:
            made["state_word"] = [states[row["state"]] for row in ordered]
            made["commune_name"] = [
                ("▸ " if row["commune_code"] == chosen else "") + row["commune_name"] for row in ordered
            ]
        return made

    made = prepared_once(
        view,
        "communes",
        frame,
        {
            "state_word": (_("Tình trạng"), "short"),
            "commune_name": (_("Xã, phường, đặc khu"), "text"),
            "value": (_("Giá trị"), "number"),
            "target": (_("Phải đạt"), "number"),
            "last_reported_on": (_("Báo cáo gần nhất"), "day"),
            "commune_code": (_("Mã"), "text"),
        },
        indicator,
        chosen,
        tuple(row["commune_code"] for row in rows),
    )
    title = _("Các xã, phường, đặc khu, nơi còn thiếu đứng trước")
    show(made, title, view.language, key="commune_table", height=440)


def indicators(view: View, code: str) -> None:
    """Every indicator of the form: its newest value here, what changed, how the country stands."""
    _ = view.language.text
    made = prepared_once(
        view, "province_indicators", lambda: _indicator_frame(view, code), _indicator_columns(view), code
    )
    chosen = show(made, _("Mọi chỉ tiêu của địa phương"), view.language, key="indicator_table", is_selectable=True)
    if chosen is not None:
        row = view.published.rows("province_indicators", province_code=code)[chosen]
        st.html(markup.provenance(row, view.language))
        sources(view, row["indicator"], row["as_of_on"], code, key="indicator_row")


def _indicator_frame(view: View, code: str) -> pd.DataFrame:
    rows = view.published.rows("province_indicators", province_code=code)
    frame = pd.DataFrame(rows)
    frame["name"] = [indicator_name(row, view.language) for row in rows]
    frame["coverage"] = [coverage(row, view.language) for row in rows]
    frame["bounds"] = [share_bounds(row, view.language) for row in rows]
    frame["above"] = [rate_flag_word(row["rate_flag"], view.language) for row in rows]
    return frame


def coverage(row: Row, language: Language) -> str:
    """`94/94`: units that have reported of those that count; in words where none has or none counts."""
    _ = language.text
    if row["expected_unit_count"] == 0 and not row["reported_unit_count"]:
        return _("không tính")
    if not row["reported_unit_count"]:
        return _("chưa có báo cáo")
    return f"{language.number(row['reported_unit_count'])}/{language.number(row['expected_unit_count'])}"


def _indicator_columns(view: View) -> Columns:
    _ = view.language.text
    return {
        "name": (_("Chỉ tiêu"), "text"),
        "value": (_("Giá trị"), "number"),
        "target": (_("Phải đạt"), "number"),
        "progress_pct": (_("Tiến độ"), "percent"),
        "national_pct": (_("Cả nước"), "percent"),
        "change": (_("So kỳ trước"), "signed"),
        "coverage": (_("Đơn vị báo cáo"), "text"),
        "stale_unit_count": (_("Dùng số kỳ trước"), "number"),
        "set_aside_count": (_("Để riêng"), "number"),
        "bounds": (_("Khoảng nếu tính nơi chưa báo cáo"), "text"),
        "above": (_("Vượt 100%"), "text"),
        "as_of_on": (_("Số liệu ngày"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }


def share_bounds(row: Row, language: Language) -> str:
    """`66,7–100%`: the progress that the missing units leave open; '' where nothing is open."""
    floor, ceiling = row["floor_pct"], row["ceiling_pct"]
    if floor is None or ceiling is None or ceiling <= floor:
        return ""
    return f"{language.percent(floor).removesuffix('%')}–{language.percent(ceiling)}"


def submissions(view: View, code: str) -> None:
    """The province's files, newest first."""
    submission_table(view, code, "submission_table", TABLE_HEIGHT)


def submission_table(view: View, code: str, key: str, height: int, is_selectable: bool = False) -> int | None:
    """What a province has sent, newest first; gives the position of the chosen row."""
    _ = view.language.text

    def frame() -> pd.DataFrame:
        sent = view.published.table("submissions", province_code=code)
        return sent.assign(status_word=[submission_word(status, view.language) for status in sent["status"].tolist()])

    columns = {
        "as_of_on": (_("Kỳ"), "day"),
        "received_at": (_("Nhận lúc"), "moment"),
        "status_word": (_("Kết quả"), "text"),
        "revision": (_("Lần gửi"), "number"),
        "accepted_count": (_("Giá trị nhận"), "number"),
        "rejected_count": (_("Để riêng"), "number"),
        "file_name": (_("Tệp"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    alt = _("Các tệp báo cáo của địa phương, mới nhất trước")
    made = prepared_once(view, "submissions", frame, columns, code)
    return show(made, alt, view.language, key=key, height=height, is_selectable=is_selectable)


def set_aside(view: View, code: str) -> None:
    """What the province has to look at again: file, cell, given, expected, what to do."""
    _ = view.language.text
    rejected_table(view, code, rule="", key="set_aside_table")


def rejected_table(view: View, code: str, rule: str, key: str) -> None:
    """Values set aside or remarked, newest first."""
    _ = view.language.text

    def frame() -> pd.DataFrame:
        rows = view.published.rows("rejected", province_code=code, rule=rule)
        made = pd.DataFrame(rows)
        if rows:
            made["message"] = [view.language.pick(row["message_vi"], row["message_en"]) for row in rows]
            made["expected_text"] = [expected(row["expected_text"], row["expected_vi"], view.language) for row in rows]
            made["fix"] = [view.language.pick(row["fix_vi"], row["fix_en"]) for row in rows]
            made["name"] = [indicator_name(row, view.language) if row["name_vi"] else "" for row in rows]
            made["severity_word"] = [severity_word(row["severity"], view.language) for row in rows]
        return made

    made = prepared_once(
        view,
        "rejected",
        frame,
        {
            "received_at": (_("Nhận lúc"), "moment"),
            "short_name": (_("Tỉnh, thành phố"), "text"),
            "file_name": (_("Tệp"), "text"),
            "source_place": (_("Ô"), "text"),
            "unit_text": (_("Đơn vị"), "text"),
            "name": (_("Chỉ tiêu"), "text"),
            "given_text": (_("Đã ghi"), "text"),
            "expected_text": (_("Phải là"), "text"),
            "message": (_("Vì sao"), "text"),
            "fix": (_("Cách sửa"), "text"),
            "severity_word": (_("Xử lý"), "text"),
        },
        code,
        rule,
    )
    show(made, _("Giá trị bị để riêng hoặc có lưu ý, mới nhất trước"), view.language, key=key)
