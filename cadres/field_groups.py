"""Groups of fields that not every role sees: declared once for list, pages, forms and exports."""

from enum import StrEnum
from types import MappingProxyType

from accounts.models import Role, User


class FieldGroup(StrEnum):
    """What the law calls sensitive, or what identifies a person outside the office."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ORIGIN = "origin"
    DISCIPLINE = "discipline"


GROUP_FIELDS = MappingProxyType(
    {
        FieldGroup.IDENTITY: ("national_id",),
        FieldGroup.CONTACT: ("phone", "residence"),
        FieldGroup.ORIGIN: ("ethnicity", "religion"),
        FieldGroup.DISCIPLINE: (),
    }
)

_KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
_READERS = MappingProxyType(
    {
        FieldGroup.IDENTITY: _KEEPERS,
        FieldGroup.CONTACT: _KEEPERS,
        FieldGroup.ORIGIN: _KEEPERS,
        FieldGroup.DISCIPLINE: _KEEPERS,
    }
)


def sees(user: User, group: FieldGroup) -> bool:
    """Whether `user` may see the fields of `group`, by role."""
    return user.role in _READERS[group]


def sees_whole_numbers(user: User) -> bool:
    """Whether identity numbers are written out for `user`; others see them masked at most."""
    return user.role == Role.DISTRICT_HR


def hidden_fields(user: User) -> frozenset[str]:
    """Names of the fields of a person that `user` may not see."""
    return frozenset(
        name for group, names in GROUP_FIELDS.items() if not sees(user, group) for name in names
    )


# Files by their kind (Attachment.Kind). Images of identity papers are a class of their own: of
# the commune only its clerk sees them. What may tell of health, family, origin or belief is for
# those who keep the record.
_KEPT_KINDS = frozenset({"resume", "declaration", "health", "other"})
_HIDDEN_KINDS = MappingProxyType(
    {
        Role.DISTRICT_HR: frozenset[str](),
        Role.COMMUNE_CLERK: frozenset[str](),
        Role.COMMUNE_HEAD: frozenset({"identity"}),
        Role.LEADER: _KEPT_KINDS | {"identity"},
    }
)


def hidden_file_kinds(user: User) -> frozenset[str]:
    """Kinds of files that `user` may not see, of whomever they are."""
    return _HIDDEN_KINDS.get(Role(user.role), _KEPT_KINDS | {"identity"})
