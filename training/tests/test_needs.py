"""Needs stated, confirmed, withdrawn; and when one stands again."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections

from accounts.models import Notice, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_post,
    make_qualification,
)
from training.models import Need
from training.needs import (
    MOST_STATED,
    AlreadyStated,
    NotAdmitted,
    Refused,
    Statement,
    confirm_needs,
    state_needs,
    withdraw_need,
)
from training.rules.planning import CLASS_CAPACITY
from training.tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_need,
    make_plan,
    make_plan_line,
    make_programme,
    make_study,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


class World:
    """A commune with its clerk and head, a deputy below trung cấp, the district, a programme."""

    def __init__(self):
        self.commune = make_commune("Xã Nhà")
        self.clerk = make_user(Role.COMMUNE_CLERK, commune=self.commune)
        self.head = make_user(Role.COMMUNE_HEAD, commune=self.commune)
        self.staff = make_user(Role.DISTRICT_HR)
        self.post = make_post("Phó CT MTTQ", group="org_deputy", category="part_time")
        self.programme = make_programme(admission="llct_middle")
        self.deputy = self.someone()

    def someone(self, commune=None, post=None, **fields):
        person = make_cadre(**fields)
        make_holding(person, post or self.post, commune or self.commune)
        make_qualification(person, "political", 1)
        return person

    def statement(self, person=None, **fields):
        return Statement(**{
            "cadre_id": (person or self.deputy).pk, "commune_id": self.commune.pk,
            "answer": Need.Answer.SEND, "year": 2024, "programme_id": self.programme.pk,
            "strand": "political", "rank": 2, **fields,
        })  # fmt: skip

    def state(self, by=None, **fields):
        return state_needs(by=by or self.clerk, statements=[self.statement(**fields)], day=DAY)


@pytest.fixture
def world():
    return World()


def test_what_a_clerk_states_waits_for_the_head_who_is_told(world):
    (need,) = world.state()

    assert need.state == Need.State.STATED
    assert need.stated_by == world.clerk
    notice = Notice.objects.get(user=world.head)
    assert "1 nhu cầu" in notice.text


def test_what_the_district_states_is_confirmed_at_once(world):
    (need,) = world.state(by=world.staff)

    assert (need.state, need.confirmed_by) == (Need.State.CONFIRMED, world.staff)
    assert need.confirmed_at
    assert not Notice.objects.exists()


def test_whoever_may_not_be_sent_needs_a_written_exception(world):
    clerk = world.someone(post=make_post())

    with pytest.raises(NotAdmitted) as refused:
        world.state(person=clerk)
    assert set(refused.value.admissions) == {clerk.pk}
    assert not Need.objects.exists()

    (need,) = world.state(person=clerk, exception_reason="Quy hoạch Phó Bí thư")
    assert need.exception_reason == "Quy hoạch Phó Bí thư"


def test_a_blank_reason_is_no_exception(world):
    clerk = world.someone(post=make_post())

    with pytest.raises(NotAdmitted):
        world.state(person=clerk, exception_reason="   ")


def test_months_after_discipline_ask_for_an_exception_too(world):
    make_discipline(world.deputy, "warning", effective_on=date(2023, 1, 9))

    with pytest.raises(NotAdmitted):
        world.state()


def test_one_who_may_not_be_sent_keeps_all_from_being_stated(world):
    statements = [world.statement(), world.statement(world.someone(post=make_post()))]

    with pytest.raises(NotAdmitted):
        state_needs(by=world.clerk, statements=statements, day=DAY)
    assert not Need.objects.exists()


def test_other_answers_need_a_reason_and_no_admission(world):
    clerk = world.someone(post=make_post())

    with pytest.raises(Refused, match="lý do"):
        world.state(person=clerk, answer="exempt")
    (need,) = world.state(person=clerk, answer="exempt", reason="Đã 58 tuổi", programme_id=None)

    assert (need.answer, need.reason, need.programme_id) == ("exempt", "Đã 58 tuổi", None)


def test_an_exception_is_kept_only_of_who_is_sent(world):
    (need,) = world.state(answer="exempt", reason="Miễn", exception_reason="thừa")

    assert need.exception_reason == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": 1999}, "Năm từ"),
        ({"year": 2101}, "Năm từ"),
        ({"programme_id": None}, "chọn chương trình"),
        ({"programme_id": 10**8}, "không còn mở"),
    ],
)
def test_what_is_missing_is_told(world, fields, words):
    with pytest.raises(Refused, match=words):
        world.state(**fields)


def test_a_programme_that_closed_takes_nobody(world):
    world.programme.is_offered = False
    world.programme.save()

    with pytest.raises(Refused, match="không còn mở"):
        world.state()


def test_nothing_chosen_and_too_much_are_told(world):
    for statements in ([], [world.statement()] * (MOST_STATED + 1)):
        with pytest.raises(Refused):
            state_needs(by=world.clerk, statements=statements, day=DAY)


def test_people_of_another_commune_are_not_stated(world):
    foreign = world.someone(make_commune("Xã Bạn"))

    with pytest.raises(Refused, match="phạm vi"):
        world.state(person=foreign)


def test_the_same_programme_and_year_is_stated_once(world):
    world.state()

    with pytest.raises(AlreadyStated, match=world.deputy.full_name):
        world.state(by=world.staff)
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "is_kept"),
    [
        ({}, False),  # the same programme
        ({"programme_id": None}, False),  # another programme for the same gap
        ({"programme_id": None, "rank": 3}, True),
        ({"answer": "exempt", "reason": "Miễn"}, True),
    ],
)
def test_beside_an_open_need_of_another_year_nobody_is_sent_again(world, fields, is_kept):
    world.state(year=2023)
    if "programme_id" in fields:
        fields["programme_id"] = make_programme("Cao cấp", rank=3).pk

    if is_kept:
        assert world.state(year=2024, **fields)
        return
    with pytest.raises(AlreadyStated, match="đã có nhu cầu năm 2023 chưa đáp ứng; rút") as refused:
        world.state(year=2024, **fields)
    assert world.deputy.full_name in refused.value.words
    assert Need.objects.count() == 1


@pytest.mark.parametrize("result", ["passed", "failed"])
def test_a_need_that_was_answered_bars_no_other_year(world, result):
    (need,) = world.state(year=2022)
    make_enrolment(make_class(ends_on=date(2023, 3, 9)), world.deputy, need=need, result=result)

    assert world.state(year=2024)


def test_twice_in_one_statement_is_refused_too(world):
    with pytest.raises(AlreadyStated):
        state_needs(by=world.clerk, statements=[world.statement()] * 2, day=DAY)


def test_an_answer_without_programme_stands_once_for_the_gap(world):
    told = {"answer": "exempt", "reason": "Miễn", "programme_id": None}
    world.state(**told)

    with pytest.raises(AlreadyStated):
        world.state(**told)
    world.state(**told, strand="professional", rank=4)


def test_many_names_are_cut(world):
    people = [world.someone() for _ in range(7)]
    statements = [world.statement(each) for each in people]
    state_needs(by=world.clerk, statements=statements, day=DAY)

    with pytest.raises(AlreadyStated, match="và 2 người khác"):
        state_needs(by=world.clerk, statements=statements, day=DAY)


def test_a_row_that_slipped_in_is_told_in_words(world, monkeypatch):
    def slipped(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(Need.objects, "bulk_create", slipped)

    with pytest.raises(AlreadyStated, match="vừa có người"):
        world.state()


def test_a_withdrawn_need_may_be_stated_again(world):
    (need,) = world.state()
    withdraw_need(by=world.clerk, need_id=need.pk)

    world.state()

    assert Need.objects.standing().count() == 1


def test_the_head_confirms_those_of_the_commune_alone(world):
    mine, other = make_need(commune=world.commune), make_need(commune=make_commune())

    done = confirm_needs(by=world.head, keys=[mine.pk, other.pk])

    assert done == [mine]
    mine.refresh_from_db()
    assert (mine.state, mine.confirmed_by) == (Need.State.CONFIRMED, world.head)
    assert mine.confirmed_at
    other.refresh_from_db()
    assert other.state == Need.State.STATED


def test_the_head_confirms_all_and_only_what_waits(world):
    first = make_need(commune=world.commune)
    second = make_need(commune=world.commune, state=Need.State.WITHDRAWN)

    assert confirm_needs(by=world.head) == [first]
    assert confirm_needs(by=world.head) == []
    second.refresh_from_db()
    assert second.state == Need.State.WITHDRAWN


def test_nobody_but_a_head_confirms(world):
    for user in (world.clerk, world.staff):
        with pytest.raises(Refused):
            confirm_needs(by=user)


@pytest.mark.parametrize("who", ["clerk", "head", "staff"])
def test_who_may_withdraw(world, who):
    (need,) = world.state()

    withdraw_need(by=getattr(world, who), need_id=need.pk)

    need.refresh_from_db()
    assert (need.state, need.withdrawn_by) == (Need.State.WITHDRAWN, getattr(world, who))
    assert need.withdrawn_at


def test_who_may_not_withdraw(world):
    (need,) = world.state()
    colleague = make_user(Role.COMMUNE_CLERK, commune=world.commune)
    leader, foreign = make_user(Role.LEADER), make_user(Role.COMMUNE_HEAD, commune=make_commune())

    for user in (colleague, leader):
        with pytest.raises(Refused, match="Chỉ người nêu"):
            withdraw_need(by=user, need_id=need.pk)
    with pytest.raises(Need.DoesNotExist):
        withdraw_need(by=foreign, need_id=need.pk)


def test_what_the_head_confirmed_the_clerk_does_not_withdraw(world):
    (need,) = world.state()
    confirm_needs(by=world.head)

    with pytest.raises(Refused, match="Chỉ người nêu"):
        withdraw_need(by=world.clerk, need_id=need.pk)


@pytest.mark.parametrize("who", ["staff", "head"])
def test_a_need_of_an_approved_plan_is_withdrawn_after_it_is_adjusted(world, who):
    (need,) = world.state()
    need.plan_line = make_plan_line(
        make_plan(state="approved", decision=make_decision()), world.programme
    )
    need.save()
    words = "Mở điều chỉnh kế hoạch trước" if who == "staff" else "Đề nghị Phòng Nội vụ"

    with pytest.raises(Refused, match=words):
        withdraw_need(by=getattr(world, who), need_id=need.pk)
    need.refresh_from_db()
    assert (need.state, need.plan_line.participations) == ("stated", 40)


@pytest.mark.parametrize("is_registered", [False, True])
def test_the_line_of_a_plan_that_is_not_approved_follows_a_withdrawn_need(world, is_registered):
    """One more than a class takes are two classes, one less is one."""
    full = CLASS_CAPACITY
    target = make_plan_line(programme=world.programme, participations=full + 1, classes=2)
    line = target
    if is_registered:
        line = make_plan_line(target.plan, world.programme, participations=3, classes=1,
                              commune=world.commune, into=target)  # fmt: skip
    (need,) = world.state()
    need.plan_line = line
    need.save()

    done = withdraw_need(by=world.staff, need_id=need.pk)

    target.refresh_from_db()
    assert (target.participations, target.classes) == (full, 1)
    assert (done.line.pk, done.line.participations) == (line.pk, 2 if is_registered else full)
    assert (done.need.state, done.need.plan_line) == (Need.State.WITHDRAWN, None)


def test_a_need_that_went_on_is_not_withdrawn(world):
    enrolled = make_need(world.deputy, world.programme, commune=world.commune)
    make_enrolment(cadre=world.deputy, need=enrolled)
    studying = make_need(world.deputy, commune=world.commune)
    make_study(world.deputy, need=studying)

    for need in (enrolled, studying):
        with pytest.raises(Refused, match="đi học"):
            withdraw_need(by=world.staff, need_id=need.pk)


def test_a_need_is_withdrawn_once(world):
    (need,) = world.state()
    withdraw_need(by=world.clerk, need_id=need.pk)

    with pytest.raises(Refused, match="từ trước"):
        withdraw_need(by=world.clerk, need_id=need.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_statements_at_once_one_is_kept_and_the_other_gets_words():
    world = World()
    together, outcomes = threading.Barrier(2), []

    def one(user):
        together.wait()
        try:
            world.state(by=user)
            outcomes.append("kept")
        except AlreadyStated as refused:
            outcomes.append(refused.words[:8])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[user]) for user in (world.clerk, world.staff)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Chưa lập", "kept"], connection.vendor
    assert Need.objects.count() == 1
