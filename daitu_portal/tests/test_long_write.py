"""A long write of another process: writers are told at once, readers go on, nothing is lost."""

import json
import os
import subprocess
import sys
import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts import audit, audit_aside, sessions
from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre
from daitu_portal import long_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def another(folder):
    """Another process at a long write."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (folder / "long-write").write_text(json.dumps({"pid": process.pid, "at": time.time()}))
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def client():
    found = Client()
    found.force_login(make_user(Role.DISTRICT_HR))
    return found


def test_nobody_is_at_a_long_write_where_nothing_says_so(folder):
    assert not long_write.is_by_another()


def test_a_process_that_was_killed_is_at_nothing(another):
    assert long_write.is_by_another()

    another.kill()
    another.wait()

    assert not long_write.is_by_another()


def test_a_process_that_has_told_nothing_for_long_is_at_nothing(another, folder):
    long_ago = time.time() - 1000

    os.utime(folder / "long-write", (long_ago, long_ago))

    assert not long_write.is_by_another()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_the_one_who_writes_is_told_nothing_and_takes_the_word_away_at_its_end(folder):
    with long_write.long_write() as beat:
        beat()
        assert (folder / "long-write").exists()
        assert not long_write.is_by_another()

    assert not (folder / "long-write").exists()


def test_what_would_write_is_answered_at_once_and_nothing_of_it_is_done(another, client):
    begun = time.perf_counter()
    response = client.post("/nhap-lieu/", {})

    assert time.perf_counter() - begun < 2
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "Cổng đang ghi dữ liệu của một tệp lớn, thử lại sau ít phút." in response.text


@pytest.mark.django_db(transaction=True)
def test_pages_are_served_and_write_nothing_to_the_database(
    another, client, folder, django_assert_max_num_queries
):
    person = make_cadre("Nguyễn Văn An")

    with django_assert_max_num_queries(200) as asked:
        pages = [client.get(address) for address in ("/", f"/can-bo/{person.pk}/", "/can-bo/")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert {each["sql"].split()[0] for each in asked.captured_queries} == {"SELECT"}


@pytest.mark.django_db(transaction=True)
def test_what_was_looked_at_meanwhile_is_in_the_log_afterwards_in_its_order(another, client):
    person = make_cadre("Nguyễn Văn An")
    before = AuditEvent.objects.count()
    client.get(f"/can-bo/{person.pk}/")
    client.get("/can-bo/")
    assert AuditEvent.objects.count() == before
    assert audit_aside.is_any()

    another.kill()
    another.wait()
    client.get("/nhap-lieu/")
    audit.take_in()

    told = list(AuditEvent.objects.order_by("pk").values_list("action", "subject_key", "path"))
    paths = [path for _, _, path in told]
    assert ("view", person.pk, f"/can-bo/{person.pk}/") in told
    assert paths.index(f"/can-bo/{person.pk}/") < paths.index("/can-bo/")
    assert not audit_aside.is_any()


@pytest.mark.django_db(transaction=True)
def test_an_event_put_aside_is_taken_in_once_however_often_it_is_tried(another, client, folder):
    client.get("/can-bo/")
    kept = {path.name: path.read_text() for path in (folder / "audit-aside").iterdir()}
    number = audit.take_in()
    for name, text in kept.items():  # as if the process had ended before it took them away
        (folder / "audit-aside" / name).write_text(text)

    again = audit.take_in()

    assert (number, again) == (len(kept), 0)
    assert not audit_aside.is_any()


def test_a_session_in_use_during_a_long_write_is_not_idle_after_it(another, client, settings):
    cache.clear()
    session = client.session
    session[sessions.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS + 5
    session.save()
    client.get("/can-bo/")
    session[sessions.SEEN] -= 10  # by now idle, but for what was asked meanwhile
    session.save()
    another.kill()
    another.wait()

    assert client.get("/can-bo/").status_code == 200


def test_an_idle_session_is_nobody_during_a_long_write_and_ends_after_it(another, client, settings):
    cache.clear()
    session = client.session
    session[sessions.SEEN] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 5
    session.save()

    assert client.get("/can-bo/").status_code == 302
    assert SESSION_KEY in client.session
    another.kill()
    another.wait()
    client.get("/can-bo/")
    assert SESSION_KEY not in client.session
