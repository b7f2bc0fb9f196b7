"""The blocks of the page Khuyến nông, and of the chain on the page of a province."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import streamlit as st

from dashboard import chain_sentences, exports, links, markup, parts, step_markup
from dashboard.blocks import topic
from dashboard.language import Language
from dashboard.tables import Columns, prepared_once, show, sources, table
from dashboard.view import View
from dashboard.vocabulary import basis_word, chain_status_word
from dashboard.warehouse import Row

FIRST_CHAIN = "extension"
SPELLED_OUT = 12
# Counts of a step of which nothing can be said while no province has reported it.
COUNTED = [
    "reached_count", "reached_with_all_before_count", "in_progress_count", "waiting_count", "problem_count",
    "dated_count",
]  # fmt: skip


def choose_chain(view: View) -> str:
    """The chain to look at; nothing to choose where there is one only."""
    chains = view.published.rows("chains")
    names = {row["chain"]: view.language.pick(row["chain_title_vi"], row["chain_title_en"]) for row in chains}
    if len(names) > 1:
        return links.choose(links.CHAIN, view.language.text("Chuỗi công việc"), names, FIRST_CHAIN)
    return next(iter(names), FIRST_CHAIN)


def opening(view: View, funnel: list[Row], stages: list[Row]) -> list[str]:
    """How far the country is; before any report, that there is none and that published figures follow."""
    said = chain_sentences.country(funnel, stages, view.language)
    if view.is_empty:
        return topic.before_reports(view, said[0], _indicators(view))
    return said


def _indicators(view: View) -> list[str]:
    """What the steps of all chains are counted by, in their order."""
    return [indicator for row in view.published.rows("chains") for indicator in row["indicators"]]


def published(view: View) -> None:
    """What authorities have published of the steps."""
    topic.published_figures(view, _indicators(view))


def funnel(view: View, rows: list[Row]) -> None:
    """One bar per stage; its day, coverage and origin, and the table behind it."""
    _ = view.language.text
    st.html(step_markup.chain_bars(rows, view.language))
    if rows:
        coverage = {
            "reported_unit_count": rows[-1]["reported_count"],
            "expected_unit_count": rows[-1]["expected_count"],
        }
        origin = max((row["origin"] or "" for row in rows), default="")
        newest = {"as_of_on": rows[-1]["as_of_on"], "origin": origin, **coverage}
        st.html(markup.provenance(newest, view.language))
    frame = pd.DataFrame(rows)
    if not frame.empty:
        frame["title"] = [view.language.pick(row["title_vi"], row["title_en"]) for row in rows]
        frame["name"] = [view.language.pick(row["name_vi"], row["name_en"]) for row in rows]
        frame.loc[frame["reported_count"] == 0, COUNTED] = None
    columns: Columns = {
        "title": (_("Bước"), "text"),
        "expected_count": (_("Địa phương"), "number"),
        "reached_count": (_("Đã xong"), "number"),
        "reached_with_all_before_count": (_("Xong cả các bước trước"), "number"),
        "in_progress_count": (_("Đang làm"), "number"),
        "waiting_count": (_("Chờ bước trước"), "number"),
        "not_reported_count": (_("Chưa có báo cáo"), "number"),
        "problem_count": (_("Cần hỏi lại"), "number"),
        "dated_count": (_("Có ghi ngày hoàn thành"), "number"),
        "median_days_done": (_("Số ngày đã làm (trung vị)"), "number"),
        "median_days_in_progress": (_("Số ngày đang làm (trung vị)"), "number"),
        "name": (_("Chỉ tiêu"), "text"),
        "source": (_("Nguồn của bước"), "text"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    table(frame, columns, _("Số địa phương ở từng bước"), view.language, key="funnel_table")
    exports.downloads(view, frame, columns, "cac-buoc", _("Số địa phương ở từng bước"))


def by_province(stages: list[Row]) -> list[list[Row]]:
    """The stages of each province; those with something to ask first, then the least far, the silent last."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in stages:
        found[row["province_code"]].append(row)
    return sorted(
        found.values(),
        key=lambda rows: (
            -sum(bool(row["sequence_problem"]) for row in rows),
            done_count(rows) is None,
            sum(row["status"] == "done" for row in rows),
            rows[0]["province_code"],
        ),
    )


def done_count(rows: list[Row]) -> int | None:
    """How many stages a province has done; None where it has reported none of them."""
    if all(row["status"] == "not_reported" for row in rows):
        return None
    done: int = sum(row["status"] == "done" for row in rows)
    return done


def province_table(view: View, stages: list[Row]) -> None:
    """34 rows, a column per stage with its day or state."""
    _ = view.language.text
    columns: dict[str, tuple[str, str]] = {
        "short_name": (_("Tỉnh, thành phố"), "short"),
        "done": (_("Đã xong"), "number"),
    }
    records = []
    for rows in by_province(stages):
        odd = [chain_sentences.problem(row, view.language) for row in rows if row["sequence_problem"]]
        record = {"short_name": rows[0]["short_name"], "province_code": rows[0]["province_code"]}
        record |= {
            "indicator": next((row["indicator"] for row in rows if row["sequence_problem"]), rows[-1]["indicator"])
        }
        record |= {"done": done_count(rows), "to_ask": " ".join(odd)}
        for row in rows:
            name = f"stage_{row['stage_order']}"
            record[name] = chain_sentences.stage_cell(row, view.language)
            title = view.language.pick(row["title_vi"], row["title_en"])
            columns[name] = (f"{row['stage_order']}. {title}", "status")
        known = [row["last_reported_on"] for row in rows if row["last_reported_on"]]
        record |= {"last_reported_on": max(known, default=None)}
        record |= {"origin": max((row["origin"] or "" for row in rows), default="") or None}
        records.append(record)
    columns |= {
        "to_ask": (_("Cần hỏi lại"), "long"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    st.html(step_markup.chain_legend(view.language))
    frame = pd.DataFrame(records)
    alt = _("Các bước của từng địa phương, nơi cần hỏi lại đứng trên")
    chosen = table(frame, columns, alt, view.language, key="chain_provinces", height=500, is_selectable=True)
    exports.downloads(view, frame, columns, "cac-buoc-theo-tinh", alt)
    if chosen is not None:
        record = records[chosen]
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.province_link(view, record["province_code"], record["short_name"])
            sources(view, record["indicator"], view.as_of_on, record["province_code"], key="chain_row")


def problems(view: View, stages: list[Row]) -> None:
    """Every impossible order in words, with the document that the province gave."""
    _ = view.language.text
    odd = [row for row in stages if row["sequence_problem"]]
    if not odd:
        st.caption(chain_sentences.to_ask(stages, view.language))
        return
    if odd:
        told = [(row["short_name"], chain_sentences.problem(row, view.language)) for row in odd[:SPELLED_OUT]]
        st.html(markup.sentence_list(told))
    frame = pd.DataFrame(odd)
    if not frame.empty:
        frame["why"] = [chain_sentences.problem(row, view.language) for row in odd]
        frame["basis"] = [basis_word(row["reached_basis"], view.language) for row in odd]
    columns: Columns = {
        "short_name": (_("Tỉnh, thành phố"), "text"),
        "why": (_("Vì sao phải hỏi lại"), "long"),
        "reached_on": (_("Ngày xong"), "day"),
        "basis": (_("Theo"), "text"),
        "evidence": (_("Văn bản"), "text"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Các bước trái trình tự, cần hỏi lại địa phương")
    table(frame, columns, title, view.language, key="chain_problems")
    exports.downloads(view, frame, columns, "trai-trinh-tu", title)


def of_province(view: View, code: str) -> None:
    """The chains of one province: a sentence each, and a row per stage."""
    _ = view.language.text
    stages = view.published.rows("chain_stages", chain="", province_code=code)
    chains = list(dict.fromkeys(row["chain"] for row in stages))
    told = [chain_sentences.province([row for row in stages if row["chain"] == each], view.language) for each in chains]
    st.html(markup.paragraphs(told))
    columns: Columns = {
        "status_word": (_("Tình trạng"), "status"),
        "title": (_("Bước"), "text"),
        "reached_on": (_("Ngày xong"), "day"),
        "days_in_stage": (_("Số ngày"), "number"),
        "basis": (_("Theo"), "short"),
        "evidence": (_("Văn bản"), "short"),
        "why": (_("Cần hỏi lại"), "text"),
        "name": (_("Chỉ tiêu"), "text"),
        "last_reported_on": (_("Báo cáo gần nhất"), "day"),
        "origin": (_("Loại số liệu"), "origin"),
    }
    title = _("Các bước của địa phương, với ngày xong và số ngày")
    made = prepared_once(view, "province_chain", lambda: _stage_frame(stages, view.language), columns, code)
    show(made, title, view.language, key="province_chain")
    exports.downloads(view, made.frame, columns, f"cac-buoc-tinh-{code}", title)


def _stage_frame(stages: list[Row], language: Language) -> pd.DataFrame:
    frame = pd.DataFrame(stages)
    if not frame.empty:
        words = [chain_status_word(row["status"], language) for row in stages]
        frame["status_word"] = [
            "■" + word[1:] if row["sequence_problem"] else word for row, word in zip(stages, words, strict=True)
        ]
        frame["title"] = [f"{row['stage_order']}. {language.pick(row['title_vi'], row['title_en'])}" for row in stages]
        frame["name"] = [language.pick(row["name_vi"], row["name_en"]) for row in stages]
        frame["basis"] = [basis_word(row["reached_basis"], language) for row in stages]
        frame["why"] = [chain_sentences.problem(row, language) or None for row in stages]
    return frame
