"""Which units stood on a day where those of another stand."""

from datetime import date

import pytest

from reports.rules.succession import Unit, stood_for

BEFORE, MERGED, NOW, LATER = (
    date(2022, 12, 31), date(2023, 4, 10), date(2023, 6, 8), date(2025, 7, 1),
)  # fmt: skip
OLD = date(2004, 1, 1)


def unit(begins=OLD, ends=None, **came_from):
    return Unit("X", begins, ends, {int(key[1:]): whole for key, whole in came_from.items()})


UNITS = {
    1: unit(ends=MERGED),
    2: unit(ends=MERGED),
    3: unit(begins=MERGED, ends=LATER, _1=True, _2=True),
    4: unit(begins=MERGED, _1=False),
    5: unit(begins=MERGED),
    6: unit(begins=LATER, _3=True, _7=True),
    7: unit(ends=LATER, _1=False),
    8: unit(begins=MERGED, _9=True),
    9: unit(begins=MERGED, _8=True),
}


@pytest.mark.parametrize(
    ("keys", "day", "expected"),
    [
        ({3}, NOW, {3}),
        ({3}, BEFORE, {1, 2}),
        ({6}, NOW, {3, 7}),
        ({6}, BEFORE, {1, 2, 7}),  # two steps back; 7 was itself then, whatever it got since
        ({6, 7}, BEFORE, {1, 2, 7}),
        (set(), BEFORE, set()),
        ({4}, BEFORE, None),  # out of a part
        ({3, 4}, BEFORE, None),
        ({5}, BEFORE, None),  # out of nothing that is recorded
        ({3}, LATER, None),  # ended
        ({8}, BEFORE, frozenset()),  # a record that goes in circles ends too
    ],
)
def test_a_unit_stands_for_itself_or_for_those_it_was_made_of_whole(keys, day, expected):
    assert stood_for(keys, day, UNITS) == expected
