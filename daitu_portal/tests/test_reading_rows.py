"""Rows read by pattern say what the XML parser says of them, or are left to it."""

import io
from unittest.mock import patch
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daitu_portal.reading import xlsx_rows
from daitu_portal.reading.serials import EPOCH_1900
from daitu_portal.reading.told import Refused, Teller
from daitu_portal.reading.xlsx_rows import resolved
from daitu_portal.reading.xlsx_sheet import BookParts, SheetParser
from daitu_portal.reading.xlsx_styles import Style
from daitu_portal.tests.xlsx_parts import MAIN, data

LIMITS = {"rows": 50, "columns": 6, "merges": 3}
STRINGS = ["Lê", "", (("a", None), ("b", ".VnTime"))]
STYLES = [Style("General", "Arial"), Style("dd/mm/yyyy", "Arial")]


def told(inside, head=""):
    """The lines of a sheet, or how its reading ended."""
    out = io.StringIO()
    book = BookParts(STRINGS, STYLES, EPOCH_1900, LIMITS)
    parser = SheetParser("Trang 1", book, Teller(out))
    content = f'{head}<worksheet xmlns="{MAIN}">{inside}</worksheet>'
    try:
        parser.read(io.BytesIO(content.encode()))
    except Refused as refusal:
        return refusal.args
    except (ExpatError, ValueError, LookupError):
        return "damaged"
    return out.getvalue(), parser.merges, parser.hidden_columns


def by_parser(inside, head=""):
    with patch.object(xlsx_rows, "_BEGIN", b"\0"):
        return told(inside, head)


def taken(inside):
    """How many rows went to the XML parser."""
    seen = []
    real = xlsx_rows.PlainRows._by_parser

    def count(self, block, start, end):
        seen.append(block[start:end])
        return real(self, block, start, end)

    with patch.object(xlsx_rows.PlainRows, "_by_parser", count):
        told(inside)
    return len(seen)


TEXTS = st.sampled_from(["1", "0", "2.5", "45085", "x", "", " ", "&amp;", "&#7877;", "&#0;", "&x;",
                         "]]>", "_x000D_", "-1", "1e400", "\r", "é", "<b/>"])  # fmt: skip
KINDS = st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="inlineStr"',
                         ' t="d"'])  # fmt: skip
INSIDE = st.sampled_from([
    "<v>{}</v>", "<is><t>{}</t></is>", '<is><t xml:space="preserve">{}</t></is>',
    "<f>A1</f><v>{}</v>", "<is><r><t>{}</t></r></is>", "<v><![CDATA[{}]]></v>", "<!-- {} -->", "",
])  # fmt: skip


ATTRIBUTES = st.sampled_from(["", ' hidden="1"', ' spans="1:3" ht="15"', ' r="1"', ' x="&lt;"'])


@st.composite
def cells(draw, row):
    column = draw(st.sampled_from("ABCDEFG"))
    address = draw(st.sampled_from([f' r="{column}{row}"'] * 6 + [f' r="{column}9"', ""]))
    style = draw(st.sampled_from(["", ' s="1"', ' s=""', ' s="7"', ' cm="1"']))
    inside = draw(INSIDE).format(draw(TEXTS))
    return f"<c{address}{style}{draw(KINDS)}>{inside}</c>"


@st.composite
def sheets(draw):
    rows = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        more = draw(ATTRIBUTES)
        inside = "".join(draw(cells(number)) for _ in range(draw(st.integers(0, 3))))
        rows.append(f'<row r="{number}"{more}>{inside}</row>')
        rows.append(draw(st.sampled_from(["", "\n ", "<!-- <row/> -->", "<x/>"])))
    tail = draw(st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>']))
    return '<cols><col min="2" max="2" hidden="1"/></cols>' + data("".join(rows)) + tail


@settings(max_examples=200)
@given(sheets())
def test_both_ways_say_the_same_of_any_sheet(inside):
    assert told(inside) == by_parser(inside)


CELLS = '<c r="A{0}" s="1"><v>45085</v></c><c r="B{0}" t="s"><v>0</v></c>'
ROW = f'<row r="{{0}}" spans="1:2">{CELLS}</row>'
ROWS = "".join(ROW.format(number) for number in range(1, 10))


def test_ordinary_rows_never_reach_the_parser():
    assert taken(data(ROWS)) == 0
    assert told(data(ROWS)) == by_parser(data(ROWS))
    assert told(data(ROWS))[0].count("\n") == 9


@pytest.mark.parametrize("size", [1, 7, 40, 300])
def test_rows_are_whole_wherever_the_pieces_are_cut(size):
    with patch("daitu_portal.reading.xlsx_sheet._PIECE", size):
        assert told(data(ROWS)) == by_parser(data(ROWS))


@pytest.mark.parametrize(
    "between",
    [
        '<!-- <row r="8"><c r="A8"><v>1</v></c></row> -->',
        '<![CDATA[<row r="8"><c r="A8"><v>1</v></c></row>]]>',
        '<x><row r="8"><c r="A8"><v>1</v></c></row></x>',
    ],
)
def test_rows_within_something_else_are_what_the_parser_makes_of_them(between):
    inside = data(ROW.format(1) + between + ROW.format(9))

    assert told(inside) == by_parser(inside)


def test_rows_before_the_data_are_no_data():
    inside = f"<!-- {data(ROWS)} -->" + data(ROW.format(1))

    assert told(inside) == by_parser(inside)
    assert told(inside)[0].count("\n") == 1


def test_a_row_end_within_a_section_does_not_end_the_row():
    cell = '<c r="A1" t="str"><v><![CDATA[</row>]]></v></c>'
    inside = data(f'<row r="1">{cell}</row>{ROW.format(2)}')

    assert told(inside) == by_parser(inside)
    assert "</row>" in told(inside)[0]


def test_a_sheet_of_another_code_page_is_the_parsers():
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    inside = data('<row r="1"><c r="A1" t="str"><v>é</v></c></row>')

    assert told(inside, head) == by_parser(inside, head)
    assert "Ã©" in told(inside, head)[0]


@pytest.mark.parametrize("name", ["&#0;", "&#55296;", "&#xFFFF;", "&#9999999;"])
def test_references_to_no_character_are_refused(name):
    with pytest.raises(ValueError, match="is no character"):
        resolved(name)


def test_references_are_what_they_name():
    assert resolved("&lt;L&#234; &#x110;&amp;&quot;&apos;&gt;") == "<Lê Đ&\"'>"
