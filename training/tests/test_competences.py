"""What posts ask, what was assessed, and the gap: unknown is not zero."""

from datetime import date

import pytest

from accounts.models import AuditEvent, Notice, Role
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from training.assessing import Assessed, NotYours, confirm, enter, may_withdraw, withdraw
from training.competences import competences_of, competences_of_people
from training.models import Assessment
from training.tests.factories import make_asked, make_assessment, make_competence

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
State = Assessment.State


def confirmed(cadre, competence, level, on=date(2023, 3, 1)):
    return make_assessment(
        cadre, competence, level, assessed_on=on, state=State.CONFIRMED,
        confirmed_by=make_user(Role.COMMUNE_HEAD),
    )  # fmt: skip


@pytest.fixture
def asked():
    """A person whose post asks level 2 of a competence."""
    competence, post = make_competence(), make_post()
    make_asked(post, competence, 2)
    cadre = make_cadre()
    make_holding(cadre, post)
    return cadre, competence


@pytest.mark.parametrize(
    ("level", "gap", "said"),
    [(None, None, "chưa đánh giá"), (0, 2, "thiếu 2 mức"), (1, 1, "thiếu 1 mức"), (2, 0, "đạt"),
     (3, 0, "đạt")],
)  # fmt: skip
def test_the_gap_is_what_is_asked_less_what_was_reached(asked, level, gap, said):
    cadre, competence = asked
    if level is not None:
        confirmed(cadre, competence, level)

    (line,) = competences_of(cadre.pk, DAY)

    assert (line.asked, line.level, line.gap, line.said) == (2, level, gap, said)
    assert line.is_unknown is (level is None)
    assert line.asked_words == "Mức 2: Làm được"


def test_nothing_counts_before_the_head_confirmed_it(asked):
    cadre, competence = asked
    made = make_assessment(cadre, competence, 2)

    (line,) = competences_of(cadre.pk, DAY)

    assert line.said == "chưa đánh giá"
    assert line.waiting == (made,)


def test_the_latest_confirmed_by_the_day_counts_and_what_was_withdrawn_does_not(asked):
    cadre, competence = asked
    confirmed(cadre, competence, 1, date(2022, 1, 1))
    confirmed(cadre, competence, 2, date(2023, 1, 1))
    confirmed(cadre, competence, 3, date(2023, 6, 9))
    make_assessment(cadre, competence, 3, assessed_on=date(2023, 5, 1), state=State.WITHDRAWN)

    days = (date(2021, 12, 31), date(2022, 12, 31), DAY, date(2023, 6, 9))
    levels = [competences_of(cadre.pk, day)[0].level for day in days]

    assert levels == [None, 1, 2, 3]


def test_the_highest_of_two_posts_is_asked_and_only_on_its_days():
    cadre, competence, low, high = make_cadre(), make_competence(), make_post(), make_post()
    make_asked(low, competence, 1)
    make_asked(high, competence, 3, valid_to=date(2023, 1, 1))
    make_holding(cadre, low)
    make_holding(cadre, high, is_main=False, valid_to=date(2024, 1, 1))

    assert competences_of(cadre.pk, date(2022, 12, 31))[0].asked == 3
    assert competences_of(cadre.pk, date(2023, 1, 1))[0].asked == 1


def test_what_is_assessed_and_not_asked_stands_last(asked):
    cadre, _ = asked
    other = make_competence("Ăn nói", group="general")
    confirmed(cadre, other, 3)

    first, last = competences_of(cadre.pk, DAY)

    assert first.asked == 2
    assert (last.competence, last.said, last.asked_words) == (other, "chức danh không yêu cầu", "")


def test_competences_stand_by_group_and_in_the_order_of_the_alphabet(asked):
    cadre, _ = asked
    post = cadre.holdings.get().post
    for name in ("Giao tiếp", "Đạo đức", "Ăn nói"):
        make_asked(post, make_competence(name, group="general"))

    names = [line.competence.name for line in competences_of(cadre.pk, DAY)]

    assert names == ["Ăn nói", "Đạo đức", "Giao tiếp", "Tin học"]


def test_many_people_cost_as_much_as_one(asked, django_assert_num_queries):
    post = asked[0].holdings.get().post
    keys = [make_holding(post=post).cadre_id for _ in range(20)]

    for some in (keys[:1], keys):
        with django_assert_num_queries(2):
            assert len(competences_of_people(some, DAY)) == len(some)


# -- entering, confirming, withdrawing -------------------------------------------------------------


@pytest.fixture
def unit(asked):
    cadre, competence = asked
    commune = cadre.holdings.get().commune
    clerk = make_user(Role.COMMUNE_CLERK, commune=commune)
    head = make_user(Role.COMMUNE_HEAD, commune=commune)
    return cadre, competence, clerk, head


def test_what_is_entered_waits_and_the_head_is_told_once_a_day(unit):
    cadre, competence, clerk, head = unit

    enter(cadre, {competence: 2}, by=clerk, on=DAY, note="Phiếu 1")
    enter(cadre, {competence: 3}, by=clerk, on=date(2023, 6, 9))

    assert set(Assessment.objects.values_list("state", "entered_by")) == {("entered", clerk.pk)}
    notice = Notice.objects.get(user=head)
    assert notice.url == "/dao-tao/nang-luc/?chi=cho"
    assert cadre.full_name not in notice.text


def test_a_paper_that_repeats_one_competence_writes_nothing_of_itself(unit):
    cadre, competence, clerk, _ = unit
    other = make_competence("Ngoại ngữ")
    enter(cadre, {competence: 2}, by=clerk, on=DAY)

    with pytest.raises(Assessed):
        enter(cadre, {other: 1, competence: 3}, by=clerk, on=DAY)

    assert Assessment.objects.get().level == 2


@pytest.mark.parametrize("level", [-1, 4])
def test_a_level_that_the_competence_has_not_is_no_assessment(unit, level):
    cadre, competence, clerk, _ = unit

    with pytest.raises(ValueError, match="has no level"):
        enter(cadre, {competence: level}, by=clerk, on=DAY)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMUNE_HEAD])
def test_nobody_but_the_head_confirms(unit, role):
    made = make_assessment(unit[0])

    with pytest.raises(PermissionError):
        confirm([made.pk], by=make_user(role))

    made.refresh_from_db()
    assert made.state == State.ENTERED


def test_the_head_confirms_once_what_waits_in_the_own_commune(unit):
    cadre, competence, clerk, head = unit
    (mine,) = enter(cadre, {competence: 2}, by=clerk, on=DAY)
    theirs = make_assessment(make_holding(commune=make_commune("Xã Bạn")).cadre)
    gone = make_assessment(cadre, state=State.WITHDRAWN)

    first = confirm([mine.pk, theirs.pk, gone.pk], by=head)
    second = confirm([mine.pk], by=head)

    mine.refresh_from_db()
    assert ([each.pk for each in first], second) == ([mine.pk], [])
    assert (mine.state, mine.confirmed_by) == (State.CONFIRMED, head)
    assert mine.confirmed_at is not None
    assert set(Assessment.objects.exclude(pk=mine.pk).values_list("state", flat=True)) == {
        "entered", "withdrawn"
    }  # fmt: skip


def test_who_entered_withdraws_until_confirmed_and_the_head_afterwards_too(unit):
    cadre, competence, clerk, head = unit
    (made,) = enter(cadre, {competence: 2}, by=clerk, on=DAY)
    other = make_user()

    assert [may_withdraw(made, user) for user in (clerk, head, other)] == [True, True, False]
    confirm([made.pk], by=head)
    made.refresh_from_db()
    assert [may_withdraw(made, user) for user in (clerk, head, other)] == [False, True, False]

    withdraw(made, by=head, reason="Nhầm người")
    made.refresh_from_db()
    assert (made.state, made.withdrawn_by, made.withdrawn_reason) == (
        State.WITHDRAWN, head, "Nhầm người"
    )  # fmt: skip
    assert not may_withdraw(made, head)


def test_what_the_head_confirmed_meanwhile_is_not_withdrawn_by_the_clerk(unit):
    cadre, competence, clerk, head = unit
    (shown,) = enter(cadre, {competence: 2}, by=clerk, on=DAY)
    confirm([shown.pk], by=head)

    with pytest.raises(NotYours):
        withdraw(shown, by=clerk, reason="Sửa")

    assert Assessment.objects.get().state == State.CONFIRMED


def test_after_a_withdrawal_the_same_day_can_be_entered_anew(unit):
    cadre, competence, clerk, _ = unit
    (made,) = enter(cadre, {competence: 2}, by=clerk, on=DAY)
    withdraw(made, by=clerk, reason="Nhầm mức")

    enter(cadre, {competence: 3}, by=clerk, on=DAY)

    assert set(Assessment.objects.values_list("level", "state")) == {
        (2, "withdrawn"), (3, "entered")
    }  # fmt: skip
    assert not AuditEvent.objects.exists()  # views write the log
