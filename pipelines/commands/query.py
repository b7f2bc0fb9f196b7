"""`tiendo sql` and `tiendo status`: questions to the published database, read-only."""

from __future__ import annotations

import csv
import datetime
import json
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import typer
from rich.table import Column, Table
from rich.text import Text

from pipelines.as_known import as_known
from pipelines.clearance import HIGHEST
from pipelines.clock import vietnamese_now
from pipelines.commands import acts
from pipelines.commands.options import OUTPUT, Clearance, Home, clear_errors, fail, settings_of
from pipelines.database import open_for_reading
from pipelines.publish.lower import file_name
from pipelines.publish.versions import current_database
from pipelines.settings import SQL_DIRECTORY, Settings

Format = Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to print the rows.")]

KnownOn = Annotated[
    datetime.datetime | None,
    typer.Option("--known-on", formats=["%Y-%m-%d"], help="Ask what was known at the end of this day."),
]


Ask = Annotated[
    str,
    typer.Option(
        "--ask",
        help="A ready-made question by its name in sql/adhoc. `list` names them all; `all` asks them all and prints "
        "how many rows each answer has, and their hash: two homes that answer alike print the same.",
    ),
]


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT statement.")] = "",
    ask: Ask = "",
    output: Format = "table",
    known_on: KnownOn = None,
    clearance: Clearance = HIGHEST,
    home: Home = None,
) -> None:
    """Run one SELECT on the published database, or on what was known at the end of an earlier day."""
    if bool(query) == bool(ask):
        fail("Cần đúng một trong hai: một câu SELECT, hoặc --ask TÊN (--ask list liệt kê các câu hỏi có sẵn).")
    if ask == "list":
        for name, title in ready_made().items():
            OUTPUT.print(f"{name}: {title}", highlight=False, markup=False, soft_wrap=True)
        return
    settings = settings_of(home)
    if ask == "all" and known_on:
        fail("--ask all chỉ hỏi bản công bố hiện hành; bỏ --known-on.")
    query = query or ("" if ask == "all" else _ready_made_select(ask))
    with clear_errors():
        if known_on:
            database = as_known(settings, known_on.date(), None, vietnamese_now(), clearance)
        else:
            database = current_database(settings.folders().published, file_name(clearance))
        columns, rows = select(settings, query, database) if query else fingerprints(database)
    acts.record(settings, acts.QUERIED, sql=query or "--ask all", rows=str(len(rows)))
    if output == "json":
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, default=str))
    elif output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        _print_table(columns, rows)


def fingerprints(database: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """A row per ready-made question: its name, how many rows the answer has, and the sha256 of names and rows as they
    stand; both None where this clearance has no such table. It tells whether two databases answer alike, and nothing
    of what they answer.
    """
    rows: list[tuple[object, ...]] = []
    with closing(open_for_reading(database)) as connection:
        for name in ready_made():
            try:
                answer = connection.execute(_ready_made_select(name)).fetchall()
            except duckdb.CatalogException:
                rows.append((name, None, None))
                continue
            columns = [column[0] for column in connection.description or []]
            text = json.dumps([columns, answer], ensure_ascii=False, default=str)
            rows.append((name, len(answer), sha256(text.encode()).hexdigest()))
    return ["question", "row_count", "sha256"], rows


def ready_made() -> dict[str, str]:
    """The questions of `sql/adhoc` by name: what each is about, in Vietnamese and English."""
    files = sorted((SQL_DIRECTORY / "adhoc").glob("*.sql"))
    return {path.stem: path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("-- ") for path in files}


def _ready_made_select(name: str) -> str:
    if name not in ready_made():
        fail(f"Không có câu hỏi “{name}”. Có: {', '.join(ready_made())}.")
    return (SQL_DIRECTORY / "adhoc" / f"{name}.sql").read_text(encoding="utf-8")


def sample(
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Another seed than that of parameters.csv.")] = None,
    size: Annotated[int | None, typer.Option("--size", min=1, help="Units per province and indicator.")] = None,
    output: Format = "table",
    clearance: Clearance = HIGHEST,
    home: Home = None,
) -> None:
    """Draw a random sample of what is reported as done, to verify by phone; the same seed gives the same sample."""
    settings = settings_of(home)
    with clear_errors():
        _, declared = select(settings, "SELECT parameter, value FROM reference.parameters")
    numbers = {str(name): int(str(value).partition(".")[0]) for name, value in declared}
    drawn_by = seed if seed is not None else numbers["verification_seed"]
    drawn_size = size if size is not None else numbers["verification_size"]
    order = "ORDER BY province_code, indicator, draw"
    sql(f"SELECT * FROM marts.verification_draw({drawn_by}, {drawn_size}) {order}", "", output, None, clearance, home)


def select(settings: Settings, query: str, database: Path | None = None) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of one SELECT on the current version (or `database`); other statements end the command."""
    connection = open_for_reading(database or current_database(settings.folders().published))
    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            fail("Chỉ nhận đúng một câu SELECT; cơ sở dữ liệu công bố chỉ để đọc.")
        result = connection.execute(statements[0])
        columns = [str(column[0]) for column in result.description or []]
        return columns, result.fetchall()
    except duckdb.Error as error:
        fail(f"Câu truy vấn không chạy được: {error}")
    finally:
        connection.close()


def _print_table(columns: list[str], rows: list[tuple[object, ...]]) -> None:
    table = Table(*(Column(Text(column)) for column in columns))
    for row in rows:
        table.add_row(*(Text("∅" if cell is None else str(cell)) for cell in row))
    OUTPUT.print(table)
    OUTPUT.print(f"{len(rows)} dòng")


def status(home: Home = None) -> None:
    """Newest run, last report of each province, what is late, what was set aside."""
    settings = settings_of(home)
    with clear_errors():
        _, runs = select(settings, "SELECT run_id, as_of_on, known_at, origin_mix FROM reference.run")
        _, reports = select(settings, _LAST_REPORTS)
        _, faults = select(settings, _SET_ASIDE)
    run_id, as_of_on, known_at, origins = runs[0]
    OUTPUT.print(f"Số liệu đến {_day(as_of_on)}, theo hiểu biết lúc {known_at}. Lần chạy {run_id}.", highlight=False)
    if "simulated" in str(origins):
        OUTPUT.print("[bold]DỮ LIỆU MÔ PHỎNG – không dùng cho báo cáo.[/]")
    table = Table("Mã", "Tỉnh, thành phố", "Báo cáo gần nhất", "Chậm", "Chưa có số liệu", "Giá trị để riêng")
    for code, name, last, late, missing, set_aside in reports:
        table.add_row(str(code), str(name), _day(last), str(late), str(missing), str(set_aside))
    OUTPUT.print(table)
    for rule, count in faults:
        OUTPUT.print(f"{rule}: {count} giá trị để riêng", highlight=False)


def _day(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else "chưa có"


_LAST_REPORTS = """
    SELECT p.province_code, p.short_name, MAX(c.as_of_on) FILTER (WHERE c.received_at IS NOT NULL),
        COUNT(*) FILTER (WHERE c.status = 'late'),
        COUNT(*) FILTER (WHERE c.status IN ('missing', 'empty')), SUM(c.rejected_count)
    FROM reference.provinces AS p INNER JOIN marts.reporting_coverage AS c USING (province_code)
    WHERE c.status <> 'not_due' GROUP BY p.province_code, p.short_name ORDER BY p.province_code
"""
_SET_ASIDE = """
    SELECT rule, COUNT(*) FROM facts.rejected_values WHERE severity <> 'warning' GROUP BY rule ORDER BY 2 DESC, 1
"""
