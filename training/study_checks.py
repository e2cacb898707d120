"""What stands against sending people to a study: asked of many at once, told by person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from training.admission import Admission, admissions_to, course_of, course_of_level
from training.models import Need, Study
from training.rules.admission import Course
from training.rules.study import short_for_a_degree

_SHORT = "học dưới 12 tháng mà cấp bằng: ghi lý do ở ô “Lý do cử ngoài quy định”, hoặc sửa ngày học"


@dataclass(frozen=True)
class Objections:
    """`refused`: by key of the person why they cannot be sent at all. `unusual`: why only with a
    written reason. `standing`: the study that this very decision sent them to already."""

    refused: dict[int, str] = field(default_factory=dict)
    unusual: dict[int, str] = field(default_factory=dict)
    standing: dict[int, Study] = field(default_factory=dict)


def objections_to(people: Sequence[int], terms: Study) -> Objections:
    """What stands against sending `people` (keys) on `terms`, an unsaved study that holds for all.
    A fixed number of queries."""
    standing = _sent_already(people, terms)
    left = [key for key in people if key not in standing]
    refused = {key: why for key, why in _overlapping(left, terms).items() if key in left}
    unusual = {key: "; ".join(why) for key, why in _unusual(left, terms).items() if why}
    return Objections(refused, unusual, standing)


def _sent_already(people: Sequence[int], terms: Study) -> dict[int, Study]:
    same = Study.objects.filter(
        cadre__in=people, strand=terms.strand, rank=terms.rank, begins_on=terms.begins_on,
        school=terms.school, decision__number=terms.decision.number,
        decision__signed_on=terms.decision.signed_on,
    )  # fmt: skip
    return {each.cadre_id: each for each in same.select_related("cadre")}


def _overlapping(people: Iterable[int], terms: Study) -> dict[int, str]:
    return {each.cadre_id: overlap_words(each) for each in overlapping(people, terms)}


def overlapping(people: Iterable[int], terms: Study) -> Iterable[Study]:
    """Studies of `people` for the same strand that share a day with `terms`."""
    lasts = Q(ended_on=None, due_on__gte=terms.begins_on) | Q(ended_on__gt=terms.begins_on)
    return Study.objects.filter(
        lasts, cadre__in=list(people), strand=terms.strand, begins_on__lte=terms.due_on
    ).exclude(pk=terms.pk)


def overlap_words(study: Study) -> str:
    """Why `study` stands against another of the same strand."""
    last = study.ended_on or study.due_on
    return (
        f"đang có lượt cử đi học cùng nội dung trùng thời gian: {study.what}, {study.school}, "
        f"từ {study.begins_on:%d/%m/%Y} đến {last:%d/%m/%Y}; ghi kết thúc lượt ấy trước, hoặc "
        "chọn ngày học ngoài thời gian ấy"
    )


def course_of_study(terms: Study) -> Course:
    """What the rules read of a study: its programme, else its level and how long it lasts."""
    if terms.programme:
        return course_of(terms.programme)
    return course_of_level(terms.strand, terms.rank, days=(terms.due_on - terms.begins_on).days)


def _unusual(people: Sequence[int], terms: Study) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {key: [] for key in people}
    asked = admissions_to(course_of_study(terms), people, terms.begins_on)
    for key, admission in asked.items():
        found[key] += _why(admission)
    if short_for_a_degree(terms.strand, terms.rank, terms.begins_on, terms.due_on):
        for told in found.values():
            told.append(_SHORT)
    return found


def _why(admission: Admission) -> list[str]:
    return [] if admission.is_admitted else list(admission.why) or ["ngoài đối tượng được cử"]


def open_needs(people: Iterable[int], terms: Study) -> dict[int, Need]:
    """By key of the person the registered need that this study meets: of the programme, not met by
    a class or study yet; of its line of the plan, then of its year, before others. One query."""
    if terms.programme is None:
        return {}
    needs = Need.objects.open_on(date.max).filter(cadre__in=list(people), programme=terms.programme)
    needs = needs.select_related("plan_line__into").order_by("-year", "pk")
    found: dict[int, Need] = {}
    for need in sorted(needs, key=lambda each: _place(each, terms)):
        found.setdefault(need.cadre_id, need)
    return found


def _place(need: Need, terms: Study) -> tuple[bool, bool]:
    line = terms.plan_line_id
    lines = (need.plan_line_id, need.plan_line and need.plan_line.into_id)
    return line is None or line not in lines, need.year != terms.begins_on.year
