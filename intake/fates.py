"""What becomes of the lines of a file: they are counted, and those with a problem may be left out.

A line is a person's row with the rows below that go on about the same person.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cadres.records_people import PEOPLE
from intake.plan import CREATED, UNCHANGED, UPDATED, Change
from intake.reader import Problem, Reading

Place = tuple[str, int]


def lines_of(reading: Reading) -> Mapping[Place, Place]:
    """The line that the row at each place belongs to."""
    return {**reading.lines, **{row.place: (row.person or row).place for row in reading.rows}}


def may_be_left_out(problems: Iterable[Problem], lines: Mapping[Place, Place]) -> bool:
    """Whether each problem is of a line: a head, or a sheet, cannot be left out."""
    return all((problem.sheet, problem.row) in lines for problem in problems)


def without(reading: Reading, places: Collection[Place]) -> Reading:
    """The reading without the lines of the rows at `places`, which count as skipped."""
    lines = lines_of(reading)
    gone = {lines[place] for place in places if place in lines}
    left = {place for place, line in lines.items() if line in gone}
    return replace(
        reading,
        rows=[row for row in reading.rows if row.place not in left],
        lines={place: line for place, line in reading.lines.items() if line not in gone},
        problems=[each for each in reading.problems if (each.sheet, each.row) not in left],
        skipped=reading.skipped + len(gone),
    )


def counted(
    reading: Reading, changes: Iterable[Change], problems: Sequence[Problem]
) -> dict[str, int]:
    """Lines by what becomes of them; they add up to the lines read."""
    lines = lines_of(reading)
    failed = {lines[p.sheet, p.row] for p in problems if (p.sheet, p.row) in lines}
    fates = dict.fromkeys(lines.values(), UNCHANGED)
    for change in changes:
        line = lines[change.source.place]
        fates[line] = _worse(fates[line], change)
    counts = dict.fromkeys((CREATED, UPDATED, UNCHANGED, "skipped", "failed"), 0)
    counts["skipped"] = reading.skipped
    for line, fate in fates.items():
        if line in failed:
            counts["failed"] += 1
        elif problems and fate != UNCHANGED:
            counts["skipped"] += 1  # sound, but nothing is written beside a row that is not
        else:
            counts[fate] += 1
    return {"read": reading.read, **counts}


def _worse(fate: str, change: Change) -> str:
    """A line is new if its first record is; a new record of someone known is a change of them."""
    if change.action == CREATED and (change.table is PEOPLE or change.source.person is None):
        return CREATED
    if change.action != UNCHANGED and fate != CREATED:
        return UPDATED
    return fate
