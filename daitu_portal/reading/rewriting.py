"""Writes XML anew while it is read, element by element, so that what is not touched stays."""

import re
from typing import IO
from xml.sax.saxutils import escape

from daitu_portal.reading.markup import feed, guarded_parser

_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_IN_TEXT = {"\r": "&#13;"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = 10_000  # kept before they are written: each writing is packed on its own
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Attributes = dict[str, str]


def written_text(text: str) -> str:
    """`text` as XML holds it, without the characters that none may hold."""
    return escape(_FORBIDDEN.sub("", text), _IN_TEXT)


def start_tag(name: str, attributes: Attributes) -> str:
    """The tag that begins an element."""
    told = "".join([f' {key}="{_in_attribute(value)}"' for key, value in attributes.items()])
    return f"<{name}{told}>"


def empty_tag(name: str, attributes: Attributes) -> str:
    """An element that holds nothing."""
    return f"{start_tag(name, attributes)[:-1]}/>"


def _in_attribute(value: str) -> str:
    return value if value.isalnum() else escape(value, _IN_ATTRIBUTE)


class Rewriter:
    """Copies a part; heirs say what changes. Names come as the part has them, without the prefix
    of its root.

    `start` may change the attributes it is given; what it or `end` returns False for is left out
    with all that stands in it. `add` writes between two events.
    """

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._left_out = 0  # how deep within what is left out
        self._cut = 0
        self._pieces: list[str] = []
        self.prefix = ""
        self.path: list[str] = []  # from the root to where the reading stands

    def rewrite(self, source: IO[bytes]) -> None:
        """Copy the whole part. Raises ExpatError and ForbiddenDeclaration."""
        parser = guarded_parser(has_namespaces=False)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        self.add(HEAD)
        feed(parser, source)
        self._flush()

    def add(self, markup: str) -> None:
        """Write markup as it is."""
        self._pieces.append(markup)
        if len(self._pieces) > _PIECES:
            self._flush()

    def _flush(self) -> None:
        self._out.write("".join(self._pieces).encode())
        self._pieces.clear()

    def start(self, name: str, attributes: Attributes) -> bool:
        """Before an element begins; whether it stays."""
        return True

    def end(self, name: str) -> None:
        """Before the tag that ends an element."""

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._left_out:
            self._left_out += 1
            return
        if not self.path:
            self.prefix = name.rpartition(":")[0] + ":" * (":" in name)
            self._cut = len(self.prefix)
        local = name[self._cut :] if name.startswith(self.prefix) else name
        if not self.start(local, attributes):
            self._left_out = 1
            return
        self.path.append(local)
        self.add(start_tag(name, attributes))

    def _end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        self.end(self.path[-1])
        self.path.pop()
        self.add(f"</{name}>")

    def _text(self, text: str) -> None:
        if not self._left_out:
            self.add(text if text.isalnum() else escape(text, _IN_TEXT))
