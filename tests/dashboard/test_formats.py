"""Numbers and dates as a Vietnamese reader writes them, and honest percentages."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.elements import arrow as streamlit_tables
from streamlit.proto.ArrowData_pb2 import ArrowData

from dashboard import formats
from dashboard.language import language
from dashboard.written import STYLER_SEAM, texts, written


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (3193, "3.193", "3,193"),
        (0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        (41.67, "41,7", "41.7"),
        (2.25, "2,3", "2.3"),
        (-1234.5, "-1.234,5", "-1,234.5"),
        (None, "–", "–"),
    ],
)
def test_numbers(value: float | None, vietnamese: str, english: str) -> None:
    assert formats.number(value) == vietnamese
    assert formats.number(value, "en") == english


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (41.6, "41,6%"),
        (41.66666, "41,7%"),
        (100, "100%"),
        (50.0, "50%"),
        (99.97, "99,9%"),
        (100.0 * 3193 / 3195, "99,9%"),
        (100.02, "100,1%"),
        (103, "103%"),
        (0, "0%"),
        (0.01, "0,1%"),
        (None, "–"),
    ],
)
def test_percentages_never_claim_what_is_not_reached(value: float | None, shown: str) -> None:
    assert formats.percent(value) == shown


def test_changes_carry_a_sign() -> None:
    assert [formats.signed(value) for value in (12, -3, 0, 1500, None)] == ["+12", "−3", "0", "+1.500", "–"]


def test_days_and_moments() -> None:
    assert formats.day(date(2026, 2, 3)) == "03/02/2026"
    assert formats.day(date(2026, 2, 3), "en") == "3 Feb 2026"
    assert formats.moment(datetime(2026, 2, 28, 1, 30)) == "28/02/2026 01:30"
    assert formats.day(None) == formats.moment(None) == "–"


def test_numbers_are_written_as_the_language_writes_them_and_stay_sortable() -> None:
    frame = pd.DataFrame({"Tỉnh": [14.0], "Cả nước": [2580.0], "Tiến độ": [41.67], "Tên": ["An Giang"]})
    kinds = {"Tỉnh": "number", "Cả nước": "number", "Tiến độ": "percent", "Tên": "text"}
    shown = written(frame, kinds, language("vi"))
    assert shown.data["Cả nước"].tolist() == [2580.0]
    assert texts(frame, kinds, language("vi")) == {"Cả nước": ["2.580"], "Tiến độ": ["41,7%"]}
    assert texts(frame, kinds, language("en")) == {"Cả nước": ["2,580"], "Tiến độ": ["41.7%"]}


def test_streamlit_gets_the_texts_and_colours_that_were_prepared() -> None:
    frame = pd.DataFrame({"Tình trạng": ["■ Quá hạn", "▲ Nguy cơ"], "Số": [1234.5, None]})
    kinds = {"Tình trạng": "status", "Số": "number"}
    message = ArrowData()
    getattr(streamlit_tables, STYLER_SEAM)(message, written(frame, kinds, language("vi")), "elsewhere")
    shown = convert_arrow_bytes_to_pandas_df(message.styler.display_values)
    assert shown["Số"].tolist() == ["1.234,5", "–"]
    assert shown["Tình trạng"].isna().all()
    assert f"#T_{message.styler.uuid}_row0_col0 {{ color: #9B1C1C }}" in message.styler.styles


def test_another_content_is_written_anew() -> None:
    kinds = {"Số": "number"}
    first, second = (written(pd.DataFrame({"Số": [value]}), kinds, language("vi")) for value in (1234.5, 1234.6))
    same = written(pd.DataFrame({"Số": [1234.5]}), kinds, language("vi"))
    assert first.uuid == same.uuid != second.uuid
