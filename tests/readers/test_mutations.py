"""Files damaged on the way, by chance and with a fixed seed: every one is read or refused, none ends the program."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from pipelines.readers import READERS, Limits, UnreadableFile, read_file
from pipelines.readers.pdf_document import read_document
from tests.readers.samples import SAMPLES
from tests.readers.workbooks import packed, unpacked

LIMITS = Limits(cells=50_000, expanded_bytes=20_000_000)
RULES = {"unreadable_file", "unsupported_format", "file_too_large", "hostile_file", "packed_file", "scanned_file"}
ROUNDS = 60


def test_every_format_gives_the_same_table() -> None:
    expected = [["STT", "Tên xã", "Số"], ["1", "Sơn Hà", "12"], ["2", "Mỹ Hòa", "3.193"]]
    assert {kind: read_file(sample(), LIMITS).sheets[0].rows for kind, sample in SAMPLES.items()} == dict.fromkeys(
        SAMPLES, expected
    )
    assert set(SAMPLES) | {"mht"} == set(READERS)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    chance = random.Random(20260213)
    content = SAMPLES[kind]()
    for _ in range(ROUNDS):
        assert outcome(damaged(content, chance)) in RULES | {"read"}


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if zipfile.is_zipfile(io.BytesIO(SAMPLES[kind]()))])
def test_damage_inside_a_sound_archive_is_read_or_refused(kind: str) -> None:
    chance = random.Random(20260213)
    parts = unpacked(SAMPLES[kind]())
    for _ in range(ROUNDS):
        name = chance.choice(sorted(parts))
        assert outcome(packed({**parts, name: damaged(parts[name], chance)})) in RULES | {"read"}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Cut off, or with bytes turned over, lost or doubled."""
    if chance.random() < 0.2:
        return content[: chance.randrange(len(content))]
    mutated = bytearray(content)
    for _ in range(chance.choice([1, 2, 5, 20])):
        at, size, way = chance.randrange(len(mutated)), chance.randrange(1, 30), chance.randrange(3)
        if way == 0:
            mutated[at] ^= chance.randrange(1, 256)
        elif way == 1 and len(mutated) > size:
            del mutated[at : at + size]
        else:
            mutated[at:at] = mutated[at : at + size]
    return bytes(mutated)


def outcome(content: bytes) -> str:
    """`read`, or the rule of the refusal. PDF files without their own process, which would only take longer."""
    try:
        if content.startswith(b"%PDF"):
            read_document(content, LIMITS)
        else:
            read_file(content, LIMITS)
    except UnreadableFile as error:
        return error.rule
    return "read"
