"""Each page, on each database, in each language: no exception, and what a reader must find there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from dashboard.access import LOCAL_READER
from dashboard.language import LANGUAGES
from tests.dashboard.published_database import KINDS, TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 30
Opener = Callable[..., AppTest]


@pytest.fixture
def opened(homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens a page of a database with the address given."""

    def open_page(kind: str, page: str = "overview", lang: str = "vi", **codes: str) -> AppTest:
        monkeypatch.setenv("TIENDO_HOME", str(homes[kind]))
        monkeypatch.setenv("TIENDO_TODAY", TODAY)
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
        for name, code in {**codes, **({"lang": lang} if lang != "vi" else {})}.items():
            app.query_params[name] = code
        app.run()
        if page != "overview":
            app.switch_page(pages.script(page))
            for name, code in codes.items():
                app.query_params[name] = code
            app.run()
        return app

    return open_page


def words(app: AppTest) -> str:
    """All that the page says in words, markup included."""
    return " ".join(str(element.proto.body) for element in app.get("html")) + " ".join(each.value for each in app.title)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page", pages.open_to(LOCAL_READER))
def test_page_opens(opened: Opener, page: str, kind: str, lang: str) -> None:
    app = opened(kind, page, lang)
    assert [str(each.value) for each in app.exception] == []
    assert app.title[0].value
    assert ("DỮ LIỆU MÔ PHỎNG" in words(app) or "SIMULATED DATA" in words(app)) == (kind == "normal")
    assert ('class="td-notice td-late"' in words(app)) == (kind == "late")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_published_database_the_page_says_what_to_run(opened: Opener, lang: str) -> None:
    app = opened("nothing", lang=lang)
    assert not app.exception
    assert "tiendo demo" in [each.value for each in app.code]


def test_the_overview_opens_with_sentences(opened: Opener) -> None:
    said = words(opened("normal"))
    assert "33/34 địa phương đã có Trung tâm Phục vụ hành chính công cấp xã hoạt động: 3.153 trên 3.195 đơn vị" in said
    assert "Hai đơn vị chưa có: đặc khu Hoàng Sa (Đà Nẵng) và đặc khu Trường Sa (Khánh Hòa)." in said
    assert "33/34 địa phương đã gửi số liệu" in said
    assert "Một địa phương chưa có báo cáo: Lai Châu." in said


def test_without_reports_published_figures_are_the_headlines(opened: Opener) -> None:
    said = words(opened("empty"))
    assert "3.193" in said
    assert "Bộ Nội vụ" in said
    assert "công bố 25/02/2026" in said
    assert "0/34" not in said.replace("0/34 địa phương đã gửi", "")


def test_past_due_without_any_report_is_not_said_to_be_in_time(opened: Opener) -> None:
    said = words(opened("empty", "deadlines"))
    assert (
        "Trong 6 chỉ đạo có hạn do địa phương báo cáo, 4 đã qua hạn mà chưa có báo cáo, 1 còn trong hạn và chưa có báo "
        "cáo. Hai mốc của cơ quan trung ương không có số liệu báo cáo."
    ) in said


def test_late_data_say_so(opened: Opener) -> None:
    said = words(opened("late"))
    assert "Số liệu mới nhất là của kỳ 15/01/2026" in said
    assert "phải có số liệu kỳ 25/02/2026: còn thiếu 4 kỳ" in said


def test_a_link_reproduces_the_view(opened: Opener) -> None:
    app = opened("normal", "province", tinh="91")
    assert "Tỉnh An Giang có 102 đơn vị hành chính cấp xã" in words(app)
    app = opened("normal", "deadlines", **{"chi-dao": "kl202_procedures"})
    assert "không kể ngày 15/12/2025" in words(app)


def test_an_unknown_code_in_the_address_is_ignored(opened: Opener) -> None:
    app = opened("normal", "province", tinh="zz")
    assert not app.exception
    assert "Thành phố Hà Nội" in words(app)


def test_communes_are_found_without_accents(opened: Opener) -> None:
    app = opened("normal", "province", tinh="48", tim="hoang sa")
    names = [list(each.value["Xã, phường, đặc khu"]) for each in app.dataframe if "Xã, phường, đặc khu" in each.value]
    assert names == [["Đặc khu Hoàng Sa"]]


def test_choosing_another_language_keeps_the_choice_of_province(opened: Opener) -> None:
    app = opened("normal", "province", lang="en", tinh="91")
    assert "has 102 commune-level units" in words(app)
    assert app.query_params["tinh"] == "91"


def test_a_figure_opens_its_files_and_cells(opened: Opener) -> None:
    app = opened("normal")
    app.button(key="sources_pvhcc_commune_operating").click().run()
    assert not app.exception
    table = next(each.value for each in app.dataframe if "Ô" in each.value)
    assert len(table) == 3155
    assert [each.value for each in app.caption if "cộng lại" in each.value] == ["3.155 dòng, cộng lại 3.153"]
    assert table["Ô"].str.startswith("Biểu 02!").all()
    assert "91_2026-02-25_sua.xlsx" in set(table["Tệp"])
