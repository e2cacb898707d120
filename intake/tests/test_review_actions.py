"""The steps of a review: who is on a list, which step follows which, what is frozen, races."""

import copy
import threading
from datetime import date

import pytest
from django.db import connection, connections

from accounts.models import Notice, Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, CommuneSuccession, Profile
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
)
from intake import review_actions as actions
from intake.models import ReviewLine, ReviewUnit
from intake.review_page import confirmed_lists, mark_to_confirm
from intake.review_values import values_of
from intake.rules.record_facts import Group

DAY = date(2023, 6, 8)
State = ReviewUnit.State
EVERY_GROUP = [str(group) for group in Group]


def close(review_id):
    """End a review as the page that tells of its unconfirmed lists does."""
    left = ReviewUnit.objects.filter(review=review_id).exclude(state="confirmed").count()
    return actions.close(review_id, unconfirmed=left)


class Office:
    """A commune with a clerk, a head, two people; the district's account; a review of it."""

    def __init__(self, number="019080000017"):
        self.commune, self.post = make_commune("Xã Nhà"), make_post("Tư pháp – hộ tịch")
        self.clerk = make_user(Role.COMMUNE_CLERK, commune=self.commune)
        self.head = make_user(Role.COMMUNE_HEAD, commune=self.commune, full_name="Chủ Tịch Thử")
        self.hr = make_user(Role.DISTRICT_HR)
        self.people = [make_cadre("Nông Văn Một", national_id=number), make_cadre("Hai")]
        for person in self.people:
            make_holding(person, self.post, self.commune)

    def review(self, groups=EVERY_GROUP, communes=None):
        return actions.open_review(
            self.hr, title="Rà soát thử", groups=groups, as_of=DAY, due_on=date(2023, 6, 30),
            communes=communes or [self.commune],
        )  # fmt: skip

    def unit(self, **asked):
        return self.review(**asked).units.get(commune=self.commune)

    def sent(self, **asked):
        unit = self.unit(**asked)
        actions.look_through_all(unit.pk, self.clerk)
        return actions.send(unit.pk, self.clerk)

    def confirm(self, unit):
        unit = ReviewUnit.objects.select_related("review", "commune").get(pk=unit.pk)
        return actions.confirm(unit.pk, self.head, seen=mark_to_confirm(unit, self.head))

    def confirmed(self, **asked):
        return self.confirm(self.sent(**asked))


@pytest.fixture
def office(db):
    return Office()


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_a_review_lists_those_who_serve_that_day_once_each(office):
    other = make_commune("Xã Bạn")
    make_membership(office.people[0], office.commune)
    make_membership(office.people[1], other)
    left = make_cadre()
    make_holding(left, office.post, office.commune, valid_to=DAY)
    seated = make_cadre()
    make_membership(seated, other)

    review = office.review(communes=[office.commune, other])

    lists = {unit.commune: {line.cadre for line in unit.lines.all()} for unit in review.units.all()}
    assert lists == {office.commune: set(office.people), other: {seated}}
    assert told(office.clerk) == ["task"]
    assert told(office.head) == []


def test_the_clerk_of_what_became_another_unit_is_told(office):
    later = make_commune("Xã Mới")
    CommuneSuccession.objects.create(
        old=office.commune, new=later, effective_on=date(2023, 1, 1), share="whole", document="x"
    )

    office.review(communes=[later])

    assert told(office.clerk) == ["task"]


def test_ticks_and_notes_are_kept_by_who_made_them(office):
    unit = office.unit()
    first, second = unit.lines.order_by("pk")

    number = actions.look_through(
        unit.pk, office.clerk, shown=[first.pk, second.pk], ticked=[first.pk],
        notes={first.pk: "đã hỏi lại"},
    )  # fmt: skip

    first.refresh_from_db()
    assert number == 1
    assert (first.checked_by, first.note) == (office.clerk, "đã hỏi lại")
    actions.look_through(unit.pk, office.head, shown=[first.pk], ticked=[first.pk], notes={})
    first.refresh_from_db()
    assert first.checked_by == office.clerk
    actions.look_through(unit.pk, office.clerk, shown=[first.pk], ticked=[], notes={})
    assert not unit.lines.exclude(checked_at=None).exists()


def test_lines_of_another_list_are_not_ticked_through_this_one(office):
    mine, theirs = office.unit(), office.unit()
    line = theirs.lines.first()

    actions.look_through(mine.pk, office.clerk, shown=[line.pk], ticked=[line.pk], notes={})

    line.refresh_from_db()
    assert line.checked_at is None


def test_a_list_is_sent_when_everyone_is_ticked(office):
    unit = office.unit()
    line = unit.lines.first()
    actions.look_through(unit.pk, office.clerk, shown=[line.pk], ticked=[line.pk], notes={})

    with pytest.raises(actions.NotLookedThrough) as left:
        actions.send(unit.pk, office.clerk)
    unit.refresh_from_db()
    assert (left.value.number, unit.state) == (1, State.OPEN)

    actions.look_through_all(unit.pk, office.clerk)
    actions.send(unit.pk, office.clerk)
    unit.refresh_from_db()
    assert (unit.state, unit.sent_by) == (State.SENT, office.clerk)
    assert told(office.head) == ["task"]


def steps(office, unit):
    """Every step of a list by name."""
    return {
        "tick": lambda: actions.look_through(unit.pk, office.clerk, shown=[], ticked=[], notes={}),
        "tick all": lambda: actions.look_through_all(unit.pk, office.clerk),
        "send": lambda: actions.send(unit.pk, office.clerk),
        "send back": lambda: actions.send_back(unit.pk, office.head),
        "confirm": lambda: office.confirm(unit),
        "reopen": lambda: actions.reopen(unit.pk, office.hr),
    }


@pytest.mark.parametrize(
    ("made", "possible"),
    [
        ("unit", {"tick", "tick all", "send"}),
        ("sent", {"send back", "confirm"}),
        ("confirmed", {"reopen"}),
    ],
)
def test_each_state_allows_its_steps_alone(office, made, possible):
    unit = getattr(office, made)()

    for name, step in steps(office, unit).items():
        if name not in possible:
            with pytest.raises(actions.NotInState):
                step()
    unit.refresh_from_db()
    assert unit.state == {"unit": "open"}.get(made, made)


@pytest.mark.parametrize("made", ["unit", "sent", "confirmed"])
def test_nothing_in_a_closed_review_changes(office, made):
    unit = getattr(office, made)()
    close(unit.review_id)

    for step in steps(office, unit).values():
        with pytest.raises(actions.NotInState):
            step()
    with pytest.raises(actions.NotInState):
        close(unit.review_id)
    assert ReviewUnit.objects.get(pk=unit.pk).state == unit.state


def test_the_head_gives_a_list_back_and_the_clerk_is_told_each_time(office):
    unit = office.sent()
    for _ in range(2):
        actions.send_back(unit.pk, office.head)
        actions.send(unit.pk, office.clerk)

    words = Notice.objects.filter(user=office.clerk, kind="returned").values_list("text", flat=True)
    assert list(words) == ["Người đứng đầu trả lại danh sách rà soát: Rà soát thử"] * 2
    assert told(office.head) == ["task"] * 3


def test_confirming_freezes_what_the_list_said_with_name_time_and_mark(office):
    make_qualification(office.people[0], "professional", 4, major="Luật", awarded_on="2009")

    unit = office.confirmed()

    (frozen,) = unit.lines.get(cadre=office.people[0]).frozen
    said = dict(frozen["said"]["groups"])
    assert frozen["confirmed_by"] == "Chủ Tịch Thử"
    assert frozen["said"]["name"] == "Nông Văn Một"
    assert frozen["said"]["checked_by"] == office.clerk.full_name
    assert ["Ngày sinh", "12/05/1980"] in said["Nhân thân"]
    assert ["Chuyên môn", "Đại học, Luật, 2009"] in said["Trình độ"]
    assert said["Chức vụ, cấp ủy"] == [["Tư pháp – hộ tịch", "Xã Nhà, từ 12/05/2021"]]
    assert "019080000017" not in str(frozen)
    assert unit.fingerprint == frozen["fingerprint"]
    assert len(unit.fingerprint) == 64
    assert told(office.hr) == ["decided"]


def test_only_the_groups_of_the_review_are_in_the_list(office):
    unit = office.confirmed(groups=["party"])

    (frozen,) = unit.lines.first().frozen
    assert [label for label, _ in frozen["said"]["groups"]] == ["Đảng"]


def test_what_was_confirmed_stays_whatever_happens_to_the_records(office):
    unit = office.confirmed()
    before = confirmed_lists(unit)
    kept = {line.pk: copy.deepcopy(line.frozen) for line in unit.lines.all()}

    Cadre.objects.filter(pk=office.people[0].pk).update(full_name="Tên Khác", born_on="1990")
    Profile.objects.create(cadre=office.people[1], health="yếu")
    office.people[1].holdings.update(valid_to=date(2022, 1, 1))
    actions.reopen(unit.pk, office.hr)
    late = make_cadre("Người Mới Thấy")
    make_holding(late, office.post, office.commune)

    assert confirmed_lists(unit) == before
    assert before[0].is_sound
    actions.look_through_all(unit.pk, office.clerk)
    actions.send(unit.pk, office.clerk)
    office.confirm(unit)

    assert {pk: ReviewLine.objects.get(pk=pk).frozen[:1] for pk in kept} == kept
    latest, first = confirmed_lists(unit)
    assert first == before[0]
    assert "Tên Khác" in {said["name"] for said in latest.people}
    assert latest.is_sound


def test_a_frozen_list_that_was_tampered_with_says_so(office):
    unit = office.confirmed()
    line = unit.lines.first()
    line.frozen[0]["said"]["name"] = "Người Khác"
    line.save()

    assert not confirmed_lists(unit)[0].is_sound


def test_a_list_that_changed_since_the_head_looked_is_not_confirmed(office):
    unit = office.sent()
    seen = mark_to_confirm(unit, office.head)
    Cadre.objects.filter(pk=office.people[0].pk).update(ethnicity="Tày")

    with pytest.raises(actions.Changed):
        actions.confirm(unit.pk, office.head, seen=seen)

    unit.refresh_from_db()
    assert (unit.state, unit.confirmed_by, unit.fingerprint) == (State.SENT, None, "")
    assert not unit.lines.exclude(frozen=None).exists()


def test_opening_again_unticks_everyone_and_adds_who_serves_by_now(office):
    unit = office.confirmed()
    late = make_cadre()
    make_holding(late, office.post, office.commune)

    actions.reopen(unit.pk, office.hr)

    unit.refresh_from_db()
    assert (unit.state, unit.fingerprint) == (State.OPEN, "")
    assert unit.lines.filter(cadre=late).exists()
    assert not unit.lines.exclude(checked_at=None).exists()
    assert told(office.clerk)[-1] == told(office.head)[-1] == "returned"


def test_of_who_moved_away_since_the_list_says_the_name_alone(office):
    unit = office.sent()
    elsewhere = make_commune("Xã Bạn")
    office.people[1].holdings.update(valid_to=date(2023, 9, 1))
    make_holding(office.people[1], office.post, elsewhere, valid_from=date(2023, 9, 1))

    office.confirm(unit)

    (frozen,) = unit.lines.get(cadre=office.people[1]).frozen
    assert (frozen["said"]["name"], frozen["said"]["groups"]) == ("Hai", [])


def test_values_cost_as_many_queries_for_forty_as_for_one(office, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        values_of([office.people[0].pk], EVERY_GROUP, DAY)
    many = [make_cadre() for _ in range(40)]
    for person in many:
        make_holding(person, office.post, office.commune)
    with django_assert_max_num_queries(8):
        values_of([person.pk for person in many], EVERY_GROUP, DAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["send", "confirm", "reopen", "close"])
def test_of_two_at_once_one_wins(step):
    office = Office()
    unit = {"send": office.unit, "confirm": office.sent}.get(step, office.confirmed)()
    if step == "send":
        actions.look_through_all(unit.pk, office.clerk)
    seen = mark_to_confirm(unit, office.head)
    taken = {
        "send": lambda: actions.send(unit.pk, office.clerk),
        "confirm": lambda: actions.confirm(unit.pk, office.head, seen=seen),
        "reopen": lambda: actions.reopen(unit.pk, office.hr),
        "close": lambda: close(unit.review_id),
    }[step]
    together, outcomes = threading.Barrier(2), []

    def one():
        together.wait()
        try:
            taken()
            outcomes.append("won")
        except actions.NotInState:
            outcomes.append("lost")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["lost", "won"], connection.vendor
    if step == "confirm":
        assert all(len(line.frozen) == 1 for line in unit.lines.all())
