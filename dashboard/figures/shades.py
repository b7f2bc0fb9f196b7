"""How much is done, as a colour: five steps of one hue that grow darker, another hue with a glyph for all done.

Belongs here: which colour a share, a state or an average has. These are not the lights of a directive: a small share
is not late as long as nothing is due.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.coverage_sentences import coverage
from dashboard.figures.maps import Paint
from dashboard.language import Language
from dashboard.map_sentences import mean
from dashboard.vocabulary import DARK_RED, INK, LIGHTS, MUTED, TEAL
from dashboard.warehouse import Row

WHITE = "#FFFFFF"
FULL = 100


@dataclass(frozen=True, slots=True)
class Shade:
    """A step of the scale: shares from `from_pct` up to the next step. `ink` is the colour of text on it."""

    from_pct: float
    colour: str
    ink: str


STEPS = (
    Shade(0, "#DCE8F1", INK),
    Shade(25, "#B3CEE1", INK),
    Shade(50, "#8DB6D3", INK),
    Shade(75, "#649ABF", INK),
    Shade(90, "#2F6285", WHITE),
)
ALL_DONE = Shade(FULL, TEAL, WHITE)
NOT_DONE = Shade(0, DARK_RED, WHITE)
NOT_REPORTED = Shade(0, LIGHTS["none"].colour, MUTED)
# From the smallest to the largest average, where there is nothing to be a share of.
SCALE = ((0.0, "#DCE8F1"), (0.5, "#80ADCC"), (1.0, "#1B4F72"))


def shade_of(progress_pct: float) -> Shade:
    """The step that a share lies in."""
    return next(step for step in (ALL_DONE, *reversed(STEPS)) if progress_pct >= step.from_pct or step is STEPS[0])


def step_words(language: Language) -> dict[Shade, str]:
    """What each step of the scale means, the smallest shares first."""
    ends = [*(step.from_pct for step in STEPS[1:]), ALL_DONE.from_pct]
    words = {step: f"{step.from_pct:.0f}–<{end:.0f}%" for step, end in zip(STEPS, ends, strict=True)}
    return words | {ALL_DONE: language.text("từ 100%")}


def paint_indicator(row: Row, language: Language) -> Paint:
    """A row of `map_indicator.sql`: its share, yes or no, or its value where there is nothing to be a share of."""
    hover, state = _hover(row, language), row["state"]
    if state in ("not_reported", "not_counted"):
        line = "○" if state == "not_reported" else "–"
        return Paint(line, hover, NOT_REPORTED.colour, NOT_REPORTED.ink, is_hatched=state == "not_reported")
    if row["is_yes_no"]:
        shade, glyph = (ALL_DONE, "●") if state == "done" else (NOT_DONE, "■")
        return Paint(f"{glyph} {_yes_no(row, language)}", hover, shade.colour, shade.ink)
    if row["progress_pct"] is None:
        shade = shade_of(min(row["place_pct"] or 0, FULL - 1))
        return Paint(language.number(row["value"]), hover, shade.colour, shade.ink)
    shade = shade_of(row["progress_pct"])
    glyph = "● " if shade is ALL_DONE else ""
    return Paint(glyph + language.percent(row["progress_pct"]), hover, shade.colour, shade.ink)


def _yes_no(row: Row, language: Language) -> str:
    _ = language.text
    return _("xong") if row["value"] else _("chưa")


def _hover(row: Row, language: Language) -> str:
    _ = language.text
    lines = [f"<b>{row['province_name']}</b>"]
    if row["state"] == "not_counted":
        return "<br>".join([*lines, _("không tính ở nơi này")])
    if row["value"] is None:
        return "<br>".join([*lines, _("chưa có báo cáo")])
    if row["is_yes_no"]:
        lines.append(_("đã xong") if row["value"] else _("chưa xong"))
    elif row["progress_pct"] is not None:
        parts = f"{language.number(row['value'])} / {language.number(row['target'])}"
        lines.append(f"{language.percent(row['progress_pct'])} ({parts})")
    else:
        lines.append(language.number(row["value"]))
        if row["reported_unit_count"] > 1:
            average = mean(row["average_value"], language)
            lines.append(_("bình quân {average} mỗi đơn vị đã báo cáo").format(average=average))
    return "<br>".join([*lines, " · ".join(coverage(row, language))])
