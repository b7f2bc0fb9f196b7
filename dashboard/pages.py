"""The pages of the dashboard, declared once: a new page is a row here and a script in `app_pages/`.

Paths are ASCII Vietnamese and do not change with the language, so that a link works for every reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.access import Reader


def marked(vietnamese: str) -> str:
    """A text that is translated later, when the reader is known; marked here so that it is found for translation."""
    return vietnamese


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. `title` is as in the menu, `group` the menu that it stands in ('' for the menu bar itself).

    Who may open it: whose clearance reaches `clearance` and who may do `action`; a page `of_province` is for those
    whose role names a province, and for nobody else.
    """

    path: str
    title: str
    group: str
    clearance: str = "public"
    action: str = "see"
    of_province: bool = False

    def is_open_to(self, reader: Reader) -> bool:
        """Whether a reader may open it."""
        reaches = reader.province_code is not None if self.of_province else reader.reaches(self.clearance)
        return reaches and reader.may(self.action)


PROGRESS, FIELDS, FIGURES, TOOLS = marked("Tiến độ"), marked("Chuyên đề"), marked("Số liệu"), marked("Công cụ")

# The order is that of the menus. The name is that of the script: `overview` is `app_pages/overview.py`.
PAGES = {
    "overview": Screen("tong-quan", marked("Tổng quan"), ""),
    "deadlines": Screen("thoi-han", marked("Thời hạn chỉ đạo"), PROGRESS),
    "map": Screen("ban-do", marked("Bản đồ"), PROGRESS),
    "province": Screen("tinh", marked("Tỉnh, thành phố"), PROGRESS),
    "comparison": Screen("so-sanh", marked("So sánh"), PROGRESS),
    "chase": Screen("don-doc", marked("Đôn đốc"), PROGRESS, "internal"),
    "centres": Screen("trung-tam", marked("Trung tâm PVHCC và thủ tục"), FIELDS),
    "chain": Screen("khuyen-nong", marked("Khuyến nông"), FIELDS),
    "military": Screen("quan-su", marked("Quân sự cấp xã"), FIELDS, "restricted"),
    "staffing": Screen("nhan-luc", marked("Nhân sự và thiếu hụt"), FIELDS, "internal"),
    "facilities": Screen("co-so-vat-chat", marked("Cơ sở vật chất"), FIELDS),
    "obstacles": Screen("vuong-mac", marked("Khó khăn, vướng mắc"), FIELDS, "internal"),
    "reports": Screen("bao-cao", marked("Báo cáo và tiến độ gửi"), FIGURES),
    "quality": Screen("chat-luong", marked("Chất lượng dữ liệu"), FIGURES, "internal"),
    "restatements": Screen("dieu-chinh", marked("Đính chính"), FIGURES),
    "reconciliation": Screen("doi-chieu", marked("Đối chiếu số công bố"), FIGURES),
    "sources": Screen("nguon", marked("Nguồn và phương pháp"), FIGURES),
    "sql": Screen("truy-van", marked("Truy vấn SQL"), TOOLS, action="query"),
    "send": Screen("gui-bao-cao", marked("Gửi báo cáo"), TOOLS, "internal", "send"),
    "own_reports": Screen("bao-cao-cua-tinh", marked("Báo cáo của tỉnh"), TOOLS, action="send", of_province=True),
    "brief": Screen("in-bao-cao", marked("Báo cáo tóm tắt"), TOOLS, "internal", "export"),
    "audit": Screen("nhat-ky", marked("Nhật ký truy cập"), TOOLS, action="read_audit"),
}


def open_to(reader: Reader) -> dict[str, Screen]:
    """The pages that a reader may open, by name."""
    return {name: screen for name, screen in PAGES.items() if screen.is_open_to(reader)}


def script(name: str) -> str:
    """Where a page's script is, as Streamlit is told."""
    return f"app_pages/{name}.py"
