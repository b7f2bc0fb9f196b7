"""What is made once is made once, also when many ask at the same time; failures and old results are not kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from time import sleep

import pandas as pd
import pyarrow
import pytest
from streamlit import dataframe_util

from dashboard.kept import Kept
from dashboard.language import language
from dashboard.tables import Columns, prepared_once
from dashboard.view import View
from dashboard.warehouse import open_published


def test_readers_who_ask_at_once_wait_for_one_result() -> None:
    kept: Kept[int] = Kept(10)
    calls = count()

    def make() -> int:
        sleep(0.05)
        return next(calls)

    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(lambda _: kept.get("key", make), range(8))) == [0] * 8


def test_a_failure_is_not_kept() -> None:
    kept: Kept[int] = Kept(10)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert kept.get("key", lambda: 2) == 2


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: "first")
    assert [kept.get(key, lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]


def test_a_result_changed_by_a_page_is_unchanged_for_the_next(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    rows, frame = published.rows("provinces"), published.table("submissions", province_code="91")
    rows[0]["short_name"] = "changed"
    frame["file_name"] = "changed"
    assert "changed" not in {row["short_name"] for row in published.rows("provinces")}
    assert "changed" not in set(published.table("submissions", province_code="91")["file_name"])


def test_a_table_is_made_once_and_sent_as_it_was_made(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    view = View(published, language("vi"), {}, date(2026, 2, 28), None, 0)
    columns: Columns = {"name": ("Tên", "text"), "value": ("Giá trị", "number")}
    asked: list[str] = []

    def frame() -> pd.DataFrame:
        asked.append("asked")
        return pd.DataFrame({"name": ["An Giang"], "value": [3193]})

    first = prepared_once(view, "some_table", frame, columns, "91")
    assert prepared_once(view, "some_table", frame, columns, "91") is first
    assert len(asked) == 1
    assert prepared_once(view, "some_table", frame, columns, "92") is not first
    assert prepared_once(replace(view, language=language("en")), "some_table", frame, columns, "91") is not first
    sent = pyarrow.ipc.open_stream(dataframe_util.convert_pandas_df_to_arrow_bytes(first.shown)).read_pandas()
    assert sent.to_dict("list") == {"Tên": ["An Giang"], "Giá trị": [3193]}
    other = pd.DataFrame({"Tên": ["Lạng Sơn"]})
    assert b"L\xe1\xba\xa1ng" in dataframe_util.convert_pandas_df_to_arrow_bytes(other)
