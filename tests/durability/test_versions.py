"""Publishing a version: whole or not at all, the newest ones kept, leftovers of a dead publish removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.publish.manifest import MANIFEST, Basis, altered_files, read_manifest
from pipelines.publish.versions import (
    DATABASE,
    NoLink,
    NothingPublished,
    current_database,
    make_current,
    versions,
    write_version,
)

BASIS = Basis("run", 7, "head", {"provinces.csv": "hash"})


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


def publish_text(published: Path, text: str, keep: int = 14) -> Path:
    source = published.with_name("new")
    source.write_text(text)
    version = write_version(published, {DATABASE: source}, BASIS)
    make_current(version, keep)
    return version


def test_before_the_first_publish_the_message_names_the_command_to_run(published: Path) -> None:
    with pytest.raises(NothingPublished, match="tiendo nightly"):
        current_database(published)


def test_the_newest_version_is_current_and_reached_by_its_own_path(published: Path) -> None:
    publish_text(published, "first")
    version = publish_text(published, "second")
    assert (published / "current").readlink() == Path("000002")
    assert current_database(published) == version.resolve() / DATABASE
    assert current_database(published).read_text() == "second"


def test_a_link_is_relative_so_that_a_home_can_be_moved(published: Path) -> None:
    publish_text(published, "text")
    moved = published.rename(published.with_name("moved"))
    assert current_database(moved).read_text() == "text"


def test_only_the_newest_versions_are_kept(published: Path) -> None:
    for number in range(5):
        publish_text(published, str(number), keep=3)
    assert [version.name for version in versions(published)] == ["000003", "000004", "000005"]
    assert sorted(path.name for path in published.iterdir()) == ["000003", "000004", "000005", "current"]


def test_what_a_dead_publish_has_left_is_no_version_and_is_removed(published: Path) -> None:
    publish_text(published, "whole")
    half_written = published / ".unfinished-000002"
    half_written.mkdir()
    (half_written / DATABASE).write_text("ha")
    (published / ".current").symlink_to("000002")
    assert [version.name for version in versions(published)] == ["000001"]
    assert current_database(published).read_text() == "whole"
    publish_text(published, "next")
    assert sorted(path.name for path in published.iterdir()) == ["000001", "000002", "current"]
    assert current_database(published).read_text() == "next"


def test_a_version_that_died_before_it_became_current_is_passed_over(published: Path) -> None:
    publish_text(published, "whole")
    never_current = published / "000002"
    never_current.mkdir()
    (never_current / DATABASE).write_text("complete, but nobody was told")
    assert publish_text(published, "next").name == "000003"
    assert current_database(published).read_text() == "next"


@pytest.mark.parametrize("is_folder_there", [False, True])
def test_a_link_that_leads_nowhere_is_named_with_the_way_out(published: Path, is_folder_there: bool) -> None:
    version = publish_text(published, "whole")
    (version / DATABASE).unlink()
    if not is_folder_there:
        (version / MANIFEST).unlink()
        version.rmdir()
    with pytest.raises(NothingPublished, match=r"current leads to 000001, where no .* is\. .*tiendo rebuild"):
        current_database(published)
    assert current_database(published.parent / publish_text(published, "next").parent.name).read_text() == "next"


def test_a_folder_in_the_place_of_the_link_is_left_alone_and_named(published: Path) -> None:
    publish_text(published, "whole")
    (published / "current").unlink()
    (published / "current").mkdir()
    with pytest.raises(NoLink, match=r"current is no link.*Remove it, then run again"):
        publish_text(published, "next")


def test_a_version_says_what_it_is_made_of(published: Path) -> None:
    version = publish_text(published, "whole")
    manifest = read_manifest(version)
    assert manifest is not None
    assert manifest.basis == BASIS
    assert list(manifest.files) == [DATABASE]
    assert altered_files(version, manifest) == []
    (version / DATABASE).write_text("WHOLE")
    (version / "more").write_text("?")
    assert altered_files(version, manifest) == ["more", DATABASE]
