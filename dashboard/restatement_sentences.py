"""What the pages say of restatements: who changed which figure, what that does to the country and to statuses.

One restatement is a file sent anew or a correction by the Ministry; it may change many values of several indicators.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.vocabulary import indicator_name, status_word
from dashboard.warehouse import Row

FIGURES_NAMED = 2
INDICATORS_NAMED = 4


def counts(row: Row, figures: Sequence[Row], status_count: int, file_count: int, language: Language) -> list[str]:
    """How often figures were restated by how many provinces, what that changed most, what has no reason yet.

    Without a file there is nothing that could have been restated.
    """
    _, _n = language.text, language.plural
    if not file_count:
        return [_("Chưa nhận tệp báo cáo nào nên chưa có số liệu để điều chỉnh.")]
    if not row["restatement_count"]:
        text = _n(
            "Trong {count} tệp đã nhận, chưa tệp nào đổi giá trị đã báo cáo; Bộ cũng chưa đính chính giá trị nào.",
            file_count,
        )
        return [text.format(count=language.number(file_count))]
    text = _n(
        "Từ kỳ {day} đã có {count} lần điều chỉnh ở {provinces} địa phương, đổi {values} giá trị.",
        row["restatement_count"],
    )
    said = text.format(
        day=language.day(row["first_on"]),
        count=language.number(row["restatement_count"]),
        provinces=language.number(row["province_count"]),
        values=language.number(row["value_count"]),
    )
    return [" ".join(filter(None, [said, _figures(figures, language)])), _consequences(row, status_count, language)]


def _figures(figures: Sequence[Row], language: Language) -> str:
    """The national figures that changed most, as shares of what they were."""
    _ = language.text
    if not figures:
        return _("Không số nào của cả nước thay đổi.")
    named = [
        _("“{name}” ngày {day} từ {before} {verb} {after}").format(
            name=indicator_name(row, language),
            day=language.day(row["as_of_on"]),
            before=language.number(row["value_before"]),
            verb=_verb(row["effect"], language),
            after=language.number(row["value_after"]),
        )
        for row in figures[:FIGURES_NAMED]
    ]
    return _("Số cả nước đổi nhiều nhất: {figures}.").format(figures="; ".join(named))


def _verb(effect: float, language: Language) -> str:
    _ = language.text
    return _("lên") if effect > 0 else _("xuống")


def _consequences(row: Row, status_count: int, language: Language) -> str:
    """Statuses that changed, completions taken back without a reason; both are said when they are none."""
    _, _n = language.text, language.plural
    statuses = _("Không tình trạng nào thay đổi")
    if status_count:
        statuses = _n("{count} tình trạng thay đổi", status_count).format(count=language.count_word(status_count))
    asked = row["asked_count"]
    if not asked:
        return _("{statuses}; không lần nào rút số đã báo cáo hoàn thành mà chưa nêu lý do.").format(statuses=statuses)
    text = _n("{statuses}; {count} lần rút số đã báo cáo hoàn thành mà chưa nêu lý do.", asked)
    return text.format(statuses=statuses, count=language.number(asked))


def restatement(rows: Sequence[Row], statuses: Sequence[Row], language: Language) -> str:
    """One restatement of one day: per indicator what changed, then the statuses. `rows` has at least one indicator."""
    _, _n = language.text, language.plural
    first = rows[0]
    opening = _("gửi lại số liệu ngày {day} ({moment})")
    if first["correction"]:
        opening = _("Bộ đính chính số liệu ngày {day} ({moment})")
    said = [_indicator(row, language) for row in rows[:INDICATORS_NAMED]]
    if (rest := len(rows) - INDICATORS_NAMED) > 0:
        said.append(_n("{count} chỉ tiêu khác", rest).format(count=language.number(rest)))
    said += [status_change(row, language) for row in statuses]
    asked = sum(row["asked_count"] for row in rows)
    if asked:
        said.append(_n("{count} giá trị chưa nêu lý do", asked).format(count=language.number(asked)))
    start = opening.format(day=language.day(first["as_of_on"]), moment=language.moment(first["restated_at"]))
    return f"{start}: {'; '.join(said)}."


def _indicator(row: Row, language: Language) -> str:
    """`2 đơn vị đổi giá trị “…”, toàn quốc −2`; one unit by its name and values."""
    _, _n = language.text, language.plural
    name = indicator_name(row, language)
    if row["unit_name"] is not None:
        text = _("“{name}” của {unit} từ {old} {verb} {new}")
        said = text.format(
            name=name,
            unit=language.inside(row["unit_name"]),
            old=language.number(row["old_value"]),
            verb=_verb(row["new_value"] - row["old_value"], language),
            new=language.number(row["new_value"]),
        )
    else:
        text = _n("{count} đơn vị đổi giá trị “{name}”", row["changed_count"])
        said = text.format(count=language.number(row["changed_count"]), name=name)
    if row["whole_effect"] is None:
        return said
    if not row["whole_effect"]:
        return _("{said}, toàn quốc không đổi").format(said=said)
    return _("{said}, toàn quốc {effect}").format(said=said, effect=language.signed(row["whole_effect"]))


def status_change(row: Row, language: Language) -> str:
    """`An Giang từ “Đúng tiến độ” sang “Đã đạt rồi giảm”`; the country is said as such."""
    _ = language.text
    return _("{name} từ “{before}” sang “{after}”").format(
        name=row["short_name"] or _("cả nước"),
        before=status_word(row["status_before"], language),
        after=status_word(row["status_after"], language),
    )


def reason(row: Row, language: Language) -> str:
    """The reason with its document, or that none was given although it is asked for."""
    _ = language.text
    if row["reason"]:
        document = row["reason_document_no"]
        return f"{row['reason']} ({document})" if document else str(row["reason"])
    return _("chưa nêu lý do") if row["asks_reason"] else ""
