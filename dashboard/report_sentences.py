"""Sentences on who has sent reports, who usually is late, and what became of the files of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.language import Language
from dashboard.warehouse import Row

NAMED = 5


def habits(rows: Sequence[Row], language: Language) -> str:
    """Of those who are missing now, how often each was in time; apart, who has never sent figures. '' without any."""
    _, _n = language.text, language.plural
    missing = [row for row in rows if row["status"] in ("missing", "empty")]
    never = [row["short_name"] for row in missing if row["newest_reported_on"] is None]
    counted = [row for row in missing if row["newest_reported_on"] is not None and row["period_count"]]
    said = []
    if counted:
        clauses = [
            _n("{name} {count} kỳ", row["on_time_count"]).format(name=row["short_name"], count=row["on_time_count"])
            for row in counted[:NAMED]
        ]
        if (rest := len(counted) - NAMED) > 0:
            clauses.append(_("và {count} nơi nữa").format(count=rest))
        text = _n("Trong {count} kỳ đã đến hạn gần nhất, số kỳ gửi đúng hạn: {clauses}.", counted[0]["period_count"])
        said.append(text.format(count=counted[0]["period_count"], clauses=", ".join(clauses)))
    if never and len(never) == len(rows):
        said.append(_("Chưa địa phương nào từng gửi số liệu."))
    elif never:
        said.append(_("Chưa từng gửi số liệu: {names}.").format(names=language.names(never, NAMED)))
    return " ".join(said)


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
