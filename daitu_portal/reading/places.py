"""Addresses of cells: B7 is column 2 of row 7."""

import re

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,10})")
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


def place_of(column: int) -> str:
    """The letters of a column.

    >>> place_of(1), place_of(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def column_of(ref: str) -> tuple[int, int]:
    """(column, row) of an address. Raises ValueError for what is none.

    >>> column_of("AB12")
    (28, 12)
    """
    found = _ADDRESS.fullmatch(ref)
    if found is None:
        raise ValueError(f"{ref!r} is no address of a cell")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])


def is_address(text: str) -> bool:
    """Whether a text is the address of a cell."""
    return _ADDRESS.fullmatch(text) is not None


def area_of(ref: str) -> Area:
    """The area that an address of two corners, or of one cell, covers.

    >>> area_of("B2:C3"), area_of("A1")
    ((2, 2, 3, 3), (1, 1, 1, 1))
    """
    first, _, last = ref.partition(":")
    left, top = column_of(first)
    right, bottom = column_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
