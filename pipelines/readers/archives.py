"""What is looked at in every zip-based format before any of it is read: bombs, entities, paths, archives inside."""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy

from pipelines.readers.limits import Limits, too_many_bytes, too_many_parts
from pipelines.readers.refusals import hostile, protected

_IS_ENCRYPTED = 1
_CHUNK = 1 << 20
# A path that leaves the archive: nothing is ever written to disk here, but no office program makes such a name.
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f]")
_XML_PART = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_ENTITY = b"<!ENTITY"
_PACKED = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
# Workbooks and charts that somebody embedded with the office program lie here; they are never opened.
_EMBEDDED = re.compile(r"(?:^|/)(?:embeddings|Object [^/]*|ObjectReplacements)/", re.IGNORECASE)

# What zipfile and the decompressors below it raise for damaged archives; NotImplementedError for methods unknown to
# them, RuntimeError for entries that say they are encrypted, OSError where bz2 meets other bytes.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
ENTITIES = ("tệp khai báo thực thể XML", "the XML declares entities")


def refuse_hostile_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raises UnreadableFile; first by what the archive says of itself, then by what it holds, since it may lie.

    Raises one of ARCHIVE_ERRORS for damaged archives.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise protected("the archive is encrypted")
    if len(entries) > limits.archive_entries:
        raise too_many_parts(len(entries), limits.archive_entries)
    for entry in entries:
        if _OUTSIDE.search(entry.filename):
            name = entry.filename[:60]
            raise hostile(f"tên phần “{name}” trỏ ra ngoài tệp", f"the part name {name!r} leads outside the file")
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.expanded_bytes:
        raise too_many_bytes(declared, limits.expanded_bytes, is_expanded=True)
    expanded = 0
    for entry in entries:
        for chunk in _chunks(archive, entry, limits):
            expanded += len(chunk)
            if expanded > limits.expanded_bytes:
                raise too_many_bytes(expanded, limits.expanded_bytes, is_expanded=True)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """The entry to its real end, piece by piece; refuses entities and archives inside on the way."""
    to_its_real_end = copy(entry)
    to_its_real_end.file_size = limits.expanded_bytes + 2 * _CHUNK
    is_xml, tail = _XML_PART.search(entry.filename) is not None, b""
    with archive.open(to_its_real_end) as part:
        chunk = part.read(_CHUNK)
        if chunk.startswith(_PACKED) and not _EMBEDDED.search(entry.filename):
            name = entry.filename[:60]
            raise hostile(f"có tệp nén “{name}” giấu bên trong", f"an archive inside, {name!r}")
        while chunk:
            if is_xml and _ENTITY in tail + chunk:
                raise hostile(*ENTITIES)
            tail = chunk[-len(_ENTITY) :]
            yield chunk
            chunk = part.read(_CHUNK)
