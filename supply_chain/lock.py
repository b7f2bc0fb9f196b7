"""The lock (`requirements.lock`) as records, and which of them the product needs to run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
LOCK = REPOSITORY / "requirements.lock"
# What an extra brings beside the lock, by the name of the extra.
EXTRAS = {"cluster": REPOSITORY / "requirements-cluster.lock"}
PROJECT = REPOSITORY / "pyproject.toml"
_ENTRY = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*(.+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One version of one package; `hashes` are of its files, `marker` says where it is installed ('' everywhere)."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def is_for_here(self) -> bool:
        """Whether this machine installs it."""
        return not self.marker or Marker(self.marker).evaluate()


class LockUnclear(ValueError):
    """A line of the lock is no exact version with hashes; the message says which."""


def read_lock(text: str) -> list[Locked]:
    """The entries of a lock. Raises LockUnclear: an address, a folder, a range or an entry without a hash."""
    entries = []
    for lines in text.replace("\\\n", " ").splitlines():
        line = lines.strip()
        if not line or line.startswith("#"):
            continue
        hashes = tuple(_HASH.findall(line))
        found = _ENTRY.fullmatch(line.partition("--hash")[0].strip())
        if found is None or not hashes:
            raise LockUnclear(f"“{line[:100]}” is no exact version with sha256 hashes. Run `make lock`.")
        entries.append(Locked(canonicalize_name(found[1]), found[2], found[3] or "", hashes))
    return entries


def with_extras(entries: list[Locked], present: Mapping[str, metadata.Distribution]) -> list[Locked]:
    """The lock, and that of each extra of which anything is installed: then all of it must be, as locked."""
    extras = [read_lock(path.read_text(encoding="utf-8")) for path in EXTRAS.values()]
    return entries + [entry for extra in extras if any(each.name in present for each in extra) for entry in extra]


def installed() -> dict[str, metadata.Distribution]:
    """What is installed in this environment, by name."""
    return {canonicalize_name(each.metadata["Name"]): each for each in metadata.distributions()}


def needs(distribution: metadata.Distribution, extra: str = "") -> set[tuple[str, str]]:
    """(name, extra) of what a distribution asks for here, for itself or for one of its extras; extra '' is itself."""
    found = set()
    for text in distribution.requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            found |= _with_extras(requirement)
    return found


def direct_names() -> set[tuple[str, str]]:
    """(name, extra) of what the project file asks for, to run."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return {each for text in project["dependencies"] for each in _with_extras(Requirement(text))}


def runtime_names(present: Mapping[str, metadata.Distribution]) -> set[str]:
    """What the product itself needs, down to the last; the rest of the lock is for development."""
    waiting, found = direct_names(), set[tuple[str, str]]()
    while waiting:
        name, extra = waiting.pop()
        found.add((name, extra))
        if name in present:
            waiting |= needs(present[name], extra) - found
    return {name for name, _extra in found}


def _with_extras(requirement: Requirement) -> set[tuple[str, str]]:
    name = canonicalize_name(requirement.name)
    return {(name, extra) for extra in ("", *requirement.extras)}
