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

    @property
    def is_unrated(self) -> bool:
        """Whether there are people, and none of them has what the denominator counts: a rating."""
        return self.is_ruled and not self.denominator and bool(self.unknown)

    def __str__(self) -> str:
        """ "209/255"; "–/138" where no rule covers them, "—" where there is nobody."""
        if not self.denominator:
            return "—"
        part = "–" if self.numerator is None else f"{self.numerator:,}"
        return f"{part}/{self.denominator:,}".replace(",", ".")


@dataclass(frozen=True)
class Change:
    """A ratio beside that of an earlier day (None: `absent` says why there is none).

    What counts is the percent: a numerator also moves where people only come or go.
    """

    now: Ratio
    before: Ratio | None
    absent: str = "chỉ tiêu chưa áp dụng ngày ấy"

    @property
    def why_none(self) -> str:
        """Why the two are no change ("": they are): against nothing, nothing has changed."""
        if not self.now.is_ruled:
            return "ngày đang xem chưa có quy định"
        if not self.now.denominator:
            return "chưa ai được xếp loại" if self.now.is_unrated else "không có ai thuộc nhóm này"
        if self.before is None:
            return self.absent
        if not self.before.is_ruled:
            return "chưa có quy định ngày ấy"
        if not self.before.denominator:
            unrated = self.before.is_unrated
            return f"{'chưa ai được xếp loại' if unrated else 'không có ai thuộc nhóm'} ngày ấy"
        return ""

    @property
    def is_same(self) -> bool:
        return not (self.points or self.numerator or self.denominator)

    @property
    def points(self) -> Decimal | None:
        """Percentage points between the two percents as they are printed."""
        if self.why_none or self.before is None:
            return None
        return (self.now.percent or Decimal()) - (self.before.percent or Decimal())

    @property
    def numerator(self) -> int | None:
        if self.why_none or self.before is None:
            return None
        return (self.now.numerator or 0) - (self.before.numerator or 0)

    @property
    def denominator(self) -> int | None:
        if self.why_none or self.before is None:
            return None
        return self.now.denominator - self.before.denominator
