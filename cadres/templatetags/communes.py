"""Template tags about communes: {% load communes %}."""

from django import template

register = template.Library()


@register.simple_tag
def area_on(unit, day, predecessions):
    """The area of `unit` on `day` in km², or None: {% area_on unit day before as area %}, where
    `before` are the successions that made it. No query."""
    return unit.area_on(day, predecessions)
