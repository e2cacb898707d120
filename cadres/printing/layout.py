"""What a paper form is made of, for PDF and Word alike: lines to fill, tables, texts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A label and the place after it: what `field` says, or dots to be written on.

    `dots` is how long the dots are beside those of the same line. `blank` stands in place of the
    dots where the paper has a pattern, as for a day.
    """

    label: str
    field: str
    dots: int = 10
    blank: str = ""


@dataclass(frozen=True)
class Line:
    """Slots side by side, and the small print that the form has below them."""

    slots: tuple[Slot, ...]
    hint: str = ""


@dataclass(frozen=True)
class Column:
    """A column: what its head says, the field of its rows, its share of the width."""

    head: str
    field: str
    width: int


@dataclass(frozen=True)
class Table:
    """A table whose head stands again on each page; `field` names the rows.

    An empty one gets `blank_rows` to be written on; `more_rows` stand below those that are filled.
    """

    title: str
    field: str
    columns: tuple[Column, ...]
    blank_rows: int = 4
    more_rows: int = 0
    note: str = ""
    has_head: bool = True
    together: int = 0  # so many rows stand on one page, again and again; 0: none need to


@dataclass(frozen=True)
class Text:
    """A text of its own after a label, or `lines` dotted lines."""

    label: str
    field: str
    lines: int = 2


@dataclass(frozen=True)
class Heading:
    """A heading or a sentence that the form prints."""

    text: str
    is_bold: bool = True


Part = Line | Table | Text | Heading


@dataclass(frozen=True)
class Signature:
    """Who signs, what they say, and how; `place` is the line for place and day above."""

    who: str
    says: str = ""
    how: str = ""
    place: str = ""


@dataclass(frozen=True)
class Paper:
    """A form: its number, title, parts in the order of the print, and who signs.

    The first `beside_photo` parts stand beside the photo; 0: the form has none.
    """

    code: str
    name: str
    number: str
    title: str
    head: tuple[Line, ...]
    parts: tuple[Part, ...]
    signatures: tuple[Signature, Signature]
    beside_photo: int = 0
    has_motto: bool = False
    is_yearly: bool = False

    @property
    def lines(self) -> Sequence[Line]:
        return [part for part in (*self.head, *self.parts) if isinstance(part, Line)]

    @property
    def tables(self) -> Sequence[Table]:
        return [part for part in self.parts if isinstance(part, Table)]

    @property
    def texts(self) -> Sequence[Text]:
        return [part for part in self.parts if isinstance(part, Text)]
