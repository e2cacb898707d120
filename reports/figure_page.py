"""What the page of a figure shows: its address, tabs, filters, number and sources."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from accounts.as_of import parse_day
from cadres.rulebook import Rulebook
from cadres.rules.ratings import rated_year
from cadres.rules.standards import Verdict
from cadres.standards_sql import IN, OUT, UNKNOWN
from daitu_portal.ratio import Change, Ratio
from reports.models import Indicator
from reports.names import EVERY_STATE, NOT_IN, Name, Names
from reports.queries import Matrix, is_unruled
from reports.rules.days import year_end_before

NOT_MET, MET, MISSING, EVERYONE = "chua", "dat", "thieu", "tat-ca"
BY_COMMUNE, TREND, MOVES = "theo-xa", "xu-huong", "thay-doi"
COMMUNES_LISTED = 60  # more would make the page heavy: then one chooses on the tab of communes
_UNITS = {"nguoi": Indicator.Unit.PERSON, "luot": Indicator.Unit.POST}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be read counts as not asked."""

    indicator: Indicator
    day: date
    is_unruled: bool
    tab: str
    commune_id: int | None
    unit: str
    verdict: Verdict | None
    compared: date | None = None  # the day it is set beside, where the address names one before

    @classmethod
    def of(
        cls, query: Mapping[str, Any], indicator: Indicator, day: date, book: Rulebook
    ) -> "Asked":
        """Read `query` (request.GET)."""
        unruled = is_unruled(indicator, day, book)
        names = (EVERYONE,) if unruled else (NOT_MET, MET, MISSING, EVERYONE)
        tab, commune = query.get("muc", ""), query.get("xa", "")
        verdict, compared = query.get("ket_luan", ""), parse_day(query.get("so_voi", ""))
        return cls(
            indicator=indicator,
            day=day,
            is_unruled=unruled,
            tab=tab if tab in (*names, BY_COMMUNE, TREND, MOVES) else names[0],
            commune_id=int(commune) if commune.isascii() and commune.isdigit() else None,
            unit=_UNITS.get(query.get("dem", ""), indicator.unit),
            verdict=Verdict(verdict) if verdict in set(Verdict) else None,
            compared=compared if compared and compared < day else None,
        )

    @property
    def other_unit(self) -> bool:
        """Whether the unit is not that of the definition."""
        return self.unit != self.indicator.unit

    @property
    def earlier(self) -> date:
        """The day compared with: the one asked for, else the last of the year before."""
        return self.compared or year_end_before(self.day)

    @property
    def states(self) -> tuple[int, ...]:
        """The states of the names that the tab shows."""
        outside = (OUT,) if self.is_of_ratings else NOT_IN
        by_tab = {NOT_MET: outside, MET: (IN,), MISSING: (UNKNOWN,)}
        return by_tab.get(self.tab, EVERY_STATE)

    @property
    def is_of_ratings(self) -> bool:
        return "rating" in self.indicator.predicate

    @property
    def rated_year(self) -> int:
        return rated_year(self.day)

    @property
    def query(self) -> dict[str, str]:
        """The parameters that say the same; those at their default are left out."""
        found = {"ngay": self.day.isoformat(), "muc": self.tab}
        if self.commune_id is not None:
            found["xa"] = str(self.commune_id)
        if self.other_unit:
            found["dem"] = next(word for word, unit in _UNITS.items() if unit == self.unit)
        if self.verdict:
            found["ket_luan"] = str(self.verdict)
        if self.compared:
            found["so_voi"] = self.compared.isoformat()
        return found

    def url(self, **changes: Any) -> str:
        """The address with `changes`; None takes a parameter away."""
        query = {k: v for k, v in (self.query | changes).items() if v is not None}
        address = reverse("reports:figure", args=[self.indicator.code])
        return f"{address}?{urlencode(query)}"

    @property
    def all_verdicts_url(self) -> str:
        return self.url(ket_luan=None)

    @property
    def all_communes_url(self) -> str:
        return self.url(xa=None)

    @property
    def moves_url(self) -> str:
        return self.url(muc=MOVES, ket_luan=None)

    @property
    def missing_url(self) -> str:
        return self.url(muc=MISSING, ket_luan=None)

    @property
    def met_url(self) -> str:
        return self.url(muc=MET, ket_luan=None)

    @property
    def not_met_url(self) -> str:
        return self.url(muc=NOT_MET, ket_luan=None)

    def tabs(self, ratio: Ratio, communes: int | None) -> list[dict[str, Any]]:
        """For partials/tabs.html; the counts are those of the whole figure."""
        found: list[tuple[str, str, int | None]] = []
        if self.is_unruled:
            found.append((EVERYONE, "Danh sách", ratio.denominator))
        else:
            # Not "chưa đạt": those of whom nothing is known stand among them.
            found.append((NOT_MET, "Ngoài tử số", ratio.missing))
            found.append((MET, "Đạt mức", ratio.numerator))
            if ratio.unknown:
                label = "Chưa xếp loại" if self.is_of_ratings else "Thiếu dữ liệu"
                found.append((MISSING, label, ratio.unknown))
        found.append((BY_COMMUNE, "Theo xã", communes))
        found.append((TREND, "Xu hướng", None))
        if not self.is_unruled:
            found.append((MOVES, "Ai vào, ai ra", None))
        return [
            {"key": key, "label": label, "count": count, "url": self.url(muc=key, ket_luan=None)}
            for key, label, count in found
        ]

    @property
    def why_label(self) -> str:
        """The head of the column of reasons: in the numerator only the standard may lack."""
        if self.is_unruled:
            return "Vì sao chưa kết luận"
        return "Tiêu chuẩn còn thiếu" if self.tab == MET else "Vì sao ngoài tử số"

    @property
    def lists_gaps(self) -> bool:
        """Whether the tab lists people whom learning may bring into the numerator."""
        return self.tab in (NOT_MET, MISSING) and not self.is_of_ratings

    @property
    def is_of_names(self) -> bool:
        return self.tab not in (BY_COMMUNE, TREND, MOVES)

    @property
    def unit_words(self) -> str:
        return self._words_of(self.unit)

    @property
    def other_unit_words(self) -> str:
        return self._words_of(next(unit for unit in _UNITS.values() if unit != self.unit))

    def _words_of(self, unit: str) -> str:
        if unit == Indicator.Unit.PERSON:
            return "theo người"
        is_of_seats = self.indicator.population == Indicator.Population.COMMITTEE
        return "theo lượt tham gia cấp ủy" if is_of_seats else "theo lượt giữ chức danh"

    @property
    def other_unit_url(self) -> str:
        other = next(word for word, unit in _UNITS.items() if unit != self.unit)
        return self.url(dem=None if self.other_unit else other)


@dataclass(frozen=True)
class Choice:
    """An entry of a filter: its words or verdict, how many it keeps, where it leads."""

    label: str
    count: int
    url: str
    is_on: bool = False
    verdict: Verdict | None = None


def verdict_choices(asked: Asked, names: list[Name]) -> list[Choice]:
    """The verdicts among the names of the tab, the most frequent first."""
    found = Counter(name.verdict or Verdict.NO_RULE for name in names)
    return [
        Choice("", count, asked.url(ket_luan=str(verdict)), asked.verdict == verdict, verdict)
        for verdict, count in found.most_common()
    ]


def commune_choices(asked: Asked, names: list[Name]) -> list[Choice]:
    """The communes of the names of the tab; none where they are too many to list."""
    found = Counter((name.row.commune, name.row.commune_id) for name in names)
    if len(found) > COMMUNES_LISTED:
        return []
    order = dict.fromkeys((n.row.commune_order, n.row.commune, n.row.commune_id) for n in names)
    return [
        Choice(commune, found[commune, key], asked.url(xa=key), asked.commune_id == key)
        for _, commune, key in sorted(order)
    ]


@dataclass
class Source:
    """A legal document applied on the day, with the articles of it that speak of the figure."""

    number: str
    confidence: str
    until: date | None
    articles: list[str] = field(default_factory=list)


def sources(indicator: Indicator, day: date, book: Rulebook) -> list[Source]:
    """The documents that give the verdicts beside the figure's names on `day`."""
    posts = book.title_sets_on(day).get(indicator.title_set)
    found: dict[str, Source] = {}
    for rule in book.rules_on(day):
        if rule.is_uncertain or (posts is not None and not posts & rule.posts):
            continue
        number, _, article = rule.article.partition(", ")
        last = rule.valid_to - timedelta(days=1) if rule.valid_to else None
        source = found.setdefault(number, Source(number, rule.confidence, last))
        if article and article not in source.articles:
            source.articles.append(article)
    for source in found.values():
        source.articles.sort(key=lambda article: [int(n) for n in re.findall(r"\d+", article)])
    return sorted(found.values(), key=lambda source: source.number)


def communes_of(names: Names) -> int:
    """In how many communes the figure counts someone."""
    return len({name.row.commune_id for name in names.everyone})


@dataclass(frozen=True)
class Summary:
    """A line of the list of indicators."""

    indicator: Indicator
    change: Change
    url: str

    @property
    def ratio(self) -> Ratio:
        return self.change.now

    @property
    def is_of_standard(self) -> bool:
        return "verdict" in self.indicator.predicate


def summary(indicator: Indicator, now: Matrix, before: Matrix) -> Summary:
    """An indicator with its ratio now and the change since `before`."""
    change = now.change(indicator.code, before)
    address = reverse("reports:figure", args=[indicator.code])
    return Summary(indicator, change, f"{address}?ngay={now.day.isoformat()}")
