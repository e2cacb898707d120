"""What stands for and against people in a class now: seats, hours, admission, needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.models import Cadre, Qualification, ShortTraining
from training.admission import Admission, admissions_to, course_of, course_of_level
from training.clashes import clashes_of_people, sitting_now
from training.models import Enrolment, Need, OutsideLearner, Programme, TrainingClass
from training.models.enrolment import FREED
from training.person_keys import cadre_key, key_of, learner_key, parted
from training.rules.admission import Course

Result = Enrolment.Result


@dataclass(frozen=True)
class Check:
    """What stands for and against people in a class, by key of the person, as things are now."""

    free: int | None  # seats; None: without limit
    already: frozenset[str]
    withdrawn: Mapping[str, int]  # keys of rows that would come back
    refused: Mapping[str, str]
    admissions: Mapping[int, Admission]  # of those who are not admitted, by key of the official
    needs: Mapping[int, int]  # open need by key of the official

    def needs_reason(self, key: str) -> bool:
        """Whether `key` may be sent only with a written reason."""
        return key.startswith("c") and int(key[1:]) in self.admissions


def officials_of(keys: Iterable[str]) -> list[str]:
    """The same people, each once: an outside learner who is linked to a record is that official.
    One query where there are learners."""
    told = list(keys)
    learners = parted(told)[1]
    linked = {
        learner_key(pk): cadre_key(cadre)
        for pk, cadre in OutsideLearner.objects.filter(pk__in=learners, cadre__isnull=False)
        .values_list("pk", "cadre")
    } if learners else {}  # fmt: skip
    return list(dict.fromkeys(linked.get(key, key) for key in told))


def check(training_class: TrainingClass, people: Iterable[str], on: date) -> Check:
    """What stands for and against `people` in `training_class`, were they sent on a day: its first
    day, where it has begun by then. A fixed number of queries."""
    keys = list(people)
    cadres, learners = parted(keys)
    day = min(on, training_class.begins_on)
    rows = _rows_of(training_class)
    refused = {
        key: f"đã có trong lớp với kết quả “{Result(result).label}”; sửa ở phần kết quả của lớp"
        for key, (_, result) in rows.items()
        if result in FREED and result != Result.WITHDRAWN
    }
    refused |= {key: clash.words for key, clash in clashes_of_people(training_class, keys).items()}
    refused |= _gone(cadres, learners)
    programme = training_class.programme
    already = frozenset(key for key, (_, result) in rows.items() if result not in FREED)
    return Check(
        free=_free(training_class, rows),
        already=already,
        withdrawn={key: pk for key, (pk, result) in rows.items() if result == Result.WITHDRAWN},
        refused={key: refused[key] for key in keys if key in refused and key not in already},
        admissions=_not_admitted(training_class, cadres, day),
        needs=open_needs(programme, cadres, training_class.plan_line_id) if programme else {},
    )


def free_seats(training_class: TrainingClass) -> int | None:
    """How many seats are free; None where the class has no limit. One query."""
    if training_class.capacity is None:
        return None
    taken = sitting_now(Enrolment.objects.filter(training_class=training_class)).count()
    return max(training_class.capacity - taken, 0)


def _rows_of(training_class: TrainingClass) -> dict[str, tuple[int, str]]:
    """(key, result) of each participation by person; one that sits before one that does not."""
    rows = Enrolment.objects.filter(training_class=training_class).order_by("pk").values_list(
        "pk", "result", "cadre", "outside_learner__cadre", "outside_learner"
    )  # fmt: skip
    found: dict[str, tuple[int, str]] = {}
    for pk, result, *who in rows:
        key = key_of(*who)
        if key not in found or found[key][1] in FREED:
            found[key] = (pk, result)
    return found


def _free(training_class: TrainingClass, rows: Mapping[str, tuple[int, str]]) -> int | None:
    if training_class.capacity is None:
        return None
    taken = sum(result not in FREED for _, result in rows.values())
    return max(training_class.capacity - taken, 0)


def _gone(cadres: list[int], learners: list[int]) -> dict[str, str]:
    kept = set(Cadre.objects.filter(pk__in=cadres, is_kept=True).values_list("pk", flat=True))
    there = set()
    if learners:
        rows = OutsideLearner.objects.filter(pk__in=learners)
        there = set(rows.values_list("pk", flat=True))
    gone = [cadre_key(pk) for pk in cadres if pk not in kept]
    gone += [learner_key(pk) for pk in learners if pk not in there]
    return dict.fromkeys(gone, "hồ sơ không còn dùng (đã gộp vào hồ sơ khác)")


def _not_admitted(
    training_class: TrainingClass, cadres: list[int], day: date
) -> dict[int, Admission]:
    if not cadres:
        return {}
    asked = admissions_to(course_of_class(training_class, day), cadres, day)
    return {key: found for key, found in asked.items() if not found.is_admitted}


def course_of_class(training_class: TrainingClass, day: date) -> Course:
    """What the rules read of the class: its programme, else that it lasts to its last day."""
    if training_class.programme:
        return course_of(training_class.programme)
    return course_of_level("", None, days=(training_class.ends_on - day).days)


def open_needs(
    programme: Programme, cadre_ids: Iterable[int] | None = None, line_id: int | None = None
) -> dict[int, int]:
    """The registered need for `programme` that nothing answers yet, by key of the official; of all
    where no keys are given. That of the line of the plan with `line_id` before others, then the
    oldest year first. One query."""
    needs = Need.objects.open_on(date.max).filter(programme=programme)
    if cadre_ids is not None:
        needs = needs.filter(cadre__in=list(cadre_ids))
    rows = needs.order_by("year", "pk").values_list("pk", "cadre", "plan_line", "plan_line__into")
    found: dict[int, int] = {}
    for pk, cadre, *_ in _planned_first(rows, line_id):
        found.setdefault(cadre, pk)
    return found


def _planned_first(rows: Iterable[Any], line_id: int | None) -> list[Any]:
    """`rows` that end in lines of a plan: those of `line_id` first, else as they are."""
    return sorted(rows, key=lambda row: line_id is None or line_id not in row[2:])


def who_has_it(programme: Programme, cadre_ids: Iterable[int], day: date) -> set[int]:
    """Which officials have what `programme` gives already, by `day`. One query, or none."""
    keys = list(cadre_ids)
    if programme.strand and programme.rank is not None:
        held = Qualification.objects.by(day).filter(
            cadre__in=keys, strand=programme.strand, rank__gte=programme.rank
        )
        return set(held.order_by().values_list("cadre", flat=True))
    if programme.content:
        trained = ShortTraining.objects.filter(cadre__in=keys, content=programme.content)
        return set(trained.order_by().values_list("cadre", flat=True))
    return set()
