"""What the front page shows: figures of several days in one statement; tiles, heat, trend."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from daitu_portal.charts import Series, gap_class
from daitu_portal.ratio import Change, Ratio
from reports import notices
from reports.models import Indicator
from reports.queries import Figures, Matrix
from reports.rules.days import quarter_ends

TREND = ("civil_servants_degree", "civil_servants_political")
TREND_STEPS = 8
HEAT_EXTRA = ("rated_good",)
UNITS_SHOWN = 50


def figure_url(code: str, day: date, **query: object) -> str:
    """The names behind a figure on `day`."""
    parts = "&".join(f"{key}={value}" for key, value in {"ngay": day.isoformat(), **query}.items())
    return f"{reverse('reports:figure', args=[code])}?{parts}"


def is_of_standard(indicator: Indicator) -> bool:
    return "verdict" in indicator.predicate


@dataclass(frozen=True)
class Tile:
    """A figure with its change since another day, and where its names are."""

    indicator: Indicator
    change: Change
    url: str

    @property
    def ratio(self) -> Ratio:
        return self.change.now


@dataclass(frozen=True)
class Front:
    """The figures of `day`, of the day compared with, of the next day of new rules (None: none
    is near), and of the ends of quarters."""

    figures: Figures
    day: date
    before: date
    soon: date | None
    found: Mapping[date, Matrix]

    @classmethod
    def of(cls, figures: Figures, day: date, before: date) -> "Front":
        """One statement. Verdicts cost most: they are asked only of days that show them, this one,
        the one compared with and the next one of new rules."""
        near = (d for d in figures.book.starts_after(day) if d <= day + notices.SOON)
        soon = next(near, None)
        every = {each.code for each in figures.indicators}
        standards = {each.code for each in figures.indicators if is_of_standard(each)}
        asked: dict[date, set[str]] = {each: set(TREND) for each in quarter_ends(day, TREND_STEPS)}
        if soon:
            asked.setdefault(soon, set()).update(standards)
        asked[before] = asked[day] = every
        return cls(figures, day, before, soon, _matrices(figures, asked, day))

    @property
    def matrix(self) -> Matrix:
        return self.found[self.day]

    def tiles(self, *, headline: bool) -> list[Tile]:
        earlier, matrix = self.found[self.before], self.matrix
        return [
            Tile(each, matrix.change(each.code, earlier), figure_url(each.code, self.day))
            for each in matrix.indicators
            if each.is_headline is headline
        ]

    def moved(self) -> list[str]:
        """What the next new rules move, said in words."""
        return notices.of_moves(self.matrix, self.found[self.soon]) if self.soon else []

    @property
    def stand_ins(self) -> list[str]:
        """The units that stand in the comparison and the trend for one that came later."""
        return self.figures.stand_ins([self.before, *quarter_ends(self.day, TREND_STEPS)])

    def trend(self) -> list[Series]:
        names = {each.code: each.short_name for each in self.matrix.indicators}
        days = quarter_ends(self.day, TREND_STEPS)
        return [
            Series(names.get(code, code), [(d, self.found[d].ratio_if_any(code)) for d in days])
            for code in TREND
        ]

    def areas(self) -> dict[str, tuple[Ratio, str]]:
        """By code of the commune, what the map colours."""
        return {
            each.code: (self.matrix.ratio(TREND[0], each.pk),
                        figure_url(TREND[0], self.day, xa=each.pk))
            for each in self.matrix.communes
        }  # fmt: skip


def _matrices(
    figures: Figures, asked: Mapping[date, Collection[str]], day: date
) -> dict[date, Matrix]:
    return figures.matrices(list(asked), codes=asked, per_commune=(day,))


@dataclass(frozen=True)
class Heat:
    """The heat table, its cells ready to print: class, words, address ("" without anyone)."""

    indicators: list[Indicator]
    rows: list[tuple[object, list[tuple[str, str, str]]]]
    totals: list[tuple[str, str, str]]
    units_left: int


def heat(matrix: Matrix) -> Heat:
    """Communes by headline figures; beyond UNITS_SHOWN communes the list of units goes on."""
    shown = [i for i in matrix.indicators if i.is_headline or i.code in HEAT_EXTRA]
    links = {each.code: figure_url(each.code, matrix.day) for each in shown}
    rows: list[tuple[object, list[tuple[str, str, str]]]] = [
        (unit, [_cell(matrix.ratio(each.code, unit.pk), f"{links[each.code]}&xa={unit.pk}")
                for each in shown])
        for unit in matrix.communes[:UNITS_SHOWN]
    ]  # fmt: skip
    totals = [_cell(matrix.ratio(each.code), links[each.code]) for each in shown]
    return Heat(shown, rows, totals, max(len(matrix.communes) - UNITS_SHOWN, 0))


def _cell(ratio: Ratio, url: str) -> tuple[str, str, str]:
    return gap_class(ratio), str(ratio), url if ratio.denominator or ratio.unknown else ""
