"""One landed file through reading, envelope and extraction: what it is, what it says, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.gate.arithmetic import Values
from pipelines.gate.envelope import REPORTED, Envelope, ProvinceNames, read_envelope
from pipelines.gate.extract import Extraction
from pipelines.gate.faults import Fault
from pipelines.landing.journal import Arrival
from pipelines.readers import FileCells, Limits, UnreadableFile, read_file
from pipelines.reference.load import Reference

ACCEPTED, PARTIAL, REJECTED, DUPLICATE, NEEDS_REVIEW = "accepted", "partial", "rejected", "duplicate", "needs_review"
# A person can settle these by saying what the file is; the others need another file from the sender.
_FOR_REVIEW = frozenset({"unknown_form", "province_missing", "province_conflict", "day_missing", "day_conflict"})


@dataclass(slots=True)
class Submission:
    """A file as the gate understands it; `status` is settled once all checks have run."""

    arrival: Arrival
    envelope: Envelope = field(default_factory=lambda: Envelope("", None, "", REPORTED))
    values: Values = field(default_factory=Values)
    faults: list[Fault] = field(default_factory=list)
    status: str = ""
    cells: FileCells | None = None

    def unit_name(self, unit_code: str, reference: Reference) -> str:
        """Official name of a commune or province on the day that the file describes."""
        day = self.envelope.as_of_on
        assert day is not None
        if unit_code == self.envelope.province_code:
            return reference.provinces_on(day)[unit_code].province_name
        return reference.communes_on(day, self.envelope.province_code)[unit_code].commune_name


class FileGate:
    """Takes files one by one; what it knows of the reference tables is prepared once for all of them."""

    def __init__(self, reference: Reference, labels: Mapping[str, str], limits: Limits) -> None:
        self.reference = reference
        self.labels = dict(labels)
        self.limits = limits
        self.names = ProvinceNames(reference)
        self._reporting_days = {(day.form, day.as_of_on) for day in reference.reporting_days}
        self._forms = {form.form for form in reference.forms}

    def take(self, arrival: Arrival, data: bytes) -> Submission:
        """Reads one file as far as it can be read. Values that a fault set aside are not among its values."""
        submission = Submission(arrival)
        try:
            submission.cells = read_file(data, self.limits)
        except UnreadableFile as error:
            submission.faults.append(Fault(error.rule, given=error.detail, detail=error.detail))
            submission.status = REJECTED
            return submission
        submission.envelope, faults = read_envelope(submission.cells, self.names, self.reference)
        submission.faults.extend(faults)
        if not faults:
            self._read_values(submission, submission.cells)
        if any(self.reference.rule(fault.rule).severity == "file" for fault in submission.faults):
            for_review = all(
                fault.rule in _FOR_REVIEW
                for fault in submission.faults
                if self.reference.rule(fault.rule).severity == "file"
            )
            submission.status = NEEDS_REVIEW if for_review else REJECTED
            submission.values = Values()
        return submission

    def _read_values(self, submission: Submission, cells: FileCells) -> None:
        envelope = submission.envelope
        day = envelope.as_of_on
        assert day is not None
        received_on = submission.arrival.received_at.date()
        if day > received_on:
            submission.faults.append(
                Fault("day_in_future", given=f"{day:%d/%m/%Y}", expected=f"{received_on:%d/%m/%Y}")
            )
            return
        if envelope.province_code not in self.reference.provinces_on(day):
            submission.faults.append(Fault("day_before_reform", given=f"{day:%d/%m/%Y}"))
            return
        extraction = Extraction(self.reference, envelope, day, self.labels)
        extraction.read(cells)
        if not extraction.sheets_read:
            names = ", ".join(sheet.name for sheet in cells.sheets)
            submission.faults.append(Fault("unknown_form", given=envelope.form, detail=names))
            return
        form = envelope.form if envelope.form in self._forms else extraction.form_of_sheets()
        submission.envelope = Envelope(envelope.province_code, day, form, envelope.origin)
        if (form, day) not in self._reporting_days:
            nearest = min(
                (item.as_of_on for item in self.reference.reporting_days if item.form == form),
                key=lambda item: abs(item - day),
            )
            submission.faults.append(
                Fault("day_not_in_calendar", given=f"{day:%d/%m/%Y}", expected=f"{nearest:%d/%m/%Y}")
            )
        submission.values, faults = extraction.values, extraction.faults
        submission.faults.extend(faults)
