"""What a list of a review says of each person: the values of its groups of fields, in words, as
they are shown and as they are frozen. Numbers of identity stand masked, as on every list."""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch

from cadres.models import (
    Cadre,
    CommitteeMembership,
    FamilyMember,
    Holding,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    WorkPeriod,
)
from cadres.rules.ratings import rated_year
from daitu_portal.dates import PartialDate
from intake.rules.record_facts import GROUP_LABELS, Group

Pair = tuple[str, str]
_NONE = "chưa có"

# The fields of the person and, after them, of the profile, in the order in which lists show them.
_OWN: dict[Group, tuple[str, ...]] = {
    Group.IDENTITY: (
        "other_name", "sex", "born_on", "national_id", "phone", "ethnicity", "religion",
        "birthplace", "home_town", "residence",
    ),
    Group.SERVICE: ("recruited_on", "recruited_by"),
    Group.PARTY: ("party_joined_on", "party_official_on"),
}  # fmt: skip
_OF_PROFILE: dict[Group, tuple[str, ...]] = {
    Group.IDENTITY: ("national_id_issued_on", "permanent_residence"),
    Group.SERVICE: ("prior_job", "agency_joined_on", "main_work"),
    Group.PAY: ("insurance_number", "insured_from"),
    Group.FAMILY: ("family_class",),
    Group.HEALTH: ("health", "height_cm", "weight_kg", "blood_type"),
}


def values_of(people: Collection[int], groups: Iterable[str], day: date) -> dict[int, list[Any]]:
    """By key of each of `people`: for each group its label and (label, value) pairs, as lists that
    JSON gives back unchanged. Eight queries however many people."""
    asked = [group for group in Group if group in set(groups)]
    loaded = _loaded(people, day)
    return {
        person.pk: [
            [GROUP_LABELS[group], [list(pair) for pair in _pairs(person, group)]] for group in asked
        ]
        for person in loaded
    }


def _loaded(people: Collection[int], day: date) -> Iterable[Any]:
    """Each with `posts_held`, `seats_held`, `degrees`, `relatives`, `pay`, `rated`, `work`."""
    seats = CommitteeMembership.objects.on(day).select_related("commune")
    return (
        Cadre.objects.filter(pk__in=people)
        .select_related("profile")
        .prefetch_related(
            Prefetch(
                "holdings",
                Holding.objects.on(day).with_post_and_commune().main_first(),
                to_attr="posts_held",
            ),
            Prefetch("memberships", seats, to_attr="seats_held"),
            Prefetch("qualifications", Qualification.objects.by(day), to_attr="degrees"),
            Prefetch("family", FamilyMember.objects.all(), to_attr="relatives"),
            Prefetch("salary_steps", SalaryStep.objects.on(day), to_attr="pay"),
            Prefetch("ratings", Rating.objects.filter(year=rated_year(day)), to_attr="rated"),
            Prefetch("work_periods", WorkPeriod.objects.all(), to_attr="work"),
        )
    )


def _pairs(person: Any, group: Group) -> list[Pair]:
    profile = getattr(person, "profile", None) or Profile()
    return [
        *(_field(person, name) for name in _OWN.get(group, ())),
        *(_field(profile, name) for name in _OF_PROFILE.get(group, ())),
        *_ROWS.get(group, _no_rows)(person),
    ]


def _field(row: Any, name: str) -> Pair:
    told = row._meta.get_field(name)
    if name == "national_id":
        value: Any = row.masked_national_id
    else:
        value = getattr(row, f"get_{name}_display")() if told.choices else getattr(row, name)
    return _cap(str(told.verbose_name)), _words(value)


def _words(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return _NONE if value in (None, "") else str(value)


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


def _no_rows(person: Any) -> list[Pair]:
    return []


def _posts(person: Any) -> list[Pair]:
    posts = [
        (str(each.post), f"{each.commune.name}, từ {each.valid_from:%d/%m/%Y}"
         + ("" if each.is_main else " (kiêm nhiệm)"))
        for each in person.posts_held
    ]  # fmt: skip
    seats = [
        (each.get_role_display(), f"Đảng bộ {each.commune.name}, từ {each.valid_from:%d/%m/%Y}")
        for each in person.seats_held
    ]
    return [*posts, *seats] or [("Chức vụ, cấp ủy", _NONE)]


def _degrees(person: Any) -> list[Pair]:
    told = []
    for each in person.degrees:
        parts = (each.level_name, each.major, str(each.awarded_on or ""), each.evidence_number)
        told.append((each.get_strand_display(), ", ".join(part for part in parts if part)))
    return told or [("Trình độ", _NONE)]


def _pay(person: Any) -> list[Pair]:
    steps = [("Lương", f"{each}, từ {each.valid_from:%d/%m/%Y}") for each in person.pay]
    rated = [(f"Xếp loại {each.year}", each.get_level_display()) for each in person.rated]
    return [*(steps or [("Lương", _NONE)]), *(rated or [("Xếp loại năm gần nhất", _NONE)])]


def _work(person: Any) -> list[Pair]:
    return [(_span(each.from_on, each.until_on), each.what) for each in person.work]


def _span(begins: PartialDate, ends: PartialDate | None) -> str:
    return f"{begins} – {ends}" if ends else f"Từ {begins}"


def _relatives(person: Any) -> list[Pair]:
    told = []
    for each in person.relatives:
        parts = (each.full_name, str(each.born_on or ""))
        told.append((each.relation, ", ".join(part for part in parts if part)))
    return told or [("Người thân", _NONE)]


_ROWS = {
    Group.POSTS: _posts,
    Group.EDUCATION: _degrees,
    Group.PAY: _pay,
    Group.SERVICE: _work,
    Group.FAMILY: _relatives,
}


def fingerprint(lists: Iterable[Any]) -> str:
    """SHA-256 in hexadecimal over what a list says, person after person."""
    text = json.dumps(list(lists), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
