"""Answers as pages of HTML: one self-contained file each, laid out for A4, everything from outside escaped.

Belongs here: how receipts and lists look. Does not belong here: what became of a file (`receipt.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from html import escape

from pipelines.answers.listed import ListedFault, printable
from pipelines.answers.receipt import STATUS_WORDS, IndicatorTotal, Receipt
from pipelines.form.layout import unit_label
from pipelines.gate.faults import shown_number
from pipelines.reference.load import Reference

# A receipt is read on paper: what has more lines than that is worked on in the marked file.
MOST_REMARKS = 200
_SIMULATED = "simulated"
_STYLE = """
@page{size:A4;margin:16mm 14mm}
*{box-sizing:border-box}
body{font:12.5pt/1.4 "Times New Roman",Tinos,"Liberation Serif",serif;color:#111;max-width:190mm;margin:0 auto;
padding:8mm 5mm}
header{display:flex;gap:8mm;justify-content:space-between;text-align:center;font-size:11.5pt}
header p{margin:0}header b{display:block}header u{text-underline-offset:3px;text-decoration-thickness:1px}
h1{font-size:15pt;text-align:center;margin:9mm 0 1mm}h2{font-size:12.5pt;margin:6mm 0 2mm}
.no{text-align:center;font-style:italic;margin:0 0 5mm}
table{border-collapse:collapse;width:100%;font-size:10.5pt}
th,td{border:1px solid #777;padding:3px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eef2f5}th,td:nth-child(-n+2){overflow-wrap:normal}td.n{text-align:right}td.n,td.s{white-space:nowrap}tr{break-inside:avoid}thead{display:table-header-group}
dl{display:grid;grid-template-columns:max-content 1fr;gap:1.5mm 6mm;margin:0}dt{color:#444}dd{margin:0;font-weight:bold;
overflow-wrap:anywhere}
.critical td:last-child,.file td:last-child{background:#f7b5ad}.warning td:last-child{background:#fde9a8}
.notice{border:1.5px solid #b03a2e;color:#8e2b20;padding:2mm 4mm;text-align:center;font-weight:bold;margin:4mm 0}
.mark{position:fixed;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;
font-size:76pt;font-weight:bold;color:#c0000018;transform:rotate(-28deg);white-space:nowrap}
footer{margin-top:8mm;font-size:10.5pt;color:#444}
@media (max-width:640px){header,dl{display:block}header p+p{margin-top:3mm}table{font-size:9pt}}
"""
_COLUMNS = ("STT", "Vị trí", "Đơn vị, chỉ tiêu", "Đã ghi", "Yêu cầu", "Vấn đề và cách sửa", "Mức độ")


def receipt_page(receipt: Receipt, reference: Reference, is_preview: bool = False) -> bytes:
    """`Biên nhận báo cáo`: what was received, what was taken of it, what to put right."""
    lines = receipt.lines
    parts = [
        _facts(receipt, reference),
        "<h2>1. Số giá trị theo biểu</h2>",
        _sheets(receipt),
        f"<h2>2. {'Nội dung cần sửa, lưu ý' if receipt.is_to_be_fixed else 'Lưu ý'}</h2>",
        _faults(lines, MOST_REMARKS),
        "<h2>3. Tổng các giá trị đã nhận</h2>",
        _totals(receipt.totals, reference),
    ]
    title = "XEM TRƯỚC BIÊN NHẬN BÁO CÁO" if is_preview else "BIÊN NHẬN BÁO CÁO"
    return _page(title, receipt, parts, is_preview)


def fault_list_page(receipt: Receipt, reference: Reference, most: int = 5000, is_preview: bool = False) -> bytes:
    """The list for senders whose file can't be marked itself."""
    parts = [
        _facts(receipt, reference),
        "<h2>Danh sách nội dung cần sửa</h2>",
        _faults(receipt.lines, most),
        "<p>Sửa trong tệp gốc theo vị trí nêu trên, lưu lại rồi gửi lại tệp đó.</p>",
    ]
    return _page("NỘI DUNG CẦN SỬA TRONG BÁO CÁO", receipt, parts, is_preview)


def moment(value: datetime.datetime) -> str:
    """`13/02/2026 08:05`."""
    return f"{value:%d/%m/%Y %H:%M}"


def figure(value: float | None) -> str:
    """`3.193`, or that there is none."""
    return "chưa có" if value is None else shown_number(value)


def _page(title: str, receipt: Receipt, parts: Sequence[str], is_preview: bool) -> bytes:
    notices = []
    if receipt.origin == _SIMULATED:
        notices.append('<div class="mark" aria-hidden="true">MÔ PHỎNG</div>')
        notices.append(_tag("p", "notice", "DỮ LIỆU MÔ PHỎNG – không dùng cho báo cáo"))
    if is_preview:
        notices.append(_tag("p", "notice", "Bản xem trước: tệp chưa được gửi, chưa giá trị nào được ghi nhận"))
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_text(title)} {_text(receipt.number)}</title><style>{_STYLE}</style></head><body>"
        "<header><p>BỘ NỘI VỤ<b><u>HỆ THỐNG TIẾN ĐỘ</u></b></p>"
        "<p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><b><u>Độc lập - Tự do - Hạnh phúc</u></b></p></header>"
        f"<h1>{_text(title)}</h1>{_tag('p', 'no', f'Số: {receipt.number}')}{''.join(notices)}{''.join(parts)}"
        "<footer>Lập tự động khi đọc tệp; không cần chữ ký. Khi trao đổi, xin nêu số biên nhận.</footer></body></html>"
    ).encode()


def _facts(receipt: Receipt, reference: Reference) -> str:
    facts = {
        "Tệp": receipt.file_name,
        "Dấu vân (SHA-256)": f"{receipt.number}…",
        "Dung lượng": f"{shown_number(receipt.byte_count)} byte",
        "Nhận lúc": moment(receipt.received_at),
        "Đơn vị gửi": _province(receipt, reference) or "chưa xác định",
        "Số liệu tính đến ngày": f"{receipt.as_of_on:%d/%m/%Y}" if receipt.as_of_on else "chưa xác định",
        "Biểu mẫu": receipt.form or "chưa xác định",
        "Kết quả": STATUS_WORDS[receipt.status],
        "Giá trị đã nhận": shown_number(receipt.accepted_count),
        "Giá trị để riêng": shown_number(receipt.rejected_count),
    }
    if receipt.revision:
        facts["Lần gửi cho ngày này"] = f"lần thứ {receipt.revision}"
    if receipt.earlier_file_name and receipt.earlier_received_at:
        facts["Thay cho"] = f"tệp {receipt.earlier_file_name}, nhận lúc {moment(receipt.earlier_received_at)}"
    return "<dl>" + "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts.items()) + "</dl>"


def _province(receipt: Receipt, reference: Reference) -> str:
    day = receipt.as_of_on or receipt.received_at.date()
    province = reference.provinces_on(day).get(receipt.province_code)
    return province.province_name if province else receipt.province_code


def _sheets(receipt: Receipt) -> str:
    rows = [
        (_text(item.sheet), _number(item.taken), _number(item.set_aside))
        for item in receipt.sheets
        if item.taken or item.set_aside
    ]
    return _table(("Biểu, trang tính", "Đã nhận", "Để riêng"), rows) if rows else "<p>Không có giá trị nào.</p>"


def _totals(totals: Iterable[IndicatorTotal], reference: Reference) -> str:
    """In the order of the form, so that a clerk can lay it beside the table."""
    found = {item.indicator: item for item in totals}
    rows = [
        (
            f'<td class="s">{_text(indicator.form_sheet)}</td>',
            _text(indicator.name_vi),
            _text(unit_label(indicator)),
            _number(found[indicator.indicator].unit_count),
            _number(found[indicator.indicator].total),
        )
        for indicator in reference.reported_indicators
        if indicator.indicator in found
    ]
    header = ("Biểu", "Chỉ tiêu", "Đơn vị tính", "Số đơn vị", "Tổng cộng")
    return _table(header, rows) if rows else "<p>Chưa nhận giá trị nào.</p>"


def _faults(faults: Sequence[ListedFault], most: int) -> str:
    if not faults:
        return "<p>Không có.</p>"
    rows = []
    for number, fault in enumerate(faults[:most], start=1):
        about = "<br>".join(_text(text) for text in (fault.unit, fault.indicator) if text)
        problem = f"{_text(fault.message)}<br><i>{_text(fault.fix)}</i>"
        cells = (str(number), _text(fault.place), about, _text(fault.given), _text(fault.expected), problem)
        rows.append((fault.severity, (*cells, _text(fault.severity_word))))
    body = "".join(f'<tr class="{kind}">' + _cells(cells) + "</tr>" for kind, cells in rows)
    rest = f"<p>… và {shown_number(len(faults) - most)} nội dung khác.</p>" if len(faults) > most else ""
    return f"<table><thead><tr>{_heads(_COLUMNS)}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(f"<tr>{_cells(cells)}</tr>" for cells in rows)
    return f"<table><thead><tr>{_heads(header)}</tr></thead><tbody>{body}</tbody></table>"


def _heads(texts: Sequence[str]) -> str:
    return "".join(f"<th>{_text(text)}</th>" for text in texts)


def _cells(cells: Sequence[str]) -> str:
    """Cells that are escaped already; numbers stand at the right."""
    return "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells)


def _number(value: float) -> str:
    return f'<td class="n">{_text(shown_number(value))}</td>'


def _tag(name: str, kind: str, text: str) -> str:
    return f'<{name} class="{kind}">{_text(text)}</{name}>'


def _text(text: str) -> str:
    return escape(printable(text))
