"""Rules for indicators, the forms that carry them, and the tables that name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from pipelines.clearance import may_see
from pipelines.reference.faults import Fault
from pipelines.reference.records import COLUMN_ROLES, IGNORE, Indicator
from pipelines.reference.row_sets import RowSets
from pipelines.vietnamese import plain

TARGET_RULES = {"none": None, "one_per_commune": "commune", "all_provinces": "province"}
TEMPLATE_FIELDS = ("given", "expected", "unit", "indicator", "place", "detail")
SCOPES = ("national", "national_province_count")
CODE_FIX = "Sửa mã chỉ tiêu, hoặc thêm chỉ tiêu vào indicators.csv."


def _by_code(rows: RowSets) -> dict[str, Indicator]:
    return {indicator.indicator: indicator for indicator in rows.indicators.records}


def _bounds(rows: RowSets) -> Iterator[Fault]:
    """`lower` ≤ `upper`; a flag lies between 0 and 1."""
    for number, indicator in rows.indicators:
        lower, upper = indicator.lower, indicator.upper
        if lower is not None and upper is not None and lower > upper:
            fix = "Sửa cận dưới hoặc cận trên."
            yield rows.indicators.fault(number, "upper", upper, f"từ {lower:g} trở lên", fix)
        if indicator.value_type == "flag" and (lower, upper) != (0, 1):
            given = f"{lower} đến {upper}"
            yield rows.indicators.fault(number, "upper", given, "0 đến 1 vì là chỉ tiêu có/chưa", "Sửa hai cận.")


def _targets(rows: RowSets) -> Iterator[Fault]:
    """A target is one of the fixed rules, or another indicator of the same level."""
    indicators = _by_code(rows)
    for number, indicator in rows.indicators:
        rule = indicator.target_rule
        companion = indicators.get(rule)
        level = companion.unit_level if companion else TARGET_RULES.get(rule, "")
        if rule == indicator.indicator or level not in (None, indicator.unit_level):
            expected = f"{', '.join(TARGET_RULES)} hoặc mã một chỉ tiêu khác cùng cấp"
            yield rows.indicators.fault(number, "target_rule", rule, expected, CODE_FIX)


def _sums(rows: RowSets) -> Iterator[Fault]:
    """The parts of a sum are other indicators on the same sheet."""
    indicators = _by_code(rows)
    for number, indicator in rows.indicators:
        for part in indicator.sum_of:
            found = indicators.get(part)
            if found is None or part == indicator.indicator or found.form_sheet != indicator.form_sheet:
                expected = "mã các chỉ tiêu khác trên cùng biểu"
                yield rows.indicators.fault(number, "sum_of", part, expected, CODE_FIX)


def _sensitivities(rows: RowSets) -> Iterator[Fault]:
    """Who may see an indicator may see what it is measured by and what adds up to it: remarks and targets name both."""
    indicators = _by_code(rows)
    for number, indicator in rows.indicators:
        for code in (indicator.target_rule, *indicator.sum_of):
            other = indicators.get(code)
            if other and not may_see(indicator.sensitivity, other.sensitivity):
                expected = f"{other.sensitivity}, như {code} mà chỉ tiêu này dựa vào"
                fix = "Nâng mức của chỉ tiêu này, hoặc hạ mức của chỉ tiêu kia."
                yield rows.indicators.fault(number, "sensitivity", indicator.sensitivity, expected, fix)


def _sheets(rows: RowSets) -> Iterator[Fault]:
    """A reported indicator stands on a sheet of its level; a published one on none; no sheet is empty."""
    levels = {form.sheet: form.unit_level for form in rows.forms.records}
    for number, indicator in rows.indicators:
        if indicator.group == "published":
            if indicator.form_sheet:
                expected = "ô trống, vì chỉ tiêu chỉ lấy từ số liệu công bố"
                yield rows.indicators.fault(number, "form_sheet", indicator.form_sheet, expected, "Xóa tên biểu.")
        elif levels.get(indicator.form_sheet) != indicator.unit_level:
            expected = f"tên biểu trong forms.csv, cấp {indicator.unit_level}"
            fix = "Sửa tên biểu, hoặc thêm biểu vào forms.csv."
            yield rows.indicators.fault(number, "form_sheet", indicator.form_sheet, expected, fix)
    used = {indicator.form_sheet for indicator in rows.indicators.records}
    for number, form in rows.forms:
        if form.sheet not in used:
            fix = "Xóa biểu, hoặc ghi tên biểu vào form_sheet của chỉ tiêu."
            yield rows.forms.fault(number, "sheet", form.sheet, "biểu có ít nhất một chỉ tiêu", fix)


def _labels(rows: RowSets) -> Iterator[Fault]:
    """On one sheet a label decides: no two indicators share a name or synonym."""
    seen: dict[tuple[str, str], tuple[int, str]] = {}
    for number, indicator in rows.indicators:
        for column, labels in (("name_vi", (indicator.name_vi,)), ("synonyms_vi", indicator.synonyms_vi)):
            for label in labels:
                key = (indicator.form_sheet, plain(label))
                first_number, first = seen.setdefault(key, (number, indicator.indicator))
                if first != indicator.indicator:
                    expected = f"nhãn khác với dòng {first_number} ({first}) trên cùng biểu"
                    yield rows.indicators.fault(number, column, label, expected, "Bỏ nhãn trùng ở một chỉ tiêu.")


def _directives(rows: RowSets) -> Iterator[Fault]:
    """A directive names reported indicators, with a target if it names any."""
    indicators = _by_code(rows)
    for number, directive in rows.directives:
        for code in directive.indicators:
            if code not in indicators or not indicators[code].form_sheet:
                expected = "mã chỉ tiêu được báo cáo trong indicators.csv"
                yield rows.directives.fault(number, "indicators", code, expected, CODE_FIX)
        if bool(directive.indicators) != (directive.target_pct is not None):
            expected = "tỷ lệ phải đạt khi có chỉ tiêu, để trống khi không có"
            given = "" if directive.target_pct is None else directive.target_pct
            yield rows.directives.fault(number, "target_pct", given, expected, "Điền hoặc xóa tỷ lệ.")
        elif directive.target_pct is not None and not 0 < directive.target_pct <= 100:
            yield rows.directives.fault(number, "target_pct", directive.target_pct, "lớn hơn 0, đến 100", "Sửa tỷ lệ.")
        if directive.issued_on and directive.issued_on > directive.due_on:
            expected = f"ngày từ {directive.issued_on} trở đi"
            yield rows.directives.fault(number, "due_on", directive.due_on, expected, "Kiểm tra ngày ban hành và hạn.")


def _published_figures(rows: RowSets) -> Iterator[Fault]:
    """A figure names an indicator and a scope, and was published on or after the day it describes."""
    indicators = _by_code(rows)
    provinces = {province.province_code for province in rows.provinces.records}
    for number, figure in rows.published_figures:
        if figure.indicator not in indicators:
            expected = "mã chỉ tiêu có trong indicators.csv"
            yield rows.published_figures.fault(number, "indicator", figure.indicator, expected, CODE_FIX)
        province = re.fullmatch(r"province:(\d\d)", figure.scope)
        if figure.scope not in SCOPES and (province is None or province[1] not in provinces):
            expected = f"{', '.join(SCOPES)} hoặc province:NN với NN là mã tỉnh"
            yield rows.published_figures.fault(number, "scope", figure.scope, expected, "Sửa phạm vi.")
        if figure.published_on < figure.as_of:
            expected = f"ngày từ {figure.as_of} trở đi"
            fix = "Kiểm tra ngày số liệu và ngày công bố."
            yield rows.published_figures.fault(number, "published_on", figure.published_on, expected, fix)
        for column, value in (("value", figure.value), ("denominator", figure.denominator)):
            if value is not None and value < 0:
                yield rows.published_figures.fault(number, column, value, "từ 0 trở lên", "Sửa số.")


def _mappings(rows: RowSets) -> Iterator[Fault]:
    """A column means an indicator that is reported, a role, or nothing."""
    meanings = {*COLUMN_ROLES, IGNORE, *(item.indicator for item in rows.indicators.records if item.form_sheet)}
    for number, mapping in rows.mappings:
        if mapping.meaning not in meanings:
            expected = f"mã chỉ tiêu được báo cáo, {IGNORE}, hoặc một trong: {', '.join(COLUMN_ROLES)}"
            yield rows.mappings.fault(number, "meaning", mapping.meaning, expected, "Sửa mã cho đúng.")


def _reporting_days(rows: RowSets) -> Iterator[Fault]:
    """A reporting day belongs to a form and is due on itself or later."""
    forms = {form.form for form in rows.forms.records}
    for number, day in rows.reporting_days:
        if day.form not in forms:
            expected = f"một trong: {', '.join(sorted(forms))}"
            yield rows.reporting_days.fault(number, "form", day.form, expected, "Sửa mã mẫu biểu.")
        if day.due_on < day.as_of_on:
            expected = f"ngày từ {day.as_of_on} trở đi"
            yield rows.reporting_days.fault(number, "due_on", day.due_on, expected, "Sửa hạn gửi báo cáo.")


def _templates(rows: RowSets) -> Iterator[Fault]:
    """The texts of a rule use only fields that a fault has, and close their braces."""
    expected = f"mẫu câu chỉ dùng {', '.join('{' + name + '}' for name in TEMPLATE_FIELDS)}"
    fix = "Sửa tên trong ngoặc nhọn; mỗi { có một }."
    for number, rule in rows.rules:
        for column in ("expected_vi", "message_vi", "message_en", "fix_vi", "fix_en"):
            template: str = getattr(rule, column)
            if not _is_template(template):
                yield rows.rules.fault(number, column, template, expected, fix)


def _is_template(text: str) -> bool:
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        return False
    return all(
        name is None or (name in TEMPLATE_FIELDS and not spec and not conversion)
        for _, name, spec, conversion in pieces
    )


CHECKS = (
    _bounds,
    _targets,
    _sums,
    _sensitivities,
    _sheets,
    _labels,
    _directives,
    _published_figures,
    _mappings,
    _reporting_days,
    _templates,
)
