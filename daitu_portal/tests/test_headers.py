"""Headers on every page, with HTTPS as it is by default."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = [
    "/.git/HEAD", "/db.sqlite3", "/portal.sqlite3", "/media/", "/files/", "/backup/", "/.env",
    "/admin/", "/server-status", "/static/../manage.py", "/static/%2e%2e/manage.py", "/var/",
    "/debug/", "/metrics", "/swagger", "/robots.txt.bak", "/wp-login.php", "/phpinfo.php",
    "/.well-known/x", "/secret-key", "/demo-accounts.txt", "/__debug__/", "/console/", "/shell/",
    "/config.json",
]  # fmt: skip
ASKED = """
import django, json, os, sys
django.setup()
from django.test import Client
answers = {}
for address in ("/dang-nhap/", "/", "/can-bo/", "/healthz", "/khong-co/"):
    response = Client(SERVER_NAME="localhost").get(address, secure=True)
    answers[address] = {k.lower(): v for k, v in response.headers.items()}
    answers[address]["cookies"] = [str(c) for c in response.cookies.values()]
plain = Client(SERVER_NAME="localhost").get("/dang-nhap/")
answers["plain"] = {"status": plain.status_code, "location": plain.headers.get("Location", "")}
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What a portal with production settings answers; asked in a process of its own."""
    data = tmp_path_factory.mktemp("data")
    (data / "static").mkdir()
    environment = {"PATH": "/usr/bin:/bin", "DATA_DIR": str(data), "HTTPS": "1",
                   "DJANGO_SETTINGS_MODULE": "tests.production_settings",
                   "PYTHONPATH": str(ROOT)}  # fmt: skip
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, env=environment, check=True,
                          capture_output=True, text=True)  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


PAGES = ("/dang-nhap/", "/", "/can-bo/", "/healthz", "/khong-co/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ],
)
def test_every_page_carries_the_headers(answers, page, header, value):
    assert answers[page].get(header) == value


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_of_content_allows_nothing_inline_and_nothing_from_elsewhere(answers, page):
    policy = answers[page]["content-security-policy"]

    assert "unsafe" not in policy
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'",
                 "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):  # fmt: skip
        assert part in policy


@pytest.mark.parametrize("page", ["/dang-nhap/", "/", "/can-bo/"])
def test_nothing_behind_the_sign_in_stays_in_a_cache(answers, page):
    assert "no-store" in answers[page]["cache-control"]


def test_cookies_are_bound_to_the_host_and_to_https(answers):
    (cookie,) = answers["/dang-nhap/"]["cookies"]

    assert "__Host-csrftoken=" in cookie
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie


def test_plain_http_is_sent_to_https(answers):
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["location"].startswith("https://")


@pytest.mark.django_db
@pytest.mark.parametrize("address", HIDDEN)
def test_hidden_paths_answer_nothing(address):
    assert Client().get(address).status_code in (302, 404)
    assert Client().get(address, follow=False).status_code != 200


@pytest.mark.django_db
def test_an_unknown_host_is_refused():
    assert Client().get("/dang-nhap/", SERVER_NAME="xau.example").status_code == 400
