"""Fields of filters, as HTML made by hand: nothing that is typed gets out of its place."""

from html.parser import HTMLParser

import pytest
from django import forms

from daitu_portal.filter_form import field_html


class Filters(forms.Form):
    q = forms.CharField(label="Họ và tên", max_length=100)
    year = forms.DecimalField(label="Năm", min_value=1900, help_text="Để trống là năm nay.")
    level = forms.ChoiceField(
        label="Mức",
        choices=[("", "Tất cả"), ("Từ mức (≥)", [("gte-1", 'từ "sơ cấp" <trở lên>')])],
    )
    group = forms.MultipleChoiceField(
        label="Nhóm",
        choices=[("a", "Lãnh đạo"), ("b", "Đoàn & hội")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn một hay nhiều.",
    )


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(data, name):
    reader = _Tags()
    reader.feed(field_html(Filters(data)[name]))
    return reader.found


def of(found, tag):
    return [attrs for each, attrs in found if each == tag]


def test_a_text_field_keeps_what_was_typed_and_its_limits():
    (control,) = of(tags({"q": "Hải"}, "q"), "input")

    assert control == {
        "type": "text", "id": "id_q", "name": "q", "maxlength": "100", "value": "Hải",
    }  # fmt: skip
    assert of(tags({"q": "Hải"}, "q"), "label") == [{"class": "form-label", "for": "id_q"}]


@pytest.mark.parametrize("name", ["q", "year", "level", "group"])
def test_typed_markup_stays_text(name):
    found = tags({name: ['"><script>alert(1)</script>']}, name)

    assert of(found, "script") == []


def test_errors_and_help_are_told_and_tied_to_the_field():
    found = tags({"year": "abc"}, "year")

    (control,) = of(found, "input")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_year_error id_year_helptext"
    told = {attrs.get("id") for _, attrs in found}
    assert {"id_year_error", "id_year_helptext"} <= told


def test_the_chosen_option_is_marked_inside_its_group():
    found = tags({"level": "gte-1"}, "level")

    assert of(found, "optgroup") == [{"label": "Từ mức (≥)"}]
    assert of(found, "option") == [{"value": ""}, {"value": "gte-1", "selected": None}]
    assert "từ &quot;sơ cấp&quot; &lt;trở lên&gt;" in field_html(Filters({})["level"])


def test_boxes_are_a_set_with_a_legend_and_the_chosen_ones_checked():
    found = tags({"group": ["b"]}, "group")

    assert of(found, "fieldset") == [{"aria-describedby": "id_group_helptext"}]
    assert [("checked" in box, box["value"]) for box in of(found, "input")] == [
        (False, "a"),
        (True, "b"),
    ]
    assert {label["for"] for label in of(found, "label")} == {"id_group_0", "id_group_1"}
