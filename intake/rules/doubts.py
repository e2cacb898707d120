"""How a doubt about a record is declared: its words and field, and the test that finds it. Pure."""

from collections.abc import Callable, Iterator

from daitu_portal.dates import PartialDate, add_months
from intake.rules.completeness import Check, Moment, Severity
from intake.rules.record_facts import Facts, Group

Rows = Iterator[int | None]
Test = Callable[[Facts, Moment], Rows]
DOUBTS: list[tuple[Check, Test]] = []  # in the order in which pages tell them


def doubt(code: str, group: Group, table: str, field: str, words: str) -> Callable[[Test], Test]:
    """Declare a test that gives the key of each row in doubt, or None for the person's fields.

    A date that is known in part is in doubt only where every day that it may mean is.
    """

    def register(test: Test) -> Test:
        DOUBTS.append((Check(code, group, Severity.DOUBTFUL, words, table, field), test))
        return test

    return register


def before_age(born: PartialDate | None, day: PartialDate | None, years: int) -> bool:
    """Whether on `day`, whatever it means, someone was younger than `years`."""
    if born is None or day is None:
        return False
    return day.latest < add_months(born.earliest, 12 * years)
