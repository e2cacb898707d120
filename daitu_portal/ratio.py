"""A ratio as the office prints it: x/y and a percent to one decimal. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, to one decimal, halves rounded up.

    None, not 0, when `whole` is 0: a commune without cadres has no ratio.
    Raises ValueError unless 0 <= part <= whole.

    >>> percent(209, 255)
    Decimal('82.0')
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Ratio:
    """A numerator in a denominator, with those of whom nothing is known.

    Numerator and unknown are None where no rule covers the population that day.
    """

    numerator: int | None
    denominator: int
    unknown: int | None = 0

    @property
    def is_ruled(self) -> bool:
        return self.numerator is not None

    @property
    def percent(self) -> Decimal | None:
        if self.numerator is None:
            return None
        return percent(self.numerator, self.denominator)

    @property
    def missing(self) -> int:
        """How many are not in the numerator, the unknown among them."""
        return self.denominator - (self.numerator or 0)
