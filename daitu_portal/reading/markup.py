"""XML as office files hold it: through expat, without document types, entities or their like."""

from collections.abc import Callable, Iterator
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_BETWEEN = " "  # what expat puts between a namespace and a name
_PIECE = 256 * 1024


class ForbiddenDeclaration(Exception):
    """The XML declares a document type (DTD) or an entity: no office program writes one."""


def guarded_parser(*, has_namespaces: bool = True) -> expat.XMLParserType:
    """A parser that refuses every declaration of a document type or an entity."""
    parser = expat.ParserCreate(namespace_separator=_BETWEEN if has_namespaces else None)
    parser.buffer_text = True
    parser.buffer_size = 64 * 1024
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_entity
    return parser


def _refuse_doctype(*_declared: object) -> None:
    raise ForbiddenDeclaration("DTD")


def _refuse_entity(*_declared: object) -> None:
    raise ForbiddenDeclaration("Entity")


class LocalNames(dict[str, str]):
    """Names without their namespace; each is cut once. Transitional and strict files differ only
    in namespaces."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(_BETWEEN)[2]
        self[name] = local
        return local


def feed(parser: expat.XMLParserType, source: IO[bytes]) -> None:
    """Parse all of `source`, a piece at a time."""
    while piece := source.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def tree_of(source: IO[bytes]) -> Element:
    """A small part as a tree; names of elements and attributes without their namespaces."""
    parser, builder, names = guarded_parser(), TreeBuilder(), LocalNames()
    parser.StartElementHandler = lambda name, attributes: builder.start(
        names[name], {names[key]: value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: builder.end(names[name])
    parser.CharacterDataHandler = builder.data
    feed(parser, source)
    return builder.close()


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def walk(source: IO[bytes], start: Start, end: End, text: Callable[[str], None]) -> None:
    """Go through `source` once, calling with local names."""
    parser, names = guarded_parser(), LocalNames()
    parser.StartElementHandler = lambda name, attributes: start(names[name], attributes)
    parser.EndElementHandler = lambda name: end(names[name])
    parser.CharacterDataHandler = text
    feed(parser, source)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of `element` that are called `name`."""
    return (child for child in element if child.tag == name)


def is_true(value: str | None) -> bool:
    """An attribute of yes or no, as XML writes it."""
    return value in ("1", "true", "on")
