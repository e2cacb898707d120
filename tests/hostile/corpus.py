"""All hostile and broken files."""

from tests.hostile import containers, foreign, markup, texts, values
from tests.hostile.case import Case


def corpus() -> list[Case]:
    """Every case, in the order of the modules; nothing is made before it is asked for."""
    modules = (containers, markup, values, foreign, texts)
    return [case for module in modules for case in module.cases()]
