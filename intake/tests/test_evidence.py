"""What was approved stays on the papers on which it was: none joins them unseen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres.attachments import set_aside, store_scans
from cadres.tests.factories import make_award
from daitu_portal.file_content import checked
from daitu_portal.tests.scans import pdf
from intake.models import ProposalItem
from intake.proposals import digest_of
from intake.tests import test_proposals as story
from intake.tests.test_proposals import approve_all, decide, draft_level, draft_residence, send

pytestmark = pytest.mark.django_db
unit, person = story.unit, story.person  # fixtures
clerk, head, hr = story.clerk, story.head, story.hr


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def scan(name="a.pdf", tail=b""):
    return SimpleUploadedFile(name, pdf() + tail)


def names(basis):
    return sorted(each.name for each in basis.scans.all())


def on(basis, *scans):
    new = {f"basis-{name}": "" for name in ("number", "signed_on", "issuer")}
    return {**new, "basis-recent": basis.pk, "basis-scans": list(scans), "basis-reason": "Thêm"}


@pytest.mark.parametrize("is_approved", [True, False], ids=["approved", "waits"])
def test_a_clerk_adds_no_scan_to_what_was_sent_on_a_basis(clerk, person, hr, is_approved):
    first = draft_level(clerk, person)
    send(clerk, first, **{"basis-scans": scan()})
    if is_approved:
        approve_all(hr, first)
        person.refresh_from_db()
    second = draft_residence(clerk, person)

    answer = send(clerk, second, **on(first.basis, scan("khác.pdf", b"\n")))

    assert (answer.status_code, second.state) == (400, "draft")
    assert "nhập căn cứ mới cùng bản quét" in answer.content.decode()
    assert names(first.basis) == ["a.pdf"]
    assert send(clerk, second, **{"basis-scans": scan("khác.pdf", b"\n")}).status_code == 302
    assert names(second.basis) == ["khác.pdf"]


def test_the_same_basis_without_a_new_scan_serves_again(clerk, person, hr):
    first = draft_level(clerk, person)
    send(clerk, first, **{"basis-scans": scan()})
    approve_all(hr, first)
    person.refresh_from_db()
    second = draft_residence(clerk, person)

    send(clerk, second, **on(first.basis))

    assert (second.state, second.basis) == ("pending", first.basis)


def test_what_came_back_for_want_of_a_scan_is_given_one(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    item = proposal.items.get()
    decide(hr, proposal, {f"phan-{item.pk}": "tra", f"ly-do-{item.pk}": "Thiếu bản quét"})
    assert proposal.state == "returned"

    send(clerk, proposal, **on(proposal.basis, scan()))

    assert (proposal.state, names(proposal.basis)) == ("pending", ["a.pdf"])


def test_the_district_adds_a_scan_which_is_logged_and_dated(client, person):
    hr = make_user()
    client.force_login(hr, "accounts.backends.WithCommune")
    decision = {"basis-kind": "decision", "basis-number": "9/QĐ-UBND",
                "basis-signed_on": "05/01/2023", "basis-issuer": "UBND huyện",
                "basis-reason": "Khen thưởng"}  # fmt: skip
    award = make_award(person)
    client.post(f"/can-bo/{person.pk}/khen-thuong/{award.pk}/", award_form(award, **decision))
    basis = person.changes.get().basis
    assert not AuditEvent.objects.filter(subject_type="basis").exists()

    client.post(f"/can-bo/{person.pk}/khen-thuong/{award.pk}/",
                award_form(award, detail="Lần hai", version=2, **on(basis, scan())))  # fmt: skip

    added = basis.scans.get()
    event = AuditEvent.objects.get(action="change", subject_type="basis")
    assert (event.actor, event.subject_ids) == (hr, [basis.pk])
    assert event.detail == {"scans_added": {str(added.pk): added.sha256}}
    page = client.get(f"/nhap-lieu/quyet-dinh/{basis.pk}/").content.decode()
    assert "tải lên" in page


def award_form(award, **fields):
    return {"kind": award.kind, "system": award.system, "year": award.year, "detail": "Lần một",
            "version": 1, **fields}  # fmt: skip


def test_an_approval_is_of_the_papers_that_the_page_showed(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal, **{"basis-scans": scan()})
    seen = digest_of(list(proposal.items.all()))
    file = checked(scan("thêm.pdf", b"\n"), "thêm.pdf")
    added = store_scans([file], basis=proposal.basis, by=hr.user)

    answer = decide(hr, proposal, {"tat-ca": "1"}, digest=seen)

    assert (answer.status_code, proposal.state) == (302, "pending")
    set_aside(added[0])
    decide(hr, proposal, {"tat-ca": "1"}, digest=seen)
    assert proposal.state == "approved"


def test_the_digest_asks_once_however_many_items(clerk, person, django_assert_num_queries):
    proposal = draft_level(clerk, person)
    send(clerk, proposal, **{"basis-scans": scan()})
    ProposalItem.objects.bulk_create(
        ProposalItem(proposal=proposal, kind="record", table="cadres.award") for _ in range(20)
    )
    items = list(proposal.items.all())

    with django_assert_num_queries(1):
        digest_of(items)
