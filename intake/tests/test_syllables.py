"""The judge of encodings: what can be said in Vietnamese."""

import re

import pytest

from intake.rules.syllables import (
    is_common,
    is_syllable,
    is_tolerated,
    spelling,
)
from intake.tests.old_encodings import INSTITUTIONS, PLACES, names

SAID = """
hoà hòa hoàn Nguyễn NGUYỄN gì giêng già quốc quyết quý khuỷu khuya thuở nghiêng ghế kỷ kẻ yên yêu ý
thuý thúy ngoằn xoong loé cứu rượu uống oanh ủy uỷ mía của chứa chiều
"""
NOT_SAID = """
Lơng Nguyờn Cơng tòan hoàì iên kạ cê gế ngiêng ghà các̀ cac lòp qun qúy yêm̀ mnông brâu ng NguyÔn ề̀
"""


@pytest.mark.parametrize("word", SAID.split())
def test_what_is_said_and_spelt_right_is_a_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", NOT_SAID.split())
def test_what_is_not_said_or_spelt_wrong_is_none(word):
    assert not is_syllable(word)


def test_a_word_with_two_tones_is_not_spelt():
    assert spelling("ààa") is None
    assert not is_tolerated("ààa")


@pytest.mark.parametrize("word", ["Brâu", "Hrê", "Mnông", "Đắk", "Lắk", "Kạn", "Hmông", "Xtiêng"])
def test_names_of_other_peoples_are_tolerated(word):
    assert is_tolerated(word)


@pytest.mark.parametrize("word", ["Müller", "Nguyờn", "thg", "Zỹrich"])
def test_foreign_words_and_slips_are_not(word):
    assert not is_tolerated(word)


def test_every_word_of_names_places_and_institutions_is_one():
    texts = [*names(3000), *PLACES, *INSTITUTIONS]
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}

    assert {word for word in words if not is_tolerated(word)} <= {"TDP", "Tp"}


def test_common_syllables_are_known_wherever_the_mark_stands():
    assert is_common("Hoà")
    assert is_common("HÒA")
    assert not is_common("Lờ")
