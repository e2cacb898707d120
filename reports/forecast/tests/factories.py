"""Scenarios for tests."""

from datetime import date
from itertools import count

from reports.forecast.models import Scenario, ScenarioItem
from reports.forecast.outcome import Outcome
from reports.forecast.plan import Part

_number = count(1)


def make_scenario(owner, **fields):
    """One that was kept with nothing supposed and nothing watched."""
    base = fields.setdefault("base_on", date(2023, 6, 8))
    empty = Outcome([base], {}, {}, {})
    return Scenario.objects.create(
        **{
            "owner": owner,
            "name": "Kịch bản thử",
            "until_on": date(2024, 12, 31),
            "result": empty.plain,
            "token": f"thử {next(_number)}",
            **fields,
        }
    )


def make_part(kind, people=(), **fields):
    """A part that is not kept; a class passes for certain."""
    if kind in ("class", "study"):
        fields.setdefault("pass_middle", 100)
    return Part(ScenarioItem(kind=kind, **fields), tuple(getattr(p, "pk", p) for p in people))
