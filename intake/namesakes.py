"""Rows of an old list that may be about one person, of whom only one has the CCCD number.

Sheets of one workbook tell of the same people, and often only one of them has the numbers. Two such
rows are one person where the list itself says enough; else it is asked. Never by the name alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cadres.models import Cadre
from daitu_portal.dates import PartialDate
from daitu_portal.text import name_sort_key
from intake.across import Across, RowPlace, likeness_keys
from intake.matching import NEW, Doubtful, Told, agrees, may_be_one_birth
from intake.reader import Reading, SourceRow

SAME = "="  # before the place of a row: the sender said that this one is of the same person


class Met(NamedTuple):
    """A row of identity, what it tells of unit and posts, and whom on record it means: someone,
    nobody, or not known (`doubt`)."""

    row: SourceRow
    told: Told
    cadre: Cadre | None
    doubt: Doubtful | None = None


class Namesakes:
    """The rows of a reading by name, and what earlier parts of the file said."""

    def __init__(self, met: Iterable[Met], reading: Reading, across: Across) -> None:
        self.chosen, self.across, self.is_healed = reading.chosen, across, reading.is_healed
        self.numbered: dict[str, list[Met]] = defaultdict(list)
        for each in met:
            if number_of(each.row) and each.doubt is None:
                self.numbered[name_sort_key(_name_of(each.row))].append(each)

    def of(self, mine: Met) -> SourceRow | None:
        """The row that has the number of the person of a row without one; None where there is
        none. Raises Doubtful where the list does not say whether they are one, or whom it means."""
        if mine.doubt:
            raise mine.doubt
        chosen = self.chosen.get(mine.row.place, "")
        if not self.is_healed or mine.cadre or chosen == NEW or not _name_of(mine.row):
            return None
        others, earlier = self._near(mine), list(self._earlier(mine.row))
        said = [each for each in others if SAME + written(each.row.place) == chosen]
        sure = [each for each in others if _is_surely(mine, each)]
        is_one = len({number_of(each.row) for each in others}) == 1 and not earlier
        found = said or (sure if is_one else [])
        if found and found[0].cadre is None:
            return found[0].row
        if others or earlier:
            raise _asked(others, earlier)
        return None

    def _near(self, mine: Met) -> list[Met]:
        """Rows with a number that may be of the person of a row without."""
        if number_of(mine.row) or mine.row.values.get("code"):
            return []
        same = self.numbered.get(name_sort_key(_name_of(mine.row)), ())
        return [each for each in same if _may_be(mine, each)]

    def _earlier(self, row: SourceRow) -> Iterator[tuple[Cadre, RowPlace]]:
        """New people of earlier parts, which are compared already and cannot be joined."""
        born_on = row.values.get("born_on")
        if not self.across.has_new or not isinstance(born_on, PartialDate):
            return
        name = _name_of(row)
        keys = likeness_keys(Cadre(full_name=name, born_on=born_on))
        for other, place in self.across.new_like(keys):
            is_alone = bool(other.national_id) != bool(number_of(row))
            is_named = name_sort_key(other.full_name) == name_sort_key(name)
            is_sex = other.sex == row.values.get("sex", other.sex)
            if is_alone and is_named and is_sex and may_be_one_birth(born_on, other.born_on):
                yield other, place


def number_of(row: SourceRow) -> str:
    number = row.values.get("national_id")
    return number if isinstance(number, str) else ""


def written(place: tuple[str, int]) -> str:
    """A place as recipes and pages write it: “Sheet1!7”."""
    return f"{place[0]}!{place[1]}"


def _name_of(row: SourceRow) -> str:
    name = row.values.get("full_name")
    return name if isinstance(name, str) else ""


def _may_be(mine: Met, other: Met) -> bool:
    """Whether nothing tells the two apart, and more than the name brings them together: births
    that fit, or where one is not told, the unit."""
    one, two = mine.row.values, other.row.values
    births = one.get("born_on"), two.get("born_on")
    if one.get("sex", two.get("sex")) != two.get("sex", one.get("sex")):
        return False
    if "born_on" in mine.row.bad | other.row.bad or not may_be_one_birth(*births):
        return False
    return None not in births or _unit(mine) == _unit(other) is not None


def _is_surely(mine: Met, other: Met) -> bool:
    """One full birth date, nothing said in two ways, and one unit, or the same post where one of
    them tells no unit."""
    born_on = mine.row.values.get("born_on")
    is_day = isinstance(born_on, PartialDate) and born_on.precision == "day"
    if not is_day or born_on != other.row.values.get("born_on") or not agrees(other.row, mine.row):
        return False
    if _unit(mine) and _unit(other):
        return _unit(mine) == _unit(other)
    return bool(mine.told.posts & other.told.posts)


def _unit(each: Met) -> int | None:
    return each.told.commune.pk if each.told.commune else None


def _asked(others: Sequence[Met], earlier: Sequence[tuple[Cadre, RowPlace]]) -> Doubtful:
    births = [(each.row.place, each.row.values.get("born_on")) for each in others]
    births += [(place.place, other.born_on) for other, place in earlier]
    listed = "; ".join(
        f"dòng {row}, trang {sheet} ({born_on or 'không rõ ngày sinh'})"
        for (sheet, row), born_on in births
    )
    return Doubtful(
        "full_name",
        "Trong tệp có dòng cùng họ tên mà chỉ một bên có số CCCD, không rõ có phải một người: "
        f"{listed}.",
        "Chọn ở bước Đối chiếu người, hoặc ghi số CCCD vào dòng chưa có; hai dòng của một người "
        "mà không chọn được thì xóa một.",
        {each.cadre.pk: each.cadre for each in others if each.cadre}.values(),
        is_question=True,
        rows=[each.row.place for each in others if each.cadre is None],
    )
