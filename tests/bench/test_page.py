"""docs/performance.md: one section can be measured anew while the others keep their words."""

from __future__ import annotations

from bench.__main__ import MEASUREMENTS
from bench.page import with_sections
from bench.report import Section

ORDER = ("One", "Two", "Three")


def section(title: str, figure: str) -> Section:
    return Section(title, f"Text of {title}.", ("", "ms"), [("a step", figure)])


def test_a_section_takes_the_place_of_the_one_with_its_title() -> None:
    page = with_sections("", [section("One", "1"), section("Two", "2")], ORDER)
    again = with_sections(page, [section("Two", "3")], ORDER)
    assert "| a step | 1 |" in again
    assert "| a step | 3 |" in again
    assert "| a step | 2 |" not in again
    assert again.count("\n## ") == 2


def test_what_a_person_wrote_below_a_figure_stays() -> None:
    page = with_sections("", [section("One", "1"), section("Two", "2")], ORDER)
    explained = page.replace("\n## Two", "\n### Why\n\nIt reads twice.\n\n## Two")
    again = with_sections(explained, [section("One", "3"), section("Two", "4")], ORDER)
    assert "| a step | 1 |" not in again
    assert again.index("| a step | 3 |") < again.index("### Why\n\nIt reads twice.\n\n## Two")


def test_sections_stand_in_the_order_of_the_measurements() -> None:
    page = with_sections("", [section("Three", "3")], ORDER)
    again = with_sections(page, [section("One", "1")], ORDER)
    assert again.index("## One") < again.index("## Three")


def test_a_section_that_is_no_longer_measured_goes() -> None:
    page = with_sections("", [section("Two", "2")], ORDER)
    assert "## Two" not in with_sections(page, [section("One", "1")], ("One", "Three"))


def test_no_two_measurements_write_the_same_section() -> None:
    titles = [title for measurement in MEASUREMENTS.values() for title in measurement.titles]
    assert len(titles) == len(set(titles))
