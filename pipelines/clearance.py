"""Who may see what: the clearances in their order, and how a table says what becomes of it below its own.

Every table is declared once, where it is declared otherwise: a model in the head of its SQL file (`-- clearance: …`),
a table of the ledger in `pipelines/facts/tables.py`, a reference table in `pipelines/marts/reference_notes.py`.
`pipelines/publish/lower.py` writes the files of the lower clearances by these declarations and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The words of `sensitivity` in indicators.csv, lowest first.
HIGHEST: Final = "restricted"
LOWER = ("public", "internal")
CLEARANCES = (*LOWER, HIGHEST)

# What rows can be chosen by: the columns that hold such codes, in every table.
CODES = ("indicator", "required_indicator", "directive", "chain", "sheet")
GRAMMAR = (
    "`everyone`, `rows by CODE, …`, `derived`, `recounted`, `set aside` or `from restricted`; then, each after `; `, "
    "`same with GROUP`, `from internal`, `texts COLUMN, …`, `places COLUMN, …`, `lists COLUMN, …`"
)
_PART = re.compile(r"(everyone|derived|recounted|set aside|rows by|same with|from|texts|places|lists)(?: (.+))?")


class ClearanceInvalid(ValueError):
    """A table does not say what becomes of it at a lower clearance, or says it in other words than these."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a table becomes in the file of a lower clearance.

    `rows_by`: only rows whose codes in these columns may all be seen. `least`: the table is not there below this one.
    `is_derived`: the same model is applied to the tables of that file; a view and a macro are made anew in any case.
    `same_with`: that is not needed as long as every indicator of this group, the only ones it rests on, may be seen.
    `rule`: a rule of its own in `pipelines/publish/ledger_rows.py`.
    `texts`: what people wrote freely is left out where it speaks of what is hidden; `places`: the name of a sheet too.
    `lists`: codes with bars between, of which those that may be seen stay.
    """

    rows_by: tuple[str, ...] = ()
    least: str = CLEARANCES[0]
    is_derived: bool = False
    same_with: str = ""
    rule: str = ""
    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def is_in(self, clearance: str) -> bool:
        """Whether the table is in the file of a clearance at all."""
        return may_see(clearance, self.least)


def may_see(clearance: str, sensitivity: str) -> bool:
    """Whether who has a clearance may see what is of a sensitivity. Raises ValueError for a word that is neither."""
    return CLEARANCES.index(clearance) >= CLEARANCES.index(sensitivity)


def read_declaration(text: str, table: str) -> Declaration:
    """Reads what a table says of itself. Raises ClearanceInvalid."""
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split("; "):
        match = _PART.fullmatch(part.strip())
        if match is None or match[1] in found:
            raise _invalid(table, text)
        found[match[1]] = tuple(name.strip() for name in (match[2] or "").split(",") if name.strip())
    kinds = found.keys() & {"everyone", "derived", "recounted", "set aside", "rows by"}
    least = found.get("from", CLEARANCES[:1])
    takes_names = {"rows by", "same with", "from", "texts", "places", "lists"}
    if (
        len(kinds) > 1
        or not (kinds or least[0] == HIGHEST)
        or len(least) != 1
        or len(found.get("same with", ("",))) != 1
        or ("same with" in found and "derived" not in kinds)
        or least[0] not in CLEARANCES
        or any(bool(names) != (kind in takes_names) for kind, names in found.items())
        or not set(found.get("rows by", ())) <= set(CODES)
    ):
        raise _invalid(table, text)
    return Declaration(
        rows_by=found.get("rows by", ()),
        least=least[0],
        is_derived="derived" in kinds,
        same_with=found.get("same with", ("",))[0],
        rule=next((kind for kind in ("recounted", "set aside") if kind in kinds), ""),
        texts=found.get("texts", ()),
        places=found.get("places", ()),
        lists=found.get("lists", ()),
    )


def _invalid(table: str, text: str) -> ClearanceInvalid:
    given = f"“{text}”" if text else "nothing"
    return ClearanceInvalid(
        f"{table}: what a lower clearance may see of it is declared as {given}; expected {GRAMMAR}. "
        "CONTRIBUTING.md says which."
    )
