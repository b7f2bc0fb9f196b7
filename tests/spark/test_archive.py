"""The archive on the shared path holds what the working database holds, whatever a run before left there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.marts.models import load_models
from pipelines.spark import archive as archive_module
from pipelines.spark.archive import OBSERVATIONS, Archive, layout_of
from tests.models.tiny import Country

LEDGER = layout_of(OBSERVATIONS, None)


class Killed(BaseException):
    """The process ends here."""


def country_of_two_days() -> Country:
    country = Country()
    country.report("91", "2025-10-15", "91001 staff_present 9\n91002 staff_present 9\n91 centre_decided 1")
    country.report("75", "2025-10-31", "75001 staff_present 4")
    return country


def bring_up_to_date(country: Country, root: Path) -> dict[Path, str]:
    """What a new run does first."""
    return Archive(root).bring_up_to_date(country.connection, OBSERVATIONS, LEDGER)


def archived(country: Country, root: Path) -> list[tuple[object, ...]]:
    """What another program reads there."""
    names = "as_of_on, unit_code, indicator, value, submission_id, received_at"
    source = f"read_parquet('{root}/observations/*/*.parquet', hive_partitioning = TRUE)"
    return country.connection.execute(f"SELECT {names} FROM {source} ORDER BY ALL").fetchall()


def in_the_ledger(country: Country) -> list[tuple[object, ...]]:
    names = "as_of_on, unit_code, indicator, value, submission_id, received_at"
    return country.connection.execute(f"SELECT {names} FROM {OBSERVATIONS} ORDER BY ALL").fetchall()


def test_the_facts_lie_in_a_folder_for_each_day(tmp_path: Path) -> None:
    country = country_of_two_days()
    files = bring_up_to_date(country, tmp_path)
    names = ["as_of_on=2025-10-15/part-0.parquet", "as_of_on=2025-10-31/part-0.parquet"]
    assert sorted(path.relative_to(tmp_path / "observations").as_posix() for path in files) == names
    assert archived(country, tmp_path) == in_the_ledger(country)


def test_a_night_writes_the_days_that_it_was_told_of_and_no_other(tmp_path: Path) -> None:
    country = country_of_two_days()
    before = {path: path.stat().st_ino for path in bring_up_to_date(country, tmp_path)}
    country.report("91", "2025-10-31", "91001 staff_present 10")
    after = {path: path.stat().st_ino for path in bring_up_to_date(country, tmp_path)}
    assert [path.parent.name for path in after if after[path] != before[path]] == ["as_of_on=2025-10-31"]
    assert archived(country, tmp_path) == in_the_ledger(country)


@pytest.mark.parametrize("step", ["sync_file", "sync_folder"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_what_a_run_that_died_has_left_is_put_right_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    country = country_of_two_days()
    bring_up_to_date(country, tmp_path)
    for on in ("2025-10-15", "2025-10-31", "2025-11-15"):
        country.report("91", on, "91003 staff_present 5")
    done, calls = getattr(archive_module, step), []

    def dies(path: Path) -> None:
        calls.append(path)
        if len(calls) == nth:
            raise Killed
        done(path)

    with monkeypatch.context() as patch:
        patch.setattr(archive_module, step, dies)
        with pytest.raises(Killed):
            bring_up_to_date(country, tmp_path)
    bring_up_to_date(country, tmp_path)
    assert archived(country, tmp_path) == in_the_ledger(country)
    assert list(tmp_path.rglob(".*")) == []


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 not a file that was written whole PAR1"])
def test_a_file_that_is_no_whole_one_is_written_anew(tmp_path: Path, content: bytes) -> None:
    country = country_of_two_days()
    for path in bring_up_to_date(country, tmp_path):
        path.write_bytes(content)
    bring_up_to_date(country, tmp_path)
    assert archived(country, tmp_path) == in_the_ledger(country)


def test_a_ledger_that_knows_less_than_the_archive_takes_the_rest_out(tmp_path: Path) -> None:
    later = country_of_two_days()
    later.report("91", "2025-10-15", "91003 staff_present 5")
    later.report("91", "2025-11-15", "91003 staff_present 6")
    bring_up_to_date(later, tmp_path)
    restored = country_of_two_days()
    bring_up_to_date(restored, tmp_path)
    assert archived(restored, tmp_path) == in_the_ledger(restored)
    assert not (tmp_path / "observations" / "as_of_on=2025-11-15" / "part-0.parquet").exists()


def test_a_ledger_that_other_tables_have_filled_is_another_one(tmp_path: Path) -> None:
    country = country_of_two_days()
    bring_up_to_date(country, tmp_path)
    country.connection.execute("UPDATE facts.observations SET value = value + 1")
    country.connection.execute("INSERT INTO work.state VALUES ('reference', 'other tables')")
    bring_up_to_date(country, tmp_path)
    assert archived(country, tmp_path) == in_the_ledger(country)


def test_a_table_of_a_model_is_copied_anew_where_any_of_its_rows_has_changed(tmp_path: Path) -> None:
    country = country_of_two_days()
    country.night("2025-10-31")
    table = "marts.province_progress"
    layout = layout_of(table, next(model for model in load_models() if model.name == table))
    before = Archive(tmp_path).bring_up_to_date(country.connection, table, layout)
    country.connection.execute(f"UPDATE {table} SET value = 77 WHERE province_code = '91'")
    after = Archive(tmp_path).bring_up_to_date(country.connection, table, layout)
    assert [path.name for path in after] == [path.name for path in before] == ["2025-10.parquet"]
    assert after != before
