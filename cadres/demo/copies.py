"""Copies of invented communes with their people, made by the database in a few statements each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from cadres.models import (
    Cadre,
    CommitteeMembership,
    Commune,
    Holding,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
)

_OF_CADRE = (
    Holding, CommitteeMembership, Qualification, ShortTraining, Rating, Profile, SalaryStep, Status,
)  # fmt: skip
_FIRST_NUMBER = 1_000_000  # beyond those of the invented people, so that no code meets another


def copy_rows(model: type[Model], changed: Mapping[str, str], where: str) -> None:
    """INSERT … SELECT of the rows of `model` that `where` holds for.

    `changed` are SQL expressions by column; the key is left to the database unless it is changed.
    """
    quote = connection.ops.quote_name
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column and (not field.primary_key or field.column in changed)
    ]
    told = [changed.get(column, quote(column)) for column in columns]
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(map(quote, columns))}) "
            f"SELECT {', '.join(told)} FROM {table} WHERE {where}"
        )


def reset_keys(*models: type[Model]) -> None:
    """Let the database give keys beyond those that were written by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def copy_communes(units: Sequence[Commune], whole: int, *, extra: int) -> None:
    """Fill the units after the first `whole` with copies of the people of those, in their order.

    The first `extra` people of the first commune are there once: they are what did not divide.
    """
    first, last = units[0].pk, units[-1].pk
    span = Cadre.objects.order_by("-pk").values_list("pk", flat=True)[0]
    once = sorted(set(Holding.objects.filter(commune=first).values_list("cadre", flat=True)))[
        :extra
    ]
    for block in range(1, -(-len(units) // whole)):
        shift = block * whole
        room = last - first - shift + 1  # the last block may be a short one
        people = _people_of(first, min(whole, room), span, once)
        copy_rows(Cadre, _numbers(block * span), f"id IN ({people})")
        for model in _OF_CADRE:
            changed: dict[str, Any] = {"cadre_id": f"cadre_id + {block * span}"}
            if model in (Holding, CommitteeMembership):
                changed["commune_id"] = f"commune_id + {shift}"
            copy_rows(model, changed, f"cadre_id IN ({people})")
    reset_keys(Cadre)


def _people_of(first: int, communes: int, span: int, once: Sequence[int]) -> str:
    held = connection.ops.quote_name(Holding._meta.db_table)
    text = (
        f"SELECT cadre_id FROM {held} WHERE cadre_id <= {span} "
        f"AND commune_id >= {first} AND commune_id < {first + communes}"
    )
    return f"{text} AND cadre_id NOT IN ({', '.join(map(str, once))})" if once else text


def _numbers(shift: int) -> dict[str, str]:
    """Keys, codes and numbers of copies: none that another has, and none that is real."""
    return {
        "id": f"id + {shift}",
        "code": f"'DT' || CAST(id + {shift + _FIRST_NUMBER} AS varchar(10))",
        "national_id": f"'000' || CAST(id + {shift + 900_000_000} AS varchar(12))",
        "phone": f"'000' || CAST(id + {shift + _FIRST_NUMBER} AS varchar(10))",
    }
