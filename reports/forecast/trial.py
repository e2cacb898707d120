"""A scenario that is only tried: what the address asks for, calculated, nothing kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from accounts.models import User
from cadres.rulebook import Rulebook
from reports.forecast.choices import Offered, offered_on
from reports.forecast.forms import HeadForm, with_defaults
from reports.forecast.outcome import Outcome, calculate
from reports.forecast.parts_form import PartsForm
from reports.forecast.plan import MOST_PEOPLE, Plan
from reports.names import NOT_IN, names_of
from reports.queries import Figures


@dataclass(frozen=True)
class Trial:
    """The forms as they were filled in; `plan` and `outcome` are None where something is wrong."""

    head: HeadForm
    parts: PartsForm
    plan: Plan | None
    outcome: Outcome | None
    is_untouched: bool  # nobody was named and nothing else supposed

    @property
    def chosen(self) -> Sequence[int]:
        """Keys of those who learn."""
        return self.parts.chosen


def try_out(user: User, data: Any, day: date, book: Rulebook) -> Trial:
    """The scenario that `data` (a QueryDict) describes, from the base day `day`."""
    figures = Figures(user, book, day=day)
    offered = offered_on(day, book, figures)
    full = with_defaults(data, offered, day)
    if full.get("tat_ca") == "1":
        full.setlist(
            "nguoi", [*full.getlist("nguoi"), *_everyone_outside(full, offered, day, book)]
        )
    head = HeadForm(full, offered=offered, base=day)
    head.is_valid()
    until = head.cleaned_data.get("den") or date(day.year + 1, 12, 31)
    parts = PartsForm(full, user=user, offered=offered, base=day, until=until)
    if not (parts.is_valid() and head.is_valid()):
        return Trial(head, parts, None, None, is_untouched=False)
    codes = tuple(head.cleaned_data["chi_tieu"])
    plan = Plan(day, until, codes, tuple(parts.parts))
    return Trial(
        head, parts, plan, calculate(user, plan, book, figures), is_untouched=not plan.parts
    )


def _everyone_outside(
    full: MultiValueDict[str, str], offered: Offered, day: date, book: Rulebook
) -> list[str]:
    """Keys of all who are not in the numerator of the first indicator on the base day."""
    indicator = offered.indicator((full.getlist("chi_tieu") or [""])[0])
    if indicator is None:
        return []
    names = names_of(indicator, None, day, book, judged=NOT_IN).within(NOT_IN)
    keys = dict.fromkeys(name.row.cadre_id for name in names)
    return [str(key) for key in list(keys)[:MOST_PEOPLE]]
