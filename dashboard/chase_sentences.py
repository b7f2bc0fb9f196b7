"""What the pages Đôn đốc and Chất lượng dữ liệu say of calls, samples, ranks and values that stand out."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language
from dashboard.sentences import due_words, time_to_due
from dashboard.vocabulary import chase_kind_word
from dashboard.warehouse import Row

CALLED = 5
FAR = 2
TENTHS_BELOW = 10


def calls(directive: Row, provinces: Sequence[Row], language: Language) -> str:
    """Whom to call about a directive, and how much of what is missing that would close."""
    _, _n = language.text, language.plural
    first = provinces[:CALLED]
    title = language.pick(directive["title_vi"], directive["title_en"])
    due = f"{due_words(directive, language)}, {time_to_due(directive['days_to_due'], language)}"
    names = language.names([row["short_name"] for row in first], CALLED)
    if len(provinces) == 1:
        return _("Chỉ còn {names} phải gọi về “{title}” ({due}).").format(names=names, title=title, due=due)
    if len(provinces) <= CALLED:
        text = _("Gọi {count} địa phương sau sẽ khép hết khoảng cách của “{title}” ({due}): {names}.")
        return text.format(count=len(first), title=title, due=due, names=names)
    text = _("Gọi {count} địa phương sau sẽ khép được {share} khoảng cách của “{title}” ({due}): {names}.")
    share = language.percent(first[-1]["cumulative_pct"])
    return text.format(count=len(first), share=share, title=title, due=due, names=names)


def call_counts(kinds: Sequence[Row], language: Language) -> str:
    """How many calls there are, and what they are about."""
    _, _n = language.text, language.plural
    total = sum(row["call_count"] for row in kinds)
    if not total:
        return _("Không còn việc nào phải gọi: các chỉ đạo có hạn trong 180 ngày tới đều đã đạt.")
    parts = [
        _("{count} vì {kind}").format(
            count=language.number(row["call_count"]), kind=_lowered(chase_kind_word(row["kind"], language))
        )
        for row in kinds
    ]
    text = _n("Cả nước có {count} việc cần gọi ở {provinces} địa phương: {parts}.", total)
    return text.format(
        count=language.number(total),
        provinces=language.number(kinds[0]["all_province_count"]),
        parts=", ".join(parts),
    )


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def sample(drawn: int, claims: int, seed: int, language: Language) -> str:
    """What the sample is drawn from, and that anybody can draw it again."""
    _, _n = language.text, language.plural
    if not drawn:
        return _("Chưa có nơi nào báo cáo đã xong một việc có hạn gần ngày số liệu, nên không có gì để xác minh.")
    text = _n(
        "Rút ngẫu nhiên {drawn} trong {claims} điều được báo cáo là đã xong. Ai dùng cùng số gieo {seed} và cùng phiên "
        "bản số liệu cũng rút được đúng mẫu này.",
        drawn,
    )
    return text.format(drawn=language.number(drawn), claims=language.number(claims), seed=seed)


def league(rows: Sequence[Row], language: Language) -> str:
    """Who leads and who is last, with ties said as ties."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Chưa có kỳ báo cáo nào đến hạn.")
    periods = rows[0]["period_count"]
    always = [row for row in rows if row["on_time_count"] == row["period_count"]]
    text = _n("Trong {periods} kỳ đã đến hạn gần nhất, {count}/{all} địa phương gửi đúng hạn tất cả.", periods)
    said = text.format(periods=periods, count=len(always), all=len(rows))
    last = [row for row in rows if row["rank"] == rows[-1]["rank"]]
    if len(always) < len(rows) and len(last) <= CALLED:
        text = _("Cuối bảng: {names}, đúng hạn {share}.")
        names = language.names([row["short_name"] for row in last])
        said += " " + text.format(names=names, share=language.percent(last[0]["on_time_pct"]))
    return said


def place(row: Row, language: Language) -> str:
    """`3`, or `3–7` where five share it."""
    last = row["rank"] + row["tied_count"] - 1
    first = language.number(row["rank"])
    return first if last == row["rank"] else f"{first}–{language.number(last)}"


def outlier_counts(rows: Sequence[Row], language: Language) -> str:
    """How many values stand out, and what became of them."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Không có giá trị nào khác thường trong số liệu mới nhất.")
    waiting, confirmed, corrected = (
        sum(row["state"] == state for row in rows) for state in ("open", "confirmed", "corrected")
    )
    counts = [
        _n("{count} chưa xác minh", waiting).format(count=language.number(waiting)) if waiting else "",
        _n("{count} tỉnh đã xác nhận", confirmed).format(count=language.number(confirmed)) if confirmed else "",
        _n("{count} đã được sửa", corrected).format(count=language.number(corrected)) if corrected else "",
    ]
    text = _n("{count} giá trị khác thường: {parts}.", len(rows))
    return text.format(count=language.count_word(len(rows)), parts=", ".join(filter(None, counts)))


def outlier(row: Row, language: Language) -> str:
    """Why a value stands out: `gấp 4 lần kỳ trước (102); 119 xã khác trong tỉnh: 12–31`."""
    _ = language.text
    said = [_against_itself(row, language) if row["kind"] != "peers" else "", _against_peers(row, language)]
    if row["state"] == "corrected":
        said.append(_("nay là {value}").format(value=language.number(row["current_value"])))
    return "; ".join(filter(None, said))


def _against_itself(row: Row, language: Language) -> str:
    """Against the last different value, or the usual level where that one was unusual itself."""
    _ = language.text
    value, previous = row["value"], row["previous_value"]
    if previous is None:
        return ""
    is_far = row["previous_times"] is None or row["previous_times"] >= FAR
    name = _("kỳ trước") if is_far else _("mức thường thấy của đơn vị")
    base, times = (previous, row["previous_times"]) if is_far else (row["history_median"], row["usual_times"])
    if times is None:
        return _("{value}, {name} là {base}").format(
            value=language.number(value), name=name, base=language.number(base)
        )
    text = _("gấp {times} lần {name} ({base})") if value > base else _("chỉ bằng 1/{times} {name} ({base})")
    return text.format(times=_times(times, language), name=name, base=language.number(base))


def _against_peers(row: Row, language: Language) -> str:
    _, _n = language.text, language.plural
    if not row["peer_count"]:
        return ""
    count = row["peer_count"]
    if row["unit_level"] == "commune":
        text = _n("{count} xã, phường khác trong tỉnh: {low}–{high}", count)
    else:
        text = _n("{count} tỉnh, thành phố khác: {low}–{high}", count)
    return text.format(
        count=language.number(count), low=language.number(row["peer_low"]), high=language.number(row["peer_high"])
    )


def _times(ratio: float, language: Language) -> str:
    """`3,4`; from ten on a whole number."""
    return language.number(ratio, 0) if ratio >= TENTHS_BELOW else language.number(round(ratio, 1))
