"""Fields that keep their promise in bulk writes too."""

from datetime import date

import pytest
from django.core.exceptions import FieldError, ValidationError

from cadres.models import Cadre
from cadres.tests.factories import make_cadre
from daitu_portal.dates import PartialDate
from daitu_portal.fields import DayField, DayInput, PartialDateFormField, mask


@pytest.mark.django_db
def test_text_and_its_keys_are_made_on_saving_one_or_many():
    Cadre.objects.bulk_create([Cadre(code="A1", full_name=" Đỗ  Thị\u00a0Hoa ", sex="F")])

    cadre = Cadre.objects.get(code="A1")
    assert cadre.full_name == "Đỗ Thị Hoa"
    assert cadre.search_text == " do thi hoa"
    assert cadre.name_sort_key == make_cadre("Đỗ Thị Hoa").name_sort_key


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["1965", PartialDate("1965-05"), date(1965, 5, 12), "12/05/1965", None, ""]
)
def test_a_partial_date_comes_back_as_it_was_given(value):
    cadre = Cadre.objects.create(code="A1", full_name="Thử", sex="M", born_on=value)

    kept = Cadre.objects.get(pk=cadre.pk).born_on
    expected = {"": None, "12/05/1965": "12/05/1965"}.get(value, value)
    assert str(kept or "") == (
        f"{expected:%d/%m/%Y}" if isinstance(expected, date) else str(expected or "")
    )


@pytest.mark.django_db
def test_partial_dates_compare_in_the_database_by_their_earliest_day():
    for born_on in ("1965", "1965-01-02", "1965-12"):
        make_cadre(born_on=born_on)

    found = Cadre.objects.filter(born_on__lte=date(1965, 1, 1))

    assert [str(each.born_on) for each in found] == ["1965"]


def test_a_day_that_does_not_exist_is_refused_with_words():
    field = Cadre._meta.get_field("born_on")

    with pytest.raises(ValidationError, match="không phải ngày hợp lệ"):
        field.clean("31/02/1965", Cadre())


@pytest.mark.parametrize("lookup", ["contains", "startswith", "gt", "regex", "icontains"])
def test_a_national_id_is_only_ever_compared_exactly(lookup):
    with pytest.raises(FieldError, match="exactly"):
        Cadre.objects.filter(**{f"national_id__{lookup}": "019"})


@pytest.mark.django_db
def test_a_national_id_keeps_its_zeros_and_is_found_exactly():
    make_cadre("Có Số", national_id="001080000001")
    make_cadre("Không Số", national_id=None)

    assert Cadre.objects.get(national_id="001080000001").full_name == "Có Số"
    assert Cadre.objects.get(national_id__isnull=True).full_name == "Không Số"
    assert Cadre.objects.filter(national_id__in=["1080000001"]).count() == 0


def test_a_national_id_has_no_parts():
    with pytest.raises(FieldError):
        Cadre.objects.filter(national_id__length__gt=3)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("019080000417", "019•••••0417"), ("090000417", "090•••0417"), ("", "")],
)
def test_the_middle_of_a_number_is_hidden(number, shown):
    assert mask(number) == shown


def test_the_form_field_shows_what_is_known_and_sees_no_change_in_another_spelling():
    field = PartialDateFormField(required=False)

    assert field.prepare_value(PartialDate("1965-05")) == "05/1965"
    assert field.prepare_value("5/65") == "5/65"
    assert field.clean("") is None
    assert not field.has_changed(PartialDate("1965-05"), "5/1965")
    assert field.has_changed(PartialDate("1965-05"), "1965")
    assert field.has_changed(PartialDate("1965-05"), "nhầm")
    with pytest.raises(ValidationError, match="12/05/1965"):
        field.clean("31/02/1965")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("08/06/2023", date(2023, 6, 8)), ("8/6/2023", date(2023, 6, 8)),
     ("2023-06-08", date(2023, 6, 8)), ("08-06-2023", date(2023, 6, 8)),
     ("08.06.2023", date(2023, 6, 8))],
)  # fmt: skip
def test_a_day_is_read_day_first(typed, day):
    assert DayField().clean(typed) == day


@pytest.mark.parametrize("typed", ["31/02/2023", "06/2023", "08/06/23", "01/01/1929", "mai"])
def test_what_is_no_day_of_the_portal_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(date(2023, 6, 8), "08/06/2023"), ("2023-06-08", "08/06/2023"), ("mai", "mai"),
     ("31/02/2023", "31/02/2023"), (None, None)],
)  # fmt: skip
def test_a_day_is_shown_day_first_wherever_it_comes_from(value, shown):
    assert DayInput().format_value(value) == shown
    assert 'type="text"' in DayInput().render("tu", value)
