"""Starting the portal: what is made ready, what is refused, what takes the process over."""

import os
import subprocess
import sys
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.tests.factories import make_user
from daitu_portal import serve
from daitu_portal.cache_router import CacheRouter
from daitu_portal.management.commands import prepare

KNOWN = ("HOST", "PORT", "HTTPS", "ALLOW_PLAIN_HTTP", "BEHIND_PROXY", "ALLOWED_HOSTS")


@pytest.fixture
def plain_environment(monkeypatch):
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def started(plain_environment):
    """Runs `serve` up to the server itself; returns (prepared in, served in, printed)."""

    def go(code=0):
        prepared, served, out = [], [], StringIO()

        def run(command, *, env, cwd):
            prepared.append((command[1:], env))
            return SimpleNamespace(returncode=code)

        plain_environment.setattr(subprocess, "run", run)
        plain_environment.setattr(serve, "become_server", served.append)
        call_command("serve", stdout=out)
        return prepared, served, out.getvalue()

    return go


def test_the_portal_is_prepared_then_served_in_one_environment(started):
    ((command, environment),), (served,), printed = started()

    assert command == ["manage.py", "prepare"]
    assert environment == served
    assert (served["HOST"], served["HTTPS"]) == ("127.0.0.1", "0")
    assert "http://127.0.0.1:8000/" in printed


def test_behind_a_proxy_the_address_says_so(started, plain_environment):
    plain_environment.setenv("HOST", "0.0.0.0")
    plain_environment.setenv("BEHIND_PROXY", "1")

    assert "http (sau máy chủ trung gian HTTPS)://0.0.0.0:8000/" in started()[2]


def test_a_failed_preparation_serves_nothing(started):
    with pytest.raises(CommandError, match="chuẩn bị không xong"):
        started(code=1)


def test_plain_http_for_others_is_refused_before_anything_is_prepared(started, plain_environment):
    plain_environment.setenv("HOST", "10.0.0.5")

    with pytest.raises(CommandError, match="ALLOW_PLAIN_HTTP"):
        started()


def test_the_server_takes_the_process_over(monkeypatch):
    taken, found = [], serve.environment({})
    monkeypatch.setattr(os, "chdir", taken.append)
    monkeypatch.setattr(os, "execve", lambda *args: taken.append(args))

    serve.become_server(found)

    command = serve.server_command(found)
    assert taken == [serve.ROOT, (command[0], command, found)]


def test_on_windows_the_server_is_waited_for(monkeypatch):
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "call", lambda command, env: 3)

    with pytest.raises(SystemExit) as ended:
        serve.become_server(serve.environment({}))

    assert ended.value.code == 3


@pytest.fixture
def calls(monkeypatch):
    """The commands that preparing runs, in their order."""
    called = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: called.append(name))
    return called


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("demo", "has_people", "is_seeded"),
    [("1", False, True), ("1", True, False), ("0", False, False), (None, False, True)],
)
def test_demo_data_go_into_an_empty_portal_alone(calls, monkeypatch, demo, has_people, is_seeded):
    monkeypatch.delenv("DEMO", raising=False)
    if demo:
        monkeypatch.setenv("DEMO", demo)
    if has_people:
        make_user()

    call_command("prepare")

    ready = [
        "migrate",
        "createcachetable",
        "load_catalogue",
        "compact_record_version",
        "tidy_imports",
        "collectstatic",
    ]
    assert calls == [*ready, *["seed_demo"] * is_seeded, "demo_accounts"]


@pytest.mark.django_db
def test_an_office_without_demo_data_gets_catalogues_and_no_accounts(
    monkeypatch, settings, tmp_path
):
    monkeypatch.setenv("DEMO", "0")
    settings.STATIC_ROOT = tmp_path

    call_command("prepare")

    assert any(tmp_path.rglob("*.css"))
    assert apps.get_model("cadres", "Commune").objects.exists()
    assert apps.get_model("reports", "Indicator").objects.exists()
    assert not User.objects.exists()


def test_the_door_that_the_server_is_told_of_is_there():
    module, _, name = serve.server_command(serve.environment({}))[-1].partition(":")
    # In a process of its own: the door sets the collector of memory for the life of the server.
    code = f"from {module} import {name} as door; print(type(door).__name__)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == WSGIHandler.__name__


def made_for(app_label):
    return SimpleNamespace(_meta=SimpleNamespace(app_label=app_label))


def test_the_cache_has_a_database_of_its_own(settings):
    settings.CACHE_ALIAS = "cache"
    router = CacheRouter()

    assert router.db_for_read(made_for("django_cache")) == "cache"
    assert router.db_for_write(made_for("cadres")) is None
    assert router.allow_migrate("cache", "django_cache") is True
    assert router.allow_migrate("default", "django_cache") is False
    assert router.allow_migrate("cache", "cadres") is False
    assert router.allow_migrate("default", "cadres") is None
