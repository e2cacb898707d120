"""What of a record whoever prints may not see: it is left blank, and the paper says so."""

from typing import Any

from accounts.models import User
from cadres.field_groups import (
    ALL,
    GROUP_LABELS,
    FieldGroup,
    hidden_fields,
    sees,
    sees_whole_numbers,
)
from cadres.printing.words import lower_first

_NUMBER = "national_id"


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
    hidden = set(hidden_fields(user, row._meta.label_lower))
    if not sees_whole_numbers(user):
        hidden.add(_NUMBER)
    for field in row._meta.concrete_fields:
        if field.name in hidden:
            setattr(row, field.name, field.get_default())
