"""Lists as plain text (CSV, TSV): each cell a text, in whatever code page it was saved.

Text that is no Unicode is told as `is_8bit`: each byte is one character, that of Windows-1252, or
of its own number for the five bytes that Windows-1252 leaves free; so that whoever knows the code
page (1258, TCVN3, VNI) by the words of a column gets every byte back.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from daitu_portal.reading.told import Limit, Refused, RowLine, Teller

SHEET = "Danh sách"  # a text has no sheets; messages and marks need a name
_DELIMITERS = ("\t", ";", "|", ",")  # of two that cut alike the first is meant
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_ROWS = 200
_MOST_LINES = 20  # of one cell: with more, a quote was never closed
_END = "\ue000"
_AS_TEXT = re.compile(r'="([^"]*)"')  # how programs keep zeros in front from Excel
_FREE = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # of Windows-1252
_WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in _FREE
}


def encoding_of(start: bytes) -> str | None:
    """How the text that begins so is coded, by its mark or its NULs; None if that does not show."""
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    even, odd = start[::2].count(0), start[1::2].count(0)
    if odd > len(start) // 8 and not even:
        return "utf-16-le"
    if even > len(start) // 8 and not odd:
        return "utf-16-be"
    return None


def decoded(content: bytes) -> tuple[str, bool]:
    """(text, whether it is 8-bit of an unknown code page). Raises UnicodeDecodeError where a mark
    says what the rest is not."""
    encoding = encoding_of(content[:4096])
    if encoding is not None:
        return content.decode(encoding).removeprefix("\ufeff"), False
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(_WINDOWS_1252), True


def read_delimited(path: str, limits: Limit, teller: Teller) -> None:
    """Tell the one sheet. Raises Refused."""
    text, is_8bit = decoded(Path(path).read_bytes())
    teller.styles([("General", "")])
    teller.sheet(SHEET, is_hidden=False, is_8bit=is_8bit)
    for number, values in enumerate(_records(text.rstrip("\x1a\0")), start=1):
        row = RowLine(number)
        for column, value in enumerate(values, start=1):
            if value:
                row.add(column, "t", _told(value), 0)
        if row.columns:
            _check(row, limits)
            teller.row(row, is_hidden=False)
    teller.end((), ())


def _told(value: str) -> str:
    kept = _AS_TEXT.fullmatch(value)
    return kept[1] if kept else value


def _check(row: RowLine, limits: Limit) -> None:
    if row.number > limits["rows"]:
        raise Refused("too_many_rows", SHEET, row.number, limits["rows"])
    if row.columns[-1] > limits["columns"]:
        raise Refused("too_many_columns", SHEET, row.number, limits["columns"])


def _records(text: str) -> Iterator[list[str]]:
    """The records of the text, empty ones too. Raises Refused where a quote is never closed."""
    delimiter, text = delimiter_of(text)
    is_ended, number = False, 0
    for number, values in enumerate(_parsed(f"{text.rstrip()}\n{_END}", delimiter), start=1):
        is_ended = values == [_END]
        if not is_ended:
            if any(value.count("\n") > _MOST_LINES for value in values):
                raise Refused("quotes", SHEET, number, 0)
            yield values
    if not is_ended:
        raise Refused("quotes", SHEET, number, 0)


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from rows
    except csv.Error as error:  # a field longer than any: a quote never closed
        raise Refused("quotes", SHEET, rows.line_num, 0) from error


def delimiter_of(text: str) -> tuple[str, str]:
    """(what parts the cells, the text without the line that says so).

    The first line of Excel's own may say it ("sep=;"). Else it is what cuts the rows most evenly
    into the most cells: a semicolon where commas stand in numbers, a tab where both do.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first[4:5] in _DELIMITERS and not first[5:].strip():
        return first[4], f"\n{rest}"
    sample = text[: 256 * 1024]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter)), text


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows with the most usual number of cells, times the cuts that make them."""
    counts: Counter[int] = Counter()
    for _, values in zip(range(_SAMPLE_ROWS), _lenient(sample, delimiter), strict=False):
        counts[len(values)] += any(values)
    most = max((number * (cells - 1) for cells, number in counts.items()), default=0)
    return most / max(counts.total(), 1)


def _lenient(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    except csv.Error:
        return
