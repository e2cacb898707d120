"""The filter of the list of changes: a plain GET form, the address is its state."""

from datetime import date

import django_filters as filters
from django.db.models import Q, QuerySet

from accounts.models import User
from cadres.change_kinds import kinds, label_of, plain_kinds
from cadres.models import Cadre, Change, Commune, Holding
from cadres.models.period import on_day
from daitu_portal.filter_form import DayFilter, NameInput, StrictFilter
from daitu_portal.text import has_word


def _kinds() -> list[tuple[str, str]]:
    codes = [*plain_kinds(), *(kind.code for kind in kinds())]
    return [(code, label_of(code)) for code in codes]


class ChangeFilter(StrictFilter):
    q = filters.CharFilter(
        label="Tên người, số quyết định", method="named", max_length=100, widget=NameInput()
    )
    loai = filters.ChoiceFilter(
        label="Loại thay đổi", field_name="kind", choices=_kinds, empty_label="Tất cả"
    )
    cach = filters.ChoiceFilter(
        label="Bằng cách", field_name="source", choices=Change.Source.choices,
        empty_label="Tất cả",
    )  # fmt: skip
    ai = filters.ModelChoiceFilter(
        label="Người ghi", field_name="by", queryset=User.objects.none(), empty_label="Tất cả"
    )
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", method="in_commune", queryset=Commune.objects.none(),
        empty_label="Tất cả",
    )  # fmt: skip
    tu = DayFilter(
        label="Ghi từ ngày", field_name="at__date", lookup_expr="gte",
    )  # fmt: skip
    den = DayFilter(
        label="Ghi đến ngày", field_name="at__date", lookup_expr="lte",
    )  # fmt: skip

    class Meta:
        model = Change
        fields: list[str] = []

    def __init__(self, *args, user, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.day = user, day
        if user.is_district_hr:
            self.filters["xa"].queryset = Commune.objects.on(day)
            self.filters["ai"].queryset = User.objects.filter(role__in=["DISTRICT_HR"])
        else:
            del self.filters["xa"], self.filters["ai"]

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if not has_word(value):
            return queryset.none()
        people = Cadre.objects.visible_to(self.user).search(value).values("pk")
        return queryset.filter(
            Q(cadre__in=people) | Q(basis__number__startswith=value.strip().upper())
        )

    def in_commune(self, queryset: QuerySet, name: str, value: Commune) -> QuerySet:
        """Those of people who hold a post there on the day."""
        held = Holding.objects.visible_to(self.user).filter(on_day(self.day), commune=value)
        return queryset.filter(cadre__in=held.values("cadre"))
