"""What strangers write (names of files, sheets, communes; remarks) stays text on every page: no element, no link,
no formula, no icon is made of it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard import links, pages
from dashboard.access import LOCAL_READER
from dashboard.figures.ready import ReadyFigure
from pipelines.clearance import LOWER
from pipelines.publish.lower import write_lower
from tests.dashboard.published_database import TODAY
from tests.soak import IS_WHOLE

APP = Path(links.__file__).with_name("app.py")
PLANTED = "<img src=x onerror=alert(1)>[x](javascript:alert(1)) $$x$$ :material/home: :red[x] **x**"
# Every text that comes from a file, and names, which come from tables that people edit.
WRITTEN_BY_STRANGERS = {
    "facts.submissions": ("file_name",),
    "facts.rejected_values": ("unit_text", "given_text", "file_name", "source_place"),
    "facts.observations": ("source_place", "evidence"),
    "reference.communes": ("commune_name",),
}
# Elements whose text Streamlit reads as Markdown, with the field that holds it.
MARKDOWN = {
    "markdown": "body",
    "alert": "body",
    "heading": "body",
    "button": "label",
    "download_button": "label",
    "page_link": "label",
}
# Signs of Markdown that are not behind a backslash.
LIVE = re.compile(r"(?<!\\)(?:\[x\]|\$\$|:material/|:red\[|\*\*x)")


# The pages with most of it, for `make test`; `make soak` opens all.
SHOW_MOST = ("province", "quality", "sources", "reports")


@pytest.fixture(scope="module")
def planted(homes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The normal database with the text behind every text of a stranger's."""
    home = tmp_path_factory.mktemp("planted")
    version = home / "published" / "000001"
    version.mkdir(parents=True)
    path = version / "restricted.duckdb"
    shutil.copy(homes["normal"] / "published" / "000001" / path.name, path)
    with duckdb.connect(str(path)) as connection:
        for table, columns in WRITTEN_BY_STRANGERS.items():
            there = {str(row[0]) for row in connection.execute(f"DESCRIBE {table}").fetchall()}
            changes = ", ".join(f"{column} = {column} || $text" for column in columns if column in there)
            connection.execute(f"UPDATE {table} SET {changes}", {"text": " " + PLANTED})
    for clearance in LOWER:
        write_lower(path, version / f"{clearance}.duckdb", clearance)
    (home / "published" / "current").symlink_to(version.name)
    return home


def texts(app: AppTest) -> Iterator[tuple[str, str]]:
    """(kind, text) of everything that is drawn as HTML or Markdown."""
    for kind, name in {"html": "body", **MARKDOWN}.items():
        for element in app.get(kind):
            proto: Any = element.proto
            holder = proto if isinstance(proto, Message) and hasattr(proto, name) else None
            if holder is not None:
                yield kind, str(getattr(holder, name))


def live_parts(kind: str, text: str) -> list[str]:
    """What of the planted text would be more than text."""
    if "<img src=x" in text and kind == "html":
        return ["an element"]
    return LIVE.findall(text) if kind != "html" and "alert(1)" in text else []


@pytest.mark.soak
@pytest.mark.parametrize("page", pages.PAGES if IS_WHOLE else SHOW_MOST)
def test_nothing_that_a_stranger_wrote_becomes_more_than_text(
    planted: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(planted))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["tinh"] = "12"
    app.run()
    if pages.PAGES[page].is_open_to(LOCAL_READER) and page != "overview":
        app.switch_page(pages.script(page))
        app.query_params["tinh"] = "12"
        app.run()
    assert [str(each.value) for each in app.exception] == []
    found = [(kind, part, text[:200]) for kind, text in texts(app) for part in live_parts(kind, text)]
    assert found == []


def test_the_text_is_there_at_all(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENDO_HOME", str(planted))
    monkeypatch.setenv("TIENDO_TODAY", TODAY)
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.switch_page(pages.script("sources")).run()
    assert any("alert(1)" in frame.value.to_csv() for frame in app.dataframe)


@pytest.mark.parametrize(
    ("kind", "text", "is_live"),
    [
        ("html", f"<p>{PLANTED}</p>", True),
        ("html", "<p>&lt;img src=x onerror=alert(1)&gt;</p>", False),
        ("markdown", PLANTED, True),
        ("markdown", "\\[x\\](javascript:alert(1)) \\$\\$x", False),
    ],
)
def test_what_the_test_looks_for_is_found(kind: str, text: str, is_live: bool) -> None:
    assert bool(live_parts(kind, text)) == is_live


def test_markup_in_a_chart_is_text_but_for_ours() -> None:
    link = '<a href="https://planted.example">x</a>'
    figure = {
        "data": [{"text": [None, f"<b>{link}</b><br>1"], "x": [1.0, 2.0], "customdata": ["<a>"]}],
        "layout": {"annotations": [{"text": link}], "title": {"text": "1 < 2"}},
    }
    shown = ReadyFigure(figure).to_dict()
    plain = link.replace("<", "&lt;")
    assert shown["data"] == [{"text": [None, f"<b>{plain}</b><br>1"], "x": [1.0, 2.0], "customdata": ["<a>"]}]
    assert shown["layout"] == {"annotations": [{"text": plain}], "title": {"text": "1 &lt; 2"}}
