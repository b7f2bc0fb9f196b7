"""Every event that is logged, with the fields that it may have: counts, times, codes. A value of a report has no field.

`docs/operations.md` shows this table; a test holds them together.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LOGGER = logging.getLogger("tiendo")
# The attribute of a log record that holds the fields of an event.
FIELDS = "tiendo_fields"

Field = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Event:
    """How grave it is, which fields it may have, and what it means."""

    level: int
    fields: tuple[str, ...]
    meaning: str


EVENTS = {
    "run_started": Event(logging.INFO, (), "A run holds the writer lock and begins."),
    "files_landed": Event(logging.INFO, ("count", "total_count"), "New files of the inbox are in the landing."),
    "file_taken": Event(
        logging.INFO,
        ("submission_id", "province_code", "status", "accepted_count", "rejected_count"),
        "A file has been read and checked; the counts are values, taken and set aside.",
    ),
    "models_built": Event(logging.INFO, ("count", "seconds"), "All tables are derived."),
    "answers_written": Event(logging.INFO, ("count",), "Receipts and marked workbooks are in the outbox."),
    "version_published": Event(logging.INFO, ("version", "byte_count", "seconds"), "A new version is current."),
    "step_failed": Event(logging.ERROR, ("step", "error"), "A step of the run failed; `error` is a class name."),
    "run_failed": Event(logging.ERROR, ("step", "error"), "A run ended without publishing; the last version stays."),
    "run_ended": Event(logging.INFO, ("seconds",), "The run has let go of the writer lock, however it went."),
    "warehouse_emptied": Event(
        logging.WARNING,
        ("found", "expected"),
        "The working database is of another format; it is derived again from the landing.",
    ),
    "mail_sent": Event(
        logging.INFO, ("sent_count", "refused_count", "unknown_count"), "Digests have been handed to the mail server."
    ),
    "mail_failed": Event(logging.ERROR, ("error",), "No mail could be sent; the next call tries again."),
    "dashboard_started": Event(logging.INFO, ("seconds",), "The dashboard answers requests."),
    "dashboard_stopped": Event(logging.INFO, (), "The dashboard ends."),
}
# What every event of a run has.
RUN_FIELDS = ("run_id", "as_of_on")

# One run at a time writes, so one process knows at most one.
_run: dict[str, Field] = {}


def write(event: str, **fields: Field) -> None:
    """Logs an event. Raises KeyError for one, or for a field, that the table does not have."""
    declared = EVENTS[event]
    if undeclared := fields.keys() - set(declared.fields):
        raise KeyError(f"{event} has no field {', '.join(sorted(undeclared))}; declare it in log_lines/events.py")
    LOGGER.log(declared.level, event, extra={FIELDS: {**_run, **fields}})


@contextmanager
def of_run(**fields: Field) -> Iterator[None]:
    """Every event within bears these fields (of RUN_FIELDS)."""
    if undeclared := fields.keys() - set(RUN_FIELDS):
        raise KeyError(f"A run has no field {', '.join(sorted(undeclared))}.")
    _run.update(fields)
    try:
        yield
    finally:
        _run.clear()
