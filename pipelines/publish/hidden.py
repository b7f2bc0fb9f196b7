"""What is hidden at a clearance: the codes that may be seen, and the words that speak of those that may not.

A free text is not read for its meaning. It speaks of something hidden where it holds a code of it, an abbreviation of
its labels, or two words that stand side by side in its labels and in no label that may be seen. That leaves out more
than it must, and nothing but notes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import duckdb

from pipelines.clearance import may_see

_ABBREVIATION = re.compile(r"[A-ZĐ]{3,}")
_LABELS = ("name_vi", "name_en", "synonyms_vi", "form_heading_vi")


@dataclass(frozen=True, slots=True)
class Hidden:
    """`seen` holds the codes that may be seen, by kind; `codes` the hidden indicators, `groups` their groups; the rest
    are their words.
    """

    seen: dict[str, frozenset[str]]
    codes: frozenset[str]
    groups: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    words: frozenset[str]

    def is_spoken_of(self, text: str) -> bool:
        """Whether a text speaks of something hidden. A text without any accents is compared without them."""
        if any(code in text for code in self.codes):
            return True
        spoken = _words(text)
        if not self.words.isdisjoint(spoken):
            return True
        # File names are written without accents, and with them the pairs are fewer.
        bare = unicodedata.normalize("NFC", text).isascii()
        pairs = _bare_pairs(self.pairs) if bare else self.pairs
        return not pairs.isdisjoint(pairwise(spoken))


def hidden_at(connection: duckdb.DuckDBPyConnection, above: str, clearance: str) -> Hidden:
    """What is hidden at a clearance of the attached database `above`, by its reference tables."""
    indicators = connection.execute(f"SELECT * FROM {above}.reference.indicators").fetchall()
    columns = [column[0] for column in connection.description or []]
    records = [dict(zip(columns, row, strict=True)) for row in indicators]
    shown = [record for record in records if may_see(clearance, str(record["sensitivity"]))]
    hidden = [record for record in records if record not in shown]
    seen = _seen(connection, above, frozenset(str(record["indicator"]) for record in shown))
    titles = connection.execute(f"SELECT sheet, title_vi, title_en FROM {above}.reference.forms").fetchall()
    said, unsaid = _said(shown), _said(hidden)
    for sheet, *texts in titles:
        (said if sheet in seen["sheet"] else unsaid).extend(text for text in texts if text)
    groups = {str(record["group"]) for record in hidden} - {str(record["group"]) for record in shown}
    return Hidden(
        seen,
        frozenset(str(record["indicator"]) for record in hidden),
        frozenset(str(record["group"]) for record in hidden),
        _pairs(unsaid) - _pairs(said),
        (_abbreviations(unsaid) - _abbreviations(said)) | frozenset(group for group in groups if group != "published"),
    )


def _seen(connection: duckdb.DuckDBPyConnection, above: str, indicators: frozenset[str]) -> dict[str, frozenset[str]]:
    """The codes of each kind that may be seen. A directive may be seen by one of its tasks, or if it has none at all;
    a chain only if all its stages may be; a sheet by one of its indicators."""
    connection.execute("SET VARIABLE seen_indicator = $codes::VARCHAR[]", {"codes": sorted(indicators)})
    is_seen = "list_contains(getvariable('seen_indicator'), {})"
    queries = {
        "directive": f"""
            SELECT directive FROM {above}.reference.directives
            WHERE COALESCE(indicators, '') = ''
                OR list_has_any(string_split(indicators, '|'), getvariable('seen_indicator'))""",
        "chain": f"""
            SELECT chain FROM {above}.reference.chains GROUP BY chain
            HAVING BOOL_AND({is_seen.format("indicator")})""",
        "sheet": f"""
            SELECT forms.sheet FROM {above}.reference.forms AS forms
            LEFT JOIN {above}.reference.indicators AS indicators ON forms.sheet = indicators.form_sheet
            GROUP BY forms.sheet HAVING BOOL_OR(COALESCE({is_seen.format("indicators.indicator")}, TRUE))""",
        "figure": f"""
            SELECT figure FROM {above}.reference.published_figures WHERE {is_seen.format("indicator")}""",
    }
    found = {kind: frozenset(row[0] for row in connection.execute(sql).fetchall()) for kind, sql in queries.items()}
    return {"indicator": indicators, "required_indicator": indicators, **found}


def keep_codes(connection: duckdb.DuckDBPyConnection, hidden: Hidden) -> None:
    """Puts the codes that may be seen where statements find them: variables `seen_…` of the connection."""
    for kind, codes in hidden.seen.items():
        connection.execute(f"SET VARIABLE seen_{kind} = $codes::VARCHAR[]", {"codes": sorted(codes)})


def spoken_of(connection: duckdb.DuckDBPyConnection, hidden: Hidden, columns: Sequence[str], rows: str) -> list[str]:
    """The different texts in some columns of `rows` (a FROM clause and what follows) that speak of what is hidden."""
    if not columns:
        return []
    found = connection.execute(f"SELECT DISTINCT UNNEST([{', '.join(columns)}]) FROM {rows}").fetchall()
    return sorted(text for (text,) in found if isinstance(text, str) and hidden.is_spoken_of(text))


def _said(records: Iterable[dict[str, object]]) -> list[str]:
    """The labels of indicators, one by one: words of two labels that meet are no pair."""
    return [part for record in records for name in _LABELS for part in str(record.get(name) or "").split("|") if part]


def _pairs(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for text in texts for pair in pairwise(_words(text)))


def _abbreviations(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _ABBREVIATION.findall(text))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", unicodedata.normalize("NFC", text).lower()) if word]


@lru_cache(maxsize=8)
def _bare_pairs(pairs: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((_bare(one), _bare(other)) for one, other in pairs)


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
