"""Sentences that open the pages of one field of work. Rows in, sentences out; what nobody reported is never zero.

`row` is a row of `topic_progress.sql`: an indicator of the country or of a province.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.language import Language
from dashboard.sentences import due_state, due_words
from dashboard.superlatives import leading
from dashboard.warehouse import Row

NAMED = 6


def nothing_yet(language: Language) -> str:
    """Before the first report."""
    return language.text("Chưa có báo cáo nào của địa phương về nội dung này.")


def published_instead(language: Language) -> str:
    """Before the first report, where authorities have published something."""
    return language.text("Dưới đây là số liệu đã được công bố, kèm nguồn.")


def due(row: Row, directive: Row | None, language: Language) -> str:
    """`hạn trước ngày 15/12/2025, quá hạn 73 ngày`, or when it was done; '' where no directive asks for it."""
    if directive is None:
        return ""
    text = language.text("hạn {due}, {time}")
    return text.format(due=due_words(directive, language), time=due_state(row, language))


def moved(row: Row, language: Language) -> str:
    """What changed since the last report, as it stands under a figure; '' where that can't be said."""
    _ = language.text
    if row["change"] is not None:
        if not row["change"]:
            return _("không đổi so với kỳ trước")
        return _("{change} so với kỳ trước").format(change=language.signed(row["change"]))
    if row["progress_change"] is not None:
        text = _("{change} điểm % so với kỳ trước")
        return text.format(change=language.signed(round(row["progress_change"], 1)))
    return ""


def worst(provinces: Sequence[Row], column: str, language: Language, text: str = "") -> str:
    """The provinces that are furthest behind; `provinces` as from `figures.ranked`. '' where none is behind.

    `text` says of what, where no heading does.
    """
    _ = language.text
    is_share = column == "progress_pct"
    behind = [row for row in provinces if row[column] is not None and (row[column] < 100 if is_share else row[column])]
    if not behind:
        return ""
    write = language.percent if is_share else language.number
    names = leading([(row["short_name"], write(row[column])) for row in behind], language)
    text = text or (_("Thấp nhất: {names}.") if is_share else _("Nhiều nhất: {names}."))
    return text.format(names=", ".join(names))


def silent(provinces: Sequence[Row], language: Language) -> str:
    """The provinces that have not reported, by name while they are few. '' where all have."""
    _n = language.plural
    names = [row["short_name"] for row in provinces if row["state"] == "not_reported"]
    if not names:
        return ""
    text = _n("{count} địa phương chưa có báo cáo: {names}.", len(names))
    return text.format(count=language.count_word(len(names)), names=language.names(names, NAMED))


def dossiers(country: Mapping[str, Row], language: Language) -> str:
    """What communes handled in the newest period; figures of one period, never carried over from another."""
    _ = language.text
    received, on_time, online = (country[name] for name in ("dossiers_received", "dossiers_on_time", "dossiers_online"))
    if received["value"] is None:
        return ""
    text = _(
        "Trong kỳ {day}, các xã tiếp nhận {received} hồ sơ ({reported}/{expected} đơn vị báo cáo): "
        "{on_time} giải quyết đúng hạn, {online} nộp trực tuyến."
    )
    return text.format(
        day=language.day(received["as_of_on"]),
        received=language.number(received["value"]),
        reported=language.number(received["reported_unit_count"]),
        expected=language.number(received["expected_unit_count"]),
        on_time=language.percent(on_time["progress_pct"]),
        online=language.percent(online["progress_pct"]),
    )


def procedures(row: Row, directive: Row | None, language: Language) -> str:
    """How many procedures were reviewed of those that must be, against the date."""
    text = language.text("Đã rà soát {value}/{target} thủ tục hành chính ({share}); {due}.")
    return _against_its_date(text, row, directive, language)


def _against_its_date(text: str, row: Row, directive: Row | None, language: Language) -> str:
    """A sentence with value, target, share and deadline; '' where value or target is not known."""
    if row["value"] is None or row["target"] is None:
        return ""
    return text.format(
        value=language.number(row["value"]),
        target=language.number(row["target"]),
        share=language.percent(row["progress_pct"]),
        due=due(row, directive, language) or language.text("không có hạn"),
    )


def adopters(row: Row, provinces: Sequence[Row], directive: Row | None, language: Language) -> str:
    """Who has moved to the central system; who has not, by name while they are few."""
    _ = language.text
    if row["value"] is None:
        return ""
    first = _("{value}/{target} địa phương đã chuyển sang hệ thống giải quyết TTHC tập trung").format(
        value=language.number(row["value"]), target=language.number(row["target"])
    )
    without = [each["short_name"] for each in provinces if each["state"] == "not_done"]
    said = [first, due(row, directive, language)]
    if without:
        said.append(_("chưa chuyển: {names}").format(names=language.names(without, NAMED)))
    quiet = [each["short_name"] for each in provinces if each["state"] == "not_reported"]
    if quiet:
        said.append(_("chưa có báo cáo: {names}").format(names=language.names(quiet, NAMED)))
    return "; ".join(filter(None, said)) + "."


def facilities(rows: Sequence[Row], labels: Mapping[str, str], as_of_on: date | None, language: Language) -> list[str]:
    """How many communes have all, lack which, have none; rows of `lacking_together.sql`."""
    _, _n = language.text, language.plural
    known = [row for row in rows if not row["is_partly_unknown"]]
    unknown = sum(row["commune_count"] for row in rows if row["is_partly_unknown"])
    counted = sum(row["commune_count"] for row in known)
    if not counted:
        return [none_of_all_three(rows, language)]
    adequate = sum(row["commune_count"] for row in known if not row["lacking"])
    without = [row for row in known if len(row["lacking"]) == len(labels)]
    names = [name for row in without for name in row["names"] or []]
    first = _(
        "Đến {day}, trên {counted} xã, phường, đặc khu có báo cáo cả ba mặt, {adequate} nơi bảo đảm đủ; {parts}."
    ).format(
        day=language.day(as_of_on),
        counted=language.number(counted),
        adequate=language.number(adequate),
        parts=", ".join(
            _("{count} nơi thiếu {what}").format(
                count=language.number(sum(row["commune_count"] for row in known if indicator in row["lacking"])),
                what=label,
            )
            for indicator, label in labels.items()
        ),
    )
    count = sum(row["commune_count"] for row in without)
    if not count:
        second = _("Không nơi nào thiếu cả ba.")
    else:
        text = _n("{count} nơi thiếu cả ba", count).format(count=language.count_word(count))
        second = text + (": " + language.names(names, NAMED) if count <= NAMED else "") + "."
    if unknown:
        text = _n("{count} nơi chưa báo cáo đủ ba mặt.", unknown)
        second += " " + text.format(count=language.count_word(unknown))
    return [first, second]


def none_of_all_three(rows: Sequence[Row], language: Language) -> str:
    """Where no commune has reported all of them: whether some have been reported at all."""
    if any(row["reported_count"] for row in rows):
        return language.text("Chưa xã, phường, đặc khu nào báo cáo đủ cả ba mặt; số của từng mặt được nêu riêng.")
    return nothing_yet(language)


def obstacles(row: Row, raised: Row, directive: Row | None, language: Language) -> str:
    """Raised, resolved, open; the change of what is open; the date."""
    _ = language.text
    if row["value"] is None or row["remaining"] is None:
        if raised["value"] is None and row["value"] is None:
            return nothing_yet(language)
        return _("Chưa có báo cáo đủ cả số phát sinh và số đã giải quyết để so sánh.")
    said = _(
        "Đến {day}, các xã phản ánh {raised} khó khăn, vướng mắc, đã giải quyết dứt điểm {resolved} ({share}), "
        "còn {remaining} chưa giải quyết"
    ).format(
        day=language.day(row["as_of_on"]),
        raised=language.number(raised["value"]),
        resolved=language.number(row["value"]),
        share=language.percent(row["progress_pct"]),
        remaining=language.number(row["remaining"]),
    )
    if row["remaining_change"]:
        text = _("giảm {count} so với kỳ trước") if row["remaining_change"] < 0 else _("tăng {count} so với kỳ trước")
        said += " (" + text.format(count=language.number(abs(row["remaining_change"]))) + ")"
    elif row["remaining_change"] is not None:
        said += " (" + _("không đổi so với kỳ trước") + ")"
    return "; ".join(filter(None, (said, due(row, directive, language)))) + "."


def training(row: Row, directive: Row | None, language: Language) -> str:
    """How many of the staff present have been trained, against the scheme's date."""
    text = language.text("Đã bồi dưỡng {value}/{target} cán bộ, công chức cấp xã ({share}); {due}.")
    return _against_its_date(text, row, directive, language)


def posts(row: Row, transferred: Row, directive: Row | None, language: Language) -> str:
    """How many posts of commune military commands are filled, against the date, and who came from the forces."""
    _ = language.text
    text = _("Đã bố trí {value}/{target} chức vụ theo định biên ({share}); {due}.")
    said = _against_its_date(text, row, directive, language)
    if said and transferred["value"] is not None:
        text = _("Đã điều động {count} sĩ quan, quân nhân chuyên nghiệp về xã.")
        said += " " + text.format(count=language.number(transferred["value"]))
    return said


def commanders(row: Row, missing: Sequence[Row], language: Language) -> str:
    """Which communes have no commander, which have not said; `row` is the country's."""
    _ = language.text
    if not missing and is_complete(row):
        return _("Mọi xã được tính đều đã có Chỉ huy trưởng.")
    return _("Về Chỉ huy trưởng: {communes}").format(communes=communes(row, missing, language))


def is_complete(row: Row) -> bool:
    """Whether every unit that counts has reported; a scope of which nothing is known has not."""
    return bool(row["expected_unit_count"]) and (row["reported_unit_count"] or 0) >= row["expected_unit_count"]


def is_judged(row: Row) -> bool:
    """Whether a commune can fall short of it; of others only silence can be said."""
    return row["target"] is not None and not row["is_period_count"]


def communes(row: Row, missing: Sequence[Row], language: Language) -> str:
    """Communes without it and communes that are silent, by kind; by name while they are few.

    `row` is the indicator in the scope of `missing`. That nobody is missing is said only where all have reported.
    """
    _, _n = language.text, language.plural
    absent = [each for each in missing if not each["is_silent"]]
    quiet = [each for each in missing if each["is_silent"]]
    if row["value"] is None:
        return nothing_yet(language)
    if not missing and not is_complete(row):
        text = _("Đã có báo cáo của {reported}/{expected} xã, phường, đặc khu.")
        reported, expected = language.number(row["reported_unit_count"]), language.number(row["expected_unit_count"])
        return text.format(reported=reported, expected=expected)
    if not missing:
        if not is_judged(row):
            return _("Mọi xã, phường, đặc khu được tính đều đã có báo cáo.")
        return _("Mọi xã, phường, đặc khu được tính đều đã báo cáo và đều đạt.")
    said = []
    if absent:
        text = _n("{count} xã, phường, đặc khu chưa đạt: {which}.", len(absent))
        said.append(text.format(count=language.count_word(len(absent)), which=_which(absent, language)))
    if quiet:
        text = _n("{count} xã, phường, đặc khu chưa có báo cáo: {which}.", len(quiet))
        said.append(text.format(count=language.count_word(len(quiet)), which=_which(quiet, language)))
    return " ".join(said)


def _which(rows: Sequence[Row], language: Language) -> str:
    """Names while they are few, else how many of each kind."""
    if len(rows) <= NAMED:
        return language.names([f"{row['commune_name']} ({row['short_name']})" for row in rows], NAMED)
    kinds = Counter(row["unit_type"] for row in rows)
    return ", ".join(_kind(kind, count, language) for kind, count in kinds.items())


def _kind(kind: str, count: int, language: Language) -> str:
    _n = language.plural
    texts = {
        "xã": _n("{count} xã", count),
        "phường": _n("{count} phường", count),
        "đặc khu": _n("{count} đặc khu", count),
    }
    return texts[kind].format(count=language.number(count))
