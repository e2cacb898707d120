"""The list of decisions: its filter, and what each line says of what the decision changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import django_filters as filters
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from accounts.models import User
from cadres.change_kinds import kinds, label_of
from cadres.models import Basis, Change
from daitu_portal.filter_form import DayFilter, StrictFilter
from daitu_portal.text import has_word

_STANDING, _REVOKED, _EMPTY = "con", "bai-bo", "trong"
_STATES = (
    (_STANDING, "Còn hiệu lực"),
    (_REVOKED, "Đã bị bãi bỏ"),
    (_EMPTY, "Chưa có thay đổi nào"),
)


class DecisionFilter(StrictFilter):
    q = filters.CharFilter(label="Số, cơ quan, người ký", method="named", max_length=60)
    loai = filters.ChoiceFilter(
        label="Loại thay đổi", method="of_kind", empty_label="Tất cả",
        choices=lambda: [(kind.code, kind.label) for kind in kinds()],
    )  # fmt: skip
    tt = filters.ChoiceFilter(
        label="Tình trạng", method="in_state", choices=_STATES, empty_label="Tất cả"
    )
    tu = DayFilter(
        label="Ký từ ngày", field_name="signed_on", lookup_expr="gte",
    )  # fmt: skip
    den = DayFilter(
        label="Ký đến ngày", field_name="signed_on", lookup_expr="lte",
    )  # fmt: skip

    class Meta:
        model = Basis
        fields: list[str] = []

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By a part of it; letters such as Đ are looked for as typed and in capitals, since
        SQLite knows no other way from one to the other."""
        if not has_word(value):
            return queryset.none()
        found = Q()
        for text in {value.strip(), value.strip().upper()}:
            found |= Q(number__icontains=text) | Q(issuer__icontains=text)
            found |= Q(signer__icontains=text)
        return queryset.filter(found)

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(_changes().filter(kind=value)))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == _REVOKED:
            return queryset.exclude(revoked_by=None)
        if value == _EMPTY:
            return queryset.filter(~Exists(_changes()))
        return queryset.filter(Exists(_changes()), revoked_by=None)


def _changes() -> QuerySet:
    return Change.objects.filter(basis=OuterRef("pk"), undoes=None)


@dataclass
class DecisionLine:
    """A decision with what it changed, as far as the reader may see: people by kind."""

    basis: Basis
    kinds: dict[str, int] = field(default_factory=dict)
    people: int = 0
    name: str = ""  # of the only person
    standing: int = 0
    revokes: bool = False  # another decision

    @property
    def state(self) -> str:
        if self.basis.revoked_by_id:
            return dict(_STATES)[_REVOKED]
        if not self.kinds:
            return "Bãi bỏ quyết định khác" if self.revokes else dict(_STATES)[_EMPTY]
        return dict(_STATES)[_STANDING] if self.standing else "Mọi thay đổi đã hủy"


def decisions_of(user: User) -> QuerySet:
    """Decisions that `user` may see, the latest first; `revoked` tells whether it revokes any."""
    revokes = Basis.objects.filter(revoked_by=OuterRef("pk"))
    rows = Basis.objects.visible_to(user).decisions().select_related("revoked_by", "created_by")
    return rows.annotate(revoked=Exists(revokes)).order_by("-signed_on", "-pk")


def decision_lines(page: Iterable[Basis], user: User) -> list[DecisionLine]:
    """What a page of decisions says of each. Two queries, however many people they changed."""
    lines = {
        basis.pk: DecisionLine(basis, revokes=getattr(basis, "revoked", False)) for basis in page
    }
    rows = Change.objects.visible_to(user).filter(basis__in=lines, undoes=None).order_by()
    for key, kind, people in rows.values_list("basis", "kind").annotate(
        people=Count("cadre", distinct=True)
    ):
        lines[key].kinds[label_of(kind)] = people
    for key, people, name, standing in rows.values_list("basis").annotate(
        people=Count("cadre", distinct=True), name=Min("cadre__full_name"),
        standing=Count("pk", filter=Q(undone_by=None), distinct=True),
    ):  # fmt: skip
        one = lines[key]
        one.people, one.standing, one.name = people, standing, name if people == 1 else ""
    return list(lines.values())
