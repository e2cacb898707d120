"""Which tables of the record follow a person into another record, and which rows cannot stand
side by side: the same rules that forms are held to (cadres/soundness.py), asked of two rows."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cadres.careers import stay_of
from cadres.models import (
    Affiliation,
    Allowance,
    Attachment,
    Award,
    CommitteeMembership,
    Discipline,
    FamilyMember,
    Holding,
    JournalNote,
    PaperItem,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
    WorkPeriod,
)
from cadres.person_tables import Moved, Obstacle, register
from cadres.rules.careers import Span, main_post_problems, repetition_problems
from cadres.soundness import SAME_ROW

Judge = Callable[[Any, Any], Obstacle | None]


def same_in(why: str, *names: str) -> Judge:
    """Two rows that say the same in these columns cannot both stand."""

    def judge(left: Any, right: Any) -> Obstacle | None:
        is_same = all(getattr(left, name) == getattr(right, name) for name in names)
        return Obstacle(why) if is_same else None

    return judge


def _posts(left: Any, right: Any) -> Obstacle | None:
    here, comes = stay_of(left), stay_of(right)
    if repetition_problems(comes, [here]):
        return Obstacle("cùng một chức vụ trong cùng thời gian")
    if main_post_problems(comes, [here]):
        return Obstacle("hai chức vụ chính trong cùng thời gian", may_both=True)
    return None


def _seats(left: Any, right: Any) -> Obstacle | None:
    problems = repetition_problems(stay_of(right), [stay_of(left)])
    return Obstacle("cùng một chân cấp ủy trong cùng thời gian") if problems else None


def _meets(why: str, *names: str) -> Judge:
    """Two periods that share a day cannot both stand, where they say the same in `names`."""

    def judge(left: Any, right: Any) -> Obstacle | None:
        is_same = all(getattr(left, name) == getattr(right, name) for name in names)
        return Obstacle(why) if is_same and _span(left).overlaps(_span(right)) else None

    return judge


def _span(row: Any) -> Span:
    return Span("", row.valid_from, row.valid_to)


def _set_aside() -> dict[str, Any]:
    return {"set_aside_at": timezone.now()}


def _repeated(model: type[Any]) -> Moved:
    return Moved(model, same_in("gần như cùng một dòng", *SAME_ROW[model]))


register(
    Moved(Profile),
    Moved(Holding, _posts, giving_way={"is_main": False}),
    Moved(CommitteeMembership, _seats),
    _repeated(Qualification),
    _repeated(ShortTraining),
    Moved(Rating, same_in("hai mức xếp loại của một năm", "year")),
    Moved(SalaryStep, _meets("hai mức lương trong cùng thời gian")),
    Moved(Allowance, _meets("một loại phụ cấp hai lần trong cùng thời gian", "kind")),
    _repeated(Award),
    _repeated(Discipline),
    Moved(Status, same_in("cùng một tình trạng từ cùng một ngày", "kind", "valid_from")),
    _repeated(FamilyMember),
    _repeated(WorkPeriod),
    _repeated(Affiliation),
    Moved(Attachment, same=("sha256", "kind"), doubled=_set_aside),
    Moved(PaperItem, same_in("cùng một thành phần hồ sơ", "component")),
    Moved(JournalNote),
)
