"""The fields of a list's filters as HTML: made here and not by the widgets' templates, which would
take longer for two hundred choices than the list itself."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daitu_portal.fields import DayField

_FIELD = '<div class="mb-3"><label class="form-label" for="{}">{}</label>{}{}{}</div>'
_SET = '<div class="mb-3"><fieldset{}><legend class="form-label">{}</legend>{}{}{}</fieldset></div>'


class NameInput(forms.TextInput):
    """Where a name is typed into a form whose address is kept: the browser itself, without any
    script, sends no run of digits as long as that of an identity paper or a telephone."""

    def __init__(self) -> None:
        told = "Số CCCD, điện thoại không tìm ở đây: gõ vào ô tìm trên đầu trang."
        super().__init__({"pattern": r"(?!.*\d(?:[\s.\-]*\d){8}).*", "title": told})


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # comes without types
    """A day in a list's filters, typed as everywhere else."""

    field_class = DayField


class ListFilter(filters.FilterSet):  # type: ignore[misc]  # comes without types
    """The filter of a list: a plain GET form, the address is its state."""

    def fields(self) -> Iterator[SafeString]:
        """The fields as HTML."""
        return (field_html(field) for field in self.form)


class StrictFilter(ListFilter):
    """Finds nothing where something of what is asked cannot be read: the form says what."""

    @property
    def qs(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().qs if self.form.is_valid() else self.queryset.none()
        return found


def field_html(field: BoundField) -> SafeString:
    """A field with label, control, errors and help."""
    widget, errors = field.field.widget, field.errors or ""
    if isinstance(widget, forms.CheckboxSelectMultiple):
        described = _described(field)
        return format_html(_SET, described, field.label, _boxes(field), errors, _help(field))
    control = _select(field) if isinstance(widget, forms.Select) else _input(field)
    return format_html(_FIELD, field.auto_id, field.label, control, errors, _help(field))


def _help(field: BoundField) -> SafeString | str:
    if not field.help_text:
        return ""
    html = '<div class="form-text" id="{}_helptext">{}</div>'
    return format_html(html, field.auto_id, field.help_text)


def _described(field: BoundField) -> SafeString | str:
    """Which texts say more about the field: its errors and its help."""
    keys = [f"{field.auto_id}_error"] if field.errors else []
    keys += [f"{field.auto_id}_helptext"] if field.help_text else []
    return format_html(' aria-describedby="{}"', " ".join(keys)) if keys else ""


def _attributes(field: BoundField) -> SafeString:
    """What every control of a field carries, and what its widget asks for."""
    asked = {"id": field.auto_id, "name": field.html_name, **field.field.widget.attrs}
    if field.errors:
        asked["aria-invalid"] = "true"
    return format_html("{}{}", flatatt(asked), _described(field))


def _input(field: BoundField) -> SafeString:
    widget = field.field.widget
    value = widget.format_value(field.value())
    told = "" if value in (None, "") else format_html(' value="{}"', value)
    return format_html('<input type="{}"{}{}>', widget.input_type, _attributes(field), told)


def _select(field: BoundField) -> SafeString:
    options = _options(field.field.widget.choices, str(field.value() or ""))
    return format_html("<select{}>{}</select>", _attributes(field), options)


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    return format_html_join("", "{}", ((_option(*choice, chosen),) for choice in choices))


def _option(value: Any, words: Any, chosen: str) -> SafeString:
    if isinstance(words, list | tuple):
        inner = _options(words, chosen)
        return format_html('<optgroup label="{}">{}</optgroup>', value, inner)
    mark = " selected" if str(value) == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, mark, words)


def _boxes(field: BoundField) -> SafeString:
    chosen = {str(value) for value in field.value() or ()}
    box = '<div><label for="{0}"><input type="checkbox" name="{1}" value="{2}" id="{0}"{3}> {4}'
    return format_html_join(
        "",
        box + "</label></div>",
        (
            (
                f"{field.auto_id}_{number}",
                field.html_name,
                value,
                " checked" if str(value) in chosen else "",
                words,
            )
            for number, (value, words) in enumerate(field.field.widget.choices)
        ),
    )
