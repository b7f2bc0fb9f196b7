"""How a report looks under Decree 30/2020/NĐ-CP (appendix I), in one place for the PDF and the Word file.

Lengths in millimetres, type sizes in points. A4, margins 20–25 above and below, 30–35 left, 15–20 right; Times New
Roman; page numbers centred above the text, from the second page on.
"""

from __future__ import annotations

from dashboard.brief.structure import COUNTRY, Brief

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEADER_AT = 10.0

HEAD, BODY, TABLE, SMALL, NAME_OF_RECIPIENTS, RECIPIENTS = 12.5, 13.0, 9.5, 9.0, 12.0, 11.0
TITLE, NUMBER = 14.0, 13.0
LINE_HEIGHT = 1.15
BETWEEN, INDENT = 6.0, 10.0
LEFT_OF_HEAD = 68.0
RULE_UNDER_TITLE = 42.0

AUTHORITY = "BỘ NỘI VỤ"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
REPORT = "BÁO CÁO"
# The number is given by the records office, the day by the person who signs.
REPORT_NUMBER = "Số:          /BC-BNV"
RECIPIENTS_TITLE = "Nơi nhận:"
SIGNATURE = ("QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", "(Chữ ký, dấu của cơ quan)", "Họ và tên")
WATERMARK = "DỮ LIỆU MÔ PHỎNG"
SIMULATED = "DỮ LIỆU MÔ PHỎNG – không phải số liệu thật, không dùng cho báo cáo"
SIMULATED_COLOUR, WATERMARK_COLOUR = "#9B1C1C", "#F1E0E0"
CURVES_ACROSS = 3
PANEL_HEIGHT = 30.0
BAR_HEIGHT, BARS_ACROSS = 3.5, 3


def place_and_date(brief: Brief) -> str:
    """Day and month are left for the person who signs."""
    return f"Hà Nội, ngày      tháng      năm {brief.known_at.year}"


def subject_lines(brief: Brief) -> list[str]:
    """What the report is about, where, and the day of its figures."""
    place = [] if brief.unit == COUNTRY else [f"tại {brief.unit_name}"]
    return [brief.subject, *place, f"(số liệu đến ngày {brief.as_of_on:%d/%m/%Y})"]


def height_of_curves(panel_count: int) -> float:
    """Full rows of panels."""
    return PANEL_HEIGHT * -(-panel_count // CURVES_ACROSS)


def height_of_bars(bar_count: int) -> float:
    return BAR_HEIGHT * -(-bar_count // BARS_ACROSS) + 2
