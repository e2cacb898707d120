"""The list of certificates: its filter, and what each line says beside its credit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cadres.models import Cadre, Commune, Holding, Qualification, ShortTraining
from daitu_portal.dates import PartialDate
from daitu_portal.filter_form import NameInput, StrictFilter
from daitu_portal.text import fold, has_word
from training.models import Credit, Programme, TrainingClass
from training.rules.certificates import to_mind
from training.same_numbers import same_numbers

State = Credit.State
ALL = "tat-ca"
_LOADED = (
    "cadre", "enrolment__training_class", "enrolment__cadre", "enrolment__outside_learner", "study",
    "decided_by",
)  # fmt: skip


class CreditFilter(StrictFilter):
    """Those whose certificate waits, unless another state is asked for."""

    q = filters.CharFilter(label="Họ và tên", method="named", max_length=100, widget=NameInput())
    lop = filters.CharFilter(label="Mã lớp, tên lớp", method="of_class", max_length=100)
    ct = filters.ModelChoiceFilter(
        label="Chương trình", method="of_programme", queryset=Programme.objects.order_by("name"),
        empty_label="Tất cả",
    )  # fmt: skip
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", method="of_unit", queryset=Commune.objects.none(),
        empty_label="Tất cả",
    )  # fmt: skip
    tt = filters.ChoiceFilter(
        label="Tình trạng", method="in_state", choices=[*State.choices[1:], (ALL, "Tất cả")],
        empty_label=State.PROPOSED.label,
    )  # fmt: skip

    class Meta:
        model = Credit
        fields: list[str] = []

    def __init__(self, *args, user: User, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.day = user, day
        if user.sees_whole_district:
            self.filters["xa"].queryset = Commune.objects.on(day).order_by("sort_key", "pk")
        else:
            del self.filters["xa"]

    @property
    def state(self) -> str:
        """The state that is asked for; "" for all of them."""
        asked = self.form.cleaned_data.get("tt") if self.form.is_valid() else ""
        return "" if asked == ALL else asked or State.PROPOSED

    @property
    def qs(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().qs
        return found.in_state(self.state) if self.state else found.with_standing()  # type: ignore[attr-defined]

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        people = Cadre.objects.visible_to(self.user).search(value)
        return queryset.filter(cadre__in=people.values("pk"))

    def of_class(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        called = TrainingClass.objects.all() if has_word(value) else TrainingClass.objects.none()
        for word in fold(value).split():
            called = called.filter(search_text__contains=f" {word}")
        meant = Q(enrolment__training_class__code__iexact=value.strip())
        return queryset.filter(meant | Q(enrolment__training_class__in=called.values("pk")))

    def of_programme(self, queryset: QuerySet, name: str, value: Programme) -> QuerySet:
        return queryset.filter(
            Q(enrolment__training_class__programme=value) | Q(study__programme=value)
        )

    def of_unit(self, queryset: QuerySet, name: str, value: Commune) -> QuerySet:
        held = Holding.objects.on(self.day).filter(commune=value)
        return queryset.filter(cadre__in=held.values("cadre"))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset  # by `qs`, which knows the state where none is asked for


def listed(user: User) -> QuerySet[Credit]:
    """The credits that `user` may see, by name."""
    mine = Credit.objects.visible_to(user).select_related(*_LOADED)
    found: QuerySet[Credit] = mine.order_by(F("cadre__name_sort_key"), "pk")
    return found


@dataclass
class CreditLine:
    """A credit on the list: what is typed of its certificate, and what to mind."""

    credit: Credit
    unit: str
    number: str
    day: str
    evidence: str
    is_ticked: bool = False
    notes: list[str] = field(default_factory=list)
    error: str = ""


def lines_of(
    credits: Iterable[Credit], day: date, data: Mapping[str, str] | None = None,
    ticked: Iterable[int] = (), errors: Mapping[int, str] | None = None, *,
    names_all: bool = False,
) -> list[CreditLine]:  # fmt: skip
    """The lines of a page, as they stand or as `data` says; who else's a number is is told where
    the reader may see everybody: `names_all`. Four queries, however many."""
    found, said, chosen = list(credits), data or {}, set(ticked)
    people = [each.cadre_id for each in found]
    units = Holding.objects.main_units(people, day)
    held = _Held(people)
    typed = {each.pk: said.get(f"so_{each.pk}", each.evidence_number) for each in found}
    waiting = [each for each in found if each.state == State.PROPOSED]
    same = numbers_of(waiting, typed) if names_all else {}
    return [
        CreditLine(
            credit=each,
            unit=units.get(each.cadre_id, ""),
            number=typed[each.pk],
            day=said.get(f"nc_{each.pk}", f"{each.awarded_on:%d/%m/%Y}"),
            evidence=said.get(f"gt_{each.pk}", each.evidence),
            is_ticked=each.pk in chosen,
            notes=_notes(each, held, same.get(each.pk, "")) if each in waiting else [],
            error=(errors or {}).get(each.pk, ""),
        )
        for each in found
    ]


def numbers_of(credits: Iterable[Credit], typed: Mapping[int, str] | None = None) -> dict[int, str]:
    """By key of each credit of a class whose number is another person's too, in words. One
    query."""
    found = {each.enrolment.pk: each for each in credits if each.enrolment}
    rows = [each.enrolment for each in found.values() if each.enrolment]
    said = typed or {}
    numbers = {key: said.get(each.pk, each.evidence_number) for key, each in found.items()}
    return {found[key].pk: words for key, words in same_numbers(rows, numbers).items()}


class _Held:
    """What the records of people hold. Two queries."""

    def __init__(self, people: Iterable[int]) -> None:
        keys = list(people)
        self.levels: dict[tuple[int, str], list[Qualification]] = {}
        for each in Qualification.objects.filter(cadre__in=keys).order_by("-rank", "pk"):
            self.levels.setdefault((each.cadre_id, each.strand), []).append(each)
        self.contents: dict[tuple[int, str], list[PartialDate | None]] = {}
        rows = ShortTraining.objects.filter(cadre__in=keys).exclude(content="other")
        for key, content, day in rows.values_list("cadre", "content", "completed_on"):
            self.contents.setdefault((key, content), []).append(day)


def _notes(credit: Credit, held: _Held, same: str) -> list[str]:
    told = [to_mind(credit.strand, credit.evidence, credit.awarded_on), same]
    if credit.awarded_on > timezone.localdate():
        told.append("ngày cấp chưa tới: chờ đến khi được cấp")
    if credit.content:
        days = held.contents.get((credit.cadre_id, credit.content), [])[:1]
        told += [f"hồ sơ đã có bồi dưỡng nội dung này{_of(day)}" for day in days]
    else:
        levels = held.levels.get((credit.cadre_id, credit.strand), [])
        told += [
            f"hồ sơ đã có mức {each.level_name}{_of(each.awarded_on)}; nếu là một thì không ghi "
            "nhận"
            for each in levels[:1]
            if each.rank >= (credit.rank or 0)
        ]
    return [each for each in told if each]


def _of(day: PartialDate | None) -> str:
    return f", cấp {day}" if day else ""
