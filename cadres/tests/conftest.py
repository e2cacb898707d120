"""How thoroughly properties are tried: enough to find a slip, short enough to be run each time."""

from hypothesis import settings

settings.register_profile("suite", max_examples=60, deadline=None)
settings.load_profile("suite")
