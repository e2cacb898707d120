"""Model and form fields that any app may use."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, Expression

from daitu_portal.dates import PartialDate
from daitu_portal.text import clean, name_sort_key, search_text, sound_key, text_sort_key

if TYPE_CHECKING:  # what a row takes and gives; Django's field has no parameters when it runs
    _TextField = models.CharField[str | Combinable, str]
    _NumberField = models.CharField[str | Combinable | None, str | None]
    _DateField = models.CharField[PartialDate | date | str | Combinable | None, PartialDate | None]
else:
    _TextField = _NumberField = _DateField = models.CharField

FormField = TypeVar("FormField", bound=forms.Field)

MASK = "•"  # stands for a digit that is not shown
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2100, 12, 31)
_PARTIAL_HELP = "Nhập ngày/tháng/năm, tháng/năm hoặc chỉ năm, ví dụ 12/05/1965, 05/1965, 1965."


class CleanCharField(_TextField):
    """Text that is stored clean: NFC, no invisible characters, single spaces."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value == "":  # as most are
            return value
        value = self.to_python(value)
        setattr(model_instance, self.attname, value)
        return value


class DerivedCharField(_TextField):
    """Text computed from another field of the row whenever it is saved, in bulk writes too.

    An overridden `save()` would be passed over by `bulk_create`; `pre_save` is not.
    """

    derive: Callable[..., str] = staticmethod(search_text)

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        kwargs.update(editable=False, blank=True)
        kwargs.setdefault("max_length", 255)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SearchTextField(DerivedCharField):
    """What accent-free search looks in."""


class NameSortField(DerivedCharField):
    """Order of people: given name, surname, middle names."""

    derive = staticmethod(name_sort_key)


class SoundKeyField(DerivedCharField):
    """What a name sounds like: equal for people who may be one."""

    derive = staticmethod(sound_key)


class TextSortField(DerivedCharField):
    """Vietnamese order of any other text."""

    derive = staticmethod(text_sort_key)


class DayInput(forms.DateInput):
    """A day as text, dd/mm/yyyy in every browser: the browsers' own field follows their language.

    A day that stands in an address as 2023-06-08 is shown as 08/06/2023, too.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        told = {"placeholder": "dd/mm/yyyy", "autocomplete": "off", "maxlength": "10"}
        super().__init__({**told, **(attrs or {})}, format="%d/%m/%Y")

    def format_value(self, value: Any) -> str | None:
        told: str | None = super().format_value(_read_from_address(value))
        return told


def _read_from_address(value: Any) -> Any:
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007
    except (AttributeError, ValueError):  # a day already, or whatever was typed
        return value


class DayField(forms.DateField):
    """A whole day, typed as dd/mm/yyyy."""

    widget = DayInput
    input_formats = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
    default_error_messages = {
        "invalid": "Nhập ngày có thật theo dạng ngày/tháng/năm, ví dụ 12/05/2021."
    }

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(
                f"Ngày phải trong khoảng {FIRST_DAY:%d/%m/%Y} – {LAST_DAY:%d/%m/%Y}; "
                "kiểm tra lại năm."
            )


class PartialDateFormField(forms.CharField):
    """Accepts 1965, 05/1965 or 12/05/1965."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _PARTIAL_HELP)
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(
                f"“{text}” không phải ngày hợp lệ. {_PARTIAL_HELP}", code="invalid"
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or None))
        except ValidationError:
            return True


_stored_date = lru_cache(maxsize=16_384)(PartialDate)  # a page reads hundreds, mostly the same


class PartialDateField(_DateField):
    """A PartialDate, stored as the ISO text that its precision allows ("1965", "1965-05", …).

    ISO text sorts and compares as its earliest day does, so `born_on__lte=some_date` works on
    both databases and reads a bare year as 1 January.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> PartialDate | None:
        return _stored_date(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate.of(value)
        try:
            return PartialDate.parse(value) if value else None
        except ValueError as error:
            raise ValidationError(f"“{value}” không phải ngày hợp lệ.", code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """A PartialDate is sound by itself; the length of text does not apply to it."""

    def get_prep_value(self, value: Any) -> str | None:
        value = self.to_python(value)
        return value.iso if value else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.iso if value else ""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super(models.CharField, self).formfield(
            **{"form_class": PartialDateFormField, **kwargs}
        )


class NationalIdField(_NumberField):
    """A CCCD number, only ever compared exactly.

    No other lookup exists, so that the column can later hold a cipher with a keyed hash beside
    it and no caller changes.
    """

    allowed_lookups = frozenset({"exact", "in", "isnull"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        super().__init__(*args, **kwargs)

    def get_lookup(self, lookup_name: str) -> "type[models.Lookup[Any]] | None":
        if lookup_name not in self.allowed_lookups:
            raise FieldError(f"a national id is compared exactly, not by {lookup_name!r}")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> type[models.Transform] | None:
        raise FieldError("a national id has no parts to look at")


def field_of(form: forms.BaseForm, name: str, kind: type[FormField]) -> FormField:
    """The field `name` of a form, which is known to be of that kind."""
    field = form.fields[name]
    assert isinstance(field, kind), f"{name} is no {kind.__name__}"
    return field


def mask(number: str) -> str:
    """A number with its middle hidden: 019•••••0417."""
    return f"{number[:3]}{MASK * max(len(number) - 7, 3)}{number[-4:]}" if number else ""
