"""Every text of the dashboard has an English translation that keeps its placeholders."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

from babel.messages.pofile import read_po

from dashboard.language import LOCALE, language
from dashboard.reference_words import expected, reference_text, stored_document
from tests.dashboard.published_database import REFERENCE

DASHBOARD = LOCALE.parent
SINGLE, PLURAL = {"_", "text", "marked"}, {"_n", "plural"}
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def texts_of(source: Path) -> set[tuple[str, bool]]:
    """Each literal given to `_` or `_n` (or to the methods behind them), and whether it has a plural."""
    found = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        first = node.args[0]
        if name in SINGLE | PLURAL and isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
            found.add((first.value, name in PLURAL))
    return found


# What people write in Vietnamese in the reference tables and the pages show.
SHOWN_COLUMNS = {"published_figures": ("publisher", "note"), "denominators": ("reason",), "rules": ("expected_vi",)}


def reference_texts() -> set[tuple[str, bool]]:
    """The texts of those columns."""
    found = set()
    for name, columns in SHOWN_COLUMNS.items():
        with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found |= {(row[column], False) for row in csv.DictReader(file) for column in columns if row[column]}
    return found


def texts() -> set[tuple[str, bool]]:
    return {text for source in sorted(DASHBOARD.rglob("*.py")) for text in texts_of(source)} | reference_texts()


def english() -> dict[tuple[str, bool], tuple[str, ...]]:
    """The catalogue: (Vietnamese, has plural) → its English wordings."""
    wordings = {}
    for source in sorted((LOCALE / "en" / "LC_MESSAGES").glob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale="en")
        for message in catalogue:
            if message.id:
                is_plural = isinstance(message.id, tuple | list)
                given = tuple(message.string) if is_plural else (message.string,)
                text = (message.id[0] if is_plural else message.id, is_plural)
                assert text not in wordings, f"{source.name} translates again what another file does: {text[0]}"
                wordings[text] = given
    return wordings


def test_every_text_is_translated() -> None:
    translated = {text for text, wordings in english().items() if all(wordings)}
    assert sorted(texts() - translated) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(set(english()) - texts()) == []


def test_a_text_of_a_table_is_translated_or_marked_as_a_quotation() -> None:
    vietnamese, english = language("vi"), language("en")
    assert reference_text("trên 124 đơn vị", english) == "out of 124 communes"
    assert reference_text("trên 124 đơn vị", vietnamese) == "trên 124 đơn vị"
    assert reference_text("chưa ai dịch", english) == "“chưa ai dịch” (in Vietnamese)"
    assert reference_text(None, english) == ""


def test_what_a_rule_asks_for_is_said_with_what_was_filled_in() -> None:
    vietnamese, english = language("vi"), language("en")
    template, said = "Không nhỏ hơn kỳ trước ({expected})", "Không nhỏ hơn kỳ trước (1.302)"
    assert expected(said, template, english) == "No less than the period before (1.302)"
    assert expected(said, template, vietnamese) == said
    assert expected("Không quá 1", template, english) == "“Không quá 1” (in Vietnamese)"
    assert expected("Không quá 1", None, english) == "“Không quá 1” (in Vietnamese)"
    assert expected(None, template, english) == ""


def test_a_document_that_is_kept_has_a_number_and_no_file_name() -> None:
    assert stored_document("000_cf13a28f73ff3977.txt", language("vi")) == "bản lưu số 000"
    assert stored_document("https://dantri.com.vn/a.htm", language("vi")) is None
    assert stored_document("Báo cáo 10412/BC-BNV", language("en")) == "Báo cáo 10412/BC-BNV"


def test_translations_keep_their_placeholders() -> None:
    for (text, _is_plural), wordings in english().items():
        for wording in wordings:
            assert set(PLACEHOLDER.findall(wording)) <= set(PLACEHOLDER.findall(text)), text


def test_english_tells_one_from_many_and_vietnamese_does_not() -> None:
    assert language("en").plural("còn {days} ngày", 1) == "{days} day left"
    assert language("en").plural("còn {days} ngày", 2) == "{days} days left"
    assert (
        language("vi").plural("còn {days} ngày", 1) == language("vi").plural("còn {days} ngày", 2) == "còn {days} ngày"
    )


def test_a_list_of_names_ends_in_a_count_when_it_is_long() -> None:
    names = ["A", "B", "C", "D"]
    assert language("vi").names(names[:1]) == "A"
    assert language("vi").names(names[:2]) == "A và B"
    assert language("vi").names(names, limit=2) == "A, B và 2 nơi khác"
    assert language("en").names(names, limit=3) == "A, B, C and 1 other"


def test_the_kind_of_a_unit_has_no_capital_inside_a_sentence() -> None:
    names = ("Tỉnh An Giang", "Thành phố Hà Nội", "Xã Bình Lư", "An Giang")
    assert [language("vi").inside(name) for name in names] == [
        "tỉnh An Giang",
        "thành phố Hà Nội",
        "xã Bình Lư",
        "An Giang",
    ]
    assert language("en").inside("Tỉnh An Giang") == "Tỉnh An Giang"


def test_a_small_count_opens_a_sentence_as_a_word() -> None:
    assert [language("vi").count_word(count) for count in (1, 9, 10, 1234)] == ["Một", "Chín", "10", "1.234"]
