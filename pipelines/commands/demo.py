"""`tiendo form`, `tiendo simulate` and `tiendo demo`: the empty form, simulated reports, and a season of nights."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import OUTPUT, Home, clear_errors, fail, progress_bar, settings_of
from pipelines.durable import writer_lock
from pipelines.landing.journal import Journal
from pipelines.landing.store import JOURNAL, Landing
from pipelines.reference.load import Reference, load_reference
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.simulation.files import SimulatedFile

SIMULATED_INBOX = "mo-phong"
Day = Annotated[datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"])]
NIGHT = datetime.time(1, 30)


def form(
    province: Annotated[str, typer.Option("--province", help="Province code, two digits.")],
    out: Annotated[Path, typer.Option("--out", help="Workbook to write.")],
    as_of: Annotated[datetime.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"])] = None,
    home: Home = None,
) -> None:
    """Write the empty report form of a province (Biểu CQĐP2C)."""
    from pipelines.form.workbook import write_form

    with clear_errors():
        reference = load_reference(settings_of(home).reference_directory())
        if province not in {item.province_code for item in reference.provinces}:
            fail(f"Không có tỉnh, thành phố mang mã {province}. Mã gồm 2 chữ số, ví dụ 91 (An Giang).")
        write_form(out, reference, province, as_of_on=as_of.date() if as_of else None)
    OUTPUT.print(f"Đã ghi {out}.", highlight=False, soft_wrap=True)


def simulate(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the reports into.")],
    first: Annotated[datetime.datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    last: Annotated[datetime.datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    every: Annotated[int | None, typer.Option(min=1, help="Every so many days instead of the calendar.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same files.")] = 1,
    mess: Annotated[float, typer.Option(min=0, max=1, help="Share of files with injected faults.")] = 0.0,
    home: Home = None,
) -> None:
    """Write simulated reports only; every file says that it is simulated."""
    with clear_errors():
        reference = load_reference(settings_of(home).reference_directory())
        files = _simulated(reference, out, first, last, every, seed, mess)
    OUTPUT.print(f"Đã ghi {len(files)} tệp mô phỏng vào {out}.", highlight=False, soft_wrap=True)


def _simulated(
    reference: Reference,
    out: Path,
    first: datetime.datetime | None,
    last: datetime.datetime | None,
    every: int | None,
    seed: int,
    mess: float,
) -> list[SimulatedFile]:
    from pipelines.simulation.files import simulate as write_reports

    span = {name: moment.date() for name, moment in (("from_on", first), ("to_on", last)) if moment is not None}
    with progress_bar() as bar:
        task = bar.add_task("Viết báo cáo mô phỏng", total=None)
        return write_reports(
            out,
            reference,
            every=every,
            seed=seed,
            mess=mess,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
            **span,
        )


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")] = True,
    seed: Annotated[int, typer.Option(help="Same seed, same reports.")] = 1,
    mess: Annotated[float, typer.Option(min=0, max=1, help="Share of files with injected faults.")] = 0.0,
    last: Annotated[datetime.datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8501,
    home: Home = None,
) -> None:
    """Simulated provinces send reports, the nightly job runs for each reporting day, the dashboard opens."""
    settings = settings_of(home)
    with clear_errors():
        _refuse_real_reports(settings)
        reference = load_reference(settings.reference_directory())
        folder = settings.folders().inbox / SIMULATED_INBOX
        settings.folders().make_folders()
        waiting = settings.folders().warehouse / "chua-gui"
        files = _simulated(reference, waiting, None, last, None, seed, mess)
        _nights(settings, reference, waiting, folder, files)
    OUTPUT.print(f"Đã công bố số liệu mô phỏng tại {settings.folders().published / 'current'}.", soft_wrap=True)
    if serve:
        from pipelines.commands.serve import open_dashboard

        open_dashboard(port)


def _refuse_real_reports(settings: Settings) -> None:
    """Simulated reports never join a home that holds others."""
    home = settings.folders()
    journal = Journal(home.landing / JOURNAL, is_writer=False)
    folder = str((home.inbox / SIMULATED_INBOX).relative_to(home.root))
    if any(not arrival.source_path.startswith(folder) for arrival in journal.arrivals):
        fail(f"{home.root} đã có báo cáo không phải của bản chạy thử. Chọn thư mục khác: tiendo demo --home THƯ_MỤC.")


def _nights(settings: Settings, reference: Reference, waiting: Path, folder: Path, files: list[SimulatedFile]) -> None:
    """For each reporting day: the files sent until the night after its due date arrive, then the job runs."""
    from pipelines.orchestration.run import run_nightly

    days = sorted({file.as_of_on for file in files})
    due = {day.as_of_on: day.due_on for day in reference.reporting_days}
    with progress_bar() as bar:
        task = bar.add_task("Chạy đêm cho từng ngày báo cáo", total=len(days))
        for day in days:
            known_at = datetime.datetime.combine(due[day] + datetime.timedelta(days=1), NIGHT)
            arrived = [file for file in files if file.sent_at <= known_at]
            files = files[len(arrived) :]
            _deliver(settings, waiting, folder, arrived)
            outcome = run_nightly(settings, known_at=known_at, as_of_on=day, started_by="demo")
            if not outcome.is_success:
                fail("\n".join(outcome.problems))
            bar.advance(task)


def _deliver(settings: Settings, waiting: Path, folder: Path, files: list[SimulatedFile]) -> None:
    """Moves files into the inbox and lands them with the moment at which each was sent."""
    home = settings.folders()
    with writer_lock(home.warehouse):
        landing = Landing(home.landing)
        for sent_at, group in itertools.groupby(files, key=lambda file: file.sent_at):
            paths = []
            for file in group:
                target = folder / file.path.relative_to(waiting)
                target.parent.mkdir(parents=True, exist_ok=True)
                paths.append(file.path.rename(target))
            landing.receive(paths, sent_at)
