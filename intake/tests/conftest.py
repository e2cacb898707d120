"""Who sends: the district's HR, signed in, with a folder of its own for the files."""

import pytest

from accounts.tests.factories import make_user


@pytest.fixture
def hr(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client
