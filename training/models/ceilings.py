"""Numbers that nobody means: a slip of the keyboard is refused before it spoils a sum or a page."""

from django.db import models
from django.db.models import Q

MONEY = 10**13  # đồng; a whole province spends less on training


def at_most(name, **ceilings):
    """The constraint that each column stays within its ceiling."""
    condition = Q()
    for column, ceiling in ceilings.items():
        condition &= Q(**{column: None}) | Q(**{f"{column}__lte": ceiling})
    told = "; ".join(f"{ceiling:,}".replace(",", ".") for ceiling in ceilings.values())
    return models.CheckConstraint(
        name=f"{name}_numbers_are_possible",
        condition=condition,
        violation_error_message=f"Có số lớn quá mức có thể (tối đa lần lượt: {told}).",
    )
