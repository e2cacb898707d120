"""The components of the paper file and what is noted of them."""

from datetime import date

import pytest

from accounts.tests.factories import make_user
from cadres.models import PaperItem
from cadres.paper_file import components, lines_of, note_items, tally
from cadres.tests.factories import make_cadre

DAY = date(2023, 6, 8)


def test_the_components_are_those_of_the_circular_each_with_its_source():
    codes = [each.code for each in components()]

    assert len(codes) == len(set(codes)) == 14
    assert {"resume_2c", "birth_certificate", "diplomas", "health", "assets"} <= set(codes)
    assert all(each.label and each.source and each.confidence for each in components())
    assert max(len(code) for code in codes) <= PaperItem._meta.get_field("component").max_length


@pytest.mark.parametrize(
    ("missing", "noted", "words"),
    [(3, 14, "thiếu 3/14"), (0, 14, "đủ"), (0, 0, "chưa kiểm 14/14"),
     (2, 10, "thiếu 2/14, chưa kiểm 4/14"), (0, 15, "đủ")],
)  # fmt: skip
def test_what_nobody_looked_for_is_not_missing(missing, noted, words):
    assert str(tally(missing, noted)) == words


@pytest.mark.django_db
def test_what_changed_is_noted_with_who_and_when_and_the_rest_keeps_its_day():
    cadre, first, second = make_cadre(), make_user(), make_user()
    note_items(cadre, {"health": ("missing", ""), "diplomas": ("copy", "2 bản")}, by=first, on=DAY)

    changed = note_items(
        cadre,
        {"health": ("there", "năm 2023"), "diplomas": ("copy", "2 bản"), "assets": ("", "")},
        by=second, on=date(2023, 7, 1),
    )  # fmt: skip

    assert changed == ["health"]
    told = {
        line.component.code: (
            line.state,
            line.item.note,
            line.item.checked_by,
            line.item.checked_on,
        )
        for line in lines_of(cadre.paper_items.all())
        if line.item
    }
    assert told == {
        "health": ("there", "năm 2023", second, date(2023, 7, 1)),
        "diplomas": ("copy", "2 bản", first, DAY),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("noted", [{"planning": ("there", "")}, {"health": ("lost", "")}])
def test_what_is_no_component_or_no_state_is_refused(noted):
    with pytest.raises(ValueError, match="no such"):
        note_items(make_cadre(), noted, by=make_user(), on=DAY)

    assert not PaperItem.objects.exists()
