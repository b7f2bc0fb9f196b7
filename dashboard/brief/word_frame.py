"""What stands outside the text of the Word document: page numbers, and for simulated figures a line and a watermark."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section, _Header
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.brief import layout

VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
# Word's own kind of watermark: a text on a path, turned, in the middle of the page, behind the text.
SHAPE = """<w:r {w}><w:rPr><w:noProof/></w:rPr><w:pict {vml}>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>
<v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>
</v:shapetype>
<v:shape id="watermark{place}" o:spid="_x0000_s{place}" type="#_x0000_t136" alt="{text}" o:allowincell="f"
 style="position:absolute;margin-left:0;margin-top:0;width:560pt;height:70pt;rotation:308;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;
mso-position-vertical-relative:page" fillcolor="{colour}" stroked="f">
<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt;font-weight:bold" string="{text}"/>
<w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict></w:r>"""
FIRST_SHAPE, OTHER_SHAPE = 2049, 2050


def plain(paragraph: Paragraph) -> Paragraph:
    """Single-spaced, no room before or after."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def head_and_foot(section: Section, is_simulated: bool) -> None:
    """The number above the text from the second page on; simulated figures are marked on every page."""
    section.different_first_page_header_footer = True
    first, others = section.first_page_header, section.header
    if is_simulated:
        _mark(first, FIRST_SHAPE)
        _mark(others, OTHER_SHAPE)
    number = plain(others.add_paragraph() if is_simulated else others.paragraphs[0])
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for content in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText>PAGE</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        run = number.add_run()
        run.font.size = Pt(layout.NUMBER)
        tag = content.replace("/>", f" {nsdecls('w')}/>", 1) if content.endswith("/>") else _named(content)
        run._r.append(parse_xml(tag))


def _named(content: str) -> str:
    """The element with its name space."""
    return content.replace(">", f" {nsdecls('w')}>", 1)


def _mark(header: _Header, place: int) -> None:
    line = plain(header.paragraphs[0])
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(layout.SIMULATED)
    run.bold, run.font.size = True, Pt(layout.SMALL)
    run.font.color.rgb = RGBColor.from_string(layout.SIMULATED_COLOUR.removeprefix("#"))
    shape = SHAPE.format(w=nsdecls("w"), vml=VML, place=place, text=layout.WATERMARK, colour=layout.WATERMARK_COLOUR)
    line._p.append(parse_xml(shape))
