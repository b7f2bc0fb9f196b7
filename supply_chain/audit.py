"""`python -m supply_chain.audit [--database FILE]`: whether what is installed is what the lock says, and sound.

Without a network: every entry of the lock is an exact version with hashes; what is installed is what is locked, from an
index and not from an address, and no installed file was altered since; requirements fit together. For known
vulnerabilities: `--database`, an export of the OSV database for PyPI (a zip of JSON files) that somebody has carried
here, or `pip-audit` where it is installed and reaches its source; otherwise it says that this was not checked, as it
does of versions that were withdrawn, which only the index knows. Exit 1 if anything was found.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from supply_chain.lock import LOCK, Locked, LockUnclear, installed, read_lock, with_extras

OWN = "tien-do"
# What an environment is made with; they are not part of the product.
TOOLS = {"pip", "uv", "setuptools", "wheel"}
_SECONDS = 300


def not_as_locked(entries: Sequence[Locked], present: Mapping[str, metadata.Distribution]) -> Iterator[str]:
    """Where the environment differs from the lock, each in a sentence."""
    wanted = {entry.name: entry.version for entry in entries if entry.is_for_here}
    for name, version in sorted(wanted.items()):
        if name not in present:
            yield f"{name} {version} is locked and not installed. Run `make install`."
        elif present[name].version != version:
            yield f"{name} {present[name].version} is installed, {version} is locked. Run `make install`."
    for name in sorted(present.keys() - wanted.keys() - TOOLS - {OWN}):
        yield f"{name} {present[name].version} is installed, not locked. Remove it, or declare it and run `make lock`."


def from_elsewhere(present: Mapping[str, metadata.Distribution]) -> Iterator[str]:
    """What came from an address or a folder instead of an index."""
    for name, distribution in sorted(present.items()):
        origin = distribution.read_text("direct_url.json")
        if origin and name != OWN:
            yield f"{name} came from {json.loads(origin).get('url', 'an address')}, not from an index."


def not_fitting(present: Mapping[str, metadata.Distribution]) -> Iterator[str]:
    """Requirements of what is installed that what is installed does not meet, as `pip check` finds them."""
    for name, distribution in sorted(present.items()):
        for text in distribution.requires or []:
            asked = Requirement(text)
            if asked.marker is not None and not asked.marker.evaluate({"extra": ""}):
                continue
            found = present.get(canonicalize_name(asked.name))
            if found is None or not asked.specifier.contains(found.version, prereleases=True):
                yield f"{name} asks for {text}; installed: {found.version if found else 'none'}."


def altered_files(distribution: metadata.Distribution) -> Iterator[str]:
    """Installed files whose bytes are no longer those that were installed, or that are gone."""
    for file in distribution.files or []:
        if file.hash is None:
            continue
        path = Path(str(file.locate()))
        if not path.is_file():
            yield f"{path} is missing. Install {distribution.metadata['Name']} again."
            continue
        digest = hashlib.new(file.hash.mode, path.read_bytes()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            yield f"{path} was altered after it was installed. Install {distribution.metadata['Name']} again."


def vulnerable(versions: Mapping[str, str], advisories: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Advisories in the OSV format that concern one of the versions."""
    for advisory in advisories:
        if "withdrawn" in advisory:
            continue
        for affected in advisory.get("affected", []):
            package = affected.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in versions and _concerns(affected, versions[name]):
                yield f"{name} {versions[name]}: {advisory['id']} {advisory.get('summary', '')}".rstrip()


def _concerns(affected: Mapping[str, Any], version: str) -> bool:
    if version in affected.get("versions", []):
        return True
    return any(
        _is_between(each["events"], version) for each in affected.get("ranges", []) if each["type"] == "ECOSYSTEM"
    )


def _is_between(events: Sequence[Mapping[str, str]], version: str) -> bool:
    """Whether the events, in the order of versions, leave this one affected."""
    own, is_affected = Version(version), False
    for event in events:
        try:
            if "introduced" in event and own >= Version(event["introduced"]):
                is_affected = True
            if "fixed" in event and own >= Version(event["fixed"]):
                is_affected = False
            if "last_affected" in event and own > Version(event["last_affected"]):
                is_affected = False
        except InvalidVersion:
            continue
    return is_affected


def advisories(database: Path) -> Iterator[dict[str, Any]]:
    """The advisories of an export of the OSV database."""
    with zipfile.ZipFile(database) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def _said_by(command: Sequence[str]) -> Iterator[str]:
    """The lines of a tool that has found something."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False)
    if done.returncode:
        yield from (line for line in (done.stdout + done.stderr).splitlines() if line.strip())


def known_vulnerabilities(entries: Sequence[Locked], database: Path | None) -> tuple[str, list[str]]:
    """How it was checked, and what was found."""
    if database is not None:
        versions = {entry.name: entry.version for entry in entries if entry.is_for_here}
        return f"checked against {database.name}", list(vulnerable(versions, advisories(database)))
    tool = shutil.which("pip-audit")
    if tool is None:
        return "NOT CHECKED: no --database FILE was given and pip-audit is not installed", []
    command = [tool, "--requirement", str(LOCK), "--require-hashes", "--disable-pip", "--progress-spinner=off"]
    said = list(_said_by(command))
    if any("ConnectionError" in line or "Max retries" in line for line in said):
        return "NOT CHECKED: pip-audit does not reach its source from here; give --database FILE", []
    return "checked by pip-audit", said


def main() -> None:
    """Print what was checked and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, help="export of the OSV database for PyPI (all.zip)")
    database = parser.parse_args().database
    present = installed()
    try:
        entries = with_extras(read_lock(LOCK.read_text(encoding="utf-8")), present)
    except LockUnclear as error:
        sys.exit(str(error))
    how, known = known_vulnerabilities(entries, database)
    parts = {
        f"lock: {len(entries)} exact versions with hashes": [],
        "installed = locked": list(not_as_locked(entries, present)),
        "all from an index": list(from_elsewhere(present)),
        "no installed file altered": [line for each in present.values() for line in altered_files(each)],
        "requirements fit together": list(not_fitting(present)),
        f"known vulnerabilities: {how}": known,
        "withdrawn versions: NOT CHECKED, only the index knows; `make lock` avoids them": [],
    }
    for part, found in parts.items():
        sys.stdout.write(f"{'FOUND' if found else '-----'}  {part}\n" + "".join(f"       {line}\n" for line in found))
    sys.exit(1 if any(parts.values()) else 0)


if __name__ == "__main__":
    main()
