"""One landed file through reading, envelope and extraction: what it is, what it says, what is wrong with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from pipelines.gate.answer_sheets import without_answer_sheets
from pipelines.gate.arithmetic import Values
from pipelines.gate.envelope import REPORTED, Envelope, ProvinceNames, read_envelope
from pipelines.gate.extract import extract
from pipelines.gate.faults import WHOLE_FILE, Fault, shown
from pipelines.gate.labels import Labels
from pipelines.gate.legacy_text import decode_legacy
from pipelines.gate.reading import FileReading
from pipelines.gate.shapes import Unmapped
from pipelines.landing.journal import Arrival
from pipelines.readers import FileCells, Limits, UnreadableFile, read_file
from pipelines.reference.load import Reference

ACCEPTED, PARTIAL, REJECTED, DUPLICATE, NEEDS_REVIEW = "accepted", "partial", "rejected", "duplicate", "needs_review"
# A person can settle these by saying what the file is; the others need another file from the sender.
_FOR_REVIEW = frozenset(
    {"new_shape", "unknown_form", "province_missing", "province_conflict", "day_missing", "day_conflict"}
)


@dataclass(slots=True)
class Submission:
    """A file as the gate understands it; `status` is settled once all checks have run."""

    arrival: Arrival
    envelope: Envelope = field(default_factory=lambda: Envelope("", None, "", REPORTED))
    values: Values = field(default_factory=Values)
    faults: list[Fault] = field(default_factory=list)
    status: str = ""
    unmapped: list[Unmapped] = field(default_factory=list)

    def unit_name(self, unit_code: str, reference: Reference) -> str:
        """Official name of a commune or province on the day that the file describes."""
        day = self.envelope.as_of_on
        assert day is not None
        if unit_code in (provinces := reference.provinces_on(day)):
            return provinces[unit_code].province_name
        return reference.communes_on(day)[unit_code].commune_name


class FileGate:
    """Takes files one by one; what it knows of the reference tables is prepared once for all of them."""

    def __init__(self, reference: Reference, limits: Limits) -> None:
        self.reference = reference
        self.labels = Labels(reference)
        self.limits = limits
        self.names = ProvinceNames(reference)
        self._forms = {form.form for form in reference.forms}

    def take(self, arrival: Arrival, data: bytes) -> Submission:
        """Reads one file as far as it can be read. Values that a fault set aside are not among its values."""
        submission = Submission(arrival)
        try:
            file = without_answer_sheets(read_file(data, self.limits))
            cells, submission.faults = decode_legacy(file, self.reference)
        except UnreadableFile as error:
            submission.faults.append(
                Fault(error.rule, given=error.given, detail=error.detail, detail_en=error.detail_en)
            )
            submission.status = REJECTED
            return submission
        submission.faults.extend(
            Fault(
                remark.rule,
                remark.place or WHOLE_FILE,
                given=remark.given,
                detail=remark.detail,
                detail_en=remark.detail_en,
            )
            for remark in cells.remarks
        )
        submission.envelope, faults = read_envelope(cells, arrival, self.names, self.reference)
        submission.faults.extend(faults)
        if not self._file_rules(submission):
            self._read_values(submission, cells)
        if rules := self._file_rules(submission):
            submission.status = NEEDS_REVIEW if rules <= _FOR_REVIEW else REJECTED
            submission.values = Values()
        return submission

    def _file_rules(self, submission: Submission) -> set[str]:
        """Broken rules that keep the whole file from being taken."""
        return {fault.rule for fault in submission.faults if self.reference.rule(fault.rule).severity == "file"}

    def _read_values(self, submission: Submission, cells: FileCells) -> None:
        envelope, day = submission.envelope, submission.envelope.as_of_on
        assert day is not None
        received_on = submission.arrival.received_at.date()
        if envelope.form and envelope.form not in self._forms:
            submission.faults.append(
                Fault("unknown_form", given=envelope.form, detail=f"mã biểu {envelope.form}", detail_en=envelope.form)
            )
        elif day > received_on:
            submission.faults.append(Fault("day_in_future", given=shown(day), expected=shown(received_on)))
        elif not self.reference.provinces_on(day):
            submission.faults.append(Fault("day_before_reform", given=shown(day)))
        else:
            self._extract(submission, cells, FileReading(self.reference, envelope, day, self.labels, self.names))

    def _extract(self, submission: Submission, cells: FileCells, reading: FileReading) -> None:
        is_known = extract(reading, cells)
        submission.unmapped = reading.unmapped
        submission.faults.extend(reading.faults)
        if is_known:
            submission.envelope = replace(submission.envelope, form=reading.form)
            submission.faults.extend(self._calendar_faults(reading.form, reading.day))
            submission.values = reading.values

    def _calendar_faults(self, form: str, day: datetime.date) -> list[Fault]:
        days = [item.as_of_on for item in self.reference.reporting_days if item.form == form]
        if not days or day in days:
            return []
        nearest = min(days, key=lambda item: abs(item - day))
        return [Fault("day_not_in_calendar", given=shown(day), expected=shown(nearest))]
