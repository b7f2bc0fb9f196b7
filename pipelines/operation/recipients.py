"""Who gets mail about what: the rows of `recipients.csv`, which is read by nothing else and never published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.reference.faults import Fault, ReferenceFaults
from pipelines.reference.read_table import read_table
from pipelines.reference.tables import Pattern, Table

EVERYWHERE = "all"
FAILURES, LATE, BOTH = "failures", "late", "both"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address. `provinces` are two-digit codes, or the one word `all`."""

    address: str
    what: str
    provinces: tuple[str, ...]
    language: str

    @property
    def wants_failures(self) -> bool:
        """Whether runs that failed and figures that are not fresh are this reader's business."""
        return self.what in (FAILURES, BOTH)

    def is_concerned_by(self, province_code: str) -> bool:
        """Whether a late report of that province is."""
        return self.what in (LATE, BOTH) and (EVERYWHERE in self.provinces or province_code in self.provinces)


RECIPIENTS = Table(
    "recipients",
    Recipient,
    ("address",),
    choices={"what": (FAILURES, LATE, BOTH), "language": ("vi", "en")},
    patterns={
        "address": Pattern(
            re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"),
            "một địa chỉ thư, ví dụ van-phong@tinh.gov.vn",
            "Gõ lại địa chỉ; mỗi dòng một địa chỉ, không kèm tên người.",
        )
    },
    may_be_absent=True,
)


def load_recipients(reference_directory: Path, province_codes: frozenset[str]) -> tuple[Recipient, ...]:
    """The rows of the table, none where there is no file. Raises ReferenceFaults with every fault at once."""
    path = reference_directory / RECIPIENTS.file
    if not path.is_file():
        return ()
    rows, faults = read_table(RECIPIENTS, path.read_bytes())
    seen: set[str] = set()
    for number, recipient in rows:
        if recipient.address.casefold() in seen:
            faults.append(
                Fault(RECIPIENTS.file, number, "address", recipient.address, "mỗi địa chỉ một dòng", "Gộp các dòng.")
            )
        seen.add(recipient.address.casefold())
        faults += [
            Fault(RECIPIENTS.file, number, "provinces", code, f"mã tỉnh hoặc {EVERYWHERE}", "Sửa mã, ngăn cách bằng |.")
            for code in recipient.provinces or ("",)
            if code not in province_codes and recipient.provinces != (EVERYWHERE,)
        ]
    if faults:
        raise ReferenceFaults(faults)
    return rows.records
