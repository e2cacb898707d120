"""A record looked through: what is missing, what is doubtful, by the checks of all kinds. Pure."""

from collections import Counter
from types import MappingProxyType

from intake.rules import own_doubts, row_doubts
from intake.rules.completeness import NEEDS, ROW_NEEDS, Check, Exam, Finding, Moment, needs_of
from intake.rules.doubts import DOUBTS
from intake.rules.record_facts import Facts, Group

__all__ = ["CHECKS", "examine", "own_doubts", "row_doubts"]  # these two declare their doubts

CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {
        check.code: check
        for check in (
            *(check for check, _ in DOUBTS),
            *(need.check for need in NEEDS),
            *(need.check for need in ROW_NEEDS),
        )
    }
)


def examine(facts: Facts, moment: Moment) -> Exam:
    """Look a record through: how much of what is asked of it is there, and every finding."""
    required: Counter[Group] = Counter()
    filled: Counter[Group] = Counter()
    found = [Finding(check.code, key) for check, test in DOUBTS for key in test(facts, moment)]
    for check, key, is_filled in needs_of(facts, moment.day):
        required[check.group] += 1
        if is_filled:
            filled[check.group] += 1
        else:
            found.append(Finding(check.code, key))
    return Exam(required, filled, tuple(found))
