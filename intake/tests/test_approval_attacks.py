"""Twenty ways round the approval, each refused, nothing changed, each written down; and what a
form brings beside its own fields, which is passed over."""

import pytest

from accounts.models import AuditEvent, Installation, Role, User
from cadres.actions import change_cadre
from cadres.edits import adding, all_plain
from cadres.models import Cadre, Change, Edit, Holding, Qualification, Rating
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
)
from intake.models import Proposal, ProposalItem
from intake.proposals import digest_of
from intake.tests.clients import signed_in
from intake.tests.test_proposals import BASIS, LEVEL, draft_level, draft_residence, send

pytestmark = pytest.mark.django_db
WRITTEN = (Cadre, Holding, Qualification, Rating, Change, Edit, Proposal, ProposalItem, User)


class World:
    """A commune with a person, its clerk and head, the district, and a proposal that waits."""

    def __init__(self):
        self.unit, self.other_unit = make_commune("Xã Nhà"), make_commune("Xã Bạn")
        self.person = make_holding(make_cadre("Nguyễn Thị Hà"), commune=self.unit).cadre
        self.stranger = make_holding(make_cadre("Lê Văn Lạ"), commune=self.other_unit).cadre
        self.clerk = signed_in(Role.COMMUNE_CLERK, self.unit)
        self.colleague = signed_in(Role.COMMUNE_CLERK, self.unit)
        self.head = signed_in(Role.COMMUNE_HEAD, self.unit)
        self.other_head = signed_in(Role.COMMUNE_HEAD, self.other_unit)
        self.other_clerk = signed_in(Role.COMMUNE_CLERK, self.other_unit)
        self.hr = signed_in(Role.DISTRICT_HR)
        self.waiting = draft_level(self.clerk, self.person)
        send(self.clerk, self.waiting)

    def decision(self, proposal=None, **changed):
        proposal = proposal or self.waiting
        proposal.refresh_from_db()
        items = list(proposal.items.filter(state="open"))
        return {"version": proposal.version, "digest": digest_of(items), "tat-ca": "1", **changed}

    def decide(self, client, proposal=None, **changed):
        proposal = proposal or self.waiting
        form = self.decision(proposal, **changed)
        return client.post(f"/duyet/{proposal.pk}/quyet-dinh/", form)

    def step(self, client, step, proposal=None, **form):
        proposal = proposal or self.waiting
        proposal.refresh_from_db()
        sent = {"version": proposal.version, **form}
        return client.post(f"/duyet/{proposal.pk}/{step}/", sent)

    def own(self):
        """A proposal by the district's own staff."""
        proposal = Proposal.objects.create(
            author=self.hr.user, state="pending", basis=make_basis(), title="Của mình"
        )
        edit = adding(Rating(cadre=self.person, year=2022, level=3)).as_plain()
        proposal.items.create(
            cadre=self.person, kind="record", table="cadres.rating", action="add", edits=[edit]
        )
        return proposal

    def second(self):
        """Another proposal that waits, of the other commune."""
        proposal = draft_level(self.other_clerk, self.stranger)
        send(self.other_clerk, proposal)
        return proposal


def author_approves(w):
    own = w.own()
    return lambda: w.decide(w.hr, own)


def clerk_approves(w):
    return lambda: w.decide(w.clerk)


def head_approves(w):
    return lambda: w.decide(w.head)


def leader_approves(w):
    leader = signed_in(Role.LEADER)
    return lambda: w.decide(leader)


def administrator_approves(w):
    administrator = signed_in(Role.ADMIN)
    return lambda: w.decide(administrator)


def approved_twice(w):
    form = w.decision()
    w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)
    return lambda: w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)


def approved_on_an_old_version(w):
    return lambda: w.decide(w.hr, version=w.waiting.version - 1)


def approved_with_another_content(w):
    return lambda: w.decide(w.hr, digest="0" * 64)


def approved_after_it_was_mended(w):
    form = w.decision()
    w.step(w.clerk, "lay-lai")
    item = w.waiting.items.get()
    w.clerk.post(f"/can-bo/{w.person.pk}/van-bang/them/?muc={item.pk}", {**LEVEL, "major": "Khác"})
    send(w.clerk, w.waiting)
    return lambda: w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)


def approved_after_it_was_withdrawn(w):
    form = w.decision()
    w.step(w.clerk, "rut")
    return lambda: w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)


def approved_on_a_record_that_moved(w):
    proposal = draft_residence(w.clerk, w.person)
    send(w.clerk, proposal)
    change_cadre(w.person.pk, {"residence": "Khác"}, ground=make_ground(w.hr.user), version=1)
    return lambda: w.decide(w.hr, proposal)


def item_of_another_proposal(w):
    other = w.second().items.get()
    form = {name: value for name, value in w.decision().items() if name != "tat-ca"}
    form[f"phan-{other.pk}"] = "duyet"
    return lambda: w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)


def item_that_is_not_there(w):
    form = {name: value for name, value in w.decision().items() if name != "tat-ca"}
    form["phan-999999999"] = "duyet"
    return lambda: w.hr.post(f"/duyet/{w.waiting.pk}/quyet-dinh/", form)


def approved_before_the_head_confirmed(w):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    w.step(w.clerk, "lay-lai")
    send(w.clerk, w.waiting)
    return lambda: w.decide(w.hr)


def clerk_confirms(w):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    w.step(w.clerk, "lay-lai")
    send(w.clerk, w.waiting)
    return lambda: w.step(w.clerk, "xac-nhan")


def head_of_another_commune_confirms(w):
    Installation.objects.update_or_create(pk=1, defaults={"head_confirms": True})
    w.step(w.clerk, "lay-lai")
    send(w.clerk, w.waiting)
    return lambda: w.step(w.other_head, "xac-nhan")


def colleague_sends_anothers_draft(w):
    w.step(w.clerk, "lay-lai")
    return lambda: w.step(w.colleague, "gui", title="Gửi hộ", **BASIS)


def colleague_mends_anothers_draft(w):
    w.step(w.clerk, "lay-lai")
    item = w.waiting.items.get()
    url = f"/can-bo/{w.person.pk}/van-bang/them/?muc={item.pk}"
    return lambda: w.colleague.post(url, LEVEL)


def colleague_drops_from_anothers_draft(w):
    w.step(w.clerk, "lay-lai")
    item = w.waiting.items.get()
    return lambda: w.colleague.post(f"/duyet/{w.waiting.pk}/muc/{item.pk}/bo/")


def clerk_changes_a_person_of_another_commune(w):
    form = {"full_name": "Đổi Tên", "sex": "M", "version": 1}
    return lambda: w.clerk.post(f"/can-bo/{w.stranger.pk}/sua/", form)


def row_of_another_person_under_ones_own(w):
    theirs = w.stranger.holdings.get()
    url = f"/can-bo/{w.person.pk}/chuc-vu/{theirs.pk}/thoi/"
    return lambda: w.clerk.post(url, {"left_on": "01/06/2023", "version": 1})


def clerk_undoes_a_change(w):
    w.decide(w.hr)
    change = Change.objects.get()
    form = {"version": 2, **BASIS}
    return lambda: w.clerk.post(f"/can-bo/{w.person.pk}/thay-doi/{change.pk}/huy/", form)


def sent_form_is_sent_again(w):
    w.step(w.clerk, "lay-lai")
    w.waiting.refresh_from_db()
    form = {"version": w.waiting.version, "title": "Bổ sung", **BASIS}
    w.clerk.post(f"/duyet/{w.waiting.pk}/gui/", form)
    return lambda: w.clerk.post(f"/duyet/{w.waiting.pk}/gui/", form)


ATTACKS = (
    author_approves, clerk_approves, head_approves, leader_approves, administrator_approves,
    approved_twice, approved_on_an_old_version, approved_with_another_content,
    approved_after_it_was_mended, approved_after_it_was_withdrawn,
    approved_on_a_record_that_moved, item_of_another_proposal, item_that_is_not_there,
    approved_before_the_head_confirmed, clerk_confirms, head_of_another_commune_confirms,
    colleague_sends_anothers_draft, colleague_mends_anothers_draft,
    colleague_drops_from_anothers_draft, clerk_changes_a_person_of_another_commune,
    row_of_another_person_under_ones_own, clerk_undoes_a_change, sent_form_is_sent_again,
)  # fmt: skip


def everything():
    """All that could have been written, row by row."""
    return [
        (model.__name__, row.pk, all_plain(row), getattr(row, "version", None))
        for model in WRITTEN
        for row in model.objects.order_by("pk")
    ]


def refusals():
    return AuditEvent.objects.filter(action="refused").count()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_way_round_the_approval_is_refused_and_written_down(attack):
    attempt = attack(World())
    before, logged = everything(), refusals()

    response = attempt()

    assert response.status_code in (302, 403, 404, 409)
    assert everything() == before
    assert refusals() == logged + 1


def test_the_same_questions_are_answered_where_nothing_is_wrong():
    """The control: what every attack changes by one thing goes through unchanged."""
    world = World()

    world.decide(world.hr)

    world.waiting.refresh_from_db()
    assert world.waiting.state == "approved"
    assert Qualification.objects.count() == Change.objects.count() == 1
    assert refusals() == 0


def test_a_state_or_role_in_the_form_of_sending_is_passed_over():
    world = World()
    world.step(world.clerk, "lay-lai")

    send(world.clerk, world.waiting, state="approved", decided_by=str(world.clerk.user.pk),
         role="DISTRICT_HR")  # fmt: skip

    world.clerk.user.refresh_from_db()
    assert (world.waiting.state, world.waiting.decided_by) == ("pending", None)
    assert world.clerk.user.role == Role.COMMUNE_CLERK


def test_what_is_no_field_of_the_form_never_reaches_an_item():
    world = World()

    draft_residence(world.clerk, world.person)
    item = ProposalItem.objects.latest("pk")
    form = {**item.typed, "is_kept": ["False"], "entered_by": ["1"], "code": ["DT999999"]}
    world.clerk.post(f"/can-bo/{world.person.pk}/sua/?muc={item.pk}", {**form, "version": 1})

    item.refresh_from_db()
    assert set(item.edits[0]["after"]) == {"residence"}


def test_a_clerk_proposes_no_post_in_another_commune():
    world = World()
    form = {"post": make_post().pk, "commune": world.other_unit.pk, "valid_from": "01/06/2023",
            "standing": "recruited"}  # fmt: skip

    page = world.clerk.post(f"/can-bo/{world.person.pk}/chuc-vu/them/", form)

    assert page.status_code == 200
    assert not ProposalItem.objects.filter(table="cadres.holding").exists()
