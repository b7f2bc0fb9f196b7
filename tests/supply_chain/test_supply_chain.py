"""The lock is exact, the bill of materials says all that is in it, and an environment that differs is found."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from supply_chain import audit
from supply_chain.lock import EXTRAS, LOCK, LockUnclear, installed, read_lock, with_extras
from supply_chain.sbom import bill, licences

HASH = f"--hash=sha256:{'a' * 64}"
# Licences under which a user of the product would have to publish his own changes.
STRONG_COPYLEFT = ("GPL", "AGPL", "SSPL", "EUPL")


@pytest.fixture(scope="module")
def made() -> str:
    return bill()


def distribution(folder: Path, name: str, version: str, *needs: str, **files: bytes) -> metadata.Distribution:
    """Something installed: its metadata, and files with the hashes that they had when they were installed."""
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {each}" for each in needs)]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    record = []
    for file, content in files.items():
        (folder / file).write_bytes(content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record.append(f"{file},sha256={digest},{len(content)}")
    (info / "RECORD").write_text("\n".join([*record, f"{info.name}/RECORD,,"]) + "\n")
    return metadata.PathDistribution(info)


def test_every_entry_of_the_lock_is_an_exact_version_with_hashes() -> None:
    entries = read_lock(LOCK.read_text(encoding="utf-8"))
    assert len(entries) > 100
    assert {"streamlit", "duckdb", "dagster"} <= {entry.name for entry in entries}


@pytest.mark.parametrize(
    "line",
    [
        "duckdb>=2",
        "duckdb==2.0.0",
        f"duckdb>=2 {HASH}",
        f"duckdb @ https://example.vn/duckdb.whl {HASH}",
        f"git+https://example.vn/duckdb.git {HASH}",
        f"-e . {HASH}",
        "--index-url https://example.vn/simple",
        "duckdb==2.0.0 --hash=md5:abc",
    ],
)
def test_a_lock_with_anything_else_is_refused(line: str) -> None:
    with pytest.raises(LockUnclear):
        read_lock(f"{line}\n")


def test_the_bill_is_valid_the_same_each_time_and_lists_the_whole_lock(made: str) -> None:
    content = json.loads(made)
    assert (content["bomFormat"], content["specVersion"]) == ("CycloneDX", "1.6")
    entries = read_lock(LOCK.read_text(encoding="utf-8"))
    listed = {(each["name"], each["version"]): each for each in content["components"]}
    assert set(listed) == {(entry.name, entry.version) for entry in entries}
    assert listed["duckdb", next(entry.version for entry in entries if entry.name == "duckdb")]["scope"] == "required"
    assert listed["pytest", next(entry.version for entry in entries if entry.name == "pytest")]["scope"] == "excluded"
    for entry in entries:
        assert sorted(each["content"] for each in listed[entry.name, entry.version]["hashes"]) == sorted(entry.hashes)
    assert bill() == made


def test_what_the_product_needs_to_run_says_its_licence_and_none_binds_its_users(made: str) -> None:
    present = {name: each.version for name, each in installed().items()}
    for line in licences(made).splitlines():
        kind, name, rest = line.split(maxsplit=2)
        version, _, licence = rest.partition(": ")
        if kind == "runtime" and present.get(name) == version:
            assert licence != "not installed here", line
            assert not [word for word in STRONG_COPYLEFT if word in licence.replace("LGPL", "")], line


def test_what_is_missing_other_or_not_locked_is_named(tmp_path: Path) -> None:
    entries = read_lock(f"a==1 {HASH}\nb==2 {HASH}\nc==3 ; sys_platform == 'win32' {HASH}\n")
    present = {"b": distribution(tmp_path, "b", "2.1"), "d": distribution(tmp_path, "d", "4")}
    found = list(audit.not_as_locked(entries, present))
    assert [line.split()[0] for line in found] == ["a", "b", "d"]
    assert "2.1 is installed, 2 is locked" in found[1]


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_only_what_the_lock_has_not_and_is_whole_or_absent(extra: str, tmp_path: Path) -> None:
    core = read_lock(LOCK.read_text(encoding="utf-8"))
    own = read_lock(EXTRAS[extra].read_text(encoding="utf-8"))
    assert {entry.name for entry in own} & {entry.name for entry in core} == set()
    assert with_extras(core, {}) == core
    first = {own[0].name: distribution(tmp_path, own[0].name, own[0].version)}
    missing = list(audit.not_as_locked(with_extras([], first), first))
    assert len(missing) == len([entry for entry in own if entry.is_for_here]) - 1


def test_what_came_from_an_address_is_named(tmp_path: Path) -> None:
    own = distribution(tmp_path, "x", "1")
    assert list(audit.from_elsewhere({"x": own})) == []
    (tmp_path / "x-1.dist-info" / "direct_url.json").write_text('{"url": "https://example.vn/x.whl"}')
    assert "https://example.vn/x.whl" in next(audit.from_elsewhere({"x": own}))


def test_an_installed_file_that_was_altered_or_removed_is_named(tmp_path: Path) -> None:
    own = distribution(tmp_path, "x", "1", first=b"1", second=b"2", third=b"3")
    assert list(audit.altered_files(own)) == []
    (tmp_path / "first").write_bytes(b"other")
    (tmp_path / "third").unlink()
    assert [Path(line.split()[0]).name for line in audit.altered_files(own)] == ["first", "third"]


def test_requirements_that_are_not_met_are_named(tmp_path: Path) -> None:
    asking = distribution(tmp_path, "x", "1", "y>=2", "z", "w; extra == 'more'", "v; sys_platform == 'win32'")
    found = list(audit.not_fitting({"x": asking, "y": distribution(tmp_path, "y", "1.9")}))
    assert found == ["x asks for y>=2; installed: 1.9.", "x asks for z; installed: none."]


@pytest.mark.parametrize(
    ("affected", "is_found"),
    [
        ({"versions": ["2.0.0"]}, True),
        ({"versions": ["1.9"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1"}, {"last_affected": "2.0.0"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.1"}]}]}, False),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_a_carried_database_finds_known_vulnerabilities(
    tmp_path: Path, affected: dict[str, Any], is_found: bool
) -> None:
    database = tmp_path / "all.zip"
    package = {"ecosystem": "PyPI", "name": "DuckDB"}
    with zipfile.ZipFile(database, "w") as archive:
        advisory = {"id": "PYSEC-1", "summary": "bad", "affected": [{"package": package, **affected}]}
        archive.writestr("PYSEC-1.json", json.dumps(advisory))
        archive.writestr("GONE.json", json.dumps({**advisory, "id": "GONE", "withdrawn": "2026-01-01"}))
    how, found = audit.known_vulnerabilities(read_lock(f"duckdb==2.0.0 {HASH}\n"), database)
    assert how == "checked against all.zip"
    assert found == (["duckdb 2.0.0: PYSEC-1 bad"] if is_found else [])


def test_without_a_source_it_says_that_nothing_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    how, found = audit.known_vulnerabilities([], None)
    assert how.startswith("NOT CHECKED")
    assert found == []
