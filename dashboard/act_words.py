"""Lines of the access log in words: who, in which role, and what was asked for. What has no word stays as recorded."""

from __future__ import annotations

from audit_trail.chain import Act
from dashboard import pages
from dashboard.access import LOCAL, ROLES
from dashboard.language import Language
from dashboard.sign_in_page import role_word


def person(subject: str, language: Language) -> str:
    """The name of an account; without a sign-in it is whoever sat at this machine."""
    return language.text("người dùng máy chủ (không đăng nhập)") if subject == LOCAL else subject


def roles(act: Act, language: Language) -> str:
    """The roles in which somebody acted."""
    return ", ".join(role_word(role, language) if role in ROLES else role for role in act.roles)


def detail(act: Act, language: Language) -> str:
    """What was asked for: `trang: Bản đồ; mức số liệu: nội bộ`."""
    labels = _labels(language)
    said = [
        f"{labels.get(name, name)}: {_value(name, text, language)}" for name, text in act.detail.items() if text.strip()
    ]
    return "; ".join(said)


def recorded(act: Act) -> str:
    """The same as the log has it, for whoever checks one against the other."""
    return "; ".join(f"{name}: {text}" for name, text in act.detail.items() if text)


def _labels(language: Language) -> dict[str, str]:
    _ = language.text
    return {
        "page": _("trang"),
        "filters": _("lựa chọn"),
        "clearance": _("mức số liệu"),
        "what": _("tải gì"),
        "file": _("tệp"),
        "files": _("tệp"),
        "bytes": _("số byte"),
        "rows": _("số dòng"),
        "province": _("địa phương"),
        "as_of_on": _("số liệu đến"),
        "sql": _("câu truy vấn"),
        "ended": _("kết quả"),
        "kind": _("việc xác nhận"),
        "answer": _("câu trả lời"),
        "table": _("bảng"),
        "row": _("dòng"),
        "submission": _("mã lần gửi"),
        "receipt": _("số biên nhận"),
        "backup": _("bản sao lưu"),
        "version": _("phiên bản số liệu"),
        "name": _("tên"),
    }


def _value(name: str, text: str, language: Language) -> str:
    _ = language.text
    titles = {screen.path: language.text(screen.title) for screen in pages.PAGES.values()}
    values = {
        "page": titles,
        "clearance": {"public": _("công khai"), "internal": _("nội bộ"), "restricted": _("hạn chế")},
        "what": {
            "brief": _("báo cáo tóm tắt"),
            "answer": _("tệp trả lời"),
            "preview": _("bản xem trước"),
            "bounce": _("bản đánh dấu chỗ cần sửa"),
        },
        "province": {"VN": _("cả nước")},
        "ended": {"answered": _("có kết quả"), "stopped": _("người dùng dừng"), "timed_out": _("quá thời gian")},
        "files": {"inbox": _("hộp thư đến")},
    }
    return values.get(name, {}).get(text, text)
