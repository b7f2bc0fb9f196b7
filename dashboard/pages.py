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
    "chain": Screen("khuyen-nong", marked("Khuyến nông"), FIELDS),
    "staffing": Screen("nhan-luc", marked("Nhân lực, quân sự"), FIELDS),
    "quality": Screen("chat-luong", marked("Chất lượng dữ liệu"), FIGURES),
    "restatements": Screen("dieu-chinh", marked("Điều chỉnh"), FIGURES),
    "reconciliation": Screen("doi-chieu", marked("Đối chiếu"), FIGURES),
    "sources": Screen("nguon", marked("Nguồn"), FIGURES),
    "sql": Screen("truy-van", marked("Truy vấn SQL"), TOOLS),
    "send": Screen("gui-bao-cao", marked("Gửi báo cáo"), TOOLS),
    "brief": Screen("in-bao-cao", marked("Báo cáo tóm tắt"), TOOLS),
}


def script(name: str) -> str:
    """Where a page's script is, as Streamlit is told."""
    return f"app_pages/{name}.py"
