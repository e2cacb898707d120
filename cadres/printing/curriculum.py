"""A person's record in the words of the 2C form; what is not known is ""."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from cadres.models import Allowance, Qualification, SalaryStep
from cadres.models.post import ManagingLevel
from cadres.printing.merits import affiliation_words, best_awards, worst_disciplines
from cadres.printing.people import Dossier
from cadres.printing.tables import (
    Learning,
    Pay,
    Relative,
    Work,
    amount_words,
    coefficient_words,
    family_rows,
    learning_rows,
    pay_rows,
    subject_words,
    work_rows,
)
from cadres.printing.words import day_words, in_brackets, joined, lower_first, number_words, plain
from cadres.rules.levels import Strand


@dataclass(frozen=True)
class Person:
    """What both forms say about someone."""

    managing_agency: str
    using_agency: str
    code: str
    full_name: str
    other_name: str
    born_day: str
    born_month: str
    born_year: str
    sex: str
    home_town: str
    residence: str
    posts: str
    grade_name: str
    grade_code: str
    step: str
    coefficient: str


@dataclass(frozen=True)
class Curriculum(Person):
    """What stands on the 2C form, field by field."""

    birthplace: str
    ethnicity: str
    religion: str
    permanent_residence: str
    prior_job: str
    recruited_on: str
    recruited_by: str
    main_work: str
    paid_from: str
    position_allowance: str
    other_allowances: str
    general_education: str
    profession: str
    political_theory: str
    state_management: str
    languages: str
    computing: str
    party_joined_on: str
    party_official_on: str
    affiliations: str
    enlisted_on: str
    discharged_on: str
    military_rank: str
    honour: str
    strengths: str
    awards: str
    disciplines: str
    health: str
    height: str
    weight: str
    blood_type: str
    war_invalid: str
    policy_family: str
    national_id: str
    national_id_issued_on: str
    insurance_number: str
    learning: tuple[Learning, ...]
    work: tuple[Work, ...]
    personal_history: str
    foreign_relations: str
    relatives_abroad: str
    own_family: tuple[Relative, ...]
    spouse_family: tuple[Relative, ...]
    pay: tuple[Pay, ...]
    remark: str


def curriculum_of(dossier: Dossier) -> Curriculum:
    """The 2C form of a person. No query."""
    return Curriculum(
        **person_words(dossier),
        **_origin(dossier),
        **_service(dossier),
        **_levels(dossier),
        **_party_and_army(dossier),
        **_merits(dossier),
        **_health(dossier),
        **_numbers(dossier),
        **_story(dossier),
    )


def person_words(dossier: Dossier) -> dict[str, Any]:
    """What both forms say about someone."""
    person, born = dossier.person, dossier.person.born_on
    year, month, day = (born.iso.split("-") + ["", ""])[:3] if born else ("", "", "")
    return {
        "managing_agency": _managing_agency(dossier),
        "using_agency": _using_agency(dossier),
        "code": plain(person.code),
        "full_name": plain(person.full_name).upper(),
        "other_name": plain(person.other_name),
        "born_day": day,
        "born_month": month,
        "born_year": year,
        "sex": person.get_sex_display(),
        "home_town": plain(person.home_town),
        "residence": plain(person.residence),
        "posts": _posts(dossier),
        **_grade(dossier),
    }


def _managing_agency(dossier: Dossier) -> str:
    level = dossier.managed_by
    if not level:
        return ""
    label = plain(ManagingLevel(level).label)
    if level == ManagingLevel.COMMUNE_PARTY:
        main = next(iter(dossier.posts), None)
        return f"Đảng ủy {lower_first(main.commune.name)}" if main else label
    return f"{label} {settings.PORTAL_PLACE.removeprefix('Huyện ')}"


def _using_agency(dossier: Dossier) -> str:
    held: list[Any] = [*dossier.posts, *dossier.seats_held]
    return plain(held[0].commune.name) if held else ""


def _posts(dossier: Dossier) -> str:
    """The posts of the day with their units, the main one first, then the seats."""
    told = [f"{each.post.name}, {lower_first(each.commune.name)}" for each in dossier.posts]
    for seat in dossier.seats_held:
        words = f"{seat.get_role_display()} Đảng bộ {lower_first(seat.commune.name)}"
        told.append(words)
    return plain(joined(dict.fromkeys(told)))


def _now(rows: Iterable[Any], day: date) -> list[Any]:
    return [row for row in rows if row.is_in_force(day)]


def _step_now(dossier: Dossier) -> SalaryStep | None:
    return next(iter(reversed(_now(dossier.steps, dossier.day))), None)


def _grade(dossier: Dossier) -> dict[str, Any]:
    now = _step_now(dossier)
    if now is None:
        return dict.fromkeys(("grade_name", "grade_code", "step", "coefficient"), "")
    return {
        "grade_name": plain(now.grade_name),
        "grade_code": plain(now.grade_code),
        "step": number_words(now.step),
        "coefficient": coefficient_words(now),
    }


def _origin(dossier: Dossier) -> dict[str, Any]:
    person, profile = dossier.person, dossier.profile
    return {
        "birthplace": plain(person.birthplace),
        "ethnicity": plain(person.ethnicity),
        "religion": plain(person.religion),
        "permanent_residence": plain(profile.permanent_residence),
    }


def _service(dossier: Dossier) -> dict[str, Any]:
    person, profile, now = dossier.person, dossier.profile, _step_now(dossier)
    allowances = _now(dossier.allowances, dossier.day)
    position = [each for each in allowances if each.kind == Allowance.Kind.POSITION]
    others = [each for each in allowances if each.kind != Allowance.Kind.POSITION]
    return {
        "prior_job": plain(profile.prior_job),
        "recruited_on": day_words(person.recruited_on),
        "recruited_by": plain(person.recruited_by),
        "main_work": plain(profile.main_work),
        "paid_from": day_words(now.valid_from) if now else "",
        "position_allowance": joined(amount_words(each) for each in position),
        "other_allowances": joined(
            f"{each.get_kind_display().lower()} {amount_words(each)}" for each in others
        ),
    }


def _levels(dossier: Dossier) -> dict[str, Any]:
    title, year = dossier.profile.academic_title, dossier.profile.academic_title_year
    scholar = plain(title) + in_brackets(str(year) if title and year else "")
    return {
        "general_education": _level(dossier, Strand.GENERAL),
        "profession": joined([scholar, _level(dossier, Strand.PROFESSIONAL)]),
        "political_theory": _level(dossier, Strand.POLITICAL),
        "state_management": _level(dossier, Strand.STATE_MANAGEMENT),
        "languages": _languages(dossier),
        "computing": _level(dossier, Strand.IT),
    }


def _level(dossier: Dossier, strand: Strand) -> str:
    held = [each for each in dossier.qualifications if each.strand == strand]
    return level_words(held[0]) if held else ""


def level_words(qualification: Qualification) -> str:
    """The level, and what it is in: "Đại học, Luật (2015)"."""
    year = str(qualification.awarded_on.year) if qualification.awarded_on else ""
    words = joined([qualification.level_name, subject_words(qualification)], ", ")
    return plain(words + in_brackets(year if subject_words(qualification) else ""))


def _languages(dossier: Dossier) -> str:
    """The highest level of each language, those of ethnic minorities after the foreign ones."""
    best: dict[str, str] = {}
    for strand in (Strand.LANGUAGE, Strand.ETHNIC_LANGUAGE):
        for each in dossier.qualifications:  # the highest of a strand first
            if each.strand == strand and each.rank:
                best.setdefault(plain(each.language), each.level_name)
    return joined(joined([name, level], ": ") for name, level in best.items())


def _party_and_army(dossier: Dossier) -> dict[str, Any]:
    person, profile = dossier.person, dossier.profile
    return {
        "party_joined_on": day_words(person.party_joined_on),
        "party_official_on": day_words(person.party_official_on),
        "affiliations": joined(map(affiliation_words, dossier.affiliations)),
        "enlisted_on": day_words(profile.enlisted_on),
        "discharged_on": day_words(profile.discharged_on),
        "military_rank": plain(profile.military_rank),
    }


def _merits(dossier: Dossier) -> dict[str, Any]:
    profile = dossier.profile
    year = str(profile.honour_year) if profile.honour_year else ""
    return {
        "honour": plain(profile.honour) + in_brackets(year if profile.honour else ""),
        "strengths": plain(profile.strengths),
        "awards": best_awards(dossier.awards),
        "disciplines": worst_disciplines(dossier.disciplines),
    }


def _health(dossier: Dossier) -> dict[str, Any]:
    profile = dossier.profile
    height, weight = profile.height_cm, profile.weight_kg
    return {
        "health": plain(profile.health),
        "height": f"{height // 100} m {height % 100:02d}" if height else "",
        "weight": f"{weight} kg" if weight else "",
        "blood_type": profile.get_blood_type_display(),
        "war_invalid": profile.war_invalid,
        "policy_family": plain(profile.policy_family),
    }


def _numbers(dossier: Dossier) -> dict[str, Any]:
    profile = dossier.profile
    return {
        "national_id": plain(dossier.person.national_id),
        "national_id_issued_on": day_words(profile.national_id_issued_on),
        "insurance_number": plain(profile.insurance_number),
    }


def _story(dossier: Dossier) -> dict[str, Any]:
    profile = dossier.profile
    return {
        "learning": learning_rows(dossier.qualifications, dossier.trainings),
        "work": work_rows(dossier),
        "personal_history": plain(profile.personal_history),
        "foreign_relations": plain(profile.foreign_relations),
        "relatives_abroad": "",
        "own_family": family_rows(dossier, "own"),
        "spouse_family": family_rows(dossier, "spouse"),
        "pay": pay_rows(dossier.steps),
        "remark": plain(profile.remark),
    }
