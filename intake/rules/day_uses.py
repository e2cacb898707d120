"""What a day is told for: which years make sense, and how precise it must be. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from intake.rules.repairs import CannotHeal, Healed, RepairKind

_FULL_DAY = "Ghi đủ ngày, tháng, năm, ví dụ 12/05/2021."
_WRITE_DAY = "Ghi ngày/tháng/năm, tháng/năm hoặc chỉ năm: 12/05/1965, 05/1965, 1965."


@dataclass(frozen=True, slots=True)
class DayUse:
    """Years that make sense: from `oldest` years before this one to `newest` after it (negative:
    before). `needs_day`: a month or a year is not enough. `is_end`: "nay" means no end yet."""

    oldest: int
    newest: int
    needs_day: bool = False
    is_end: bool = False

    def years(self, today: date) -> range:
        return range(today.year - self.oldest, today.year + self.newest + 1)


BIRTH = DayUse(85, -16)
PAST = DayUse(65, 0)  # joining, awards, recruitment: nobody tells them in advance
FROM = DayUse(65, 3, needs_day=True)
END = DayUse(65, 11, needs_day=True, is_end=True)  # two terms ahead


class Told(NamedTuple):
    """What a cell tells of a day, not yet believed; 0 stands for a part that it leaves out."""

    day: int
    month: int
    year: int
    is_short: bool = False  # the year has two digits
    repair: RepairKind | None = RepairKind.DATE_TEXT


class Imprecise(CannotHeal):
    """A day is needed and only its month or year is told, which is `known`: 05/2016, 2016."""

    def __init__(self, known: str) -> None:
        super().__init__(f"Chỉ có {known}, chưa rõ ngày.", _FULL_DAY, is_question=True)
        self.known = known


def not_a_day(text: object) -> CannotHeal:
    """What to raise where nothing in `text` can be a day."""
    return CannotHeal(f"Không đọc được ngày từ “{str(text)[:40]}”.", _WRITE_DAY)


def which_day(message: str) -> CannotHeal:
    """What to raise where somebody must say which day is meant."""
    return CannotHeal(message, _WRITE_DAY, is_question=True)


@lru_cache(maxsize=1 << 16)
def settle(told: tuple[Told, ...], use: DayUse, today: date) -> Healed:
    """The one day that `told`, all that a cell may mean, leaves. Raises CannotHeal."""
    if len(told) == 1:
        return _settled(told[0], use, today)
    found: dict[str, Healed] = {}
    for each in told:
        if len(years := _sound_years(each, use, today)) == 1:
            healed = _healed(each, years[0])
            found.setdefault(healed.value, healed)
    if len(found) > 1:
        raise which_day(f"Có thể hiểu là {' hoặc '.join(found)}.")
    if not found:
        is_real = any(_is_real(each, year) for each in told for year in _years(each))
        message = "Dãy số này không thành ngày nào hợp lý."
        raise CannotHeal(message, _WRITE_DAY, is_question=is_real)
    (healed,) = found.values()
    return precise_enough(healed, use)


def precise_enough(healed: Healed, use: DayUse) -> Healed:
    """`healed` itself. Raises Imprecise where `use` needs the day and it has none."""
    if use.needs_day and len(healed.value) < len("dd/mm/yyyy"):
        raise Imprecise(healed.value)
    return healed


def _settled(told: Told, use: DayUse, today: date) -> Healed:
    _check_parts(told)
    real = [year for year in _years(told) if _is_real(told, year)]
    if not real:
        raise _no_such_day(told)
    sound = _sound_years(told, use, today)
    if len(sound) == 1:
        return precise_enough(_healed(told, sound[0]), use)
    if sound:
        raise which_day(f"Năm {told.year:02d} có thể là {' hoặc '.join(map(str, sound))}.")
    years = use.years(today)
    raise which_day(f"{_written(told, real[0])} ngoài khoảng hợp lý ({years[0]}–{years[-1]}).")


def _check_parts(told: Told) -> None:
    """Raise CannotHeal for a month that is none, or is left out beside a day."""
    if told.month > 12:
        if 1 <= told.day <= 12 and told.month <= 31:
            swapped = f"{told.month:02d}/{told.day:02d}/{_as_told(told)}"
            raise which_day(f"Không có tháng {told.month}; có thể là ngày {swapped}.")
        raise CannotHeal(f"Không có tháng {told.month}.", _WRITE_DAY)
    if told.day and not told.month:
        raise which_day("Có ngày và năm nhưng không rõ tháng.")


def _no_such_day(told: Told) -> CannotHeal:
    month = f"Tháng {told.month} năm {_as_told(told)}"
    return CannotHeal(f"{month} không có ngày {told.day}.", _WRITE_DAY)


def _as_told(told: Told) -> str:
    return f"{told.year:02d}" if told.is_short else f"{told.year:04d}"


def _years(told: Told) -> tuple[int, ...]:
    return (1900 + told.year, 2000 + told.year) if told.is_short else (told.year,)


def _is_real(told: Told, year: int) -> bool:
    if not 1 <= year <= 9999 or told.month > 12 or (told.day and not told.month):
        return False
    return told.day <= 28 or told.day <= monthrange(year, told.month)[1]


def _sound_years(told: Told, use: DayUse, today: date) -> list[int]:
    """The years with which `told` is a day of the calendar that makes sense for `use`."""
    window = use.years(today)
    sound = [year for year in _years(told) if year in window and _is_real(told, year)]
    if use.newest > 0:
        return sound
    latest = (today.year, today.month, today.day)
    return [year for year in sound if (year, told.month, told.day) <= latest]


def _written(told: Told, year: int) -> str:
    if told.day:
        return f"{told.day:02d}/{told.month:02d}/{year:04d}"
    return f"{told.month:02d}/{year:04d}" if told.month else f"{year:04d}"


def _healed(told: Told, year: int) -> Healed:
    repairs = (told.repair,) if told.repair else ()
    if told.is_short:
        repairs = (RepairKind.DATE_SHORT_YEAR,)
    return Healed(_written(told, year), repairs)
