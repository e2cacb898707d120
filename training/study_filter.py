"""The filter of the list of studies: a plain GET form, the address is its state."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from cadres.models import Cadre, Commune, Holding
from cadres.rules.levels import STRAND_LABELS, Strand, level_label
from daitu_portal.dates import add_months
from daitu_portal.filter_form import ListFilter, NameInput
from training.models import Study
from training.rules.study import GOING_ON, STAGE_LABELS

_DUE = {"1": "trong 1 tháng", "3": "trong 3 tháng", "6": "trong 6 tháng", "12": "trong 12 tháng"}
_OVERDUE = "qua"


class StudyFilter(ListFilter):
    """Narrows studies `with_stage` of `day`. Its choices take two queries: the schools and levels
    that there are, and the communes."""

    q = filters.CharFilter(label="Họ và tên", method="by_name", max_length=100, widget=NameInput())
    xa = filters.ChoiceFilter(label="Xã, thị trấn", method="by_commune", empty_label="Tất cả")
    muc = filters.ChoiceFilter(label="Nội dung và mức", method="by_level", empty_label="Tất cả")
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", field_name="stage",
        choices=[(each.value, words) for each, words in STAGE_LABELS.items()],
        empty_label="Tất cả",
    )  # fmt: skip
    truong = filters.ChoiceFilter(label="Trường", field_name="school", empty_label="Tất cả")
    han = filters.ChoiceFilter(
        label="Đến hạn tốt nghiệp", method="by_due", empty_label="Tất cả",
        choices=[*_DUE.items(), (_OVERDUE, "đã quá hạn")],
    )  # fmt: skip

    class Meta:
        model = Study
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet, *, day: date, user: User) -> None:
        super().__init__(data, queryset)
        self.day = day
        taught = list(queryset.order_by().values_list("school", "strand", "rank").distinct())
        levels = sorted({(strand, -rank) for _, strand, rank in taught})
        units = Commune.objects.visible_to(user).on(day).order_by("kind", "sort_key")
        self.filters["xa"].extra["choices"] = [
            (f"{k}", n) for k, n in units.values_list("pk", "name")
        ]
        self.filters["muc"].extra["choices"] = [
            (f"{strand}:{-rank}", f"{STRAND_LABELS[Strand(strand)]}: {level_label(strand, -rank)}")
            for strand, rank in levels
        ]
        self.filters["truong"].extra["choices"] = [
            (school, school) for school in sorted({school for school, _, _ in taught})
        ]

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(cadre__in=Cadre.objects.search(value).values("pk"))

    def by_commune(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        held = Holding.objects.on(self.day).filter(cadre=OuterRef("cadre"), commune=int(value))
        return queryset.filter(Q(commune=int(value)) | Exists(held))

    def by_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        strand, rank = value.split(":")
        return queryset.filter(strand=strand, rank=int(rank))

    def by_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        going = queryset.filter(stage__in=GOING_ON)
        if value == _OVERDUE:
            return going.filter(due_then__lt=self.day)
        return going.filter(due_then__gte=self.day, due_then__lte=add_months(self.day, int(value)))
