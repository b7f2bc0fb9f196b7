"""The queue in words for a terminal, and as JSON for the dashboard."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from pipelines.gate.faults import shown, shown_number
from pipelines.reference.load import Reference
from pipelines.review.queue import ENVELOPE_RULES, Queue, WaitingColumn, WaitingFile, WaitingUnit

ROLE_NAMES = {
    "order": "số thứ tự",
    "unit_code": "mã xã, phường, đặc khu",
    "unit_name": "tên xã, phường, đặc khu",
    "province_name": "tên tỉnh, thành phố",
    "indicator_code": "mã chỉ tiêu",
    "indicator_name": "tên chỉ tiêu",
    "measure": "đơn vị tính",
    "value": "giá trị",
    "done_on": "ngày hoàn thành",
    "evidence": "số, ký hiệu văn bản",
    "note": "ghi chú",
    "ignore": "không đọc cột, dòng này",
}


def queue_as_text(queue: Queue, reference: Reference) -> Iterator[str]:
    """Line by line: each question, then the command that answers it."""
    if not (queue.files or queue.columns or queue.units or queue.corrections):
        yield "Không có gì chờ xác nhận."
    if queue.files:
        yield f"TỆP CHỜ XÁC NHẬN ({len(queue.files)})"
        for file in queue.files:
            yield from _file_lines(file)
    if queue.columns:
        yield f"CỘT, DÒNG CHƯA BIẾT NGHĨA ({len(queue.columns)})"
        for column in queue.columns:
            yield from _column_lines(column, reference)
    if queue.units:
        yield f"TÊN ĐƠN VỊ CHƯA RÕ ({len(queue.units)})"
        for unit in queue.units:
            yield from _unit_lines(unit, reference)
    if queue.corrections:
        yield f"ĐÍNH CHÍNH KHÔNG CÒN ÁP DỤNG ĐƯỢC ({len(queue.corrections)})"
        for item in queue.corrections:
            yield (
                f"  {item.correction}: {item.unit_code}, {item.indicator}, ngày {shown(item.as_of_on)}: chờ số báo cáo "
                f"{shown_number(item.expected_given)}, nay là {shown_number(item.given_value)}. "
                "Sửa hoặc xóa dòng này trong corrections.csv."
            )
    if queue.settled_count:
        yield f"{queue.settled_count} tệp đã được xác định, chờ lần chạy sau (tiendo nightly)."


def _file_lines(file: WaitingFile) -> Iterator[str]:
    yield f"  {file.submission_id} {file.file_name} (nhận {file.received_at:%d/%m/%Y %H:%M})"
    yield f"    {file.question.message_vi}"
    if file.rule in ENVELOPE_RULES:
        wanted = {
            "--province": "" if file.province_code else "<mã tỉnh>",
            "--as-of": "" if file.as_of_on else "<năm-tháng-ngày>",
        }
        options = " ".join(f"{name} {value}" for name, value in wanted.items() if value)
        options = options or "--form CQDP2C"
        yield f"    tiendo review decide --file {file.submission_id} {options} --reason '<ai xác nhận>'"


def _column_lines(column: WaitingColumn, reference: Reference) -> Iterator[str]:
    samples = ", ".join(column.samples)
    counts = f"{column.value_count} giá trị trong {len(column.files)} tệp"
    yield f"  “{column.label}” ({column.sheet}): {counts}, ví dụ {samples}"
    if column.suggestions:
        named = "; ".join(f"{code} ({reference.indicator(code).name_vi})" for code in column.suggestions)
        yield f"    Có phải: {named}?"
    yield f"    tiendo review map --shape {column.shape} --label {shlex.quote(column.label)} --meaning <mã chỉ tiêu>"


def _unit_lines(unit: WaitingUnit, reference: Reference) -> Iterator[str]:
    names = {item.commune_code: item.commune_name for item in reference.communes}
    yield f"  {unit.province_code} “{unit.text}”: {unit.value_count} giá trị trong {len(unit.files)} tệp"
    if unit.candidates:
        yield f"    Có phải: {'; '.join(f'{code} {names.get(code, code)}' for code in unit.candidates)}?"
    yield (f"    tiendo review name --province {unit.province_code} --text {shlex.quote(unit.text)} --unit <mã đơn vị>")


def queue_as_json(queue: Queue, reference: Reference) -> dict[str, Any]:
    """The queue with the choices that go with it: what a column can mean, provinces, communes of provinces that ask."""
    asked = {unit.province_code for unit in queue.units}
    provinces = {item.province_code: item.short_name for item in reference.provinces}
    communes = {item.commune_code: item for item in reference.communes}
    return {
        "files": [_file(file) for file in queue.files],
        "columns": [asdict(column) for column in queue.columns],
        "units": [asdict(unit) for unit in queue.units],
        "corrections": [asdict(item) for item in queue.corrections],
        "settled_count": queue.settled_count,
        "meanings": [
            *({"code": code, "name_vi": words, "name_en": code} for code, words in ROLE_NAMES.items()),
            *(
                {"code": item.indicator, "name_vi": item.name_vi, "name_en": item.name_en}
                for item in reference.reported_indicators
            ),
        ],
        "forms": sorted({item.form for item in reference.forms}),
        "provinces": provinces,
        "communes": {
            code: {"name": item.commune_name, "province_code": item.province_code}
            for code, item in communes.items()
            if item.province_code in asked
        },
    }


def _file(file: WaitingFile) -> dict[str, Any]:
    question = file.question
    return {
        "submission_id": file.submission_id,
        "file": file.file_name,
        "sha256": file.sha256,
        "received_at": file.received_at.isoformat(),
        "province_code": file.province_code or None,
        "as_of_on": file.as_of_on.isoformat() if file.as_of_on else None,
        "rule": file.rule,
        "is_about_the_envelope": file.rule in ENVELOPE_RULES,
        "message_vi": question.message_vi,
        "message_en": question.message_en,
        "fix_vi": question.fix_vi,
        "fix_en": question.fix_en,
    }
