"""The search in the head of a page: which requests for it come from a page that the reader has left."""

from __future__ import annotations

import pytest

from dashboard.access import LOCAL_READER, Reader
from dashboard.blocks.find import is_of_another_page


@pytest.mark.parametrize(
    ("sent_from", "shown"),
    [
        ("http://127.0.0.1:8501", "thoi-han"),
        ("http://127.0.0.1:8501/", "thoi-han"),
        ("http://127.0.0.1:8501/tinh", ""),
        ("https://tiendo.example/noi-bo/tinh/", "so-sanh"),
    ],
)
def test_a_request_from_the_page_left_behind_is_known(sent_from: str, shown: str) -> None:
    assert is_of_another_page(sent_from, shown, LOCAL_READER)


@pytest.mark.parametrize(
    ("sent_from", "shown"),
    [
        (None, "thoi-han"),
        ("http://127.0.0.1:8501", ""),
        ("http://127.0.0.1:8501/thoi-han", "thoi-han"),
        ("https://tiendo.example/noi-bo/", ""),
        ("https://tiendo.example/noi-bo", "tinh"),
    ],
)
def test_a_request_from_the_page_shown_or_from_nowhere_known_is_answered_there(
    sent_from: str | None, shown: str
) -> None:
    assert not is_of_another_page(sent_from, shown, LOCAL_READER)


def test_the_address_of_a_page_that_the_reader_may_not_open_leads_nowhere() -> None:
    viewer = Reader("", "x", frozenset({"viewer"}), None)
    assert is_of_another_page("http://127.0.0.1:8501/quan-su", "", LOCAL_READER)
    assert not is_of_another_page("http://127.0.0.1:8501/quan-su", "", viewer)
