"""Sentences on how much of what provinces send has to be set aside, and whether that gets better."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.warehouse import Row

NAMED = 5


def rate_change(row: Row) -> float | None:
    """Percentage points from the three reports before to the newest three; None where there were none before."""
    if row["recent_pct"] is None or row["before_pct"] is None:
        return None
    return float(round(row["recent_pct"] - row["before_pct"], 2))


def trends(rows: Sequence[Row], language: Language) -> str:
    """Who gets better and who gets worse, by name; one row of `set_aside_rates.sql` per province."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Chưa có báo cáo nào để so sánh.")
    if not any(row["all_rejected_count"] for row in rows):
        return _("Chưa kỳ nào có giá trị bị để riêng.")
    better = [row["short_name"] for row in rows if (rate_change(row) or 0) < 0]
    worse = [row["short_name"] for row in rows if (rate_change(row) or 0) > 0]
    touched = sum(1 for row in rows if row["recent_pct"])
    text = _n("Trong ba kỳ gần nhất, {count}/{all} địa phương có giá trị bị để riêng.", touched)
    said = [text.format(count=touched, all=len(rows))]
    if better:
        said.append(_("Ít hơn ba kỳ trước đó: {names}.").format(names=language.names(better, NAMED)))
    if worse:
        said.append(_("Nhiều hơn ba kỳ trước đó: {names}.").format(names=language.names(worse, NAMED)))
    if not better and not worse:
        said.append(_("Không nơi nào thay đổi so với ba kỳ trước đó."))
    return " ".join(said)
