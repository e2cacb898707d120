"""Reads the cells of one list as their columns mean them; what was read once is known. What is not
sure is asked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from daitu_portal.dates import PartialDate
from daitu_portal.reading.cells import Cell
from daitu_portal.text import fold
from intake.healing.cell_readers import (
    OF_ROW,
    is_day,
    read_commune,
    read_posts,
    reader_of,
)
from intake.healing.meaning import Facts, Meaning
from intake.healing.recipe import Recipe
from intake.healing.words import WordsOfDay
from intake.rules.aliases import post_codes
from intake.rules.commune_names import commune_code
from intake.rules.day_columns import NO_COLUMN, ColumnDays
from intake.rules.day_uses import Imprecise
from intake.rules.group_context import context_values
from intake.rules.repairs import NOTHING_WORDS, CannotHeal, Healed, RepairKind

_WORD = re.compile(r"[\w.-]*\w")
_FULL_DAY = "Ghi đủ ngày/tháng/năm, hoặc chọn “lấy ngày đầu tháng” ở bước Đối chiếu cột."


def _says_nothing(text: str) -> bool:
    """Whether a cell is blank in one of the ways in which people leave it so."""
    return not text.strip(" -–—…._/0") or fold(text) in NOTHING_WORDS


def _not_understood(text: str) -> CannotHeal:
    return CannotHeal(
        f"Không hiểu “{text.strip()[:40]}” ở cột này.", "Gõ lại giá trị, hoặc để trống.",
        is_question=True,
    )  # fmt: skip


class Healer:
    """Reads the cells of one list; what it read once it knows."""

    def __init__(
        self, words: WordsOfDay, recipe: Recipe, today: date, commune: str,
        days: Mapping[int, ColumnDays],
    ) -> None:  # fmt: skip
        self.words, self.recipe, self.today = words, recipe, today
        self.days, self.day_targets = days, dict[str, bool]()
        told = recipe.constants.get("holding.commune", "")
        # Of all rows that name none: what the sender said, else what the title says.
        self.unit = words.unit_of_code(told) or told or commune
        self.known: dict[Any, Sequence[Meaning] | CannotHeal] = {}

    def heal(self, target: str, value: Any, cell: Cell, facts: Facts) -> Sequence[Meaning]:
        """What a cell of a column tells. Raises CannotHeal."""
        special = OF_ROW.get(target)
        if special is not None:
            return list(special(self, target, value, cell, facts))
        unit = facts.commune if target == "holding.post" else ""
        days = cell.column if cell.kind != "text" or self._tells_days(target) else 0
        key = (target, cell.kind, value, cell.number_format, unit, days)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._healed(target, value, cell, facts)
        if isinstance(found, CannotHeal):
            raise found
        return found

    def _tells_days(self, target: str) -> bool:
        found = self.day_targets.get(target)
        if found is None:
            found = self.day_targets[target] = is_day(target)
        return found

    def _healed(
        self, target: str, value: Any, cell: Cell, facts: Facts
    ) -> Sequence[Meaning] | CannotHeal:
        try:
            found = list(reader_of(target)(self, target, value, cell, facts))
        except CannotHeal as problem:
            return problem
        return found if found or _says_nothing(str(value)) else _not_understood(str(value))

    def column(self, cell: Cell) -> ColumnDays:
        return self.days.get(cell.column, NO_COLUMN)

    def called(self, meaning: Meaning) -> str:
        """What a cell means, in words: the name for a code of the catalogues."""
        return self.words.shown(meaning.code, meaning.text)

    def of_context(self, context: Sequence[str], facts: Facts) -> Iterator[tuple[Meaning, str]]:
        """What the groups above a row give it: a unit, a post."""
        told = context_values(context, self._is_post, self._is_commune)
        for target in ("holding.commune", "holding.post"):
            if target in told:
                reader = read_commune if target == "holding.commune" else read_posts
                cell = Cell("", 0, 0, "text", told[target])
                for each in reader(self, target, told[target], cell, facts):
                    grouped = (RepairKind.GROUP, *each.repairs)
                    yield Meaning(each.code, each.text, grouped, each.index), told[target]

    def _is_post(self, text: str) -> bool:
        try:
            return bool(self.posts(text, Facts()))
        except CannotHeal:
            return False

    def _is_commune(self, text: str) -> bool:
        try:
            return bool(commune_code(text, units=self.words.units).value)
        except CannotHeal:
            return False

    def posts(self, text: str, facts: Facts) -> Sequence[Healed]:
        kind = self.words.unit_kinds.get(facts.commune or self.unit, "")
        try:
            return post_codes(text, posts=self.words.posts, commune_kind=kind)
        except CannotHeal as problem:
            names = self.words.post_names
            remedy = _WORD.sub(lambda word: names.get(word[0], word[0]), problem.remedy)
            raise CannotHeal(str(problem), remedy, is_question=problem.is_question) from problem

    def defaults(self, part: str) -> Mapping[str, Any]:
        """Values of a new record of a part that says none of its own."""
        day = self.recipe.constants.get(f"{part}.valid_from", "")
        return {"valid_from": PartialDate.parse(day).earliest} if day else {}

    def whole_day(self, healed: Callable[[], Healed]) -> Healed:
        """A day; where only its month or year is told, its first if the sender said so."""
        try:
            return healed()
        except Imprecise as problem:
            return self.first_day(problem)

    def first_day(self, problem: Imprecise) -> Healed:
        """The first day of a month or a year. Raises CannotHeal where the sender did not say so."""
        if not self.recipe.first_day:
            raise CannotHeal(str(problem), _FULL_DAY, is_question=True) from problem
        first = PartialDate.parse(problem.known).earliest
        return Healed(f"{first:%d/%m/%Y}", (RepairKind.CONSTANT,))
