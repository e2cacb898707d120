"""What of a record whoever prints may not see: it is left blank, and the paper says so."""

from typing import Any

from django.db.models import CharField

from accounts.models import User
from cadres.field_groups import (
    ALL,
    GROUP_LABELS,
    NUMBERS,
    FieldGroup,
    hidden_fields,
    sees,
    sees_whole_numbers,
    tells,
    withholds,
)
from cadres.printing.words import lower_first


def withheld(user: User) -> list[str]:
    """What is left blank for `user`, in words."""
    told = [lower_first(GROUP_LABELS[group]) for group in FieldGroup if not sees(user, group)]
    if sees(user, FieldGroup.IDENTITY) and not sees_whole_numbers(user):
        told.append("số CCCD")
    return told


def hides_table(user: User, table: str) -> bool:
    """Whether `user` may see no row of a table such as "cadres.discipline"."""
    return ALL[0] in hidden_fields(user, table)


def leave_blank(row: Any, user: User) -> None:
    """Empty on `row`, which is not to be saved, what `user` may not see of it. A number of an
    identity paper is whole or not there: half of one is of no use on a form."""
    table = row._meta.label_lower
    hidden = set(hidden_fields(user, table))
    if not sees_whole_numbers(user):
        hidden |= {*NUMBERS.get(table, ())}
    for name in [field.name for field in row._meta.concrete_fields]:
        if withholds(user, table, name, getattr(row, name, None)):
            hidden |= {name, *_words_of(row)} if tells(table, name) else {name}
    for field in row._meta.concrete_fields:
        if field.name in hidden:
            setattr(row, field.name, field.get_default())


def _words_of(row: Any) -> set[str]:
    """The fields of a row that hold words."""
    return {field.name for field in row._meta.concrete_fields if isinstance(field, CharField)}
