"""How the form looks: Times New Roman, black on white, thin rules, as administrative forms do.

Belongs here: fonts, borders, alignment, what is locked. Does not belong here: any text or place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

SIMULATED_COLOUR = "#C00000"
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CENTRED = {"align": "center", "text_wrap": True}
_BOXED = {"border": 1}
_OPEN = {"locked": False}
# A little air between a figure or a name and the rule beside it.
_FIGURE = {"num_format": "#,##0", "align": "right", "indent": 1}
_NAME = {"text_wrap": True, "align": "left", "indent": 1}


@dataclass(frozen=True, slots=True)
class Styles:
    """The cell formats of one workbook; the names that start with `input` belong to unlocked cells."""

    agency: Format
    office: Format
    motto: Format
    form_code: Format
    title: Format
    simulated: Format
    as_of: Format
    input_as_of: Format
    guidance: Format
    unit_line: Format
    heading: Format
    number: Format
    ordinal: Format
    text: Format
    section: Format
    section_ordinal: Format
    total_label: Format
    total: Format
    input_count: Format
    input_date: Format
    input_text: Format
    place_and_date: Format
    signature: Format
    signature_note: Format


def make_styles(workbook: Workbook) -> Styles:
    """Register every format once per workbook."""

    def style(*parts: Mapping[str, object], **more: object) -> Format:
        merged: dict[str, object] = dict(_FONT)
        for part in parts:
            merged.update(part)
        merged.update(more)
        return workbook.add_format(merged)

    return Styles(
        agency=style(_CENTRED),
        office=style(_CENTRED, bold=True),
        motto=style(_CENTRED, bold=True, underline=1),
        form_code=style(bold=True, italic=True),
        title=style(_CENTRED, bold=True, font_size=14),
        simulated=style(bold=True, font_size=14, font_color=SIMULATED_COLOUR),
        as_of=style(_CENTRED, italic=True),
        input_as_of=style(_CENTRED, _OPEN, italic=True),
        guidance=style(italic=True, font_size=11),
        unit_line=style(italic=True, align="right"),
        heading=style(_CENTRED, _BOXED, bold=True),
        number=style(_CENTRED, _BOXED, italic=True, font_size=10),
        ordinal=style(_CENTRED, _BOXED),
        text=style(_BOXED, _NAME),
        section=style(_BOXED, _NAME, bold=True),
        section_ordinal=style(_CENTRED, _BOXED, bold=True),
        total_label=style(_CENTRED, _BOXED, bold=True),
        total=style(_BOXED, _FIGURE, bold=True),
        input_count=style(_BOXED, _OPEN, _FIGURE),
        input_date=style(_BOXED, _OPEN, num_format="dd/mm/yyyy", align="center"),
        input_text=style(_BOXED, _OPEN, _NAME),
        place_and_date=style(_CENTRED, _OPEN, italic=True),
        signature=style(_CENTRED, bold=True),
        signature_note=style(_CENTRED, italic=True, font_size=11),
    )
