"""Sentences on who has sent reports, who usually is late, and what became of the files of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.language import Language
from dashboard.warehouse import Row

NAMED = 5
OFTEN_LATE = 80


def habits(rows: Sequence[Row], language: Language) -> str:
    """Of those who are missing now, who usually is in time and who is not; '' where nobody is missing."""
    _ = language.text
    missing = [row for row in rows if row["status"] in ("missing", "empty")]
    if not missing:
        return ""
    clauses = []
    for row in missing[:NAMED]:
        if row["on_time_pct"] is None:
            habit = _("chưa có kỳ nào để biết")
        elif row["on_time_pct"] >= OFTEN_LATE:
            habit = _("thường đúng hạn ({share})").format(share=language.percent(row["on_time_pct"]))
        else:
            habit = _("hay chậm, đúng hạn {share}").format(share=language.percent(row["on_time_pct"]))
        clauses.append(f"{row['short_name']} {habit}")
    rest = len(missing) - NAMED
    if rest > 0:
        clauses.append(_("và {count} nơi nữa").format(count=rest))
    text = _("Trong {count} kỳ đã đến hạn gần nhất: {clauses}.")
    return text.format(count=missing[0]["period_count"] or 0, clauses="; ".join(clauses))


def files(rows: Sequence[Mapping[str, Any]], day: date, language: Language) -> str:
    """How many files of how many provinces, how many values taken and set aside."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Không có tệp nào của kỳ {day}.").format(day=language.day(day))
    again = sum(1 for row in rows if row["revision"] > 1)
    text = _n(
        "Kỳ {day}: nhận {count} tệp của {provinces} địa phương, {accepted} giá trị, {rejected} để riêng", len(rows)
    )
    said = text.format(
        day=language.day(day),
        count=language.number(len(rows)),
        provinces=language.number(len({row["province_code"] for row in rows})),
        accepted=language.number(int(sum(row["accepted_count"] for row in rows))),
        rejected=language.number(int(sum(row["rejected_count"] for row in rows))),
    )
    if again:
        said += "; " + _n("{count} tệp là gửi lại", again).format(count=language.number(again))
    return said + "."
