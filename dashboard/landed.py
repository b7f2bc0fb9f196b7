"""The landed file behind a value: the bytes that were received, under the name that the sender gave them.

The dashboard does not open the landing folder; `tiendo landed` does, and checks the bytes against their hash.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard import audit, markup
from dashboard.commands import run_command
from dashboard.view import View

SECONDS = 60


class LandedFileUnavailable(RuntimeError):
    """The file can't be given; the message is the command's own."""


def may_take(view: View, submission_id: str) -> bool:
    """Whether this reader may have the file of a submission: the one place where clearance is checked.

    A file as received has figures of every clearance, so it takes a role that says so; and this reader's database must
    name its hash, which it does only where nothing in the file is above its clearance.
    """
    if not view.reader.may("landed_file"):
        return False
    files = view.published.rows("submissions", province_code="")
    return submission_id in {file["submission_id"] for file in files if file["sha256"]}


def content(submission_id: str) -> bytes:
    """The bytes as received. Raises LandedFileUnavailable."""
    with TemporaryDirectory(prefix="tiendo-landed-") as folder:
        result = run_command(["landed", submission_id, f"--out={folder}", "--json"], SECONDS)
        if not result.is_success or not result.data:
            raise LandedFileUnavailable(result.error)
        return Path(result.data["path"]).read_bytes()


def download(view: View, submission_id: str, file_name: str, key: str) -> None:
    """A button that fetches the file when it is pressed."""
    if not may_take(view, submission_id):
        return
    st.download_button(
        view.language.text("Tải tệp gốc: {name}").format(name=markup.as_text(file_name)),
        audit.exported(
            view.reader,
            lambda: content(submission_id),
            audit.LANDED_FILE,
            submission=submission_id,
            file=file_name,
        ),
        Path(file_name).name,
        key=f"landed_{key}_{submission_id}",
        type="tertiary",
        icon=":material/draft:",
        on_click="ignore",
    )
