"""What a file says of itself: province, day, form, issue, origin. Contradictions are asked about, never resolved.

Hidden marks and the title block speak first; the names of file and folders only where these are silent. A province in
the name that is another than the one inside is a contradiction; a day in the name is often the day of sending.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipelines.form.layout import FORM_VERSION, MARKS_SHEET
from pipelines.gate.faults import WHOLE_FILE, Fault, shown
from pipelines.gate.file_names import NameClaims, folders_of, read_folder, read_name
from pipelines.gate.provinces import ProvinceNames as ProvinceNames
from pipelines.gate.title_block import (
    TitleCell,
    days,
    is_of_the_country,
    province_names,
    title_cells,
    unclear_days,
)
from pipelines.landing.journal import Arrival
from pipelines.readers import FileCells
from pipelines.reference.load import Reference
from pipelines.reference.records import Decision
from pipelines.vietnamese import plain

SIMULATED_WORDS = "mô phỏng"
REPORTED, SIMULATED = "reported", "simulated"
_MOST_QUOTED = 2
_ISSUE = re.compile(r"\blần (?:thứ )?(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who reports, as of which day, on which form. Empty text or None where the file does not say.

    `issue_no` counts what the sender sent for this day, by the sender's own count. `is_national` marks a file that
    speaks of the whole country and names no province: its provinces stand in its rows.
    """

    province_code: str
    as_of_on: datetime.date | None
    form: str
    origin: str
    issue_no: int | None = None
    is_national: bool = False


def read_envelope(
    file: FileCells, arrival: Arrival, names: ProvinceNames, reference: Reference
) -> tuple[Envelope, list[Fault]]:
    """Reads marks, title blocks and names; faults of severity `file` mean that the file can't be taken.

    What a person has decided about these very bytes (`decisions.csv`) takes the place of what the file says.
    """
    marks = _marks(file)
    sheets = [sheet for sheet in file.sheets if sheet.name != MARKS_SHEET]
    titles = [title_cells(sheet) for sheet in sheets]
    decision = reference.decision_for(arrival.sha256)
    name = _name_claims(arrival, names, reference)
    says_simulated = any(SIMULATED_WORDS in plain(cell.text) for cells in titles for cell in cells)
    envelope = Envelope(
        province_code="",
        as_of_on=None,
        form=marks.get("form", ""),
        origin=SIMULATED if says_simulated or plain(marks.get("origin", "")) == SIMULATED else REPORTED,
        issue_no=_issue_no(marks, titles, name),
    )
    province, faults = _province(marks.get("province_code", ""), titles, name, names, reference)
    envelope = replace(envelope, province_code=province)
    if [fault.rule for fault in faults] == ["province_missing"] and any(
        is_of_the_country(sheet, cells, names.code_of) for sheet, cells in zip(sheets, titles, strict=True)
    ):
        envelope, faults = replace(envelope, is_national=True), []
    day, day_faults = _day(titles, name)
    envelope = replace(envelope, as_of_on=day)
    faults = [*faults, *day_faults, *_version_faults(marks)]
    return _decided(envelope, faults, decision) if decision else (envelope, faults)


def _marks(file: FileCells) -> dict[str, str]:
    for sheet in file.sheets:
        if sheet.name == MARKS_SHEET:
            return {shown(sheet.cell(row, 0)): shown(sheet.cell(row, 1)) for row in range(len(sheet.rows))}
    return {}


def _version_faults(marks: dict[str, str]) -> list[Fault]:
    version = marks.get("version", FORM_VERSION)
    return [] if version == FORM_VERSION else [Fault("form_version_differs", given=version, expected=FORM_VERSION)]


def _issue_no(marks: dict[str, str], titles: Sequence[Sequence[TitleCell]], name: NameClaims) -> int | None:
    """The sender's own count: the mark, unless it is the 1 that every empty form carries; the title; the name."""
    mark = marks.get("issue_no", "")
    if mark.isdecimal() and int(mark) > 1:
        return int(mark)
    found = [match for cells in titles for cell in cells if (match := _ISSUE.search(plain(cell.text)))]
    if found:
        return int(found[0].group(1))
    return name.issue_no or (1 if mark == "1" else None)


def _name_claims(arrival: Arrival, names: ProvinceNames, reference: Reference) -> NameClaims:
    """What the file's name says, and its folders where the name does not."""
    last_day = arrival.received_at.date()
    codes = frozenset(province.province_code for province in reference.provinces)
    claims = read_name(PurePosixPath(arrival.file_name).stem, names.code_of, codes, last_day)
    for folder in folders_of(arrival.source_path):
        outer = read_folder(folder, names.code_of, codes, last_day)
        claims = replace(
            claims,
            province_code=claims.province_code or outer.province_code,
            province_name=claims.province_name or outer.province_name,
            folder_day=claims.folder_day or outer.day,
            issue_no=claims.issue_no or outer.issue_no,
        )
    return claims


def _province(
    mark: str,
    titles: Sequence[Sequence[TitleCell]],
    name: NameClaims,
    names: ProvinceNames,
    reference: Reference,
) -> tuple[str, list[Fault]]:
    """The one province that marks, titles and names agree on; an unknown one among them is a claim like any other."""
    current = {province.province_code: province for province in reference.provinces}
    claims: dict[str, str] = {}
    if mark:
        code = mark.zfill(2)
        claims[code if code in current else f"? {code}"] = f"mã trong biểu: {code}"
    old_names: dict[str, Fault] = {}
    for spelling, cell in (found for cells in titles for found in province_names(cells, names.code_of)):
        code = names.code_of(spelling)
        claims.setdefault(code or f"? {plain(spelling)}", str(cell))
        if code and names.is_old(spelling):
            given, expected = " ".join(cell.text.split()), current[code].province_name
            old_names.setdefault(code, Fault("unit_old_name", cell.place, given=given, expected=expected))
    is_silent = not claims
    if name.province_code:
        claims.setdefault(name.province_code, f"tên tệp hoặc thư mục: {name.province_name}")
    if not claims:
        return "", [Fault("province_missing")]
    if len(claims) > 1 or next(iter(claims)) not in current:
        return "", [Fault("province_conflict", given="; ".join(claims.values()))]
    code = next(iter(claims))
    remarks = [Fault("taken_from_name", given=name.province_name, detail=current[code].province_name)]
    return code, remarks if is_silent else list(old_names.values())


def _day(titles: Sequence[Sequence[TitleCell]], name: NameClaims) -> tuple[datetime.date | None, list[Fault]]:
    """The one day that the title blocks say their figures are of; the day in the name where they say none.

    A later day in the name may be that of sending; an earlier one contradicts the title.
    A folder may be named after anything.
    """
    found: dict[datetime.date | str, str] = {}
    for cells in titles:
        for day, said in days(cells):
            found.setdefault(day, said)
    if len(found) > 1:
        return None, [Fault("day_conflict", given="; ".join(found.values()))]
    only = next(iter(found), None)
    outside = name.day or name.folder_day
    if isinstance(only, datetime.date):
        if outside in (None, only):
            return only, []
        if name.day is not None and name.day < only:
            return None, [Fault("day_conflict", given=f"{found[only]}; {shown(name.day)} (tên tệp)")]
        return only, [Fault("day_in_name_differs", given=shown(outside), expected=shown(only))]
    if only is None and outside is not None:
        return outside, [Fault("taken_from_name", given=shown(outside), detail=f"ngày {shown(outside)}")]
    return None, [_day_missing(titles, is_in_calendar=not found)]


def _day_missing(titles: Sequence[Sequence[TitleCell]], *, is_in_calendar: bool) -> Fault:
    """Quotes what the titles say of the day, so that the sender sees which line to complete."""
    said = dict(reversed([found for cells in titles for found in unclear_days(cells)]))
    quoted = list(reversed(said.items()))[:_MOST_QUOTED]
    if not quoted:
        return Fault("day_missing")
    given = "; ".join(f"{shown(text)} ({where})" for text, where in quoted)
    texts = "”, “".join(shown(text) for text, _ in quoted)
    lacks = ("không đủ ngày, tháng, năm", "lacks day, month or year")
    vi, en = lacks if is_in_calendar else ("không phải ngày có trong lịch", "is no day of the calendar")
    return Fault("day_missing", given=given, detail=f": “{texts}” {vi}", detail_en=f": “{texts}” {en}")


# What a decision about the province, or about the day, answers.
_ANSWERED_BY_PROVINCE = frozenset({"province_missing", "province_conflict", "unit_old_name"})
_ANSWERED_BY_DAY = frozenset({"day_missing", "day_conflict", "day_in_name_differs"})


def _decided(envelope: Envelope, faults: Sequence[Fault], decision: Decision) -> tuple[Envelope, list[Fault]]:
    answered = (_ANSWERED_BY_PROVINCE if decision.province_code else frozenset()) | (
        _ANSWERED_BY_DAY if decision.as_of_on else frozenset()
    )
    envelope = replace(
        envelope,
        province_code=decision.province_code or envelope.province_code,
        as_of_on=decision.as_of_on or envelope.as_of_on,
        form=decision.form or envelope.form,
        is_national=envelope.is_national and not decision.province_code,
    )
    remark = Fault("decided_by_person", WHOLE_FILE, given=_said(decision), detail=decision.reason)
    return envelope, [*(fault for fault in faults if fault.rule not in answered), remark]


def _said(decision: Decision) -> str:
    """`tỉnh 91, ngày 13/02/2026, biểu CQDP2C`"""
    parts = (
        f"tỉnh {decision.province_code}" if decision.province_code else "",
        f"ngày {shown(decision.as_of_on)}" if decision.as_of_on else "",
        f"biểu {decision.form}" if decision.form else "",
    )
    return ", ".join(part for part in parts if part)
