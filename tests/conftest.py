"""The whole portal from outside, on the demo district: seeded once for each process of tests."""

import os
from unittest import mock

import pytest
from django.core.management import call_command

PASSWORD = "một-mật-khẩu-để-thử"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs beside the tests


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the demo in it; each test's own changes are undone."""
    with django_db_blocker.unblock(), mock.patch("django.conf.settings.DEMO_PASSWORD", PASSWORD):
        call_command("seed_demo", verbosity=0)
