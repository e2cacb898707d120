"""Whether the cells of a column are what its header says, and what they are if not. Pure."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from intake.rules.header_reading import UNSURE, Reading
from intake.rules.samples import Samples

Test = Callable[[Samples], bool]
_HALF = 0.5


def _days(s: Samples) -> bool:
    return s.days >= _HALF


def _words(s: Samples) -> bool:
    return s.words >= _HALF and s.days < _HALF


def _numbers(s: Samples) -> bool:
    return s.numbers >= _HALF


def _has_digits(s: Samples) -> bool:
    return s.share(lambda t: any(map(str.isdigit, t))) >= _HALF


def _unit_codes(s: Samples) -> bool:
    return s.share(re.compile(r"0?\d{4}$").match) >= _HALF and s.years < _HALF


def _names(s: Samples) -> bool:
    return s.words >= 0.8 and s.share(lambda t: not any(map(str.isdigit, t))) >= 0.8


def _level_mark(s: Samples) -> bool:
    """x, or words of the level; counts of a summary are none."""
    return s.marks >= _HALF or s.words >= _HALF or (s.numbers < _HALF and s.days < _HALF)


_TESTS: Mapping[str, Test] = MappingProxyType({
    "index": lambda s: s.numbers >= _HALF or s.share(lambda t: t[:1].isdigit()) >= _HALF,
    "code": lambda s: s.share(re.compile(r"[A-Z]{2}\d{4,}$").match) >= _HALF,
    "full_name": _names, "name.family": _names, "name.given": _names, "other_name": _words,
    "sex": lambda s: s.sexes >= _HALF,
    "born.day": lambda s: s.below(31) >= 0.8, "born.month": lambda s: s.below(12) >= 0.8,
    "born.year": lambda s: s.years >= _HALF or s.below(99) >= 0.8,
    "national_id": lambda s: s.identities >= _HALF,
    "phone": lambda s: s.phones >= _HALF,
    "ethnicity": lambda s: s.peoples >= 0.3 or (s.words >= _HALF and s.people < _HALF),
    "religion": _words, "recruited_by": _words,
    "birthplace": _words, "home_town": _words, "residence": _words,
    "holding.post": lambda s: _words(s) and s.people < 0.7,
    "holding.commune": lambda s: (_words(s) or _unit_codes(s)) and s.full_people < _HALF,
    "holding.decision_number": _has_digits,
    "rating.year": lambda s: s.years >= _HALF, "rating.level": lambda s: s.ratings >= 0.4,
    "qualification.text": _words,
    "general.text": lambda s: s.schooling >= 0.3 or s.marks >= _HALF,
    "salary.grade_code": lambda s: s.grades >= _HALF, "salary.grade_name": _words,
    "salary.step": lambda s: s.share(lambda t: t[:2].split("/")[0].strip().isdigit()) >= _HALF
    and s.decimals < _HALF,
    "salary.coefficient": lambda s: s.decimals + s.below(13) >= _HALF,
    "salary.over_frame_percent": _numbers,
    "profile.insurance_number": _has_digits, "profile.health_card_number": _has_digits,
    "profile.email": lambda s: s.share(lambda t: "@" in t) >= _HALF,
    "profile.height_cm": _has_digits, "profile.weight_kg": _has_digits,
})  # fmt: skip
_ANY = frozenset({"note", "info", "mark.party"})

# Where the cells are something else: (what they are, the target that this makes of the header).
_INSTEAD: Mapping[str, tuple[tuple[Test, str], ...]] = MappingProxyType({
    "ethnicity": ((lambda s: s.marks >= _HALF, "mark.ethnic_minority"),),
    "mark.ethnic_minority": ((lambda s: s.peoples >= 0.3 or s.words >= _HALF, "ethnicity"),),
    "party_joined_on": ((lambda s: s.marks >= _HALF, "mark.party"),),
    "party_official_on": ((lambda s: s.marks >= _HALF, "mark.party"),),
    "born.male": ((lambda s: s.marks >= _HALF, "mark.sex.M"),),
    "born.female": ((lambda s: s.marks >= _HALF, "mark.sex.F"),),
    "mark.sex.M": ((_days, "born.male"),), "mark.sex.F": ((_days, "born.female"),),
    "salary.grade_code": ((_words, "salary.grade_name"),),
    "salary.grade_name": ((lambda s: s.grades >= _HALF, "salary.grade_code"),
                          (lambda s: s.decimals >= _HALF, "salary.coefficient")),
    "salary.step": ((lambda s: s.decimals >= _HALF, "salary.coefficient"),),
    "born.month": ((_days, "born_on"),), "born.day": ((_days, "born_on"),),
    "name.given": ((lambda s: s.people >= _HALF, "full_name"),),
    "general.text": ((lambda s: s.levels >= _HALF, "qualification.text"),),
    "ethnic_language.text": ((lambda s: s.marks >= _HALF, "mark.ethnic_language.1"),),
    "profile.insured_from": ((lambda s: s.below(60) >= _HALF, "info"),),
    "qualification.text": ((lambda s: s.schooling >= _HALF, "general.text"),),
})  # fmt: skip


def fitted(reading: Reading, cells: Samples) -> Reading:
    """The reading of a header, after a look at the cells below: kept, changed, or given up."""
    target = reading.target
    if target is None or not cells or target in _ANY:
        return reading
    for test, other in _INSTEAD.get(target, ()):
        if test(cells):
            return Reading(other, min(reading.confidence, 0.9), "Theo nội dung các ô",
                           reading.is_question, reading.given)  # fmt: skip
    if target.endswith(".text") and cells.marks >= 0.8:
        told = "Cột chỉ đánh dấu x, không nói mức nào"
        return Reading(target, UNSURE, told, True)
    if _test_of(target)(cells):
        return reading
    if target == "born_on" and cells.below(99) >= 0.8:
        return Reading(target, UNSURE, "Năm sinh chỉ có hai chữ số", True)
    return Reading(None, why=f"{reading.why}, nhưng nội dung các ô không phải vậy")


def _test_of(target: str) -> Test:
    if target in _TESTS:
        return _TESTS[target]
    if target.endswith(("_on", ".valid_from", ".valid_to", "insured_from")):
        return _days
    if target in ("born.male", "born.female"):
        return lambda s: s.days >= _HALF or s.below(99) >= 0.8
    if target.startswith("mark."):
        return _level_mark
    if target.startswith("allowance."):
        return lambda s: s.numbers >= _HALF
    if target.endswith((".text", ".major", ".institution", ".rank", ".field")):
        return lambda s: s.words + s.levels + s.marks >= _HALF and s.days < 0.8
    return lambda s: True
