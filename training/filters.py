"""The filter of the list of classes: a plain GET form, the address is its state."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from daitu_portal.filter_form import DayFilter, ListFilter, NameInput
from daitu_portal.text import fold, has_word
from training.models import ContentGroup, Programme, Provider, TrainingClass
from training.models.programme import ClassForm

UPCOMING, ALL = "sap-mo", "tat-ca"
_STATES = TrainingClass.State


class ClassFilter(ListFilter):
    """Of classes begun by `day`, drafts left out, unless the address asks for others."""

    q = filters.CharFilter(
        label="Tên lớp, mã lớp", method="by_name", max_length=100, widget=NameInput()
    )
    khi = filters.ChoiceFilter(
        label="Khai giảng",
        method="by_time",
        choices=[(UPCOMING, "Sắp mở (sau ngày tính)"), (ALL, "Trước và sau ngày tính")],
        empty_label="Đến ngày tính",
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", field_name="state", choices=_STATES.choices, empty_label="Tất cả"
    )
    nhom = filters.ChoiceFilter(
        label="Nhóm nội dung",
        field_name="content_group",
        choices=ContentGroup.choices,
        empty_label="Tất cả",
    )
    ct = filters.ModelChoiceFilter(
        label="Chương trình",
        field_name="programme",
        queryset=Programme.objects.order_by("name"),
        empty_label="Tất cả",
    )
    hinh_thuc = filters.ChoiceFilter(
        label="Hình thức", field_name="form", choices=ClassForm.choices, empty_label="Tất cả"
    )
    co_so = filters.ModelChoiceFilter(
        label="Cơ sở đào tạo",
        field_name="provider",
        queryset=Provider.objects.order_by("name"),
        empty_label="Tất cả",
    )
    tu = DayFilter(
        label="Khai giảng từ",
        field_name="begins_on",
        lookup_expr="gte",
    )
    den = DayFilter(
        label="Khai giảng đến",
        field_name="begins_on",
        lookup_expr="lte",
    )

    class Meta:
        model = TrainingClass
        fields: list[str] = []

    def __init__(self, data: Any, *, user: Any, day: date) -> None:
        super().__init__(data, TrainingClass.objects.visible_to(user))
        self.day = day
        if not user.is_district_hr:  # the others know of no drafts
            shown = [choice for choice in _STATES.choices if choice[0] != _STATES.DRAFT]
            self.form.fields["tinh_trang"].choices = shown

    @property
    def when(self) -> str:
        """Which of UPCOMING and ALL is asked for; "" for classes begun by the day."""
        told = self.data.get("khi", "")
        return told if told in (UPCOMING, ALL) else ""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found: QuerySet = super().filter_queryset(queryset)
        if not self.when:
            found = found.filter(begins_on__lte=self.day)
            if not self.form.cleaned_data.get("tinh_trang"):
                found = found.exclude(state=_STATES.DRAFT)
        return found

    def by_time(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(begins_on__gt=self.day) if value == UPCOMING else queryset

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = queryset if has_word(value) else queryset.none()
        for word in fold(value).split():
            found = found.filter(search_text__contains=f" {word}")
        return found | queryset.filter(code__iexact=value.strip())
