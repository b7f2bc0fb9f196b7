"""Short words for what directives ask for: the official names are too long for a list of calls."""

from __future__ import annotations

from dashboard.language import Language
from dashboard.vocabulary import indicator_name, restricted
from dashboard.warehouse import Row


def task_word(row: Row, language: Language) -> str:
    """What an indicator is called in a sentence; the official name where no short one is agreed."""
    _ = language.text
    words = {
        "pvhcc_commune_operating": _("trung tâm cấp xã hoạt động"),
        "staff_present": _("biên chế có mặt"),
        "staff_trained": _("bồi dưỡng cán bộ"),
        "military_posts_filled": _("chức vụ quân sự cấp xã"),
        "extension_centre_decided": _("quyết định Trung tâm Khuyến nông"),
        "commune_service_centre_decided": _("quyết định Trung tâm Dịch vụ công cấp xã"),
        "commune_extension_staff_placed": _("bố trí cán bộ khuyến nông xã"),
        "procedures_reviewed": _("rà soát thủ tục"),
        "obstacles_resolved": _("giải quyết vướng mắc"),
        "central_procedure_system_adopted": _("hệ thống TTHC tập trung"),
    }
    short = words.get(row["indicator"])
    if short is None:
        return indicator_name(row, language)
    return restricted(short, language) if row.get("is_restricted") else short
