"""`tiendo bounce` and `tiendo receive`: what goes back to a sender, and how a report is handed in by hand."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from pipelines.answers.inbox import RefusedUpload, put_into_inbox
from pipelines.answers.outbox import answers_to, write_named
from pipelines.answers.receipt import RECEIPT_DIGITS, receipts
from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.check import print_json, rehearse, say
from pipelines.commands.options import OUTPUT, Home, Moment, clear_errors, fail, settings_of
from pipelines.database import open_for_reading
from pipelines.landing.store import Landing
from pipelines.publish.versions import current_database
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings


def bounce(
    submission: Annotated[str, typer.Argument(help="A submission (000012-1a2b3c4d) or a file.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the answer.")] = Path(),
    received_at: Moment = None,
    home: Home = None,
) -> None:
    """Write what goes back to a sender: the own workbook, marked, or a list; and the receipt."""
    settings = settings_of(home)
    with clear_errors():
        reference = load_reference(settings.reference_directory())
    if Path(submission).is_file():
        found = rehearse(settings, [Path(submission)], received_at or vietnamese_now())
        receipt = found.receipts[0]
        data = found.contents[receipt.submission_id]
        answers = write_named(answers_to(receipt, lambda _: data, reference), out, Path(receipt.file_name).stem)
    else:
        answers = _answers_again(settings, reference, submission, out)
        acts.record(settings, acts.EXPORTED, what="bounce", submission=submission)
    for path in answers.values():
        OUTPUT.print(path, highlight=False, markup=False, soft_wrap=True)


def receive(
    path: Annotated[Path, typer.Argument(help="The report.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
    name: Annotated[str, typer.Option(help="The file's own name, where it lies under another one.")] = "",
    received_at: Moment = None,
    home: Home = None,
) -> None:
    """Put a report into the inbox under a safe name; the next night's run takes it."""
    settings = settings_of(home)
    with clear_errors():
        try:
            kept = put_into_inbox(settings, path, name or path.name, (received_at or vietnamese_now()).date())
        except RefusedUpload as error:
            fail(str(error))
    number = hashlib.sha256(kept.read_bytes()).hexdigest()[:RECEIPT_DIGITS]
    acts.record(settings, acts.SENT, file=kept.name, receipt=number)
    if as_json:
        place = str(kept.relative_to(settings.folders().inbox))
        print_json({"receipt": number, "file": kept.name, "place": place})
    else:
        say(f"Đã nhận vào hộp thư đến: {kept}. Số biên nhận {number}. Lượt chạy đêm tới sẽ đọc tệp này.")


def _answers_again(settings: Settings, reference: Reference, submission: str, out: Path) -> dict[str, Path]:
    """The answers to a submission that was taken, written anew."""
    with clear_errors(), closing(open_for_reading(current_database(settings.folders().published))) as connection:
        connection.execute("CREATE TEMP TABLE wanted AS SELECT ? AS submission_id", [submission])
        receipt = next(receipts(connection, reference, "wanted"), None)
        if receipt is None:
            fail(f"Không có lần gửi hay tệp “{submission}”. Mã lần gửi có dạng 000012-1a2b3c4d, ghi trong outbox/.")
        bytes_of = Landing(settings.folders().landing, is_writer=False).bytes_with
        return write_named(answers_to(receipt, bytes_of, reference), out, submission)
