"""Sorting of tables by their heads. The order is `?sap=`, a key, with - before it descending."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

PARAMETER = "sap"


def order_of(asked: str, allowed: Mapping[str, str | Sequence[str]], default: str) -> str:
    """The order asked for if the table knows it, else the default."""
    return asked if asked.removeprefix("-") in allowed else default


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def sorted_by(
    request, queryset: QuerySet, allowed: Mapping[str, str | Sequence[str]], default: str
) -> QuerySet:
    """Order `queryset` as the address asks; `allowed` maps a key to a field or several.

    The primary key breaks ties, so that pages neither repeat nor lose a row. The order in force is
    left on the request for the heads of the table.
    """
    order = order_of(request.GET.get(PARAMETER, ""), allowed, default)
    request.table_order = order
    fields = allowed[order.removeprefix("-")]
    fields = [fields] if isinstance(fields, str) else list(fields)
    if order.startswith("-"):
        fields = [_turned(field) for field in fields]
    return queryset.order_by(*fields, "pk")
