"""The page of the brief: what it is about lives in the address, and it shows the first part of the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 30


def opened(monkeypatch: pytest.MonkeyPatch, home: Path, **codes: str) -> AppTest:
    monkeypatch.setenv("TIENDO_HOME", str(home))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    app.switch_page(pages.script("brief"))
    for name, code in codes.items():
        app.query_params[name] = code
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def test_the_country_comes_first(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, homes["normal"])
    assert "Trong 8 chỉ đạo có thời hạn đang theo dõi" in words(app)
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Tải Word (để sửa, trình ký)", "Tải PDF (để đọc, in)", "Tải Excel (mọi bảng)"]


def test_a_link_opens_the_brief_of_a_province(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, homes["normal"], **{links.REPORT_ABOUT: "91"})
    assert "Tỉnh An Giang có 102 đơn vị hành chính cấp xã" in words(app)
    name = "bao-cao_91_2026-02-25_biet-den-2026-02-28_mo-phong.docx"
    assert [each.value for each in app.code] == [f"tiendo brief --as-of 2026-02-25 --province 91 --out {name}"]


def test_without_reports_the_page_says_so_and_offers_nothing(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(monkeypatch, homes["empty"])
    assert "chưa lập được báo cáo tóm tắt" in words(app)
    assert not app.get("download_button")
