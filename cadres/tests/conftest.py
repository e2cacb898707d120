"""How thoroughly properties are tried: enough to find a slip, short enough to be run each time.

PostgreSQL, of which each statement costs more, is tried with a third of the cases that SQLite is.
"""

import os

import pytest
import time_machine
from django.utils import timezone
from hypothesis import settings

SHARE = 3 if os.environ.get("DATABASE_URL") else 1

settings.register_profile("suite", max_examples=60 // SHARE, deadline=None)
settings.load_profile("suite")


@pytest.fixture
def within_a_minute():
    """The clock stands: rates are counted by the minute, and none turns meanwhile."""
    with time_machine.travel(timezone.now(), tick=False):
        yield
