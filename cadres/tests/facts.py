"""Facts of people for tests of the rules: each function takes only what the test is about."""

from datetime import date

from cadres.rules.requirements import Facts, Held, Record, Training
from cadres.rules.standards import RuleOnDay
from daitu_portal.dates import PartialDate

DAY = date(2023, 6, 8)
DEGREE = {"level": {"strand": "professional", "min": 4}}
INTERMEDIATE = {"level": {"strand": "professional", "min": 2}}


def facts(*records, day=DAY, born="1980-05-12", recruited=None, **fields):
    """What is known of a person who holds CC03 since 12/05/2015."""
    return Facts(
        **{
            "day": day,
            "born": PartialDate(born) if born else None,
            "recruited": PartialDate(recruited) if recruited else None,
            "records": records,
            "holdings": (held(),),
            **fields,
        }
    )


def held(post="CC03", begins=date(2015, 5, 12), ends=None, **fields):
    return Held(post, begins, ends, **fields)


def degree(rank=4, awarded="2010", strand="professional", **fields):
    return Record(strand, rank, PartialDate(awarded) if awarded else None, **fields)


def trained(content="law", completed="2018"):
    return Training(content, PartialDate(completed) if completed else None)


def rule(requirement=DEGREE, **fields):
    """A rule for CC03 in force since 25/12/2019 that asks for a degree."""
    return RuleOnDay(
        **{
            "code": "THU",
            "posts": frozenset({"CC03"}),
            "dimension": "Chuyên môn",
            "label": "đại học trở lên",
            "requirement": requirement,
            "article": "TT 13/2019/TT-BNV, điều 1",
            "valid_from": date(2019, 12, 25),
            **fields,
        }
    )
