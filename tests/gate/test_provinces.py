from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.gate.provinces import ProvinceNames
from pipelines.reference.load import Reference
from pipelines.vietnamese import folded

with (Path(__file__).parent / "province_variants.csv").open(encoding="utf-8", newline="") as file:
    VARIANTS = [(row["variant"], row["code"]) for row in csv.DictReader(file)]
"""(a text, the code of the province that it names; empty where it names none for certain)"""


@pytest.fixture(scope="module")
def names(reference: Reference) -> ProvinceNames:
    return ProvinceNames(reference)


def test_the_list_holds_enough_of_every_kind(reference: Reference, names: ProvinceNames) -> None:
    assert len(VARIANTS) >= 185
    assert sum(not code for _, code in VARIANTS) >= 15
    assert sum(bool(code) and names.is_old(variant) for variant, code in VARIANTS) >= 45
    assert {code for _, code in VARIANTS if code} == reference.provinces_on(date(2026, 2, 13)).keys()


@pytest.mark.parametrize(("variant", "code"), VARIANTS)
def test_every_variant_names_its_province_or_none(names: ProvinceNames, variant: str, code: str) -> None:
    assert names.code_of(variant) == code


def test_the_way_letters_are_stored_does_not_matter(names: ProvinceNames) -> None:
    for variant, code in VARIANTS:
        for written in (variant.upper(), variant.lower(), unicodedata.normalize("NFD", variant), f"\u00a0{variant} "):
            assert names.code_of(written) == code, written


def test_no_diacritics_are_needed_but_none_may_be_wrong(names: ProvinceNames) -> None:
    for variant, code in VARIANTS:
        if code:
            assert names.code_of(folded(variant)) in (code, "")
    assert names.code_of("Thanh Hoa") == "38"
    assert names.code_of("Thạnh Hóa") == ""  # a commune of Tây Ninh


@pytest.mark.parametrize(("written", "is_old"), [("Tỉnh Hà Giang", True), ("BR-VT", True), ("TP. HCM", False)])
def test_names_from_before_the_mergers_are_told_apart(names: ProvinceNames, written: str, is_old: bool) -> None:
    assert names.is_old(written) is is_old


def test_no_commune_with_its_type_word_is_taken_for_a_province(reference: Reference, names: ProvinceNames) -> None:
    assert [item.commune_name for item in reference.communes if names.code_of(item.commune_name)] == []


@given(st.text() | st.text(alphabet="aăâđhnà giàu.-()0129TPtỉnh\u0301\u0323"))
def test_any_text_gives_a_code_or_nothing(names: ProvinceNames, text: str) -> None:
    code = names.code_of(text)
    assert code == "" or (len(code) == 2 and code.isdigit())
