"""Forms made of the fields of a kind of change: what holds for all people, and one person's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms

from accounts.models import User
from cadres.change_kinds import ChangeKind
from cadres.models import Cadre, CommitteeMembership, Commune, Holding, Post, Term
from cadres.records import Field, Kind
from intake.forms.fields import DayField, day_after

OF_A_PERSON = (Kind.HOLDING, Kind.SEAT)  # what only one's own form can ask
MOST_TEXT, MOST_WHOLE = 255, 32_000
DAY = "effective_on"
_CHOOSE, _AS_ALL = "Chọn…", "như chung"


@dataclass
class Offers:
    """What the choices of a page's forms offer, loaded once for all of them: four queries."""

    user: User
    people: list[Cadre]

    @cached_property
    def posts(self) -> list[Post]:
        return list(Post.objects.all())

    @cached_property
    def communes(self) -> list[Commune]:
        return list(Commune.objects.visible_to(self.user))

    @cached_property
    def terms(self) -> list[Term]:
        return list(Term.objects.all())

    @cached_property
    def _held(self) -> list[Holding | CommitteeMembership]:
        held = Holding.objects.visible_to(self.user).filter(cadre__in=self.people)
        seats = CommitteeMembership.objects.visible_to(self.user).filter(cadre__in=self.people)
        return [
            *held.with_post_and_commune().main_first(),
            *seats.select_related("commune", "term").order_by("valid_from", "pk"),
        ]

    def rows_of(self, person: Cadre, kind: ChangeKind, day: date, model: type) -> list[Any]:
        """The posts or seats of the person on `day` that the kind may be about."""
        return [
            row
            for row in self._held
            if isinstance(row, model) and row.cadre_id == person.pk
            and row.is_in_force(day) and kind.offers(row)
        ]  # fmt: skip


class CoefficientField(forms.DecimalField):
    """A coefficient with at most two decimals, behind a comma or a point."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=4, decimal_places=2, widget=widget, **kwargs)

    def to_python(self, value):
        return super().to_python(str(value).replace(",", ".") if value else value)


@dataclass(frozen=True)
class Asking:
    """For whom a form asks: one person, or all together (None), on a day."""

    kind: ChangeKind
    offers: Offers
    day: date
    person: Cadre | None = None

    @property
    def blank(self) -> str:
        return _CHOOSE if self.person is None else _AS_ALL


def _rows(rows: Iterable[Any], blank: str, label: Callable[[Any], str] = str) -> Any:
    """A choice among rows; the value is the row, None where nothing is chosen."""
    found = {str(row.pk): row for row in rows}
    choices = [("", blank), *((key, label(row)) for key, row in found.items())]
    return forms.TypedChoiceField(
        choices=choices, coerce=found.__getitem__, empty_value=None, required=False,
        error_messages={"invalid_choice": "Không có trong danh sách của ngày này; chọn lại."},
    )  # fmt: skip


def _dated(row: Post | Commune) -> str:
    return f"{row.name} (đến hết {row.last_on:%d/%m/%Y})" if row.last_on else row.name


def _commune(asking: Asking) -> forms.Field:
    choice = _rows(asking.offers.communes, asking.blank, _dated)
    if asking.person is None and len(asking.offers.communes) == 1:
        choice.initial = str(asking.offers.communes[0].pk)
    return choice


def _own_rows(model: type) -> Callable[[Field, Asking], forms.Field]:
    def made(field: Field, asking: Asking) -> forms.Field:
        assert asking.person is not None, "only one's own form asks for what one holds"
        rows = asking.offers.rows_of(asking.person, asking.kind, asking.day, model)
        choice = _rows(rows, _CHOOSE if rows else "không có", _with_pending)
        is_presumed = field.code not in asking.kind.unpresumed
        if len(rows) == 1 and is_presumed and _is_alone(asking):
            choice.initial = str(rows[0].pk)
        return choice

    return made


def _is_alone(asking: Asking) -> bool:
    """Whether the person has one post or seat that the kind may be about, and no more."""
    assert asking.person is not None
    presumed = [f for f in asking.kind.fields if f.code not in asking.kind.unpresumed]
    models = {field.kind for field in presumed} & set(OF_A_PERSON)
    rows = [
        row
        for kind, model in ((Kind.HOLDING, Holding), (Kind.SEAT, CommitteeMembership))
        if kind in models
        for row in asking.offers.rows_of(asking.person, asking.kind, asking.day, model)
    ]
    return len(rows) == 1


def _with_pending(row: Any) -> str:
    return f"{row} ({row.pending})" if row.pending else str(row)


def _yes_no(field: Field, asking: Asking) -> forms.Field:
    blank = "tự chọn" if asking.person is None else _AS_ALL
    return forms.TypedChoiceField(
        choices=[("", blank), ("1", "Có"), ("0", "Không")],
        coerce=lambda value: value == "1", empty_value=None, required=False,
    )  # fmt: skip


def _choice(field: Field, asking: Asking) -> forms.Field:
    choices = [("", asking.blank), *(field.choices or {}).items()]
    return forms.TypedChoiceField(choices=choices, empty_value=None, required=False)


_MADE: Mapping[Kind, Callable[[Field, Asking], forms.Field]] = {
    Kind.INTEGER: lambda field, asking: forms.IntegerField(
        min_value=0, max_value=MOST_WHOLE, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    ),
    Kind.DECIMAL: lambda field, asking: CoefficientField(required=False),
    Kind.DAY: lambda field, asking: DayField(required=False),
    Kind.LAST_DAY: lambda field, asking: DayField(required=False),
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.POST: lambda field, asking: _rows(asking.offers.posts, asking.blank, _dated),
    Kind.COMMUNE: lambda field, asking: _commune(asking),
    Kind.TERM: lambda field, asking: _rows(asking.offers.terms, asking.blank),
    Kind.HOLDING: _own_rows(Holding),
    Kind.SEAT: _own_rows(CommitteeMembership),
}  # fmt: skip


def _text(field: Field, asking: Asking) -> forms.Field:
    return forms.CharField(max_length=MOST_TEXT, required=False, empty_value=None)


class KindForm(forms.Form):
    """Some fields of a kind. Nothing is required here: what is missing for all may be one's own."""

    def __init__(self, *args, asking: Asking, chosen: Iterable[Field], **kwargs):
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.chosen = list(chosen)
        for field in self.chosen:
            made = _MADE.get(field.kind, _text)(field, asking)
            made.label = field.header
            if asking.person is None:
                made.label += " *" if field.is_required else ""
                made.help_text = field.help
            self.fields[field.code] = made

    def values(self) -> dict[str, Any]:
        """What was given, by code; ends as they are stored. The form must be valid."""
        found = {}
        for field in self.chosen:
            value = self.cleaned_data.get(field.code)
            if value not in (None, ""):
                found[field.code] = day_after(value) if field.kind == Kind.LAST_DAY else value
        return found

    def firsts(self) -> list[forms.BoundField]:
        """What is always shown of one's own: posts and seats."""
        return [self[field.code] for field in self.chosen if field.kind in OF_A_PERSON]

    def others(self) -> list[forms.BoundField]:
        """What of one's own stands behind a line that is opened."""
        return [self[field.code] for field in self.chosen if field.kind not in OF_A_PERSON]

    @property
    def has_others(self) -> bool:
        """Whether something is given or wrong there, so that the line stands open."""
        return any(field.value() or field.errors for field in self.others())

    def typed(self) -> dict[str, str]:
        """What was typed, as a draft and the history keep it."""
        typed = {field.code: self[field.code].value() for field in self.chosen}
        return {code: str(value)[:MOST_TEXT] for code, value in typed.items() if value}


class SharedForm(KindForm):
    """What holds for all people of a part of a decision, with the first day of effect."""

    effective_on = DayField(label="Có hiệu lực từ ngày *", required=False)

    def clean_effective_on(self):
        if not self.cleaned_data["effective_on"]:
            raise forms.ValidationError("Nhập ngày có hiệu lực.")
        return self.cleaned_data["effective_on"]


def shared_fields(kind: ChangeKind) -> list[Field]:
    """What may hold for several people at once."""
    return [field for field in kind.fields if field.kind not in OF_A_PERSON]


def own_fields(kind: ChangeKind, *, is_only: bool) -> list[Field]:
    """What one's own form asks: posts and seats, and beside others whatever may differ."""
    own = [field for field in kind.fields if field.kind in OF_A_PERSON]
    return own if is_only else [*own, *shared_fields(kind)]
