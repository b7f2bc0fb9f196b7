"""Finds bytes that are not those that were written: landing, journal, published versions, reference tables, warehouse.

Nothing is derived here; `verification.py` does that. Each finding names the file and says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from audit_trail import chain
from pipelines.durable import file_sha256
from pipelines.landing.journal import HEAD, Journal, JournalBroken
from pipelines.landing.store import JOURNAL, LandedFileDamaged, Landing
from pipelines.publish.manifest import MANIFEST, Manifest, ManifestDamaged, altered_files, read_manifest
from pipelines.publish.versions import CURRENT, versions
from pipelines.reference.load import read_contents
from pipelines.seal import is_altered
from pipelines.settings import Settings

_LOG_BREAKS = {
    "unreadable": "dòng này không đọc được",
    "altered": "dòng này bị sửa, hoặc dòng ngay sau nó bị xóa hay chèn thêm",
    "missing_end": "các dòng sau dòng này bị xóa",
    "missing_head": "tệp ghi dấu của dòng cuối không còn",
}
EDITED = (
    "Danh mục đã thay đổi sau lần công bố gần nhất. Nếu do người có trách nhiệm sửa: chạy tiendo nightly rồi kiểm tra "
    "lại. Nếu không: khôi phục tệp từ bản sao lưu."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree; `message_vi` says where and what to do."""

    subject: str
    message_vi: str


def landing_findings(settings: Settings) -> list[Finding]:
    """Altered or missing bytes of the landing, and a journal whose chain does not hold."""
    try:
        landing = Landing(settings.folders().landing, is_writer=False)
    except JournalBroken as error:
        return [Finding(f"landing/{JOURNAL}", f"Sổ ghi tệp đến bị sửa: {error} Khôi phục từ bản sao lưu.")]
    findings = []
    for arrival in {arrival.sha256: arrival for arrival in reversed(landing.journal.arrivals)}.values():
        try:
            landing.bytes_of(arrival)
        except LandedFileDamaged as error:
            findings.append(Finding(arrival.file_name, f"Tệp gốc bị sửa hoặc mất: {error}"))
    return findings


def journal_end_findings(journal: Journal) -> list[Finding]:
    """Lines cut off the end of the journal, or altered there, which no version rests on yet. The caller is the writer,
    or no night runs."""
    return [Finding(f"landing/{JOURNAL}", _OTHER_END)] if journal.is_cut else []


def audit_findings(settings: Settings) -> list[Finding]:
    """Lines of the access log that were altered or are missing."""
    return [
        Finding(f"audit/{found.place}", f"Nhật ký truy cập: {_LOG_BREAKS[found.kind]}. Đối chiếu với bản sao lưu.")
        for found in chain.breaks(settings.folders().audit)
    ]


def published_findings(settings: Settings, journal: Journal) -> list[Finding]:
    """Files of published versions that are not what their manifests say, and manifests that the journal contradicts."""
    published = settings.folders().published
    current = (published / CURRENT).resolve().name
    noted = {item.version: (item.run_id, item.manifest_sha256) for item in journal.publications}
    findings: list[Finding] = []
    for version in versions(published):
        place = f"published/{version.name}"
        try:
            manifest = read_manifest(version)
        except ManifestDamaged as error:
            findings.append(Finding(f"{place}/{MANIFEST}", f"Bản kê của bản công bố bị sửa: {error} {_REBUILD}"))
            continue
        if manifest is None:
            # Versions that earlier releases have published bear no manifest, and the journal does not know them.
            if version.name in noted:
                findings.append(Finding(f"{place}/{MANIFEST}", f"Bản kê của bản công bố bị mất. {_REBUILD}"))
            continue
        if noted.get(version.name) not in (None, (manifest.basis.run_id, file_sha256(version / MANIFEST))):
            findings.append(Finding(f"{place}/{MANIFEST}", f"Bản kê không phải là bản mà sổ đã ghi. {_REBUILD}"))
        if not _journal_reaches(journal, manifest) or (version.name == current and version.name not in noted):
            findings.append(Finding(f"landing/{JOURNAL}", _CUT.format(version.name)))
        findings.extend(
            Finding(f"{place}/{name}", f"Tệp công bố bị sửa, bị mất hoặc thêm vào. {_REBUILD}")
            for name in altered_files(version, manifest)
        )
    return findings


_REBUILD = "Chạy tiendo rebuild: số liệu được dựng lại từ tệp gốc, bản hỏng được bỏ đi."
_OTHER_END = (
    f"Dòng cuối của sổ ghi tệp đến không phải là dòng mà landing/{HEAD} đã ghi: các dòng cuối bị xóa hoặc bị sửa. "
    "Khôi phục cả hai tệp từ bản sao lưu."
)
_CUT = "Sổ ghi tệp đến thiếu các dòng cuối mà bản công bố {} đã dựa vào. Khôi phục từ bản sao lưu."


def _journal_reaches(journal: Journal, manifest: Manifest) -> bool:
    return journal.head_at(manifest.basis.journal_lines) == manifest.basis.journal_head


def reference_findings(settings: Settings, published: Path) -> list[Finding]:
    """Tables edited since the last night would make everything look altered; they are named instead."""
    try:
        manifest = read_manifest(published.parent)
    except ManifestDamaged:
        # A finding of its own, see `published_findings`.
        return []
    if manifest is None:
        return []
    contents = read_contents(settings.reference_directory())
    now = {name: sha256(content).hexdigest() for name, content in contents.items()}
    then = manifest.basis.reference
    return [
        Finding(
            f"reference/{name}",
            EDITED,
        )
        for name in sorted(now.keys() | then.keys())
        if now.get(name) != then.get(name)
    ]


def damaged_versions(published: Path) -> Iterator[Path]:
    """Versions whose files are not what their manifest says."""
    for version in versions(published):
        try:
            manifest = read_manifest(version)
        except ManifestDamaged:
            yield version
        else:
            if manifest is not None and altered_files(version, manifest):
                yield version


def warehouse_findings(database: Path) -> list[Finding]:
    """A working database whose bytes are not those that the last run has left."""
    if not is_altered(database):
        return []
    return [
        Finding(
            f"{database.parent.name}/{database.name}",
            "Kho làm việc đã bị sửa sau lần chạy gần nhất. Chạy tiendo rebuild để dựng lại từ tệp gốc.",
        )
    ]
