"""What the pages of studies say: the list of a day, its counts, a study with its steps, the
workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User
from cadres.models import Cadre, Holding
from daitu_portal.addresses import is_key
from daitu_portal.excel import TEXT_FORMAT, Column
from daitu_portal.text import has_word
from training.admission import Admission, admissions_to
from training.models import Study, StudyStep
from training.rules.admission import Course
from training.rules.study import (
    GOING_ON,
    STAGE_LABELS,
    Step,
    compensation,
    end_of,
    next_steps,
    standing,
)

MOST_PEOPLE = 100  # sent by one decision
_FOUND = 20


def studies_on(day: date, user: User) -> QuerySet[Study]:
    """Those that `user` may see and that were known by `day`, with where they stood then."""
    return Study.objects.visible_to(user).known_by(day).with_stage(day)


def counts_by_stage(studies: QuerySet[Study], query: Any) -> list[dict[str, Any]]:
    """How many of `studies` are at which stage, each with its address. One query."""
    rows: Any = studies
    numbers = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    found = []
    for stage, words in STAGE_LABELS.items():
        if numbers.get(stage.value):
            asked = query.copy()
            asked.pop("trang", None)
            asked["tinh_trang"] = stage.value
            found.append({"words": words, "number": numbers[stage.value], "url": asked.urlencode()})
    return found


@dataclass(frozen=True)
class ShownStep:
    """A step with what the page says of it: whether it was taken back, or is after the day."""

    step: StudyStep
    is_gone: bool
    is_later: bool


def steps_of(study: Study, day: date) -> list[ShownStep]:
    """All steps of `study`, as it was loaded with them, in the order of their days."""
    stands = {each.key for each in standing(study.told)}
    return [
        ShownStep(
            each,
            each.pk not in stands and each.kind != StudyStep.Kind.CORRECTION,
            each.on > day,
        )
        for each in study.steps.all()
    ]


def offered(study: Study) -> list[tuple[str, str]]:
    """The steps that can be recorded now, as (kind, words)."""
    return [
        (kind.value, StudyStep.Kind(kind).label) for kind in next_steps(study.agreed, study.told)
    ]


def is_overdue(study: Study, day: date) -> bool:
    return study.stage in GOING_ON and study.due_then < day


def proposed_compensation(study: Study, day: date) -> int | None:
    """What the decree asks back, in đồng, of whoever leaves on `day`: a formula to check against,
    from what was paid. The whole where the study was not finished; None where nothing was paid."""
    end, paid = end_of(study.told), study.money.paid
    if end is None or not paid:
        return None
    if end.kind != Step.GRADUATED or study.committed_until is None:
        return paid
    return compensation(paid, end.on, study.committed_until, day)


@dataclass(frozen=True)
class Asked:
    """Whom the form of sending speaks of, with what the rules say of each; whom a search
    found."""

    people: list[tuple[Cadre, str, Admission | None]]
    found: list[tuple[Cadre, str]]
    query: str

    @property
    def unusual(self) -> int:
        return sum(1 for _, _, told in self.people if told and not told.is_admitted)


def asked_of(user: User, keys: Sequence[str], query: str, course: Course, day: date) -> Asked:
    """The people of `keys` whom `user` may see, and those of a search by name or code; with
    what stands against sending them to `course` on `day`. A fixed number of queries."""
    seen = Cadre.objects.visible_to(user)
    chosen = [int(key) for key in keys if is_key(key)][:MOST_PEOPLE]
    people = list(seen.filter(pk__in=chosen).order_by("name_sort_key", "pk"))
    text = query.replace("\0", "")[:100]
    found: list[Cadre] = []
    if text.strip():
        hits = (seen.search(text) if has_word(text) else seen.none()) | seen.numbered(
            text, {"code"}
        )
        hits = hits.exclude(pk__in=[each.pk for each in people])
        found = list(hits.order_by("name_sort_key", "pk")[:_FOUND])
    units = Holding.objects.visible_to(user).main_units([*people, *found], day)
    told = admissions_to(course, [each.pk for each in people], day)
    return Asked(
        [(each, units.get(each.pk, ""), told.get(each.pk)) for each in people],
        [(each, units.get(each.pk, "")) for each in found],
        text,
    )


COLUMNS = (
    Column("Họ và tên", width=28, number_format=TEXT_FORMAT),
    Column("Số hiệu", width=12, number_format=TEXT_FORMAT),
    Column("Đơn vị khi được cử", width=22),
    Column("Nội dung và mức", width=26),
    Column("Chuyên ngành", width=24),
    Column("Trường", width=34),
    Column("Hình thức", width=20),
    Column("Học từ", width=12, holds_days=True),
    Column("Dự kiến tốt nghiệp", width=14, holds_days=True, says="Theo lần gia hạn gần nhất"),
    Column("Tình trạng", width=18, says="Vào ngày tính"),
    Column("Quyết định", width=40),
    Column("Mức hỗ trợ (đồng)", width=16),
    Column("Đã trả (đồng)", width=16),
    Column("Cam kết đến hết", width=14, holds_days=True),
    Column("Còn phải bồi hoàn (đồng)", width=18),
)


def export_rows(studies: Iterable[Study]) -> list[list[Any]]:
    """The rows of the workbook: `studies` with people, units, decisions and steps loaded."""
    return [
        [
            each.cadre.full_name, each.cadre.code, each.commune.name if each.commune else "",
            each.what, each.major, each.school, each.get_form_display(), each.begins_on,
            each.due_then, each.stage_words, str(each.decision), each.support_agreed,
            each.money.paid, each.committed_until, each.money.left_to_repay,
        ]
        for each in studies
    ]  # fmt: skip
