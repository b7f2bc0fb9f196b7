"""What a comparison says in words. Rows in, sentences out.

A value that was not reported anew is said to be carried over; a place without a report is named, never counted as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from dashboard.language import Language
from dashboard.map_sentences import mean
from dashboard.superlatives import leading
from dashboard.vocabulary import indicator_name
from dashboard.warehouse import Row

Pair = TypeVar("Pair")

NAMED = 3
LISTED = 8
_ITEM = "{name} ({value})"


def shown(value: float, is_share: bool, language: Language) -> str:
    """A share or a mean, as the whole page writes it."""
    return language.percent(value) if is_share else mean(value, language)


def points(change: float, is_share: bool, language: Language) -> str:
    """A change with its sign; between shares it is in points, which are not percent."""
    if is_share:
        return language.text("{change} điểm").format(change=language.signed(round(change, 1)))
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else ""
    return sign + mean(abs(change), language)


def two_days(
    rows: Sequence[Row], name: str, from_on: date, to_on: date, is_share: bool, language: Language
) -> list[str]:
    """The country, who rose most, who fell, who never reported, whose value is only carried over.

    `rows` as from `compare_days.sql`.
    """
    _, _n = language.text, language.plural
    places = [row for row in rows if row["province_code"] != "VN" and not row["is_not_counted"]]
    country = next(row for row in rows if row["province_code"] == "VN")
    said = [_whole(country, name, from_on, to_on, is_share, language)]
    moved = [row for row in places if row["change_shown"] is not None]
    rose = [row for row in moved if row["change_shown"] > 0]
    fell = [row for row in moved[::-1] if row["change_shown"] < 0]
    if rose:
        said.append(_("Tăng nhiều nhất: {names}.").format(names=_most(rose, is_share, language)))
    if fell:
        text = _n("{count} địa phương giảm: {names}.", len(fell))
        names = language.names(
            [_ITEM.format(name=name, value=value) for name, value in _ranking(fell, is_share, language)]
        )
        if len(fell) > LISTED:
            text = _("{count} địa phương giảm, nhiều nhất: {names}.")
            names = _most(fell, is_share, language)
        said.append(text.format(count=language.count_word(len(fell)), names=names))
    elif moved:
        text = _n("Trong {count} địa phương so được, không nơi nào giảm.", len(moved))
        said.append(text.format(count=language.number(len(moved))))
    return [" ".join(said), gaps(places, from_on, to_on, language)]


def _whole(country: Row, name: str, from_on: date, to_on: date, is_share: bool, language: Language) -> str:
    _ = language.text
    days = {"from_on": language.day(from_on), "to_on": language.day(to_on), "name": name}
    if country["change_shown"] is None:
        return _("Từ {from_on} đến {to_on}, “{name}”: chưa đủ số liệu cả nước ở cả hai ngày.").format(**days)
    text = _("Từ {from_on} đến {to_on}, “{name}”: cả nước từ {before} đến {after} ({change}).")
    if not is_share:
        text = _("Từ {from_on} đến {to_on}, “{name}”: bình quân mỗi đơn vị từ {before} đến {after} ({change}).")
    return text.format(
        **days,
        before=shown(country["from_shown"], is_share, language),
        after=shown(country["to_shown"], is_share, language),
        change=points(country["change_shown"], is_share, language),
    )


def _ranking(rows: Sequence[Row], is_share: bool, language: Language) -> list[tuple[str, str]]:
    return [(row["short_name"], points(row["change_shown"], is_share, language)) for row in rows]


def _most(rows: Sequence[Row], is_share: bool, language: Language) -> str:
    """Those that moved furthest, in the order of `rows`, with all that show the same change."""
    return language.names(leading(_ranking(rows, is_share, language), language, _ITEM), LISTED)


def furthest(rows: Sequence[Row], is_share: bool, language: Language) -> list[Row]:
    """The rows that the sentence on the same `rows` names."""
    named = set(leading(_ranking(rows, is_share, language), language, "{name}"))
    return [row for row in rows if row["short_name"] in named]


def gaps(places: Sequence[Row], from_on: date, to_on: date, language: Language) -> str:
    """Who reported on neither day, on one of them only, or whose value was only carried over to the second day."""
    _, _n = language.text, language.plural
    never = [row["short_name"] for row in places if row["from_value"] is None and row["to_value"] is None]
    first = [row["short_name"] for row in places if row["from_value"] is None and row["to_value"] is not None]
    second = [row["short_name"] for row in places if row["from_value"] is not None and row["to_value"] is None]
    carried = [row["short_name"] for row in places if row["to_value"] is not None and row["to_is_carried"]]
    said = []
    if never:
        said.append(_("Chưa từng báo cáo đến cả hai ngày: {names}.").format(names=language.names(never, LISTED)))
    for names, day in ((first, from_on), (second, to_on)):
        if names:
            text = _("Chưa có số liệu ngày {day}, nên không so được: {names}.")
            said.append(text.format(day=language.day(day), names=language.names(names, LISTED)))
    if carried:
        text = _("Không báo cáo lại cho ngày {day}, dùng số của kỳ trước: {names}.")
        said.append(text.format(day=language.day(to_on), names=language.names(carried, LISTED)))
    return " ".join(said)


def two_places(pairs: Sequence[tuple[Row, Row]], left: str, right: str, day: date, language: Language) -> list[str]:
    """In how many indicators one is ahead of the other, where they differ most, what either has not reported.

    `pairs` are rows of `scope_progress.sql` for the two places, of indicators that are a share.
    """
    _ = language.text
    known = [(a, b) for a, b in pairs if a["progress_pct"] is not None and b["progress_pct"] is not None]
    if not known:
        return [_("Chưa có chỉ tiêu nào mà cả {left} và {right} đều báo cáo.").format(left=left, right=right)]
    ahead = sum(a["progress_pct"] > b["progress_pct"] for a, b in known)
    behind = sum(a["progress_pct"] < b["progress_pct"] for a, b in known)
    first = _("Đến {day}, trong {all} chỉ tiêu so được, {left} cao hơn {right} ở {ahead}, thấp hơn ở {behind}, "
              "bằng nhau ở {equal}.").format(
        day=language.day(day), all=len(known), left=left, right=right, ahead=ahead, behind=behind,
        equal=len(known) - ahead - behind,
    )  # fmt: skip
    lines = [first]
    apart, widest = _widest(known, lambda pair: abs(pair[0]["progress_pct"] - pair[1]["progress_pct"]))
    if apart:
        each = [
            _("“{name}” ({left} {left_share}, {right} {right_share})").format(
                name=indicator_name(a, language), left=left, right=right, left_share=said(a, language),
                right_share=said(b, language),
            )
            for a, b in widest[:NAMED]
        ]  # fmt: skip
        text = _("Chênh nhiều nhất: {which}.")
        if len(widest) > NAMED:
            text = _("Chênh nhiều nhất, cùng {apart} điểm, là {count} chỉ tiêu, trong đó có {which}.")
        lines.append(text.format(which="; ".join(each), apart=language.number(apart), count=len(widest)))
    return [" ".join(lines), _unreported(pairs, left, right, language)]


def _widest(known: Sequence[Pair], apart: Callable[[Pair], float]) -> tuple[float, list[Pair]]:
    """The largest distance as it is written, to a tenth of a point, and everything that lies so far apart."""
    distances = [round(apart(each), 1) for each in known]
    largest = max(distances)
    return largest, [each for each, distance in zip(known, distances, strict=True) if distance == largest]


def said(row: Row, language: Language) -> str:
    """A share; for one province what it has or has not is no share."""
    _ = language.text
    if row["is_yes_no"] and row["province_count"] == 1:
        return _("đã xong") if row["value"] else _("chưa xong")
    return language.percent(row["progress_pct"])


def _unreported(pairs: Sequence[tuple[Row, Row]], left: str, right: str, language: Language) -> str:
    _n = language.plural
    said = []
    for place, name in ((0, left), (1, right)):
        silent = sum(pair[place]["value"] is None and not pair[place]["is_not_counted"] for pair in pairs)
        if silent:
            said.append(_n("{name} chưa báo cáo {count} chỉ tiêu.", silent).format(name=name, count=silent))
    return " ".join(said)


def province_in_region(
    triples: Sequence[tuple[Row, Row, Row]], name: str, region: str, region_size: int, day: date, language: Language
) -> list[str]:
    """Against its region and the country: in how many indicators above both or below both, and where furthest below."""
    _ = language.text
    known = [each for each in triples if all(row["progress_pct"] is not None for row in each)]
    if not known:
        return [_("{name} chưa báo cáo chỉ tiêu nào so được với vùng và cả nước.").format(name=name)]
    shares = [(each[0], *(row["progress_pct"] for row in each)) for each in known]
    above = sum(own > around and own > country for _row, own, around, country in shares)
    below = sum(own < around and own < country for _row, own, around, country in shares)
    first = _("Đến {day}, trong {all} chỉ tiêu so được, {name} cao hơn cả vùng {region} "
              "({size} địa phương, tính cả {name}) và cả nước ở {above}, thấp hơn cả hai ở {below}.").format(
        day=language.day(day), all=len(known), name=name, region=region, size=region_size, above=above, below=below
    )  # fmt: skip
    apart, widest = _widest(shares, lambda each: each[3] - each[1])
    if apart <= 0:
        return [first]
    each = [
        _("“{indicator}” ({own}, vùng {around}, cả nước {country})").format(
            indicator=indicator_name(row, language), own=said(row, language), around=language.percent(around),
            country=language.percent(country),
        )
        for row, _own, around, country in widest[:NAMED]
    ]  # fmt: skip
    text = _("Thấp hơn cả nước nhiều nhất ở {which}.")
    if len(widest) > NAMED:
        text = _("Thấp hơn cả nước nhiều nhất, cùng {apart} điểm, ở {count} chỉ tiêu, trong đó có {which}.")
    return [f"{first} {text.format(which='; '.join(each), apart=language.number(apart), count=len(widest))}"]
