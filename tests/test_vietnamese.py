from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.vietnamese import folded, plain

# Letters, tones in every form, look-alikes and invisible characters: where normal forms meet, mistakes are.
VIETNAMESE = st.text(
    alphabet="aăâeêioôơuưydđhqtnAOƯYĐÐÒà\u0300\u0301\u0302\u0306\u031b\u0323\u0340'’`´‐ \u00a0\u00ad\u200b\u202a\ufe0f"
    "АеТΑΗονñµΐ"
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("XÃ MỸ HOÀ HƯNG", "Xã Mỹ Hòa Hưng"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("Luỹ kế", "lũy kế"),
        ("  Biểu \u00a0 02\n- CQĐP2C ", "Biểu 02 - CQĐP2C"),
        ("Ea H’Leo", "Ea H'Leo"),
        ("Ea H´Leo", "Ea H'Leo"),
        ("Thừa Thiên – Huế", "Thừa Thiên - Huế"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("TT-BCТ", "TT-BCT"),  # the last letter of the first is Cyrillic
        ("Ｂｉểｕ　０２", "Biểu 02"),
        ("Ghi\u200b chú\ufeff", "Ghi chú"),
        ("hợp\u00adđồng", "hợpđồng"),
        ("ТỔNG СỘNG", "Tổng cộng"),  # Cyrillic Т, С
        ("Ηà Νội", "Hà Nội"),  # Greek capitals
        ("Τοàn tỉnh", "Toàn tỉnh"),  # Greek Τ, ο
        ("ＴＰ．ＨＣＭ", "TP.HCM"),
        ("Ðà Nẵng ðô thị", "Đà Nẵng đô thị"),
        ("Câ\u0323p", "Cập"),
        ("Ca\u0323\u0302p", "Cập"),
        ("Ca\u0302\u0323p", "Cập"),
        ("Thu\u031b\u0300a", "Thừa"),
        ("Thu\u0300\u031ba", "Thừa"),
        ("Ho\u0340a", "Hòa"),  # the grave accent of an older encoding
        ("\u202aXã\u202c Sơn\u200d Hà\u2069", "Xã Sơn Hà"),
        ("✔\ufe0f", "✔"),
        ("3\u2009193", "3 193"),
        ("3\u202f193", "3 193"),
    ],
)
def test_spellings_of_the_same_words_are_equal(written: str, meant: str) -> None:
    assert plain(written) == plain(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sơn Hà", "Sơn Hạ"), ("Cẩm Giang", "Cẩm Giàng"), ("Tân Thành", "Tân Thạnh"), ("Ba Tơ", "Ba Tô"), ("đá", "da")],
)
def test_diacritics_make_different_words(one: str, other: str) -> None:
    assert plain(one) != plain(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "word", ["quý", "quỳ", "hoàn", "toán", "thuận", "khuỷu", "hoặc", "tuyến", "ngoài", "xoáy", "của", "lúa", "quả"]
)
def test_tones_that_have_one_place_stay(word: str) -> None:
    assert plain(word) == word


def test_folding_leaves_letters_digits_and_single_spaces() -> None:
    assert folded("Phường Văn Miếu – Quốc Tử Giám (01)") == "phuong van mieu quoc tu giam 01"


@given(st.text() | VIETNAMESE)
def test_plain_is_settled_and_does_not_depend_on_the_unicode_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == plain(text)
    assert plain(f"\u00a0{text} ") == plain(text)


@given(st.text() | VIETNAMESE)
def test_folded_is_settled_and_rests_on_plain(text: str) -> None:
    assert folded(folded(text)) == folded(text) == folded(plain(text))
    assert folded(text).isascii()


def test_long_texts_are_read_like_short_ones() -> None:
    assert plain("HOÀ " * 5000) == ("hòa " * 5000).strip()
