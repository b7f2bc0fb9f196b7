"""Files that are meant to harm: what each is after, and what stops it. The list in `docs/security.md` is made of it."""

from __future__ import annotations

import bz2
import gzip
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.corpus.documents import word, xml_2003
from tests.corpus.grids import grid
from tests.corpus.paper import assembled
from tests.corpus.spreadsheets import ods, with_macros, xlsx
from tests.readers.workbooks import FIRST_SHEET, packed, unpacked

TABLE = grid(
    """
    UBND TỈNH AN GIANG
    Tính đến ngày 13/02/2026
    STT | Xã, phường | Biên chế giao | CBCC hiện có | Ghi chú
    1 | Phường Long Xuyên | 61 | 58 |
    """,
    "Biểu 04",
)
REPORT = xlsx(TABLE)
SHARED_STRINGS = "xl/sharedStrings.xml"
NESTED_ENTITIES = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
BILLION = f'[<!ENTITY e0 "ha">{NESTED_ENTITIES}]'
FOREIGN = '[<!ENTITY e9 SYSTEM "file:///etc/passwd">]'
PARAMETER = '[<!ENTITY % e9 SYSTEM "http://127.0.0.1:1/x.dtd"> %e9;]'


class Hostile(NamedTuple):
    """`refused` None: the file is read, and what is hostile in it is left alone; else the words of the refusal."""

    name: str
    attack: str
    stopped_by: str
    content: Callable[[], bytes]
    refused: str | None = "hostile_file"


def with_doctype(parts: Mapping[str, bytes], part: str, root: bytes, doctype: str) -> bytes:
    """An archive in which one part declares something before its root element, and uses it."""
    xml = parts[part]
    at = xml.index(b"<" + root)
    declared = xml[:at] + f"<!DOCTYPE {root.decode()} {doctype}>".encode() + xml[at:]
    return packed({**parts, part: declared.replace(b"UBND", b"&e9;", 1)})


def nested(depth: int) -> bytes:
    """Archives inside archives, blanks in the innermost."""
    content = bytes(1_000_000)
    for level in range(depth):
        content = packed({f"{level}.zip": content})
    return packed({**unpacked(REPORT), "xl/media/inner.zip": content})


def overlapping(count: int) -> bytes:
    """A workbook in whose list many entries lie at the same place, over one compressed block of 5 MB."""
    data = bytes(5_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(data) + packer.flush()
    start = struct.unpack("<I", REPORT[-6:-2])[0]
    listed, own = REPORT[start:-22], struct.unpack("<H", REPORT[-12:-10])[0]
    names = [f"xl/media/{number:04d}.bin".encode() for number in range(count)]
    common = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, zlib.crc32(data), len(block), len(data))
    local = struct.pack("<I", 0x04034B50) + common + struct.pack("<HH", len(names[0]), 0) + names[0] + block
    for name in names:
        listed += struct.pack("<IH", 0x02014B50, 20) + common + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start)
        listed += name
    total = own + count
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, total, total, len(listed), start + len(local), 0)
    return REPORT[:start] + local + listed + end


def many_parts() -> bytes:
    return packed({**unpacked(REPORT), **{f"xl/media/{number}.bin": b"" for number in range(6_000)}})


def blanks(part: str, size: int) -> bytes:
    parts = unpacked(REPORT)
    return packed({**parts, part: parts.get(part, b"") + bytes(size)})


def deep_xml() -> bytes:
    inner = "<a>" * 50_000 + "</a>" * 50_000
    parts = unpacked(REPORT)
    return packed({**parts, FIRST_SHEET: parts[FIRST_SHEET].replace(b"</sheetData>", f"{inner}</sheetData>".encode())})


def pdf_bomb() -> bytes:
    """Pages whose drawing is a block of blanks packed three times over."""
    block = zlib.compress(zlib.compress(zlib.compress(b" " * 300_000_000, 1), 9), 9)
    filters = b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(block), filters, block),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, each) for at, each in enumerate(objects, 1))
    return body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def pdf_script() -> bytes:
    script = "<< /S /JavaScript /JS (app.launchURL('http://127.0.0.1:1/')) >>"
    return assembled(
        [
            f"<< /Type /Catalog /Pages 2 0 R /OpenAction {script} /AA << /WC {script} >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def pdf_circle() -> bytes:
    return assembled(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999 >>"])


def linked_workbook() -> bytes:
    """A workbook with a link to another machine and one to a file of this one."""
    link = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
    )
    added = {"xl/externalLinks/externalLink1.xml": link[0], "xl/externalLinks/_rels/externalLink1.xml.rels": link[1]}
    return packed({**unpacked(REPORT), **{name: text.encode() for name, text in added.items()}})


def remote_template() -> bytes:
    """A document whose template lies on another machine."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:1/x.dotm" TargetMode="External"/></Relationships>'
    )
    return packed({**unpacked(word(TABLE)), "word/_rels/settings.xml.rels": relation.encode()})


def xml_doctype(doctype: str) -> bytes:
    text = xml_2003(TABLE)
    at = text.index(b"<Workbook")
    return text[:at] + f"<!DOCTYPE Workbook {doctype}>".encode() + text[at:].replace(b"UBND", b"&e9;", 1)


def xlsx_doctype(doctype: str) -> bytes:
    return with_doctype(unpacked(REPORT), SHARED_STRINGS, b"sst", doctype)


LARGE, UNREAD, SCANNED, PACKED = "file_too_large", "unreadable_file", "scanned_file", "packed_file"
MEASURED, ENTITIES, ALONE = (
    "every part is unpacked once to its real end and counted, before anything is read",
    "entities are refused in every XML",
    "links, scripts and macros are never opened, fetched or run",
)
# Tighter than the defaults, so that small files try them.
LIMITS = {"TIENDO_MAX_EXPANDED_BYTES": "30000000", "TIENDO_MAX_PDF_MEMORY_BYTES": "400000000"}
FILES = [
    Hostile("nested.xlsx", "archives inside an archive, five deep", MEASURED, lambda: nested(5)),
    Hostile("overlap.xlsx", "2,000 entries over the same 5 MB (10 GB)", MEASURED, lambda: overlapping(2_000), LARGE),
    Hostile("parts.xlsx", "6,000 parts", "a limit on parts", many_parts, LARGE),
    Hostile("grows.xlsx", "a sheet that grows to 40 MB", MEASURED, lambda: blanks(FIRST_SHEET, 40_000_000), LARGE),
    Hostile("grows.docx", "a picture that grows to 40 MB", MEASURED,
            lambda: packed({**unpacked(word(TABLE)), "word/media/a.png": bytes(40_000_000)}), LARGE),
    Hostile("laughs.xlsx", "entities of entities in a workbook", ENTITIES, lambda: xlsx_doctype(BILLION)),
    Hostile("laughs.docx", "entities of entities in a document", ENTITIES,
            lambda: with_doctype(unpacked(word("UBND", TABLE)), "word/document.xml", b"w:document", BILLION)),
    Hostile("laughs.ods", "entities of entities in an OpenDocument table", ENTITIES,
            lambda: with_doctype(unpacked(ods(TABLE)), "content.xml", b"office:document-content", BILLION)),
    Hostile("laughs.xml", "entities of entities in an XML table", ENTITIES, lambda: xml_doctype(BILLION)),
    Hostile("foreign.xlsx", "an entity that names a file of the machine, in a workbook", ENTITIES,
            lambda: xlsx_doctype(FOREIGN)),
    Hostile("foreign.docx", "the same in a document", ENTITIES,
            lambda: with_doctype(unpacked(word("UBND", TABLE)), "word/document.xml", b"w:document", FOREIGN)),
    Hostile("foreign.ods", "the same in an OpenDocument table", ENTITIES,
            lambda: with_doctype(unpacked(ods(TABLE)), "content.xml", b"office:document-content", FOREIGN)),
    Hostile("foreign.xml", "the same in an XML table", ENTITIES, lambda: xml_doctype(FOREIGN)),
    Hostile("remote.xml", "a declaration to be fetched from another machine", ENTITIES, lambda: xml_doctype(PARAMETER)),
    Hostile("climbs.xlsx", "a part named `../../outside`", "such names are refused; nothing is unpacked to disk",
            lambda: packed({**unpacked(REPORT), "../../outside.xml": b"<a/>"})),
    Hostile("root.ods", "a part named `/etc/cron.d/x`", "such names are refused; nothing is unpacked to disk",
            lambda: packed({**unpacked(ods(TABLE)), "/etc/cron.d/x": b"* * * * * root id"})),
    Hostile("deep.xlsx", "50,000 elements inside one another", "a limit on depth", deep_xml, None),
    Hostile("deep.html", "50,000 tables inside one another", "a limit on depth",
            lambda: b"<html><table>" + b"<tr><td><table>" * 50_000, UNREAD),
    Hostile("deep.json", "JSON 1,000,000 deep", "no such format is read", lambda: b"[" * 1_000_000, LARGE),
    Hostile("bomb.pdf", "a page that unpacks to 300 MB", "a process of its own with limits on memory and time",
            pdf_bomb, LARGE),
    Hostile("circle.pdf", "a list of pages that contains itself", "a process of its own with limits", pdf_circle,
            SCANNED),
    Hostile("script.pdf", "JavaScript that runs when the file is opened", ALONE, pdf_script, SCANNED),
    Hostile("macro.xlsm", "a macro", ALONE, lambda: with_macros(REPORT), None),
    Hostile("links.xlsx", "links to a file of the machine", ALONE, linked_workbook, None),
    Hostile("template.docx", "a template on another machine", ALONE, remote_template, None),
    Hostile("packed.csv.gz", "a packed text of 30 MB", "packed files are not unpacked",
            lambda: gzip.compress(bytes(30_000_000), 1), PACKED),
    Hostile("packed.bz2", "the same with another packer", "packed files are not unpacked",
            lambda: bz2.compress(bytes(20_000_000)), "unsupported_format"),
    Hostile("line.csv", "one line of 25 MB", "a limit on the characters of a cell", lambda: b"x" * 25_000_000, LARGE),
    Hostile("large.csv", "31 MB", "refused by its size, before it is read", lambda: b"1,2\n" * 7_750_001, LARGE),
    Hostile("formulas.csv", "formulas and commands as values", "no formula is calculated, answers hold them as text",
            lambda: "Tỉnh;Biên chế\n=cmd|' /C calc'!A0;@SUM(1)\n+1+1;-2+3\n".encode(), None),
]  # fmt: skip
