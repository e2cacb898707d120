"""The filter of the inbox: a plain GET form, the address is its state."""

from datetime import date

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from cadres.models import Cadre, Commune, Holding, PostManagement
from cadres.models.period import on_day
from cadres.models.post import ManagingLevel
from daitu_portal.filter_form import NameInput, StrictFilter
from daitu_portal.text import has_word
from intake.models import Proposal, ProposalItem
from intake.sections import sections


class InboxFilter(StrictFilter):
    q = filters.CharFilter(label="Nội dung, tên người", method="named", max_length=100,
                           widget=NameInput())  # fmt: skip
    xa = filters.ModelChoiceFilter(
        label="Xã, thị trấn", field_name="commune", queryset=Commune.objects.none(),
        empty_label="Tất cả",
    )  # fmt: skip
    phan = filters.ChoiceFilter(
        label="Có phần", method="with_section", choices=lambda: [(s, s) for s in sections()],
        empty_label="Tất cả",
    )  # fmt: skip
    cap = filters.ChoiceFilter(
        label="Cấp quản lý", method="managed_by", choices=ManagingLevel.choices,
        empty_label="Tất cả",
    )  # fmt: skip

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args, user, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.day = user, day
        if user.is_district_hr:
            self.filters["xa"].queryset = self._units()
        else:
            del self.filters["xa"]

    def _units(self) -> QuerySet:
        """The units of the day, and those of other days from which a proposal came."""
        came = Proposal.objects.visible_to(self.user).values("commune")
        return Commune.objects.filter(on_day(self.day) | Q(pk__in=came)).order_by("sort_key", "pk")

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if not has_word(value):
            return queryset.none()
        people = Cadre.objects.visible_to(self.user).search(value).values("pk")
        items = ProposalItem.objects.filter(proposal=OuterRef("pk"), cadre__in=people)
        return queryset.filter(Q(title__icontains=value.strip()) | Q(Exists(items)))

    def with_section(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        items = ProposalItem.objects.filter(proposal=OuterRef("pk"), section=value)
        return queryset.filter(Exists(items))

    def managed_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Those about someone whose post is managed at that level on the day."""
        posts = PostManagement.objects.on(self.day).filter(level=value).values("post")
        held = (
            Holding.objects.visible_to(self.user)
            .filter(on_day(self.day), post__in=posts)
            .values("cadre")
        )
        items = ProposalItem.objects.filter(proposal=OuterRef("pk"), cadre__in=held)
        return queryset.filter(Exists(items))
