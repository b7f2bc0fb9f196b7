"""What people do on the command line, as lines of the access log, under the name that the operating system knows.

The dashboard writes the line of its reader itself before it has a command do the work; such a command writes none, so
that an act is one line, by whoever knows the person.
"""

from __future__ import annotations

import os
import pwd

from audit_trail import chain
from pipelines.clock import vietnamese_now
from pipelines.commands.options import ERRORS
from pipelines.settings import Settings

EXPORTED, LANDED_FILE, QUERIED, SENT, SETTLED, INGESTED = (
    "exported", "landed_file", "queried", "sent", "settled", "ingested",
)  # fmt: skip
ALREADY_RECORDED = "TIENDO_ACT_IS_RECORDED"


def record(settings: Settings, action: str, **detail: str) -> None:
    """Adds one line; a log that can't be written is said, and stops nothing."""
    if os.environ.get(ALREADY_RECORDED):
        return
    act = chain.Act(vietnamese_now(), system_user(), action, detail=detail)
    try:
        chain.append(settings.folders().audit, act)
    except OSError as error:
        ERRORS.print(f"Không ghi được nhật ký truy cập: {error}", highlight=False, markup=False, soft_wrap=True)


def system_user() -> str:
    """Who runs this process, as the kernel has it: an environment variable could say anything."""
    number = os.getuid()
    try:
        return f"system:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"system:{number}"
