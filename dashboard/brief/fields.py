"""What the brief says of each field, for the country or for one province: one paragraph each."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.brief.records import UNKNOWN, VIETNAMESE, Reader, Record
from dashboard.brief.structure import COUNTRY, Paragraph, Part, Said, joined, listed, say
from dashboard.vocabulary import POSITIONS, position_word

NAMED = 6
FIELDS_NAMED = 3
Indicators = Mapping[str, Record]
# What a commune has, and how it is said of those that have not.
FACILITIES = {
    "office_adequate": ("trụ sở bảo đảm", "Trụ sở chưa bảo đảm"),
    "equipment_adequate": ("trang thiết bị bảo đảm", "Trang thiết bị chưa bảo đảm"),
    "network_stable": ("đường truyền ổn định", "Đường truyền chưa ổn định"),
}
# Below the highest clearance the published file has no such table, and the brief says nothing of the field.
MILITARY = "marts.military_positions"
RESTRICTED = "Số liệu lưu hành hạn chế, chỉ cung cấp cho người có thẩm quyền."


def fields(reader: Reader) -> list[Paragraph]:
    """All fields in the order of the form; one sentence where nobody has reported anything."""
    known = {record["indicator"]: record for record in reader.rows("brief_indicators", "indicator", unit=reader.unit)}
    states = {
        record["indicator"]: record for record in reader.rows("brief_commune_states", "indicator", unit=reader.unit)
    }
    if all(record["value"] is None for record in known.values()):
        return [Paragraph(("Chưa có báo cáo nào của địa phương về các lĩnh vực được theo dõi.",))]
    said = {
        "Trung tâm Phục vụ hành chính công": _centres(reader, known, states),
        "Thủ tục hành chính": _procedures(reader, known),
        "Hệ thống khuyến nông": _extension(reader),
        "Ban Chỉ huy quân sự cấp xã": _military(reader) if reader.published.has(MILITARY) else (),
        "Cán bộ, công chức cấp xã": _staffing(reader, known),
        "Trụ sở, trang thiết bị, đường truyền": _facilities(reader, known, states),
        "Khó khăn, vướng mắc": _obstacles(known),
    }
    shown = [(field, words) for field, words in said.items() if words]
    return [Paragraph(words, f"{number}. {field}: ") for number, (field, words) in enumerate(shown, start=1)]


def share(record: Record) -> Said:
    """`3.193/3.195 (99,9%)`, the value alone without a target, or that nobody reported."""
    if record["value"] is None:
        return (UNKNOWN,)
    if record["target"] is None:
        return (record.number("value"),)
    if record["progress_pct"] is None:
        return say("{value}/{target}", value=record.number("value"), target=record.number("target"))
    return say(
        "{value}/{target} ({share})",
        value=record.number("value"),
        target=record.number("target"),
        share=record.percent("progress_pct"),
    )


def step(record: Record, is_country: bool) -> Said:
    """`34/34 địa phương` for the country, `đã` or `chưa` for one province."""
    if record["value"] is None:
        return (UNKNOWN,)
    if is_country:
        return say("{value}/{target} địa phương", value=record.number("value"), target=record.number("target"))
    return ("đã xong" if record["value"] else "chưa xong",)


def without(state: Record | None, word: str) -> list[Said]:
    """Communes that were reported to have none, and communes that reported nothing: two different things."""
    if state is None:
        return []
    said = []
    if state["not_done_count"]:
        said.append(_counted(state, "not_done", word))
    if state["silent_count"]:
        said.append(_counted(state, "silent", UNKNOWN))
    return said


def _counted(state: Record, what: str, word: str) -> Said:
    said = say("{count} đơn vị " + word, count=state.number(f"{what}_count"))
    if state[f"{what}_count"] > NAMED:
        return (*said, ".")
    return (*said, *say(": {names}.", names=state.names(f"{what}_names", NAMED)))


def _centres(reader: Reader, known: Indicators, states: Indicators) -> Said:
    is_country = reader.unit == COUNTRY
    operating, province_level, connected = (
        known[name] for name in ("pvhcc_commune_operating", "pvhcc_province_established", "national_portal_connected")
    )
    single = reader.rows("single_tier_provinces", "short_name", indicator=operating["indicator"])
    if is_country:
        where = say(" ở {count} địa phương", count=operating.number("province_count")) if operating["value"] else ()
        cities = [say("{name}", name=row.label("short_name")) for row in single]
        one = (
            say("{names} tổ chức một Trung tâm một cấp nên không tính ở cấp xã.", names=listed(cities))
            if single
            else ()
        )
    else:
        where, one = (), ()
        if operating["target"] == 0:
            one = ("Thành phố tổ chức một Trung tâm một cấp nên không tính ở cấp xã.",)
    first = say("cấp xã đã hoạt động: {share}{where}.", share=share(operating), where=where)
    if not is_country and operating["target"] == 0:
        first = ()
    last = say(
        "Cấp tỉnh đã thành lập: {established}; kết nối Cổng Dịch vụ công quốc gia: {connected}.",
        established=step(province_level, is_country),
        connected=step(connected, is_country),
    )
    return joined([first, *without(states.get(operating["indicator"]), "chưa có"), one, last])


def _procedures(reader: Reader, known: Indicators) -> Said:
    reviewed, system = known["procedures_reviewed"], known["central_procedure_system_adopted"]
    received, on_time, online = (known[name] for name in ("dossiers_received", "dossiers_on_time", "dossiers_online"))
    first = say(
        "số thủ tục đã rà soát, bãi bỏ hoặc đơn giản hóa: {share}; chuyển sang hệ thống thông tin tập trung: {system}.",
        share=share(reviewed),
        system=step(system, reader.unit == COUNTRY),
    )
    if received["value"] is None:
        return (*first, " Hồ sơ trong kỳ: ", UNKNOWN, ".")
    second = say(
        "Kỳ {day} tiếp nhận {received} hồ sơ ({reported}/{expected} đơn vị báo cáo): đúng hạn {on_time}, "
        "trực tuyến {online}.",
        day=received.day("as_of_on"),
        received=received.number("value"),
        reported=received.number("reported_unit_count"),
        expected=received.number("expected_unit_count"),
        on_time=_part(on_time),
        online=_part(online),
    )
    return joined([first, second])


def _part(record: Record) -> Said:
    if record["value"] is None or record["progress_pct"] is None:
        return (record.number("value"),)
    return say("{value} ({share})", value=record.number("value"), share=record.percent("progress_pct"))


def _extension(reader: Reader) -> Said:
    if reader.unit != COUNTRY:
        stages = reader.rows("chain_stages", "stage_order", chain="extension", province_code=reader.unit)
        return say("{stages}.", stages=joined([_stage(row) for row in stages], "; ")) if stages else (UNKNOWN, ".")
    funnel = reader.rows("chain_funnel", "stage_order", chain="extension")
    if not any(row["reported_count"] for row in funnel):
        return (UNKNOWN, ".")
    steps = [
        say(
            "{title} {count}/{all}",
            title=_inside(row),
            count=row.number("reached_count"),
            all=row.number("expected_count"),
        )
        for row in funnel
    ]
    last = funnel[-1]
    whole = say(
        "Đã xong đủ các bước: {count}/{all} địa phương.",
        count=last.number("reached_with_all_before_count"),
        all=last.number("expected_count"),
    )
    return joined([say("số địa phương đã xong từng bước: {steps}.", steps=joined(steps, "; ")), whole])


def _inside(record: Record) -> Part:
    """The title of a stage, in the middle of a sentence."""
    return str(record["title_vi"][0].lower() + record["title_vi"][1:])


def _stage(record: Record) -> Said:
    title = _inside(record)
    if record["status"] == "done":
        return say("{title} đã xong ngày {day}", title=title, day=record.day("reached_on"))
    if record["status"] == "in_progress" and record["days_in_stage"] is not None:
        return say("{title} đang làm, đã {days} ngày", title=title, days=record.number("days_in_stage"))
    word = {"in_progress": "đang làm", "waiting": "chờ bước trước"}.get(record["status"], UNKNOWN)
    return (title, " ", word)


def _military(reader: Reader) -> Said:
    rows = reader.rows("military_positions", "position", province_code=reader.unit, positions=list(POSITIONS))
    if not any(row["filled"] is not None for row in rows):
        return (UNKNOWN, ". ", RESTRICTED)
    return joined([say("{posts}.", posts=joined([_position(row) for row in rows], "; ")), (RESTRICTED,)])


def _position(record: Record) -> Said:
    """Posts of which nobody has said how many there must be are given as they are."""
    name = position_word(record["position"], VIETNAMESE)
    name = name if record["position"] != "all" else "theo định biên"
    if record["filled"] is None:
        return (name, " ", UNKNOWN)
    if record["required"] is None:
        return say("{name} {filled}", name=name, filled=record.number("filled"))
    return say(
        "{name} {filled}/{required} ({share})",
        name=name,
        filled=record.number("filled"),
        required=record.number("required"),
        share=record.percent("filled_pct"),
    )


def _staffing(reader: Reader, known: Indicators) -> Said:
    rows = reader.rows("staffing_balance", "baseline", "field", province_code=reader.unit, baseline="", field="")
    allocated = next((row for row in rows if row["baseline"] == "allocated" and row["field"] == "all"), None)
    by_field = [row for row in rows if row["field"] != "all" and row["shortage"]]
    worst = sorted(by_field, key=lambda row: (-row["shortage"], row["field"]))[:FIELDS_NAMED]
    needs = [
        say(
            "{field} {people} người ({communes} đơn vị)",
            field=str(row["field_vi"]).lower(),
            people=row.number("shortage"),
            communes=row.number("communes_short"),
        )
        for row in worst
    ]
    return joined(
        [
            _against_posts(allocated),
            say("Thiếu nhiều nhất theo vị trí việc làm: {needs}.", needs=joined(needs, "; ")) if needs else (),
            say(
                "Biệt phái, điều động, tiếp nhận về xã: {count}; hợp đồng chuyên môn: {contracted} "
                "(không cộng vào số hiện có).",
                count=known["staff_seconded_in"].number("value"),
                contracted=known["staff_contracted"].number("value"),
            ),
            say("Số người đã được bồi dưỡng: {share}.", share=share(known["staff_trained"])),
        ]
    )


def _against_posts(row: Record | None) -> Said:
    """Shortage and surplus against the posts allocated, never netted."""
    if row is None or not row["communes_compared"]:
        return ("số hiện có so với biên chế được giao: ", UNKNOWN, ".")
    said = say(
        "hiện có {present} người so với biên chế được giao {allocated} (so được {compared}/{expected} đơn vị): ",
        present=row.number("present"),
        allocated=row.number("allocated"),
        compared=row.number("communes_compared"),
        expected=row.number("communes_expected"),
    )
    short = say(
        "{communes} đơn vị thiếu {people} người", communes=row.number("communes_short"), people=row.number("shortage")
    )
    if not row["communes_short"]:
        short = ("không đơn vị nào thiếu",)
    if not row["communes_with_surplus"]:
        return (*said, *short, ", không đơn vị nào dư.")
    surplus = say(
        ", {communes} đơn vị dư {people} người (hai số ở các đơn vị khác nhau, không bù trừ).",
        communes=row.number("communes_with_surplus"),
        people=row.number("surplus"),
    )
    return said + short + surplus


def _facilities(reader: Reader, known: Indicators, states: Indicators) -> Said:
    parts = [say("{name}: {share}", name=has, share=share(known[name])) for name, (has, _has_not) in FACILITIES.items()]
    said = say("{parts}.", parts=joined(parts, "; "))
    if reader.unit == COUNTRY:
        return said
    missing = [
        say("{has_not}: {names}.", has_not=has_not, names=states[name].names("not_done_names", NAMED))
        for name, (_has, has_not) in FACILITIES.items()
        if name in states and states[name]["not_done_count"]
    ]
    return joined([said, *missing])


def _obstacles(known: Indicators) -> Said:
    raised, resolved = known["obstacles_raised"], known["obstacles_resolved"]
    if resolved["value"] is None or resolved["target"] is None:
        return (UNKNOWN, ".")
    return say(
        "lũy kế phát sinh {raised}, đã giải quyết dứt điểm {resolved} ({share}), còn {open}.",
        raised=raised.number("value"),
        resolved=resolved.number("value"),
        share=resolved.percent("progress_pct"),
        open=resolved.number("open_value"),
    )
