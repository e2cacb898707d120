"""What is on record, in the words of a paper form: "" where nothing is known."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from daitu_portal.dates import PartialDate

# Characters that neither XML nor a printer knows what to do with.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

When = date | PartialDate | None


def plain(value: Any) -> str:
    """`value` as text that can be printed, letters whole (NFC): lines stay, what no paper can
    show is left out."""
    text = "" if value is None else str(value)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNPRINTABLE.sub("", text).strip()


def day_words(when: When) -> str:
    """As much of a day as is known: 12/05/1980, 05/1980 or 1980."""
    if when is None:
        return ""
    return f"{when:%d/%m/%Y}" if isinstance(when, date) else str(when)


def month_words(when: When) -> str:
    """The month and year that tables of the forms ask for: 05/1980, or 1980."""
    if isinstance(when, date):
        return f"{when:%m/%Y}"
    return "" if when is None else str(when)[-7:]


def period_words(start: When, end: When, *, goes_on: bool = False) -> str:
    """ "05/2011 – 04/2016"; a period that goes on ends with "nay", an unknown end with dots."""
    if start is None and end is None:
        return ""
    first = month_words(start) or "……"
    return f"{first} – {month_words(end) or ('nay' if goes_on else '……')}"


def number_words(number: Decimal | int | None) -> str:
    """A number as offices write it: 2,34. Zeros at the end of a fraction stay."""
    return "" if number is None else str(number).replace(".", ",")


def percent_words(number: Decimal | int | None) -> str:
    """ "20%", "12,5%"."""
    if number is None:
        return ""
    return f"{Decimal(number).normalize():f}%".replace(".", ",")


def joined(parts: Iterable[str], between: str = "; ") -> str:
    """The parts that say something, side by side."""
    return between.join(part for part in parts if part)


def in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def lower_first(text: str) -> str:
    """ "Xã Hùng Sơn" inside a sentence."""
    return text[:1].lower() + text[1:]
