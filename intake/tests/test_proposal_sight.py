"""When the district may read a proposal: from when it came to it, and not before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Installation, Role
from cadres.tests.factories import make_commune
from daitu_portal.tests.scans import pdf
from intake.models import Proposal
from intake.tests import test_proposals as story
from intake.tests.clients import signed_in
from intake.tests.test_proposals import (
    approve_all,
    decide,
    draft_level,
    draft_residence,
    page_of,
    send,
)

pytestmark = pytest.mark.django_db
unit, person = story.unit, story.person  # fixtures
clerk, head, hr = story.clerk, story.head, story.hr


@pytest.fixture
def heads_confirm():
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})


def step(client, proposal, what, **fields):
    proposal.refresh_from_db()
    path = f"/duyet/{proposal.pk}/{what}/"
    response = client.post(path, {"version": proposal.version, **fields})
    assert response.status_code == 302, response.content.decode()
    proposal.refresh_from_db()


def test_a_draft_that_was_withdrawn_unsent_is_not_read_by_the_district(clerk, person, hr):
    proposal = draft_level(clerk, person)

    step(clerk, proposal, "rut")

    assert proposal.state == "withdrawn"
    assert page_of(hr, proposal).status_code == 404
    assert page_of(clerk, proposal).status_code == 200


def test_what_was_sent_and_then_withdrawn_stays_readable(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    step(clerk, proposal, "rut")

    assert page_of(hr, proposal).status_code == 200


def test_what_was_taken_back_to_mend_and_then_withdrawn_is_not_read(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    step(clerk, proposal, "lay-lai")

    step(clerk, proposal, "rut")

    assert page_of(hr, proposal).status_code == 404


def test_before_the_head_confirmed_the_district_reads_nothing(
    clerk, person, head, hr, heads_confirm
):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    assert proposal.state == "to_confirm"
    assert page_of(hr, proposal).status_code == 404
    assert page_of(head, proposal).status_code == 200

    step(head, proposal, "xac-nhan")

    assert page_of(hr, proposal).status_code == 200


@pytest.mark.parametrize("what", ["head", "author"])
def test_what_never_got_past_the_head_is_not_read(clerk, person, head, hr, heads_confirm, what):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    if what == "head":
        step(head, proposal, "tra-lai", reason="Thiếu bằng")
    else:
        step(clerk, proposal, "rut")

    assert page_of(hr, proposal).status_code == 404
    assert page_of(clerk, proposal).status_code == 200


def test_what_the_district_returned_stays_readable_to_it(clerk, person, head, hr, heads_confirm):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    step(head, proposal, "xac-nhan")
    item = proposal.items.get()

    decide(hr, proposal, {f"phan-{item.pk}": "tra", f"ly-do-{item.pk}": "Thiếu bản quét"})

    assert proposal.state == "returned"
    assert page_of(hr, proposal).status_code == 200


def test_the_boxes_of_the_district_count_nothing_that_waits_for_a_head(
    clerk, person, hr, heads_confirm
):
    send(clerk, draft_level(clerk, person))

    assert not Proposal.objects.visible_to(hr.user).exists()


def test_a_clerk_who_moved_goes_on_with_no_draft_of_the_old_commune(clerk, person):
    proposal = draft_residence(clerk, person)
    clerk.user.commune = make_commune("Xã Bạn")
    clerk.user.save()
    clerk.force_login(clerk.user, "accounts.backends.WithCommune")
    proposal.refresh_from_db()

    for what in ("rut", "lay-lai", "gui"):
        form = {"version": proposal.version, "title": "x"}
        assert clerk.post(f"/duyet/{proposal.pk}/{what}/", form).status_code == 404


def scan_of(proposal):
    return proposal.basis.scans.get()


def read(client, scan):
    return client.get(f"/can-bo/tep/{scan.key}/").status_code


@pytest.fixture
def scanned(settings, tmp_path, heads_confirm):
    settings.MEDIA_ROOT = tmp_path / "files"

    def to_head(clerk, person, **fields):
        proposal = draft_level(clerk, person)
        upload = SimpleUploadedFile("bằng thạc sĩ.pdf", pdf())
        send(clerk, proposal, **{"basis-scans": upload, **fields})
        assert proposal.state == "to_confirm"
        return proposal

    return to_head


def test_the_head_who_confirms_reads_the_scan_that_the_clerk_put_up(
    clerk, person, head, hr, scanned
):
    proposal = scanned(clerk, person)
    scan = scan_of(proposal)

    assert "bằng thạc sĩ.pdf" in page_of(head, proposal).content.decode()
    assert read(head, scan) == 200
    step(head, proposal, "xac-nhan")
    approve_all(hr, proposal)
    assert proposal.state == "approved"
    assert read(head, scan) == 200


def test_the_head_of_another_commune_reads_no_scan_of_a_proposal(clerk, person, scanned):
    scan = scan_of(scanned(clerk, person))

    stranger = signed_in(Role.COMMUNE_HEAD, make_commune("Xã Bạn"))

    assert read(stranger, scan) == 404
