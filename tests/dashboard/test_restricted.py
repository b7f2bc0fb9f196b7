"""Figures that must not be passed on say so in words wherever they are named: pages, dialogs, files to take away."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboard import exports, markup, task_words
from dashboard.language import language
from dashboard.vocabulary import indicator_name
from dashboard.warehouse import QUERIES, Row, open_published
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI, EN = language("vi"), language("en")
POSTS: Row = {"indicator": "military_posts_filled", "name_vi": "Chức vụ", "name_en": "Posts", "is_restricted": True}
MARK = "(lưu hành hạn chế)"


def test_the_name_carries_the_mark() -> None:
    assert indicator_name(POSTS, VI) == f"Chức vụ {MARK}"
    assert indicator_name(POSTS, EN) == "Posts (restricted figures)"
    assert indicator_name({**POSTS, "is_restricted": False}, VI) == "Chức vụ"
    assert task_words.task_word(POSTS, VI) == f"chức vụ quân sự cấp xã {MARK}"
    assert MARK in markup.indicator_name(POSTS, VI)


@pytest.mark.parametrize(
    "query",
    [
        "call_tasks", "changes", "commune_card", "commune_indicators", "directive_indicators", "directive_provinces",
        "directives", "indicator_names", "map_indicator", "map_tiles", "measures", "military_positions",
        "missing_communes", "outliers", "province_indicators", "province_tasks", "published_figures",
        "published_headlines", "reconciliation", "rejected", "restated_indicators", "restatements", "status_turns",
        "topic_progress", "verification_draw",
    ],
)  # fmt: skip
def test_what_names_an_indicator_says_whether_it_is_restricted(query: str) -> None:
    assert "is_restricted" in (QUERIES / f"{query}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("overview", {}),
        ("deadlines", {"chi-dao": "steering_letter_apparatus", "chi-tieu": "military_posts_filled"}),
        ("military", {}),
        ("province", {"tinh": "91", "chi-tieu": "military_commander_appointed"}),
        ("reconciliation", {"chi-tieu": "military_commander_appointed"}),
        ("map", {"theo": "military_commander_appointed"}),
    ],
)
def test_pages_that_show_such_figures_mark_them(opened: Opener, page: str, codes: dict[str, str]) -> None:
    app = opened("normal", page, **codes)
    tables = " ".join(str(cell) for each in app.dataframe for cell in each.value.to_numpy().ravel())
    assert MARK in words(app) + tables


def test_nobody_without_the_clearance_is_shown_them(homes: Any) -> None:
    published = open_published(homes["normal"] / "published" / "current", "internal")
    assert published is not None
    assert not any(row["is_restricted"] for row in published.rows("call_tasks"))


def test_a_file_with_such_rows_says_so_in_its_name_and_in_itself() -> None:
    shown = pd.DataFrame({"Chức vụ": ["Trợ lý"]})
    with BytesIO(exports.workbook(shown, [exports.restricted_note(VI)])) as file:
        assert [cell.value for cell in next(load_workbook(file)["2"].iter_rows())] == [
            "Lưu ý",
            "SỐ LIỆU LƯU HÀNH HẠN CHẾ, KHÔNG PHỔ BIẾN",
        ]
    assert exports.stem_mark(pd.DataFrame({"is_restricted": [False, True]})) == "_han-che"
    assert exports.stem_mark(pd.DataFrame({"is_restricted": [False]})) == exports.stem_mark(shown) == ""
