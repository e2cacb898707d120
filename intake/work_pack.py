"""A commune's work-pack: the template filled with its people of a day, to be mended and sent back.

A row tells of one post, one qualification a strand and one rating. Which of several is told is
settled by asking the matching of imports itself: what it would not know again from the cells of
the row is left blank, and a blank cell changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from cadres.exports import EXPORTED_AT, EXPORTED_FORMAT, PACK_KIND
from cadres.field_groups import hides, sees_whole_numbers
from cadres.models import Cadre, Commune, Holding, Qualification, Rating
from cadres.records import ABOUT_SHEET, Kind
from cadres.records_people import HOLDINGS, QUALIFICATIONS, RATINGS
from cadres.rules.ratings import rated_year
from daitu_portal.excel import Column, Sheet
from daitu_portal.excel_explained import explained
from intake.directory import Catalogues
from intake.matching import match_rows
from intake.reader import SourceRow
from intake.shapes import PERSON, TEMPLATE, Part, ShapeColumn, is_reference
from intake.template import beside, filling, lists_of
from intake.values import ValueProblem

Rows = Mapping[int, Any]  # a row of a part's table, by key of the person


@dataclass(frozen=True)
class Pack:
    """The people of a unit on a day, as `reader` may see them; None for the command line."""

    commune: Commune
    day: date
    reader: User | None = None

    def people(self) -> list[Cadre]:
        """Those who hold a post or sit in the Party committee there on the day, by name."""
        everyone = Cadre.objects.filter(is_kept=True)
        mine = Cadre.objects.visible_to(self.reader) if self.reader else everyone
        return list(mine.serving(self.day, commune=self.commune).order_by("name_sort_key", "pk"))

    def sheets(self, people: Sequence[Cadre]) -> list[Sheet]:
        """The workbook. A fixed number of queries."""
        lists = lists_of(self.day)
        filled = filling(lists, list(_Filling(self, people).rows()))
        notes, choices, version = beside(lists)
        return [filled, explained([filled]), notes, choices, version, self._about(len(people))]

    def _about(self, people: int) -> Sheet:
        rows: list[list[Any]] = [
            ["Loại tệp", PACK_KIND],
            ["Đơn vị", self.commune.name],
            ["Ngày tính", f"{self.day:%d/%m/%Y}"],
            [EXPORTED_AT, f"{timezone.localtime():{EXPORTED_FORMAT}}"],
            ["Số người", people],
        ]
        return Sheet(
            ABOUT_SHEET, [Column("Mục"), Column("Nội dung", width=60)], rows, is_hidden=True
        )


class _Filling:
    """The rows of a pack: for each part of the template whose record is told, and its cells."""

    def __init__(self, pack: Pack, people: Sequence[Cadre]) -> None:
        self.pack, self.people = pack, people
        self.by_key = {each.pk: each for each in people}
        self.catalogues = Catalogues()
        self.columns: dict[str, list[ShapeColumn]] = defaultdict(list)
        for column in TEMPLATE.columns:
            self.columns[column.part].append(column)

    def rows(self) -> Iterator[list[Any]]:
        told = {part.name: self._told(part) for part in TEMPLATE.parts}
        for person in self.people:
            yield [
                self._cell(column, told[column.part].get(person.pk)) for column in TEMPLATE.columns
            ]

    def _told(self, part: Part) -> Rows:
        """The record that each person's row tells of in that part."""
        if part.name == PERSON:
            return dict(self.by_key)
        stored = self.stored[part.table.code]
        return self._known_again(part, stored, self._candidates(part, stored))

    @cached_property
    def stored(self) -> Mapping[str, Sequence[Model]]:
        """All rows of the people, by table, the best first: what an import compares with."""
        career = Holding.objects.select_related("post", "commune").main_first()
        learnt = Qualification.objects.select_related("field")
        learnt = learnt.order_by("strand", "-rank", "awarded_on", "pk")
        return {
            HOLDINGS.code: self._of_people(career),
            QUALIFICATIONS.code: self._of_people(learnt),
            RATINGS.code: self._of_people(Rating.objects.order_by("-year")),
        }

    def _of_people(self, found: Any) -> list[Any]:
        rows = list(found.filter(cadre__in=self.by_key))
        for each in rows:
            each.cadre = self.by_key[each.cadre_id]
        return rows

    def _candidates(self, part: Part, stored: Iterable[Any]) -> dict[int, list[Any]]:
        """What each row may tell of, the best first: posts held there on the day; the highest
        level of a strand by the day; the latest rating by the day."""
        found: dict[int, list[Any]] = defaultdict(list)
        counts = _COUNTS[part.table.code]
        for each in stored:
            mine = found[each.cadre_id]
            if counts(each, self.pack, part) and (not mine or _is_as_good(each, mine[0])):
                mine.append(each)
        return {key: rows for key, rows in found.items() if rows}

    def _known_again(
        self, part: Part, stored: Sequence[Model], candidates: dict[int, list[Any]]
    ) -> Rows:
        """For each person the first candidate that an import would know by its cells alone."""
        found: dict[int, Any] = {}
        while candidates:
            firsts = {key: rows.pop(0) for key, rows in candidates.items()}
            owned = [(self._as_read(part, each), each.cadre) for each in firsts.values()]
            pairs, _ = match_rows(part.table, [one for one in owned if one[0].values], stored)
            for (row, cadre), record in zip(owned, firsts.values(), strict=True):
                if pairs.get(id(row)) is record:
                    found[cadre.pk] = record
            candidates = {
                key: rows for key, rows in candidates.items() if rows and key not in found
            }
        return found

    def _as_read(self, part: Part, record: Any) -> SourceRow:
        """The row as an import reads it from the cells; without values where a name in it means
        nothing any more."""
        columns = self.columns[part.name]
        told = {c.field.code: getattr(record, c.field.code) for c in columns}
        values = {code: value for code, value in told.items() if value not in (None, "")}
        shown = {c.field.code: self._cell(c, record) for c in columns}
        if any(shown[code] is None for code in values):
            values = {}
        elif values:
            values |= part.given
        return SourceRow(part.table, TEMPLATE.sheet, 0, {}, {}, values)

    def _cell(self, column: ShapeColumn, record: Any) -> Any:
        field, reader = column.field, self.pack.reader
        if record is None:
            return None
        if reader and hides(reader, record._meta.label_lower, field.code):
            return None
        if field.code == "national_id" and reader and not sees_whole_numbers(reader):
            return record.masked_national_id or None
        value = getattr(record, field.code)
        if value is not None and is_reference(field.kind):
            return self._named(field.kind, value, getattr(record, "valid_from", self.pack.day))
        return field.told(record, value)

    def _named(self, kind: Kind, row: Any, day: date) -> str | None:
        """The name that an import would understand, else the code; None if it would neither."""
        for text in (row.name, row.code):
            try:
                if self.catalogues.find(kind, text, day=day) == row:
                    return str(text)
            except ValueProblem:
                continue
        return None


def _is_as_good(each: Any, best: Any) -> bool:
    """Whether a row may stand in for the best one: a qualification only of the same level."""
    return not isinstance(each, Qualification) or each.rank == best.rank


def _is_held(row: Any, pack: Pack, _part: Part) -> bool:
    return row.commune_id == pack.commune.pk and row.is_in_force(pack.day)


def _is_reached(row: Any, pack: Pack, part: Part) -> bool:
    is_by_day = row.awarded_on is None or row.awarded_on.earliest <= pack.day
    return row.strand == part.given["strand"] and is_by_day


def _is_rated(row: Any, pack: Pack, _part: Part) -> bool:
    return row.year <= rated_year(pack.day)


_COUNTS: Mapping[str, Callable[[Any, Pack, Part], bool]] = {
    HOLDINGS.code: _is_held,
    QUALIFICATIONS.code: _is_reached,
    RATINGS.code: _is_rated,
}
