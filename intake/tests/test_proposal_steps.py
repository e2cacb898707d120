"""What the page of a proposal says of what is missing, of steps made twice, and of what it is."""

import pytest

from accounts.models import AuditEvent, Notice, Role
from intake.models import Proposal
from intake.tests import test_proposals as story
from intake.tests.clients import signed_in
from intake.tests.test_proposals import (
    approve_all,
    draft_level,
    half_returned,
    page_of,
    send,
)

pytestmark = pytest.mark.django_db
unit, person = story.unit, story.person  # fixtures
clerk, head, hr = story.clerk, story.head, story.hr


def unfinished(clerk, person):
    clerk.post(f"/can-bo/{person.pk}/van-bang/them/", {"major": "Luật", "luu": "nhap"})
    return Proposal.objects.get()


def test_an_unfinished_item_names_the_field_that_is_missing(clerk, person):
    proposal = unfinished(clerk, person)

    page = page_of(clerk, proposal).content.decode()

    assert '<p class="form-fault">Nội dung và mức: Trường này là bắt buộc.</p>' in page


def test_sending_what_is_unfinished_without_a_basis_tells_both(clerk, person):
    proposal = unfinished(clerk, person)

    form = {"version": proposal.version, "title": "x", "basis-kind": ""}
    page = clerk.post(f"/duyet/{proposal.pk}/gui/", form).content.decode()

    assert "Chọn loại căn cứ" in page
    summary = page.split("Chưa gửi được")[1].split("</section>")[0]
    assert "Trình độ – Nguyễn Thị Hà: Nội dung và mức" in summary


def test_sending_twice_says_that_it_was_sent(clerk, person):
    proposal = draft_level(clerk, person)
    old = proposal.version
    send(clerk, proposal)

    form = {"version": old, "title": "Bổ sung bằng", **story.BASIS}
    page = clerk.post(f"/duyet/{proposal.pk}/gui/", form, follow=True).content.decode()

    assert "bạn đã gửi duyệt rồi" in page
    assert "Chưa ghi gì" not in page
    assert AuditEvent.objects.filter(action="refused").get().detail == {"why": "again"}


def test_deciding_twice_says_that_one_decided_and_another_is_told_of_the_change(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    approve_all(hr, proposal)
    other = signed_in(Role.DISTRICT_HR)

    form = {"version": 2, "digest": "x", "tat-ca": "1"}
    path = f"/duyet/{proposal.pk}/quyet-dinh/"
    mine = hr.post(path, form, follow=True).content.decode()
    theirs = other.post(path, form, follow=True).content.decode()

    assert "Kết quả của đề nghị này bạn đã ghi rồi" in mine
    assert "Chưa ghi gì" in theirs


def test_notices_say_which_proposal_by_number_and_parts_and_name_nobody(clerk, person, hr):
    proposal = half_returned(clerk, person, hr)

    words = Notice.objects.get(user=clerk.user, kind="returned").text

    assert words == f"Huyện trả lại 1 mục của đề nghị số {proposal.pk} (Trình độ, Nhân thân)"
    assert f"Đề nghị số {proposal.pk}" in page_of(clerk, proposal).content.decode()


def test_what_was_approved_in_part_is_not_offered_to_be_dropped_whole(clerk, person, hr):
    returned = page_of(clerk, half_returned(clerk, person, hr)).content.decode()

    assert "Bỏ cả bản nháp" not in returned
    assert "không bỏ cả đề nghị được" in returned


def test_a_draft_is_offered_to_be_dropped_whole(clerk, person):
    assert "Bỏ cả bản nháp" in page_of(clerk, draft_level(clerk, person)).content.decode()


def test_the_form_that_decides_is_of_those_who_decide(clerk, person, head, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    assert "quyet-dinh/" not in page_of(head, proposal).content.decode().split("<main")[1]
    assert f"/duyet/{proposal.pk}/quyet-dinh/" in page_of(hr, proposal).content.decode()
