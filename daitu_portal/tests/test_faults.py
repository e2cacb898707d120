"""Error pages: in Vietnamese, saying what happened and what to do next."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.tests.factories import make_user
from daitu_portal.middleware import worded_refusals
from daitu_portal.views import server_error


def body_of(response):
    return response.content.decode()


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_told_with_the_menu_around():
    client = Client()
    client.force_login(make_user())

    response = client.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert "Không tìm thấy trang" in body_of(response)
    assert "Việc cần làm" in body_of(response)


def test_a_surprise_is_answered_without_any_context():
    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Máy chủ gặp lỗi" in body_of(response)
    assert 'href="/static/portal.css"' in body_of(response)


def test_a_database_that_does_not_answer_is_503_with_a_time_to_come_back():
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Cơ sở dữ liệu" in body_of(response)
    assert "locked" not in body_of(response)


def test_a_form_sent_without_its_token_is_told_to_be_sent_again(settings):
    settings.CSRF_USE_SESSIONS = False
    client = Client(enforce_csrf_checks=True)

    response = client.post("/dang-nhap/", {})

    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in body_of(response)


def test_a_wrong_method_is_worded_and_names_the_right_ones():
    answer = worded_refusals(lambda request: HttpResponseNotAllowed(["POST"]))

    response = answer(RequestFactory().get("/"))

    assert response["Allow"] == "POST"
    assert "quay lại trang trước" in body_of(response)


def test_other_answers_are_left_as_they_are():
    answer = worded_refusals(lambda request: HttpResponse("tệp", status=405))

    assert body_of(answer(RequestFactory().get("/"))) == "tệp"


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html",
                 "500.html", "503.html"]
)  # fmt: skip
def test_every_error_page_says_what_happened_and_what_to_do(template):
    html = render_to_string(template)

    assert f"Lỗi {template[:3]}" in html
    assert html.count("Việc cần làm:") == 1
