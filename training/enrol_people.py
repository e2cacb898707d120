"""Of whom the page of enrolment offers a choice: registered needs, or everyone who serves."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from cadres.filter_choices import GROUP_CHOICES
from cadres.models import Cadre, Commune, Holding
from cadres.models.cadre import CadreQuerySet
from cadres.models.post import PostGroup
from daitu_portal.addresses import is_key
from daitu_portal.filter_form import ListFilter, NameInput
from training.enrol_checks import open_needs
from training.models import TrainingClass

NEEDS, ALL = "nhu-cau", "tat-ca"
PEOPLE = "nguoi"  # keys that another page sends here
_MOST_NAMED = 500
_GROUPS = [(value, words) for value, words in GROUP_CHOICES if value in PostGroup.values]


class EnrolFilter(ListFilter):
    """A plain GET form; the address is its state."""

    nguon = filters.ChoiceFilter(
        label="Lấy từ",
        choices=[(NEEDS, "Nhu cầu đã đăng ký cho chương trình"), (ALL, "Mọi người đang công tác")],
        method="by_source",
        empty_label="Theo mặc định của lớp",
    )
    q = filters.CharFilter(label="Tên", method="by_name", max_length=100, widget=NameInput())
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", queryset=Commune.objects.none(), method="by_commune",
        empty_label="Tất cả",
    )  # fmt: skip
    nhom = filters.ChoiceFilter(
        label="Nhóm chức vụ", choices=_GROUPS, method="by_group", empty_label="Tất cả"
    )

    class Meta:
        model = Cadre
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User, day: date, needs: dict[int, int]) -> None:
        self.day, self.needs = day, needs
        super().__init__(data, Cadre.objects.visible_to(user))
        units = Commune.objects.visible_to(user).on(day)
        self.form.fields["xa"].queryset = units

    def by_source(self, people: Any, name: str, value: str) -> QuerySet[Cadre]:
        return people if value == ALL else people.filter(pk__in=self.needs)

    def by_name(self, people: Any, name: str, value: str) -> QuerySet[Cadre]:
        found: QuerySet[Cadre] = people.search(value)
        return found

    def by_commune(self, people: Any, name: str, value: Commune) -> QuerySet[Cadre]:
        found: QuerySet[Cadre] = people.serving(self.day, commune=value)
        return found

    def by_group(self, people: Any, name: str, value: str) -> QuerySet[Cadre]:
        held = Holding.objects.on(self.day).filter(post__group=value)
        return people.filter(pk__in=held.values("cadre"))


class Offered:
    """Whom an address of the page offers for a class, in the order of names."""

    def __init__(self, training_class: TrainingClass, query: QueryDict, user: User, day: date):
        programme, line = training_class.programme, training_class.plan_line_id
        self.needs = open_needs(programme, line_id=line) if programme else {}
        self.named = _named(query)
        data = query.copy()
        if data.get("nguon") not in (NEEDS, ALL):
            data["nguon"] = NEEDS if training_class.programme else ALL
        self.filters = EnrolFilter(data, user=user, day=day, needs=self.needs)
        self.source = data["nguon"]
        self._everyone = Cadre.objects.visible_to(user)
        self._day = day

    @property
    def people(self) -> CadreQuerySet:
        """Those whom the address names by key, else those who serve and fit the filters."""
        if self.named:
            return self._everyone.filter(pk__in=self.named).order_by("name_sort_key", "pk")
        found: Any = self.filters.qs
        return found.serving(self._day).order_by("name_sort_key", "pk")

    def keys(self, most: int) -> list[int]:
        """Their keys, `most` at the most. One query."""
        return list(self.people.values_list("pk", flat=True)[:most])


def _named(query: QueryDict) -> list[int]:
    told = [part for text in query.getlist(PEOPLE) for part in text.split(",")]
    return [int(part) for part in told if is_key(part)][:_MOST_NAMED]
