"""`tiendo review`: what waits for a person, and what that person decides."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated, Any, Literal

import typer

from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.options import OUTPUT, Home, clear_errors, fail, settings_of
from pipelines.database import first_value, open_for_reading
from pipelines.durable import writer_lock
from pipelines.landing.journal import Arrival
from pipelines.landing.store import Landing
from pipelines.publish.versions import NothingPublished, current_database
from pipelines.reference.load import Reference, load_reference
from pipelines.reference.records import COLUMN_ROLES, IGNORE
from pipelines.review.decisions import Written, decide_file, follow_up, map_column, name_unit, restatement_reason
from pipelines.review.queue import Queue, read_again, read_queue
from pipelines.review.report import ROLE_NAMES, queue_as_json, queue_as_text
from pipelines.settings import Settings

app = typer.Typer(help="Show what waits for a person, and decide it.", invoke_without_command=True)
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Day = Annotated[
    datetime.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that the figures of the file describe."),
]
State = Literal["confirmed", "open"]
_SHOWN = "Lần chạy sau (tiendo nightly) sẽ hiện điều này; tệp đã nhận không phải đọc lại."
_SHOWN_EN = "The next run (tiendo nightly) shows it; no file is read again."
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
        settings,
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
        settings,
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
        settings,
        written,
        f"“{text}” từ nay là {names.get(unit, unit)} ({unit}) trong tệp của tỉnh {province}.",
        f"“{text}” means {names.get(unit, unit)} ({unit}) from now on, in files of province {province}.",
        as_json,
    )


@app.command("follow-up")
def follow_up_value(
    unit: Annotated[str, typer.Option("--unit", help="Code of the commune or province.")],
    indicator: Annotated[str, typer.Option("--indicator", help="Code of the indicator.")],
    as_of: Annotated[
        datetime.datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that the value describes.")
    ],
    value: Annotated[float, typer.Option("--value", help="The value that was asked about.")],
    note: Annotated[str, typer.Option("--note", help="Who has confirmed it, and why.")],
    state: Annotated[State, typer.Option("--state", help="confirmed, or open to ask again.")] = "confirmed",
    document: Annotated[str, typer.Option("--document", help="Number of the document.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Note what a province says of a value that stands out; it holds as long as the value is the same."""
    settings = settings_of(home)
    with _writing(settings):
        if (given := _outlier(settings, unit, indicator, as_of.date())) != value:
            shown = "không có trong bảng giá trị khác thường" if given is None else f"nay là {given:g}"
            fail(f"Giá trị {indicator} của {unit} kỳ {as_of:%d/%m/%Y} {shown}, không phải {value:g}.")
        directory = settings.reference_directory()
        written = follow_up(
            directory,
            unit,
            indicator,
            as_of.date(),
            value,
            state,
            note=note,
            document_no=document,
            entered_on=_entered_on(settings),
        )
    is_confirmed = state == "confirmed"
    said_vi = f"Đã ghi: tỉnh xác nhận {value:g} là đúng." if is_confirmed else f"Đã ghi: hỏi lại tỉnh về {value:g}."
    said_en = f"Noted: the province confirms {value:g}." if is_confirmed else f"Noted: {value:g} is asked again."
    _confirm(settings, written, said_vi, said_en, as_json, (_SHOWN, _SHOWN_EN))


@app.command("reason")
def reason_of_restatement(
    submission: Annotated[str, typer.Option("--submission", help="The submission that took the values back.")],
    reason: Annotated[str, typer.Option("--reason", help="What the province answers.")],
    document: Annotated[str, typer.Option("--document", help="Number of the document.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="Only this commune or province, by its code.")] = "",
    indicator: Annotated[str, typer.Option("--indicator", help="Only this indicator, by its code.")] = "",
    as_of: Annotated[
        datetime.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only values of this day.")
    ] = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Note why a province took back what it had reported: for all such values of a submission, or for some of them."""
    settings = settings_of(home)
    if not reason.strip():
        fail("Chưa có lý do: ghi điều tỉnh trả lời sau --reason.")
    with _writing(settings):
        values = [
            value
            for value in _taken_back(settings, submission)
            if unit in ("", value[0]) and indicator in ("", value[1]) and (as_of is None or as_of.date() == value[2])
        ]
        if not values:
            fail(f"Lần gửi {submission} không rút giá trị nào như vậy. Chép lại mã từ trang Điều chỉnh.")
        written = restatement_reason(
            settings.reference_directory(),
            submission,
            values,
            reason=reason.strip(),
            document_no=document.strip(),
            entered_on=_entered_on(settings),
        )
    count = len(values)
    said_en = f"The reason for {count} value{'s' if count > 1 else ''} has been noted."
    _confirm(settings, written, f"Đã ghi lý do cho {count} giá trị.", said_en, as_json, (_SHOWN, _SHOWN_EN))


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
    arrivals = Landing(settings.folders().landing, is_writer=False).journal.arrivals
    found = [arrival for arrival in arrivals if file and arrival.submission_id.startswith(file)]
    if len(found) != 1:
        fail(f"Không có đúng một lần gửi tên “{file}”. Chép lại mã lần gửi từ tiendo review, ví dụ 000012-1a2b3c4d.")
    return found[0]


def _outlier(settings: Settings, unit: str, indicator: str, day: datetime.date) -> float | None:
    """The value in force that stands out, as published; None where there is none."""
    with closing(open_for_reading(current_database(settings.folders().published))) as connection:
        found = first_value(
            connection,
            "SELECT value FROM marts.outliers WHERE unit_code = ? AND indicator = ? AND as_of_on = ? "
            "AND state <> 'corrected'",
            [unit, indicator, day],
        )
    return None if found is None else float(found)


def _taken_back(settings: Settings, submission: str) -> list[tuple[str, str, datetime.date]]:
    """(unit, indicator, day) of the values whose lowering by a submission asks for a reason, as published."""
    with closing(open_for_reading(current_database(settings.folders().published))) as connection:
        return connection.execute(
            "SELECT unit_code, indicator, as_of_on FROM marts.restatements "
            "WHERE new_submission_id = ? AND asks_reason ORDER BY as_of_on, indicator, unit_code",
            [submission],
        ).fetchall()


def _entered_on(settings: Settings) -> datetime.date:
    """Today; in a season that is simulated, the last night of it: what is entered later would not be known in it."""
    with closing(open_for_reading(current_database(settings.folders().published))) as connection:
        known_on = first_value(
            connection, "SELECT CAST(known_at AS DATE) FROM reference.run WHERE contains(origin_mix, 'simulated')"
        )
    return known_on or _today()


def _meanings(reference: Reference) -> dict[str, str]:
    """{code: Vietnamese words} of everything that a column can mean."""
    roles = {role: f"“{ROLE_NAMES[role]}”" for role in (*COLUMN_ROLES, IGNORE)}
    return {**roles, **{item.indicator: f"chỉ tiêu “{item.name_vi}”" for item in reference.reported_indicators}}


def _today() -> datetime.date:
    return vietnamese_now().date()


def _confirm(
    settings: Settings,
    written: Written,
    message_vi: str,
    message_en: str,
    as_json: bool,
    following: tuple[str, str] = (_NEXT, _NEXT_EN),
) -> None:
    """Says what was written, here and in the access log, and what comes of it (`following`, Vietnamese and English)."""
    acts.record(settings, acts.SETTLED, table=written.path.stem, row=json.dumps(written.row, ensure_ascii=False))
    next_vi, next_en = following
    if not as_json:
        text = f"{message_vi} Đã ghi vào {written.path}. {next_vi}"
        OUTPUT.print(text, highlight=False, markup=False, soft_wrap=True)
        return
    said = {"message_vi": f"{message_vi} {next_vi}", "message_en": f"{message_en} {next_en}"}
    _print_json({"table": written.path.stem, "row": written.row, "is_new": written.is_new, **said})


def _print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))
