"""What a figure rests on, in words: rows of the progress marts in, short parts of a line out."""

from __future__ import annotations

from dashboard.language import Language
from dashboard.vocabulary import origin_word
from dashboard.warehouse import Row


def coverage(row: Row, language: Language) -> list[str]:
    """What a figure rests on, in short parts: day, units reported of those expected, values carried over and set aside,
    what it may be once all report, origin. Parts that say nothing are left out, as are columns that a row lacks.
    """
    _, _n = language.text, language.plural
    parts = [language.day(row["as_of_on"])] if row.get("as_of_on") else []
    if row.get("expected_unit_count"):
        reported, expected = language.number(row["reported_unit_count"]), language.number(row["expected_unit_count"])
        text = _("{reported}/{expected} đơn vị báo cáo")
        if row.get("stale_unit_count"):
            text = _("{reported}/{expected} đơn vị có số liệu, trong đó {stale} giữ số kỳ trước")
        stale = language.number(row.get("stale_unit_count"))
        parts.append(text.format(reported=reported, expected=expected, stale=stale))
    if row.get("set_aside_count"):
        text = _n("{count} giá trị để riêng", row["set_aside_count"])
        parts.append(text.format(count=language.number(row["set_aside_count"])))
    parts.extend(filter(None, [bounds(row, language)]))
    if row.get("flagged_province_count"):
        text = _n("{count} địa phương vượt 100%", row["flagged_province_count"])
        parts.append(text.format(count=language.number(row["flagged_province_count"])))
    if row.get("origin"):
        parts.append(origin_word(row["origin"], language))
    return parts


def bounds(row: Row, language: Language) -> str:
    """From the missing units not done to all of them done; '' where every unit has reported, and for counts, which have
    no upper end.
    """
    floor, ceiling = row.get("floor_value"), row.get("ceiling_value")
    if floor is None or ceiling is None or ceiling <= floor:
        return ""
    text = language.text("từ {floor} đến {ceiling} nếu tính cả nơi chưa báo cáo")
    return text.format(floor=language.number(floor, 0), ceiling=language.number(ceiling, 0))


def coverage_note(language: Language) -> str:
    """How to read the line under a figure."""
    return language.text(
        "Nơi chưa báo cáo không bị coi là 0. Khoảng “từ … đến …”: từ khi mọi nơi chưa báo cáo đều chưa làm "
        "đến khi đều đã làm. Giá trị để riêng là giá trị không qua kiểm tra, chưa được cộng vào."
    )
