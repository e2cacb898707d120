"""Where a finding is mended: the form and field, or the person's tab for who may not open it."""

from functools import lru_cache

from django.urls import NoReverseMatch, resolve, reverse

from intake.rules.completeness import Check

_TABS = {
    "cadre": "cadres:detail",
    "profile": "cadres:detail",
    "holding": "cadres:career",
    "membership": "cadres:career",
    "work_period": "cadres:career",
    "qualification": "cadres:qualifications",
    "rating": "cadres:ratings",
}
_OF_PERSON = ("cadre", "profile")  # one form a person, which has no rows


def address(check: Check, person: int, row: int | None, role: str) -> str:
    """The form that mends `check` of a person, at its field, where `role` may open it; else the
    tab of the person that shows it."""
    if check.table in _OF_PERSON:
        route, keys = f"intake:{check.table}_change", (person,)
    elif row is None:
        route, keys = f"intake:{check.table}_add", (person,)
    else:
        route, keys = f"intake:{check.table}_change", (person, row)  # type: ignore[assignment]
    if _may_open(route, len(keys), role):
        return f"{reverse(route, args=keys)}#id_{check.field}"
    return reverse(_TABS.get(check.table, "cadres:detail"), args=[person])


@lru_cache(maxsize=256)
def _may_open(route: str, keys: int, role: str) -> bool:
    """Whether there is such a page, and `role` may open it (accounts/access.py)."""
    try:
        page = reverse(route, args=[1] * keys)
    except NoReverseMatch:
        return False
    return role in getattr(resolve(page).func, "allowed_roles", ())
