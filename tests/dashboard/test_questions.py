"""Twenty questions, each answered twice: by the page that a few clicks lead to, and by its SQL; the same figure."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from dashboard.console import questions as document
from dashboard.console.ready_made import Question, questions
from dashboard.console.sandbox import Result, run
from dashboard.formats import day, number, percent
from dashboard.language import language
from dashboard.settings import REPOSITORY
from dashboard.vocabulary import LIGHTS
from dashboard.warehouse import DATABASE
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]

MOST_CLICKS = 3
GLYPHS = "".join(light.glyph for light in LIGHTS.values()) + " "
# Where on its page a question's figure stands, in the words around it.
SAID = {
    "01_centres_operating": r"Trung tâm Phục vụ hành chính công cấp xã hoạt động: (\S+) trên",
    "02_centres_missing": r"(\S+) đơn vị chưa có: ",
    "03_changes_since_last": r"bố trí cán bộ khuyến nông xã \+(\S+), nay",
    "04_calls_first": r"Cả nước còn (\S+) việc phải đôn đốc",
    "05_directives_overdue": r"chỉ đạo có hạn do địa phương báo cáo, (\S+) đã quá hạn mà chưa xong",
    "06_directive_progress": r"giải quyết TTHC tập trung” đạt (\S+) trên 34",
    "07_expected_finish": r"dự kiến xong ngày (\S+);",
    "08_provinces_behind": r"(\S+) địa phương đang chậm hoặc có nguy cơ ở chỉ tiêu này",
    "09_obstacles_resolved": r", còn (\S+) chưa giải quyết",
    "10_province_overdue": r"đã hoàn thành, (\S+) quá hạn",
    "11_communes_without": r"● Đã có (\S+)",
    "12_chain_completed": r"(\S+)/34 địa phương đã xong đủ 5 bước",
    "13_staffing_shortage": r"xã thiếu (\S+) người và",
    "15_military_posts": r"Đã bố trí (\S+)/26\.240 chức vụ theo định biên",
    "16_reports_received": r"(\S+)/34 địa phương đã gửi số liệu",
    "17_reporting_punctuality": r"Cuối bảng: Quảng Trị, đúng hạn (\S+?)\.",
    "18_values_set_aside": r"(\S+) giá trị bị để riêng",
    "19_restatements": r"đổi (\S+) giá trị",
    "20_published_differences": r"(\S+) chênh, chưa rõ lý do",
}
# The same for a figure in a table: column, and in which row.
IN_TABLE = {"14_staffing_provinces": ("Số người thiếu", "Tỉnh, thành phố", "Thanh Hóa")}


def clicked(opened: Opener, question: Question) -> AppTest:
    """Follow the clicks from the start page: the menu, then each choice by the words that the page offers."""
    app = opened("normal", question.page)
    for label, option in question.choices:
        (box,) = [each for each in app.selectbox if each.label == label]
        box.select_index([offered.lstrip(GLYPHS) for offered in box.options].index(option)).run()
    return app


def spoken(app: AppTest) -> str:
    """The page without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", words(app))))


def figure_on_page(app: AppTest, name: str) -> str:
    """The figure as the page writes it."""
    if name in SAID:
        found = re.search(SAID[name], spoken(app))
        assert found, spoken(app)[:3_000]
        return found[1].strip(".,")
    column, key, value = IN_TABLE[name]
    table = next(each.value for each in app.dataframe if {column, key} <= set(each.value))
    return str(table.loc[table[key] == value, column].iloc[0])


def ways_to_write(value: float | str, column: str) -> set[str]:
    """How a page may write what the SQL has found: as a number, a share, a day, or the word for a small number."""
    if isinstance(value, str):
        return {day(datetime.date.fromisoformat(value))}
    if column.endswith("_pct"):
        return {percent(value)}
    word = language("vi").count_word(int(value))
    return {number(value), str(value), str(float(value)), word, word.lower()}


@pytest.mark.parametrize("name", questions())
def test_the_page_and_the_sql_give_the_same_figure(opened: Opener, homes: dict[str, Path], name: str) -> None:
    question = questions()[name]
    path = (homes["normal"] / "published" / "current").resolve() / DATABASE
    found = run(str(path), question.select)
    assert isinstance(found, Result), found
    value = found.rows[0][[column.name for column in found.columns].index(question.answer)]
    by_clicks = clicked(opened, question)
    assert not by_clicks.exception
    assert figure_on_page(by_clicks, name) in ways_to_write(value, question.answer)
    if question.codes:
        by_address = opened("normal", question.page, **question.codes)
        assert figure_on_page(by_address, name) == figure_on_page(by_clicks, name)


@pytest.mark.parametrize("name", questions())
def test_a_question_is_at_most_three_clicks_away(name: str) -> None:
    question = questions()[name]
    assert question.page in pages.PAGES
    assert len(question.clicks) <= MOST_CLICKS
    assert len(question.codes) == len(question.choices)
    names = {value for value in vars(links).values() if isinstance(value, str)}
    assert set(question.codes) <= names


@pytest.mark.parametrize("name", questions())
def test_a_question_is_asked_in_both_languages(name: str) -> None:
    question = questions()[name]
    for vietnamese, english in (question.title, question.question):
        assert vietnamese
        assert english
        assert vietnamese != english
    assert question.sql(language("vi")).startswith(f"-- {question.question[0]}\n")
    assert question.sql(language("en")).startswith(f"-- {question.question[1]}\n")


def test_there_are_twenty_and_each_has_a_place_to_read_it() -> None:
    assert len(questions()) == 20
    assert set(questions()) == SAID.keys() | IN_TABLE.keys()


def test_the_document_is_up_to_date() -> None:
    written = (REPOSITORY / "docs" / "questions.md").read_text(encoding="utf-8")
    assert written == document.text(), "run `make docs`"
