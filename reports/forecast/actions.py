"""Keeping and changing scenarios: each time what was calculated is kept with it."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cadres.rulebook import Rulebook
from reports.forecast.models import Scenario, ScenarioItem, ScenarioPerson
from reports.forecast.outcome import Outcome, calculate
from reports.forecast.plan import MOST_CLASSES, MOST_PARTS, Part, Plan, plan_of


class StaleScenario(Exception):
    """Somebody changed the scenario since the form was opened."""


class TooManyParts(Exception):
    """The scenario would have more parts, or more classes, than can be calculated."""


def keep(
    user: User, *, plan: Plan, outcome: Outcome, name: str, is_shared: bool, token: str
) -> tuple[Scenario, bool]:
    """Keep what was tried; and whether it is new. What was sent twice, as its `token` says
    (daitu_portal/marks.py), is kept once: the second gets the first's scenario.

    Raises TooManyParts.
    """
    _check(plan.parts)
    try:
        with transaction.atomic():
            made = Scenario.objects.create(
                owner=user, name=name, is_shared=is_shared, token=token, base_on=plan.base,
                until_on=plan.until, indicators=list(plan.codes), result=outcome.plain,
            )  # fmt: skip
            _add(made, plan.parts)
    except IntegrityError:
        return Scenario.objects.get(token=token), False
    return made, True


@transaction.atomic
def rework(
    user: User,
    pk: int,
    *,
    version: int,
    fields: dict[str, Any] | None = None,
    add: Iterable[Part] = (),
    drop: int | None = None,
) -> Scenario:
    """Change a scenario that `user` may see: some of its own `fields`, parts to `add`, the item to
    `drop` (its key); then calculate it anew and keep that.

    Raises StaleScenario where another version stands by now, TooManyParts.
    """
    scenario = Scenario.objects.visible_to(user).select_for_update().get(pk=pk)
    if scenario.version != version:
        raise StaleScenario
    for name, value in (fields or {}).items():
        setattr(scenario, name, value)
    if drop is not None:
        scenario.items.filter(pk=drop).delete()
    _add(scenario, add)
    plan = plan_of(scenario)
    _check(plan.parts)
    scenario.result = calculate(user, plan, Rulebook()).plain
    scenario.calculated_at, scenario.version = timezone.now(), version + 1
    scenario.save()
    return scenario


def _check(parts: Iterable[Part]) -> None:
    told = list(parts)
    if len(told) > MOST_PARTS or sum(part.is_learning for part in told) > MOST_CLASSES:
        raise TooManyParts


def _add(scenario: Scenario, parts: Iterable[Part]) -> None:
    for part in parts:
        item = part.item
        item.scenario = scenario
        item.save()
        _name(item, part)


def _name(item: ScenarioItem, part: Part) -> None:
    rows = [ScenarioPerson(item=item, cadre_id=key) for key in dict.fromkeys(part.people)]
    rows += [
        ScenarioPerson(item=item, cadre_id=key, study_id=study)
        for key, study in dict.fromkeys(part.studies)
    ]
    ScenarioPerson.objects.bulk_create(rows, batch_size=500)
