"""XML from strangers: entities are refused, nothing is fetched, and no tree is deeper than the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from pipelines.readers.archives import ENTITIES
from pipelines.readers.limits import Limits, too_deep
from pipelines.readers.refusals import hostile

if TYPE_CHECKING:
    from lxml.etree import _Element

# XML that is none, an encoding that Python does not know or that its text breaks, numbers and dates that are none.
XML_ERRORS = (expat.ExpatError, LookupError, ValueError)


def new_parser(encoding: str | None = None) -> expat.XMLParserType:
    """An expat parser that raises UnreadableFile (`hostile_file`) where the XML declares an entity."""
    parser = expat.ParserCreate(encoding)

    def refuse(*_declaration: object) -> None:
        raise hostile(*ENTITIES)

    parser.EntityDeclHandler = refuse
    return parser


def tree(xml: bytes, limits: Limits) -> _Element:
    """The root element, looked at by expat before lxml builds anything.

    Raises UnreadableFile (`hostile_file`), expat.ExpatError or lxml.etree.XMLSyntaxError.
    """
    from lxml import etree

    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.nesting:
            raise too_deep(limits.nesting)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(xml, True)
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    return etree.fromstring(xml, safe)
