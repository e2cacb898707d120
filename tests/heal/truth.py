"""What is true about a workbook that was drawn: per cell, per person, and what cannot be read.

As JSON (`as_json`): {seed, number, file, layout, commune, defects, known: [{code, facts}],
people: [{sheet, row, match, person, values: {field code: canonical text}, cells: [{row, column,
shown, kinds, values}]}], unreadable: [{sheet, row, column, shown, why}]}. Rows and columns count
from 1, as in the sheet; of a value that a group row or a merged cell tells, the place is there.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

# Why a cell may have to be read otherwise than it stands; the words of the product's own list.
KINDS = (
    "tcvn3", "vni", "cp1258", "composed", "lookalike", "soft_hyphen", "capitals", "spaces",
    "name_case", "merged", "ditto", "group", "title_word", "mark", "birth_under_sex", "name_parts",
    "date_text", "date_short_year", "date_serial", "date_number", "lost_zero", "digits", "decimal",
    "grade_code", "level", "schooling", "post", "commune", "people", "sex", "word",
)  # fmt: skip


@dataclass
class CellTruth:
    """A cell of one person: where, as it stands in the file, by which repairs, and its meaning."""

    row: int
    column: int
    shown: str
    kinds: tuple[str, ...]
    values: dict[str, str]


@dataclass
class PersonTruth:
    """`match`: exact (and `person` is the code on record), doubtful or new. `facts` are all that
    is true of them: whatever else is said of them is wrong."""

    sheet: str
    row: int
    facts: dict[str, str]
    match: str = "new"
    person: str = ""
    cells: list[CellTruth] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        return {code: text for cell in self.cells for code, text in cell.values.items()}


@dataclass(frozen=True)
class Unreadable:
    """A cell that nobody can read surely: it must be told of, never guessed."""

    sheet: str
    row: int
    column: int
    shown: str
    why: str


@dataclass(frozen=True)
class Known:
    """Somebody on record before the file comes; their post is in the unit of the file."""

    code: str
    facts: dict[str, str]


@dataclass
class BookTruth:
    seed: int
    number: int
    file: str
    layout: str
    commune: str
    defects: tuple[str, ...] = ()
    known: list[Known] = field(default_factory=list)
    people: list[PersonTruth] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        for person, written in zip(self.people, told["people"], strict=True):
            written["values"] = person.values
        return told
