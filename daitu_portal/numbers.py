"""Numbers as offices type them: with a comma or a dot before the decimals. Pure."""

import re
from decimal import Decimal

_TYPED = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2}|[.,][0-9]{4,6})?")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


class AmbiguousNumber(ValueError):
    """1.800 may be one thousand eight hundred, or one point eight."""


def decimal_of(text: str) -> Decimal:
    """Read 2,67 or 2.67. Raises AmbiguousNumber for 1.800, ValueError for anything else."""
    text = text.strip()
    if _AMBIGUOUS.fullmatch(text):
        raise AmbiguousNumber(f"{text!r} may have thousands or decimals")
    if not _TYPED.fullmatch(text):
        raise ValueError(f"{text!r} is no number with a comma or a dot")
    return Decimal(text.replace(",", "."))
