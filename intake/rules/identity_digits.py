"""What the digits of a CCCD say of its holder (NĐ 137/2015, art. 13; TT 07/2016/TT-BCA, art. 7).
Pure."""

from typing import NamedTuple


class Said(NamedTuple):
    """Sex ("M", "F") by the fourth digit, year of birth by it and the two that follow."""

    sex: str
    year: int


def said_by(number: str) -> Said | None:
    """What a CCCD says; None for what is none, such as an old CMND of nine digits.

    >>> said_by("019180000022")
    Said(sex='F', year=1980)
    """
    if not (len(number) == 12 and number.isascii() and number.isdigit()):
        return None
    century, is_female = divmod(int(number[3]), 2)
    return Said("F" if is_female else "M", 1900 + 100 * century + int(number[4:6]))
