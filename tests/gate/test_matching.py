"""All communes within their province, written the ways they arrive: the right one, or a question, never another."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from pipelines.gate.units import UnitIndex, bare_name
from pipelines.reference.load import Reference
from pipelines.reference.records import Commune
from pipelines.vietnamese import folded, plain
from tests.gate.reports import DAY

LETTERS = "abcdeghiklmnopqrstuvxyàáạảãăằắâầấđèéêềếìíòóôồốơờớùúưừứỳý"
SHORT = {"xã": "X.", "phường": "P.", "đặc khu": "ĐK"}
Written = Callable[[Commune], str]


class Communes:
    """The registry of a day, with an index per province."""

    def __init__(self, reference: Reference) -> None:
        self.all = list(reference.communes_on(DAY).values())
        self.indexes = {code: UnitIndex(reference, code, DAY) for code in reference.provinces_on(DAY)}
        names = {
            (item.province_code, name)
            for item in self.all
            for name in (item.commune_name, bare_name(item.commune_name))
        }
        self._names = {(province, plain(name)) for province, name in names}
        self._folded = {(province, folded(name)) for province, name in names}

    def has_name(self, province_code: str, written: str) -> bool:
        """Whether a text is the exact name of some commune there, or written without diacritics one without its own."""
        is_folded = plain(written).isascii() and (province_code, folded(written)) in self._folded
        return is_folded or (province_code, plain(written)) in self._names

    def outcome(self, commune: Commune, written: str) -> str:
        """`right`, `review`, or `wrong` for a text that stands for the commune."""
        match = self.indexes[commune.province_code].match("", written)
        if match.unit_code:
            return "right" if match.unit_code == commune.commune_code and not match.rule else "wrong"
        assert match.rule == "unknown_unit"
        return "review"

    def outcomes(self, write: Written) -> Counter[str]:
        """How many of all communes are found, asked about, or mistaken when they are written so."""
        return Counter(self.outcome(commune, write(commune)) for commune in self.all)


def _newer(commune: Commune) -> str:
    pairs = (
        "òa oà",
        "óa oá",
        "ỏa oả",
        "õa oã",
        "ọa oạ",
        "òe oè",
        "óe oé",
        "ỏe oẻ",
        "ùy uỳ",
        "úy uý",
        "ủy uỷ",
        "ũy uỹ",
        "ụy uỵ",
    )
    name = commune.commune_name
    for older, newer in (pair.split() for pair in pairs):
        name = name.replace(older, newer)
    return name


def _bare(commune: Commune) -> str:
    return commune.commune_name.removeprefix(commune.unit_type.capitalize()).strip()


@pytest.fixture(scope="module")
def communes(reference: Reference) -> Communes:
    return Communes(reference)


@pytest.mark.parametrize(
    "write",
    [
        lambda item: item.commune_name,
        lambda item: item.commune_name.upper(),
        lambda item: unicodedata.normalize("NFD", item.commune_name),
        lambda item: unicodedata.normalize("NFD", item.commune_name.upper()),
        _newer,
        lambda item: _newer(item).upper(),
        _bare,
        lambda item: _bare(item).upper(),
        lambda item: f"{SHORT[item.unit_type]} {_bare(item)}",
        lambda item: f"{SHORT[item.unit_type]}{' ' if item.unit_type == 'đặc khu' else ''}{_bare(item)}",
        lambda item: f"UBND {item.commune_name}",
        lambda item: f"Ủy ban nhân dân {item.commune_name.lower()}",
        lambda item: item.commune_name.replace(" ", "\u00a0"),
        lambda item: f" {item.commune_name.replace(' ', '  ')} ",
        lambda item: item.commune_name.replace(" ", "\n", 1),
        lambda item: item.commune_name.replace("'", "’"),
        lambda item: item.commune_name.replace("Đ", "Ð"),
        lambda item: item.commune_name.replace(" - ", "-").replace("-", "–"),
        lambda item: f"12. {item.commune_name}",
        lambda item: f"{item.commune_name} *",
        lambda item: f"{item.commune_name} ({item.commune_code})",
        lambda item: f"{item.commune_code} - {item.commune_name}",
    ],
    ids=[
        *("official", "upper", "NFD", "upper NFD", "newer tones", "upper newer tones", "no type word", "upper no type"),
        *("short type", "glued short type", "UBND", "Ủy ban nhân dân", "nbsp", "double spaces", "line break"),
        *("apostrophe", "Eth", "hyphens", "numbered", "asterisk", "code behind", "code before"),
    ],
)
def test_what_leaves_no_doubt_is_found(communes: Communes, write: Written) -> None:
    outcomes = communes.outcomes(write)
    assert outcomes["wrong"] == 0
    # A few names are shared by a ward and a commune of one province: without the type word they are asked about.
    assert outcomes["right"] >= 3_321 - communes.outcomes(_bare)["review"]


@pytest.mark.parametrize(
    "write",
    [
        lambda item: folded(item.commune_name),
        lambda item: folded(item.commune_name).upper(),
        lambda item: folded(_bare(item)),
        lambda item: f"{SHORT[item.unit_type].replace('Đ', 'D')} {folded(_bare(item))}",
    ],
    ids=["no diacritics", "upper", "no type word", "short type"],
)
def test_without_diacritics_what_is_not_unique_is_asked_about(communes: Communes, write: Written) -> None:
    outcomes = communes.outcomes(write)
    assert outcomes["wrong"] == 0
    assert outcomes["right"] >= 3_250


def test_a_name_with_part_of_its_diacritics_is_never_a_neighbour(communes: Communes) -> None:
    """Every mark of a sample of names left out, one at a time, and replaced by each other mark."""
    for commune in random.Random(20260215).sample(communes.all, 400):
        for written in _tone_slips(commune.commune_name):
            if not communes.has_name(commune.province_code, written):
                assert communes.outcome(commune, written) != "wrong", written


def test_one_typo_makes_no_other_commune(communes: Communes) -> None:
    """Three typos in every name; one that makes the exact name of another commune is that name, and left out."""
    chance = random.Random(20260213)
    outcomes: Counter[str] = Counter()
    for commune in communes.all:
        for name in (commune.commune_name, _bare(commune), folded(commune.commune_name)):
            written = _typo(name, chance.randrange(len(name)), chance)
            if not communes.has_name(commune.province_code, written):
                outcomes[communes.outcome(commune, written)] += 1
    assert outcomes["wrong"] == 0
    assert sum(outcomes.values()) > 9_600


def test_a_typo_in_any_place_makes_no_other_commune(communes: Communes) -> None:
    """Every position of a sample of names, and each of the four ways to mistype there."""
    chance = random.Random(20260214)
    for commune in chance.sample(communes.all, 150):
        for position in range(len(commune.commune_name)):
            for kind in range(4):
                written = _typo(commune.commune_name, position, chance, kind)
                if not communes.has_name(commune.province_code, written):
                    assert communes.outcome(commune, written) != "wrong", written


def test_the_names_that_differ_only_in_diacritics_are_kept_apart(communes: Communes) -> None:
    alike: dict[tuple[str, str], list[Commune]] = {}
    for commune in communes.all:
        alike.setdefault((commune.province_code, folded(commune.commune_name)), []).append(commune)
    pairs = [found for found in alike.values() if len(found) > 1]
    assert len(pairs) >= 7
    for found in pairs:
        for commune in found:
            assert communes.outcome(commune, commune.commune_name) == "right"
            assert communes.outcome(commune, folded(commune.commune_name)) == "review"


def _typo(text: str, position: int, chance: random.Random, kind: int | None = None) -> str:
    """One letter left out, doubled by another, replaced, or swapped with the next."""
    letter, kind = chance.choice(LETTERS), chance.randrange(4) if kind is None else kind
    before, here, after = text[:position], text[position], text[position + 1 :]
    return (
        before + after,
        before + here + letter + after,
        before + letter + after,
        before + after[:1] + here + after[1:],
    )[kind]


def _tone_slips(text: str) -> Iterator[str]:
    decomposed = unicodedata.normalize("NFD", text)
    for position, character in enumerate(decomposed):
        if unicodedata.combining(character):
            for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "\u0302", "\u0306"):
                if mark != character:
                    yield unicodedata.normalize("NFC", decomposed[:position] + mark + decomposed[position + 1 :])
