"""Steps of one run that open the warehouse one after the other rest on one state, and repeat nothing that counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines import nightly
from pipelines.durable import writer_lock
from pipelines.nightly import BasisChanged, keep_basis, open_warehouse
from pipelines.publish.versions import versions
from pipelines.settings import Settings
from tests.durability.conftest import SECOND
from tests.durability.nights import Death, Rows, dies, in_child, published_rows

RUN = f"night-{SECOND.as_of_on}"


def open_twice(home: Path, run_id: str) -> None:
    """The first step finds the tables as they are, the second finds one of them changed."""
    settings = Settings(home=home)
    with open_warehouse(settings) as warehouse:
        keep_basis(warehouse, "one")
        keep_basis(warehouse, "one")
    with open_warehouse(settings) as warehouse:
        keep_basis(replace(warehouse, reference_files={**warehouse.reference_files, "aliases.csv": "0" * 64}), run_id)


def test_tables_that_change_between_two_steps_of_a_run_end_it(home: Path) -> None:
    with pytest.raises(BasisChanged, match=r"run one the reference tables in .* have changed"):
        in_child(open_twice, home, "one")


def test_the_next_run_may_rest_on_other_tables(home: Path) -> None:
    in_child(open_twice, home, "two")


def publish_again(home: Path, run_id: str) -> str:
    """The step that publishes, done by another process than the one that died in it."""
    settings = Settings(home=home)
    with writer_lock(settings.folders().warehouse), open_warehouse(settings) as warehouse:
        version = nightly.finish_publication(warehouse, run_id)
    return version.name if version else ""


@pytest.mark.parametrize(
    "death",
    [
        Death("pipelines.landing.journal:append_whole", nth=3),
        Death("pipelines.publish.versions:make_current"),
    ],
)
def test_a_version_that_was_complete_when_the_step_died_is_not_published_twice(
    home: Path, expected: Rows, death: Death
) -> None:
    before = versions(home / "published")
    dies(home, SECOND, death)
    (made,) = versions(home / "published")[len(before) :]
    assert in_child(publish_again, home, RUN) == made.name
    assert published_rows(home) == expected
    assert in_child(publish_again, home, "another") == ""
