"""What the map says in words: the best and the worst places by name, how many have not reported, and who.

Rows in, sentences out. What nobody reported is said as such; a share is never said without the day it is of.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.sentences import due_state, due_words
from dashboard.superlatives import leading
from dashboard.vocabulary import LIGHT_OF_STATUS, indicator_name, unit_word
from dashboard.warehouse import Row

NAMED = 6
FULL = 100
SMALL_MEAN = 10


def by_indicator(rows: Sequence[Row], indicator: Row, national: Row | None, language: Language) -> list[str]:
    """`rows` as from `map_indicator.sql`, `national` as from `national_indicators.sql` (None before any report)."""
    _ = language.text
    name = indicator_name(indicator, language)
    if national is None or not any(row["value"] is not None for row in rows):
        return [_("Chưa địa phương nào báo cáo chỉ tiêu “{name}”.").format(name=name)]
    if indicator["is_yes_no"]:
        said = _yes_no(rows, name, language)
    elif indicator["has_share"]:
        said = _shares(rows, national, name, language)
    else:
        said = _amounts(rows, national, indicator, name, language)
    return [" ".join(said), silent(rows, language)]


def _yes_no(rows: Sequence[Row], name: str, language: Language) -> list[str]:
    """How many provinces have it; the shorter of the two lists by name."""
    _ = language.text
    counted = [row for row in rows if row["state"] != "not_counted"]
    done = [row["short_name"] for row in counted if row["state"] == "done"]
    open_ = [row["short_name"] for row in counted if row["state"] == "not_done"]
    first = _("Đến {day}, {done}/{all} địa phương đã xong “{name}”.").format(
        day=language.day(rows[0]["as_of_on"]), done=len(done), all=len(counted), name=name
    )
    if open_ and (len(open_) <= len(done) or len(open_) <= NAMED):
        return [first, _("Báo cáo là chưa xong: {names}.").format(names=language.names(open_, NAMED))]
    return [first, _("Đã xong: {names}.").format(names=language.names(done, NAMED))] if done else [first]


def _shares(rows: Sequence[Row], national: Row, name: str, language: Language) -> list[str]:
    """The country's share, who has all, the lowest and the highest."""
    _ = language.text
    known = sorted((row for row in rows if row["progress_pct"] is not None), key=lambda row: row["progress_pct"])
    full = [row for row in known if row["progress_pct"] >= FULL]
    behind = [row for row in known if row["progress_pct"] < FULL]
    said = [
        _("Đến {day}, cả nước đạt {progress} ở chỉ tiêu “{name}” ({value} trên {target}).").format(
            day=language.day(national["as_of_on"]), progress=language.percent(national["progress_pct"]), name=name,
            value=language.number(national["value"]), target=language.number(national["target"]),
        )
    ]  # fmt: skip
    if not behind:
        return [*said, _("Mọi địa phương đã báo cáo đều đủ 100%.")]
    if full:
        counted = sum(row["state"] != "not_counted" for row in rows)
        text = language.plural("{done}/{all} địa phương đã đủ 100%.", len(full))
        said.append(text.format(done=len(full), all=counted))
    said.append(_("Thấp nhất: {names}.").format(names=_with_shares(behind, language)))
    if not full and behind[0]["progress_pct"] != behind[-1]["progress_pct"]:
        said.append(_("Cao nhất: {names}.").format(names=_with_shares(behind[::-1], language)))
    return said


def _with_shares(rows: Sequence[Row], language: Language) -> str:
    ranking = [(row["short_name"], language.percent(row["progress_pct"])) for row in rows]
    names = leading(ranking, language, "{name} ({value})")
    return language.names(names, len(names))


def _amounts(rows: Sequence[Row], national: Row, indicator: Row, name: str, language: Language) -> list[str]:
    """The country's sum; per unit that reported, the largest and the smallest, since provinces differ in size."""
    _ = language.text
    known = [row for row in rows if row["average_value"] is not None]
    ordered = sorted(known, key=lambda row: -row["average_value"])
    total = f"{language.number(national['value'])} {unit_word(indicator['unit'], national['value'], language)}"
    said = [
        _("Đến {day}, các địa phương báo cáo tổng cộng {total} ở chỉ tiêu “{name}”.").format(
            day=language.day(national["as_of_on"]), total=total, name=name
        )
    ]
    if not ordered or ordered[0]["average_value"] == ordered[-1]["average_value"]:
        return said
    is_per_commune = indicator["unit_level"] == "commune"
    text = _("Bình quân mỗi đơn vị đã báo cáo, cao nhất: {high}; thấp nhất: {low}.")
    if not is_per_commune:
        text = _("Nhiều nhất: {high}; ít nhất: {low}.")
    high, low = (_with_averages(part, language) for part in (ordered, ordered[::-1]))
    return [*said, text.format(high=high, low=low)]


def _with_averages(rows: Sequence[Row], language: Language) -> str:
    ranking = [(row["short_name"], mean(row["average_value"], language)) for row in rows]
    names = leading(ranking, language, "{name} ({value})")
    return language.names(names, len(names))


def mean(value: float, language: Language) -> str:
    """A mean per unit: small ones with two decimals, since they differ in these."""
    decimals = 2 if abs(value) < SMALL_MEAN else 1
    return language.number(value, 0 if float(value).is_integer() else decimals)


def silent(rows: Sequence[Row], language: Language) -> str:
    """Who has not reported at all; '' where everybody has."""
    _, _n = language.text, language.plural
    names = [row["short_name"] for row in rows if row["state"] == "not_reported"]
    counted = sum(row["state"] != "not_counted" for row in rows)
    if not names:
        return _("Cả {all} địa phương được tính đều đã có báo cáo.").format(all=counted)
    text = _n("{count} địa phương chưa có báo cáo", len(names)).format(count=language.count_word(len(names)))
    return f"{text}: {language.names(names, NAMED)}."


def by_deadline(tiles: Sequence[Row], directive: Row | None, language: Language) -> list[str]:
    """How many provinces are late, at risk, in time or unreported, the first of them by name.

    `tiles` as from `map_tiles.sql`; `directive` None for the most urgent task under any directive.
    """
    _, _n = language.text, language.plural
    groups: dict[str, list[str]] = {"late": [], "risk": [], "good": [], "none": []}
    for row in tiles:
        groups[LIGHT_OF_STATUS.get(row["status"] or "", "none")].append(row["short_name"])
    late, risk, good = (len(groups[light]) for light in ("late", "risk", "good"))
    counts = [
        _n("{count} chậm", late).format(count=late) if late else "",
        _n("{count} có nguy cơ chậm", risk).format(count=risk) if risk else "",
        _n("{count} đúng hạn hoặc đã xong", good).format(count=good) if good else "",
    ]
    said = language.names([each for each in counts if each]) or _("chưa địa phương nào có báo cáo")
    first = _("Tính theo việc gấp nhất của từng nơi, trong {all} địa phương: {counts}.")
    if directive is not None:
        first = _("“{title}” ({due}, {time}), trong {all} địa phương: {counts}.")
    opening = first.format(
        all=len(tiles),
        counts=said,
        title="" if directive is None else language.pick(directive["title_vi"], directive["title_en"]),
        due="" if directive is None else due_words(directive, language),
        time="" if directive is None else due_state(directive, language),
    )
    named = [opening]
    for light, text in (("late", _("Chậm: {names}.")), ("risk", _("Nguy cơ chậm: {names}."))):
        if groups[light]:
            named.append(text.format(names=language.names(groups[light], NAMED)))
    without = [row["short_name"] for row in tiles if row["status"] in (None, "not_reported")]
    if not without or len(without) == len(tiles):
        return [" ".join(named)]
    text = _n("{count} địa phương chưa có báo cáo", len(without)).format(count=language.count_word(len(without)))
    return [" ".join(named), f"{text}: {language.names(without, NAMED)}."]
