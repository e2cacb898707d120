"""Tags of charts and cells that print without a page around them."""

from types import SimpleNamespace

from django.template import Context, Template
from django.utils.html import strip_tags

from daitu_portal.charts import GAP_LABELS
from daitu_portal.ratio import Ratio


def rendered(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


def test_a_stacked_bar_says_its_numbers_in_words():
    parts = [("Đạt", 3, "met"), ("Chưa đạt", 1, "not-met")]

    html = rendered('{% stacked_bar parts "Kết luận" %}', parts=parts)

    assert 'aria-label="Kết luận"' in html
    assert 'width="75' in html
    assert " ".join(strip_tags(html).split()) == "Đạt 3 Chưa đạt 1"


def test_the_legend_of_the_heat_table_names_every_class():
    html = rendered(
        "{% gap_labels as labels %}{% for style, words in labels %}{{ style }} {% endfor %}"
    )

    assert html.split() == [f"gap-{number}" for number in range(len(GAP_LABELS))]


def test_the_class_of_a_heat_cell_is_that_of_its_gap():
    assert rendered("{{ ratio|gap_class }}", ratio=Ratio(10, 10)) == "gap-0"


def test_a_cell_without_a_value_is_empty_and_a_zero_is_not():
    column = SimpleNamespace(text=lambda row: row)

    assert [rendered("{% cell column row %}", column=column, row=row) for row in (None, 0)] == [
        "", "0"
    ]  # fmt: skip
