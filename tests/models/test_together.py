"""Models built side by side give what they give one after the other, each after what it reads, and stop at a fault."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.marts import build
from pipelines.marts.build import GrainBroken
from pipelines.marts.models import Model, load_models
from pipelines.marts.together import build_models
from tests.models.tiny import Country

REPORTS = "30292 centre_operating 1"


def two_nights() -> Country:
    country = Country()
    for on in ("2025-10-15", "2025-10-31"):
        country.report("91", on, REPORTS)
        country.night(on, clear=False)
    return country


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {
        model.name: connection.execute(f"SELECT * FROM {model.name} ORDER BY ALL").fetchall()
        for model in load_models()
        if not model.parameters
    }


def test_side_by_side_gives_the_same_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = two_nights().connection
    assert build.are_known(connection, load_models())
    before = contents(connection)
    begun: list[str] = []
    build_model = build.build_model

    def noted(cursor: duckdb.DuckDBPyConnection, model: Model, engine: build.Engine) -> int:
        begun.append(model.name)
        return build_model(cursor, model, engine)

    monkeypatch.setattr(build, "build_model", noted)
    given = [(model.name, rows) for model, rows in build_models(connection, load_models())]
    assert [name for name, _ in given] == [model.name for model in load_models()]
    assert sorted(begun) == sorted(name for name, _ in given)
    assert contents(connection) == before
    assert dict(given)["marts.province_progress"] == len(before["marts.province_progress"])


def test_a_broken_grain_ends_it_and_nothing_that_rests_on_the_table_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = two_nights().connection
    begun: list[str] = []
    build_model = build.build_model

    def broken(cursor: duckdb.DuckDBPyConnection, model: Model, engine: build.Engine) -> int:
        begun.append(model.name)
        if model.name == "marts.commune_progress":
            raise GrainBroken(model, "two rows")
        return build_model(cursor, model, engine)

    monkeypatch.setattr(build, "build_model", broken)
    with pytest.raises(GrainBroken, match=r"marts\.commune_progress: two rows"):
        list(build_models(connection, load_models()))
    resting = {model.name for model in load_models() if "marts.commune_progress" in model.reads}
    assert resting
    assert resting.isdisjoint(begun)


def test_tables_that_are_not_there_yet_are_created_one_after_the_other() -> None:
    country = two_nights()
    before = contents(country.connection)
    country.connection.execute("DELETE FROM work.models")
    build.refresh_all_days(country.connection)
    list(build_models(country.connection, load_models()))
    assert contents(country.connection) == before
