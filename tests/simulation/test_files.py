from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from pipelines.reference.load import Reference
from pipelines.simulation import files
from pipelines.simulation.files import SimulatedFile, simulate
from pipelines.simulation.mess import InjectedFault

simulate_two_days = partial(simulate, from_on=date(2026, 2, 13), to_on=date(2026, 2, 15))
EVERY_KIND = {
    "unreadable_file",
    "province_conflict",
    "day_in_future",
    "unknown_unit",
    "not_a_number",
    "out_of_bounds",
    "not_whole",
    "exceeds_companion",
    "done_after_report",
    "total_does_not_add_up",
    "missing_sheet",
}


@pytest.fixture(scope="module")
def messy(small_country: Reference, tmp_path_factory: pytest.TempPathFactory) -> list[SimulatedFile]:
    """Half a year of three provinces in which every file has something wrong."""
    return simulate(tmp_path_factory.mktemp("messy"), small_country, every=15, seed=5, mess=1.0)


def test_files_stand_in_a_folder_per_day_and_carry_their_time_of_sending(
    small_country: Reference, tmp_path: Path
) -> None:
    written = simulate_two_days(tmp_path, small_country)
    assert {f.path.relative_to(tmp_path).as_posix() for f in written if f.revision == 1} >= {
        "2026-02-13/04-cao-bang.xlsx",
        "2026-02-15/46-hue.xlsx",
    }
    for file in written:
        arrived = datetime.fromtimestamp(file.path.stat().st_mtime, ZoneInfo("Asia/Ho_Chi_Minh"))
        assert arrived.replace(tzinfo=None) == file.sent_at
    assert [file.sent_at for file in written] == sorted(file.sent_at for file in written)


def test_two_processes_write_the_same_bytes_as_one(
    small_country: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = []
    for name, worth_a_pool in (("one", 1000), ("two", 2)):
        monkeypatch.setattr(files, "_FILES_WORTH_A_POOL", worth_a_pool)
        written = simulate_two_days(tmp_path / name, small_country, mess=0.3)
        contents.append({f.path.name: (f.path.read_bytes(), f.sent_at, f.faults) for f in written})
    assert contents[0] == contents[1]


def test_another_seed_gives_other_values(small_country: Reference, tmp_path: Path) -> None:
    first, second = (simulate_two_days(tmp_path / str(seed), small_country, seed=seed) for seed in (1, 2))
    assert first[0].path.read_bytes() != second[0].path.read_bytes()


def test_progress_counts_files(small_country: Reference, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    written = simulate_two_days(tmp_path, small_country, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, len(written)) for n in range(1, len(written) + 1)]


def test_a_correction_differs_from_its_original_and_says_so(small_country: Reference, tmp_path: Path) -> None:
    written = simulate(tmp_path, small_country, every=15)
    corrections = [file for file in written if file.revision == 2]
    assert corrections
    for correction in corrections:
        assert correction.path.stem.endswith("-dinh-chinh")
        original = correction.path.with_stem(correction.path.stem.removesuffix("-dinh-chinh"))
        before, after = (_cells(path, "Biểu 04") + _cells(path, "Biểu 02") for path in (original, correction.path))
        assert "ĐÍNH CHÍNH LẦN 1" in str(after[3][0])
        assert before[9:] != after[9:]


def test_files_without_mess_have_no_faults(small_country: Reference, tmp_path: Path) -> None:
    assert all(file.faults == () for file in simulate_two_days(tmp_path, small_country))


def test_mess_brings_every_kind_of_fault(messy: list[SimulatedFile], reference: Reference) -> None:
    kinds = Counter(fault.kind for file in messy for fault in file.faults)
    assert kinds.keys() == EVERY_KIND
    assert kinds.keys() <= {rule.rule for rule in reference.rules}
    assert all(1 <= len(file.faults) <= 4 for file in messy)


def test_a_fault_stands_where_it_is_said_to_stand(messy: list[SimulatedFile]) -> None:
    for file in messy:
        for fault in file.faults:
            if fault.kind == "unreadable_file":
                with pytest.raises(CalamineError):
                    CalamineWorkbook.from_path(file.path)
            elif fault.kind == "missing_sheet":
                assert fault.sheet not in CalamineWorkbook.from_path(file.path).sheet_names
            else:
                assert fault.given in _shown(file.path, fault)


def test_faults_of_one_file_do_not_meet_in_one_cell(messy: list[SimulatedFile]) -> None:
    for file in messy:
        places = [(fault.sheet, fault.cell) for fault in file.faults]
        assert len(set(places)) == len(places)


def test_no_days_give_no_files(small_country: Reference, tmp_path: Path) -> None:
    assert simulate(tmp_path, small_country, from_on=date(2026, 3, 1), to_on=date(2026, 2, 1)) == []


def _cells(path: Path, sheet: str) -> list[list[object]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [list(row) for row in rows]


def _shown(path: Path, fault: InjectedFault) -> str:
    """The content of a cell as text, numbers without a trailing zero and dates as they are written in Vietnam."""
    column, row = ord(fault.cell[0]) - ord("A"), int(fault.cell[1:]) - 1
    content = _cells(path, fault.sheet)[row][column]
    if isinstance(content, date):
        return f"{content:%d/%m/%Y}"
    return f"{content:g}" if isinstance(content, float) else str(content)
