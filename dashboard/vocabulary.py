"""Closed lists of the published database in words, glyphs and colours.

Status colours are told apart under every common colour blindness and never stand alone: each has a glyph and a
word. The order of `STATUSES` is the order of urgency; queries receive it as a parameter, so that "the most urgent
row" means the same on every page.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.language import Language
from dashboard.warehouse import Row

TEAL = "#0F7F72"
AMBER = "#FFC53D"
DARK_RED = "#9B1C1C"
GREY = "#C9CED3"
INK = "#1F2933"
MUTED = "#5B6670"
RULE = "#E3E6E9"
ACCENT = "#1B4F72"


@dataclass(frozen=True, slots=True)
class Light:
    """One of the four states that are read at a glance. `ink` is the colour of text on `colour`."""

    glyph: str
    colour: str
    ink: str


LIGHTS = {
    "good": Light("●", TEAL, "#FFFFFF"),
    "risk": Light("▲", AMBER, INK),
    "late": Light("■", DARK_RED, "#FFFFFF"),
    "none": Light("○", "#EDEFF1", MUTED),
}
STATUSES = ("overdue", "regressed", "at_risk", "not_reported", "on_track", "not_due", "met_late", "met_on_time")
POSITIONS = (
    "commander",
    "deputy_commander",
    "deputy_political_officer",
    "assistant",
    "technical_staff",
    "all",
)
LIGHT_OF_STATUS = {
    "overdue": "late",
    "regressed": "late",
    "at_risk": "risk",
    "not_reported": "none",
    "on_track": "good",
    "not_due": "none",
    "met_late": "good",
    "met_on_time": "good",
}


def light_of(status: str | None) -> Light:
    """The glyph and colour of a status; an unknown or absent one is shown as not reported."""
    return LIGHTS[LIGHT_OF_STATUS.get(status or "", "none")]


def light_word(name: str, language: Language) -> str:
    """The word that goes with a glyph."""
    _ = language.text
    return {
        "good": _("Đúng hạn, đã xong"),
        "risk": _("Nguy cơ"),
        "late": _("Chậm"),
        "none": _("Chưa có báo cáo, chưa đến hạn"),
    }[name]


def status_word(status: str | None, language: Language) -> str:
    """The eight exact statuses of `marts.directive_status`."""
    _ = language.text
    words = {
        "met_on_time": _("Hoàn thành đúng hạn"),
        "met_late": _("Hoàn thành sau hạn"),
        "on_track": _("Đúng tiến độ"),
        "at_risk": _("Nguy cơ chậm"),
        "overdue": _("Quá hạn"),
        "regressed": _("Đã đạt rồi giảm"),
        "not_reported": _("Chưa có báo cáo"),
        "not_due": _("Chưa đến hạn"),
    }
    return words.get(status or "not_reported", status or "")


def status_text(status: str | None, language: Language) -> str:
    """Glyph and word, as tables show them."""
    return f"{light_of(status).glyph} {status_word(status, language)}"


def coverage_word(status: str | None, language: Language) -> str:
    """The statuses of `marts.reporting_coverage`."""
    _ = language.text
    words = {
        "on_time": _("● Đúng hạn"),
        "late": _("▲ Gửi chậm"),
        "missing": _("■ Chưa gửi"),
        "empty": _("◇ Gửi nhưng không có số liệu"),
        "not_due": _("○ Chưa đến hạn"),
    }
    return words.get(status or "", status or "")


def submission_word(status: str | None, language: Language) -> str:
    """What became of a file."""
    _ = language.text
    words = {
        "accepted": _("Đã nhận"),
        "partial": _("Nhận một phần"),
        "rejected": _("Không nhận"),
        "duplicate": _("Trùng tệp đã nhận"),
        "needs_review": _("Chờ người xác nhận"),
    }
    return words.get(status or "", status or "")


def origin_word(origin: str | None, language: Language) -> str:
    """Where a figure comes from."""
    _ = language.text
    words = {
        "reported": _("địa phương báo cáo"),
        "published": _("số đã công bố"),
        "simulated": _("mô phỏng"),
    }
    return words.get(origin or "", origin or "")


def approximation_word(code: str | None, language: Language) -> str:
    """How a publication words a number that it does not write in full, with the space after it; '' for a full one."""
    _ = language.text
    words = {"nearly": _("gần"), "over": _("hơn"), "about": _("khoảng")}
    return words[code] + " " if code in words else ""


def rate_flag_word(code: str | None, language: Language) -> str:
    """Why a rate is above 100 % (`rate_flag` of the progress marts); '' where it is not."""
    _ = language.text
    words = {
        "more_units_than_expected": _("nhiều đơn vị báo cáo hơn số được tính"),
        "value_above_target": _("giá trị lớn hơn mục tiêu"),
    }
    return words.get(code or "", "")


def basis_word(code: str | None, language: Language) -> str:
    """What the date of completion rests on (`marts.directive_status.met_basis`)."""
    _ = language.text
    words = {"evidence": _("ngày tỉnh ghi"), "first_report": _("báo cáo đầu tiên")}
    return words.get(code or "", code or "")


def chain_status_word(status: str | None, language: Language) -> str:
    """How far a province is at a stage of a chain (`marts.chain_stages.status`)."""
    _ = language.text
    words = {
        "done": _("● Đã xong"),
        "in_progress": _("◐ Đang làm"),
        "waiting": _("○ Chờ bước trước"),
        "not_reported": _("○ Chưa có báo cáo"),
    }
    return words.get(status or "", status or "")


def position_word(position: str, language: Language) -> str:
    """Posts of a commune military command, in the order of `POSITIONS`."""
    _ = language.text
    words = {
        "all": _("Mọi chức vụ theo định biên"),
        "commander": _("Chỉ huy trưởng"),
        "deputy_commander": _("Phó Chỉ huy trưởng"),
        "deputy_political_officer": _("Chính trị viên phó"),
        "assistant": _("Trợ lý"),
        "technical_staff": _("Nhân viên chuyên môn kỹ thuật"),
    }
    return words.get(position, position)


CALL_KINDS = ("report", "set_aside", "regressed", "unit_missing")


def chase_kind_word(kind: str | None, language: Language) -> str:
    """What a call is about (`marts.chase_list.kind`)."""
    _ = language.text
    words = {
        "report": _("Thiếu báo cáo"),
        "set_aside": _("Chờ tỉnh sửa số liệu"),
        "regressed": _("Đã đạt rồi giảm"),
        "unit_missing": _("Chưa làm xong"),
    }
    return words.get(kind or "", kind or "")


def outlier_state_word(state: str | None, language: Language) -> str:
    """What became of a value that stands out (`marts.outliers.state`)."""
    _ = language.text
    words = {
        "open": _("▲ Chưa xác minh"),
        "confirmed": _("● Tỉnh đã xác nhận"),
        "corrected": _("● Đã được sửa"),
    }
    return words.get(state or "", state or "")


def severity_word(severity: str | None, language: Language) -> str:
    """How grave a fault is: what happened to the value."""
    _ = language.text
    words = {
        "critical": _("Để riêng, không tính"),
        "warning": _("Nhận, có lưu ý"),
        "file": _("Không nhận cả tệp"),
    }
    return words.get(severity or "", severity or "")


def indicator_name(row: Row, language: Language) -> str:
    """What an indicator is called; one whose figures must not be passed on says so wherever it is named."""
    name = language.pick(row["name_vi"], row["name_en"])
    return restricted(name, language) if row.get("is_restricted") else name


def restricted(name: str, language: Language) -> str:
    """The name of something whose figures must not be passed on."""
    return language.text("{name} (lưu hành hạn chế)").format(name=name)


def unit_type_word(unit_type: str, language: Language) -> str:
    """Kinds of administrative unit, in lower case."""
    _ = language.text
    words = {
        "tỉnh": _("tỉnh"),
        "thành phố": _("thành phố"),
        "xã": _("xã"),
        "phường": _("phường"),
        "đặc khu": _("đặc khu"),
    }
    return words.get(unit_type, unit_type)


def quoted(vietnamese: str | None, language: Language) -> str:
    """A text that exists in Vietnamese only (a citation, an editor's note): other readers see it as a quotation."""
    if not vietnamese or language.code == "vi":
        return vietnamese or ""
    return language.text("“{text}” (tiếng Việt)").format(text=vietnamese)


def region_word(name: str, language: Language) -> str:
    """The regions of `provinces.csv`."""
    _ = language.text
    words = {
        "Trung du và miền núi phía Bắc": _("Trung du và miền núi phía Bắc"),
        "Đồng bằng sông Hồng": _("Đồng bằng sông Hồng"),
        "Bắc Trung Bộ": _("Bắc Trung Bộ"),
        "Duyên hải Nam Trung Bộ và Tây Nguyên": _("Duyên hải Nam Trung Bộ và Tây Nguyên"),
        "Đông Nam Bộ": _("Đông Nam Bộ"),
        "Đồng bằng sông Cửu Long": _("Đồng bằng sông Cửu Long"),
    }
    return words.get(name, name)


def unit_word(unit: str, count: float, language: Language) -> str:
    """What an indicator counts (`reference.indicators.unit` is English) after a number."""
    _n = language.plural
    words = {
        "centre": _n("trung tâm", count),
        "system": _n("hệ thống", count),
        "province": _n("tỉnh, thành phố", count),
        "commune": _n("xã, phường, đặc khu", count),
        "person": _n("người", count),
        "post": _n("vị trí", count),
        "dossier": _n("hồ sơ", count),
        "procedure": _n("thủ tục", count),
        "obstacle": _n("vướng mắc", count),
        "point": _n("điểm", count),
        "concurrent user": _n("người dùng đồng thời", count),
    }
    return words.get(unit, unit)
