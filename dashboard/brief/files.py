"""From a published database to the three files of a brief."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.brief.country import country
from dashboard.brief.fitting import fitted
from dashboard.brief.pdf import pdf
from dashboard.brief.province import province
from dashboard.brief.records import Reader
from dashboard.brief.structure import COUNTRY, Brief
from dashboard.brief.word import word
from dashboard.brief.workbook import workbook
from dashboard.warehouse import Published

# One writer per ending; all draw the same brief.
WRITERS: dict[str, Callable[[Brief], bytes]] = {".docx": word, ".pdf": pdf, ".xlsx": workbook}


class NoBrief(Exception):
    """There is nothing to write a brief of; the message says what to do."""


def compute(published: Published, province_code: str, is_present: bool) -> Brief:
    """The brief of a province, or of the country where `province_code` is ''. Raises NoBrief.

    `is_present` is False where the database is one of an earlier day.
    """
    if published.row("run")["newest_on"] is None:
        raise NoBrief(
            "Chưa lập được báo cáo: đến ngày đã chọn chưa có báo cáo nào của địa phương. Hãy nhận báo cáo "
            "(tiendo ingest) hoặc chọn ngày muộn hơn."
        )
    if not province_code:
        return country(Reader(published, COUNTRY), is_present)
    known = [row["province_code"] for row in published.rows("provinces")]
    if province_code not in known:
        raise NoBrief(f"Không có tỉnh, thành phố mã “{province_code}”. Mã gồm hai chữ số, ví dụ 91 (An Giang).")
    return province(Reader(published, province_code), is_present)


def write(brief: Brief, ending: str) -> bytes:
    """The file in the format of `ending`, one of `WRITERS`; all three are made of the brief that fits its pages."""
    return WRITERS[ending](fitted(brief))


def file_name(brief: Brief, ending: str) -> str:
    """`bao-cao_91_2026-02-25_biet-den-2026-02-28_mo-phong.docx`: what tells briefs apart stands in their names."""
    unit = "ca-nuoc" if brief.unit == COUNTRY else brief.unit
    mark = "_mo-phong" if brief.is_simulated else ""
    return f"bao-cao_{unit}_{brief.as_of_on:%Y-%m-%d}_biet-den-{brief.known_at:%Y-%m-%d}{mark}{ending}"
