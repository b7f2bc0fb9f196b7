"""What a published version is made of: the hash of each of its files, and how far the journal had come.

`manifest.json` is written before the version gets its name; the journal notes its hash before the version becomes
current. So a byte altered anywhere in a version, and lines cut off the journal's end, contradict each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipelines.durable import file_sha256

MANIFEST = "manifest.json"


class ManifestDamaged(RuntimeError):
    """A version's manifest can't be read."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a version rests on: its run, the journal's length in lines and the hash of its last line, and the sha256 of
    each reference table by file name.
    """

    run_id: str
    journal_lines: int
    journal_head: str
    reference: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The basis of a version, and {name: (size in bytes, sha256)} of its files."""

    basis: Basis
    files: Mapping[str, tuple[int, str]]

    def written(self) -> bytes:
        """The manifest as it is kept."""
        basis = self.basis
        content = {
            "run_id": basis.run_id,
            "journal": {"line_count": basis.journal_lines, "sha256": basis.journal_head},
            "reference": dict(sorted(basis.reference.items())),
            "files": {
                name: {"byte_count": byte_count, "sha256": sha256}
                for name, (byte_count, sha256) in sorted(self.files.items())
            },
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def describe(folder: Path, basis: Basis) -> bytes:
    """The manifest of the files in a folder."""
    paths = list(folder.iterdir())
    # Hashing leaves other threads room, and the files are what a long history makes large.
    with ThreadPoolExecutor(len(paths) or 1) as threads:
        hashes = list(threads.map(file_sha256, paths))
    files = {path.name: (path.stat().st_size, sha256) for path, sha256 in zip(paths, hashes, strict=True)}
    return Manifest(basis, files).written()


def read_manifest(version: Path) -> Manifest | None:
    """The manifest of a version; None where it has none (earlier releases wrote none). Raises ManifestDamaged."""
    path = version / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        journal = content["journal"]
        basis = Basis(content["run_id"], journal["line_count"], journal["sha256"], content["reference"])
        return Manifest(basis, {name: (file["byte_count"], file["sha256"]) for name, file in content["files"].items()})
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestDamaged(f"{path} is not as it was written ({error}).") from error


def altered_files(version: Path, manifest: Manifest) -> list[str]:
    """Names of the files of a version that are not those of its manifest: altered, missing or added."""
    there = {path.name for path in version.iterdir()} - {MANIFEST}
    return sorted(there ^ set(manifest.files)) + [
        name
        for name, (byte_count, sha256) in manifest.files.items()
        if name in there and ((version / name).stat().st_size != byte_count or file_sha256(version / name) != sha256)
    ]
