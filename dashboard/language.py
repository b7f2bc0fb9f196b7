"""The reader's language: gettext with Vietnamese msgids, and the formats that go with it.

The `.po` files of a language, one per part of the dashboard, are read at start-up through Babel, so that no compiled
catalogue has to be kept in step.
A text without translation falls back to Vietnamese; a test refuses such gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard import formats

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("vi", "en")
SMALL_NUMBERS_LIMIT = 9
KINDS_OF_UNIT = ("Tỉnh ", "Thành phố ", "Xã ", "Phường ", "Đặc khu ")


@dataclass(frozen=True)
class Language:
    """Texts, numbers and dates for one reader. Aliased as `_` where texts are written, so that they can be found."""

    code: str
    translations: NullTranslations

    def text(self, vietnamese: str) -> str:
        """The text in the reader's language."""
        return self.translations.gettext(vietnamese) if vietnamese else ""

    def plural(self, vietnamese: str, count: float) -> str:
        """As `text`, where English needs to know whether it speaks of one or of many."""
        return self.translations.ngettext(vietnamese, vietnamese, 1 if count == 1 else 2)

    def pick(self, vietnamese: str, english: str) -> str:
        """One of the two wordings that a reference table carries."""
        return english if self.code == "en" and english else vietnamese

    def number(self, value: float | None, decimals: int | None = None) -> str:
        return formats.number(value, self.code, decimals)

    def percent(self, value: float | None) -> str:
        return formats.percent(value, self.code)

    def signed(self, value: float | None) -> str:
        return formats.signed(value, self.code)

    def day(self, value: date | None) -> str:
        return formats.day(value, self.code)

    def moment(self, value: datetime | None) -> str:
        return formats.moment(value, self.code)

    def names(self, names: Sequence[str], limit: int = 5) -> str:
        """`A, B và C`; past `limit`, the rest is counted: `A, B, C và 7 nơi khác`."""
        _ = self.text
        if len(names) > limit:
            rest = len(names) - limit
            others = self.plural("{count} nơi khác", rest).format(count=self.number(rest))
            return ", ".join(names[:limit]) + " " + _("và") + " " + others
        if len(names) > 1:
            return ", ".join(names[:-1]) + " " + _("và") + " " + names[-1]
        return names[0] if names else ""

    def inside(self, name: str) -> str:
        """A unit's name with its kind inside a sentence: `tỉnh An Giang`; English keeps it as it is."""
        is_lowered = self.code == "vi" and name.startswith(KINDS_OF_UNIT)
        return name[0].lower() + name[1:] if is_lowered else name

    def count_word(self, count: int) -> str:
        """A number that opens a sentence: a word up to nine, digits after."""
        _ = self.text
        words = (
            _("Một"), _("Hai"), _("Ba"), _("Bốn"), _("Năm"), _("Sáu"), _("Bảy"), _("Tám"), _("Chín"),
        )  # fmt: skip
        return words[count - 1] if 1 <= count <= SMALL_NUMBERS_LIMIT else self.number(count)


@lru_cache(maxsize=len(LANGUAGES))
def language(code: str) -> Language:
    """The language for a code of `LANGUAGES`. Vietnamese needs no catalogue: it is what the code is written in."""
    sources = sorted((LOCALE / code / "LC_MESSAGES").glob("*.po"))
    if code == "vi" or not sources:
        return Language("vi", NullTranslations())
    translations = GNUTranslations(_compiled(sources[0], code))
    for source in sources[1:]:
        translations.add_fallback(GNUTranslations(_compiled(source, code)))
    return Language(code, translations)


def _compiled(source: Path, code: str) -> BytesIO:
    compiled = BytesIO()
    with source.open("rb") as text:
        write_mo(compiled, read_po(text, locale=code))
    compiled.seek(0)
    return compiled
