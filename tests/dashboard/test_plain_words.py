"""What readers see is in their words: no command line, no code of an act; those who run the system open a fold."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from audit_trail.chain import Act
from dashboard import act_words, audit
from dashboard.language import language
from tests.dashboard.test_pages import Opener, opened, words

__all__ = ["opened"]
VI, EN = language("vi"), language("en")
COMMAND = re.compile(r"\btiendo [a-z]+|--[a-z]|\w\.(md|csv|sql)\b|\bSELECT\b")
FOLD = "Dành cho người vận hành"
PAGES = (
    "chase",
    "reports",
    "quality",
    "restatements",
    "reconciliation",
    "comparison",
    "sources",
    "send",
    "brief",
    "audit",
)


def shown(app: Any) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", words(app)) + " ".join(each.value for each in app.caption)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_command_line_outside_the_fold_for_operators(opened: Opener, page: str) -> None:
    app = opened("normal", page)
    assert COMMAND.findall(shown(app)) == []
    folded = [each.value for fold in app.expander if fold.label == FOLD for each in fold.code]
    assert [each.value for each in app.code] == folded


@pytest.mark.parametrize("page", ["sources", "brief", "audit"])
def test_operators_find_the_command_in_a_fold(opened: Opener, page: str) -> None:
    folds = [each for each in opened("normal", page).expander if each.label == FOLD]
    assert [len(fold.code) for fold in folds] == [1]
    assert not folds[0].proto.expanded


def test_a_line_of_the_access_log_is_in_words() -> None:
    act = Act(
        datetime(2026, 2, 28, 8, 30),
        "local",
        audit.OPENED,
        ("analyst", "steward"),
        {"page": "don-doc", "filters": "", "clearance": "internal"},
    )
    assert act_words.person(act.subject, VI) == "người dùng máy chủ (không đăng nhập)"
    assert act_words.person("u-17", VI) == "u-17"
    assert act_words.roles(act, VI) == "chuyên viên, quản lý số liệu"
    assert act_words.detail(act, VI) == "trang: Đôn đốc; mức số liệu: nội bộ"
    assert act_words.detail(act, EN) == "page: Chase list; level of the figures: internal"
    assert act_words.recorded(act) == "page: don-doc; clearance: internal"


def test_what_has_no_word_stays_as_it_was_recorded() -> None:
    act = Act(datetime(2026, 2, 28, 8, 30), "u-17", audit.EXPORTED, ("intern",), {"what": "Bảng “A”", "medium": "usb"})
    assert act_words.detail(act, VI) == "tải gì: Bảng “A”; medium: usb"
    assert act_words.roles(act, VI) == "intern"
