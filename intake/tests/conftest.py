"""Who sends: the district's HR, signed in, with a folder of its own for the files."""

import re

import pytest
from django.test import Client

from accounts.tests.factories import make_user
from daitu_portal import excel_large
from daitu_portal.tests.reading_here import stay_here
from intake.tests.old_lists import make_unit

# What every form of a record asks beside its own fields.
BASIS = {
    "basis-kind": "declaration",
    "basis-number": "01/TK",
    "basis-signed_on": "05/01/2023",
    "basis-reason": "Thử",
}


class CitingClient(Client):
    """Sends a basis with the forms of people, unless the test says one itself."""

    def post(self, path, data=None, *args, **kwargs):
        is_asked = path.startswith("/can-bo/") or re.fullmatch(r"/nhap-lieu/[0-9]+/ghi/", path)
        if is_asked and (data is None or isinstance(data, dict)):
            data = {**BASIS, **(data or {})}
        return super().post(path, data, *args, **kwargs)


@pytest.fixture
def hr(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = CitingClient()
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


@pytest.fixture
def unit(monkeypatch):
    """The commune of the old lists, which are read in this process."""
    stay_here(monkeypatch)
    return make_unit()


@pytest.fixture(params=["ordinary", "large"])
def writer(request, monkeypatch):
    """Which writer an export goes through: for the second one, every sheet with a row is large."""
    if request.param == "large":
        monkeypatch.setattr(excel_large, "LARGE", 0)
    return request.param
