"""The log: a refusal is a line of information, a fault has its traceback."""

import logging
from io import StringIO
from logging.config import dictConfig

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role
from accounts.tests.factories import make_user
from daitu_portal.logs import RefusalsInOneLine


@pytest.fixture
def written():
    """What the console of the portal's own configuration gets."""
    out = StringIO()
    console = {**settings.LOGGING["handlers"]["console"], "stream": out}
    made = {**settings.LOGGING, "handlers": {"console": console},
            "root": {"handlers": ["console"], "level": "INFO"}}  # fmt: skip
    before = logging.root.handlers[:]
    dictConfig(made)
    yield out
    logging.root.handlers[:] = before


def test_every_handler_writes_refusals_in_one_line():
    for name, handler in settings.LOGGING["handlers"].items():
        assert handler["filters"] == ["refusals"], name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/nhap-lieu/", 403, "Forbidden"), ("/khong-co/", 404, "Not Found"),
     ("/can-bo/xuat/", 405, "Method Not Allowed")],
)  # fmt: skip
def test_a_refusal_is_one_line_of_information(written, address, status, words):
    client = Client()
    client.force_login(make_user(Role.LEADER), "accounts.backends.WithCommune")

    assert client.get(address).status_code == status

    (line,) = written.getvalue().splitlines()
    assert f" INFO django.request {words}" in line


def record_of(status, name="django.request", level=logging.ERROR):
    try:
        raise ValueError("hỏng")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, level, "", 0, "lỗi", (), told)
    record.status_code = status
    return record


def test_a_fault_keeps_its_level_and_traceback():
    fault = record_of(500)

    assert RefusalsInOneLine().filter(fault)
    assert (fault.levelno, fault.exc_info is not None) == (logging.ERROR, True)


def test_a_suspicious_request_keeps_its_level_without_a_traceback():
    refused = record_of(400, name="django.security.DisallowedHost")

    assert RefusalsInOneLine().filter(refused)
    assert (refused.levelno, refused.exc_info) == (logging.ERROR, None)
