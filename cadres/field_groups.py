"""Groups of fields that not every role sees: declared once for list, pages, forms and exports."""

from enum import StrEnum
from types import MappingProxyType

from accounts.models import Role, User


class FieldGroup(StrEnum):
    """What the law calls sensitive, or what identifies a person outside the office."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ORIGIN = "origin"
    HEALTH = "health"
    FAMILY = "family"
    DISCIPLINE = "discipline"
    HISTORY = "history"


GROUP_LABELS = MappingProxyType(
    {
        FieldGroup.IDENTITY: "Giấy tờ, số định danh",
        FieldGroup.CONTACT: "Nơi ở, liên lạc",
        FieldGroup.ORIGIN: "Dân tộc, tôn giáo",
        FieldGroup.HEALTH: "Sức khỏe",
        FieldGroup.FAMILY: "Gia đình",
        FieldGroup.DISCIPLINE: "Kỷ luật",
        FieldGroup.HISTORY: "Lịch sử bản thân, nhận xét",
    }
)
ALL = ("*",)  # every field of the table
# By table, as edits name it: the fields of each group. What is in no group every reader sees.
GROUPS = MappingProxyType(
    {
        ("cadres.cadre", FieldGroup.IDENTITY): ("national_id",),
        ("cadres.cadre", FieldGroup.CONTACT): ("phone", "residence"),
        ("cadres.cadre", FieldGroup.ORIGIN): ("ethnicity", "religion"),
        ("cadres.profile", FieldGroup.IDENTITY): (
            "national_id_issued_on", "national_id_issued_by", "personal_code",
            "insurance_number", "health_card_number",
        ),
        ("cadres.profile", FieldGroup.CONTACT): ("permanent_residence", "email"),
        ("cadres.profile", FieldGroup.HEALTH): (
            "health", "height_cm", "weight_kg", "blood_type", "war_invalid",
        ),
        ("cadres.profile", FieldGroup.FAMILY): ("family_class", "policy_family"),
        ("cadres.profile", FieldGroup.HISTORY): (
            "personal_history", "foreign_relations", "household_economy", "remark",
        ),
        ("cadres.familymember", FieldGroup.FAMILY): ALL,
        ("cadres.discipline", FieldGroup.DISCIPLINE): ALL,
        ("cadres.salarystep", FieldGroup.DISCIPLINE): ("delayed_months",),
    }
)  # fmt: skip
# Values that tell what a group hides, in fields that every reader sees: by table and field.
TELLTALES = MappingProxyType(
    {
        ("cadres.salarystep", "reason"): (FieldGroup.DISCIPLINE, frozenset({"lowered"})),
        ("cadres.holding", "end_reason"): (
            FieldGroup.DISCIPLINE, frozenset({"dismissed", "removed"}),
        ),
        ("cadres.committeemembership", "end_reason"): (
            FieldGroup.DISCIPLINE, frozenset({"dismissed", "removed"}),
        ),
        ("cadres.status", "kind"): (FieldGroup.DISCIPLINE, frozenset({"suspended"})),
    }
)  # fmt: skip

# The CCCD number and its twin, by table: whole only where `sees_whole_numbers`, and asked for.
NUMBERS = MappingProxyType({"cadres.cadre": ("national_id",), "cadres.profile": ("personal_code",)})

_KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
_READERS = MappingProxyType(dict.fromkeys(FieldGroup, _KEEPERS))


def sees(user: User, group: FieldGroup) -> bool:
    """Whether `user` may see the fields of `group`, by role."""
    return user.role in _READERS[group]


def sees_whole_numbers(user: User) -> bool:
    """Whether identity numbers are written out for `user`; others see them masked at most."""
    return user.role == Role.DISTRICT_HR


def hides(user: User, table: str, field: str) -> bool:
    """Whether `user` may not see `field` of a `table` such as "cadres.profile"."""
    return any(
        of == table and not sees(user, group) and (names == ALL or field in names)
        for (of, group), names in GROUPS.items()
    )


# Of these the whole row says what the value tells, its title too.
ROWS_THAT_TELL = frozenset({("cadres.status", "kind")})


def tells(table: str, field: str) -> bool:
    """Whether a withheld value of the field withholds the whole row."""
    return (table, field) in ROWS_THAT_TELL


def withholds(user: User, table: str, field: str, value: object) -> bool:
    """Whether `value` itself tells what `user` may not see: a pay step that was lowered."""
    group, values = TELLTALES.get((table, field), (None, frozenset()))
    return group is not None and value in values and not sees(user, group)


def hidden_fields(user: User, table: str = "cadres.cadre") -> frozenset[str]:
    """Names of the fields of a table that `user` may not see; {"*"} for all of them."""
    return frozenset(
        name
        for (of, group), names in GROUPS.items()
        if of == table and not sees(user, group)
        for name in names
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
