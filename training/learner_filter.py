"""The filter of the list of learners outside the file."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Case, Q, QuerySet, When
from django.http import QueryDict

from accounts.models import User
from cadres.models import Commune
from daitu_portal.filter_form import ListFilter, NameInput
from daitu_portal.text import fold, has_word
from training.learners import may_be_officials
from training.models import OutsideLearner

_LINKS = [("co-the", "Có thể là cán bộ (trùng tên, chưa nối)"), ("da-noi", "Đã nối với hồ sơ"),
          ("chua", "Chưa nối")]  # fmt: skip


def _units(user: User, learners: QuerySet[OutsideLearner], day: date) -> QuerySet[Commune]:
    """The units in force on `day`, then others that learners are of."""
    mine = Commune.objects.visible_to(user)
    in_force = Q(pk__in=mine.on(day).values("pk"))
    is_named = Q(pk__in=learners.filter(commune__isnull=False).values("commune"))
    found: QuerySet[Commune] = mine.filter(in_force | is_named)
    return found.order_by(Case(When(in_force, then=0), default=1), "kind", "sort_key", "pk")


def _named(unit: Commune, day: date) -> str:
    """The name, with when it was of a unit that is not in force on `day`."""
    if unit.last_on and unit.last_on < day:
        return f"{unit.name} (đến hết {unit.last_on:%d/%m/%Y})"
    return f"{unit.name} (từ {unit.valid_from:%d/%m/%Y})" if unit.valid_from > day else unit.name


class LearnerFilter(ListFilter):
    q = filters.CharFilter(
        label="Tên, đơn vị công tác", method="by_name", max_length=100, widget=NameInput()
    )
    loai = filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=OutsideLearner.Kind.choices, empty_label="Tất cả"
    )
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", field_name="commune", queryset=Commune.objects.none(),
        empty_label="Tất cả",
    )  # fmt: skip
    ho_so = filters.ChoiceFilter(
        label="Hồ sơ cán bộ", choices=_LINKS, method="by_link", empty_label="Tất cả"
    )

    class Meta:
        model = OutsideLearner
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User, day: date) -> None:
        self.user = user
        learners = OutsideLearner.objects.visible_to(user)
        super().__init__(data, learners)
        units = self.form.fields["xa"]
        units.queryset = _units(user, learners, day)
        units.label_from_instance = lambda unit: _named(unit, day)

    def by_name(self, learners: Any, name: str, value: str) -> QuerySet[OutsideLearner]:
        named = learners if has_word(value) else learners.none()
        for word in fold(value).split():
            named = named.filter(search_text__contains=f" {word}")
        found: QuerySet[OutsideLearner] = named | learners.filter(
            workplace__icontains=value.strip()
        )
        return found

    def by_link(self, learners: Any, name: str, value: str) -> QuerySet[OutsideLearner]:
        if value == "co-the":
            return may_be_officials(learners, self.user)
        found: QuerySet[OutsideLearner] = learners.filter(cadre__isnull=value == "chua")
        return found
