"""A list of people as it was found in a sheet, and what was repaired in it, for its pages."""

from dataclasses import dataclass, field, replace


@dataclass
class ListColumn:
    """A column of an old list: its letter, header path, three values, and what it was taken for.

    `how` is one of REMEMBERED, FOUND, CHOSEN, UNKNOWN; `encoding` how its text was read.
    """

    number: int
    letter: str
    path: tuple[str, ...]
    target: str
    how: str
    confidence: float = 0.0
    samples: tuple[str, ...] = ()
    encoding: str = ""
    is_hidden: bool = False
    fault: str = ""  # why a target that was found is not taken, or must be confirmed
    given: dict[str, str] = field(default_factory=dict)  # what the header itself tells of each row
    is_asked: bool = False  # whether somebody must confirm the target first


REMEMBERED, FOUND, CHOSEN, UNKNOWN = "remembered", "found", "chosen", "unknown"


@dataclass
class FoundList:
    """What was recognised of one sheet: its head, its columns, what became of its rows.

    `lines` are the first rows as the page shows them: (number, role, texts); `skipped` counts the
    rows that are no data, by reason.
    """

    sheet: str
    head_rows: tuple[int, ...]
    columns: list[ListColumn]
    fingerprint: str = ""
    rows: int = 0
    hidden: int = 0
    title: tuple[str, ...] = ()
    commune: str = ""  # the unit that the title names
    skipped: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[int, str, list[str]]] = field(default_factory=list)

    def as_known(self, known: "FoundList | None") -> "FoundList":
        """The list with its columns as an earlier part of the same list told them; a column that
        only this part has stays as it was found."""
        if known is None:
            return self
        told = {column.number: column for column in known.columns}
        return replace(self, columns=[told.get(each.number, each) for each in self.columns])


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell that is read differently from how it stands; `kind` is a RepairKind."""

    sheet: str
    row: int
    letter: str
    header: str
    kind: str
    before: str
    after: str

    @property
    def ref(self) -> str:
        return f"{self.letter}{self.row}"
