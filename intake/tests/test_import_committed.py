"""An import as it is outside the tests' own transaction: read before the write, and written."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, RecordVersion
from cadres.tests.factories import make_cadre
from intake import batches
from intake.models import ImportBatch
from intake.tests import books

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh"]
BASIS = {"basis-kind": "declaration", "basis-number": "01/TK", "basis-reason": "Thử"}


@pytest.fixture
def file(tmp_path):
    return books.write(tmp_path / "ds.xlsx", {"Cán bộ": [HEAD, ["", "Trần Thị Lan", "Nữ", "1980"]]})


def previewed(path):
    batch = batches.keep_file([path.read_bytes()], name=path.name, by=make_user(Role.DISTRICT_HR))
    batches.preview_import(batch, today=timezone.localdate())
    return batch


def test_the_command_line_writes_what_it_read(file):
    make_cadre("Nguyễn Văn An")  # a record with a version

    call_command("import_cadres", str(file))

    assert RecordVersion.objects.exists()
    assert Cadre.objects.filter(full_name="Trần Thị Lan").count() == 1
    assert ImportBatch.objects.get().state == ImportBatch.State.DONE


def test_a_page_reads_the_file_before_it_opens_the_transaction(file, monkeypatch):
    batch, seen = previewed(file), []
    read = batches.read_file
    monkeypatch.setattr(
        batches, "read_file",
        lambda *a, **k: seen.append(connection.in_atomic_block) or read(*a, **k),
    )  # fmt: skip
    client = Client()
    client.force_login(batch.uploaded_by)

    client.post(f"{batch.get_absolute_url()}ghi/", BASIS)

    batch.refresh_from_db()
    assert (batch.state, seen) == (ImportBatch.State.DONE, [False])


def test_what_is_written_between_the_comparison_and_the_write_is_compared_again(file, monkeypatch):
    batch, planned = previewed(file), []
    look = batches.look_at

    def somebody_writes(*args, **more):
        found = look(*args, **more)
        if not planned:
            make_cadre("Lê Văn Bình")
        planned.append(1)
        return found

    monkeypatch.setattr(batches, "look_at", somebody_writes)

    batches.confirm_import(batch, by=batch.uploaded_by, today=timezone.localdate())

    assert len(planned) == 2
    assert Cadre.objects.filter(full_name="Trần Thị Lan").count() == 1
