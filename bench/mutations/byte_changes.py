"""Files damaged after they were written: their bytes, the entries of their archive, the XML inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random

from bench.mutations.formats import zipped

Damage = Callable[[bytes, Random], bytes]
Parts = list[tuple[str, bytes]]


def _flip(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _flip_bit(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(content: bytes, rng: Random) -> bytes:
    return content[: rng.randrange(len(content))]


def _stretch(content: bytes, rng: Random) -> tuple[int, int]:
    """Begin and end of a piece: from a byte to a third of the file."""
    begin = rng.randrange(len(content))
    return begin, min(len(content), begin + rng.randint(1, rng.choice((4, 64, 1024, max(5, len(content) // 3)))))


def _remove(content: bytes, rng: Random) -> bytes:
    begin, end = _stretch(content, rng)
    return content[:begin] + content[end:]


def _repeat(content: bytes, rng: Random) -> bytes:
    begin, end = _stretch(content, rng)
    return content[:end] + content[begin:end] + content[end:]


def _zero(content: bytes, rng: Random) -> bytes:
    begin, end = _stretch(content, rng)
    return content[:begin] + bytes(end - begin) + content[end:]


def _surround(content: bytes, rng: Random) -> bytes:
    more = rng.choice((rng.randbytes(rng.randint(1, 400)), b"\r\n" * 40, bytes(512), content))
    return rng.choice((content + more, more + content))


def _swap_stretches(content: bytes, rng: Random) -> bytes:
    one, two, three = sorted(rng.randrange(len(content)) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


ANY_FILE: Mapping[str, Damage] = {
    "bytes: 1 to 8 changed": _flip,
    "bytes: one bit flipped": _flip_bit,
    "bytes: truncated": _truncate,
    "bytes: piece removed": _remove,
    "bytes: piece repeated": _repeat,
    "bytes: piece zeroed": _zero,
    "bytes: pieces swapped": _swap_stretches,
    "bytes: more before or after": _surround,
}


def _in_archive(change: Callable[[Parts, Random], Parts]) -> Damage:
    def damaged(content: bytes, rng: Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
        return zipped(change(parts, rng))

    return damaged


def _swap_entries(parts: Parts, rng: Random) -> Parts:
    one, other = rng.sample(range(len(parts)), 2)
    changed = list(parts)
    changed[one], changed[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    return changed


def _rename_entry(parts: Parts, rng: Random) -> Parts:
    place = rng.randrange(len(parts))
    name, part = parts[place]
    other = rng.choice((name.upper(), f"../{name}", name.replace("sheet", "shoot"), name + "x", f"/{name}", name[:-1]))
    return [*parts[:place], (other, part), *parts[place + 1 :]]


def _drop_entry(parts: Parts, rng: Random) -> Parts:
    gone = rng.randrange(len(parts))
    return [item for place, item in enumerate(parts) if place != gone]


def _repeat_entry(parts: Parts, rng: Random) -> Parts:
    """The same name twice, with the bytes of itself or of another entry."""
    name = rng.choice(parts)[0]
    return [*parts, (name, rng.choice(parts)[1])]


def _flip_in_part(parts: Parts, rng: Random) -> Parts:
    place = _told(parts, rng)
    name, part = parts[place]
    return [*parts[:place], (name, _flip(part, rng) if part else part), *parts[place + 1 :]]


def _told(parts: Parts, rng: Random) -> int:
    """Which part: mostly one of those that hold the sheets, or what these refer to."""
    telling = re.compile(r"xl/(worksheets/|sharedStrings|workbook\.|styles|_rels)|content\.xml|word/document")
    places = [place for place, (name, _) in enumerate(parts) if telling.match(name)]
    return rng.choice(places) if places and rng.random() < 0.85 else rng.randrange(len(parts))


_DIGIT, _TAG, _ATTRIBUTE = re.compile(rb"\d"), re.compile(rb"</?[\w:]+"), re.compile(rb'([\w:]+)="([^"]*)"')
_ITEM = re.compile(rb'(t="s"[^>]*><v>)(\d+)(</v>)')
_REFERENCE = re.compile(rb'(<c r=")([A-Z]+\d+)(")')
_SHEET = re.compile(rb"<sheet [^>]*/>")


def in_text(content: bytes, rng: Random) -> bytes:
    """XML or HTML changed by a program that knows no better."""
    return rng.choice(_TEXT_CHANGES)(content, rng)


def _at_one(pattern: re.Pattern[bytes], replacement: Callable[[re.Match[bytes], Random], bytes]) -> Damage:
    def changed(content: bytes, rng: Random) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content
        match = rng.choice(found)
        return content[: match.start()] + replacement(match, rng) + content[match.end() :]

    return changed


def _swap_two(pattern: re.Pattern[bytes]) -> Damage:
    def changed(content: bytes, rng: Random) -> bytes:
        found = list(pattern.finditer(content))
        if len(found) < 2:
            return content
        one, other = sorted(rng.sample(found, 2), key=lambda match: match.start())
        between = content[one.end() : other.start()]
        return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]

    return changed


def _other_attribute(match: re.Match[bytes], rng: Random) -> bytes:
    value = rng.choice((b"", b"-1", b"0", b"999999999", b"A1", b"x" * 300, match[2] + b"0", match[2][:-1]))
    return match[1] + b'="' + value + b'"'


def _with_entities(content: bytes, _: Random) -> bytes:
    entities = b'<!DOCTYPE a [<!ENTITY b "13"><!ENTITY c "&b;&b;&b;&b;">]>'
    head, sign, body = content.partition(b"?>")
    return (head + sign + entities + body if sign else entities + content).replace(b"13", b"&c;", 3)


_TEXT_CHANGES: tuple[Damage, ...] = (
    _at_one(_DIGIT, lambda _, rng: str(rng.randint(0, 9)).encode()),
    _at_one(_TAG, lambda match, rng: rng.choice((b"", b"<", match[0] + b"x", b"</" + match[0].strip(b"</")))),
    _at_one(_TAG, lambda match, rng: match[0] + b">" + match[0]),
    _at_one(_ATTRIBUTE, _other_attribute),
    _at_one(_ITEM, lambda match, rng: match[1] + str(int(match[2]) + rng.choice((-1, 1, 900))).encode() + match[3]),
    _at_one(
        _REFERENCE, lambda match, rng: match[1] + rng.choice((b"E12", b"XFD1048576", b"A0", b"", b"D11")) + match[3]
    ),
    _swap_two(_ITEM),
    _swap_two(_REFERENCE),
    _swap_two(_SHEET),
    _swap_two(_TAG),
    _swap_two(_ATTRIBUTE),
    _with_entities,
)


def _change_part(parts: Parts, rng: Random) -> Parts:
    place = _told(parts, rng)
    name, part = parts[place]
    return [*parts[:place], (name, in_text(part, rng)), *parts[place + 1 :]]


ARCHIVES: Mapping[str, Damage] = {
    "entries: two swapped": _in_archive(_swap_entries),
    "entries: renamed": _in_archive(_rename_entry),
    "entries: one missing": _in_archive(_drop_entry),
    "entries: one twice": _in_archive(_repeat_entry),
    "parts: bytes changed": _in_archive(_flip_in_part),
    "parts: XML changed": _in_archive(_change_part),
}
TEXTS: Mapping[str, Damage] = {"text: changed": in_text}


def damages(content: bytes, file_format: str) -> Mapping[str, Damage]:
    """What can be done to a file."""
    if content.startswith(b"PK"):
        return {**ANY_FILE, **ARCHIVES}
    return {**ANY_FILE, **TEXTS} if file_format in ("html", "xml 2003") else ANY_FILE
