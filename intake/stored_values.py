"""What a record has now, beside what a row of a file tells."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Field, Model

from daitu_portal.dates import PartialDate
from daitu_portal.text import clean


def overridden(record: Model, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the stored record has in those columns in which `told` has another value."""
    return {
        code: getattr(record, code)
        for code, value in told.items()
        if _plain(getattr(record, _column(type(record), code).attname))
        != _plain(getattr(value, "pk", value))
    }


def without_less(record: Model, told: Mapping[str, Any]) -> dict[str, Any]:
    """`told` without the days that only say less than what is stored: 1984 of 31/03/1984."""
    return {code: value for code, value in told.items() if not _is_less(record, code, value)}


def _is_less(record: Model, code: str, value: Any) -> bool:
    known = getattr(record, code)
    if not isinstance(known, PartialDate) or not isinstance(value, PartialDate):
        return False
    return known.iso != value.iso and known.iso.startswith(value.iso)


def emptied(model: type[Model], code: str) -> Any:
    """What is stored where a value is taken away: nothing, in the column's own way."""
    column = _column(model, code)
    return None if column.null else column.get_default()


def _column(model: type[Model], code: str) -> Field:
    column = model._meta.get_field(code)
    assert isinstance(column, Field), f"{code} is no column of {model}"
    return column


def _plain(value: Any) -> Any:
    """How old and new are compared: empty is empty, text is clean."""
    if isinstance(value, str):
        return "\n".join(clean(line) for line in value.splitlines()).strip() or None
    return value
