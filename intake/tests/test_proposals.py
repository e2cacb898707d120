"""A clerk's changes on their way: drafted, sent, confirmed, decided part by part, never lost."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent, Installation, Notice, Role
from cadres.actions import change_cadre, save_record
from cadres.edits import adding
from cadres.models import Cadre, Change, Commune, Holding, Qualification, Rating
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
    make_qualification,
)
from intake.models import Proposal, ProposalItem
from intake.tests.clients import signed_in

pytestmark = pytest.mark.django_db

BASIS = {"basis-kind": "declaration", "basis-number": "01/TK", "basis-signed_on": "05/01/2023"}
LEVEL = {"level": "professional:4", "awarded_on": "2022", "major": "Luật", "evidence": "diploma"}


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def person(unit):
    cadre = make_cadre("Nguyễn Thị Hà", residence="Xóm Cũ")
    make_holding(cadre, commune=unit, valid_from=date(2020, 1, 1))
    return cadre


@pytest.fixture
def clerk(unit):
    return signed_in(Role.COMMUNE_CLERK, unit)


@pytest.fixture
def head(unit):
    return signed_in(Role.COMMUNE_HEAD, unit)


@pytest.fixture
def hr():
    return signed_in(Role.DISTRICT_HR)


def draft_level(clerk, person, **fields):
    response = clerk.post(f"/can-bo/{person.pk}/van-bang/them/", {**LEVEL, **fields})
    assert response.status_code == 302, response.content.decode()
    return Proposal.objects.latest("pk")


def draft_residence(clerk, person, residence="Xóm Mới"):
    form = {"full_name": person.full_name, "sex": person.sex, "born_on": str(person.born_on),
            "residence": residence, "version": person.version}  # fmt: skip
    response = clerk.post(f"/can-bo/{person.pk}/sua/", form)
    assert response.status_code == 302, response.content.decode()
    return Proposal.objects.latest("pk")


def send(clerk, proposal, **fields):
    proposal.refresh_from_db()
    form = {"version": proposal.version, "title": "Bổ sung bằng", **BASIS, **fields}
    response = clerk.post(f"/duyet/{proposal.pk}/gui/", form)
    proposal.refresh_from_db()
    return response


def page_of(client, proposal):
    return client.get(f"/duyet/{proposal.pk}/")


def decide(client, proposal, choices, **fields):
    proposal.refresh_from_db()
    from intake.proposals import digest_of

    items = list(proposal.items.filter(state="open"))
    form = {"version": proposal.version, "digest": digest_of(items), **choices, **fields}
    response = client.post(f"/duyet/{proposal.pk}/quyet-dinh/", form)
    proposal.refresh_from_db()
    return response


def half_returned(clerk, person, hr, why="Thiếu giấy"):
    """A proposal of which one part was approved and the other came back."""
    draft_level(clerk, person)
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    level, residence = proposal.items.order_by("pk")
    decide(hr, proposal, {f"phan-{level.pk}": "duyet", f"phan-{residence.pk}": "tra",
                          f"ly-do-{residence.pk}": why})  # fmt: skip
    assert proposal.state == "returned"
    return proposal


def approve_all(client, proposal, **fields):
    return decide(client, proposal, {"tat-ca": "1"}, **fields)


# -- the draft ------------------------------------------------------------------------------------


def test_what_a_clerk_enters_is_a_draft_and_not_in_the_record(clerk, person):
    proposal = draft_level(clerk, person)

    assert (proposal.state, proposal.commune) == ("draft", clerk.user.commune)
    assert proposal.items.get().edits[0]["after"]["rank"] == 4
    assert not Qualification.objects.exists()
    assert not Change.objects.exists()


def test_changes_of_one_person_gather_in_one_draft(clerk, person):
    draft_level(clerk, person)
    draft_residence(clerk, person)

    assert Proposal.objects.get().items.count() == 2


def test_a_row_corrected_twice_is_one_item_with_the_last_words(clerk, person):
    draft_residence(clerk, person, "Xóm Một")
    draft_residence(clerk, person, "Xóm Hai")

    item = ProposalItem.objects.get()
    assert item.edits[0]["after"] == {"residence": "Xóm Hai"}
    assert item.edits[0]["before"] == {"residence": "Xóm Cũ"}


def test_an_unfinished_form_is_kept_and_told_what_is_missing(clerk, person):
    response = clerk.post(
        f"/can-bo/{person.pk}/van-bang/them/", {"major": "Luật", "level": "", "luu": "nhap"}
    )

    proposal = Proposal.objects.get()
    assert response["Location"] == f"/duyet/{proposal.pk}/"
    page = page_of(clerk, proposal).content.decode()
    assert "bắt buộc" in page or "Trường này" in page
    item = proposal.items.get()
    assert item.typed["major"] == ["Luật"]
    form = clerk.get(f"/can-bo/{person.pk}/van-bang/them/?muc={item.pk}").content.decode()
    assert 'value="Luật"' in form


def test_an_unfinished_draft_cannot_be_sent(clerk, person):
    clerk.post(f"/can-bo/{person.pk}/van-bang/them/", {"level": "", "luu": "nhap"})
    proposal = Proposal.objects.get()

    response = send(clerk, proposal)

    assert response.status_code == 400
    assert proposal.state == "draft"


def test_an_item_is_mended_in_its_own_place(clerk, person):
    clerk.post(f"/can-bo/{person.pk}/van-bang/them/", {"level": "", "luu": "nhap"})
    item = ProposalItem.objects.get()

    clerk.post(f"/can-bo/{person.pk}/van-bang/them/?muc={item.pk}", LEVEL)

    again = ProposalItem.objects.get()
    assert (again.pk, again.faults) == (item.pk, {})


def test_a_form_without_any_change_is_no_item(clerk, person):
    form = {"full_name": person.full_name, "sex": "M", "born_on": str(person.born_on),
            "residence": person.residence, "version": 1}  # fmt: skip

    page = clerk.post(f"/can-bo/{person.pk}/sua/", form).content.decode()

    assert "Chưa có gì khác" in page
    assert not ProposalItem.objects.exists()


def test_an_empty_draft_cannot_be_sent(clerk, person):
    proposal = draft_level(clerk, person)
    item = proposal.items.get()
    clerk.post(f"/duyet/{proposal.pk}/muc/{item.pk}/bo/")

    assert send(clerk, proposal).status_code == 400
    assert proposal.state == "draft"


def test_what_the_record_would_refuse_is_told_before_it_is_sent(clerk, person, hr):
    make_qualification(person, major="Luật", awarded_on="2022")
    other = Qualification.objects.get()
    proposal = draft_level(clerk, person)
    assert (other.rank, proposal.items.get().edits[0]["after"]["rank"]) == (4, 4)

    response = send(clerk, proposal)

    assert response.status_code == 400
    assert "đã có đúng dòng này" in response.content.decode()


# -- sending, confirming --------------------------------------------------------------------------


def test_a_sent_proposal_waits_for_the_district_which_is_told(clerk, person, hr):
    proposal = draft_level(clerk, person)

    send(clerk, proposal)

    assert proposal.state == "pending"
    assert proposal.basis.created_by == clerk.user
    assert Notice.objects.get(user=hr.user).url == f"/duyet/{proposal.pk}/"
    assert AuditEvent.objects.filter(action="submit", subject_ids=[proposal.pk]).exists()


def test_where_the_setting_asks_the_head_confirms_first(clerk, person, head, hr):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    assert proposal.state == "to_confirm"
    assert approve_all(hr, proposal).status_code == 404
    assert proposal.state == "to_confirm"

    head.post(f"/duyet/{proposal.pk}/xac-nhan/", {"version": proposal.version})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.confirmed_by) == ("pending", head.user)
    assert proposal.confirmed_at is not None


def test_the_head_sends_back_with_a_reason(clerk, person, head):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    silent = head.post(f"/duyet/{proposal.pk}/tra-lai/", {"version": proposal.version})
    assert silent.status_code == 400
    head.post(
        f"/duyet/{proposal.pk}/tra-lai/", {"version": proposal.version, "reason": "Thiếu bằng"}
    )

    proposal.refresh_from_db()
    assert proposal.state == "returned"
    assert proposal.items.get().return_reason == "Thiếu bằng"
    assert Notice.objects.filter(user=clerk.user, kind="returned").exists()


def test_a_clerk_cannot_confirm_nor_a_head_of_another_commune(clerk, person):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    other = signed_in(Role.COMMUNE_HEAD, make_commune("Xã Bạn"))
    form = {"version": proposal.version}

    assert clerk.post(f"/duyet/{proposal.pk}/xac-nhan/", form).status_code == 403
    assert other.post(f"/duyet/{proposal.pk}/xac-nhan/", form).status_code == 404


def test_what_was_sent_is_taken_back_to_mend_it(clerk, person):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    clerk.post(f"/duyet/{proposal.pk}/lay-lai/", {"version": proposal.version})

    proposal.refresh_from_db()
    assert proposal.state == "draft"


def test_a_withdrawn_proposal_is_kept(clerk, person):
    proposal = draft_level(clerk, person)

    clerk.post(f"/duyet/{proposal.pk}/rut/", {"version": proposal.version})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.items.count()) == ("withdrawn", 1)


# -- deciding -------------------------------------------------------------------------------------


def test_an_approval_writes_the_record_with_author_and_basis(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    approve_all(hr, proposal)

    assert proposal.state == "approved"
    assert Qualification.objects.get().major == "Luật"
    change = Change.objects.get()
    assert (change.source, change.by, change.proposed_by, change.basis) == (
        "approved", hr.user, clerk.user, proposal.basis,
    )  # fmt: skip
    assert proposal.items.get().change == change
    assert Notice.objects.filter(user=clerk.user, kind="decided").exists()


def test_one_section_is_returned_and_the_other_approved(clerk, person, hr):
    proposal = half_returned(clerk, person, hr, "Ghi rõ tên xóm")

    person.refresh_from_db()
    assert (person.residence, Qualification.objects.count()) == ("Xóm Cũ", 1)
    residence = proposal.items.latest("pk")
    assert (residence.state, residence.return_reason) == ("returned", "Ghi rõ tên xóm")


def test_a_returned_section_is_mended_and_only_it_goes_again(clerk, person, hr):
    draft_level(clerk, person)
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    level, residence = proposal.items.order_by("pk")
    decide(hr, proposal, {f"phan-{level.pk}": "duyet", f"phan-{residence.pk}": "tra",
                          f"ly-do-{residence.pk}": "Ghi rõ tên xóm"})  # fmt: skip
    person.refresh_from_db()

    draft_residence(clerk, person, "Xóm Mới, xã Nhà")
    assert Proposal.objects.count() == 1
    send(clerk, proposal)
    approve_all(hr, proposal)

    person.refresh_from_db()
    assert (proposal.state, person.residence) == ("approved", "Xóm Mới, xã Nhà")
    assert Qualification.objects.count() == 1


def test_a_return_without_a_reason_is_asked_again_and_nothing_is_lost(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    item = proposal.items.get()

    response = decide(hr, proposal, {f"phan-{item.pk}": "tra"})

    assert response.status_code == 400
    assert proposal.state == "pending"


def test_a_change_on_a_row_that_moved_is_refused_with_all_versions_shown(clerk, person, hr):
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    change_cadre(person.pk, {"residence": "Xóm Khác"}, ground=make_ground(hr.user), version=1)

    response = approve_all(hr, proposal)

    page = response.content.decode()
    assert response.status_code == 409
    assert all(words in page for words in ("Xóm Cũ", "Xóm Mới", "Xóm Khác"))
    person.refresh_from_db()
    assert (person.residence, proposal.state) == ("Xóm Khác", "pending")
    assert AuditEvent.objects.filter(action="refused", subject_ids=[proposal.pk]).exists()


def test_a_change_of_something_else_meanwhile_forbids_nothing(clerk, person, hr):
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    save_record(Rating(cadre=person, year=2022, level=3), ground=make_ground(hr.user))

    approve_all(hr, proposal)

    person.refresh_from_db()
    assert person.residence == "Xóm Mới"


def test_one_refused_item_leaves_the_whole_approval_unwritten(clerk, person, hr):
    draft_level(clerk, person)
    proposal = draft_residence(clerk, person)
    send(clerk, proposal)
    change_cadre(person.pk, {"residence": "Xóm Khác"}, ground=make_ground(hr.user), version=1)

    approve_all(hr, proposal)

    assert not Qualification.objects.exists()
    assert proposal.items.filter(state="open").count() == 2


def test_a_new_person_comes_with_posts_and_goes_into_the_record_together(clerk, unit, hr):
    clerk.post("/can-bo/them/", {"full_name": "Trần Thị Mới", "sex": "F", "born_on": "1990"})
    proposal = Proposal.objects.get()
    new, post = proposal.items.get(), make_post()
    clerk.post(
        f"/duyet/{proposal.pk}/nguoi-moi/{new.pk}/chuc-vu/",
        {"post": post.pk, "commune": unit.pk, "valid_from": "01/06/2023", "is_main": "on",
         "standing": "recruited"},
    )  # fmt: skip
    send(clerk, proposal)

    approve_all(hr, proposal)

    person = Cadre.objects.get()
    assert (person.full_name, person.entered_by) == ("Trần Thị Mới", clerk.user)
    assert Holding.objects.get().cadre == person
    assert proposal.state == "approved"


def test_a_post_of_a_new_person_waits_until_the_person_is_approved(clerk, unit, hr):
    clerk.post("/can-bo/them/", {"full_name": "Trần Thị Mới", "sex": "F", "born_on": "1990"})
    proposal = Proposal.objects.get()
    new = proposal.items.get()
    clerk.post(
        f"/duyet/{proposal.pk}/nguoi-moi/{new.pk}/chuc-vu/",
        {"post": make_post().pk, "commune": unit.pk, "valid_from": "01/06/2023",
         "standing": "recruited"},
    )  # fmt: skip
    send(clerk, proposal)
    holding = proposal.items.get(table="cadres.holding")

    response = decide(hr, proposal, {f"phan-{holding.pk}": "duyet"})

    assert response.status_code == 409
    assert not Holding.objects.exists()


def test_leaving_a_post_is_proposed_too(clerk, person, hr):
    holding = person.holdings.get()

    clerk.post(
        f"/can-bo/{person.pk}/chuc-vu/{holding.pk}/thoi/",
        {"left_on": "01/06/2023", "version": person.version},
    )
    proposal = Proposal.objects.get()
    send(clerk, proposal)
    holding.refresh_from_db()
    assert holding.valid_to is None
    approve_all(hr, proposal)

    holding.refresh_from_db()
    assert holding.valid_to == date(2023, 6, 1)


# -- who may do what ------------------------------------------------------------------------------


def test_nobody_decides_on_a_proposal_of_their_own(hr, person):
    proposal = Proposal.objects.create(
        author=hr.user, state="pending", basis=make_basis(), title="Của mình"
    )
    edit = adding(Rating(cadre=person, year=2022, level=3)).as_plain()
    proposal.items.create(cadre=person, kind="record", table="cadres.rating", edits=[edit])

    assert approve_all(hr, proposal).status_code == 403

    assert (proposal.state, Rating.objects.count()) == ("pending", 0)
    assert AuditEvent.objects.filter(action="refused", actor=hr.user).exists()


def test_the_database_refuses_an_author_who_decides(hr):
    proposal = Proposal.objects.create(author=hr.user, state="pending")

    with pytest.raises(IntegrityError):
        Proposal.objects.filter(pk=proposal.pk).update(decided_by=hr.user)


def test_a_clerk_sees_the_proposals_of_the_own_commune_alone(clerk, person):
    proposal = draft_level(clerk, person)
    other = signed_in(Role.COMMUNE_CLERK, make_commune("Xã Bạn"))
    colleague = signed_in(Role.COMMUNE_CLERK, clerk.user.commune)

    assert page_of(other, proposal).status_code == 404
    assert page_of(colleague, proposal).status_code == 200
    assert "Gửi duyệt" not in page_of(colleague, proposal).content.decode()


def test_the_district_does_not_see_drafts(clerk, person, hr):
    assert page_of(hr, draft_level(clerk, person)).status_code == 404


def test_a_second_approval_of_the_same_page_changes_nothing(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    version = proposal.version
    approve_all(hr, proposal)

    approve_all(hr, proposal, version=version)

    assert Change.objects.count() == 1


def test_what_was_mended_after_the_page_was_shown_is_not_approved(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    shown = proposal.version
    clerk.post(f"/duyet/{proposal.pk}/lay-lai/", {"version": proposal.version})
    item = proposal.items.get()
    clerk.post(f"/can-bo/{person.pk}/van-bang/them/?muc={item.pk}", {**LEVEL, "major": "Kế toán"})
    send(clerk, proposal)

    approve_all(hr, proposal, version=shown)

    assert proposal.state == "pending"
    assert not Qualification.objects.exists()


# -- the inbox ------------------------------------------------------------------------------------


def test_the_inbox_tells_what_waits_and_of_whom(clerk, person, hr):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)

    page = hr.get("/duyet/").content.decode()

    assert "Bổ sung bằng" in page
    assert "Nguyễn Thị Hà" in page
    assert "Trình độ" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=ha", True), ("q=hung", False), ("phan=Trình độ", True), ("phan=Lương", False)],
)
def test_the_inbox_is_filtered_by_words_name_and_section(clerk, person, hr, asked, found):
    send(clerk, draft_level(clerk, person))

    page = hr.get(f"/duyet/?hop=cho-duyet&{asked}").content.decode()

    assert ("Bổ sung bằng" in page) is found


def test_the_inbox_offers_the_units_of_the_reference_day_and_those_that_proposed(
    clerk, person, unit, hr
):
    gone, ours = make_commune("Xã Đã Nhập"), make_commune("Xã Còn Đây")
    Commune.objects.filter(pk__in=[gone.pk, unit.pk]).update(valid_to=date(2025, 7, 1))
    later = make_commune("Xã Mới Lập", valid_from=date(2025, 7, 1))
    Installation.objects.update_or_create(pk=1, defaults={"reference_on": date(2026, 6, 8)})
    send(clerk, draft_level(clerk, person))

    offered = hr.get("/duyet/").content.decode()

    for each in (unit, ours, later):
        assert f'<option value="{each.pk}"' in offered
    assert f'<option value="{gone.pk}"' not in offered
    Installation.objects.update(reference_on=date(2023, 6, 8))
    offered = hr.get("/duyet/").content.decode()
    assert f'<option value="{gone.pk}"' in offered
    assert f'<option value="{later.pk}"' not in offered


def test_the_inbox_of_one_unit_holds_its_proposals_alone(clerk, person, unit, hr):
    send(clerk, draft_level(clerk, person))
    other = make_commune("Xã Khác")

    assert "Bổ sung bằng" in hr.get(f"/duyet/?xa={unit.pk}").content.decode()
    assert "Bổ sung bằng" not in hr.get(f"/duyet/?xa={other.pk}").content.decode()


@pytest.mark.parametrize("asked", ["xa=99999", "xa=x", "phan=Không có", "q=%25%27%22", "q=_"])
def test_a_condition_that_means_nothing_finds_nothing(clerk, person, hr, asked):
    send(clerk, draft_level(clerk, person))

    page = hr.get(f"/duyet/?{asked}").content.decode()

    assert "Bổ sung bằng" not in page
    assert "0 đề nghị khớp bộ lọc" in page


def test_each_box_holds_what_its_name_says(clerk, person, hr):
    proposal = draft_level(clerk, person)
    assert "Nguyễn Thị Hà" in clerk.get("/duyet/?hop=nhap").content.decode()
    send(clerk, proposal)
    assert "Bổ sung bằng" in clerk.get("/duyet/?hop=da-gui").content.decode()
    item = proposal.items.get()
    decide(hr, proposal, {f"phan-{item.pk}": "tra", f"ly-do-{item.pk}": "Mờ quá"})
    returned = clerk.get("/duyet/?hop=da-tra").content.decode()
    assert "Mờ quá" in returned
    hr.get("/duyet/")  # says what was done
    assert "Bổ sung bằng" not in hr.get("/duyet/").content.decode()


@pytest.mark.parametrize("number", [10, 500])
def test_an_inbox_of_many_changes_costs_twelve_queries_at_most(
    clerk, person, hr, number, django_assert_max_num_queries
):
    proposal = draft_level(clerk, person)
    send(clerk, proposal)
    kept = proposal.items.get()
    ProposalItem.objects.bulk_create(
        ProposalItem(proposal=proposal, cadre=person, kind="record", table=kept.table,
                     action="add", section=kept.section, edits=kept.edits)
        for _ in range(number - 1)
    )  # fmt: skip
    hr.get("/duyet/")

    with django_assert_max_num_queries(12):
        hr.get("/duyet/")
    with django_assert_max_num_queries(12):
        response = hr.get(f"/duyet/{proposal.pk}/")

    assert response.status_code == 200
    assert len(response.content) < 200 * 1024
