"""Bars as HTML: stages of a chain, fields of work, posts by position. What comes from data is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.figures.curves import spark_line
from dashboard.language import Language
from dashboard.markup import FULL, bar, items, tag
from dashboard.vocabulary import ACCENT, INK, MUTED, RULE, chain_status_word, position_word
from dashboard.warehouse import Row

# How the provinces at a stage are drawn: column of `chain_funnel.sql`, status, background, ink.
STATES = (
    ("reached_count", "done", ACCENT, "#FFFFFF"),
    ("in_progress_count", "in_progress", "#9FC0D6", INK),
    ("waiting_count", "waiting", RULE, MUTED),
    ("not_reported_count", "not_reported", "repeating-linear-gradient(135deg,#edeff1 0 4px,#fff 4px 8px)", MUTED),
)


def chain_bars(rows: Sequence[Row], language: Language) -> str:
    """One bar per stage, as long as there are provinces, in its states; what it took beside it."""
    _ = language.text
    entries = []
    for row in rows:
        segments = [
            f'<div style="width:{FULL * row[column] / row["expected_count"]:.3f}%;background:{colour};color:{ink}">'
            f"{language.number(row[column])}</div>"
            for column, _status, colour, ink in STATES
            if row[column]
        ]
        title = f"{row['stage_order']}. {language.pick(row['title_vi'], row['title_en'])}"
        entries.append(
            f"<span>{escape(title)}</span>{tag('div', 'segments', *segments)}"
            f"<small>{escape(' · '.join(_took(row, language)))}</small>"
        )
    legend = [
        f'<span style="display:inline-block;width:.9rem;height:.7rem;background:{colour};border:1px solid {RULE}">'
        f"</span> {escape(chain_status_word(status, language)[2:])}"
        for _column, status, colour, _ink in STATES
    ]
    return items("legend", legend) + items("stages", entries)


def _took(row: Row, language: Language) -> list[str]:
    """`23/34`, the median of those who are through, the number of contradictions."""
    _, _n = language.text, language.plural
    if not row["reported_count"]:
        return [_("chưa có báo cáo")]
    said = [f"{language.number(row['reached_count'])}/{language.number(row['expected_count'])}"]
    days = row["median_days_done"]
    if days is not None:
        said.append(_n("trung vị {days} ngày", days).format(days=language.number(days, 0)))
    if row["problem_count"]:
        said.append(_n("{count} nơi cần hỏi lại", row["problem_count"]).format(count=row["problem_count"]))
    return said


def chain_legend(language: Language) -> str:
    """What the glyphs of the table of provinces mean."""
    words = [chain_status_word(status, language) for _column, status, _colour, _ink in STATES[:3]]
    return items("legend", [escape(word) for word in (*words, language.text("■ Trái trình tự, cần hỏi lại"))])


def field_bars(rows: Sequence[tuple[str, Row]], language: Language) -> str:
    """Missing people by field on one zero baseline, the most on top; (name, row of `staffing_balance.sql`)."""
    _n = language.plural
    most = max((row["shortage"] or 0 for _name, row in rows), default=0) or 1
    entries = []
    for name, row in sorted(rows, key=lambda pair: -(pair[1]["shortage"] or 0)):
        communes = row["communes_short"]
        note = "" if communes is None else _n("{count} xã thiếu", communes).format(count=language.number(communes))
        value = language.text("chưa có báo cáo") if row["shortage"] is None else language.number(row["shortage"])
        share = None if row["shortage"] is None else FULL * row["shortage"] / most
        label = tag("span", "rule", escape(name), f"<small>{escape(note)}</small>")
        entries.append(f"{label}{bar(share, ACCENT)}<b>{escape(value)}</b>")
    return items("bars", entries)


def position_bars(rows: Sequence[Row], language: Language) -> str:
    """Posts filled of posts required; past 100 the bar is full and the number says so. No bar without a requirement."""
    entries = []
    for row in rows:
        filled = language.text("chưa có báo cáo") if row["filled"] is None else language.number(row["filled"])
        whole = "" if row["required"] is None else f"/{language.number(row['required'])}"
        share = "" if row["filled_pct"] is None else f" · {language.percent(row['filled_pct'])}"
        drawn = "<span></span>" if row["required"] is None else bar(row["filled_pct"], ACCENT)
        name = escape(position_word(row["position"], language))
        entries.append(f"<span>{name}</span>{drawn}<b>{escape(filled + whole + share)}</b>")
    return items("stages", entries)


def name_groups(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Names under what they have in common: (word with glyph and count, names)."""
    return items("list", (f"<b>{escape(word)}</b><br>{escape(', '.join(names))}" for word, names in groups))


def counted_bars(rows: Sequence[tuple[str, str, int]], language: Language) -> str:
    """Counts as bars on one zero baseline, in the order given: (name, note, count)."""
    most = max((count for _name, _note, count in rows), default=0) or 1
    return items(
        "bars",
        (
            f"{tag('span', 'rule', escape(name), f'<small>{escape(note)}</small>' if note else '')}"
            f"{bar(FULL * count / most, ACCENT)}<b>{language.number(count)}</b>"
            for name, note, count in rows
        ),
    )


def rate_curves(entries: Sequence[tuple[str, str, Sequence[float | None]]], highest: float, language: Language) -> str:
    """One small line per entry from 0 to `highest`, which all share: (name, newest in words, percentages)."""
    none = tag("span", "no-curve", escape(language.text("mới có một kỳ")))
    cells = []
    for name, newest, values in entries:
        heights = [None if value is None else FULL * value / highest for value in values]
        line = spark_line(list(enumerate(heights)))
        picture = f'<img alt="" src="{line}">' if line else none
        cells.append(f"<span></span><b>{escape(name)}</b><span>{escape(newest)}</span>{picture}")
    return items("curves", cells)
