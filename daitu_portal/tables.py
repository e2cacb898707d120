"""Sorting of tables by their heads. The order is `?sap=`, a key, with - before it descending."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

PARAMETER = "sap"

Field = str | OrderBy
Rows = TypeVar("Rows", bound=QuerySet[Any])


def missing_last(field: str) -> OrderBy:
    """An order in which rows without a value come last, turned or not: databases differ here."""
    return F(field).asc(nulls_last=True)


def order_of(asked: str, allowed: Container[str], default: str) -> str:
    """The order asked for if the table knows it, else the default."""
    return asked if asked.removeprefix("-") in allowed else default


def _turned(field: Field) -> Field:
    if isinstance(field, OrderBy):
        turned = field.copy()
        turned.descending = not field.descending
        return turned
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def sorted_by(
    request: Any, queryset: Rows, allowed: Mapping[str, Field | Sequence[Field]], default: str
) -> Rows:
    """Order `queryset` as the address asks; `allowed` maps a key to a field or several.

    The primary key breaks ties, so that pages neither repeat nor lose a row. The order in force is
    left on the request for the heads of the table.
    """
    order = order_of(request.GET.get(PARAMETER, ""), allowed, default)
    request.table_order = order
    found = allowed[order.removeprefix("-")]
    fields = [found] if isinstance(found, Field) else list(found)
    if order.startswith("-"):
        fields = [_turned(field) for field in fields]
    return queryset.order_by(*fields, "pk")
