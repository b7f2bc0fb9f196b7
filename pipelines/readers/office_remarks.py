"""What an office file brings along beside its cells: it is never run, fetched or opened, and its sender is told so."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence

from pipelines.readers.cells import Remark

RULE = "ignored_content"
_ANYWHERE = re.IGNORECASE | re.MULTILINE
_PARTS: Sequence[tuple[re.Pattern[str], str, str]] = (
    (
        re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/|Basic/)", _ANYWHERE),
        "macro; macro không được chạy, chỉ đọc số liệu trong ô",
        "macros; they were not run, only the cells were read",
    ),
    (
        re.compile(r"(?:^|/)externalLinks/", _ANYWHERE),
        "liên kết tới tệp khác; tệp đó không được mở, lấy giá trị đã lưu sẵn trong ô",
        "links to other files; those were not opened, the values stored in the cells were taken",
    ),
    (
        re.compile(r"(?:^|/)(?:connections\.xml|queryTables/)", _ANYWHERE),
        "kết nối tới nguồn dữ liệu ngoài; nguồn đó không được gọi, lấy giá trị đã lưu sẵn trong ô",
        "connections to outside data; they were not used, the values stored in the cells were taken",
    ),
    (
        re.compile(r"(?:^|/)(?:embeddings|activeX)/", _ANYWHERE),
        "tệp hoặc đối tượng nhúng bên trong; phần này không được đọc",
        "embedded files or objects; they were not read",
    ),
)
# Functions and links by which a formula reaches out of its workbook.
_REACHING_OUT = re.compile(
    rb"\b(?:HYPERLINK|WEBSERVICE|RTD|CALL|EXEC|REGISTER(?:\.ID)?)\s*\(|\|\s*(?:'|&apos;)", re.IGNORECASE
)


def macros() -> Remark:
    """The remark on macros, for formats that keep them elsewhere."""
    _, detail, detail_en = _PARTS[0]
    return Remark(RULE, "", detail, detail_en)


def remarks_on_parts(archive: zipfile.ZipFile) -> list[Remark]:
    """One remark per kind of content that is left alone, by the names of the archive's parts."""
    names = "\n".join(archive.namelist())
    return [Remark(RULE, "", detail, detail_en) for pattern, detail, detail_en in _PARTS if pattern.search(names)]


def reaches_out(formulas: bytes) -> bool:
    """Whether formulas link to web pages, other programs (DDE) or code."""
    return _REACHING_OUT.search(formulas) is not None


def reaching_formulas(place: str) -> Remark:
    """The remark on such formulas in a sheet."""
    return Remark(
        RULE,
        place,
        "công thức gọi ra ngoài (HYPERLINK, WEBSERVICE, DDE…); không được chạy, lấy giá trị đã lưu sẵn trong ô",
        "formulas that reach out (HYPERLINK, WEBSERVICE, DDE …); they were not run, the stored values were taken",
    )


def formula_names(names: Sequence[str]) -> Remark:
    """The remark on defined names that hold formulas which reach out, or that run by themselves."""
    shown = ", ".join(name[:40] for name in names[:5])
    return Remark(
        RULE,
        "",
        f"tên vùng chứa lệnh hoặc công thức gọi ra ngoài ({shown}); các tên này không được dùng",
        f"defined names with commands or formulas that reach out ({shown}); they were not used",
    )
