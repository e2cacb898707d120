"""What the cells of one sheet say, field by field: each text of a column is read once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cadres.records import Field, Kind, Table
from daitu_portal.fields import MASK
from daitu_portal.reading.cells import Cell, Value
from daitu_portal.text import clean
from intake.shapes import Part
from intake.values import ERASE, ValueProblem, value_of

BLANK, MASKED = object(), object()  # a cell that says nothing; a number that is half hidden
_REMEMBERED = 16_384  # the cells of a column say the same again and again


@dataclass(frozen=True, eq=False)  # a sheet has one for each column
class Place:
    """A column of the sheet, and the field that it fills."""

    part: Part
    field: Field
    column: int


class CellValues:
    """Reads the cells of a sheet; `blank` is what they say where nothing is stored."""

    def __init__(self, blank: str) -> None:
        self.blank = blank
        self._read = lru_cache(_REMEMBERED, typed=True)(self._read_anew)

    def read(self, place: Place, cell: Cell) -> Any:
        """The value of the cell, BLANK, MASKED, or the ValueProblem with it."""
        return self._read(place, cell.kind, cell.value, cell.number_format)

    def _read_anew(self, place: Place, kind: str, value: Value, number_format: str) -> Any:
        text, field = clean(str(value)), place.field
        if not text or text == self.blank:
            return BLANK
        if field.kind == Kind.DIGITS and MASK in str(value):
            return MASKED
        try:
            found = value_of(field, Cell("", 0, 0, kind, value, number_format))
        except ValueProblem as problem:
            return problem
        if found is ERASE and not _may_be_erased(place.part.table, field.code):
            return ValueProblem("Không thể xóa trống ô này.", "Ghi giá trị đúng vào ô.")
        return found


def _may_be_erased(table: Table, code: str) -> bool:
    """Not what a record must have, nor what says which record or unit is meant."""
    return not table.field(code).is_required and code not in ("code", "commune_from")
