"""Sentences on staffing and on posts of commune military commands.

Surplus and shortage are never netted: people who are too many in one commune do not sit in the one that lacks them.
A baseline is always named; a minimum is said to be one; what nobody reported is "chưa có báo cáo", never zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.vocabulary import position_word
from dashboard.warehouse import Row


def _field(row: Row, language: Language) -> str:
    return language.pick(row["field_vi"] or "", row["field_en"] or "")


def balance(row: Row | None, language: Language) -> str:
    """Shortage and surplus against one baseline in one field; `row` as from `staffing_balance.sql`."""
    _ = language.text
    if row is None:
        return _("Chưa có báo cáo nào của địa phương về nhân lực cấp xã.")
    baseline = language.pick(row["baseline_vi"], row["baseline_en"])
    name = f"{baseline[0].lower()}{baseline[1:]}" if language.code == "vi" else baseline
    where = _(", lĩnh vực {field}").format(field=_field(row, language)) if row["field"] != "all" else ""
    if not row["communes_compared"]:
        text = _("So với {baseline}{where}: chưa xã nào báo cáo đủ số liệu.")
        return text.format(baseline=name, where=where)
    return _("So với {baseline}{where}, trên {compared}/{expected} xã đủ số liệu: {parts}.").format(
        baseline=name,
        where=where,
        parts=" ".join(filter(None, (_short(row, language), _surplus(row, language)))),
        compared=language.number(row["communes_compared"]),
        expected=language.number(row["communes_expected"]),
    )


def _short(row: Row, language: Language) -> str:
    _, _n = language.text, language.plural
    communes = row["communes_short"]
    if not communes:
        return _("chưa thấy xã nào thiếu người") if row["is_minimum"] else _("không xã nào thiếu người")
    text = _n("{communes} xã thiếu ít nhất {people} người", communes) if row["is_minimum"] else _n(
        "{communes} xã thiếu {people} người", communes
    )  # fmt: skip
    return text.format(communes=language.number(communes), people=language.number(row["shortage"]))


def _surplus(row: Row, language: Language) -> str:
    """Nothing where the baseline can't tell."""
    _, _n = language.text, language.plural
    communes = row["communes_with_surplus"]
    if communes is None:
        return ""
    if not communes:
        return _("và không xã nào dư người")
    text = _n("và {communes} xã dư {people} người; hai số này ở các xã khác nhau nên không bù trừ", communes)
    return text.format(communes=language.number(communes), people=language.number(row["surplus"]))


def fields(rows: Sequence[Row], language: Language) -> str:
    """The field in which most people are missing, or those that tie. '' where none is, or nobody has reported."""
    _, _n = language.text, language.plural
    known = [row for row in rows if row["field"] != "all" and row["shortage"]]
    if not known:
        return ""
    worst = max(known, key=lambda row: row["shortage"])
    level = [row for row in known if row["shortage"] == worst["shortage"]]
    if len(level) > 1:
        text = _("Thiếu nhiều nhất, như nhau ở {count} lĩnh vực ({fields}): mỗi lĩnh vực {people} người.")
        return text.format(
            count=len(level),
            fields=", ".join(_inside(_field(row, language)) for row in level),
            people=language.number(worst["shortage"]),
        )
    text = _n("Thiếu nhiều nhất ở lĩnh vực {field}: {people} người tại {communes} xã.", worst["communes_short"])
    return text.format(
        field=_inside(_field(worst, language)),
        people=language.number(worst["shortage"]),
        communes=language.number(worst["communes_short"]),
    )


def _inside(field: str) -> str:
    """A field's name inside a sentence."""
    return field[0].lower() + field[1:]


def beside(row: Row | None, language: Language) -> str:
    """Seconded and contracted people, who are not counted as present. '' where nothing was reported."""
    _ = language.text
    if row is None or (row["seconded_in"] is None and row["contracted"] is None):
        return ""
    unknown = _("chưa có báo cáo")
    return _(
        "Biệt phái, điều động, tiếp nhận về xã: {seconded}; hợp đồng chuyên môn: {contracted}; "
        "không cộng vào số hiện có."
    ).format(
        seconded=unknown if row["seconded_in"] is None else language.number(row["seconded_in"]),
        contracted=unknown if row["contracted"] is None else language.number(row["contracted"]),
    )


def military(rows: Sequence[Row], language: Language) -> str:
    """Each position of one scope in a clause; rows as from `military_positions.sql`."""
    _ = language.text
    if not any(row["filled"] is not None for row in rows):
        return _("Chưa có báo cáo về Ban Chỉ huy quân sự cấp xã.")
    clauses = [position(row, language) for row in rows]
    return _("Ban Chỉ huy quân sự cấp xã đến {day}: {clauses}.").format(
        day=language.day(rows[0]["as_of_on"]), clauses="; ".join(clauses)
    )


def position(row: Row, language: Language) -> str:
    """`Phó Chỉ huy trưởng 1.330/3.319 (40,1%)`; without a known requirement, the number alone."""
    _ = language.text
    name = position_word(row["position"], language)
    if row["filled"] is None:
        return f"{name} {_('chưa có báo cáo')}"
    if row["required"] is None:
        return f"{name} {language.number(row['filled'])}"
    return f"{name} {language.number(row['filled'])}/{language.number(row['required'])} " + (
        f"({language.percent(row['filled_pct'])})"
    )
