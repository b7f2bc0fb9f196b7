"""The page Truy vấn SQL: ready-made questions, running, results, faults in words, links, the tables in words."""

from __future__ import annotations

import io
import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import exports
from dashboard.blocks.console import REVISION, TEXT
from dashboard.blocks.console_result import frame_of
from dashboard.blocks.schema_browser import described, starting_query
from dashboard.console import sandbox
from dashboard.console.ready_made import questions
from dashboard.console.sandbox import Column, Limits, Result
from dashboard.console.sharing import LONGEST_CODE, decoded, encoded
from dashboard.figures.quick import MOST_BARS, quick_chart, suited
from dashboard.language import language
from dashboard.settings import REPOSITORY
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]


def write(app: AppTest, sql: str) -> AppTest:
    """As if typed into the editor: what the keys are for, AppTest can't press in a component."""
    app.session_state[TEXT] = sql
    app.session_state[REVISION] += 1
    return app


def run(app: AppTest) -> AppTest:
    return app.button(key="console_run").click().run()


def editor(app: AppTest) -> dict[str, Any]:
    """What the page has told the editor."""
    (component,) = app.get("bidi_component")
    told: dict[str, Any] = json.loads(component.proto.json)
    return told


def result(app: AppTest) -> pd.DataFrame:
    (frame,) = (each.value for each in app.dataframe)
    return frame


def test_the_page_opens_with_a_question_and_runs_nothing(opened: Opener) -> None:
    app = opened("normal", "sql")
    first = next(iter(questions().values()))
    assert editor(app)["text"] == first.sql(language("vi"))
    assert f"{len(questions())} câu hỏi thường gặp" in words(app)
    assert not app.dataframe
    assert "Chưa chạy câu nào" in app.caption[-1].value


def test_running_gives_the_table_and_leaves_the_question_in_the_address(opened: Opener) -> None:
    app = run(opened("normal", "sql"))
    assert not app.exception
    assert result(app)["short_name"].iloc[0] == "Cả nước"
    assert app.query_params["cau-hoi"] == "01_centres_operating"
    assert "34 dòng, 8 cột" in words(app)


def test_choosing_a_question_puts_it_into_the_editor(opened: Opener) -> None:
    app = opened("normal", "sql")
    app.selectbox(key="console_question").set_value("10_province_overdue").run()
    assert "'91' AS province_code" in editor(app)["text"]
    assert len(result(run(app))) == 4


def test_a_question_is_known_in_either_language(opened: Opener) -> None:
    app = opened("normal", "sql")
    app.selectbox(key="console_question").set_value("10_province_overdue").run()
    app.segmented_control(key="choose_lang").set_value("en").run()
    assert app.selectbox(key="console_question").value == "10_province_overdue"
    assert app.query_params["cau-hoi"] == "10_province_overdue"


def test_choosing_a_table_writes_its_select(opened: Opener) -> None:
    app = opened("normal", "sql")
    app.selectbox(key="console_start").set_value("reference.run").run()
    assert editor(app)["text"].startswith("SELECT\n    run_id,\n    as_of_on,")
    assert list(result(run(app))["run_id"]) == ["run-20260228"]


def test_a_query_of_ones_own_is_in_the_address_and_opens_from_it(opened: Opener) -> None:
    sql = "SELECT short_name FROM reference.provinces WHERE province_code = '91'"
    app = run(write(opened("normal", "sql"), sql))
    assert list(result(app)["short_name"]) == ["An Giang"]
    code = app.query_params["sql"]
    again = opened("normal", "sql", sql=code)
    assert editor(again)["text"] == sql
    assert not again.dataframe


@pytest.mark.parametrize(("lang", "said"), [("vi", "Lỗi ở dòng 2."), ("en", "The fault is on line 2.")])
def test_a_fault_is_said_in_words_with_duckdbs_own_and_its_line_is_marked(opened: Opener, lang: str, said: str) -> None:
    app = run(write(opened("normal", "sql", lang), "SELECT\n  provnce_name\nFROM reference.provinces"))
    assert said in app.error[0].value
    assert "Binder Error" in app.code[-1].value
    assert editor(app)["fault"] == 2


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DROP TABLE marts.chase_list", "Chỉ nhận đúng một câu SELECT"),
        ("SELECT 1 AS a; SELECT 2 AS b", "Chỉ nhận đúng một câu SELECT"),
        ("SELECT * FROM read_text('/etc/passwd')", "không đọc tệp hay mạng"),
        ("SELECT repeat('x', 4000000000)", "nhiều bộ nhớ hơn mức cho phép"),
        ("SELEC 1", "sai cú pháp"),
        ("SELECT 1 AS a FROM marts.khong_co", "Không có bảng, cột hoặc hàm như vậy"),
        ("SELECT CAST('x' AS INTEGER) AS a", "Không đổi được một giá trị"),
        ("SELECT 1 -- " + "x" * sandbox.LONGEST_QUERY, "dài quá 20.000 ký tự"),
    ],
)
def test_what_is_refused_is_refused_in_vietnamese(opened: Opener, sql: str, said: str) -> None:
    app = run(write(opened("normal", "sql"), sql))
    assert not app.exception
    assert said in app.error[0].value


def test_too_many_at_once_and_too_long_are_told_apart(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("normal", "sql")
    endless = "SELECT COUNT(*) AS a FROM range(100000000000) AS a, range(1000000) AS b"
    monkeypatch.setattr("dashboard.blocks.console.Limits", lambda rows=1000: Limits(rows=rows, seconds=1))
    assert "chạy quá 15 giây" in run(write(app, endless)).error[0].value
    monkeypatch.setattr(sandbox.places, "take", lambda _count: None)
    assert "Đang có 4 câu truy vấn chạy cùng lúc" in run(app).error[0].value


def test_there_is_nothing_to_stop_while_nothing_runs(opened: Opener) -> None:
    assert opened("normal", "sql").button(key="console_stop").disabled


def test_rows_beyond_the_limit_are_announced(opened: Opener) -> None:
    app = opened("normal", "sql", **{"so-dong": "200"})
    app = run(write(app, "SELECT commune_code FROM reference.communes"))
    assert len(result(app)) == 200
    assert "Còn dòng nữa" in words(app)


def test_numbers_are_written_on_the_server_and_names_that_repeat_told_apart() -> None:
    columns = (Column("n", "number", "DOUBLE"), Column("n", "day", "DATE"), Column("x", "number", "DOUBLE"))
    frame, shown = frame_of(Result(columns, [[3153, "2026-02-25", "nan"], [None, None, 1.5]], "", 0.1))
    assert [label for label, _kind in shown.values()] == ["n", "n (2)", "x"]
    assert [kind for _label, kind in shown.values()] == ["number", "day", "text"]
    assert str(frame["c1"][0]) == "2026-02-25"


def test_a_file_of_the_result_says_where_it_comes_from_and_starts_no_formula(opened: Opener) -> None:
    shown = pd.DataFrame({"a": ["=1+1", "xã"], "b": [1.5, None]})
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(shown, [("Câu truy vấn", "=SELECT 1")])))
    assert book["1"]["A2"].data_type == "s"
    assert book["2"]["B1"].value == "=SELECT 1"
    assert book["2"]["B1"].data_type == "s"
    assert b"'=1+1" in exports.csv_file(shown)


def test_a_query_in_an_address_comes_back_and_anything_else_is_nothing() -> None:
    for sql in ("SELECT 1", "-- xã, phường\nSELECT 'Đặc khu' AS x", "x" * 5_000):
        assert decoded(encoded(sql)) == sql
    bomb = urlsafe_b64encode(zlib.compress(b"x" * 50_000_000)).decode()
    for code in ("", "x", "%%%", "AAAA", encoded("SELECT 1")[:-4], bomb[:LONGEST_CODE], "x" * 100_000):
        assert decoded(code) == ""


def test_the_chart_follows_the_columns_and_writes_numbers() -> None:
    assert suited(["text", "number", "number"], [3, 3, 3]) == ("bar", 0, 1)
    assert suited(["text", "text", "number"], [1, 34, 30]) == ("bar", 1, 2)
    assert suited(["day", "number"], [12, 12]) == ("line", 0, 1)
    assert suited(["number", "number"], [9, 9]) == ("dots", 0, 1)
    assert suited(["text", "day"], [2, 2]) is None
    bars = quick_chart("bar", list("ab") * 30, [3153, None] * 30, [], ("tỉnh", "số"), language("vi"))
    assert bars["data"][0]["text"][0] == "3.153"
    assert len(bars["data"][0]["x"]) == 30 <= MOST_BARS


def test_lines_are_told_apart_by_name_at_their_end() -> None:
    days = [pd.Timestamp(day).date() for day in ("2026-02-15", "2026-01-31")] * 2
    figure = quick_chart("line", days, [2, 1, 4, 3], ["A", "A", "B", "B"], ("ngày", "số"), language("vi"))
    assert [trace["y"] for trace in figure["data"]] == [[1, 2], [3, 4]]
    assert [trace["text"][-1] for trace in figure["data"]] == ["A", "B"]


def test_tables_are_described_in_the_readers_language() -> None:
    row = {
        "schema_name": "marts", "table_name": "t", "kind": "table", "table_note": "Bảng <b> | Table <b>",
        "row_count": 1, "parameters": None, "column_name": "due_on", "data_type": "DATE",
        "column_note": "Hạn | Due date",
    }  # fmt: skip
    assert "<dd>Hạn</dd>" in described([row], language("vi"), is_open=False)
    english = described([row], language("en"), is_open=True)
    assert "<dd>Due date</dd>" in english
    assert "Table &lt;b&gt;" in english
    assert "<details open>" in english
    function = row | {"kind": "function", "parameters": "effective_on, known_on", "column_name": None}
    assert "marts.t(effective_on, known_on)" in starting_query([function])


def test_tables_and_columns_are_found_without_accents(opened: Opener) -> None:
    app = opened("normal", "sql", **{"tim-bang": "days_to_due"})
    said = words(app)
    assert "marts.chase_list" in said
    assert "marts.commune_progress" not in said


def test_the_editor_is_part_of_the_repository(opened: Opener) -> None:
    (component,) = opened("normal", "sql").get("bidi_component")
    assert component.proto.js_content == (REPOSITORY / "dashboard/assets/sql_editor.js").read_text(encoding="utf-8")
    assert "http" not in component.proto.js_content + component.proto.css_content
