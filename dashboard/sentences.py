"""Pages open with sentences that could be read aloud. Rows in, Vietnamese (or English) sentences out, nothing else.

A count is never said without its whole, a short list is said by name, and what nobody reported is
"chưa có báo cáo", never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.language import Language
from dashboard.warehouse import Row

NAMED = 5
LATE = ("overdue", "regressed")


def centres(national: Row, missing: Sequence[Row], province_count: int, language: Language) -> str:
    """How many commune service centres operate, and which communes have none."""
    _ = language.text
    first = _(
        "Đến {day}, {provinces}/{all_provinces} địa phương đã có Trung tâm Phục vụ hành chính công cấp xã hoạt động: "
        "{value} trên {target} đơn vị."
    ).format(
        day=language.day(national["as_of_on"]),
        provinces=language.number(national["province_count"]),
        all_provinces=language.number(province_count),
        value=language.number(national["value"]),
        target=language.number(national["target"]),
    )
    return " ".join([first, *_without(missing, language)])


def _without(missing: Sequence[Row], language: Language) -> list[str]:
    """Communes reported as having none, and communes that reported nothing: two different things."""
    _n = language.plural
    absent = [_place(row, language) for row in missing if row["value"] is not None]
    silent = [_place(row, language) for row in missing if row["value"] is None]
    said = []
    if absent:
        text = _n("{count} đơn vị chưa có: {names}.", len(absent))
        said.append(text.format(count=language.count_word(len(absent)), names=language.names(absent, NAMED)))
    if silent:
        text = _n("{count} đơn vị chưa có báo cáo: {names}.", len(silent))
        said.append(text.format(count=language.count_word(len(silent)), names=language.names(silent, NAMED)))
    return said


def _place(row: Row, language: Language) -> str:
    name = str(row["commune_name"])
    lowered = name[0].lower() + name[1:] if language.code == "vi" else name
    return f"{lowered} ({row['short_name']})"


def time_to_due(days_to_due: int, language: Language) -> str:
    """`còn 4 ngày`, `hôm nay là hạn`, `quá hạn 72 ngày`."""
    _, _n = language.text, language.plural
    if days_to_due == 0:
        return _("hôm nay là hạn")
    if days_to_due > 0:
        return _n("còn {days} ngày", days_to_due).format(days=language.number(days_to_due))
    return _n("quá hạn {days} ngày", -days_to_due).format(days=language.number(-days_to_due))


def most_urgent(directives: Sequence[Row], to_call: Sequence[Row], language: Language) -> str:
    """The directive that is most at risk, and whom to call. '' when nothing is late or at risk."""
    _ = language.text
    urgent = [row for row in directives if row["status"] in (*LATE, "at_risk")]
    if not urgent:
        return ""
    worst = urgent[0]
    said = _(
        "Đáng lo nhất: “{title}” ({due}, {time}) mới đạt {progress}; {done}/{all} địa phương hoàn thành."
    ).format(
        title=language.pick(worst["title_vi"], worst["title_en"]),
        due=worst["due_text_vi"],
        time=time_to_due(worst["days_to_due"], language),
        progress=language.percent(worst["progress_pct"]),
        done=language.number(worst["done_province_count"]),
        all=language.number(worst["province_count"]),
    )
    names = [row["short_name"] for row in to_call if row["late_count"] or row["risk_count"]][:3]
    if not names:
        return said
    return said + " " + _("Cần gọi trước: {names}.").format(names=language.names(names))


def reports_in(coverage: Sequence[Row], language: Language) -> str:
    """Who has sent the newest report that was due."""
    _, _n = language.text, language.plural
    if not coverage:
        return _("Chưa có kỳ báo cáo nào đến hạn.")
    late = [row["short_name"] for row in coverage if row["status"] == "late"]
    missing = [row["short_name"] for row in coverage if row["status"] in ("missing", "empty")]
    received = len(coverage) - len(missing)
    said = [
        _("Kỳ báo cáo {day}: {received}/{all} địa phương đã gửi số liệu.").format(
            day=language.day(coverage[0]["as_of_on"]), received=received, all=len(coverage)
        )
    ]
    if late:
        said.append(_("Gửi chậm: {names}.").format(names=language.names(late, NAMED)))
    if missing:
        said.append(_("Chưa có báo cáo: {names}.").format(names=language.names(missing, NAMED)))
    return " ".join(said)


def change(row: Row, language: Language) -> str:
    """One national value that moved since the last reporting day."""
    _ = language.text
    text = _("tăng {change}, lên {value}") if row["kind"] == "up" else _("giảm {change}, còn {value}")
    return text.format(change=language.number(abs(row["change"])), value=language.number(row["value"]))


def one_directive(directive: Row, indicators: Sequence[Row], provinces: Sequence[Row], language: Language) -> list[str]:
    """Where one directive stands: each indicator in a clause, then the provinces behind, by name while few."""
    _, _n = language.text, language.plural
    title = language.pick(directive["title_vi"], directive["title_en"])
    said = [
        _("“{title}” phải xong {due}: {time}.").format(
            title=title, due=directive["due_text_vi"], time=time_to_due(directive["days_to_due"], language)
        )
    ]
    if not indicators:
        return [*said, _("Mốc này không có chỉ tiêu do địa phương báo cáo.")]
    reported = [row for row in indicators if row["value"] is not None]
    if not reported:
        return [*said, _("Chưa có báo cáo nào của địa phương về việc này.")]
    done = language.number(directive["done_province_count"])
    said.append(
        _("{done}/{all} địa phương đã hoàn thành đủ các chỉ tiêu; chỉ tiêu thấp nhất đạt {progress}.").format(
            done=done, all=language.number(directive["province_count"]), progress=language.percent(reported[0]["progress_pct"])
        )
    )
    behind = [row["short_name"] for row in provinces if row["status"] in (*LATE, "at_risk")]
    if behind:
        text = _n("{count} địa phương đang chậm hoặc có nguy cơ ở chỉ tiêu đang xem: {names}.", len(behind))
        said.append(text.format(count=language.count_word(len(behind)), names=language.names(behind, NAMED)))
    return said


def province(header: Row, tasks: Sequence[Row], language: Language) -> list[str]:
    """What the province is made of, when it last reported, and what is late there."""
    _, _n = language.text, language.plural
    kinds = [
        _n("{count} phường", header["ward_count"]).format(count=header["ward_count"]) if header["ward_count"] else "",
        _n("{count} xã", header["rural_count"]).format(count=header["rural_count"]) if header["rural_count"] else "",
        _n("{count} đặc khu", header["zone_count"]).format(count=header["zone_count"]) if header["zone_count"] else "",
    ]
    said = [
        _("{name} có {count} đơn vị hành chính cấp xã: {kinds}.").format(
            name=header["province_name"], count=header["commune_count"], kinds=language.names([kind for kind in kinds if kind])
        )
    ]
    if header["as_of_on"] is None:
        said.append(_("Chưa có báo cáo nào của địa phương này."))
        return said
    said.append(
        _("Báo cáo gần nhất là kỳ {day}, nhận lúc {moment}.").format(
            day=language.day(header["as_of_on"]), moment=language.moment(header["received_at"])
        )
    )
    late = [row for row in tasks if row["status"] in LATE]
    risk = [row for row in tasks if row["status"] == "at_risk"]
    met = [row for row in tasks if row["status"] in ("met_on_time", "met_late")]
    said.append(
        _("Trong {all} nhiệm vụ có hạn: {met} hoàn thành, {late} quá hạn, {risk} có nguy cơ.").format(
            all=len(tasks), met=len(met), late=len(late), risk=len(risk)
        )
    )
    return said


def quality(rules: Sequence[Row], language: Language) -> str:
    """How much was set aside and for which reason most often."""
    _, _n = language.text, language.plural
    total = sum(row["value_count"] for row in rules)
    if not total:
        return _("Không có giá trị nào bị để riêng.")
    text = _n("{count} giá trị bị để riêng hoặc có lưu ý; nhiều nhất vì: {reason}.", total)
    return text.format(count=language.number(total), reason=language.pick(rules[0]["message_vi"], rules[0]["message_en"]).rstrip("."))


def late_data(newest_on: date, expected_on: date, missing_day_count: int, language: Language) -> str:
    """What a page says at its top when the calendar expects newer figures."""
    text = language.plural(
        "Số liệu mới nhất là của kỳ {newest}. Theo lịch báo cáo, đến nay phải có số liệu kỳ {expected}: còn thiếu {count} kỳ.",
        missing_day_count,
    )
    return text.format(newest=language.day(newest_on), expected=language.day(expected_on), count=missing_day_count)
