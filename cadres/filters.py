"""The filters of the people list: one form, the address is its state, scope comes first."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.safestring import SafeString

from accounts.models import User
from cadres.field_groups import FieldGroup, sees
from cadres.filter_choices import (
    COMMITTEE,
    EVERYBODY,
    GROUP_CHOICES,
    MINORITY,
    NO_DATA,
    NO_DATA_CHOICE,
    PARTY_CHOICES,
    PEOPLE_CHOICES,
    POLITICAL_CHOICES,
    PROFESSIONAL_CHOICES,
    VERDICT_CHOICES,
)
from cadres.models import (
    Cadre,
    CommitteeMembership,
    Commune,
    Holding,
    PostManagement,
    Qualification,
    Rating,
)
from cadres.models.cadre import CadreQuerySet
from cadres.models.period import on_day
from cadres.models.post import ManagingLevel, PostGroup
from cadres.paper_search import people_of_paper
from cadres.rulebook import Rulebook
from cadres.rules.levels import Strand
from cadres.rules.peoples import KINH
from cadres.rules.ratings import rated_year
from cadres.rules.standards import Verdict
from cadres.verdict_sql import with_verdict_among
from daitu_portal.addresses import is_key
from daitu_portal.dates import PartialDate
from daitu_portal.filter_form import NameInput, field_html
from daitu_portal.text import fold, has_word

MOST_UNITS_LISTED = 60  # more would make the page heavy; then the unit is typed
_YEARS = ("sinh_tu", "sinh_den", "nam")
_FIELDSETS = (
    ("Người", ("q", "ai", "gioi", "sinh_tu", "sinh_den", "sinh")),
    ("Chức vụ, đơn vị", ("xa", "chuc", "cap_ql", "nhom")),
    ("Trình độ, đánh giá", ("cm", "llct", "xep_loai", "nam")),
    ("Tiêu chuẩn chức danh", ("dat",)),
    ("Đảng viên, dân tộc", ("dang", "dan_toc")),
)


class CadreFilter(filters.FilterSet):
    """Narrows the people whom `user` may see to those who serve on `day`, then as asked.

    Choices are functions: lists of them would be copied for every request.
    """

    q = filters.CharFilter(
        label="Tên, số quyết định", method="by_name", max_length=100, widget=NameInput()
    )
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
        choices=lambda: GROUP_CHOICES,
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
        label="Dân tộc", method="by_people", choices=lambda: PEOPLE_CHOICES, empty_label="Tất cả"
    )
    dang = filters.ChoiceFilter(
        label="Đảng viên", method="by_party", choices=lambda: PARTY_CHOICES, empty_label="Tất cả"
    )
    cm = filters.ChoiceFilter(
        label="Chuyên môn",
        method="by_professional",
        choices=lambda: PROFESSIONAL_CHOICES,
        empty_label="Tất cả",
    )
    llct = filters.ChoiceFilter(
        label="LLCT",
        method="by_political",
        choices=lambda: POLITICAL_CHOICES,
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
        choices=lambda: VERDICT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Cadre
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User, day: date, book: Rulebook) -> None:
        self.user, self.day, self.book = user, day, book
        super().__init__(data, queryset=Cadre.objects.visible_to(user))
        if not sees(user, FieldGroup.ORIGIN):
            del self.filters["dan_toc"]
        for name in _YEARS:
            self.filters[name].extra.update(min_value=1900, max_value=2100, decimal_places=0)
        self.filters["nam"].extra["help_text"] = f"Để trống là năm {rated_year(day)}."
        posts = [*book.post_names.items(), NO_DATA_CHOICE]
        self.filters["chuc"].extra["choices"] = lambda: posts
        self._offer_units()

    def _offer_units(self) -> None:
        """Let a unit be chosen from a list, or typed where the list would be too long."""
        if self.units:
            choices = [("", "Tất cả"), *self.units.items(), NO_DATA_CHOICE]
            self.filters["xa"].extra["widget"] = forms.Select(choices=choices)
        else:
            self.filters["xa"].extra["help_text"] = (
                f"Gõ tên, ví dụ: Hùng Sơn; gõ {NO_DATA} để tìm người chưa có dữ liệu đơn vị."
            )

    @cached_property
    def units(self) -> dict[str, str]:
        """The units of the day by key, with last days where of several days; none if too many."""
        found: dict[str, str] = self.book.remembered(("units", *self._scope), self._read_units)
        return found

    def _read_units(self) -> dict[str, str]:
        units = Commune.objects.visible_to(self.user)
        if not self.everybody:
            units = units.on(self.day)
        rows = units.order_by("kind", "sort_key", "pk").values_list("pk", "name", "valid_to")
        some = list(rows[: MOST_UNITS_LISTED + 1])
        if len(some) > MOST_UNITS_LISTED:
            return {}
        return {str(pk): self._unit_told(name, valid_to) for pk, name, valid_to in some}

    def _unit_told(self, name: str, valid_to: date | None) -> str:
        if not self.everybody or valid_to is None:
            return name
        return f"{name} (đến {valid_to - timedelta(days=1):%d/%m/%Y})"

    @property
    def everybody(self) -> bool:
        """Whether those who no longer serve are in the list: then posts of any time count."""
        return self.data.get("ai") == EVERYBODY

    @property
    def year(self) -> int:
        """The year of the ratings: the one asked for, else the last that is rated by the day."""
        asked = self.form.cleaned_data.get("nam") if self.form.is_valid() else None
        return int(asked) if asked else rated_year(self.day)

    @property
    def base(self) -> QuerySet:
        """The people before any filter: of whom the count says "trong 712"."""
        return self.queryset if self.everybody else self.queryset.serving(self.day)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Who serves is asked last: names and units leave fewer people to ask it of."""
        found = super().filter_queryset(self.queryset)
        return found if self.everybody else found.serving(self.day)

    # -- how the form is shown --------------------------------------------------------------------

    def fieldsets(self) -> Iterator[tuple[str, list[SafeString]]]:
        """The legend of each group of fields, and the fields as HTML."""
        for legend, names in _FIELDSETS:
            shown = [name for name in names if name in self.form.fields]
            yield legend, [self._field(name) for name in shown]

    def _field(self, name: str) -> SafeString:
        """A field as HTML. One that is chosen from a list is the same for all who may choose from
        that list; what is typed may be a name, and is not remembered."""
        field = self.form[name]
        if field.errors or not isinstance(field.field.widget, ChoiceWidget):
            return field_html(field)
        key = ("filter", name, *self._scope, *self.data.getlist(name))
        found: SafeString = self.book.remembered(key, lambda: field_html(field))
        return found

    @property
    def _scope(self) -> tuple[Any, ...]:
        """What decides which units and posts are offered, at one version of the record."""
        return self.day, self.everybody, self.user.role, self.user.commune_id

    def in_force(self) -> Iterator[tuple[str, str, str, str]]:
        """(name, value, label, words) of each value that narrows the list."""
        for name, field in self.form.fields.items():
            for value in self.data.getlist(name):
                if value:
                    yield name, value, str(field.label), self._words_of(name, value)

    def _words_of(self, name: str, value: str) -> str:
        if name == "xa":
            return self._unit_named(value)
        for choice, words in getattr(self.form.fields[name], "choices", ()):
            inner = words if isinstance(words, list | tuple) else [(choice, words)]
            for key, told in inner:
                if str(key) == value:
                    return str(told)
        return value

    def _unit_named(self, value: str) -> str:
        """The name behind the key of a unit, listed or not; what was typed stays as it is."""
        if value == NO_DATA:
            return NO_DATA_CHOICE[1]
        if value in self.units or not is_key(value):
            return self.units.get(value, value)
        named = Commune.objects.visible_to(self.user).filter(pk=value).values_list("name")
        return next((name for (name,) in named), "không có trong phạm vi của bạn")

    # -- the methods of the filters ---------------------------------------------------------------

    def pass_by(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset

    def by_name(self, queryset: CadreQuerySet, name: str, value: str) -> QuerySet:
        """By name; by the number of a paper of the record where one fits."""
        keys = people_of_paper(self.user, value)
        return queryset.filter(pk__in=keys) if keys else queryset.search(value)

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
        units: Any = [int(value)] if is_key(value) else self._units_called(value).values("pk")
        # from the few of a unit to their people, not from everybody to their unit
        held, seats = Holding.objects.all(), CommitteeMembership.objects.all()
        if not self.everybody:
            held, seats = held.on(self.day), seats.on(self.day)
        return queryset.filter(
            Q(pk__in=held.filter(commune__in=units).values("cadre"))
            | Q(pk__in=seats.filter(commune__in=units).values("cadre"))
        )

    def _units_called(self, text: str) -> QuerySet:
        found = Commune.objects.visible_to(self.user)
        found = found if has_word(text) else found.none()
        for word in fold(text).split():
            found = found.filter(search_text__contains=f" {word}")
        return found

    def by_group(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        groups = [each for each in value if each in PostGroup.values]
        chosen = Q(Exists(self._held().filter(post__group__in=groups))) if groups else Q()
        if COMMITTEE in value:
            chosen |= Q(Exists(self._seats()))
        if NO_DATA in value:
            chosen |= ~Q(Exists(self._held()))
        return queryset.filter(chosen)

    def by_post(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NO_DATA:
            return queryset.filter(~Exists(self._held()))
        return queryset.filter(Exists(self._held().filter(post__code=value)))

    def by_managing_level(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        managed = PostManagement.objects.on(self.day)
        if value == NO_DATA:
            return queryset.filter(~Exists(self._held().filter(post__in=managed.values("post"))))
        posts = managed.filter(level=value).values("post")
        return queryset.filter(Exists(self._held().filter(post__in=posts)))

    def by_sex(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(sex="" if value == NO_DATA else value)

    # A bare year is stored as "1970", which sorts before "1970-01-01": years compare with years.

    def born_since(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(born_on__gte=PartialDate(f"{int(value)}"))

    def born_until(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset.filter(born_on__lt=PartialDate(f"{int(value) + 1}"))

    def by_birth(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(born_on=None)

    def by_people(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NO_DATA:
            return queryset.filter(ethnicity="")
        if value == MINORITY:
            return queryset.exclude(ethnicity__in=["", KINH])
        return queryset.filter(ethnicity=value)

    def by_party(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == NO_DATA:
            return queryset.filter(party_joined_on=None)
        return queryset.filter(party_joined_on__lte=self.day)

    def by_professional(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return self._by_level(queryset, Strand.PROFESSIONAL, value)

    def by_political(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return self._by_level(queryset, Strand.POLITICAL, value)

    def _by_level(self, queryset: QuerySet, strand: Strand, value: str) -> QuerySet:
        records = Qualification.objects.by(self.day).filter(
            cadre=OuterRef("pk"), strand=strand.value
        )
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
        ratings = Rating.objects.filter(cadre=OuterRef("pk"), year=self.year)
        if value == NO_DATA:
            return queryset.filter(~Exists(ratings))
        return queryset.filter(Exists(ratings.filter(level=int(value))))

    def by_verdict(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return with_verdict_among(queryset, [Verdict(each) for each in value], self.day, self.book)
