"""The pages of the dashboard, declared once: a new page is a row here and a script in `app_pages/`.

Paths are ASCII Vietnamese and do not change with the language, so that a link works for every reader.
"""

from __future__ import annotations

from dataclasses import dataclass


def marked(vietnamese: str) -> str:
    """A text that is translated later, when the reader is known; marked here so that it is found for translation."""
    return vietnamese


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. `title` is as in the menu, `group` the menu that it stands in ('' for the menu bar itself)."""

    path: str
    title: str
    group: str


PROGRESS, FIELDS, FIGURES, TOOLS = marked("Tiến độ"), marked("Chuyên đề"), marked("Số liệu"), marked("Công cụ")

# The order is that of the menus. The name is that of the script: `overview` is `app_pages/overview.py`.
PAGES = {
    "overview": Screen("tong-quan", marked("Tổng quan"), ""),
    "deadlines": Screen("thoi-han", marked("Thời hạn chỉ đạo"), PROGRESS),
    "map": Screen("ban-do", marked("Bản đồ"), PROGRESS),
    "province": Screen("tinh", marked("Tỉnh, thành phố"), PROGRESS),
    "comparison": Screen("so-sanh", marked("So sánh"), PROGRESS),
    "chase": Screen("don-doc", marked("Đôn đốc"), PROGRESS),
    "centres": Screen("trung-tam", marked("Trung tâm PVHCC và thủ tục"), FIELDS),
    "chain": Screen("khuyen-nong", marked("Khuyến nông"), FIELDS),
    "military": Screen("quan-su", marked("Quân sự cấp xã"), FIELDS),
    "staffing": Screen("nhan-luc", marked("Nhân sự và thiếu hụt"), FIELDS),
    "facilities": Screen("co-so-vat-chat", marked("Cơ sở vật chất"), FIELDS),
    "obstacles": Screen("vuong-mac", marked("Khó khăn, vướng mắc"), FIELDS),
    "reports": Screen("bao-cao", marked("Báo cáo và tiến độ gửi"), FIGURES),
    "quality": Screen("chat-luong", marked("Chất lượng dữ liệu"), FIGURES),
    "restatements": Screen("dieu-chinh", marked("Đính chính"), FIGURES),
    "reconciliation": Screen("doi-chieu", marked("Đối chiếu số công bố"), FIGURES),
    "sources": Screen("nguon", marked("Nguồn và phương pháp"), FIGURES),
    "sql": Screen("truy-van", marked("Truy vấn SQL"), TOOLS),
    "send": Screen("gui-bao-cao", marked("Gửi báo cáo"), TOOLS),
    "brief": Screen("in-bao-cao", marked("Báo cáo tóm tắt"), TOOLS),
}


def script(name: str) -> str:
    """Where a page's script is, as Streamlit is told."""
    return f"app_pages/{name}.py"
