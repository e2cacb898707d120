"""Files of the record: kept with their row or not at all, private, never removed."""

import hashlib
import os
import stat
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres import attachments
from cadres.attachments import (
    read,
    set_aside,
    store,
    store_of_person,
    store_scans,
    storing,
    take_back,
)
from cadres.models import Attachment, Basis
from cadres.tests.factories import make_cadre
from daitu_portal.file_content import checked
from daitu_portal.private_files import HAS_MODES
from daitu_portal.tests.scans import pdf

pytestmark = pytest.mark.django_db
Kind = Attachment.Kind


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Files of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def scan(name="giay.pdf", data=None):
    return checked(BytesIO(data or pdf()), name)


def make_basis(kind=Basis.Kind.DECLARATION, **fields):
    return Basis.objects.create(kind=kind, **fields)


def on_disk(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class Failed(Exception):
    """What goes wrong in a test."""


def two_and_fail(cadre, by):
    """Store two files, one of them in an inner transaction, then fail."""
    with storing():
        first = store(scan(), kind=Kind.OTHER, by=by, cadre=cadre)
        with storing():
            second = store(scan(), kind=Kind.OTHER, by=by, cadre=cadre)
        assert first.path.exists()
        assert second.path.exists()
        raise Failed


def test_a_file_stands_on_disk_under_its_key_as_it_was_sent(folder):
    kept = store(scan("bằng đại học.pdf"), kind=Kind.DIPLOMA, by=make_user(), cadre=make_cadre())

    assert kept.path == folder / "scans" / kept.key[:2] / kept.key
    assert kept.path.read_bytes() == read(kept) == pdf()
    assert (kept.name, kept.size) == ("bằng đại học.pdf", len(pdf()))
    assert kept.sha256 == hashlib.sha256(pdf()).hexdigest()
    assert len(kept.key) == 40
    assert "bằng" not in str(kept.path)


@pytest.mark.skipif(not HAS_MODES, reason="Windows has no modes")
def test_nobody_else_on_the_machine_reads_it(folder):
    kept = store(scan(), kind=Kind.OTHER, by=make_user(), cadre=make_cadre())

    modes = [stat.S_IMODE(p.stat().st_mode) for p in (kept.path, *kept.path.parents[:3])]
    assert modes == [0o600, 0o700, 0o700, 0o700]


def test_a_file_goes_with_the_transaction_that_fails(folder):
    cadre, by = make_cadre(), make_user()

    with pytest.raises(Failed):
        two_and_fail(cadre, by)

    assert on_disk(folder) == []
    assert not Attachment.objects.exists()


def test_an_inner_failure_that_is_caught_takes_only_its_own_files(folder):
    cadre, by = make_cadre(), make_user()

    with storing():
        kept = store(scan(), kind=Kind.OTHER, by=by, cadre=cadre)
        with pytest.raises(Failed):
            two_and_fail(cadre, by)

    assert on_disk(folder) == [kept.key]
    assert list(Attachment.objects.all()) == [kept]


def test_a_row_that_the_database_refuses_leaves_no_file(folder):
    cadre = make_cadre()

    with pytest.raises(ValueError, match="belongs"):
        store(scan(), kind=Kind.OTHER, by=make_user())
    with pytest.raises(IntegrityError):
        store(replace(scan(), content_type="text/html"), kind=Kind.OTHER, by=None, cadre=cadre)

    assert on_disk(folder) == []


def test_a_disk_that_is_full_leaves_neither_row_nor_piece(folder, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    cadre = make_cadre()
    monkeypatch.setattr(attachments.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        store(scan(), kind=Kind.OTHER, by=make_user(), cadre=cadre)

    assert on_disk(folder) == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("of_basis", "of_scan"),
    [("decision", "decision"), ("certificate", "diploma"), ("declaration", "declaration")],
)
def test_scans_of_a_basis_are_kept_with_it(of_basis, of_scan):
    said = {"number": "12/QĐ-UBND", "signed_on": "2023-05-12", "issuer": "UBND huyện"}
    basis = make_basis(of_basis, **said)

    kept = store_scans([scan("a.pdf"), scan("b.pdf")], basis=basis, by=make_user())

    assert [(each.basis, each.kind, each.cadre) for each in kept] == [(basis, of_scan, None)] * 2


def test_scans_of_a_basis_are_kept_all_or_none(folder, settings):
    settings.SCANS_A_DAY_BYTES = len(pdf())

    with pytest.raises(ValidationError, match="24 giờ"):
        store_scans([scan(), scan()], basis=make_basis(), by=make_user())

    assert on_disk(folder) == []


def test_a_record_holds_so_much_and_an_account_sends_so_much_a_day(settings):
    cadre, clerk = make_cadre(), make_user(Role.COMMUNE_CLERK)
    settings.SCANS_OF_PERSON_BYTES = 2 * len(pdf())
    for _ in range(2):
        store(scan(), kind=Kind.OTHER, by=clerk, cadre=cadre)

    with pytest.raises(ValidationError, match="Hồ sơ này đã giữ"):
        store(scan(), kind=Kind.OTHER, by=make_user(), cadre=cadre)

    store(scan(), kind=Kind.OTHER, by=clerk, cadre=make_cadre())
    settings.SCANS_A_DAY_BYTES = 3 * len(pdf())
    with pytest.raises(ValidationError, match="24 giờ"):
        store(scan(), kind=Kind.OTHER, by=clerk, cadre=make_cadre())
    store(scan(), kind=Kind.OTHER, by=make_user(), cadre=make_cadre())


def test_what_is_set_aside_stays_on_disk_and_can_be_taken_back():
    kept = store(scan(), kind=Kind.OTHER, by=make_user(), cadre=make_cadre())

    assert set_aside(kept)
    assert not set_aside(kept)
    assert not Attachment.objects.kept().exists()
    assert read(kept) == pdf()
    assert take_back(kept)
    assert not take_back(kept)
    assert list(Attachment.objects.kept()) == [kept]


def test_content_that_is_gone_or_changed_is_not_handed_out():
    gone, changed = (
        store(scan(), kind=Kind.OTHER, by=make_user(), cadre=make_cadre()) for _ in range(2)
    )
    gone.path.unlink()
    changed.path.write_bytes(pdf() + b" ")

    assert read(gone) is None
    assert read(changed) is None


def checked_files(*options):
    """(whether all is well, what the command prints)."""
    out = StringIO()
    try:
        call_command("check_files", *options, stdout=out)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


def test_the_check_reads_every_file_again(folder):
    whole, gone, changed = (
        store(scan(), kind=Kind.OTHER, by=None, cadre=make_cadre()) for _ in range(3)
    )
    assert checked_files() == (True, "3 tệp, 0 lỗi, 0 tệp thừa\n")

    gone.path.unlink()
    changed.path.write_bytes(b"x")
    is_well, told = checked_files()

    assert not is_well
    assert f"mất: số {gone.pk}" in told
    assert f"bị đổi: số {changed.pk}" in told
    assert whole.key not in told


def test_a_file_that_no_row_names_is_told_and_removed_only_when_asked(folder):
    kept = store(scan(), kind=Kind.OTHER, by=None, cadre=make_cadre())
    old, young = (kept.path.with_name(name) for name in ("a" * 40, "b" * 40))
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))

    is_well, told = checked_files()

    assert not is_well
    assert f"không thuộc hồ sơ nào: {old.name}" in told
    assert young.name not in told  # of a transaction that may be open still
    assert checked_files("--remove-orphans")[0]
    assert on_disk(folder) == sorted([kept.key, young.name])


def test_a_form_sent_twice_keeps_a_file_once():
    cadre, by = make_cadre(), make_user()
    store_of_person([scan("a.pdf")], cadre=cadre, kind=Kind.OTHER, by=by)

    again = store_of_person(
        [scan("b.pdf"), scan("c.pdf", pdf(version=b"1.4"))], cadre=cadre, kind=Kind.OTHER, by=by
    )

    assert ([each.name for each in again[0]], again[1]) == (["c.pdf"], ["b.pdf"])
    assert Attachment.objects.count() == 2
