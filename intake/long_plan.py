"""The plan of a long file, made part by part: of each is kept what pages and the write need."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from accounts.models import User
from cadres.records import Field, Table
from intake.across import Across
from intake.ends import told_of_ends
from intake.healing.staged import add_part, tell_whole
from intake.healing.staging import Filling
from intake.lacking import what_lacks
from intake.pieces import Pieces, PiecesWriter
from intake.plan import CREATED, UNCHANGED, UPDATED, Plan
from intake.planner import make_plan
from intake.progress import CHECKING, Report
from intake.reader import Problem, Reading

PROBLEMS_KEPT = 5_000  # of a batch
CHANGES_KEPT = 200


class Lacks(NamedTuple):
    """A row that lacks something, as far as the question about it tells."""

    sheet: str
    number: int
    table: Table


@dataclass
class LongPlan(Plan):
    """What all parts say together: numbers of everything, the first of its problems, warnings and
    changes, and where the rest stands."""

    problem_total: int = 0
    warning_total: int = 0
    digest: str = ""
    moves: bool = False
    kept: Pieces | None = None

    @property
    def problem_count(self) -> int:
        return self.problem_total

    @property
    def warning_count(self) -> int:
        return self.warning_total

    @property
    def changes_nothing(self) -> bool:
        return not self.moves

    @property
    def fingerprint(self) -> str:
        return self.digest

    def pieces(self) -> Iterator[Plan]:
        assert self.kept is not None
        return self.kept.plans()


def plan_parts(
    parts: Iterator[Reading], *, today: date, scope: User | None, skips_bad: bool,
    filling: Filling, pieces: Pieces, report: Report,
) -> tuple[Reading, LongPlan]:  # fmt: skip
    """Compare all parts of a file with the records: (what is said of the file as a whole, its
    plan). Each part is forgotten before the next one is read."""
    sum_up = _SumUp(filling, pieces.anew())
    try:
        for reading in parts:
            plan = make_plan(
                reading, today=today, scope=scope, skips_bad=skips_bad, across=sum_up.across
            )
            sum_up.add(reading, plan)
            report(CHECKING, sum_up.counts["read"])
    finally:
        sum_up.writer.close()
    plan = sum_up.plan(pieces)
    if plan.problems:
        pieces.drop()
    return sum_up.whole, plan


class _SumUp:
    def __init__(self, filling: Filling, writer: PiecesWriter) -> None:
        self.filling, self.writer, self.across = filling, writer, Across()
        self.whole = Reading()
        self.counts = dict.fromkeys(
            ("read", CREATED, UPDATED, UNCHANGED, "skipped", "failed"), 0
        )  # fmt: skip
        self.made = LongPlan([], [], self.counts, [])
        self.digest = hashlib.sha256()
        self.lacking: dict[Any, list[tuple[Any, Field]]] = {}

    def add(self, reading: Reading, plan: Plan) -> None:
        self._note_whole(reading)
        self._note_lacking(plan)
        made = self.made
        for key, number in plan.counts.items():
            self.counts[key] += number
        made.problem_total += len(plan.problems)
        made.warning_total += len(plan.warnings)
        made.problems += plan.problems[: PROBLEMS_KEPT - len(made.problems)]
        made.warnings += plan.warnings[: PROBLEMS_KEPT - len(made.warnings)]
        made.left_out += plan.left_out[: PROBLEMS_KEPT - len(made.left_out)]
        made.taken += plan.taken
        made.notices += reading.notices
        made.ended += plan.ended
        self._keep_changes(plan)
        self.digest.update(plan.fingerprint.encode())
        add_part(self.filling, reading, plan)

    def _note_whole(self, reading: Reading) -> None:
        whole = self.whole
        whole.is_healed = whole.is_healed or reading.is_healed
        whole.lists += reading.lists
        whole.sheets += reading.sheets
        whole.read += reading.read

    def _note_lacking(self, plan: Plan) -> None:
        """One question for the whole file, in place of one a part."""
        asked = {what_lacks(rows) for rows in plan.lacking.values()}
        plan.problems = [each for each in plan.problems if each not in asked]
        for key, rows in plan.lacking.items():
            told = self.lacking.setdefault(key, [])
            told += [(Lacks(row.sheet, row.number, row.table), each) for row, each in rows]

    def _keep_changes(self, plan: Plan) -> None:
        moving = [each for each in plan.changes if each.action != UNCHANGED]
        self.made.moves = self.made.moves or bool(moving)
        self.made.changes += moving[: CHANGES_KEPT - len(self.made.changes)]
        if not self.made.problem_total and not self.lacking:
            self.writer.add(plan.changes)

    def plan(self, pieces: Pieces) -> LongPlan:
        made = self.made
        questions: list[Problem] = [what_lacks(rows) for rows in self.lacking.values()]
        made.problems = [*questions, *made.problems]
        made.problem_total += len(questions)
        if made.problem_total:  # sound rows are not written beside those that are not
            self.counts["skipped"] += self.counts[CREATED] + self.counts[UPDATED]
            self.counts[CREATED] = self.counts[UPDATED] = 0
        made.notices += told_of_ends(made.ended)
        made.taken = list(dict.fromkeys(made.taken))
        made.digest = self.digest.hexdigest()
        made.codes = self.across.codes
        made.kept = pieces
        add_part(self.filling, Reading(), Plan([], questions, {}, []))
        tell_whole(self.filling, self.whole, made)
        self.filling.tell({"codes": sorted(made.codes)})
        return made


def plan_kept(counts: dict[str, int], codes: set[str], kept: Pieces) -> LongPlan:
    """The plan of a file whose pieces were kept, as far as writing it needs."""
    return LongPlan([], [], counts, [], codes=codes, kept=kept, moves=True)
