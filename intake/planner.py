"""Compares what a file says with the records: the plan of an import.

Nothing is written here. `make_plan` reads the database in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from accounts.models import User
from cadres.models import Cadre, Commune
from cadres.new_rows import new_row
from cadres.records import Field, Kind, Table
from cadres.records_people import HOLDINGS, PEOPLE
from daitu_portal.garbage import not_collecting
from daitu_portal.text import fold
from intake.across import Across
from intake.checks import gone_after, problems_of
from intake.directory import Catalogues, People, in_chunks
from intake.ends import end_with_holder_of, told_of_ends
from intake.fates import counted, lines_of, may_be_left_out, without
from intake.lacking import what_lacks
from intake.matching import (
    Doubtful,
    Told,
    goes_on,
    match_person,
    match_rows,
    told_of_posts,
    what_more,
)
from intake.namesakes import SAME, Met, Namesakes
from intake.plan import DOUBTFUL, EXACT, NEW, Change, Match, Plan
from intake.reader import Problem, Reading, SourceRow
from intake.redating import redated
from intake.shapes import TEMPLATE
from intake.stored_values import emptied, overridden, without_less
from intake.values import ERASE, ValueProblem, level_rank
from intake.warnings import LEFT_OUT, outdated, warnings_of


@not_collecting()
def make_plan(
    reading: Reading, *, today: date, scope: User | None = None, skips_bad: bool = False,
    across: Across | None = None,
) -> Plan:  # fmt: skip
    """Compare what was read with the records. `today` is the day on which names of units count;
    `scope` is a sender who sees, and may speak of, the own commune alone. With `skips_bad`, rows
    with a problem are left out, and those that only they brought in. `across` knows what earlier
    parts of the file said, and learns what this one says."""
    across = across or Across()
    planner = _Planner(reading, today, scope, across)
    plan = planner.plan()
    left: list[Problem] = []
    while skips_bad and plan.problems and may_be_left_out(plan.problems, lines_of(reading)):
        left += plan.problems
        places = {(problem.sheet, problem.row) for problem in left}
        planner = _Planner(without(reading, places), today, scope, across)
        plan = planner.plan()
    across.learn(plan, planner.seen)
    plan.left_out = left
    return plan


def _fresh(rows: Iterable[SourceRow]) -> list[SourceRow]:
    """Copies to work on: a reading may be planned more than once."""
    made: dict[int, SourceRow] = {}
    for row in rows:
        made[id(row)] = row.copy_of(made.get(id(row.person)) if row.person else None)
    return list(made.values())


class _Planner:
    def __init__(self, reading: Reading, today: date, scope: User | None, across: Across) -> None:
        self.reading, self.today, self.scope, self.across = reading, today, scope, across
        self.seen = across.seen_for_now()
        self.rows = _fresh(reading.rows)
        self.line = Commune.objects.line_of_user(scope) if scope else None
        self.problems, self.taken = list(reading.problems), list[int]()
        self.changes: list[Change] = []
        self.cadre_of: dict[int, Cadre] = {}  # by id() of the row that tells of the person
        self.brought: dict[int, Change] = {}  # by id() of the first row that tells of the person
        self.new_people: dict[str, Cadre] = {}  # by code
        self.stored: dict[str, list[Any]] = {}  # by code of the table
        self.matches: list[Match] = []
        self.warnings = list(reading.warnings)
        self.lacking: dict[Any, list[tuple[SourceRow, Field]]] = defaultdict(list)

    def plan(self) -> Plan:
        rows = self.rows
        self.catalogues = Catalogues()
        for row in rows:
            self._resolve(row, self.catalogues)
        self.people = self._load_people(rows)
        self._plan_people([row for row in rows if row.table is PEOPLE])
        for group in _by_table(row for row in rows if row.table is not PEOPLE):
            self._plan_table(group[0].table, group)
        self.problems += map(what_lacks, self.lacking.values())
        gone = gone_after(self.changes)
        ended = sum([end_with_holder_of(each, gone) for each in self.changes])
        self.problems += problems_of(self.changes, self.stored, gone, today=self.today)
        return Plan(
            self.changes,
            self.reading.in_order(self.problems),
            counted(self.reading, self.changes, self.problems),
            [*self.reading.notices, *told_of_ends(ended)],
            self.reading.in_order(
                [
                    *self.warnings,
                    *warnings_of(self.changes, self.scope, self.across),
                    *outdated(self.changes, self.reading.exported_at),
                ]
            ),
            list(dict.fromkeys(self.taken)),
            self.matches,
            self.rows,
            lacking=self.lacking,
            ended=ended,
        )

    def _say(
        self, row: SourceRow, code: str, message: str, remedy: str, about: Iterable[int] = (),
        *, is_question: bool = False,
    ) -> None:  # fmt: skip
        row.bad.add(code)
        found = row.problem(code, message, remedy, about=about, is_question=is_question)
        self.problems.append(found)

    def _resolve(self, row: SourceRow, catalogues: Catalogues) -> None:
        """Put the rows and ranks that the texts name in their place."""
        named = [code for code in row.values if code in row.table.naming]
        day = row.values.get("valid_from") or row.told_on
        since = row.values.get("commune_from")
        for code in named:
            value, kind = row.values[code], row.table.field(code).kind
            if value is ERASE:
                continue
            try:
                if kind != Kind.LEVEL:
                    row.values[code] = catalogues.find(
                        kind, value, day=day or self.today, since=since
                    )
                elif "strand" in row.values:
                    row.values[code] = level_rank(row.values["strand"], value)
                else:  # its name means nothing; the strand's problem is told
                    del row.values[code]
                    row.bad.add(code)
            except ValueProblem as problem:
                del row.values[code]
                self._say(row, code, str(problem), problem.remedy)

    def _load_people(self, rows: list[SourceRow]) -> People:
        told = [row.values for row in rows if row.table is PEOPLE]
        named = [row.values["cadre"] for row in rows if "cadre" in row.values]
        return People(
            codes={*named, *(v.get("code") for v in told), *self.reading.chosen.values()},
            numbers={v["national_id"] for v in told if isinstance(v.get("national_id"), str)},
            names={v["full_name"] for v in told if isinstance(v.get("full_name"), str)},
            scope=self.scope,
        )

    def _plan_people(self, rows: list[SourceRow]) -> None:
        posts = told_of_posts(self.rows)
        told = {id(row): self._with_unit(row, posts.get(id(row), Told())) for row in rows}
        met = [self._met(row, told[id(row)]) for row in rows if not self._is_anothers(row)]
        namesakes = Namesakes(met, self.reading, self.across)
        for each in met:
            try:
                twin = namesakes.of(each)
            except Doubtful as problem:
                self._doubt(each.row, problem)
            else:
                self._plan_person(each.row, each.cadre, twin)

    def _met(self, row: SourceRow, told: Told) -> Met:
        """Whom on record a row means; the sender may have said so, or that it is of another's."""
        chosen = self.reading.chosen.get(row.place, "")
        chosen = "" if chosen.startswith(SAME) else chosen
        try:
            cadre = match_person(row, self.people, told, chosen, is_healed=self.reading.is_healed)
        except Doubtful as problem:
            return Met(row, told, None, problem)
        if chosen:
            self._leave_code(row, cadre)
        return Met(row, told, cadre)

    def _leave_code(self, row: SourceRow, cadre: Cadre | None) -> None:
        """Leave out, and tell, the code of a row of which the sender said that it is of somebody
        else, or new while the code is taken: codes of people do not change."""
        code = row.values.get("code")
        if code and (code != cadre.code if cadre else code in self.people.by_code):
            del row.values["code"]
            told = "Không nhập số hiệu của dòng này: người đã chọn không mang số ấy."
            self.warnings.append(
                row.problem("code", told, "Đúng như vậy thì cứ ghi.", kind=LEFT_OUT)
            )

    def _doubt(self, row: SourceRow, problem: Doubtful) -> None:
        self.matches.append(Match(row, DOUBTFUL, None, problem.candidates, problem.rows))
        self._say(row, problem.code, str(problem), problem.remedy, problem.about,
                  is_question=problem.is_question)  # fmt: skip

    def _plan_person(self, row: SourceRow, cadre: Cadre | None, twin: SourceRow | None) -> None:
        """What becomes of a row that means someone on record, or nobody yet; `twin` is the row
        that has the number of its person."""
        is_told = cadre or "full_name" not in row.bad  # whose name is asked is not new yet
        kind = EXACT if cadre else NEW if is_told else DOUBTFUL
        self.matches.append(Match(row, kind, cadre))
        first = self._first_of(row, cadre, twin)
        if first or self._is_unknown(row, cadre):
            self._go_on(first, row, cadre, is_known=bool(cadre or twin))
            return
        change = self.brought[id(row)] = self._change(row, cadre)
        self.cadre_of[id(row)] = change.cadre
        if cadre is None and change.cadre.code:
            self.new_people[change.cadre.code] = change.cadre

    def _with_unit(self, row: SourceRow, told: Told) -> Told:
        """What the row tells of posts, and the unit that the list is of where it tells none."""
        if told.commune or not row.unit:
            return told
        try:
            unit = self.catalogues.find(Kind.COMMUNE, row.unit, day=row.told_on or self.today)
        except ValueProblem:
            return told
        return Told(unit, told.posts) if isinstance(unit, Commune) else told

    def _is_anothers(self, row: SourceRow) -> bool:
        """Whether the row's number or code is of a record that its sender may not see."""
        taken = self.people.taken_numbers.get(row.values.get("national_id"))
        if taken:
            self.taken.append(taken)
            self._say(row, "national_id", "Số CCCD này đã có trong một hồ sơ ngoài đơn vị của bạn.",
                      "Kiểm tra lại số; nếu đúng, báo huyện để xem hai hồ sơ.")  # fmt: skip
            return True
        if row.values.get("code") in self.people.taken_codes:
            self._say(row, "code", "Không dùng được số hiệu này.",
                      "Để trống nếu là người mới (cổng tự cấp).")  # fmt: skip
            return True
        return False

    def _is_elsewhere(self, row: SourceRow) -> bool:
        """Whether the row is about a unit that its sender may not speak of."""
        commune = row.values.get("commune")
        if self.line is None or not isinstance(commune, Commune) or commune.pk in self.line:
            return False
        self._say(row, "commune", "Đơn vị này ngoài phạm vi của bạn.",
                  "Chỉ nhập người của đơn vị mình.")  # fmt: skip
        return True

    def _is_unknown(self, row: SourceRow, cadre: Cadre | None) -> bool:
        """Whether a row of the template names a code of nobody: the portal gives the codes of new
        people. A record set brings its own; a list that was exported brings nobody."""
        if row.only_known and cadre is None:
            self._say(row, "code", "Không nhận ra người của dòng này theo số hiệu.",
                      "Ghi đúng số hiệu như khi xuất; thêm người mới bằng tệp mẫu.")  # fmt: skip
            return True
        if cadre or not row.values.get("code") or fold(row.sheet) != fold(TEMPLATE.sheet):
            return False
        remedy = "Để trống nếu là người mới (cổng tự cấp); nếu không, ghi đúng số hiệu."
        self._say(row, "code", "Không có ai mang số hiệu này.", remedy)
        return True

    def _first_of(self, row: SourceRow, cadre: Cadre | None, twin: SourceRow | None) -> Any:
        """The earlier row of the file about the same person; None for the first."""
        values, seen = (twin or row).values, self.seen
        keys: list[tuple[Any, ...]] = [("pk", cadre.pk)] if cadre else []
        keys += [(code, values[code]) for code in ("code", "national_id") if values.get(code)]
        if not keys:
            keys = [("name", values.get("full_name"), values.get("born_on"))]
        first = next((seen[key] for key in keys if key in seen), None)
        seen.update(dict.fromkeys(keys, first or row))
        return first

    def _go_on(
        self, first: Any, row: SourceRow, cadre: Cadre | None, *, is_known: bool
    ) -> None:  # fmt: skip
        """Two rows of an old list about one person are put together, if they agree."""
        if first is None:
            return
        known = self.cadre_of.get(id(first)) if self.reading.is_healed else None
        if known and goes_on(first, row, is_known=is_known):
            self.cadre_of[id(row)] = known
            more = what_more(first, row)
            first.values.update(more)  # what a third row is compared with
            if cadre:
                row.values = more
                self._change(row, known)
            else:
                self._add_to(self.brought[id(first)], more)
            return
        said_at = "code" if row.values.get("code") else "full_name"
        self._say(row, said_at, f"Dòng này cùng một người với dòng {first.number}.",
                  "Xóa một trong hai dòng; nếu là hai người, ghi cả số CCCD.")  # fmt: skip

    def _add_to(self, change: Change, more: Mapping[str, Any]) -> None:
        """What a later row says of someone new, as part of what the first one brings."""
        change.before |= dict.fromkeys(more)
        for code, value in more.items():
            setattr(change.row, code, value)

    def _plan_table(self, table: Table, rows: list[SourceRow]) -> None:
        rows = [row for row in rows if not self._is_elsewhere(row)]
        owned = [(row, cadre) for row in rows if (cadre := self._owner(row))]
        keys = {cadre.pk for _, cadre in owned if cadre.pk}
        known = {cadre.pk: cadre for _, cadre in owned if cadre.pk}
        stored = self.stored[table.code] = list(in_chunks(table.queryset(), "cadre_id", keys))
        for one in stored:
            one.cadre = known[one.cadre_id]
        found, repeated = match_rows(table, owned, stored)
        for row, first in repeated:
            if not (self.reading.is_healed and row.says_what(first)):  # in a person's second row
                self._say(row, table.key[-1], f"Dòng này trùng với dòng {first.number}.",
                          "Xóa một trong hai dòng.")  # fmt: skip
        again = {id(row) for row, _ in repeated}
        if table is HOLDINGS and self.reading.is_healed:
            left = [each for each in owned if id(each[0]) not in again | found.keys()]
            taken = {record.pk for record in found.values()}
            found = {**found, **redated(left, stored, taken, self.today)}
        for row, cadre in owned:
            if id(row) not in again:
                row.values["cadre"] = cadre
                record = found.get(id(row))
                if record is None and row.is_by_the_way and self._is_too_little(row):
                    continue
                self._change(row, record)

    def _owner(self, row: SourceRow) -> Cadre | None:
        """Whose record the row belongs to; None if that is not known (and said)."""
        if row.person:
            return self.cadre_of.get(id(row.person))
        code = row.values.get("cadre")
        if code is None:
            if "cadre" not in row.bad:
                self._say(row, "cadre", "Thiếu số hiệu cán bộ.", "Ghi số hiệu có trên cổng.")
            return None
        cadre = self.people.by_code.get(code) or self.new_people.get(code)
        if cadre is None:
            self._say(row, "cadre", "Không có cán bộ nào mang số hiệu này.",
                      "Kiểm tra lại số hiệu, hoặc thêm người ấy ở trang “Hồ sơ”.")  # fmt: skip
        return cadre

    def _is_too_little(self, row: SourceRow) -> bool:
        """Whether a row by the way lacks what makes it a record; it is told, and left out."""
        told = {*row.values, *row.defaults, *row.bad}
        lacks = [each for each in row.table.required if each.code not in told]
        if lacks:
            self.warnings.append(row.problem(
                next(iter(row.cells), lacks[0].code),
                f"Chưa ghi vào “{row.table.sheet}”: thiếu {', '.join(f.header for f in lacks)}.",
                "Nếu cần ghi, thêm cột ấy hoặc chọn giá trị chung ở bước Đối chiếu cột.",
                kind=LEFT_OUT,
            ))  # fmt: skip
        return bool(lacks)

    def _change(self, row: SourceRow, record: Any) -> Change:
        """The row as a change of `record`; None: of a new one."""
        is_new, model = record is None, row.table.model
        if is_new:
            row.values = {**row.defaults, **row.values}
            self._require(row)
        told = {
            code: emptied(model, code) if value is ERASE else value
            for code, value in row.values.items()
            if code != "commune_from"
        }
        if is_new:
            record, before = new_row(model, told), dict.fromkeys(told)
        else:
            if self.reading.is_healed:
                told = without_less(record, told)
            before = overridden(record, told)
            for code in before:
                setattr(record, code, told[code])
        cadre = record if row.table is PEOPLE else row.values["cadre"]
        change = Change(row, row.table, record, cadre, is_new, before)
        self.changes.append(change)
        return change

    def _require(self, row: SourceRow) -> None:
        for each in row.table.required:
            if each.code not in row.values and each.code not in row.bad:
                if self.reading.is_healed and each.code not in row.fields:
                    row.bad.add(each.code)
                    self.lacking[row.sheet, row.table.code, each.code].append((row, each))
                    continue
                header = row.fields[each.code].header if each.code in row.fields else each.header
                self._say(row, each.code, f"Thiếu “{header}”.", f"Ghi {header} cho dòng này.")


def _by_table(rows: Iterable[SourceRow]) -> list[list[SourceRow]]:
    groups: dict[str, list[SourceRow]] = defaultdict(list)
    for row in rows:
        groups[row.table.code].append(row)
    return list(groups.values())
