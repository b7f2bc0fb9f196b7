"""`tiendo review`: what waits for a person, and what that person decides."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from pipelines.clock import vietnamese_now
from pipelines.commands.options import OUTPUT, Home, clear_errors, fail, settings_of
from pipelines.durable import writer_lock
from pipelines.landing.journal import Arrival
from pipelines.landing.store import Landing
from pipelines.publish.versions import NothingPublished, current_database
from pipelines.reference.load import Reference, load_reference
from pipelines.reference.records import COLUMN_ROLES, IGNORE
from pipelines.review.decisions import Written, decide_file, map_column, name_unit
from pipelines.review.queue import Queue, read_again, read_queue
from pipelines.review.report import ROLE_NAMES, queue_as_json, queue_as_text
from pipelines.settings import Settings

app = typer.Typer(help="Show what waits for a person, and decide it.", invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Day = Annotated[
    datetime.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that the figures of the file describe."),
]
_NEXT = "Lần chạy sau (tiendo nightly) sẽ đọc lại mọi tệp đã nhận theo điều này."
_NEXT_EN = "The next run (tiendo nightly) reads every file received again with this in mind."


@app.callback()
def review(context: typer.Context, as_json: Json = False, home: Home = None) -> None:
    """List files, columns and names that wait for a person."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_of(home)
    with clear_errors():
        reference = load_reference(settings.reference_directory())
        queue = _queue(settings, reference)
    if as_json:
        _print_json(queue_as_json(queue, reference))
    else:
        OUTPUT.print("\n".join(queue_as_text(queue, reference)), highlight=False, markup=False, soft_wrap=True)


@app.command("map")
def map_label(
    shape: Annotated[str, typer.Option("--shape", help="Shape of the table, as `tiendo review` shows it.")],
    label: Annotated[str, typer.Option("--label", help="Label of the column, as `tiendo review` shows it.")],
    meaning: Annotated[str, typer.Option("--meaning", help="An indicator's code, a role of a column, or `ignore`.")],
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Say what a label means in every table of one shape."""
    settings = settings_of(home)
    with _writing(settings) as reference:
        known = reference.mappings_of(shape)
        if label not in known and not any(
            (item.shape, item.label) == (shape, label) for item in _queue(settings, reference).columns
        ):
            fail(f"Không có cột “{label}” nào đang chờ ở bảng có dấu hình {shape}. Chép lại từ tiendo review.")
        if meaning not in _meanings(reference):
            fail(f"“{meaning}” không phải mã chỉ tiêu được báo cáo, vai trò của cột ({', '.join(ROLE_NAMES)}).")
        written = map_column(settings.reference_directory(), shape, label, meaning, _today(), note)
    _confirm(
        written,
        f"Cột “{label}” từ nay là {_meanings(reference)[meaning]} ở mọi bảng cùng hình.",
        f"“{label}” means {meaning} from now on, in every table of this shape.",
        as_json,
    )


@app.command("decide")
def decide(
    file: Annotated[str, typer.Option("--file", help="The submission, as `tiendo review` shows it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, and who has confirmed it.")],
    province: Annotated[str, typer.Option("--province", help="Code of the province that the file is from.")] = "",
    as_of: Day = None,
    form: Annotated[str, typer.Option("--form", help="Code of the form.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Say which province, day or form a file is, where it does not say so itself."""
    settings = settings_of(home)
    if not (province or as_of or form):
        fail("Chưa nói rõ điều gì: thêm --province, --as-of hoặc --form.")
    with _writing(settings) as reference:
        arrival = _arrival(settings, file)
        written = decide_file(
            settings.reference_directory(),
            reference,
            arrival.sha256,
            province_code=province,
            as_of_on=as_of.date() if as_of else None,
            form=form,
            reason=reason,
            entered_on=_today(),
        )
        (submission,) = read_again([arrival.submission_id], settings, written.reference)
    left = [fault for fault in submission.faults if written.reference.rule(fault.rule).severity == "file"]
    if left:
        rule = written.reference.rule(left[0].rule)
        outcome = f"Tệp vẫn còn điều phải hỏi ({rule.title_vi}); xem tiendo review."
        outcome_en = f"There is still a question about it ({rule.title_en}); see tiendo review."
    else:
        outcome = f"Sẽ nhận {len(submission.values)} giá trị của tệp."
        outcome_en = f"{len(submission.values)} values of it will be taken."
    _confirm(
        written,
        f"Đã ghi quyết định về tệp {arrival.file_name}. {outcome}",
        f"What {arrival.file_name} is has been noted. {outcome_en}",
        as_json,
    )


@app.command("name")
def name(
    province: Annotated[str, typer.Option("--province", help="Code of the province.")],
    text: Annotated[str, typer.Option("--text", help="The name as the file has it.")],
    unit: Annotated[str, typer.Option("--unit", help="Code of the commune that it means.")],
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Say which commune of a province a name means."""
    settings = settings_of(home)
    with _writing(settings) as reference:
        try:
            written = name_unit(settings.reference_directory(), reference, province, text, unit, note)
        except ValueError:
            fail(f"Đơn vị {unit} không thuộc tỉnh, thành phố {province}. Kiểm tra lại hai mã.")
    names = {item.commune_code: item.commune_name for item in reference.communes}
    _confirm(
        written,
        f"“{text}” từ nay là {names.get(unit, unit)} ({unit}) trong tệp của tỉnh {province}.",
        f"“{text}” means {names.get(unit, unit)} ({unit}) from now on, in files of province {province}.",
        as_json,
    )


@contextmanager
def _writing(settings: Settings) -> Iterator[Reference]:
    """Holds the writer's place while a table is changed, and gives the tables as they are before."""
    with clear_errors(), writer_lock(settings.folders().warehouse):
        yield load_reference(settings.reference_directory())


def _queue(settings: Settings, reference: Reference) -> Queue:
    """What waits; nothing where nothing was published yet."""
    try:
        published = current_database(settings.folders().published)
    except NothingPublished:
        return Queue()
    return read_queue(published, settings, reference)


def _arrival(settings: Settings, file: str) -> Arrival:
    arrivals = Landing(settings.folders().landing).journal.arrivals
    found = [arrival for arrival in arrivals if file and arrival.submission_id.startswith(file)]
    if len(found) != 1:
        fail(f"Không có đúng một lần gửi tên “{file}”. Chép lại mã lần gửi từ tiendo review, ví dụ 000012-1a2b3c4d.")
    return found[0]


def _meanings(reference: Reference) -> dict[str, str]:
    """{code: Vietnamese words} of everything that a column can mean."""
    roles = {role: f"“{ROLE_NAMES[role]}”" for role in (*COLUMN_ROLES, IGNORE)}
    return {**roles, **{item.indicator: f"chỉ tiêu “{item.name_vi}”" for item in reference.reported_indicators}}


def _today() -> datetime.date:
    return vietnamese_now().date()


def _confirm(written: Written, message_vi: str, message_en: str, as_json: bool) -> None:
    if not as_json:
        text = f"{message_vi} Đã ghi vào {written.path}. {_NEXT}"
        OUTPUT.print(text, highlight=False, markup=False, soft_wrap=True)
        return
    said = {"message_vi": f"{message_vi} {_NEXT}", "message_en": f"{message_en} {_NEXT_EN}"}
    _print_json({"table": written.path.stem, "row": written.row, "is_new": written.is_new, **said})


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
