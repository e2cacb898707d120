"""How far the work on a long file is: told by a process, read by every page."""

import json
import os
import subprocess
import sys
import time
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from cadres.models import Cadre
from daitu_portal.tests.reading_here import stay_here
from intake import jobs
from intake.models import ImportBatch
from intake.progress import CHECKING, READING, Progress, Reporter, path_of, progress_of
from intake.tests.old_lists import PEOPLE, drawn, fresh, make_unit, page_of, saved, sent

pytestmark = pytest.mark.django_db
State = ImportBatch.State


@pytest.fixture
def batch(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = ImportBatch.objects.create(file_name="a.xlsx", file_size=1, state=State.READING)
    found.path.parent.mkdir(parents=True)
    return found


def test_a_batch_on_which_nobody_works_has_no_progress(batch):
    assert progress_of(batch) is None
    assert not jobs.is_at_work(batch)

    path_of(batch).write_text("{")
    assert progress_of(batch) is None


def test_a_reporter_tells_its_step_and_its_end(batch):
    report = Reporter(batch, READING)
    assert progress_of(batch).words == "Đang đọc tệp"
    assert jobs.is_at_work(batch)

    report(CHECKING, 500)
    told = progress_of(batch)
    assert (told.step, told.done, told.is_working) == (CHECKING, 500, True)

    report(CHECKING, 501)  # too soon to write again
    assert progress_of(batch).done == 500

    report.end("Đã ghi 3 dòng.")
    told = progress_of(batch)
    assert (told.said, told.is_working, told.is_broken) == ("Đã ghi 3 dòng.", False, False)


def test_a_process_that_died_is_told_as_broken(batch):
    process = subprocess.Popen([sys.executable, "-c", ""])
    while progress_dead(process.pid):  # a child not waited for is dead too
        time.sleep(0.01)
    told = Progress(process.pid, READING, 0, time.time(), time.time())
    assert told.is_broken
    process.wait()
    assert told.is_broken


def progress_dead(pid):
    return Progress(pid, READING, 0, time.time(), time.time()).is_working


def test_a_process_that_is_silent_for_long_is_taken_for_dead():
    now = time.time()

    assert Progress(os.getpid(), READING, 0, now - 10, now).is_working
    assert not Progress(os.getpid(), READING, 0, now - 1000, now).is_working
    assert Progress(1, READING, 0, now, now).is_working  # another's process, perhaps


@pytest.fixture
def long(monkeypatch):
    """Every file is long, and its work is done at once in this process."""
    stay_here(monkeypatch)
    monkeypatch.setattr(jobs, "LONG", 0)
    told = []

    class Here:
        def __init__(self, command, **more):
            self.command, self.stdin = command, self

        def __enter__(self):
            return self

        def __exit__(self, *error):
            told.append(self.command[2:])

        def write(self, reason):
            self.reason = reason.decode()

    monkeypatch.setattr(subprocess, "Popen", Here)
    return told


def work(monkeypatch, arguments, reason=""):
    monkeypatch.setattr(sys, "stdin", StringIO(reason))
    call_command(*[str(each) for each in arguments])


def test_a_long_file_is_read_and_written_by_processes_of_their_own(hr, long, monkeypatch):
    make_unit()
    batch = sent(hr, drawn(PEOPLE))
    assert batch.state == State.READING
    assert "Đang đọc tệp" in page_of(hr, batch, "tien-do/")
    assert hr.get(f"/nhap-lieu/{batch.pk}/").status_code == 302  # to how far it is
    assert not Cadre.objects.exists()

    work(monkeypatch, long.pop())
    batch = fresh(batch)
    assert batch.state == State.PREVIEW, batch.problems
    following = hr.get(f"/nhap-lieu/{batch.pk}/tien-do/")
    assert following["Location"].endswith("/nhan-dang/")

    hr.post(f"/nhap-lieu/{batch.pk}/ghi/")
    assert fresh(batch).state == State.PREVIEW
    work(monkeypatch, long.pop(), "Thử")
    assert fresh(batch).state == State.DONE
    assert Cadre.objects.count() == 3
    told = hr.get(f"/nhap-lieu/{batch.pk}/tien-do/", follow=True).content.decode()
    assert "Đã ghi 3 dòng" in told


def with_a_cut_sheet(content):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[:200] if "sheet1" in name else part)
    return out.getvalue()


def test_a_long_file_that_cannot_be_read_says_why_on_its_page(hr, long, monkeypatch):
    batch = sent(hr, with_a_cut_sheet(saved(drawn(PEOPLE))))

    work(monkeypatch, long.pop())

    batch = fresh(batch)
    assert batch.state == State.REFUSED
    assert batch.problems[0]["message"]
    assert progress_of(batch).is_ended


def test_work_that_was_cut_off_is_said_and_begun_anew(hr, long, monkeypatch):
    make_unit()
    batch = sent(hr, drawn(PEOPLE))
    told = json.loads(path_of(batch).read_text())
    path_of(batch).write_text(json.dumps(told | {"at": time.time() - 10_000}))

    assert "bị ngắt giữa chừng" in page_of(hr, batch, "tien-do/")
    long.clear()
    hr.post(f"/nhap-lieu/{batch.pk}/kiem-tra/")
    assert long[0][1:] == [str(batch.pk), "check", "--by", str(batch.uploaded_by_id)]
    work(monkeypatch, long.pop())
    assert fresh(batch).state == State.PREVIEW
