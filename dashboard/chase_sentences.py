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
    """Whom to call about a directive, and how much of what the country misses is theirs."""
    _ = language.text
    first = provinces[:CALLED]
    title = language.pick(directive["title_vi"], directive["title_en"])
    due = f"{due_words(directive, language)}, {time_to_due(directive['days_to_due'], language)}"
    names = language.names([row["short_name"] for row in first], CALLED)
    if len(provinces) == 1:
        return _("Về “{title}” ({due}), chỉ còn phải đôn đốc {names}.").format(names=names, title=title, due=due)
    if len(provinces) <= CALLED:
        text = _("Về “{title}” ({due}), còn phải đôn đốc {count} địa phương: {names}.")
        return text.format(count=len(first), title=title, due=due, names=names)
    text = _(
        "Về “{title}” ({due}), còn phải đôn đốc {all} địa phương, trong đó {count} nơi sau chiếm {share} phần còn "
        "thiếu của cả nước: {names}."
    )
    share = language.percent(first[-1]["cumulative_pct"])
    count = len(first)
    return text.format(all=len(provinces), count=count, share=share, title=title, due=due, names=names)


def call_counts(kinds: Sequence[Row], language: Language) -> str:
    """How many calls there are, and what they are about."""
    _, _n = language.text, language.plural
    total = sum(row["call_count"] for row in kinds)
    if not total:
        return _(
            "Không còn việc nào phải đôn đốc: mọi việc đã quá hạn hoặc có hạn trong 180 ngày tới đều được báo cáo "
            "là đã đạt."
        )
    parts = [
        _("{count} việc {kind}").format(
            count=language.number(row["call_count"]), kind=_lowered(chase_kind_word(row["kind"], language))
        )
        for row in kinds
    ]
    text = _n("Cả nước còn {count} việc phải đôn đốc ở {provinces} địa phương: {parts}.", total)
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
        return _("Chưa có nơi nào báo cáo đã xong một việc có hạn gần ngày số liệu, nên chưa có gì để xác minh.")
    text = _n(
        "Rút ngẫu nhiên {drawn} trong {claims} điều được báo cáo là đã xong. Ai dùng cùng mã rút mẫu {seed} và cùng "
        "phiên bản số liệu cũng rút được đúng mẫu này.",
        drawn,
    )
    return text.format(drawn=language.number(drawn), claims=language.number(claims), seed=seed)


def league(rows: Sequence[Row], language: Language) -> str:
    """How many are always in time and who is last, with ties said as ties; apart, who has sent no figures."""
    _, _n = language.text, language.plural
    if not rows:
        return _("Chưa có kỳ báo cáo nào đến hạn.")
    periods = rows[0]["period_count"]
    always = [row for row in rows if row["on_time_count"] == row["period_count"]]
    text = _n("Trong {periods} kỳ đã đến hạn gần nhất, {count}/{all} địa phương gửi đúng hạn tất cả.", periods)
    said = text.format(periods=periods, count=len(always), all=len(rows))
    senders = [row for row in rows if has_sent(row)]
    silent = [row["short_name"] for row in rows if not has_sent(row)]
    last = [row for row in senders if row["rank"] == senders[-1]["rank"]]
    if len(always) < len(senders) and len(last) <= CALLED:
        text = _("Cuối bảng: {names}, đúng hạn {share}.")
        names = language.names([row["short_name"] for row in last])
        said += " " + text.format(names=names, share=language.percent(last[0]["on_time_pct"]))
    if silent and not senders:
        said += " " + _("Chưa địa phương nào gửi số liệu của kỳ nào trong số đó, nên chưa xếp hạng được.")
    elif silent:
        text = _("Không xếp hạng nơi chưa gửi số liệu của kỳ nào trong số đó: {names}.")
        said += " " + text.format(names=language.names(silent, CALLED))
    return said


def has_sent(row: Row) -> bool:
    """Whether a province of the league has sent figures, in time or late, for one of the periods that count."""
    return bool(row["reported_pct"])


def place(row: Row, language: Language) -> str:
    """`3`, or `3–7` where five share it; words for who has no place because nothing came."""
    if not has_sent(row):
        return language.text("chưa gửi")
    last = row["rank"] + row["tied_count"] - 1
    first = language.number(row["rank"])
    return first if last == row["rank"] else f"{first}–{language.number(last)}"


def outlier_counts(rows: Sequence[Row], is_empty: bool, language: Language) -> str:
    """How many values stand out, and what became of them; without a report (`is_empty`) nothing could be looked at."""
    _, _n = language.text, language.plural
    if is_empty:
        return _("Chưa có báo cáo nào nên chưa xét được giá trị khác thường.")
    if not rows:
        return _("Trong các báo cáo mới nhất đã nhận không thấy giá trị nào khác thường.")
    waiting, confirmed, corrected = (
        sum(row["state"] == state for row in rows) for state in ("open", "confirmed", "corrected")
    )
    counts = [
        _n("{count} chưa xác minh", waiting).format(count=language.number(waiting)) if waiting else "",
        _n("{count} tỉnh đã xác nhận", confirmed).format(count=language.number(confirmed)) if confirmed else "",
        _n("{count} đã được sửa", corrected).format(count=language.number(corrected)) if corrected else "",
    ]
    if waiting == len(rows):
        text = _n("{count} giá trị khác thường, chưa xác minh giá trị nào.", waiting)
        return text.format(count=language.count_word(waiting))
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
