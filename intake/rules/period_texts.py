"""Heals a cell that tells a period: 2016-2021, 01/2015 - nay, từ 12/2015 đến 5/2020. Pure."""

import re
from dataclasses import replace
from datetime import date

from intake.rules.day_columns import NO_COLUMN, ColumnDays
from intake.rules.day_reading import plain_letters
from intake.rules.day_texts import heal_day
from intake.rules.day_uses import END, FROM, Imprecise
from intake.rules.repairs import CannotHeal, Healed, HealedParts, RepairKind

_REMEDY = "Ghi ngày đầu và ngày cuối ở hai cột, hoặc như 01/06/2016 - 30/06/2021."
_UNTIL = re.compile(r"\s*[-–—,;]?\s*\b(?:cho )?(?:den|toi)\b(?: het)?\s*|\s*(?:->|→)\s*")
_DASH = re.compile(r"\s*[-–—]+\s*")
_SPACED = re.compile(r"(.*\d{4})\s[-–—]\s(.+)")
_STILL = re.compile(r"(?:den )?(?:nay|hien nay|hien tai)")
_LEAD = re.compile(r"(?:(?:ke )?tu)?\s*(?:(?:ngay|nam)\b\s*)?(?=[\d.…t])")
_DASH_AND_SLASH = re.compile(r"(?=.*\d\s*[-–—]+\s*\d).*[/.]")


def heal_period(
    value: object,
    kind: str,
    number_format: str,
    *,
    today: date,
    column: ColumnDays = NO_COLUMN,
    needs_day: bool = False,
) -> HealedParts:
    """The first and the last day that a cell tells, {"valid_from": …, "valid_to": …} as dd/mm/yyyy,
    mm/yyyy or yyyy; what it leaves out, or "nay" tells of, has no key.

    Raises CannotHeal as heal_day does, and where the end stands before the start; Imprecise where
    `needs_day` and no day is told.
    """
    healing = _Healing(today, column, needs_day)
    if kind != "text" or not isinstance(value, str):
        return _parts(healing.side(value, kind, number_format, is_end=False), None)
    plain = plain_letters(value).strip(" \t\n.,;:()'\"")
    if until := _UNTIL.search(plain):
        return healing.both(plain[: until.start()], plain[until.end() :])
    return healing.of_dashes(plain, value)


class _Healing:
    """How the two ends of a period are read on a day, within a column."""

    def __init__(self, today: date, column: ColumnDays, needs_day: bool) -> None:
        self.today, self.column = today, column
        self.uses = {
            False: replace(FROM, needs_day=needs_day),
            True: replace(END, needs_day=needs_day),
        }

    def side(self, value: object, kind: str, number_format: str, *, is_end: bool) -> Healed:
        return heal_day(
            value, kind, number_format, use=self.uses[is_end], today=self.today, column=self.column
        )

    def text(self, text: str, *, is_end: bool) -> Healed:
        bare = _LEAD.sub("", text.strip(), count=1)
        if is_end and _STILL.fullmatch(bare):
            return Healed("", (RepairKind.DATE_TEXT,))
        healed = self.side(bare, "text", "@", is_end=is_end)
        if bare == text.strip() or healed.repairs:
            return healed
        return Healed(healed.value, (RepairKind.DATE_TEXT,))

    def both(self, first: str, last: str) -> HealedParts:
        start = self.text(first, is_end=False) if first.strip() else None
        return _parts(start, self.text(last, is_end=True))

    def of_dashes(self, plain: str, value: str) -> HealedParts:
        """A period with a dash between its ends, or one day."""
        halves = _halves(plain, self)
        if not halves and (cut := _SPACED.fullmatch(plain)):
            return self.both(cut[1], cut[2])  # says which end is wrong
        if len(halves) == 1:
            return self.both(*halves[0])
        if halves or _DASH_AND_SLASH.match(plain):  # 5-8/2020: a day, or two months
            raise _unclear(value)
        return _parts(self.text(plain, is_end=False), None)


def _halves(plain: str, healing: _Healing) -> list[tuple[str, str]]:
    """The ways of cutting a text at a dash so that both sides tell a day or "nay"."""
    cuts = [(plain[: dash.start()], plain[dash.end() :]) for dash in _DASH.finditer(plain)]
    return [(first, last) for first, last in cuts if last and _is_period(first, last, healing)]


def _is_period(first: str, last: str, healing: _Healing) -> bool:
    try:
        start, _ = healing.text(first, is_end=False), healing.text(last, is_end=True)
    except CannotHeal as problem:
        return isinstance(problem, Imprecise)
    return bool(start.value)


def _parts(start: Healed | None, end: Healed | None) -> HealedParts:
    told = {"valid_from": start, "valid_to": end}
    values = {field: side.value for field, side in told.items() if side and side.value}
    if len(values) == 2 and _key(values["valid_to"], 99) < _key(values["valid_from"], 0):
        raise CannotHeal("Ngày cuối đứng trước ngày đầu.", _REMEDY)
    repairs = [kind for side in told.values() if side for kind in side.repairs]
    if end and values:
        repairs.append(RepairKind.DATE_TEXT)
    return HealedParts(values, tuple(dict.fromkeys(repairs)))


def _key(day: str, unknown: int) -> tuple[int, ...]:
    """Comparable, with `unknown` for the day and the month that are not told."""
    told = [int(part) for part in reversed(day.split("/"))]
    return (*told, *[unknown] * (3 - len(told)))


def _unclear(value: object) -> CannotHeal:
    return CannotHeal(
        f"“{str(value)[:40]}”: không rõ từ ngày nào đến ngày nào.", _REMEDY, is_question=True
    )
