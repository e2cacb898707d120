"""What a cell of an old list says: fields of the record, and what later cells are judged by."""

from dataclasses import dataclass
from typing import Any

from intake.rules.repairs import RepairKind

FIRST = 0  # of several posts or qualifications in one cell
LAST = {"national_id", "born.day", "born.month", "born.year", "name.given"}  # need what others told


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a cell tells: its code (“professional.rank”), its text, and the repairs; of
    several posts or qualifications the `index`; a warning (message, remedy) of what is not kept."""

    code: str
    text: str
    repairs: tuple[RepairKind, ...] = ()
    index: int = FIRST
    warning: tuple[str, str] | None = None


class Facts:
    """What cells of the same row told already: later ones are judged by it."""

    __slots__ = ("born_year", "commune", "parts", "sex")

    def __init__(self) -> None:
        self.sex, self.commune = "", ""
        self.born_year: int | None = None
        self.parts: dict[str, Any] = {}

    def learn(self, code: str, text: str) -> None:
        if code == "sex":
            self.sex = {"Nam": "M", "Nữ": "F"}.get(text, "")
        elif code == "holding.commune":
            self.commune = text
        elif code == "born_on" and text:
            self.born_year = int(text[-4:])
