"""Sentences on how much of what provinces send has to be set aside, and whether that gets better."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.warehouse import Row

NAMED = 5


def findings(rules: Sequence[Row], file_count: int, language: Language) -> str:
    """How much was set aside, how much taken with a note, and why most often; one row of `rejected_by_rule.sql` a rule.

    Without a file nothing could be checked, which is not the same as finding nothing.
    """
    _, _n = language.text, language.plural
    if not file_count:
        return _("Chưa nhận tệp báo cáo nào nên chưa có gì để kiểm tra.")
    files = language.number(file_count)
    # A file that was refused as a whole stands further down the page; here values count.
    rules = [row for row in rules if row["severity"] != "file"]
    set_aside = sum(row["value_count"] for row in rules if row["severity"] != "warning")
    noted = sum(row["value_count"] for row in rules if row["severity"] == "warning")
    if not rules:
        text = _n("Trong {files} tệp đã nhận, không giá trị nào bị để riêng hoặc có lưu ý.", file_count)
        return text.format(files=files)
    aside = _n("{count} giá trị bị để riêng", set_aside).format(count=language.number(set_aside))
    if not set_aside:
        aside = _("không giá trị nào bị để riêng")
    remarked = _n("{count} giá trị được nhận kèm lưu ý", noted).format(count=language.number(noted))
    if not noted:
        remarked = _("không giá trị nào có lưu ý")
    text = _n("Trong {files} tệp đã nhận: {aside}; {remarked}. Nhiều nhất vì: {reason}.", file_count)
    most = [row for row in rules if row["value_count"] == rules[0]["value_count"]]
    reason = "; ".join(language.pick(row["title_vi"], row["title_en"]) for row in most)
    return text.format(files=files, aside=aside, remarked=remarked, reason=reason)


def no_files_to_review(file_count: int, language: Language) -> str:
    """What stands in place of an empty list of files that were refused or wait for a person."""
    if not file_count:
        return language.text("Chưa nhận tệp báo cáo nào.")
    text = language.plural("Trong {count} tệp đã nhận, không tệp nào bị từ chối hoặc chờ xác nhận.", file_count)
    return text.format(count=language.number(file_count))


def rate_change(row: Row) -> float | None:
    """Percentage points from the three reports before to the newest three; None where there were none before."""
    if row["recent_pct"] is None or row["before_pct"] is None:
        return None
    return float(round(row["recent_pct"] - row["before_pct"], 2))


def trends(rows: Sequence[Row], language: Language) -> str:
    """Who gets better and who gets worse, by name; one row of `set_aside_rates.sql` per province."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Chưa có báo cáo nào nên chưa so sánh được các kỳ.")
    if not any(row["all_rejected_count"] for row in rows):
        text = _n("Ở {count} địa phương đã gửi báo cáo, chưa kỳ nào có giá trị bị để riêng.", len(rows))
        return text.format(count=language.number(len(rows)))
    better = [row["short_name"] for row in rows if (rate_change(row) or 0) < 0]
    worse = [row["short_name"] for row in rows if (rate_change(row) or 0) > 0]
    touched = sum(1 for row in rows if row["recent_pct"])
    text = _n("Trong ba kỳ gần nhất, {count}/{all} địa phương có giá trị bị để riêng.", touched)
    said = [text.format(count=touched, all=len(rows))]
    if better:
        said.append(_("Ít hơn ba kỳ trước đó: {names}.").format(names=language.names(better, NAMED)))
    if worse:
        said.append(_("Nhiều hơn ba kỳ trước đó: {names}.").format(names=language.names(worse, NAMED)))
    if all(rate_change(row) is None for row in rows):
        said.append(_("Chưa có ba kỳ trước đó để so sánh."))
    elif not better and not worse:
        said.append(_("Không nơi nào thay đổi so với ba kỳ trước đó."))
    return " ".join(said)
