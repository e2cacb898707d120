"""The ladders."""

import pytest

from cadres.rules.levels import (
    CONTENT_LABELS,
    LEVELS,
    STRAND_LABELS,
    Content,
    Strand,
    highest_rank,
    level_label,
)
from cadres.rules.peoples import KINH, PEOPLES


@pytest.mark.parametrize(
    ("strand", "rank", "name"),
    [
        ("professional", 0, "Chưa qua đào tạo"),
        ("professional", 4, "Đại học"),
        ("political", 2, "Trung cấp"),
        ("state_management", 2, "Chuyên viên"),
        ("general", 3, "THPT"),
        ("defence", 3, "Đối tượng 2"),
    ],
)
def test_levels_have_the_names_of_the_form(strand, rank, name):
    assert level_label(strand, rank) == name


@pytest.mark.parametrize(
    ("strand", "top"),
    [("professional", 7), ("political", 4), ("general", 3), ("it", 6), ("ethnic_language", 1)],
)
def test_each_ladder_ends_at_its_top(strand, top):
    assert highest_rank(strand) == top
    with pytest.raises(LookupError):
        level_label(strand, top + 1)


def test_every_strand_and_content_has_a_name():
    assert set(STRAND_LABELS) == set(LEVELS) == set(Strand)
    assert set(CONTENT_LABELS) == set(Content)


def test_the_peoples_are_fifty_four_and_each_is_told_once():
    assert len(PEOPLES) == len(set(PEOPLES)) == 54
    assert PEOPLES[0] == KINH
