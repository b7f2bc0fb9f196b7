"""Every figure of a brief equals the marts, recomputed by other statements, and is written as it should be."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from dashboard.brief import lateness
from dashboard.brief.files import NoBrief, compute
from dashboard.brief.fitting import fitted
from dashboard.brief.records import Reader
from dashboard.brief.structure import Bars, Brief, Curves, Figure, Paragraph, Said, Table, figures_of, words
from dashboard.language import language
from dashboard.vocabulary import STATUSES, coverage_word, status_word
from dashboard.warehouse import open_published
from tests.dashboard.brief_expected import expected, own_connection

UNITS = ("", "91", "01", "12", "20")
VIETNAMESE = language("vi")
# Numbers that are words of the text: the two-tier model, the form, the window of forecasts, the zero that is not said.
WORDS_WITH_DIGITS = ("2 cấp", "30/2020/NĐ-CP", "60 ngày", "không tính là 0", "000001")


def brief_of(home: Path, unit: str) -> Brief:
    published = open_published(home / "published" / "current", "restricted")
    assert published is not None
    return fitted(compute(published, unit, is_present=True))


def number(value: float) -> str:
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{rounded:,}".removesuffix(".0") if value == int(value) else f"{rounded:,}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: float) -> str:
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded == 100 and value != 100:
        return "99,9%" if value < 100 else "100,1%"
    if rounded == 0 and value:
        return "0,1%"
    return f"{rounded}".removesuffix(".0").replace(".", ",") + "%"


def written(kind: str, value: object) -> str:
    """How the tests would write a value."""
    if kind == "number":
        return number(float(str(value)))
    if kind == "percent":
        return percent(float(str(value)))
    if kind == "days":
        return number(abs(float(str(value))))
    if kind == "signed":
        change = float(str(value))
        return ("+" if change > 0 else "−") + number(abs(change)) if change else "0"
    if kind == "moment":
        assert isinstance(value, datetime)
        return f"{value.hour:02} giờ {value.minute:02} ngày {value:%d/%m/%Y}"
    if kind == "day":
        assert isinstance(value, date)
        return f"{value:%d/%m/%Y}"
    if kind == "status":
        return status_word(str(value), VIETNAMESE)
    return coverage_word(str(value), VIETNAMESE)[2:] if kind == "report" else str(value)


def check_names(figure: Figure, names: list[str]) -> None:
    """The names are those of the marts; those that are not written out are counted."""
    assert isinstance(figure.value, list)
    assert sorted(figure.value) == sorted(names)
    rest = re.search(r" và (\d+) nơi khác$", figure.text)
    shown = figure.text.removesuffix(rest.group() if rest else "")
    missing = [name for name in figure.value if name.lower() not in shown.lower()]
    assert len(missing) == (int(rest.group(1)) if rest else 0), figure.text


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", ["normal", "late"])
def test_every_figure_equals_the_marts(homes: dict[str, Path], tmp_path: Path, kind: str, unit: str) -> None:
    figures = figures_of(brief_of(homes[kind], unit))
    assert len(figures) > 50
    with own_connection(homes[kind] / "published" / "current" / "restricted.duckdb", tmp_path) as connection:
        for figure in figures:
            value = expected(connection, figure)
            if figure.kind == "names":
                assert isinstance(value, list), figure
                check_names(figure, value)
                continue
            assert value is not None, figure
            if isinstance(figure.value, float):
                assert figure.value == pytest.approx(value), figure
            else:
                assert figure.value == value, figure
            assert written(figure.kind, value) in figure.text, figure


@pytest.mark.parametrize("unit", UNITS)
def test_charts_show_the_marts(homes: dict[str, Path], tmp_path: Path, unit: str) -> None:
    brief = brief_of(homes["normal"], unit)
    with own_connection(homes["normal"] / "published" / "current" / "restricted.duckdb", tmp_path) as connection:
        for chart in (block for block in brief.blocks if isinstance(block, Curves)):
            assert chart.unit == (unit or "VN")
            for panel in chart.panels:
                points = connection.execute(
                    "SELECT as_of_on, progress_pct FROM progress WHERE unit = ? AND indicator = ? ORDER BY as_of_on",
                    [chart.unit, panel.indicator],
                ).fetchall()
                assert list(panel.points) == points
        for ranking in (block for block in brief.blocks if isinstance(block, Bars)):
            bars = connection.execute(
                "SELECT unit, progress_pct FROM newest WHERE unit <> 'VN' AND indicator = ?", [ranking.indicator]
            ).fetchall()
            assert sorted((bar.code, bar.percent) for bar in ranking.bars if bar.percent is not None) == sorted(bars)


def said_in(brief: Brief) -> list[Said]:
    tables = [block for block in brief.blocks if isinstance(block, Table)]
    return [
        brief.opening,
        *(block.said for block in brief.blocks if isinstance(block, Paragraph)),
        *(cell for table in tables for line in table.lines for cell in line.cells),
    ]


@pytest.mark.parametrize("unit", UNITS)
def test_no_number_stands_in_the_text_without_its_source(homes: dict[str, Path], unit: str) -> None:
    for said in said_in(brief_of(homes["normal"], unit)):
        for part in said:
            if isinstance(part, Figure):
                continue
            text = re.sub(r"^\d\. $|^\d$", "", part)
            for known in WORDS_WITH_DIGITS:
                text = text.replace(known, "")
            assert not re.search(r"\d", text), part


def test_the_country_opens_with_what_is_late_and_whom_to_call(homes: dict[str, Path]) -> None:
    said = [words(block.said) for block in brief_of(homes["normal"], "").blocks if isinstance(block, Paragraph)]
    assert said[0].startswith("Trong 8 chỉ đạo có thời hạn đang theo dõi: 3 đã quá hạn mà chưa xong")
    assert "(trước ngày 30/10/2025, quá hạn 119 ngày)" in said[1]
    assert said[2].startswith("Cần đôn đốc trước: ")
    assert any("33/34 địa phương đã gửi số liệu" in each and "Chưa gửi: Lai Châu." in each for each in said)


def test_provinces_are_called_in_the_order_of_the_first_page(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    tiles = published.rows("map_tiles", statuses=list(STATUSES), directive="")
    called = [row["province_code"] for row in tiles if row["late_count"] + row["risk_count"] + row["unreported_count"]]
    calls = lateness.calls_of(Reader(published, "VN"))
    assert [row["province_code"] for row in calls] == called


def test_what_nobody_reported_is_said_so(homes: dict[str, Path]) -> None:
    brief = brief_of(homes["late"], "12")
    said = " ".join(words(each) for each in said_in(brief))
    assert "Chưa có báo cáo nào của địa phương này." in said
    assert "Chưa có báo cáo nào của địa phương về các lĩnh vực được theo dõi." in said
    assert "chưa nhận được tệp báo cáo nào của địa phương." in said
    table = next(block for block in brief.blocks if isinstance(block, Table))
    assert {words(line.cells[1]) for line in table.lines if len(line.cells) > 1} == {"chưa có báo cáo"}


def test_a_late_calendar_is_said_for_the_present_and_not_for_the_past(homes: dict[str, Path]) -> None:
    published = open_published(homes["late"] / "published" / "current", "restricted")
    assert published is not None
    present, past = (
        " ".join(words(each) for each in said_in(compute(published, "", is_present))) for is_present in (True, False)
    )
    assert ("còn thiếu" in present, "còn thiếu" in past) == (False, False), "on 18/01/2026 nothing was missing yet"


def test_without_reports_there_is_no_brief(homes: dict[str, Path]) -> None:
    published = open_published(homes["empty"] / "published" / "current", "restricted")
    assert published is not None
    with pytest.raises(NoBrief, match="chưa có báo cáo nào của địa phương"):
        compute(published, "", is_present=True)


def test_an_unknown_province_is_refused_by_name(homes: dict[str, Path]) -> None:
    published = open_published(homes["normal"] / "published" / "current", "restricted")
    assert published is not None
    with pytest.raises(NoBrief, match="99"):
        compute(published, "99", is_present=True)
