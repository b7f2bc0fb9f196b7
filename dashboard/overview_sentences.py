"""Sentences of the first page: whom to call about what, what changed since the last report, tasks of the centre."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.sentences import due_state, due_words
from dashboard.task_words import task_word
from dashboard.warehouse import Row

CHANGES = 4
NAMED = 5


def tasks(rows: Sequence[Row], language: Language) -> list[str]:
    """What to call a province about: what it simply has not done in one line, then where it lags behind the country."""
    _ = language.text
    silent = [task_word(row, language) for row in rows if row["value"] is None]
    undone = [task_word(row, language) for row in rows if row["is_yes_no"] and row["value"] is not None]
    return [
        *([_("chưa có báo cáo: {tasks}").format(tasks=", ".join(silent))] if silent else []),
        *([_("chưa có: {tasks}").format(tasks=", ".join(undone))] if undone else []),
        *(lag(row, language) for row in rows if row["value"] is not None and not row["is_yes_no"]),
    ]


def lag(row: Row, language: Language) -> str:
    """Where a province stands in a task, what it did since the last report, the country beside it."""
    _ = language.text
    moved = _("{change} so với kỳ trước").format(change=language.signed(row["change"])) if row["change"] else ""
    number = f"{language.number(row['value'])}/{language.number(row['target'])}"
    return _("{task} {progress} ({number}; cả nước {national})").format(
        task=task_word(row, language),
        progress=language.percent(row["progress_pct"]),
        number=", ".join(filter(None, (number, moved))),
        national=language.percent(row["national_pct"]),
    )


def counts(row: Row, language: Language) -> str:
    """`9 quá hạn · 1 có nguy cơ`; what does not occur is not said."""
    _n = language.plural
    late, risk, silent = row["late_count"], row["risk_count"], row["unreported_count"]
    return " · ".join(
        filter(
            None,
            (
                _n("{count} nhiệm vụ quá hạn", late).format(count=late) if late else "",
                _n("{count} có nguy cơ", risk).format(count=risk) if risk else "",
                _n("{count} chưa báo cáo", silent).format(count=silent) if silent else "",
            ),
        )
    )


def beyond(rows: Sequence[Row], shown: int, language: Language) -> str:
    """How many provinces have as many overdue tasks as the last of those that are `shown`; '' where none has."""
    if len(rows) <= shown:
        return ""
    least = rows[shown - 1]["late_count"]
    count = sum(row["late_count"] == least for row in rows[shown:])
    if not count or not least:
        return ""
    text = language.plural("Ngoài ra còn {count} địa phương cũng có {late} nhiệm vụ quá hạn.", count)
    return text.format(count=language.number(count), late=language.number(least))


def moves(rows: Sequence[Row], kind: str, language: Language) -> str:
    """What went up (or down) most, as shares of the targets; '' where nothing did."""
    text = language.text("{task} {change}, nay {value}")
    return "; ".join(
        text.format(
            task=task_word(row, language),
            change=language.signed(row["change"]),
            value=language.number(row["value"]),
        )
        for row in [row for row in rows if row["kind"] == kind][:CHANGES]
    )


def turns(rows: Sequence[Row], turn: str, language: Language) -> str:
    """Who is newly done (or late) with what, by name while they are few; '' where nobody is."""
    return "; ".join(
        f"{task_word(row, language)} ({language.names(row['names'], NAMED)})" for row in rows if row["turn"] == turn
    )


def since_last(
    changes: Sequence[Row], turned: Sequence[Row], resent: Sequence[Row], language: Language
) -> list[tuple[str, str]]:
    """What changed since the last report under five heads; each is said, also where nothing happened."""
    _ = language.text
    again = [_("{name} (lần {count})").format(name=row["short_name"], count=row["revision"]) for row in resent]
    return [
        (_("Tăng"), moves(changes, "up", language) or _("không chỉ tiêu nào")),
        (_("Giảm"), moves(changes, "down", language) or _("không chỉ tiêu nào")),
        (_("Mới chậm"), turns(turned, "late", language) or _("không nơi nào")),
        (_("Mới hoàn thành"), turns(turned, "done", language) or _("không nơi nào")),
        (_("Gửi lại báo cáo"), language.names(again, NAMED) or _("không nơi nào")),
    ]


def milestone(row: Row, language: Language) -> str:
    """A dated task of central bodies: when it was or is due; nothing is said of what nobody reports."""
    return f"{due_words(row, language)}, {due_state(row, language)}"
