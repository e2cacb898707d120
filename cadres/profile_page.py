"""The rest of a person's own fields as the overview tells them, without those that a role hides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cadres.field_groups import NUMBERS, hides
from cadres.models import Profile
from cadres.records import Field, Kind
from cadres.records_profile import PROFILE
from daitu_portal.fields import mask

_SECTIONS = (
    ("Giấy tờ, bảo hiểm", (
        "national_id_issued_on", "national_id_issued_by", "personal_code", "insurance_number",
        "insured_from", "health_card_number", "permanent_residence", "email",
    )),
    ("Nguồn gốc, công việc", (
        "family_class", "prior_job", "agency_joined_on", "revolution_joined_on", "main_work",
        "longest_work", "strengths", "schooling", "academic_title", "academic_title_year",
        "honour", "honour_year",
    )),
    ("Lực lượng vũ trang, chính sách", (
        "enlisted_on", "discharged_on", "military_rank", "war_invalid", "policy_family",
    )),
    ("Sức khỏe", ("health", "height_cm", "weight_kg", "blood_type")),
    ("Lịch sử bản thân", (
        "personal_history", "foreign_relations", "household_economy", "remark",
    )),
)  # fmt: skip

# What everybody has; of the rest nothing is a gap.
_EXPECTED = {
    "national_id_issued_on", "insurance_number", "insured_from", "permanent_residence", "schooling",
    "family_class", "prior_job", "agency_joined_on", "main_work", "health", "blood_type",
    "personal_history", "foreign_relations",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """Fields that belong together, each with its header: short ones, texts of several lines; and
    the headers of what everybody has and is still empty."""

    name: str
    lines: list[tuple[str, Any]]
    texts: list[tuple[str, Any]]
    empty: list[str]


def sections_of(profile: Profile | None, user: User, *, whole: bool = False) -> Iterator[Section]:
    """What `user` may see of a profile; a section with no such field is left out. Numbers stand
    masked unless they are asked for `whole`. No query."""
    row = profile or Profile()
    for name, codes in _SECTIONS:
        seen = [PROFILE.field(code) for code in codes if not hides(user, "cadres.profile", code)]
        told = [(each, _words(each, row, whole=whole)) for each in seen]
        filled = [(each, words) for each, words in told if words]
        if seen:
            yield Section(
                name,
                [(each.header, words) for each, words in filled if each.kind != Kind.NOTE],
                [(each.header, words) for each, words in filled if each.kind == Kind.NOTE],
                [each.header for each, words in told if not words and each.code in _EXPECTED],
            )


def _words(field: Field, row: Profile, *, whole: bool) -> Any:
    words = field.shown(row)
    is_number = field.code in NUMBERS["cadres.profile"]
    return mask(words) if is_number and words and not whole else words
