"""Writes the list of one workbook into a grid, and beside it what is true about every cell."""

from dataclasses import replace
from random import Random

from tests.heal import vocabulary as words
from tests.heal.grid import Grid
from tests.heal.heads import write_heads, write_index_row, write_title
from tests.heal.layouts import Column
from tests.heal.people import Person, rows_of
from tests.heal.plan import Plan
from tests.heal.truth import BookTruth, CellTruth, PersonTruth
from tests.heal.writing import Habit, Told, commune_names, tell

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DITTO_TARGETS = ("residence", "home_town", "religion", "holding.commune")
_CATEGORIES = {
    "cadre": ("CÁN BỘ", "Cán bộ chuyên trách", "CÁN BỘ CẤP XÃ"),
    "civil_servant": ("CÔNG CHỨC", "Công chức cấp xã", "Công chức"),
    "part_time": ("NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH", "Cán bộ không chuyên trách"),
}


class SheetWriter:
    """One list. `row` is the next free row; `truth` grows with it."""

    def __init__(self, rng: Random, plan: Plan, truth: BookTruth, name: str) -> None:
        self.rng, self.plan, self.truth = rng, plan, truth
        self.grid = Grid(name)
        self.row = 1
        self.number = 0
        self.columns = plan.layout.columns
        self.habits = [self._habit() for _ in self.columns]
        self.before: dict[int, Told] = {}  # what the row above says, by column

    def _habit(self) -> Habit:
        return Habit(
            mess=self.plan.mess,
            favourite=self.rng.randrange(100),
            capitals=self.plan.has("capitals") or self.plan.has("capitals_font"),
            titles=self.plan.has("title_words"),
        )

    def write(self, people: list[Person], right: dict[int, tuple[str, str]]) -> Grid:
        self.row = write_title(self.rng, self.plan, self.grid)
        first_head = self.row
        self.row = write_heads(self.rng, self.plan, self.grid, self.row)
        self.heads = (first_head, self.row)
        if self.plan.has("index_row"):
            self.row = write_index_row(self.rng, self.plan, self.grid, self.row)
        for count, (label, members) in enumerate(self._groups(people)):
            self._write_group(count, label, members, right)
        self._write_end()
        return self.grid

    def _groups(self, people: list[Person]) -> list[tuple[str, list[Person]]]:
        """(key of the group, its people); one group without a key where the list has none."""
        how = self.plan.layout.groups
        if how == "":
            return [("", people)]
        if how == "commune":
            return [(self.plan.unit.code, people)]
        keys = {id(p): p.told("holding.post") for p in people}
        if how == "category":
            of_post = {row["code"]: row["category"] for row in rows_of("posts")}
            keys = {key: of_post[post] for key, post in keys.items()}
        found = sorted(set(keys.values()))
        return [(key, [p for p in people if keys[id(p)] == key]) for key in found]

    def _write_group(
        self, count: int, label: str, members: list[Person], right: dict[int, tuple[str, str]]
    ) -> None:
        group = self._write_label(count, label, len(members)) if label else None
        self.before = {}
        if self.plan.has("restart"):
            self.number = 0
        for person in members:
            if self.plan.has("blank_lines") and self.rng.random() < 0.05:
                self.row += 1
                self.before = {}
            self._write_person(person, group, right.get(id(person), ("new", "")))
        if label and self.plan.has("totals") and self.rng.random() < 0.4:
            self.grid.put(
                self.row, 2, self.rng.choice(["Cộng", "Cộng:", f"Cộng {len(members)} người"])
            )
            self.row += 1
        self._repeat_heads()

    def _repeat_heads(self) -> None:
        """The heads again, as where a page was pasted under another."""
        first, after = self.heads
        if not self.plan.has("repeated_head") or after - first > 1 or self.rng.random() < 0.7:
            return
        for column in range(1, len(self.columns) + 1):
            if (first, column) in self.grid.cells:
                self.grid.put(self.row, column, self.grid.cells[first, column].value)
        self.row += 1

    def _write_label(self, count: int, label: str, size: int) -> CellTruth | None:
        """A group's row: a roman number and its words, in two cells or over the whole row."""
        text = self._label(label)
        roman = _ROMAN[count % len(_ROMAN)] if count < len(_ROMAN) else str(count + 1)
        shown = f"{text} ({size:02d} người)" if self.rng.random() < 0.2 else text
        column = 2
        if self.rng.random() < 0.6 or self.plan.suffix != "xlsx":
            self.grid.put(self.row, 1, roman)
            self.grid.put(self.row, 2, shown)
        else:
            column, shown = 1, f"{roman}. {shown}"
            self.grid.put(self.row, 1, shown)
            self.grid.merge(self.row, 1, self.row, len(self.columns))
        self.row += 1
        values = self._meaning(label)
        return CellTruth(self.row - 1, column, shown, ("group",), values) if values else None

    def _label(self, label: str) -> str:
        how = self.plan.layout.groups
        if how == "post":
            return words.POSTS[label][self.rng.randrange(2)]
        if how == "commune":
            return self.rng.choice([self.plan.unit.name, *commune_names(label)[:2]])
        return self.rng.choice(_CATEGORIES[label])

    def _meaning(self, label: str) -> dict[str, str]:
        """What a group's row says of everybody under it, unless a column says so too."""
        code = {"post": "holding.post", "commune": "holding.commune"}.get(self.plan.layout.groups)
        if code is None or any(column.target == code for column in self.columns):
            return {}
        return {code: label}

    def _write_person(
        self, person: Person, group: CellTruth | None, match: tuple[str, str]
    ) -> None:
        self.number += 1
        found = PersonTruth(self.grid.name, self.row, person.facts, *match)
        if group:
            found.cells.append(group)
        for number, column in enumerate(self.columns, start=1):
            cell = self._write_cell(number, column, person)
            if cell:
                found.cells.append(cell)
        self.truth.people.append(found)
        self.row += 1

    def _write_cell(self, number: int, column: Column, person: Person) -> CellTruth | None:
        if column.target == "index":
            self.grid.put(self.row, number, self.number)
            return None
        if column.target in ("info", "party"):
            self._write_untold(number, column, person)
            return None
        told = tell(self.rng, column.target, person, self.habits[number - 1])
        if told is None:
            self.before.pop(number, None)
            return None
        told = self._as_above(number, column, told)
        written = told.written
        self.grid.put(self.row, number, written.value, written.number_format)
        return CellTruth(self.row, number, str(written.value), written.kinds, told.values)

    def _as_above(self, number: int, column: Column, told: Told) -> Told:
        """ "nt" where the cell says what the one above it says."""
        above = self.before.get(number)
        self.before[number] = told
        may = self.plan.has("ditto") and column.target in _DITTO_TARGETS
        if may and above and above.values == told.values and self.rng.random() < 0.6:
            text = self.rng.choice(words.DITTO)
            return replace(told, written=replace(told.written, value=text, kinds=("ditto",)))
        return told

    def _write_untold(self, number: int, column: Column, person: Person) -> None:
        """An x of which nothing follows that the record has a field for."""
        party = column.target == "party" and person.told("party_joined_on")
        if party or (column.target == "info" and self.rng.random() < 0.1):
            self.grid.put(self.row, number, "x")

    def _write_end(self) -> None:
        width = len(self.columns)
        if self.plan.has("totals"):
            size = len(self.truth.people)
            text = [f"Tổng số: {size} người", "Tổng cộng", "TỔNG SỐ", f"Danh sách có {size} người"]
            self.grid.put(self.row, 2, self.rng.choice(text))
            self.row += 1
        if self.plan.has("signature"):
            right = max(width - 3, 3)
            self.row += 1
            self.grid.put(self.row, right, "Đại Từ, ngày 05 tháng 01 năm 2023")
            self.grid.put(self.row + 1, 2, self.rng.choice(["NGƯỜI LẬP BIỂU", "NGƯỜI LẬP BẢNG"]))
            self.grid.put(self.row + 1, right, self.rng.choice(["THỦ TRƯỞNG ĐƠN VỊ", "CHỦ TỊCH"]))
            self.grid.put(self.row + 2, 2, "(Ký, họ tên)")
            self.grid.put(self.row + 2, right, "(Ký, đóng dấu)")
            self.grid.put(self.row + 5, 2, "Nguyễn Thị Mẫu")
            self.grid.put(self.row + 5, right, "Trần Văn Mẫu")
            self.row += 6


def let_neighbours_agree(rng: Random, people: list[Person]) -> None:
    """Some people live and come from where the one before them does."""
    for above, person in zip(people, people[1:], strict=False):
        for code in ("residence", "home_town"):
            if rng.random() < 0.35:
                person.facts[code] = above.told(code)
