"""Decisions as a whole: what they may cite, who sees them, how they are taken back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import remove_record
from cadres.change_kinds import kind_of
from cadres.changes import apply
from cadres.decisions import Line, Refused, decide, rehearse, revoke, what_it_undoes, what_rests_on
from cadres.edits import all_plain
from cadres.models import Basis, Change, Holding, Status
from cadres.tests.factories import (
    make_basis,
    make_cadre,
    make_commune,
    make_discipline,
    make_ground,
    make_holding,
    make_post,
)
from cadres.undoing import HasDependants, undo

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)


@pytest.fixture
def hr():
    return make_user()


def line(code, cadre, day=DAY, **values):
    return Line(kind_of(code), cadre, values, day, {})


def test_a_kind_of_change_cites_a_decision_and_nothing_less(hr):
    paper = make_basis(kind=Basis.Kind.DECLARATION)

    with pytest.raises(ValidationError, match="căn cứ là một quyết định"):
        apply(kind_of("study"), make_cadre().pk, {"place": "Trường"}, DAY,
              make_ground(hr, basis=paper))  # fmt: skip


def test_what_was_revoked_is_cited_no_more(hr):
    cadre, ground = make_cadre(), make_ground(hr)
    decide([line("study", cadre, place="Trường")], ground)
    revoke(ground.basis, make_ground(hr))
    ground.basis.refresh_from_db()

    with pytest.raises(Refused) as refused:
        decide([line("study", cadre, place="Trường")], ground)

    assert "đã bị bãi bỏ" in refused.value.faults[0][""][0]


def test_a_row_that_comes_back_does_not_take_the_number_of_what_brought_it_back(hr):
    row = make_discipline(make_cadre())
    was = all_plain(row)
    remove_record(row, ground=make_ground(hr), version=1)

    undo(Change.objects.get().pk, make_ground(hr, source="revoked"))

    assert was["decision_number"] == ""
    assert all_plain(type(row).objects.get()) == was


def test_changes_that_build_on_each_other_are_taken_back_as_one(hr):
    """The transfer opens a post that the retirement of the same decision ends."""
    cadre = make_cadre()
    old = make_holding(cadre, valid_from=date(2020, 1, 1), is_main=True)
    before, ground = all_plain(old), make_ground(hr)
    lines = [
        line("transfer", cadre, holding=old, post=make_post(), commune=make_commune()),
        line("retirement", cadre, date(2024, 1, 1), scheme="early"),
    ]
    decide(lines, ground)

    (told,) = what_it_undoes(ground.basis)
    revoke(ground.basis, make_ground(hr))

    assert len(told.changes) == 2
    assert sorted(edit.action for edit in told.edits) == ["change", "remove", "remove"]
    assert all_plain(Holding.objects.get()) == before
    assert not Status.objects.exists()


def test_what_other_decisions_built_on_it_is_named_and_nothing_is_taken_back(hr):
    cadre, ground = make_cadre(), make_ground(hr)
    other = make_cadre("Người Khác")
    decide(
        [line("study", other, place="Trường"),
         line("designation", cadre, post=make_post(), commune=make_commune())],
        ground,
    )  # fmt: skip
    held = Holding.objects.get()
    later = make_ground(hr)
    (change,) = decide([line("leave_post", cadre, date(2024, 1, 1), holding=held)], later)

    assert [each.pk for each in what_rests_on(ground.basis, hr)] == [change.pk]
    with pytest.raises(HasDependants):
        revoke(ground.basis, make_ground(hr))
    assert Status.objects.count() == 1
    revoke(later.basis, make_ground(hr))
    revoke(ground.basis, make_ground(hr))

    assert (Status.objects.count(), Holding.objects.count()) == (0, 0)


def test_a_decision_without_changes_is_not_revoked(hr):
    with pytest.raises(ValidationError, match="không còn thay đổi nào"):
        revoke(make_basis(), make_ground(hr))


def test_the_same_decision_made_twice_is_refused(hr):
    cadre, ground = make_cadre(), make_ground(hr)
    lines = [line("study", cadre, place="Trường")]
    decide(lines, ground)

    with pytest.raises(Refused) as refused:
        decide(lines, ground)

    assert "Đang có “Đi học”" in refused.value.faults[0]["__all__"][0]


def test_a_basis_that_is_not_stored_yet_is_good_enough_to_rehearse(hr):
    cadre = make_cadre()
    basis = Basis(kind="decision", number="1/QĐ", signed_on=DAY, issuer="UBND huyện")

    rehearse([line("study", cadre, place="Trường")], make_ground(hr, basis=basis))
    rehearse([line("study", cadre, place="Trường")], make_ground(hr, basis=None))

    assert (basis.pk, Basis.objects.count(), Change.objects.count()) == (None, 0, 0)


def test_who_is_out_of_scope_is_refused_and_so_is_leading_someone_out_of_it(hr):
    own, other = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    clerk = make_user(Role.COMMUNE_CLERK, commune=own)
    theirs, mine = make_cadre(), make_cadre()
    make_holding(theirs, commune=other)
    held = make_holding(mine, commune=own)
    lines = [
        line("study", theirs, place="Trường"),
        line("transfer", mine, holding=held, post=make_post(), commune=other),
    ]

    with pytest.raises(Refused) as refused:
        rehearse(lines, make_ground(clerk, basis=None))

    assert "không có trong phạm vi" in refused.value.faults[0][""][0]
    assert "ra khỏi phạm vi" in refused.value.faults[1][""][0]


def test_a_commune_sees_the_decisions_about_its_people_and_those_it_entered(hr):
    own, other = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    clerk = make_user(Role.COMMUNE_CLERK, commune=own)
    mine, theirs = make_cadre(), make_cadre()
    make_holding(mine, commune=own)
    make_holding(theirs, commune=other)
    about_mine, about_theirs = make_ground(hr), make_ground(hr)
    decide([line("study", mine, place="Trường")], about_mine)
    decide([line("study", theirs, place="Trường")], about_theirs)
    entered = make_basis(created_by=clerk, commune=own)

    assert set(Basis.objects.visible_to(clerk)) == {about_mine.basis, entered}
    assert Basis.objects.visible_to(hr).count() == 3
    assert not Basis.objects.visible_to(make_user(Role.LEADER)).exists()


def test_people_of_a_decision_of_five_hundred_are_found_in_one_query(hr, django_assert_num_queries):
    from cadres.decisions import standing

    ground = make_ground(hr)
    decide([line("award", make_cadre(), kind="certificate", system="state", year=2023)
            for _ in range(3)], ground)  # fmt: skip

    with django_assert_num_queries(1):
        assert [change.cadre.full_name for change in standing(ground.basis)]


def test_an_election_counts_in_figures_from_its_day_and_not_before(hr):
    from cadres.models import Cadre

    cadre, unit = make_cadre(), make_commune()
    post = make_post("Chủ tịch UBND", category="cadre")
    decide([line("election", cadre, date(2023, 7, 1), post=post, commune=unit)], make_ground(hr))

    assert not Cadre.objects.serving(DAY).exists()
    assert Cadre.objects.serving(date(2023, 7, 1)).get() == cadre


def test_a_decision_is_not_revoked_by_one_signed_before_it(hr):
    ground = make_ground(hr, basis=make_basis(signed_on=date(2023, 6, 1)))
    decide([line("study", make_cadre(), place="Trường")], ground)

    with pytest.raises(ValidationError, match="01/06/2023"):
        revoke(ground.basis, make_ground(hr, basis=make_basis(signed_on=date(2020, 1, 1))))

    assert Status.objects.exists()
