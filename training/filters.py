"""The filter of the list of classes: a plain GET form, the address is its state."""

import django_filters as filters
from django.db.models import QuerySet

from daitu_portal.filter_form import DayFilter, ListFilter, NameInput
from daitu_portal.text import fold, has_word
from training.models import ContentGroup, Provider, TrainingClass


class ClassFilter(ListFilter):
    q = filters.CharFilter(
        label="Tên lớp, mã lớp", method="by_name", max_length=100, widget=NameInput()
    )
    nhom = filters.ChoiceFilter(
        label="Nhóm nội dung",
        field_name="content_group",
        choices=ContentGroup.choices,
        empty_label="Tất cả",
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

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = queryset if has_word(value) else queryset.none()
        for word in fold(value).split():
            found = found.filter(search_text__contains=f" {word}")
        return found | queryset.filter(code__iexact=value.strip())
