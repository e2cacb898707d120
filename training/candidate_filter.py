"""The filter of the list of sources of cadres: a plain GET form, the address is its state."""

from functools import partial

import django_filters as filters
from django.db.models import QuerySet

from cadres.models import Commune
from daitu_portal.filter_form import ListFilter, NameInput
from daitu_portal.text import fold, has_word
from training.models import Candidate
from training.units_chosen import dated_name, of_candidates, units_to_choose


class CandidateFilter(ListFilter):
    """Of candidates with `state_then`."""

    q = filters.CharFilter(label="Họ và tên", method="by_name", max_length=100, widget=NameInput())
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", field_name="commune", queryset=Commune.objects.none(),
        empty_label="Tất cả",
    )  # fmt: skip
    to_chuc = filters.ChoiceFilter(
        label="Tổ chức giới thiệu", field_name="body", choices=Candidate.Body.choices,
        empty_label="Tất cả",
    )  # fmt: skip
    la = filters.ChoiceFilter(
        label="Đang là", field_name="kind", choices=Candidate.Kind.choices, empty_label="Tất cả"
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", field_name="state_then", choices=Candidate.State.choices,
        empty_label="Tất cả",
    )  # fmt: skip

    class Meta:
        model = Candidate
        fields: list[str] = []

    def __init__(self, data, queryset, *, user, day):
        super().__init__(data, queryset)
        if user.sees_whole_district:
            self.filters["xa"].queryset = units_to_choose(
                Commune.objects, day, has_rows=of_candidates()
            )
            self.filters["xa"].field.label_from_instance = partial(dated_name, day=day)
        else:
            del self.filters["xa"]

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        found = queryset if has_word(value) else queryset.none()
        for word in fold(value).split():
            found = found.filter(search_text__contains=f" {word}")
        return found
