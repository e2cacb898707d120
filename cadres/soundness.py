"""Whether a row of a person's record may be saved: the model's limits, and the rules beside it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from cadres.careers import holding_problems, membership_problems
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Cadre,
    CommitteeMembership,
    Discipline,
    FamilyMember,
    Holding,
    Qualification,
    SalaryStep,
    ShortTraining,
    WorkPeriod,
)
from cadres.models.period import overlapping
from cadres.rules.careers import Problem

Check = Callable[[Any], list[Problem]]

# Rows that say the same in these: most often a form that was sent twice.
SAME_ROW: dict[type, tuple[str, ...]] = {
    Qualification: ("strand", "rank", "awarded_on", "major"),
    ShortTraining: ("content", "completed_on", "certificate_number"),
    FamilyMember: ("relation", "full_name"),
    WorkPeriod: ("from_on", "what"),
    Affiliation: ("body", "role", "joined_on", "term_id"),
    Award: ("kind", "year", "decision_number", "detail"),
    Discipline: ("system", "form", "decided_on", "decision_number"),
}


def check_row(row: Any) -> None:
    """Raise ValidationError, with the fields of its form as keys, for all that forbids `row`.

    Reads the person's other rows, so inside a transaction it must follow the lock on the person.
    """
    row.full_clean(exclude=["cadre"], validate_constraints=False)
    row.validate_constraints()
    check_beside(row)


def check_beside(row: Any) -> None:
    """Raise ValidationError for what forbids `row` beside the person's other rows alone, as for one
    that comes back as it was."""
    refuse([problem for check in _CHECKS.get(type(row), ()) for problem in check(row)])


def refuse_taken_number(cadre: Cadre) -> None:
    """Raise ValidationError if the person's CCCD number is that of another record. One query."""
    others = Cadre.objects.filter(national_id=cadre.national_id).exclude(pk=cadre.pk)
    if cadre.national_id and others.exists():
        raise ValidationError({"national_id": "Số CCCD này đã có trong một hồ sơ khác."})


def refuse(problems: list[Problem]) -> None:
    """Raise ValidationError with all problems by field; nothing where there is none."""
    if problems:
        raise ValidationError(_by_field(problems))


def _by_field(problems: list[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        messages = found.setdefault(problem.field or "__all__", [])
        if problem.message not in messages:
            messages.append(problem.message)
    return found


def _repeated_row(row: Any) -> list[Problem]:
    same = {name: getattr(row, name) for name in SAME_ROW[type(row)]}
    others = type(row).objects.filter(cadre=row.cadre_id, **same).exclude(pk=row.pk)
    if not others.exists():
        return []
    return [Problem("", "Hồ sơ đã có đúng dòng này", "sửa dòng ấy thay vì thêm lần nữa")]


def _one_at_a_time(row: Any) -> list[Problem]:
    """Steps of pay, and allowances of a kind, follow one another."""
    others = type(row).objects.filter(cadre=row.cadre_id).exclude(pk=row.pk)
    if isinstance(row, Allowance):
        others = others.filter(kind=row.kind)
    other = others.filter(overlapping(row.valid_from, row.valid_to)).first()
    return [overlap_with(other)] if other else []


def overlap_with(other: Any) -> Problem:
    """What is wrong with a row that shares a day with `other`, which it should follow."""
    return Problem(
        "valid_from",
        f"Trùng thời gian với: {other}, từ {other.valid_from:%d/%m/%Y}",
        "kết thúc dòng ấy trước, hoặc sửa ngày",
    )


_CHECKS: dict[type, tuple[Check, ...]] = {
    Holding: (holding_problems,),
    CommitteeMembership: (membership_problems,),
    SalaryStep: (_one_at_a_time,),
    Allowance: (_one_at_a_time,),
    **dict.fromkeys(SAME_ROW, (_repeated_row,)),
}
