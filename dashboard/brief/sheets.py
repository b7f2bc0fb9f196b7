"""The tables of the workbook: whole query results, where the document shows the first rows."""

from __future__ import annotations

from dashboard.brief.records import VIETNAMESE, Reader
from dashboard.brief.structure import COUNTRY, Sheet
from dashboard.forecast_sentences import method_word
from dashboard.vocabulary import (
    POSITIONS,
    STATUSES,
    chain_status_word,
    coverage_word,
    origin_word,
    position_word,
    status_word,
)

Columns = tuple[tuple[str, str, str], ...]
UNIT, VALUE, TARGET = ("province_code", "Mã", "text"), ("value", "Giá trị", "number"), ("target", "Mục tiêu", "number")
SHARE, ORIGIN = ("progress_pct", "Tỷ lệ (%)", "percent"), ("origin", "Loại số liệu", "origin")
NAME, SHORT = ("name_vi", "Chỉ tiêu", "text"), ("short_name", "Địa phương", "text")
DIRECTIVES: Columns = (
    ("title_vi", "Chỉ đạo", "text"),
    ("document_no", "Số văn bản", "text"),
    ("due_text_vi", "Thời hạn", "text"),
    ("last_day_on", "Ngày cuối", "day"),
    ("days_to_due", "Còn (ngày)", "number"),
    NAME,
    VALUE,
    TARGET,
    SHARE,
    ("reported_unit_count", "Đơn vị báo cáo", "number"),
    ("expected_unit_count", "Đơn vị phải có", "number"),
    ("done_province_count", "Địa phương đã xong", "number"),
    ("status", "Tình trạng", "status"),
    ("met_on", "Ngày đạt", "day"),
    ("expected_finish_on", "Dự kiến xong", "day"),
    ("early_finish_on", "Sớm", "day"),
    ("late_finish_on", "Muộn", "day"),
    ("method", "Cách dự báo", "method"),
    ORIGIN,
)
INDICATORS: Columns = (
    NAME,
    VALUE,
    TARGET,
    SHARE,
    ("change", "Thay đổi", "number"),
    ("reported_unit_count", "Đơn vị báo cáo", "number"),
    ("expected_unit_count", "Đơn vị phải có", "number"),
    ("stale_unit_count", "Dùng số kỳ trước", "number"),
    ("set_aside_count", "Giá trị để riêng", "number"),
    ("as_of_on", "Số liệu ngày", "day"),
    ORIGIN,
)
CALLS: Columns = (
    UNIT,
    SHORT,
    ("region_name", "Vùng", "text"),
    ("late_count", "Quá hạn", "number"),
    ("risk_count", "Nguy cơ", "number"),
    ("unreported_count", "Chưa báo cáo", "number"),
    ("report_on", "Kỳ báo cáo", "day"),
    ("report_status", "Báo cáo", "report"),
    ("first_task", "Việc trao đổi trước tiên", "text"),
    ("reason", "Lý do", "text"),
)
LATE: Columns = (
    NAME,
    ("days_to_due", "Còn (ngày)", "number"),
    ("province_count", "Số địa phương", "number"),
    ("late_count", "Quá hạn", "number"),
    ("risk_count", "Nguy cơ", "number"),
    ("silent_count", "Chưa báo cáo", "number"),
    ("names", "Địa phương", "names"),
)
COMMUNES: Columns = (
    ("commune_code", "Mã", "text"),
    ("commune_name", "Xã, phường, đặc khu", "text"),
    ("lacking", "Còn thiếu", "names"),
    ("shortage", "Thiếu so với biên chế", "number"),
    ("open_obstacles", "Vướng mắc chưa giải quyết", "number"),
    ("silent_count", "Chỉ tiêu chưa báo cáo", "number"),
)
STAGES: Columns = (
    ("title_vi", "Bước", "text"),
    ("expected_count", "Số địa phương", "number"),
    ("reported_count", "Đã báo cáo", "number"),
    ("reached_count", "Đã xong", "number"),
    ("in_progress_count", "Đang làm", "number"),
    ("waiting_count", "Chờ bước trước", "number"),
    ORIGIN,
)
STAGES_OF_ONE: Columns = (
    ("title_vi", "Bước", "text"),
    ("status", "Tình trạng", "stage"),
    ("reached_on", "Ngày xong", "day"),
    ("days_in_stage", "Số ngày", "number"),
    ("evidence", "Văn bản", "text"),
    ORIGIN,
)
MILITARY: Columns = (
    ("position", "Chức vụ", "position"),
    ("required", "Phải có", "number"),
    ("filled", "Đã bố trí", "number"),
    ("filled_pct", "Tỷ lệ (%)", "percent"),
    ("communes_reported", "Đơn vị báo cáo", "number"),
    ("communes_expected", "Đơn vị phải có", "number"),
    ORIGIN,
)
STAFFING: Columns = (
    ("baseline_vi", "So với", "text"),
    ("field_vi", "Lĩnh vực", "text"),
    ("communes_compared", "Đơn vị so được", "number"),
    ("communes_expected", "Đơn vị phải có", "number"),
    ("communes_short", "Đơn vị thiếu", "number"),
    ("shortage", "Thiếu (người)", "number"),
    ("communes_with_surplus", "Đơn vị dư", "number"),
    ("surplus", "Dư (người)", "number"),
    ORIGIN,
)
CHANGES: Columns = (
    NAME,
    ("previous_as_of_on", "Kỳ trước", "day"),
    ("previous_value", "Giá trị kỳ trước", "number"),
    ("as_of_on", "Kỳ này", "day"),
    VALUE,
    ("change", "Thay đổi", "number"),
    ORIGIN,
)
RESTATED: Columns = (
    ("restated_at", "Lúc", "moment"),
    SHORT,
    ("as_of_on", "Số liệu ngày", "day"),
    ("changed_count", "Số giá trị đổi", "number"),
    ("names", "Chỉ tiêu", "names"),
    ("asked_count", "Chưa nêu lý do", "number"),
)
REPORTS: Columns = (
    UNIT,
    SHORT,
    ("as_of_on", "Kỳ", "day"),
    ("due_on", "Hạn gửi", "day"),
    ("received_at", "Nhận lúc", "moment"),
    ("status", "Tình trạng", "report"),
    ("days_late", "Chậm (ngày)", "number"),
)


def sheets(reader: Reader) -> tuple[Sheet, ...]:
    """All tables about the unit; one without rows is left out."""
    unit, statuses = reader.unit, list(STATUSES)
    is_country = unit == COUNTRY
    made = [
        _sheet(
            reader, "Chỉ đạo", "Tiến độ theo từng chỉ đạo", "brief_directives", DIRECTIVES, unit=unit, statuses=statuses
        ),
        _sheet(reader, "Chỉ tiêu", "Mọi chỉ tiêu, số liệu mới nhất", "brief_indicators", INDICATORS, unit=unit),
    ]
    if is_country:
        made += [
            _sheet(reader, "Việc chậm", "Việc chậm hoặc có nguy cơ chậm và nơi chậm", "brief_late", LATE),
            _sheet(reader, "Đôn đốc", "Địa phương cần đôn đốc", "brief_calls", CALLS, statuses=statuses),
            _sheet(reader, "Khuyến nông", "Các bước kiện toàn khuyến nông", "chain_funnel", STAGES, chain="extension"),
            _sheet(reader, "Báo cáo", "Báo cáo kỳ mới nhất của từng địa phương", "coverage_on", REPORTS),
        ]
    else:
        made += [
            _sheet(reader, "Cấp xã", "Đơn vị cấp xã cần hỗ trợ, đôn đốc", "brief_communes", COMMUNES, unit=unit),
            _sheet(
                reader,
                "Khuyến nông",
                "Các bước kiện toàn khuyến nông",
                "chain_stages",
                STAGES_OF_ONE,
                chain="extension",
                province_code=unit,
            ),
        ]
    if reader.published.has("marts.military_positions"):
        made.append(
            _sheet(
                reader,
                "Quân sự",
                "Ban Chỉ huy quân sự cấp xã (lưu hành hạn chế)",
                "military_positions",
                MILITARY,
                province_code=unit,
                positions=list(POSITIONS),
            )
        )
    made += [
        _sheet(
            reader,
            "Nhân sự",
            "Thiếu và dư so với từng mốc",
            "staffing_balance",
            STAFFING,
            province_code=unit,
            baseline="",
            field="",
        ),
        _sheet(reader, "Thay đổi", "Chỉ tiêu thay đổi so với kỳ trước", "brief_changes", CHANGES, unit=unit),
        _sheet(reader, "Đính chính", "Số liệu đã báo cáo bị đổi giá trị", "brief_restated", RESTATED, unit=unit),
    ]
    return tuple(sheet for sheet in made if sheet.rows)


def _sheet(reader: Reader, name: str, title: str, query: str, columns: Columns, **parameters: object) -> Sheet:
    rows = tuple(
        tuple(_cell(record[column], kind) for column, _label, kind in columns)
        for record in reader.rows(query, **parameters)
    )
    return Sheet(name, title, query, columns, rows)


def _cell(value: object, kind: str) -> object:
    """Codes as words, lists as one text; numbers and days stay what they are."""
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    words = {
        "status": status_word,
        "report": coverage_word,
        "origin": origin_word,
        "stage": chain_status_word,
        "position": position_word,
        "method": method_word,
    }
    return words[kind](str(value), VIETNAMESE) if kind in words else value
