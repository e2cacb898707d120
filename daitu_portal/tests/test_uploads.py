"""A request that is too long as a whole is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

ADDRESS = "/dang-nhap/"

pytestmark = pytest.mark.django_db


def test_a_request_that_is_too_long_is_400_and_leaves_nothing(settings, tmp_path):
    settings.UPLOAD_MOST_BYTES = 1_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 10, str(tmp_path)

    response = Client().post(ADDRESS, {"tep": SimpleUploadedFile("a.pdf", b"x" * 2_000)})

    assert response.status_code == 400
    assert "Yêu cầu không hợp lệ" in response.content.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_request_within_the_limit_goes_on(settings):
    settings.UPLOAD_MOST_BYTES = 5_000

    response = Client().post(ADDRESS, {"tep": SimpleUploadedFile("a.pdf", b"x" * 2_000)})

    assert response.status_code == 200
