"""One form for the rows of any table of the record set: its fields say what is asked, and how."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field as ModelField

from cadres.models.post import Term
from cadres.records import Field, Kind, Table
from cadres.soundness import check_row
from daitu_portal.fields import PartialDateFormField
from daitu_portal.text import MOST_CHARACTERS
from intake.forms.fields import (
    DayField,
    DecimalField,
    LastDayField,
    VersionField,
    day_after,
    day_before,
)
from intake.forms.learning import RecordForm

Line = str | tuple[str, str]  # one field over the whole width, or two beside each other
Sections = tuple[tuple[str, tuple[Line, ...]], ...]
_HELP = {Kind.PARTIAL: "Chỉ biết tháng hoặc năm thì gõ 05/1985, 1985.",
         Kind.LAST_DAY: "Để trống nếu chưa kết thúc."}  # fmt: skip


class TableForm(RecordForm):
    """A row of a table. Subclasses, made by `form_of`, give `table` and `sections`.

    `told` is what saving it did by itself.
    """

    table: Table
    sections: Sections
    future: frozenset[str] = frozenset()  # days that may lie ahead
    before_birth: frozenset[str] = frozenset()  # days that may be before the person's birth
    ends = "valid_to"  # the column of the day after the last, which the form asks as `last_on`
    told = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "last_on" in self.fields:
            self.initial["last_on"] = day_before(getattr(self.instance, self.ends))

    def parts(self) -> tuple[Any, ...]:
        return tuple(
            Fieldset(legend, *(_laid_out(line) for line in lines))
            for legend, lines in self.sections
        )

    def clean(self) -> Any:
        super().clean()
        if "last_on" in self.fields:
            setattr(self.instance, self.ends, day_after(self.cleaned_data.get("last_on")))
        for name in [*self.cleaned_data]:
            self._fill_default(name)
            self._check_day(name)
        return self.cleaned_data

    def _fill_default(self, name: str) -> None:
        """A number left empty is what the column says: 100 % of the pay, 0 months of delay."""
        if name in self.Meta.fields and self.cleaned_data[name] is None:  # type: ignore[attr-defined]
            column = self.instance._meta.get_field(name)
            if not column.null:
                self.cleaned_data[name] = column.get_default()

    def _check_day(self, name: str) -> None:
        """A day that is known lies between birth and today, unless its field says otherwise."""
        field, value = self.fields[name], self.cleaned_data[name]
        if not value or name not in self.changed_data:
            return
        if isinstance(field, PartialDateFormField):
            self._check_between(name, value.earliest, value.latest)
        elif isinstance(field, DayField) and name not in ("valid_from", "last_on"):
            self._check_between(name, value, value)

    def _check_between(self, name: str, first: Any, last: Any) -> None:
        born_on = getattr(self.instance.cadre, "born_on", None)
        if first > self.today and name not in self.future:
            self.add_error(name, "Ngày này chưa tới; kiểm tra lại năm.")
        elif born_on and last < born_on.earliest and name not in self.before_birth:
            self.add_error(name, f"Ngày này trước khi sinh ({born_on}); kiểm tra lại năm.")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stub leaves this hook out
        if not self.errors:
            self.check_record()

    def check_record(self) -> None:
        """Ask what the record itself would refuse when the row is written."""
        try:
            check_row(self.instance)
        except ValidationError as error:
            for name, found in error.message_dict.items():
                self.add_error(_PLACES.get(name, name) if self._has(name) else None, found)

    def _has(self, name: str) -> bool:
        return _PLACES.get(name, name) in self.fields


class RemoveForm(forms.Form):
    """The version of the record that the page showed."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("version")


_PLACES = {
    "valid_to": "last_on",
    "ends_on": "last_on",
}  # a column under the name that its field has


def _laid_out(line: Line) -> Any:
    if isinstance(line, str):
        return line
    return Row(*(Column(name, css_class="col-md-6") for name in line))


def form_of(
    table: Table,
    sections: Sections,
    *,
    base: type[TableForm] = TableForm,
    help_texts: Mapping[str, str] = MappingProxyType({}),
    **more: Any,
) -> type[TableForm]:
    """The form of a row of `table`, laid out in `sections`, which name all of its fields."""
    asked = [each for each in table.fields if not each.is_info and each.kind != Kind.PERSON]
    fields: dict[str, forms.Field] = {}
    for each in asked:
        name = "last_on" if each.kind == Kind.LAST_DAY else each.code
        fields[name] = _field(table, each, help_texts.get(name))
    names = [each.code for each in asked if each.kind != Kind.LAST_DAY]
    ends = [each.code for each in asked if each.kind == Kind.LAST_DAY]
    if ends:
        more["ends"] = ends[0]
    meta = type("Meta", (), {"model": table.model, "fields": names})
    told = {"Meta": meta, "table": table, "sections": sections, "__module__": __name__}
    return type(f"{table.model.__name__}Form", (base,), {**fields, **told, **more})


def _field(table: Table, each: Field, help_text: str | None) -> forms.Field:
    column = table.model._meta.get_field(each.code)
    assert isinstance(column, ModelField), f"{each.code} is no column"
    made = _MADE.get(each.kind, _plain)(each, column)
    made.label = each.header
    made.help_text = _HELP.get(each.kind, each.help) if help_text is None else help_text
    made.required = each.is_required
    return made


def _plain(each: Field, column: Any) -> forms.Field:
    field: forms.Field = column.formfield()
    return field


def _whole(each: Field, column: Any) -> forms.Field:
    field = _plain(each, column)
    field.widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return field


def _partial(each: Field, column: Any) -> forms.Field:
    return PartialDateFormField(
        widget=forms.TextInput(attrs={"placeholder": "dd/mm/yyyy", "autocomplete": "off"})
    )


def _choice(each: Field, column: Any) -> forms.Field:
    empty = "Chọn…" if each.is_required else "Chưa có dữ liệu"
    choices = list((each.choices or {}).items())
    has_default = column.has_default() and column.get_default() != ""
    return forms.TypedChoiceField(
        choices=choices if has_default else [("", empty), *choices], coerce=column.to_python,
        empty_value="",
    )  # fmt: skip


def _note(each: Field, column: Any) -> forms.Field:
    return forms.CharField(max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": 3}))


def _term(each: Field, column: Any) -> forms.Field:
    return forms.ModelChoiceField(Term.objects.all(), empty_label="Chưa có dữ liệu")


_MADE: Mapping[Kind, Callable[[Field, Any], forms.Field]] = {
    Kind.INTEGER: _whole,
    Kind.DECIMAL: lambda each, column: DecimalField(),
    Kind.DAY: lambda each, column: DayField(),
    Kind.LAST_DAY: lambda each, column: LastDayField(),
    Kind.PARTIAL: _partial,
    Kind.CHOICE: _choice,
    Kind.YES_NO: lambda each, column: forms.BooleanField(),
    Kind.NOTE: _note,
    Kind.TERM: _term,
}
