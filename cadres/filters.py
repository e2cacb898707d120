"""The filters of the people list: one form, the address is its state, scope comes first."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from cadres.field_groups import FieldGroup, sees
from cadres.models import (
    Cadre,
    CommitteeMembership,
    Commune,
    Holding,
    PostManagement,
    Qualification,
    Rating,
)
from cadres.models.period import on_day
from cadres.models.post import ManagingLevel, PostGroup
from cadres.rulebook import Rulebook
from cadres.rules.levels import LEVELS, Strand
from cadres.rules.peoples import KINH, PEOPLES
from cadres.rules.standards import VERDICT_LABELS, Verdict
from cadres.verdict_sql import with_verdict_among
from daitu_portal.text import fold

NO_DATA = "khong-ro"
NO_DATA_CHOICE = (NO_DATA, "Chưa có dữ liệu")
EVERYBODY = "moi"
COMMITTEE = "cap_uy"
MINORITY = "thieu-so"
MOST_UNITS_LISTED = 60  # more would make the page heavy; then the unit is typed

_GROUP_WORDS = {
    PostGroup.LEADER: "Lãnh đạo",
    PostGroup.ORG_HEAD: "Cấp trưởng đoàn thể",
    PostGroup.ORG_DEPUTY: "Cấp phó đoàn thể",
    PostGroup.CIVIL_SERVANT: "Công chức",
    PostGroup.OTHER: "Khác",
}
GROUP_CHOICES = [
    *((group.value, words) for group, words in _GROUP_WORDS.items()),
    (COMMITTEE, "Cấp ủy viên"),
    (NO_DATA, "Chưa có dữ liệu chức vụ"),
]
PARTY_CHOICES = [("co", "Đảng viên"), (NO_DATA, "Chưa có dữ liệu ngày vào Đảng")]
PEOPLE_CHOICES = [
    NO_DATA_CHOICE,
    (MINORITY, "Dân tộc thiểu số (khác Kinh)"),
    *((name, name) for name in PEOPLES),
]
VERDICT_CHOICES = [
    (verdict.value, words.capitalize())
    for verdict, words in VERDICT_LABELS.items()
    if verdict != Verdict.NOT_REQUIRED
]
_YEARS = ("sinh_tu", "sinh_den", "nam")


def level_choices(strand: Strand) -> list:
    """At least, exactly and below each level of a strand, the sign said in words."""
    names = list(enumerate(LEVELS[strand]))
    return [
        NO_DATA_CHOICE,
        ("Từ mức … trở lên (≥)", [(f"gte-{r}", f"{name} trở lên") for r, name in names[1:]]),
        ("Cao nhất đúng mức … (=)", [(f"eq-{r}", f"cao nhất là {name}") for r, name in names]),
        ("Dưới mức … (<)", [(f"lt-{r}", f"dưới {name}") for r, name in names[1:]]),
    ]


class CadreFilter(filters.FilterSet):
    """Narrows the people whom `user` may see to those who serve on `day`, then as asked."""

    q = filters.CharFilter(label="Họ và tên", method="by_name", max_length=100)
    ai = filters.ChoiceFilter(
        label="Ai",
        method="pass_by",
        choices=[(EVERYBODY, "Mọi người, kể cả đã thôi")],
        empty_label="Đang công tác ngày tính",
    )
    xa = filters.CharFilter(label="Xã, thị trấn", method="by_unit", max_length=100)
    nhom = filters.MultipleChoiceFilter(
        label="Nhóm",
        method="by_group",
        choices=GROUP_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    chuc = filters.ChoiceFilter(
        label="Chức vụ, chức danh", method="by_post", choices=[], empty_label="Tất cả"
    )
    cap_ql = filters.ChoiceFilter(
        label="Cấp quản lý",
        method="by_managing_level",
        choices=[*ManagingLevel.choices, NO_DATA_CHOICE],
        empty_label="Tất cả",
    )
    gioi = filters.ChoiceFilter(
        label="Giới tính",
        method="by_sex",
        choices=[*Cadre.Sex.choices, NO_DATA_CHOICE],
        empty_label="Tất cả",
    )
    sinh_tu = filters.NumberFilter(label="Sinh từ năm", method="born_since")
    sinh_den = filters.NumberFilter(label="Sinh đến năm", method="born_until")
    sinh = filters.ChoiceFilter(
        label="Ngày sinh", method="by_birth", choices=[NO_DATA_CHOICE], empty_label="Tất cả"
    )
    dan_toc = filters.ChoiceFilter(
        label="Dân tộc", method="by_people", choices=PEOPLE_CHOICES, empty_label="Tất cả"
    )
    dang = filters.ChoiceFilter(
        label="Đảng", method="by_party", choices=PARTY_CHOICES, empty_label="Tất cả"
    )
    cm = filters.ChoiceFilter(
        label="Chuyên môn",
        method="by_professional",
        choices=level_choices(Strand.PROFESSIONAL),
        empty_label="Tất cả",
    )
    llct = filters.ChoiceFilter(
        label="LLCT",
        method="by_political",
        choices=level_choices(Strand.POLITICAL),
        empty_label="Tất cả",
    )
    xep_loai = filters.ChoiceFilter(
        label="Xếp loại",
        method="by_rating",
        choices=[*Rating.Level.choices, (NO_DATA, "Chưa có dữ liệu (chưa xếp loại)")],
        empty_label="Tất cả",
    )
    nam = filters.NumberFilter(label="Xếp loại của năm", method="pass_by")
    dat = filters.MultipleChoiceFilter(
        label="Đạt chuẩn",
        method="by_verdict",
        choices=VERDICT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Cadre
        fields: list[str] = []

    def __init__(self, data, *, user: User, day: date, book: Rulebook) -> None:
        self.user, self.day, self.book = user, day, book
        super().__init__(data, queryset=Cadre.objects.visible_to(user))
        if not sees(user, FieldGroup.ORIGIN):
            del self.filters["dan_toc"]
        for name in _YEARS:
            self.filters[name].extra.update(min_value=1900, max_value=2100)
        self.filters["nam"].extra["help_text"] = f"Để trống là năm {self.default_year}."
        self.filters["chuc"].extra["choices"] = list(book.post_names.items())
        self.units = self._offer_units()
        if self.units:
            choices = [("", "Tất cả"), *self.units.items(), (NO_DATA, "Chưa có dữ liệu")]
            self.filters["xa"].extra["widget"] = forms.Select(choices=choices)

    @property
    def everybody(self) -> bool:
        """Whether those who no longer serve are in the list: then posts of any time count."""
        return self.data.get("ai") == EVERYBODY

    @property
    def default_year(self) -> int:
        """The last year that was rated by the day: its own only on the last day of it."""
        return self.day.year if (self.day.month, self.day.day) == (12, 31) else self.day.year - 1

    @property
    def base(self) -> QuerySet:
        """The people before any filter: of whom the count says "trong 712"."""
        return self.queryset if self.everybody else self.queryset.serving(self.day)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(self.base)

    def _offer_units(self) -> dict[str, str]:
        """The units of the day by key, with last days where of several days; none if too many."""
        units = Commune.objects.visible_to(self.user)
        if not self.everybody:
            units = units.on(self.day)
        some = list(units.order_by("kind", "sort_key", "pk")[: MOST_UNITS_LISTED + 1])
        if len(some) > MOST_UNITS_LISTED:
            return {}
        return {
            str(each.pk): f"{each.name} (đến {each.last_on:%d/%m/%Y})"
            if self.everybody and each.last_on
            else each.name
            for each in some
        }

    def words_of(self, name: str, value: str) -> str:
        """How a value of a filter is told on its chip."""
        if name == "xa":
            return self.units.get(value, value)
        field = self.form.fields[name]
        for choice, words in getattr(field, "choices", ()):
            inner = words if isinstance(words, list | tuple) else [(choice, words)]
            for key, told in inner:
                if str(key) == value:
                    return str(told)
        return value

    # -- the methods of the filters ---------------------------------------------------------------

    def pass_by(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset

    def by_name(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.search(value)

    def _held(self) -> QuerySet:
        """Posts of the day; of any day where everybody is in the list."""
        held = Holding.objects.filter(cadre=OuterRef("pk"))
        return held if self.everybody else held.filter(on_day(self.day))

    def _seats(self) -> QuerySet:
        seats = CommitteeMembership.objects.filter(cadre=OuterRef("pk"))
        return seats if self.everybody else seats.filter(on_day(self.day))

    def by_unit(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By key of the unit, or by a name that is typed."""
        if value == NO_DATA:
            return queryset.filter(~Exists(self._held()) & ~Exists(self._seats()))
        if value.isdigit():
            units: Any = [int(value)]
        else:
            words = [f" {word}" for word in fold(value).split()]
            found = Commune.objects.visible_to(self.user)
            for word in words:
                found = found.filter(search_text__contains=word)
            units = found.values("pk")
        return queryset.filter(
            Exists(self._held().filter(commune__in=units))
            | Exists(self._seats().filter(commune__in=units))
        )

    def by_group(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        chosen = Q()
        groups = [each for each in value if each in PostGroup.values]
        if groups:
            chosen |= Q(Exists(self._held().filter(post__group__in=groups)))
        if COMMITTEE in value:
            chosen |= Q(Exists(self._seats()))
        if NO_DATA in value:
            chosen |= ~Q(Exists(self._held()))
        return queryset.filter(chosen)

    def by_post(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(Exists(self._held().filter(post__code=value)))

    def by_managing_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        managed = PostManagement.objects.on(self.day)
        if value == NO_DATA:
            return queryset.exclude(Exists(self._held().filter(post__in=managed.values("post"))))
        posts = managed.filter(level=value).values("post")
        return queryset.filter(Exists(self._held().filter(post__in=posts)))

    def by_sex(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(sex="" if value == NO_DATA else value)

    def born_since(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(born_on__gte=date(int(value), 1, 1))

    def born_until(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(born_on__lt=date(int(value) + 1, 1, 1))

    def by_birth(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(born_on=None)

    def by_people(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NO_DATA:
            return queryset.filter(ethnicity="")
        if value == MINORITY:
            return queryset.exclude(ethnicity__in=["", KINH])
        return queryset.filter(ethnicity=value)

    def by_party(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(party_joined_on__isnull=value == NO_DATA)

    def by_professional(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return self._by_level(queryset, Strand.PROFESSIONAL, value)

    def by_political(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return self._by_level(queryset, Strand.POLITICAL, value)

    def _by_level(self, queryset: QuerySet, strand: Strand, value: str) -> QuerySet:
        awarded = Q(awarded_on=None) | Q(awarded_on__lte=self.day)
        records = Qualification.objects.filter(awarded, cadre=OuterRef("pk"), strand=strand.value)
        if value == NO_DATA:
            return queryset.filter(~Exists(records))
        how, rank = value.split("-")
        reached = Exists(records.filter(rank__gte=int(rank)))
        if how == "gte":
            return queryset.filter(reached)
        if how == "lt":
            return queryset.filter(Exists(records), ~reached)
        above = Exists(records.filter(rank__gt=int(rank)))
        return queryset.filter(Exists(records.filter(rank=int(rank))), ~above)

    def by_rating(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        year = self.form.cleaned_data.get("nam") or self.default_year
        ratings = Rating.objects.filter(cadre=OuterRef("pk"), year=int(year))
        if value == NO_DATA:
            return queryset.filter(~Exists(ratings))
        return queryset.filter(Exists(ratings.filter(level=int(value))))

    def by_verdict(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        return with_verdict_among(queryset, [Verdict(each) for each in value], self.day, self.book)
