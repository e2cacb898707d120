"""Steps of pay and allowances of a kind follow one another: a new one ends the one before."""

from typing import Any

from cadres.edits import RowEdit, adding, changing
from cadres.models import Allowance
from cadres.models.period import on_day


def _of_its_line(row: Any) -> Any:
    """The person's other rows that `row` follows."""
    rows = type(row)._default_manager.filter(cadre=row.cadre_id).exclude(pk=row.pk)
    return rows.filter(kind=row.kind) if isinstance(row, Allowance) else rows


def before(row: Any) -> Any:
    """The row that is in force when the new `row` begins, and began earlier; None if there is
    none."""
    rows = _of_its_line(row).filter(on_day(row.valid_from))
    return rows.filter(valid_from__lt=row.valid_from).first()


def end_with_next(row: Any) -> Any:
    """Let a new row without an end last until the next that is on record already; return that."""
    if row.valid_to is not None:
        return None
    later = _of_its_line(row).filter(valid_from__gt=row.valid_from).order_by("valid_from").first()
    if later is not None:
        row.valid_to = later.valid_from
    return later


def following(row: Any) -> list[RowEdit | None]:
    """The edits of a new row: the one before ends on the day before it, then it is added."""
    last = before(row)
    return [changing(last, {"valid_to": row.valid_from}) if last else None, adding(row)]
