"""The tables of TCVN3 and VNI, and which font is of which."""

import pytest

from intake.rules.encodings import (
    Encoding,
    decoded,
    encoding_of_font,
    fits,
    from_cp1258,
    from_tcvn3,
    from_vni,
    is_capitals_font,
)
from intake.rules.text_cleaning import composed
from intake.tests.old_encodings import expected, names, official_names, to_cp1258, to_tcvn3, to_vni

TEXTS = names(3000) + official_names()


def test_text_of_tcvn3_comes_back_save_for_capitals_that_it_has_not():
    assert [from_tcvn3(to_tcvn3(each)) for each in TEXTS] == [
        expected(each, "tcvn3") for each in TEXTS
    ]


def test_text_of_vni_comes_back():
    assert [from_vni(to_vni(each)) for each in TEXTS] == TEXTS


def test_vni_is_read_by_the_longest_sequence_at_once():
    assert from_vni("Ñaïi Töø") == "Đại Từ"


def test_text_of_windows_1258_comes_back():
    assert [composed(from_cp1258(to_cp1258(each))) for each in TEXTS] == TEXTS


def test_quotes_and_dashes_left_as_control_characters_are_read():
    assert from_tcvn3("\x93Hµ\x94 \x96 \x81") == "“Hà” – \x81"
    assert from_cp1258("\x8d") == "\x8d"


@pytest.mark.parametrize("encoding", Encoding)
def test_ascii_is_the_same_in_every_encoding(encoding):
    assert decoded("UBND 12/12", encoding) == "UBND 12/12"
    assert fits("UBND 12/12", encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "can_be"),
    [
        ("Hà", Encoding.TCVN3, False),
        ("Hµ", Encoding.TCVN3, True),
        ("Haø", Encoding.VNI, True),
        ("Høa", Encoding.VNI, False),
        ("Nguyễn", Encoding.VNI, False),
        ("Nguyễn", Encoding.CP1258, False),
        ("Nguyễn", Encoding.UNICODE, True),
    ],
)
def test_a_text_fits_an_encoding_that_has_all_its_letters(text, encoding, can_be):
    assert fits(text, encoding) is can_be


@pytest.mark.parametrize("font", [".VnTime", ".VnArial", ".VnHelvetInsH", ".vntimeh", " .VNARIALH"])
def test_vn_fonts_are_of_tcvn3(font):
    assert encoding_of_font(font) is Encoding.TCVN3


@pytest.mark.parametrize("font", ["VNI-Times", "VNI-Helve", "vni times", "VNI Aptima"])
def test_vni_fonts_are_of_vni(font):
    assert encoding_of_font(font) is Encoding.VNI


@pytest.mark.parametrize("font", ["Times New Roman", "Arial", "Calibri", "VNU Times", "Vni", ""])
def test_other_fonts_may_hold_anything(font):
    assert encoding_of_font(font) is None
    assert not is_capitals_font(font)


@pytest.mark.parametrize(
    ("font", "shows_capitals"),
    [
        (".VnTimeH", True),
        (".VnArialH", True),
        (".VnHelvetInsH", True),
        (".VnArial NarrowH ", True),
        (".VNTIMEH", True),
        (".VnTime", False),
        (".VnHelvetIns", False),
        (".VnTeknical", False),
        ("VNI-TimesH", False),
    ],
)
def test_vn_fonts_in_h_show_capitals(font, shows_capitals):
    assert is_capitals_font(font) is shows_capitals
