"""Several requests at once about one long file: one of them begins the work, the others wait."""

import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.models import Role
from cadres.models import Basis
from daitu_portal.tests.reading_here import stay_here
from intake import jobs
from intake.models import ImportBatch
from intake.progress import progress_of
from intake.tests.clients import signed_in
from intake.tests.conftest import BASIS
from intake.tests.old_lists import PEOPLE, drawn, fresh, make_unit, sent

pytestmark = pytest.mark.django_db(transaction=True)
State = ImportBatch.State


class Begun:
    """In place of a process: what was begun, and with which reason."""

    def __init__(self):
        self.commands, self.reasons = [], []

    def __call__(self, command, **more):
        self.commands.append(command[2:])
        self.stdin = self
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def write(self, reason):
        self.reasons.append(reason.decode())


@pytest.fixture
def begun(monkeypatch):
    found = Begun()
    monkeypatch.setattr(subprocess, "Popen", found)
    return found


@pytest.fixture
def send(settings, tmp_path, monkeypatch):
    """Sends a list, which is read at once, and long from then on."""
    stay_here(monkeypatch)
    settings.MEDIA_ROOT = tmp_path
    make_unit()

    def read(text):
        found = sent(signed_in(Role.DISTRICT_HR), drawn(text))
        monkeypatch.setattr(jobs, "LONG", 0)
        return found

    return read


@pytest.fixture
def batch(send):
    found = send(PEOPLE)
    assert found.state == State.PREVIEW
    return found


def all_look_before_one_begins(monkeypatch, count):
    """Each request has seen that nobody is at work before any of them begins; each then looks again
    so slowly that only a lock keeps the others from seeing the same once more."""
    together, asked, look = threading.Barrier(count, timeout=30), threading.local(), jobs.is_at_work

    def looked(batch):
        found = look(batch)
        if not getattr(asked, "once", False):
            asked.once = True
            together.wait()
        else:
            time.sleep(0.3)
        return found

    monkeypatch.setattr(jobs, "is_at_work", looked)


def at_once(monkeypatch, *requests):
    """The answers to requests of as many threads, each with a connection of its own."""
    all_look_before_one_begins(monkeypatch, len(requests))

    def run(request):
        try:
            return request()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(run, requests))


def posting(batch, part, data):
    client = signed_in(Role.DISTRICT_HR)
    return lambda: client.post(f"/nhap-lieu/{batch.pk}/{part}/", data, follow=True)


def test_of_many_checks_at_once_one_begins_and_all_are_sent_to_it(batch, begun, monkeypatch):
    answers = at_once(monkeypatch, *[posting(batch, "kiem-tra", {}) for _ in range(5)])

    assert [command[1:3] for command in begun.commands] == [[str(batch.pk), "check"]]
    progress = (f"/nhap-lieu/{batch.pk}/tien-do/", 302)
    assert [answer.redirect_chain for answer in answers] == [[progress]] * 5


def test_of_two_corrections_at_once_the_one_that_begins_is_kept(send, begun, monkeypatch):
    batch = send(PEOPLE.replace("12/5/1970", "32/5/1970"))
    typed = ["1/2/1971", "3/4/1972"]

    answers = at_once(monkeypatch, *[posting(batch, "sua-o", {"o-0": day}) for day in typed])

    assert len(begun.commands) == 1
    lost = ["điều vừa gửi chưa được tính" in answer.content.decode() for answer in answers]
    assert sorted(lost) == [False, True]
    assert fresh(batch).recipe["typed"] == {"Sheet1!C6": typed[lost.index(False)]}


def test_of_two_writes_at_once_one_begins_on_the_only_basis(batch, begun, monkeypatch):
    at_once(monkeypatch, *[posting(batch, "ghi", BASIS) for _ in range(2)])

    (command,) = begun.commands
    assert command[5:] == ["--basis", str(Basis.objects.get().pk)]
    assert begun.reasons == ["Thử"]


def test_a_check_and_a_write_at_once_are_one_of_them(batch, begun, monkeypatch):
    at_once(monkeypatch, posting(batch, "ghi", BASIS), posting(batch, "kiem-tra", {}))

    (command,) = begun.commands
    assert Basis.objects.count() == (command[2] == "write")


def test_work_that_cannot_be_begun_leaves_nothing_and_may_be_begun_anew(batch, monkeypatch, begun):
    def no_process(*args, **more):
        raise OSError("no memory")

    monkeypatch.setattr(subprocess, "Popen", no_process)
    with pytest.raises(OSError, match="no memory"):
        jobs.start(batch, jobs.CHECK, by=batch.uploaded_by)
    assert progress_of(batch).is_broken

    monkeypatch.setattr(subprocess, "Popen", begun)
    jobs.start(batch, jobs.CHECK, by=batch.uploaded_by)
    assert len(begun.commands) == 1


def test_what_the_work_rests_on_is_not_stored_where_it_cannot_be(batch, begun):
    def broken():
        raise KeyError("basis")

    with pytest.raises(KeyError):
        jobs.start(batch, jobs.WRITE, by=batch.uploaded_by, ground=broken)

    assert progress_of(batch).is_broken
    assert begun.commands == []
