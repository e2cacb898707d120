"""Sheets of old encodings come out as Unicode: right, or asked, never silently wrong."""

import random
import time
from collections import Counter

import pytest

from intake.rules.encodings import Encoding
from intake.rules.repairs import Healed, RepairKind
from intake.rules.text_fonts import TextRun
from intake.rules.text_repair import Question, TextCell, repair_sheet
from intake.tests.old_encodings import (
    ENCODERS,
    expected,
    names,
    official_names,
    ordinary_texts,
    to_cp1258,
    to_nfd,
    to_tcvn3,
    to_vni,
)

NAMES = names(4000)
OFFICIAL = official_names()
FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}


def column(texts, font=None, *, at=1):
    return [TextCell(row, at, text, font) for row, text in enumerate(texts, 1)]


def tally(truth, cells, **options):
    """How many cells came out right, asked and wrong."""
    repaired = repair_sheet(cells, **options).cells
    found = Counter({"right": 0, "asked": 0, "wrong": 0})
    for right, cell in zip(truth, cells, strict=True):
        after = repaired.get((cell.row, cell.column), Healed(cell.text))
        if isinstance(after, Question):
            found["asked"] += 1
        else:
            found["right" if after.value == right else "wrong"] += 1
    return found


def one(text, font=None, runs=(), **options):
    cell = TextCell(1, 1, text, font, runs)
    return repair_sheet([cell], **options).cells.get((1, 1), Healed(text))


def encoded(texts, draw, encodings, weights=None):
    chosen = [draw.choices(encodings, weights)[0] for _ in texts]
    truth = [expected(text, each) for text, each in zip(texts, chosen, strict=True)]
    raw = [ENCODERS.get(each, str)(text) for text, each in zip(texts, chosen, strict=True)]
    return truth, raw


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("texts", [NAMES, OFFICIAL], ids=["names", "official"])
def test_with_fonts_every_cell_is_right(texts, encoding):
    truth = [expected(text, encoding) for text in texts]
    cells = column([ENCODERS[encoding](text) for text in texts], FONTS[encoding])

    assert tally(truth, cells)["right"] == len(texts)


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("texts", [NAMES, OFFICIAL], ids=["names", "official"])
def test_without_fonts_a_column_is_right_by_its_votes(texts, encoding):
    truth = [expected(text, encoding) for text in texts]
    found = tally(truth, column([ENCODERS[encoding](text) for text in texts]))

    assert found["wrong"] == 0
    assert found["right"] >= 0.999 * len(texts)


@pytest.mark.parametrize("seed", range(3))
def test_encodings_mixed_cell_by_cell_are_right_or_asked(seed):
    truth, raw = encoded(NAMES, random.Random(seed), ["unicode", "tcvn3", "vni"])
    found = tally(truth, column(raw))

    assert found["wrong"] == 0
    assert found["right"] >= 0.995 * len(NAMES)


def test_small_mixed_columns_of_names_are_never_silently_wrong():
    draw = random.Random(5)
    found = Counter()
    for _ in range(400):
        weights = draw.choice([(1, 1, 1), (8, 1, 1), (1, 8, 1), (1, 1, 8), (0, 9, 1), (9, 0, 1)])
        texts = draw.sample(NAMES, draw.choice([5, 8, 20]))
        truth, raw = encoded(texts, draw, ["unicode", "tcvn3", "vni"], weights)
        found += tally(truth, column(raw))

    assert found["wrong"] == 0
    assert found["right"] >= 0.995 * found.total()


@pytest.mark.parametrize("encoding", ["unicode", *ENCODERS])
@pytest.mark.parametrize("texts", [NAMES[:1500], OFFICIAL], ids=["names", "official"])
def test_a_cell_all_alone_is_right_or_asked(texts, encoding):
    found = Counter()
    for text in texts:
        raw = ENCODERS.get(encoding, str)(text)
        found += tally([expected(text, encoding)], column([raw]))

    assert found["wrong"] == 0
    assert found["asked"] <= 0.03 * len(texts)


def test_marks_that_stand_alone_are_composed():
    assert tally(NAMES, column([to_nfd(text) for text in NAMES]))["right"] == len(NAMES)
    assert one(to_nfd("Hà")).repairs == (RepairKind.COMPOSED,)


@pytest.mark.parametrize("texts", [NAMES, OFFICIAL], ids=["names", "official"])
def test_bytes_of_windows_1258_are_read(texts):
    found = tally(texts, column([to_cp1258(text) for text in texts]), is_8bit=True)

    assert found["wrong"] == 0
    assert found["right"] >= 0.999 * len(texts)


def test_right_unicode_comes_out_untouched():
    texts = ordinary_texts() + names(5000, seed=7)

    assert repair_sheet(column(texts)).cells == {}


def test_right_unicode_beside_a_column_of_tcvn3_is_never_changed():
    texts = ordinary_texts()
    old = column([to_tcvn3(text) for text in names(len(texts))], at=1)
    own = column(texts, at=2)

    repaired = repair_sheet(old + own).cells

    assert [
        key for key, after in repaired.items() if key[1] == 2 and isinstance(after, Healed)
    ] == []
    assert sum(key[1] == 2 for key in repaired) <= 0.01 * len(texts)


@pytest.mark.parametrize(
    ("text", "font", "value", "kinds"),
    [
        ("NguyÔn v¨n ¸nh", ".VnTimeH", "NGUYỄN VĂN ÁNH", "tcvn3 capitals"),
        ("tran", ".VnTimeH", "TRAN", "capitals"),
        ("tran", ".VnTime", "tran", ""),
        ("NGUYÔN V¡N HïNG", None, "NGUYỄN VĂN HÙNG", "tcvn3 capitals"),
        ("Nguyễn Văn", ".VnTime", "Nguyễn Văn", ""),
        ("Nguyễn Văn", ".VnTimeH", "Nguyễn Văn", ""),
        ("Hà", ".VnTime", "Hà", ""),
        ("Thái Nguyên", ".VnTime", "Thái Nguyên", ""),
        ("Hoàng", "VNI-Times", "Hồng", "vni"),
        ("Hoàng", "Times New Roman", "Hoàng", ""),
        ("NguyÔn Vò", "Times New Roman", "Nguyễn Vũ", "tcvn3"),
        ("L−¬ng V¨n", None, "Lương Văn", "tcvn3 soft_hyphen"),
        ("L‑¬ng V¨n", None, "Lương Văn", "tcvn3 soft_hyphen"),
        ("L\x1e¬ng V¨n", None, "Lương Văn", "tcvn3 soft_hyphen"),
        ("L-¬ng V¨n", None, "Lương Văn", "tcvn3 soft_hyphen"),
        ("TC-KT, §C-NN", None, "TC-KT, ĐC-NN", "tcvn3"),
        ("L−ơng Thế", None, "Lương Thế", "soft_hyphen"),
        ("« t«", None, "ô tô", "tcvn3"),
        ("· Hµ Néi", None, "· Hà Nội", "tcvn3"),
        ("Häc viÖn Mueller ë Thuþ SÜ, Zürich", None, "Học viện Mueller ở Thuỵ Sĩ, Zỹrich", "tcvn3"),
        ("Ðặng\u00a0Văn", None, "Đặng Văn", "lookalike spaces"),
        ("Ðình  Công ", None, "Đình Công", "lookalike spaces"),
        ("Nguyеn Thế", None, "Nguyen Thế", "lookalike"),
        ("Иван Thế", None, "Иван Thế", ""),
        ("Иван", None, "Иван", ""),
        ("ＡＢ １２", None, "AB 12", "lookalike"),
        ("Nguye\u0301\u0302n Thế", None, "Nguyến Thế", "composed"),
        ("Th\u200bế\u00ad", None, "Thế", "spaces"),
        ("Họ\r\n và  tên\n", None, "Họ\nvà tên", "spaces"),
        ("café Müller", None, "café Müller", ""),
    ],
)
def test_a_cell_is_read_and_its_repairs_are_named(text, font, value, kinds):
    assert one(text, font) == Healed(value, tuple(RepairKind(kind) for kind in kinds.split()))


@pytest.mark.parametrize(
    ("text", "font", "choice"),
    [
        ("Hoàng", None, "Hồng"),
        ("®¹i tõ - Thái Nguyên", None, "đại từ - Thái Nguyên"),
        ("®¹i tõ - Thái Nguyên", ".VnTime", "đại từ - Thái Nguyên"),
        ("Nguyễn V¨n Hïng", None, "Nguyễn Văn Hùng"),
        ("L-ơng Thế", None, "Lương Thế"),
        ("V¨nx Hïngz Thñ", None, None),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked(text, font, choice):
    after = one(text, font)

    assert isinstance(after, Question)
    assert choice is None or choice in [value for _, value in after.choices]


def test_parts_of_a_cell_are_read_each_by_its_font():
    runs = (
        TextRun("®¹i t", ".VnTime"),
        TextRun("õ", ".VnArial"),
        TextRun(" - Thái Nguyên", "Arial"),
    )

    after = one("®¹i tõ - Thái Nguyên", None, runs)

    assert after == Healed("đại từ - Thái Nguyên", (RepairKind.TCVN3,))


def test_parts_that_stay_open_make_the_whole_cell_asked():
    runs = (TextRun("®¹i tõ - Thái Nguyên", ".VnTime"), TextRun(" x"))

    assert isinstance(one("®¹i tõ - Thái Nguyên x", None, runs), Question)


def test_parts_in_fonts_of_unicode_are_one_text():
    runs = (TextRun("NguyÔ", "Arial"), TextRun("n V¨n", "Calibri"))

    assert one("NguyÔn V¨n", None, runs).value == "Nguyễn Văn"


def test_a_font_whose_cells_are_mostly_unicode_decides_nothing():
    cells = column(["Nguyễn Văn Bé", "Trần Thị Hiền", "Thái", "Lê Đạt"], ".VnTime")

    assert repair_sheet(cells).cells == {}


def test_an_encoding_given_by_the_user_holds_for_its_column():
    cells = [TextCell(1, 1, "Hoàng"), TextCell(1, 2, "Hoàng"), TextCell(2, 1, "Nguyễn")]

    repaired = repair_sheet(cells, forced={1: Encoding.VNI, 2: Encoding.UNICODE})

    assert repaired.cells == {(1, 1): Healed("Hồng", (RepairKind.VNI,))}
    assert repaired.votes == {1: Encoding.VNI}


def test_votes_tell_the_encoding_of_each_column_that_was_not_unicode():
    cells = column([to_tcvn3(text) for text in NAMES[:20]]) + column(NAMES[:20], at=2)

    assert repair_sheet(cells).votes == {1: Encoding.TCVN3}


@pytest.mark.parametrize("encoding", [Encoding.UNICODE, Encoding.VNI])
def test_a_head_typed_in_unicode_does_not_make_a_column_mixed(encoding):
    write = ENCODERS.get(encoding, str)
    texts = ["Họ và tên", *map(write, NAMES[:10]), "Hoàng", *map(write, NAMES[10:20])]

    after = repair_sheet(column(texts)).cells.get((12, 1), Healed("Hoàng"))

    assert after.value == ("Hồng" if encoding is Encoding.VNI else "Hoàng")


def test_lists_pasted_one_under_the_other_are_told_apart():
    old = [to_vni(text) for text in NAMES[:12]]
    texts = [*old[:6], "Hoàng", *old[6:], "Hoàng", *NAMES[:6], "Hoàng", *NAMES[6:12], "Hoàng"]

    after = repair_sheet(column(texts)).cells

    assert after[7, 1] == Healed("Hồng", (RepairKind.VNI,))
    assert isinstance(after[14, 1], Question)
    assert (21, 1) not in after
    assert (28, 1) not in after


def test_rows_of_one_encoding_each_tell_of_their_cells():
    draw = random.Random(3)
    cells = []
    for row, name in enumerate(NAMES[:40], 1):
        write = draw.choice([str, to_vni])
        cells += [TextCell(row, 1, write(name)), TextCell(row, 2, write("Bí thư Đảng ủy"))]
        cells.append(TextCell(row, 3, "Hoàng"))

    after = repair_sheet(cells).cells

    for row in range(1, 41):
        is_old = cells[3 * row - 2].text != "Bí thư Đảng ủy"
        assert after.get((row, 3), Healed("Hoàng")).value == ("Hồng" if is_old else "Hoàng")


def test_a_large_sheet_of_unicode_is_looked_through_in_no_time():
    cells = [
        TextCell(row, at, NAMES[(row + at) % 4000]) for at in range(20) for row in range(20_000)
    ]

    began = time.perf_counter()
    repair_sheet(cells)

    assert time.perf_counter() - began < 5  # about half a second where nothing else runs


def test_a_stray_cell_among_others_makes_the_column_prove_nothing():
    old = [to_vni(text) for text in NAMES[:18]]
    texts = [*old[:6], NAMES[20], *old[6:9], "Hoàng", *old[9:]]

    assert isinstance(repair_sheet(column(texts)).cells[11, 1], Question)


def test_few_votes_prove_nothing_in_a_sheet_of_several_encodings():
    beside = column([to_vni(text) for text in NAMES[:9]], at=2)

    few = repair_sheet([*column([*NAMES[:4], "Hoàng"]), *beside]).cells
    enough = repair_sheet([*column([*NAMES[:5], "Hoàng"]), *beside]).cells

    assert isinstance(few[5, 1], Question)
    assert (6, 1) not in enough


def test_a_dash_before_what_can_be_said_stays_a_dash():
    assert one("-a Hµ Néi").value == "-a Hà Nội"


def test_abbreviations_that_no_word_list_knows_are_read_as_the_rest_of_their_sheet():
    texts = [to_tcvn3(name) for name in NAMES[:30]]

    after = repair_sheet([*column(texts), TextCell(40, 1, "ct h®nd")]).cells[40, 1]

    assert after.value == "ct hđnd"
    assert one("ct h®nd") == Healed("ct h®nd")
